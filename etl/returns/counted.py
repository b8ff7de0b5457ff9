"""What a reader gives that counts rows about people and keeps none of them: the counts, and what became of the rows."""

from __future__ import annotations

from dataclasses import dataclass

from etl.returns.raw import RawFault, RawReturn


@dataclass(frozen=True)
class RowAccount:
    """Rows of one sheet: in = counted + refused + declared non-data. Raises ValueError where they do not add up."""

    sheet: str
    rows_in: int
    rows_counted: int
    rows_refused: int
    rows_not_data: int

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_counted + self.rows_refused + self.rows_not_data:
            raise ValueError(f"Rows of {self.sheet} do not add up: {self}.")


@dataclass(frozen=True)
class CountedReturn(RawReturn):
    """A return whose rows about people were counted as they were read.

    The lines of the sheet that was made by counting are numbered from 1: no row of the file is behind one alone.
    `faults` are those of the rows that were counted, and `accounts` says what became of these. `warnings` speak of rows
    that were counted all the same; no value about people stands in either.
    """

    accounts: tuple[RowAccount, ...] = ()
    warnings: tuple[RawFault, ...] = ()
