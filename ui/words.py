"""Numbers, dates and absences as words, the same on every page. British spelling, no bare codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from warehouse.schema.column import SHORTHAND, Status

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

ABSENT = {
    Status.not_reported: "not reported",
    Status.not_asked: "not applicable",
    Status.withheld: "withheld to protect people",
}


def day(value: date) -> str:
    """5 December 2011."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def partial_date(text: str | None) -> str:
    """A date as precise as known: 2011, December 2011 or 5 December 2011."""
    if not text:
        return "not reported"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return f"{MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else str(parts[0])


def number(value: float | None, status: str = Status.value) -> str:
    """A number with commas and at most two decimals, or the words for its absence."""
    if value is None:
        return ABSENT.get(Status(status), "not reported")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def share(part: int, whole: int) -> str:
    """A percentage with one decimal and its base: 31.5% of 178."""
    return f"{100 * part / whole:.1f}% of {whole:,}" if whole else "no base"


def shorthand(status: str) -> str:
    """The code of a status column in a download: [x] not reported, [z] not applicable, [c] withheld."""
    return SHORTHAND[Status(status)]


def listed(words: Sequence[str], most: int | None = None) -> str:
    """One, two and three. Of more than `most`, the first of them, and how many more there are."""
    words = [word for word in words if word]
    if most is not None and len(words) > most:
        words = [*words[:most], f"{len(words) - most:,} more"]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, one: str, several: str | None = None) -> str:
    """1 board, 2 boards."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
