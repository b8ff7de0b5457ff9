"""What a board sent last, for the workbook that it fills in next: the same rows, each with a sign by which it stays the
same row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.returns.codes import Codes
from etl.returns.facts import SIGNS, sign_of
from etl.returns.raw import RawLine, RawReturn, Refused
from etl.returns.rules import Line
from etl.returns.store import Received, read_received, received
from geo.names import UnknownPlace, match_board
from warehouse.schema.returns import INTERVIEW_MAPPING, SHEETS

Rows = Sequence[Mapping[str, str]]


def previous(data: Path, board: str, round_code: str, codes: Codes) -> dict[str, Rows] | None:
    """The rows of the last return that `board` sent in this round or before, by sheet; None where it sent none.

    Under "start" stands the version that a further return of the same round would have. Sheets about people are left
    out: no row of them is kept. A return that can no longer be read is passed over.
    """
    asked = codes.rounds[round_code].deadline
    sent = [(_order(file, codes), file) for file in received(data) if _is_of(file, board)]
    for (deadline, code, version, *_), file in sorted(sent, key=lambda one: one[0], reverse=True):
        if code != round_code and asked and deadline > asked:
            continue
        try:
            raw = read_received(file)
        except Refused:
            continue
        rows = _rows(raw, codes)
        if code == round_code:
            rows["start"] = [{"version": str(version + 1)}]
        return rows
    return None


def _is_of(file: Received, board: str) -> bool:
    try:
        return match_board(file.start.get("board", "")) == board
    except UnknownPlace:
        return False


def _order(file: Received, codes: Codes) -> tuple:
    code = _code(codes, "round", file.start.get("round", ""))
    version = file.start.get("version", "")
    deadline = codes.rounds[code].deadline if code in codes.rounds else ""
    return deadline, code, int(version) if version.isdigit() else 0, file.start.get("sent", ""), file.sha256


def _code(codes: Codes, name: str, text: str) -> str:
    """The code for a label or a code of a list; the text itself where it is neither."""
    found = (term.code for term in codes.lists[name].terms if text.casefold() in (term.label.casefold(), term.code))
    return next(found, text)


def _rows(raw: RawReturn, codes: Codes) -> dict[str, Rows]:
    return {
        sheet.name: [_signed(sheet.name, line, codes) for line in sheet.lines]
        for sheet in raw.sheets
        if not SHEETS[sheet.name].is_about_people
    }


def _signed(sheet: str, line: RawLine, codes: Codes) -> dict[str, str]:
    """The cells of a row as they were written, with the sign of the row where its sheet has signs."""
    cells = {column.name: line.cells.get(column.name, "") for column in SHEETS[sheet].columns}
    if sheet in SIGNS:
        values = {name: cells[name] or None for name in (*SIGNS[sheet], "line")}
        if "theme" in values:
            values["theme"] = _code(codes, "theme", cells["theme"])
        is_empty = sheet == INTERVIEW_MAPPING.name and not any(values[name] for name in SIGNS[sheet] if name != "theme")
        cells["line"] = "" if is_empty else sign_of(Line(sheet, line.line, values))
    return cells
