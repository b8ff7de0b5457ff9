"""The groups of each census, and the words that census tables print for them (`data/reference/census_group.csv`)."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Group:
    """One total, heading or group of a census table. `within` is the key of the heading or total it adds to."""

    key: str
    census: int
    subject: str
    level: str
    within: str
    label: str
    spellings: frozenset[str]


@dataclass(frozen=True)
class Question:
    """What one census asked on one subject: its groups in the order of the table."""

    census: int
    subject: str
    groups: tuple[Group, ...]

    @property
    def name(self) -> str:
        """For sentences: "ethnic group, census 2011"."""
        return f"{self.subject.replace('_', ' ')}, census {self.census}"

    @property
    def leaves(self) -> tuple[Group, ...]:
        """The groups that add up to everybody."""
        return tuple(group for group in self.groups if group.level == "group")

    @property
    def sums(self) -> tuple[Group, ...]:
        """Headings and the total: headings first, since they may add to it."""
        return tuple(sorted((g for g in self.groups if g.level in ("all", "broad")), key=lambda g: g.level == "all"))

    def parts(self, whole: Group) -> tuple[Group, ...]:
        """The groups without parts of their own that `whole` is the sum of."""
        if whole.level == "all":
            return self.leaves
        return tuple(group for group in self.leaves if group.within == whole.key)

    def match(self, printed: str) -> Group | None:
        """The group that a table calls `printed`, or None."""
        return next((group for group in self.groups if plain(printed) in group.spellings), None)


def plain(text: str) -> str:
    """The one form in which spellings are compared: small letters, single blanks, none beside a stroke or colon."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("&", " and ").split())
    return re.sub(r" ?([/:]) ?", r"\1", folded)


def questions(data: Path) -> tuple[Question, ...]:
    """Every question of every census we know, from the reference list under `data`."""
    with (data / "reference" / "census_group.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found: dict[tuple[int, str], list[Group]] = {}
    for row in rows:
        spellings = frozenset(plain(part) for part in row["printed"].split(";") if part.strip())
        group = Group(
            row["census_group"],
            int(row["census"]),
            row["subject"],
            row["level"],
            row["within"],
            row["label"],
            spellings,
        )
        found.setdefault((group.census, group.subject), []).append(group)
    return tuple(Question(census, subject, tuple(groups)) for (census, subject), groups in found.items())
