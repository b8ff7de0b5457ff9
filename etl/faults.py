"""A fault names the file, line, column and value, what was expected, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Reach(IntEnum):
    """How much a fault is about, in the order in which faults are told: one of a whole file explains most."""

    whole_file = 0
    follows = 1
    """Not a fault of its own: what could not be checked because of one."""
    one_row = 2


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one cell, row or file. `line` is the physical line; 0 speaks of the whole file."""

    file: str
    line: int
    column: str
    value: str
    expected: str
    reach: Reach = Reach.one_row

    def __str__(self) -> str:
        where = self.file + (f", line {self.line}" if self.line else "")
        if self.column:
            where += f", column {self.column}"
        shown = f': "{self.value}"' if self.value else ": empty" if self.column else ""
        return _visible(f"{where}{shown}. {self.expected}")


def _visible(text: str) -> str:
    """`text` with its unseen characters written out: a terminal would obey some of them."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


class FaultsFound(Exception):
    """Raised when a build stops. Carries all faults of the run, not the first only; those of whole files come first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.reach, fault))
        number = sum(fault.reach is not Reach.follows for fault in faults)
        count = "1 fault" if number == 1 else f"{number} faults"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{count} found; nothing was published and the live edition is unchanged.\n{lines}")
