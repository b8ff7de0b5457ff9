"""How the cases of workbooks are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.support.returns.books import FIRST_ROW, Cells, book, replacing, rewritten, save
from tests.support.returns.case import ABOVE, COURSE, EMPTY, Case, Loads, Refuses
from warehouse.schema.returns import SHEETS

SHEET = "xl/worksheets/sheet2.xml"
"""The entry of the sheet Training."""

STRINGS = "xl/sharedStrings.xml"
TITLE = {1: ABOVE, 2: ABOVE, 3: EMPTY}
"""What stands above the headings in `book`."""

COLUMNS = [column.name for column in SHEETS["training"].columns]
NUMBER_CELL = COURSE | {"number": 12}


def made(content: bytes | Callable[[], bytes]) -> Callable[[Path], object]:
    """Writes a file of that content, which is made when it is needed."""
    return lambda path: save(path, content() if callable(content) else content)


def case(shows: str, content: Callable[[], bytes], comes: Loads | Refuses, name: str = "return.xlsx") -> Case:
    """A workbook made by `content`."""
    return Case(shows, name, made(content), comes)


def cell(shows: str, given: Mapping[str, object], came: Mapping[str, str], **options: object) -> Case:
    """An orderly row with other cells, and what they come as."""
    return case(shows, lambda: book([COURSE | given], **options), Loads({FIRST_ROW: COURSE | came}, not_data=TITLE))


def fault(shows: str, given: Mapping[str, object], *words: str, **options: object) -> Case:
    """A row that is refused for these words, and an orderly one below it."""
    comes = Loads({FIRST_ROW + 1: COURSE}, {FIRST_ROW: words}, TITLE)
    return case(shows, lambda: book([COURSE | given, NUMBER_CELL], **options), comes)


def tweaked(shows: str, tweak: Callable, comes: Loads | Refuses, rows: Sequence[Cells] = (COURSE,)) -> Case:
    """Orderly rows on a sheet that `tweak`, given the workbook and the sheet, then changes."""
    return case(shows, lambda: book(rows, tweak=lambda workbook, pages: tweak(workbook, pages["Training"])), comes)


def inside(shows: str, old: str, new: str, comes: Loads | Refuses, entry: str = SHEET) -> Case:
    """Two orderly rows, and one text inside an entry of the archive replaced by another."""
    return case(shows, lambda: rewritten(book([COURSE, COURSE]), {entry: replacing(old, new)}), comes)


def uncalculated(content: bytes) -> bytes:
    """The formula =6*2 as a programme writes it that does not calculate."""
    return rewritten(content, {SHEET: replacing("<f>6*2</f><v>0</v>", "<f>6*2</f><v></v>")})


PLAIN = Loads({FIRST_ROW: COURSE}, not_data=TITLE)
