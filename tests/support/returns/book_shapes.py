"""Workbooks whose sheets are messy, or not what they say, and what must come of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.support.returns.book_case import (
    COLUMNS,
    PLAIN,
    SHEET,
    STRINGS,
    TITLE,
    case,
    inside,
    tweaked,
    uncalculated,
)
from tests.support.returns.books import FIRST_ROW, HEADING_ROW, Formula, Shown, book, replacing, rewritten, without
from tests.support.returns.case import AGAIN, COURSE, EMPTY, START, TOTAL, Loads, refuses
from warehouse.schema.returns import SHEETS, heading


def _hidden(workbook: object, page: object) -> None:
    page.hide()
    page.set_row(FIRST_ROW - 1, None, None, {"hidden": True})
    page.set_column(1, 1, None, None, {"hidden": True})


def _foreign_sheets(workbook: object, page: object) -> None:
    workbook.add_worksheet("Notes").write(0, 0, "something")
    workbook.add_worksheet("Sheet7")
    workbook.add_worksheet("Codes").write(0, 0, "List")
    hidden = workbook.add_worksheet("Old")
    hidden.write(5, 5, 1)
    hidden.hide()
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=Training!$K$5:$K$6"})
    workbook.add_chartsheet("A chart").set_chart(chart)


def _other_column(workbook: object, page: object) -> None:
    page.write(HEADING_ROW - 1, len(COLUMNS), "Trainer")
    page.write(FIRST_ROW - 1, len(COLUMNS), "x")
    page.write(HEADING_ROW - 1, len(COLUMNS) + 1, "Left empty")


def _note(workbook: object, page: object) -> None:
    page.write(FIRST_ROW - 1, len(COLUMNS), "a note")


SHAPES = (
    tweaked("hidden sheet, row and column", _hidden, PLAIN),
    tweaked(
        "sheets that are not of a return",
        _foreign_sheets,
        Loads({FIRST_ROW: COURSE}, {0: ("this one was not read", "this one was not read")}, TITLE),
    ),
    tweaked(
        "a column that is not of the sheet",
        _other_column,
        Loads({FIRST_ROW: COURSE}, {0: ("Trainer Expected the columns of this sheet only",)}, TITLE),
    ),
    tweaked(
        "words under no heading",
        _note,
        Loads({FIRST_ROW + 1: COURSE}, {FIRST_ROW: ("a note",)}, TITLE),
        [COURSE, COURSE],
    ),
    tweaked("a merged title", lambda _, page: page.merge_range(0, 0, 0, 5, "Training"), PLAIN),
    tweaked(
        "merged headings",
        lambda _, page: page.merge_range(HEADING_ROW - 1, 1, HEADING_ROW - 1, 2, "Course"),
        refuses("on the sheet “Training” cells of the headings in row 4 are merged"),
    ),
    tweaked(
        "headings merged with the row below",
        lambda _, page: page.merge_range(HEADING_ROW - 1, 1, HEADING_ROW, 1, "Course"),
        refuses("on the sheet “Training” cells of the headings in row 4 are merged"),
    ),
    tweaked(
        "merged cells of data",
        lambda _, page: page.merge_range(FIRST_ROW - 1, 2, FIRST_ROW, 2, "Camden"),
        Loads({FIRST_ROW + 2: COURSE}, {FIRST_ROW: ("merged",), FIRST_ROW + 1: ("merged",)}, TITLE),
        [COURSE] * 3,
    ),
    tweaked(
        "a merged row of totals",
        lambda _, page: page.merge_range(FIRST_ROW, 1, FIRST_ROW, 5, "Total"),
        Loads({FIRST_ROW: COURSE}, not_data=TITLE | {FIRST_ROW + 1: TOTAL}),
        [COURSE, {"number": 12}],
    ),
    tweaked(
        "a heading twice",
        lambda _, page: page.write(HEADING_ROW - 1, len(COLUMNS), "COURSE\xa0"),
        refuses("on the sheet “Training” row 4 holds the headings", "Expected once: “Course”"),
    ),
    tweaked(
        "a heading misspelt",
        lambda _, page: page.write(HEADING_ROW - 1, 1, "Cuorse"),
        refuses("“Cuorse” is none of its headings; the closest is “Course”. Missing: “Course”"),
    ),
    tweaked(
        "a heading that is a formula",
        lambda _, page: page.write_formula(HEADING_ROW - 1, 1, "=A1", None, "Course"),
        PLAIN,
    ),
    tweaked(
        "other headings",
        lambda _, page: [page.write(HEADING_ROW - 1, place, f"h{place}") for place in range(20)],
        refuses("on the sheet “Training” none of the first 20 rows holds its headings"),
    ),
    case(
        "rows of totals, headings again, empty rows",
        lambda: book(
            {
                5: COURSE,
                7: {"course": "Total", "number": Formula("=SUM(K5:K5)", 12)},
                8: {name: heading(column) for name, column in zip(COLUMNS, SHEETS["training"].columns, strict=True)},
                9: COURSE,
                10: {"audience": " \xa0"},
                11: {"line": "x1"},
            }
        ),
        Loads({5: COURSE, 9: COURSE, 11: {"line": "x1"}}, not_data=TITLE | {6: EMPTY, 7: TOTAL, 8: AGAIN, 10: EMPTY}),
    ),
    case(
        "a row of totals that was never calculated",
        lambda: uncalculated(book([COURSE, {"course": "Total", "number": Formula("=6*2")}])),
        Loads({FIRST_ROW: COURSE}, not_data=TITLE | {FIRST_ROW + 1: TOTAL}),
    ),
    case("no row at all", lambda: book([]), Loads(not_data=TITLE)),
    case(
        "a title in other letters",
        lambda: rewritten(book([COURSE]), {"xl/workbook.xml": replacing('name="Training"', 'name="\xa0TRAINING "')}),
        PLAIN,
    ),
    case("a name that says CSV", lambda: book([COURSE]), PLAIN, name="return.csv"),
    case(
        "dates on Start here, and one that fails",
        lambda: book(
            [COURSE], start=START | {"as_at": Shown(date(2012, 6, 21), "dd/mm/yyyy"), "sent": 41085, "version": 1}
        ),
        Loads({FIRST_ROW: COURSE}, {6: ("sent 41085 Expected a date",)}, TITLE, START | {"sent": ""}),
    ),
    case(
        "a cell of Start here left empty",
        lambda: book([COURSE], start=START | {"round": ""}),
        Loads({FIRST_ROW: COURSE}, not_data=TITLE, start=START | {"round": ""}),
    ),
    case(
        "a label twice on Start here",
        lambda: book([COURSE], tweak=lambda _, pages: pages["Start here"].write(9, 0, "Board:")),
        refuses("“Board” stands twice on the sheet “Start here”", "row 10"),
    ),
    case(
        "no sheet Start here",
        lambda: book([COURSE], start=None),
        refuses("no sheet is called “Start here”", "“Training”"),
    ),
    case(
        "two sheets of one title",
        lambda: book([COURSE], tweak=lambda workbook, _: workbook.add_worksheet(" Training")),
        refuses("2 sheets are called “Training”"),
    ),
    case(
        "a sheet of ours left blank",
        lambda: book([COURSE], tweak=lambda workbook, _: workbook.add_worksheet("Pilots")),
        refuses("on the sheet “Pilots” none of the first 20 rows holds its headings", "delete the sheet"),
    ),
)


def _far(row: int, column: int) -> Callable:
    return lambda _, page: page.write(row, column, "x")


def _sized(reference: str) -> Callable[[], bytes]:
    """A workbook that lies about the size of its sheet."""
    size = f'<dimension ref="A1:{"ABCDEFGHIJKL"[len(COLUMNS) - 1]}{FIRST_ROW}"/>'
    return lambda: rewritten(book([COURSE]), {SHEET: replacing(size, f'<dimension ref="{reference}"/>')})


DAMAGED = "The file is damaged or cut short"
SIZES = (
    tweaked("a cell in the last corner", _far(1_048_575, 16_383), refuses("“Training”", "row 1,048,576 or column XFD")),
    tweaked("a cell in the last column", _far(FIRST_ROW, 16_383), refuses("column XFD", "200 columns at most")),
    tweaked("a cell far down", _far(200_000, 0), refuses("row 200,001", "100,000 rows")),
    tweaked(
        "a cell in the last corner of a sheet that is not ours",
        lambda workbook, _: workbook.add_worksheet("Notes").write(1_048_575, 16_383, "x"),
        Loads({FIRST_ROW: COURSE}, {0: ("this one was not read",)}, TITLE),
    ),
    tweaked(
        "thousands of rows that are only drawn",
        lambda workbook, page: [page.write_blank(row, 3, None, workbook.add_format()) for row in range(5, 3_000)],
        PLAIN,
    ),
    case("a size that is too small", _sized("A1"), PLAIN),
    case("a size that is too large", _sized("A1:XFD1048576"), PLAIN),
    case("a size that is none", _sized("A0:ZZZZ9"), refuses(DAMAGED)),
    inside(
        "rows out of order",
        f'<row r="{FIRST_ROW + 1}"',
        '<row r="2"',
        refuses(SHEET, "row 2 stands behind row 5", DAMAGED),
    ),
    inside("a row twice", f'<row r="{FIRST_ROW + 1}"', f'<row r="{FIRST_ROW}"', refuses("row 5 stands behind row 5")),
    inside("a row beyond the last", f'<row r="{FIRST_ROW + 1}"', '<row r="1048577"', refuses("row 1048577")),
    inside("a cell twice", f'<c r="G{FIRST_ROW}"', f'<c r="B{FIRST_ROW}"', refuses("cell B5 stands out of order")),
    inside(
        "a cell of another row",
        f'<c r="G{FIRST_ROW}"',
        f'<c r="G{FIRST_ROW + 1}"',
        refuses("cell G6 stands out of order"),
    ),
    inside(
        "a number that only Python reads",
        f'<c r="G{FIRST_ROW}" t="s">',
        f'<c r="C{FIRST_ROW}"><v>1_0</v></c><c r="G{FIRST_ROW}" t="s">',
        refuses("row 5, column 3 holds no value of its kind"),
    ),
    inside(
        "a text from before the first",
        f'<c r="G{FIRST_ROW}" t="s"><v>',
        f'<c r="G{FIRST_ROW}" t="s"><v>-',
        refuses("no value of its kind"),
    ),
    inside(
        "a text beyond the last",
        f'<c r="G{FIRST_ROW}" t="s"><v>',
        f'<c r="G{FIRST_ROW}" t="s"><v>9999',
        refuses("IndexError", DAMAGED),
    ),
    inside(
        "a number too large for any",
        f'<c r="G{FIRST_ROW}" t="s">',
        f'<c r="C{FIRST_ROW}"><v>1e999</v></c><c r="G{FIRST_ROW}" t="s">',
        Loads({FIRST_ROW + 1: COURSE}, {FIRST_ROW: ("borough inf Expected a number",)}, TITLE),
    ),
    inside(
        "a cell without its place among others",
        f'<c r="H{FIRST_ROW}" t="s">',
        '<c t="s">',
        refuses("cell None stands out of order in row 5"),
    ),
    inside(
        "a kind of cell that is none",
        f'<c r="G{FIRST_ROW}" t="s">',
        f'<c r="G{FIRST_ROW}" t="text">',
        refuses("no value of its kind"),
    ),
    inside(
        "text between cells", f'<c r="G{FIRST_ROW}"', f'12<c r="G{FIRST_ROW}"', refuses("text stands between the cells")
    ),
    inside("an element inside a value", "</v>", "<f/>1</v>", refuses("an element f stands where none may")),
    inside(
        "a cell inside a cell",
        f'<c r="G{FIRST_ROW}"',
        f'<c r="C{FIRST_ROW}"><c r="D{FIRST_ROW}"/></c><c r="G{FIRST_ROW}"',
        refuses("an element c stands where none may"),
    ),
    inside("a text inside another", "<t>Keeping ", "<t>Keep<t/>ing ", refuses("a text stands inside another"), STRINGS),
    inside(
        "a text too many inside another",
        "<si><t>Keeping ",
        "<si><si/><t>Keeping ",
        refuses("a text stands inside"),
        STRINGS,
    ),
    inside(
        "a sheet that is on no list",
        '<sheet name="Training" sheetId="2" r:id="rId2"/>',
        "",
        refuses(SHEET, "is on no list of its sheets", DAMAGED),
        "xl/workbook.xml",
    ),
    inside(
        "a format that is not there",
        f'<c r="G{FIRST_ROW}" t="s">',
        f'<c r="C{FIRST_ROW}" s="99"><v>1</v></c><c r="G{FIRST_ROW}" t="s">',
        refuses("row 5 holds a format that is not in the workbook", DAMAGED),
    ),
    case(
        "a sheet that is not there",
        lambda: without(book([COURSE]), SHEET),
        refuses("its sheet “Training” is not in it", DAMAGED),
    ),
    case("no list of texts", lambda: without(book([COURSE]), STRINGS), refuses(DAMAGED)),
    case("no styles", lambda: without(book([COURSE]), "xl/styles.xml"), PLAIN),
)

CASES = (*SHAPES, *SIZES)
