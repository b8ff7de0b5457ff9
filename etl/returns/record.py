"""What an edition keeps of its returns: every file with its state, the account of rows and sums, and every fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.check import Row, check_row
from etl.read import RawRow
from etl.returns.build import Taken
from geo.names import board_names
from warehouse.schema import TABLES
from warehouse.schema.returns import STANDS, SURVEY, title_of

FILE = "the returns received"


def record(taken: Sequence[Taken]) -> dict[str, list[Row]]:
    """The rows of `return_file`, `return_account`, `return_fault` and `survey_count`, in order of the files' hashes."""
    rows: dict[str, list[Row]] = {"return_file": [], "return_account": [], "return_fault": [], "survey_count": []}
    for one in sorted(taken, key=lambda one: one.received.sha256):
        for table, cells in _cells(one):
            raw = RawRow(FILE, 0, {column.name: cells.get(column.name, "") for column in TABLES[table].columns})
            row, faults = check_row(raw, TABLES[table])
            if faults:
                raise ValueError(f"what is kept of {one.received.file_name} does not fit its table: {faults}")
            rows[table].append(row)
    return rows


def _cells(one: Taken) -> Iterator[tuple[str, dict[str, str]]]:
    sha256, checked = one.received.sha256, one.checked
    start = checked.start if checked else None
    whose = {
        "board": board_names()[start.board], "round": start.round.code, "as_at": start.as_at.isoformat(),
        "sent": start.sent.isoformat(), "version": str(start.version),
    } if start else {}  # fmt: skip
    yield "return_file", {
        "return_file": sha256, "file_name": one.received.file_name, "state": one.state, "reason": one.reason,
        "form": checked.raw.form if checked else "not read", **whose,
    }  # fmt: skip
    for account in checked.accounts if checked else ():
        title = title_of(account.sheet)
        numbers = {name: str(value) for name, value in vars(account).items() if name != "sheet"}
        key = f"{sha256[:16]} {title}"
        yield "return_account", {"return_account": key, "return_file": sha256, "sheet": title, **numbers}
    for place, fault in enumerate(checked.faults if checked else (), start=1):
        yield "return_fault", {
            "return_fault": f"{sha256[:16]} {place}", "return_file": sha256, "sheet": fault.sheet_title,
            "line": str(fault.line), "column_name": fault.column_heading, "value": fault.value,
            "expected": fault.expected, "is_error": "yes" if fault.is_error else "no",
        }  # fmt: skip
    if checked and one.state in STANDS:
        for sheet in checked.raw.sheets:
            for line in sheet.lines if sheet.name == SURVEY else ():
                key = {"survey_count": f"{sha256[:16]} {line.line}", "return_file": sha256}
                yield "survey_count", {**line.cells, **key}
