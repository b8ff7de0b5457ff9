"""Messy and hostile CSV files of returns, and what must come of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from etl.returns import csv_sheets
from tests.support.returns.case import ABOVE, AGAIN, COURSE, EMPTY, START, TOTAL, Case, Loads, refuses
from warehouse.schema import returns
from warehouse.schema.returns import SHEETS, Sheet, heading

TRAINING = SHEETS["training"]


def headings(sheet: Sheet = TRAINING) -> list[str]:
    """The row of headings: those of START, then the sheet's own."""
    return [heading(column) for column in (*returns.START.columns, *sheet.columns)]


def row(cells: Mapping[str, str] = COURSE, start: Mapping[str, str] = START, sheet: Sheet = TRAINING) -> list[str]:
    """A row of that sheet. Cells that are not named are empty."""
    return [start.get(c.name, "") for c in returns.START.columns] + [cells.get(c.name, "") for c in sheet.columns]


def text(rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as CSV, as a spreadsheet writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def written(content: str | bytes, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Writes a file of that content."""
    data = content if isinstance(content, bytes) else content.encode(encoding)
    return lambda path: path.write_bytes(data)


ONE = text([headings(), row()])
"""An orderly file of one row."""

PLAIN = Loads({2: COURSE})
NAMED = COURSE | {"course": "Čhildren’s café – naïve"}
LIKE_FORMULAS = {"course": "=1+1", "audience": "+cmd|'/c calc'!A1", "category": "@SUM(A1)", "gender": "-"}
CP1252 = COURSE | {"course": "Children’s café – £5"}
ARABIC = COURSE | {"category": "جمعية الأمل للأطفال"}


def _case(shows: str, content: str | bytes, comes: object, encoding: str = "utf-8", name: str = "return.csv") -> Case:
    return Case(shows, name, written(content, encoding), comes)


def _rows(shows: str, rows: Sequence[Sequence[str]], comes: object, **options: str) -> Case:
    return _case(shows, text(rows, **options), comes)


def _cell(shows: str, given: Mapping[str, str], came: Mapping[str, str]) -> Case:
    return _rows(shows, [headings(), row(COURSE | given)], Loads({2: COURSE | came}))


def _fault(shows: str, given: Mapping[str, str], *words: str) -> Case:
    rows = [headings(), row(COURSE | given), row()]
    return _rows(shows, rows, Loads({3: COURSE}, {2: words}))


ENCODINGS = (
    _case("UTF-8", text([headings(), row(NAMED)]), Loads({2: NAMED})),
    _case("UTF-8 with a byte order mark", text([headings(), row(NAMED)]), Loads({2: NAMED}), "utf-8-sig"),
    _case("UTF-16 little end first", "\ufeff" + text([headings(), row(NAMED)]), Loads({2: NAMED}), "utf-16-le"),
    _case("UTF-16 big end first", "\ufeff" + text([headings(), row(NAMED)]), Loads({2: NAMED}), "utf-16-be"),
    _case("CP1252", text([headings(), row(CP1252)]), Loads({2: CP1252}), "cp1252"),
    _case("UTF-16 without its mark", ONE, refuses("line 1 holds a NUL", "CSV UTF-8"), "utf-16-le"),
    _case("UTF-16 cut inside a letter", ("\ufeff" + ONE).encode("utf-16-le")[:-1], refuses("UTF-16", "cut short")),
    _case("UTF-32", "\ufeff" + ONE, refuses("UTF-32", "CSV UTF-8"), "utf-32-le"),
    _case("UTF-8 and CP1252 in one file", (ONE + "é").encode() + "é,\r\n".encode("cp1252"),
          refuses("part of the text is UTF-8", f"byte {len(ONE) + 3:,} is not")),
    _case("a byte that CP1252 leaves undefined", ONE.encode() + b"caf\xe9 \x81",
          refuses(f"byte {len(ONE) + 6:,} is no letter")),
    _case("a byte order mark that lies", b"\xef\xbb\xbf" + ONE.encode() + b"\xe9", refuses("begins as UTF-8", "none")),
    _case("NUL", ONE.replace("\r\n", "\n") + "a\0b", refuses("line 3 holds a NUL")),
    _case("NUL behind bare returns in CP1252", (ONE.replace("\r\n", "\r") + "é\0").encode("cp1252"),
          refuses("line 3 holds a NUL")),
)  # fmt: skip

LINE_ENDS = (
    _rows("line feeds", [headings(), row(), row()], Loads({2: COURSE, 3: COURSE}), end="\n"),
    _rows("bare returns", [headings(), row(), row()], Loads({2: COURSE, 3: COURSE}), end="\r"),
    _case(
        "mixed line ends",
        text([headings()], end="\r") + text([row()], end="\n") + text([row()]) + "\r\n\n\r" + text([row()], end=""),
        Loads({2: COURSE, 3: COURSE, 7: COURSE}, not_data={4: EMPTY, 5: EMPTY, 6: EMPTY}),
    ),
    _case(
        "line ends inside cells, counted",
        text([headings(), row(COURSE | {"audience": "a\r\nb\rc\nd"}), row()]),
        Loads({2: COURSE | {"audience": "a\nb\nc\nd"}, 6: COURSE}),
    ),
    _cell("a vertical tab from a slide", {"audience": "a\vb"}, {"audience": "a\nb"}),
    _cell("a line separator of Unicode is no line end of CSV", {"audience": "a\u2028b\x0cc"}, {"audience": "a\nb\nc"}),
)

SHAPES = (
    _rows("semicolons", [headings(), row(COURSE | {"audience": "a, b"})], Loads({2: COURSE | {"audience": "a, b"}}),
          delimiter=";"),
    _rows("tabs", [headings(), row(COURSE | {"audience": "a; b"})], Loads({2: COURSE | {"audience": "a; b"}}),
          delimiter="\t"),
    _rows("columns in another order", [headings()[::-1], row()[::-1]], PLAIN),
    _rows("headings in capitals, with blanks", [[f"\xa0{h.upper()}\u200b " for h in headings()], row()], PLAIN),
    _rows("headings with a line end", [[h.replace(" ", "\n") for h in headings()], row()],
          Loads({1 + sum(h.count(" ") for h in headings()) + 1: COURSE})),
    _rows("codes of columns for headings", [[h.replace(" ", "_").lower() for h in headings()], row()], PLAIN),
    _case("title rows, one malformed", 'Return of "Camden"\r\n"June" 2012\r\n\r\n' + ONE,
          Loads({5: COURSE}, not_data={1: ABOVE, 2: ABOVE, 3: EMPTY})),
    _case("a hint for Excel above", "sep=,\r\n" + ONE, Loads({3: COURSE}, not_data={1: ABOVE})),
    _rows("the headings again", [headings(), row(), headings(), row()],
          Loads({2: COURSE, 4: COURSE}, not_data={3: AGAIN})),
    _rows("empty rows", [headings(), [], row(), [""] * len(row()), [" \xa0"], ["", ""]],
          Loads({3: COURSE}, not_data={2: EMPTY, 4: EMPTY, 5: EMPTY, 6: EMPTY})),
    _rows("rows that only say whose return it is", [headings(), row({}), row()],
          Loads({3: COURSE}, not_data={2: EMPTY})),
    _rows("no row at all", [headings()], Loads(start=dict.fromkeys(START, ""))),
    _rows("empty columns at the end", [[*headings(), "", ""], [*row(), "", " "]], PLAIN),
    _rows("words under no heading", [[*headings(), ""], [*row(), "a note"], [*row(), ""]],
          Loads({3: COURSE}, {2: ("a note",)})),
    _rows("rows too short and too long", [headings(), row()[:-1], [*row(), "x"], ["a"], row()],
          Loads({5: COURSE}, {2: ("found 16",), 3: ("found 18",), 4: ("found 1.",)})),
    _rows("rows of totals",
          [headings(), row(), row({"course": "Total", "number": "12"}),
           row({"audience": "Grand total:", "number": "1,2"}), row({"category": "SUM", "number": "#N/A"}),
           row({"course": "Total for 2012", "number": "3", "percentage": "100 %"}),
           row({"course": "Totals", "number": "12"}, {})],
          Loads({2: COURSE}, {5: ("#N/A",)}, {3: TOTAL, 4: TOTAL, 6: TOTAL, 7: TOTAL})),
    _rows("a course called Total Respect", [headings(), row({"course": "Total Respect", "number": "12"})],
          Loads({2: {"course": "Total Respect", "number": "12"}})),
    _rows("a total with words beside it", [headings(), row({"course": "Total", "audience": "all schools"})],
          Loads({2: {"course": "Total", "audience": "all schools"}})),
    _rows("a total that names a course by a number",
          [headings(), row({"line": "total", "course": "7", "number": "12"})],
          Loads({2: {"line": "total", "course": "7", "number": "12"}})),
    _rows("a total that says people", [headings(), row({"course": "Total", "counts": "People", "number": "12"})],
          Loads({2: {"course": "Total", "counts": "People", "number": "12"}})),
    _rows("rows of two returns", [headings(), row(), row(start=START | {"board": "Brent"}), row(start={}), row()],
          Loads({2: COURSE, 5: COURSE}, {3: ("board Brent Expected “Camden”",), 4: tuple(START)})),
    _rows("a faulty first row still says whose return it is",
          [headings(), row(COURSE | {"course": "#REF!"}), row()], Loads({3: COURSE}, {2: ("#REF!",)})),
)  # fmt: skip

CELLS = (
    _cell("thousands commas", {"number": "1,234,567"}, {"number": "1234567"}),
    _cell("commas that part no thousands stay", {"number": "12,34"}, {"number": "12,34"}),
    _cell("a comma in a number with decimals stays", {"percentage": "12,345"}, {"percentage": "12,345"}),
    _cell("a percent sign", {"percentage": "25.5 %"}, {"percentage": "25.5"}),
    _cell("a comma in words stays", {"audience": "1,234 leaflets"}, {"audience": "1,234 leaflets"}),
    _cell("blanks that do not break and have no width",
          {"audience": "\xa0\u200bFor\u202fteach\xader\u2060s\ufeff\u3000"}, {"audience": "For teachers"}),
    _cell("a letter and its accent apart", {"audience": "cafe\u0301"}, {"audience": "café"}),
    _cell("look-alike letters in the name of a borough", {"borough": "Cаmden"}, {"borough": "Cаmden"}),
    _cell("right-to-left script", ARABIC, ARABIC),
    _cell("joiners inside a word of Persian, and stray ones", {"category": "می\u200cخواهم", "audience": "a\u200db"},
          {"category": "می\u200cخواهم", "audience": "ab"}),
    _cell("cells like formulas", LIKE_FORMULAS, LIKE_FORMULAS),
    _cell("dates as people write them", {"held_from": "21/06/2012", "held_to": "June 2012"},
          {"held_from": "21/06/2012", "held_to": "June 2012"}),
    _cell("a number with zeros in front", {"line": "007"}, {"line": "007"}),
    _fault("marks that reorder text", {"course": "safe\u202egnp.exe", "audience": "\u2066x"},
           "course safe<U+202E>gnp.exe Expected text that reads as it is stored; U+202E", "audience <U+2066>x"),
    _fault("control characters", {"course": "a\x07b", "audience": "\x1fb", "category": "\x92"},
           "U+0007", "U+001F", "U+0092"),
    _fault("errors of formulas", {"course": "#N/A", "number": " #DIV/0! ", "percentage": "Err:502"},
           "course #N/A Expected a value", "#DIV/0!", "Err:502"),
    _fault("a cell of 40,000 letters", {"audience": "a" * 40_000}, "audience aaa"),
    _cell("a cell of 32,767 letters", {"audience": "a" * 32_767}, {"audience": "a" * 32_767}),
)  # fmt: skip


def _long_cell(path: Path) -> None:
    """200 MB in one cell."""
    with path.open("wb") as file:
        file.write(ONE.encode() + b'"')
        for _ in range(200):
            file.write(b"x" * 1024 * 1024)
        file.write(b'"\r\n')


def _large(path: Path) -> None:
    """Beyond the limit of a sheet, in orderly rows."""
    orderly = text([row(COURSE | {"audience": "a" * 30_000})])
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text([headings()]))
        for _ in range(csv_sheets.MOST_BYTES // len(orderly) + 1):
            file.write(orderly)


def _huge(path: Path) -> None:
    """A file with nothing on the disk, larger than any limit."""
    with path.open("wb") as file:
        file.truncate(csv_sheets.MOST_BYTES_ABOUT_PEOPLE + 1)


HOSTILE = (
    Case("a cell of 200 MB", "return.csv", _long_cell, refuses("a line has more than 4 million characters")),
    Case("more bytes than a sheet may have", "return.csv", _large, refuses("67,108,864 at most", "“Training”")),
    Case("more bytes than any file may have", "return.csv", _huge, refuses("536,870,913 bytes", "536,870,912")),
    _case("more rows than a sheet may have", ONE + ",\r\n" * csv_sheets.MOST_ROWS, refuses("more than 100,000 rows")),
    _case("a million columns", "Board" + "," * 999_999 + "\r\n", refuses("line 1 has 1,000,000 columns", "200")),
    _case("ten thousand columns in a row of headings", text([headings() + ["x"] * 9_983, row()]),
          refuses("line 1 has 10,000 columns")),
    _case("a million columns below the headings", ONE + "x," * 999_999 + "x\r\n" + text([row()]),
          Loads({2: COURSE, 4: COURSE}, {3: ("found 1000000",)})),
    _case("a quotation mark that is never closed", ONE + ONE + '"a,b\r\nc', refuses("line 5", "never closed")),
    _case("a quotation mark inside a quoted cell", ONE + '"a"b,c\r\n', refuses("line 3", "Double the quotation")),
    _case("a quoted cell of 200,000 letters", ONE + '"' + "a\n" * 100_000 + '"', refuses("line 3", "131,072")),
    _rows("a heading missing", [headings()[:-1], row()[:-1]], refuses("line 1", "Missing: “Percentage”")),
    _rows("a heading misspelt", [[h.replace("Course", "Cuorse") for h in headings()], row()],
          refuses("“Cuorse” is none of its headings; the closest is “Course”")),
    _rows("a heading twice", [[*headings(), "course"], [*row(), "x"]], refuses("Expected once: “Course”")),
    _rows("a heading too many", [[*headings(), "Trainer"], [*row(), "x"]], refuses("“Trainer” is none of its")),
    _rows("headings without those of Start here", [headings()[5:], row()[5:]],
          refuses("Missing: “Board”, “Round”, “As at”, “Sent”, “Version”")),
    _case("headings parted by something else", text([headings(), row()], "|"), refuses("none of the first 20 lines")),
    _case("headings below the twentieth line", "\r\n" * 20 + ONE, refuses("nothing stands in the file")),
    _case("another table", "name,age\r\na,1\r\n", refuses("none of the first 20 lines holds the headings of a return")),
    _case("an empty file", b"", refuses("nothing stands in the file")),
    _case("blanks only", " \r\n\xa0,\r\n", refuses("none of the first 20 lines")),
    _case("random bytes", bytes(range(128, 256)) * 40, refuses("byte")),
)  # fmt: skip

CASES = (*ENCODINGS, *LINE_ENDS, *SHAPES, *CELLS, *HOSTILE)
