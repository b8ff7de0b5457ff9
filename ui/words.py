"""Numbers, dates and absences as words, the same on every page. British spelling, no bare codes."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.schema.column import SHORTHAND, Status
from warehouse.words import ABSENT, MONTHS, day, moment, number, partial_date

__all__ = [
    "ABSENT", "MONTHS", "counted", "day", "listed", "moment", "number", "parted", "partial_date", "share", "shorthand",
]  # fmt: skip


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


def parted(names: Sequence[str], most: int) -> str:
    """Names with semicolons between them, for a name may hold a comma. Of more than `most`, the first of them, and how
    many more there are."""
    more = [f"{len(names) - most:,} more"] if len(names) > most else []
    return "; ".join([*names[:most], *more])


def counted(count: int, one: str, several: str | None = None) -> str:
    """1 board, 2 boards."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
