"""The part of a build that takes in returns: reads every file received, decides which one stands, and gives the rows
that join the committed facts, with what became of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from etl.check import Row, check_keys, check_references, check_row
from etl.faults import Fault, FaultsFound
from etl.read import RawRow
from etl.returns.check import Account, Checked, check_return
from etl.returns.facts import Fact, facts_of, latest_only
from etl.returns.faults import ReturnFault, fault
from etl.returns.known import Round, rounds_of, words_of
from etl.returns.raw import RawReturn, Refused
from etl.returns.responses import own_pilots, response_facts
from etl.returns.store import Received
from etl.returns.warnings import count_warnings, date_warnings
from etl.returns.words import Codes
from geo.names import board_names
from warehouse.schema import TABLES
from warehouse.schema.returns import SHEETS, STANDS, SURVEY, is_counted_sheet, title_of

Read = Callable[[Received], RawReturn]
"""Reads one file, where it can do no harm. Raises `Refused`."""

ROUNDS = "the list of rounds"
"""What stands as the file of facts that are worked out from the rounds and not from one return."""

AT_ONCE = 2
"""Files read at the same time, each in a process of its own."""


@dataclass(frozen=True)
class Taken:
    """One file after a build: what was read, or why nothing could be; whether another stands in its place."""

    received: Received
    checked: Checked | None
    reason: str
    is_replaced: bool = False

    @property
    def state(self) -> str:
        """A code of RETURN_STATE."""
        if self.checked is None or self.checked.start is None:
            return "refused"
        return "replaced" if self.is_replaced else "accepted" if self.checked.is_whole else "partly"


def take_in(
    files: Sequence[Received], rows: Mapping[str, Sequence[Row]], read: Read
) -> tuple[list[Taken], dict[str, list[Row]]]:
    """Read and check `files`, and give what became of each with the rows, by table, that join those of `rows`.

    rows: the checked rows of the committed facts and lists, by table. The order of `files` makes no difference.
    """
    codes, rounds = words_of(rows), rounds_of(rows["round"])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda file: _taken(file, codes, rounds, read), sorted(files, key=lambda f: f.sha256)))
    taken = _with_warnings(_replaced(taken))
    pilots = {row["name"].casefold(): row["fact_key"] for row in rows["pilot"]}
    while True:
        facts = _facts(taken, rows, codes, pilots)
        new, faults = _rows_of(facts, rows)
        if not faults:
            return taken, new
        # What the checks of the warehouse do not take is refused as well, with all that hangs on it.
        fewer = [_refusing(one, faults) for one in taken]
        if fewer == taken:
            raise FaultsFound(faults)
        taken = fewer


def _taken(file: Received, codes: Codes, rounds: Mapping[str, Round], read: Read) -> Taken:
    try:
        raw = read(file)
    except Refused as refused:
        return Taken(file, None, f"{refused}")
    checked = check_return(raw, codes, rounds)
    reasons = [f"{one}" for one in checked.faults if one.is_error] if checked.start is None else []
    return Taken(file, checked, " ".join(reasons))


def _order(one: Taken) -> tuple:
    start = one.checked.start
    return (start.round.deadline or start.sent, start.round.code, start.board, start.version, start.sent,
            one.received.sha256)  # fmt: skip


def _replaced(taken: Sequence[Taken]) -> list[Taken]:
    """Of several returns of one board and round the one of the highest version stands, then the last sent: part by
    part, since CSV files bring one sheet each. What others replaced is taken out; who has no part left is replaced."""
    readable = sorted((one for one in taken if one.checked and one.checked.start), key=_order)
    last = {(*_whose(one), part): id(one) for one in readable for part in _parts(one)}
    found = []
    for one in readable:
        standing = {part for part in _parts(one) if last[*_whose(one), part] == id(one)}
        found.append(_with_parts(one, standing))
    return found + [one for one in taken if not (one.checked and one.checked.start)]


def _whose(one: Taken) -> tuple[str, str]:
    return one.checked.start.board, one.checked.start.round.code


def _parts(one: Taken) -> frozenset[str]:
    """What a file is the word of its board on: a workbook on every sheet, even one that was left out; a CSV file on its
    sheet; a printed report or a survey on itself, beside what the board writes."""
    if one.checked.raw.form == "workbook":
        return frozenset(SHEETS)
    if one.checked.raw.form == "csv":
        return frozenset(account.sheet for account in one.checked.accounts)
    return frozenset((one.checked.raw.form,))


def _with_parts(one: Taken, standing: set[str]) -> Taken:
    lines = one.checked.lines
    if one.checked.raw.form in ("workbook", "csv"):
        lines = {sheet: held for sheet, held in lines.items() if sheet in standing}
    return replace(one, is_replaced=not standing, checked=replace(one.checked, lines=lines))


def _with_warnings(taken: Sequence[Taken]) -> list[Taken]:
    """Each standing return with the warnings that need the return before. `taken` is in the order of rounds."""
    before: dict[str, Checked] = {}
    found = []
    for one in taken:
        if one.state in STANDS:
            board = one.checked.start.board
            more = date_warnings(one.checked) + count_warnings(one.checked, before.get(board))
            before[board] = one.checked
            one = replace(one, checked=replace(one.checked, faults=tuple(sorted([*one.checked.faults, *more]))))
        found.append(one)
    return found


def _facts(
    taken: Sequence[Taken], rows: Mapping[str, Sequence[Row]], codes: Codes, pilots: Mapping[str, str]
) -> list[tuple[str, Fact]]:
    """(file, fact) of every standing return, in the order of rounds, each key once."""
    names = board_names()
    found: list[tuple[str, Fact]] = []
    standing = [one for one in taken if one.state in STANDS]
    for one in standing:
        facts = facts_of(one.checked, codes, pilots, names[one.checked.start.board])
        found += [(_name(one.received), fact) for fact in facts]
    if any(fact.table == "pilot" for _, fact in found):
        found.append((ROUNDS, own_pilots([one.checked.start for one in standing])))
    found += [(ROUNDS, fact) for fact in response_facts(standing, rows, names)]
    kept = {id(fact) for fact in latest_only(fact for _, fact in found)}
    return [(file, fact) for file, fact in found if id(fact) in kept]


def _rows_of(
    facts: Sequence[tuple[str, Fact]], rows: Mapping[str, Sequence[Row]]
) -> tuple[dict[str, list[Row]], list[Fault]]:
    """The facts as checked rows, and the faults that the warehouse's own checks find in them."""
    new: dict[str, list[Row]] = {}
    faults: list[Fault] = []
    for file, fact in facts:
        where = _where(file, fact.sheet)
        cells = {column.name: fact.cells.get(column.name, "") for column in TABLES[fact.table].columns}
        row, row_faults = check_row(RawRow(where, fact.line, cells), TABLES[fact.table])
        new.setdefault(fact.table, []).append(row)
        faults += row_faults
    every = [row for held in rows.values() for row in held] + [row for held in new.values() for row in held]
    ours = {row.file for held in new.values() for row in held}
    faults += [one for one in check_keys(every) + check_references(every) if one.file in ours]
    return new, faults


def _name(received: Received) -> str:
    """The file by its name, with a few signs of its hash: two boards may use one name."""
    return f"{received.file_name} ({received.sha256[:8]})"


def _where(file: str, sheet: str) -> str:
    return f"{file}, {title_of(sheet)}" if sheet in (*SHEETS, SURVEY) else file


def _refusing(one: Taken, faults: Iterable[Fault]) -> Taken:
    """The return without the rows that the warehouse's checks refuse."""
    if one.checked is None or one.checked.start is None:
        return one
    more: list[ReturnFault] = []
    lines = dict(one.checked.lines)
    for sheet, held in one.checked.lines.items():
        where = _where(_name(one.received), sheet)
        own = [found for found in faults if found.file == where]
        more += [
            fault(sheet, 0 if is_counted_sheet(sheet) else found.line, "", found.value, found.expected) for found in own
        ]
        lines[sheet] = tuple(line for line in held if line.line not in {found.line for found in own})
    if not more:
        return one
    accounts = tuple(_less(account, one.checked, lines) for account in one.checked.accounts)
    found = tuple(sorted({*one.checked.faults, *more}))
    return replace(one, checked=replace(one.checked, lines=lines, faults=found, accounts=accounts))


def _less(account: Account, before: Checked, lines: Mapping[str, Sequence]) -> Account:
    """The account after some of the loaded rows were refused. Counted lines are no rows of the file."""
    if account.sheet not in before.lines or is_counted_sheet(account.sheet):
        return account
    gone = [line for line in before.lines[account.sheet] if line not in lines[account.sheet]]
    sums = sum(line[name] or 0 for line in gone for name in SHEETS[account.sheet].sums)
    return replace(
        account,
        rows_loaded=account.rows_loaded - len(gone),
        rows_refused=account.rows_refused + len(gone),
        sum_loaded=account.sum_loaded - sums,
        sum_refused=account.sum_refused + sums,
    )
