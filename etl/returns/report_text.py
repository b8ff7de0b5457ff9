"""What `check`, `receive` and `build` say of a return: in words for people, and as plain data for the page."""

from __future__ import annotations

from collections.abc import Sequence

from etl.returns.build import Taken
from geo.names import board_names
from warehouse.schema.returns import RETURN_STATE, SHEETS, title_of


def in_words(one: Taken) -> str:
    """One file: whose it is, what becomes of its rows sheet by sheet, and every fault with its place."""
    lines = [f"{one.received.file_name}: {heading(one)}"]
    checked = one.checked
    if checked is None or checked.start is None:
        lines.append(f"  {one.reason}")
    if checked is None:
        return "\n".join(lines)
    if checked.accounts:
        lines.append(f"  {'rows in':>8} {'loaded':>8} {'refused':>8} {'not data':>8}  sheet")
    for account in checked.accounts:
        sums = ""
        if account.sheet in SHEETS and SHEETS[account.sheet].sums:
            sums = f"; numbers in {account.sum_in:,} = loaded {account.sum_loaded:,} + refused {account.sum_refused:,}"
        lines.append(
            f"  {account.rows_in:>8} {account.rows_loaded:>8} {account.rows_refused:>8} {account.rows_not_data:>8}  "
            f"{title_of(account.sheet)}{sums}"
        )
    lines += [f"  {'error  ' if fault.is_error else 'warning'}  {fault}" for fault in checked.faults]
    return "\n".join(lines)


def heading(one: Taken) -> str:
    """Whose return it is and what becomes of it, in one line."""
    start = one.checked.start if one.checked else None
    state = RETURN_STATE.label(one.state).lower()
    if start is None:
        return state
    return f"{board_names()[start.board]}, {start.round.label}, version {start.version}: {state}"


def as_data(taken: Sequence[Taken]) -> list[dict[str, object]]:
    """The same for a page: one entry a file, made of text, numbers, lists and mappings only."""
    return [
        {
            "file": one.received.file_name,
            "heading": heading(one),
            "is_whole": one.checked is not None and one.checked.is_whole,
            "reason": one.reason,
            "accounts": [
                {**vars(account), "sheet": title_of(account.sheet)}
                for account in (one.checked.accounts if one.checked else ())
            ],
            "faults": [
                {
                    "sheet": fault.sheet_title,
                    "row": fault.line,
                    "column": fault.column_heading,
                    "value": fault.value,
                    "expected": fault.expected,
                    "is_error": fault.is_error,
                }
                for fault in (one.checked.faults if one.checked else ())
            ],
        }
        for one in taken
    ]
