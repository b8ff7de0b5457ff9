"""What a column of a workbook asks of its cells, and how its help says so: made from the declaration alone.

The rules of a spreadsheet are a help while typing. They do not see what is pasted, so the checks come again on arrival.
"""

from __future__ import annotations

from datetime import date

from etl.returns.codes import CodeList
from warehouse.schema.column import Column, Kind
from warehouse.schema.returns import heading

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
"""Dates outside are taken for slips of typing."""

LONGEST_TITLE, LONGEST_HELP, LONGEST_ERROR = 32, 255, 225
"""What Excel shows of the title and the text of its help, and of the sentence about a slip, in letters."""

# A year, month or day as text or as a number, or a day that the spreadsheet keeps as a date. {cell} comes in for the
# first cell of the column. ISNUMBER turns the errors of VALUE and DATEVALUE into "no". At most 255 letters.
_PARTIAL = (
    "OR(AND(ISNUMBER({cell}),{cell}>={earliest},{cell}<={latest}),"
    "AND(LEN({cell})=4,ISNUMBER(VALUE({cell}))),"
    'AND(LEN({cell})=7,MID({cell},5,1)="-",ISNUMBER(DATEVALUE({cell}&"-01"))),'
    'AND(LEN({cell})=10,MID({cell},5,1)="-",ISNUMBER(DATEVALUE({cell}))))'
)


def is_choice(column: Column, known: CodeList | None) -> bool:
    """Whether a cell of this column is one term of a closed list. Several terms in one cell cannot be a drop-down."""
    return known is not None and not column.many


def expects(column: Column, known: CodeList | None) -> str:
    """What a cell is to hold, in one sentence; "" where any words will do."""
    if known and column.many:
        return f"Several are parted by a semicolon. The names stand under Codes: {known.title}."
    if known:
        return "Choose from the list."
    if column.many:
        return "Several are parted by a semicolon."
    least = "" if column.minimum is None else f", {column.minimum} or more"
    return {
        Kind.partial_date: "Write 2012, 2012-06 or 2012-06-21.",
        Kind.date: "Write a date, such as 21 June 2012.",
        Kind.integer: f"A whole number{least}.",
        Kind.decimal: f"A number{least}.",
        Kind.yes_no: "Write yes or no.",
    }.get(column.kind, "")


def help_text(column: Column, known: CodeList | None) -> str:
    """The sentence of the declaration, what the cell is to hold, and whether it must be filled."""
    must = "Must be filled." if column.required else ""
    return " ".join(filter(None, (column.sentence, expects(column, known), must)))


def rule(column: Column, known: CodeList | None, source: str | list[str] | None, cell: str) -> dict[str, object]:
    """The options of xlsxwriter's `data_validation` for a column whose first cell is `cell` ("D6").

    `source`: where a drop-down takes its terms from, the name of a range ("=list_theme") or the terms themselves.
    A column without a rule keeps its help. Raises ValueError where the declaration is too long for a spreadsheet.
    """
    options: dict[str, object] = {
        "input_title": heading(column),
        "input_message": help_text(column, known),
        **_criteria(column, source, cell),
    }
    if options["validate"] != "any":
        leave = "" if column.required else " Or leave it empty."
        options["error_title"] = "Not as expected"
        options["error_message"] = f"{heading(column)}: {expects(column, known)}{leave}"
    limits = {"input_title": LONGEST_TITLE, "input_message": LONGEST_HELP, "error_message": LONGEST_ERROR}
    if any(len(str(options.get(part, ""))) > limit for part, limit in limits.items()):
        raise ValueError(
            f"The help of column {column.name} is too long for a spreadsheet: at most {LONGEST_TITLE} letters for its "
            f"heading and {LONGEST_HELP} for its sentence with what is expected. Shorten its declaration."
        )
    return options


def _criteria(column: Column, source: str | list[str] | None, cell: str) -> dict[str, object]:
    if source:
        return {"validate": "list", "source": source}
    if column.many:
        return {"validate": "any"}
    at_least = {"criteria": ">=", "value": column.minimum}
    numbers = {"criteria": "between", "minimum": -999_999_999, "maximum": 999_999_999}
    if column.kind in (Kind.integer, Kind.decimal):
        return {"validate": column.kind.name, **(numbers if column.minimum is None else at_least)}
    if column.kind == Kind.date:
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    if column.kind == Kind.partial_date:
        days = {"earliest": _serial(EARLIEST), "latest": _serial(LATEST)}
        return {"validate": "custom", "value": f"={_PARTIAL.format(cell=cell, **days)}"}
    if column.kind == Kind.yes_no:
        return {"validate": "list", "source": ["yes", "no"]}
    return {"validate": "any"}


def _serial(day: date) -> int:
    """The number by which a spreadsheet counts that day."""
    return (day - date(1899, 12, 30)).days
