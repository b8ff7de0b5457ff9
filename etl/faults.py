"""A fault names the file, line, column and value, what was expected, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one cell, row or file. `line` is the physical line; 0 speaks of the whole file."""

    file: str
    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = self.file + (f", line {self.line}" if self.line else "")
        if self.column:
            where += f", column {self.column}"
        shown = f': "{self.value}"' if self.value else ": empty" if self.column else ""
        return f"{where}{shown}. {self.expected}"


class FaultsFound(Exception):
    """Raised when a build stops. Carries all faults of the run, not the first only."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(
            f"{count} found; nothing was published and the live edition is unchanged.\n{lines}\n"
            "Mend them, then run: python -m etl build"
        )
