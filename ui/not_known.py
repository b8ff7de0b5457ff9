"""'Not known' is a category: it stands last and is always shown, also where no line of a document is for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ui.cells import Cell

Row = TypeVar("Row")

NOT_KNOWN = "Not known"
NONE_RECORDED = "not reported: none recorded"


def with_not_known(rows: Sequence[Row], is_not_known: Callable[[Row], bool]) -> list[Row | None]:
    """The rows, and None after them where none is for people who are not known. No row at all stays none."""
    missing = [] if not rows or any(is_not_known(row) for row in rows) else [None]
    return [*rows, *missing]


def recorded(cell: Callable[[Row], Cell], otherwise: Cell) -> Callable[[Row | None], Cell]:
    """The cell of a row, or `otherwise` for the None that `with_not_known` puts last."""
    return lambda row: otherwise if row is None else cell(row)
