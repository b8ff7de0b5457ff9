"""The words that a return may use for things the atlas has a list of, and the rounds that returns answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from etl.check import Row
from etl.returns.words import Words
from warehouse.schema import TABLES

LABELS = {"theme": "label", "community": "label", "partner": "name", "round": "label", "community_group": "name"}
"""Tables that a return refers to, and the column that people know a row by."""

OTHER_SPELLINGS = {"community": ("printed",), "partner": ("aliases",), "community_group": ("printed",)}


@dataclass(frozen=True)
class Round:
    """A round of returns. `opens` and `deadline` are None where the operations group set none."""

    code: str
    label: str
    opens: date | None
    deadline: date | None


def words_of(rows: Mapping[str, Iterable[Row]]) -> dict[str, Words]:
    """Table → the words that refer to its rows: keys, labels and other spellings. `rows`: checked rows by table."""
    return {table: _words(rows[table], TABLES[table].key, label) for table, label in LABELS.items()}


def _words(rows: Iterable[Row], key: str, label: str) -> Words:
    rows = list(rows)
    others = {
        spelling: row[key] for row in rows for column in OTHER_SPELLINGS.get(row.table, ()) for spelling in row[column]
    }
    return Words.of({str(row[label]): row[key] for row in rows}, others)


def rounds_of(rows: Iterable[Row]) -> dict[str, Round]:
    """The rounds by code."""
    return {row["round"]: Round(row["round"], row["label"], row["opens"], row["deadline"]) for row in rows}
