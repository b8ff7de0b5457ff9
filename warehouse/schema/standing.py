"""Where a board stands in a round of returns: one rule for the command and the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from warehouse.schema.column import Vocabulary

STANDING = Vocabulary(
    "standing in a round",
    {
        "accepted": ("Accepted", "The operations group accepted the return."),
        "queried": ("Queried", "The operations group asked the board about its return."),
        "received": ("Received", "A return is in this edition, wholly or in part."),
        "silent": ("Silent", "The deadline has passed and there is no return."),
        "opened": ("Opened", "The board took the workbook."),
        "asked": ("Asked", "The board was asked for a return."),
        "not_asked": ("Not noted", "Nothing is noted of the board in this round."),
    },
)
"""In this order: where several hold, the first is said."""


def standing(noted: Mapping[str, date], sent: date | None, deadline: date | None, on: date) -> tuple[str, date | None]:
    """The code of STANDING for a board on a day, and since when.

    noted: steps that the operations group noted, with their days; later ones than `on` do not count yet. sent: the day
    on which the return that stands was sent. deadline: the last day of the round, where it has one.
    """
    days = {step: day for step, day in noted.items() if day <= on}
    if sent is not None and sent <= on:
        days["received"] = sent
    elif deadline is not None and on > deadline:
        days["silent"] = deadline
    if "received" not in days:
        days = {step: day for step, day in days.items() if step not in ("accepted", "queried")}
    word = next((code for code in STANDING.codes if code in days), "not_asked")
    return word, days.get(word)
