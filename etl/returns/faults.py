"""A fault of a return: where it stands, what was expected, and whether it keeps the row out."""

from __future__ import annotations

from dataclasses import dataclass

from etl.returns.people import contact_details
from warehouse.schema.returns import SHEETS, START, heading, title_of

MASKED = "(not shown: this column is about people)"
REACHES_SOMEBODY = "(not shown: it says how to reach somebody)"


@dataclass(frozen=True, order=True)
class ReturnFault:
    """One thing wrong. `sheet` and `column` are codes of the declarations, or words of the file where it is not ours.

    `line` is the row that a person sees; 0 speaks of the whole sheet or file. `is_error`: the row is not loaded; else
    it is a warning.
    """

    sheet: str
    line: int
    column: str
    value: str
    expected: str
    is_error: bool = True

    @property
    def sheet_title(self) -> str:
        """The sheet as its tab calls it."""
        return title_of(self.sheet)

    @property
    def column_heading(self) -> str:
        """The column by what stands over it."""
        known = {START.name: START, **SHEETS}.get(self.sheet)
        return next((heading(column) for column in known.columns if column.name == self.column) if known else iter(()),
                    self.column)  # fmt: skip

    def __str__(self) -> str:
        where = f"{self.sheet_title}" + (f", row {self.line}" if self.line else "")
        if self.column:
            where += f", column {self.column_heading}"
        shown = f': "{self.value}"' if self.value else ""
        return f"{where}{shown}. {self.expected}"


def fault(
    sheet: str, line: int, column: str, value: str, expected: str, *, is_error: bool = True, longest: int = 60
) -> ReturnFault:
    """A fault whose value is cut to `longest` characters. In a sheet about people, or where it would say how to reach
    somebody, it is not shown at all: faults are kept in the edition."""
    if value and sheet in SHEETS and SHEETS[sheet].is_about_people:
        value = MASKED
    elif contact_details(value):
        value = REACHES_SOMEBODY
    return ReturnFault(
        sheet, line, column, value if len(value) <= longest else value[:longest] + "…", expected, is_error
    )
