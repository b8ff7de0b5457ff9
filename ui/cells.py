"""What a table cell can hold, and how it is shown on screen and in a download.

Everything from data passes through `markupsafe`, which escapes it. Nothing here is Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

from ui.cite import MOST_LISTED, inline_mark, mark, source_details, source_text
from ui.fill import fill
from ui.words import ABSENT, number, shorthand
from warehouse.schema.column import Status


@dataclass(frozen=True)
class Absent:
    """No value, and why. Shown in words; a code in the download, and the words behind it where they say more."""

    status: str = Status.not_reported
    words: str | None = None

    @property
    def text(self) -> str:
        """The words on screen."""
        return self.words or ABSENT[Status(self.status)]


@dataclass(frozen=True)
class Figure:
    """A number, or why there is none. `fact_keys` carry the mark of a conflict; `suffix` a unit."""

    value: float | None
    status: str = Status.value
    fact_keys: tuple[str, ...] = ()
    suffix: str = ""


@dataclass(frozen=True)
class Sources:
    """The places that say the facts of a row. `most`: how many of them are listed one by one."""

    fact_keys: tuple[str, ...]
    printed: bool = False
    most: int = MOST_LISTED

    @property
    def count(self) -> int:
        """How many facts: at most so many places."""
        return len(self.fact_keys)


@dataclass(frozen=True)
class Opening:
    """A summary that opens to lines; in a download the lines alone, all of them. `most`: how many are on screen."""

    summary: str
    lines: tuple[str | Markup, ...]
    most: int = 40

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)


@dataclass(frozen=True)
class Link:
    """A link inside the atlas. `href` is one of our own addresses, made with `ui.links`."""

    text: str
    href: str


@dataclass(frozen=True)
class Bar:
    """A bar whose length is `value` on a scale that ends at `longest`. It repeats a number in its row."""

    value: float | None
    longest: float


@dataclass(frozen=True)
class State:
    """A state as a word and a shape, with the word first."""

    word: str
    shape: str


@dataclass(frozen=True)
class Marked:
    """Text with the mark of a conflict, where one touches its facts. `leads`: the mark leads to all readings, where
    those of many facts would open in one cell."""

    text: str
    fact_keys: tuple[str, ...]
    leads: bool = False


class Several(tuple[str, ...]):
    """Lines of which only the first MOST_LINES are shown, with how many more there are. The download holds all."""


MOST_LINES = 30
"""Lines shown in one cell. A borough may have hundreds of groups; a cell of them all hides the rest of the table."""

Cell: TypeAlias = (
    str | int | float | Absent | Figure | Sources | Opening | Link | Bar | State | Marked | tuple[str, ...]
)


def shown(cell: Cell) -> Markup:
    """The cell as HTML."""
    match cell:
        case Absent():
            return fill('<span class="absent">{}</span>', cell.text)
        case Figure(value=None):
            return shown(Absent(cell.status)) + mark(cell.fact_keys)
        case Figure():
            return fill("{}{}{}", number(cell.value), cell.suffix, mark(cell.fact_keys))
        case Sources():
            return source_details(cell.fact_keys, is_open=cell.printed, most=cell.most)
        case Opening():
            return _opening(cell)
        case Link():
            return fill('<a href="{}">{}</a>', cell.href, cell.text)
        case Bar():
            width = 100 * (cell.value or 0) / cell.longest if cell.longest else 0
            return Markup('<span class="bar" style="width: {:.1f}%" aria-hidden="true"></span>').format(width)
        case State():
            return fill('<span class="state" data-shape="{}">{}</span>', cell.shape, cell.word)
        case Marked():
            return fill("{}{}", cell.text, (inline_mark if cell.leads else mark)(cell.fact_keys))
        case Several() if len(cell) > MOST_LINES:
            return shown((*cell[:MOST_LINES], f"and {len(cell) - MOST_LINES:,} more, in the download"))
        case tuple():
            return Markup("<br>").join(escape(part) for part in cell)
        case int() | float():
            return escape(number(cell))
        case _:
            return escape(cell)


def _opening(cell: Opening) -> Markup:
    items = [fill("<li>{}</li>", line) for line in cell.lines[: cell.most]]
    if cell.count > cell.most:
        items.append(fill("<li>and {} more, in the download</li>", number(cell.count - cell.most)))
    lines = Markup("").join(items)
    return fill('<details class="more"><summary>{}</summary><ul>{}</ul></details>', cell.summary, lines)


def downloaded(cell: Cell) -> tuple[str | int | float, str]:
    """The cell as a value and a status code for a CSV file."""
    match cell:
        case Absent():
            return "", " ".join(filter(None, (shorthand(cell.status), cell.words)))
        case Figure():
            return ("" if cell.value is None else _plain(cell.value)), shorthand(cell.status)
        case Sources():
            return source_text(cell.fact_keys), ""
        case Opening():
            return "; ".join(line.striptags() if isinstance(line, Markup) else line for line in cell.lines), ""
        case Link() | Marked():
            return cell.text, ""
        case State():
            return cell.word, ""
        case tuple():
            return "; ".join(cell), ""
        case float():
            return _plain(cell), ""
        case _:
            return cell, ""


def _plain(value: float) -> int | float:
    """2, not 2.0: a whole number as it is shown."""
    return int(value) if value == int(value) else value
