"""Checks one return cell by cell and row by row: what may load, every fault, and the account of every row and sum.

Lenient, unlike the committed facts: a faulty row stays out with its reason and the rest loads. A return that does not
say which board and round it is from cannot load at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.cells import Unfit
from etl.returns.check_counted import as_attendance, counted_sheet, faults_of_sheet, said_twice
from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.faults import ReturnFault, fault
from etl.returns.known import Round
from etl.returns.raw import RawReturn, RawSheet
from etl.returns.rules import SHEET_RULES, Line
from etl.returns.words import Codes, read_cell
from geo.names import areas_of
from warehouse.schema.returns import ATTENDANCE, SHEETS, START, SURVEY, TRAINING, Sheet


@dataclass(frozen=True)
class Start:
    """Whose return it is: board code, round, the date it speaks for, the day it was sent, and its number."""

    board: str
    round: Round
    as_at: date
    sent: date
    version: int


@dataclass(frozen=True)
class Account:
    """Rows in = loaded + refused + not data, and sums in = sums loaded + sums refused, for one sheet."""

    sheet: str
    rows_in: int
    rows_loaded: int
    rows_refused: int
    rows_not_data: int
    sum_in: int
    sum_loaded: int
    sum_refused: int


@dataclass(frozen=True)
class Checked:
    """One return after its checks. `start` is None where the whole return is refused; then nothing of it loads."""

    raw: RawReturn
    start: Start | None
    lines: Mapping[str, tuple[Line, ...]]
    faults: tuple[ReturnFault, ...]
    accounts: tuple[Account, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every row may load: no error anywhere."""
        return self.start is not None and not any(one.is_error for one in self.faults)


def check_return(raw: RawReturn, codes: Codes, rounds: Mapping[str, Round]) -> Checked:
    """Check everything in `raw`. All faults of the return at once."""
    start, faults = _start(raw, codes, rounds)
    faults += [fault(one.sheet, one.line, one.column, one.value, one.expected) for one in raw.faults]
    lines: dict[str, tuple[Line, ...]] = {}
    accounts = []
    counted = counted_sheet(raw)
    for sheet in raw.sheets:
        if sheet is counted or sheet.name == SURVEY:
            continue
        held, sheet_faults = _sheet(sheet, SHEETS[sheet.name], start, codes)
        faults += sheet_faults
        refused = {one.line for one in sheet_faults if one.is_error}
        if start is None or any(one.is_error and not one.line for one in sheet_faults):
            refused |= {line.line for line in held}
        lines[sheet.name] = tuple(line for line in held if line.line not in refused)
        faulty = {one.line for one in raw.faults if one.sheet == sheet.name and one.line}
        accounts.append(_account(sheet, held, lines[sheet.name], faulty))
    if isinstance(raw, CountedReturn):
        faults += [
            fault(one.sheet, one.line, one.column, one.value, one.expected, is_error=False) for one in raw.warnings
        ]
        accounts += [_people_account(one, start) for one in raw.accounts]
    if counted is not None:
        found, counted_faults = _counted(counted, start, codes, lines.get(TRAINING.name, ()))
        lines[ATTENDANCE.name] = found
        faults += counted_faults
    return Checked(raw, start, lines, tuple(sorted(faults)), tuple(accounts))


def _start(raw: RawReturn, codes: Codes, rounds: Mapping[str, Round]) -> tuple[Start | None, list[ReturnFault]]:
    values: dict[str, object] = {}
    faults = []
    for column in START.columns:
        text = raw.start.get(column.name, "")
        try:
            values[column.name] = read_cell(text, column, codes)
        except Unfit as error:
            faults.append(fault(START.name, 0, column.name, text, f"{error}"))
    if faults:
        return None, faults
    start = Start(
        values["board"], rounds[values["round"]], values["as_at"], values["sent"], values["version"]
    )  # fmt: skip
    if start.as_at > start.sent:
        faults.append(
            fault(START.name, 0, "as_at", start.as_at.isoformat(), "Expected a day not after the day it is sent.")
        )
        return None, faults
    return start, faults


def _sheet(sheet: RawSheet, declared: Sheet, start: Start | None, codes: Codes) -> tuple[list[Line], list[ReturnFault]]:
    held: list[Line] = []
    faults: list[ReturnFault] = []
    columns = {column.name: column for column in declared.columns}

    @cache  # the same few words stand in thousands of lines
    def value(name: str, text: str) -> object:
        return read_cell(text, columns[name], codes)

    for raw_line in sheet.lines:
        values: dict[str, object] = {}
        for column in declared.columns:
            text = raw_line.cells.get(column.name, "")
            try:
                read = value(column.name, text)
                values[column.name] = list(read) if column.many else read
            except Unfit as error:
                values[column.name] = [] if column.many else None
                faults.append(fault(sheet.name, raw_line.line, column.name, text, f"{error}"))
        held.append(Line(sheet.name, raw_line.line, values))
    sound = {line.line for line in held} - {one.line for one in faults}
    whole = [line for line in held if line.line in sound]
    faults += _repeated_keys(whole)
    if start is not None:
        areas = areas_of(start.board)
        for rule in SHEET_RULES[sheet.name]:
            faults += rule(whole, areas)
    return held, faults


def _counted(
    sheet: RawSheet, start: Start | None, codes: Codes, written: Sequence[Line]
) -> tuple[tuple[Line, ...], list[ReturnFault]]:
    """The lines counted from Attendance that may load; none where one of them is faulty, for they hang together."""
    held, own_faults = _sheet(sheet, TRAINING, start, codes)
    faults = faults_of_sheet(own_faults)
    if start is None or any(one.is_error for one in own_faults):
        return (), faults
    kept, warnings = said_twice(as_attendance(held), written)
    return kept, faults + warnings


def _people_account(account: RowAccount, start: Start | None) -> Account:
    """Rows about people: those counted are loaded, unless the whole return is refused."""
    loaded = account.rows_counted if start is not None else 0
    refused = account.rows_refused + account.rows_counted - loaded
    return Account(account.sheet, account.rows_in, loaded, refused, account.rows_not_data, 0, 0, 0)


def _repeated_keys(lines: Sequence[Line]) -> list[ReturnFault]:
    first: dict[str, int] = {}
    faults = []
    for line in lines:
        key = line.values.get("line")
        if key and key in first:
            expected = f"Row {first[key]} has the same sign. Empty this cell in a new line."
            faults.append(fault(line.sheet, line.line, "line", key, expected))
        elif key:
            first[key] = line.line
    return faults


def _account(sheet: RawSheet, held: Sequence[Line], loaded: Sequence[Line], faulty: set[int]) -> Account:
    declared = SHEETS[sheet.name]
    left_empty = sum(line.is_left_empty for line in loaded)

    def total(lines: Sequence[Line]) -> int:
        return sum(line.values[name] or 0 for line in lines for name in declared.sums)

    rows_in = len(held) + len(faulty) + len(sheet.not_data)
    sum_in = total(held)
    return Account(
        sheet.name,
        rows_in,
        len(loaded) - left_empty,
        len(held) - len(loaded) + len(faulty),
        len(sheet.not_data) + left_empty,
        sum_in,
        total(loaded),
        sum_in - total(loaded),
    )
