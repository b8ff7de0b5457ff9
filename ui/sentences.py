"""Small pieces of sentences: a full stop, a printed number as printed, the noun of a count."""

from __future__ import annotations

from typing import Protocol

from ui.cells import Cell, Figure, Marked
from ui.words import number
from warehouse.schema.training import PRECISION


class PrintedNumber(Protocol):
    """A row of `printed_figure`."""

    fact_key: str
    value: float | None
    value_status: str
    value_high: float | None
    precision: str


def sentence(text: str) -> str:
    """`text` with a full stop, where it has no end of its own."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def printed_number(row: PrintedNumber) -> Cell:
    """The number as printed: about 40, more than 120, 40 to 50, or why there is none."""
    before = PRECISION.label(row.precision)
    if row.value_high is not None:
        return Marked(f"{before}{number(row.value)} to {number(row.value_high)}", (row.fact_key,))
    return Marked(f"{before}{number(row.value)}", (row.fact_key,)) if before else _plain(row)


def unit_words(value: float | None, unit: str) -> str:
    """What is counted, after its number: 1 investigation, where the documents' unit is investigations.

    Only the noun that is counted changes: the last word before what describes it, as in allegations of forced marriage.
    """
    if value != 1:
        return unit
    words = unit.split(" ")
    end = next((place for place, word in enumerate(words) if word in _DESCRIBES), len(words))
    if not end:
        return unit
    return " ".join([*words[: end - 1], _one_of(words[end - 1]), *words[end:]])


_DESCRIBES = ("a", "against", "aged", "at", "counted", "dealt", "for", "from", "in", "noted", "of", "on", "recorded",
              "reviewed", "that", "the", "to", "under", "where", "which", "who", "with")  # fmt: skip
"""Words that end the noun of a unit and begin what describes it."""


def _one_of(noun: str) -> str:
    if noun == "people":
        return "person"
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def _plain(row: PrintedNumber) -> Figure:
    return Figure(row.value, row.value_status, (row.fact_key,))
