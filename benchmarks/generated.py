"""What all generated rows share: the rounds of returns, the words that say what they are, and where chance picks."""

from __future__ import annotations

import calendar
import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from geo.names import authority_boards, borough_names

T = TypeVar("T")

GENERATED = "Generated for a benchmark"
FILLING = (
    "It was made by a seeded generator.",
    "It reports nothing that anybody did.",
    "Its words only fill the place of a sentence.",
    "No document says this.",
)
FIRST_YEAR = 2008
QUARTERS = (3, 6, 9, 12)


@dataclass(frozen=True)
class Return:
    """One round of returns: its number from 1, and the last day of its quarter. Each is a document of its own."""

    number: int
    year: int
    month: int

    @property
    def document(self) -> str:
        """Its code among the documents."""
        return f"benchmark_{self.number:04}"

    @property
    def day(self) -> str:
        """Its date, YYYY-MM-DD."""
        return f"{self.year}-{self.month:02}-{calendar.monthrange(self.year, self.month)[1]}"

    def document_row(self) -> dict[str, str]:
        """Its row of `document.csv`."""
        return {
            "document": self.document,
            "short_name": f"Generated return {self.number}",
            "title": f"{GENERATED}: round {self.number} of returns",
            "publisher": GENERATED,
            "date_text": self.day,
            "dated": self.day,
            "date_basis": "stated",
            "date_rule": "",
            "usable_from": self.day,
            "about": f"{GENERATED}. No board sent this.",
        }

    def provenance(self, board: str, row: int) -> dict[str, str]:
        """The columns with which every fact of this return ends."""
        return {
            "document": self.document,
            "section": f"Generated return of {board}",
            "paragraph": f"row {row}",
            "as_at": self.day,
            "basis": "stated",
        }


def returns(rounds: int) -> tuple[Return, ...]:
    """The rounds, one a quarter from the first of 2008: before the latest real document, so a plain view holds all."""
    return tuple(Return(place + 1, FIRST_YEAR + place // 4, QUARTERS[place % 4]) for place in range(rounds))


@cache
def boards() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each of the 32 boards with the names of its areas."""
    found: dict[str, list[str]] = {}
    for code, line in authority_boards().items():
        found.setdefault(line.board, []).append(borough_names()[code])
    return tuple((board, tuple(names)) for board, names in sorted(found.items()))


def codes(data: Path, table: str) -> list[str]:
    """The keys of a reference list, in its order."""
    return [next(iter(row.values())) for row in read(data / "reference" / f"{table}.csv")]


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def text(chance: random.Random, what: str) -> str:
    """A text of the usual length: first that it is generated, then what it stands for, then filling."""
    return " ".join([f"{GENERATED}: {what}.", *chance.sample(FILLING, chance.randint(0, 2))])


def some(chance: random.Random, things: Sequence[T], weights: Sequence[int]) -> list[T]:
    """Several different things, in their order. `weights[n]` is how often there are n of them."""
    count = chance.choices(range(len(weights)), weights)[0]
    return [things[place] for place in sorted(chance.sample(range(len(things)), count))]


def split(chance: random.Random, total: int, parts: int) -> list[int]:
    """`total` in that many parts of uneven size, each nought or more. They sum to it exactly."""
    if parts == 1:
        return [total]
    cuts = sorted(chance.randint(0, total) for _ in range(parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]
