"""The first sentence of the profile: what the borough did, as the documents report it. Never a count of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ui.data import ask
from ui.words import counted, listed, parted
from warehouse.queries import areas, profile
from warehouse.queries.areas import AreaFigure
from warehouse.queries.places import Borough
from warehouse.queries.profile import Answer, Role
from warehouse.schema.vocabulary import ACTUAL_ROLES

MOST_PROGRAMMES = 8
"""Programmes named in the sentence. The table below it has all of them."""


def lead(borough: Borough, as_at: date) -> str:
    """Programmes, the board's own words, and people trained, of one borough as at a date."""
    trained = next(row for row in ask(areas.people_trained, as_at) if row.gss_code == borough.gss_code)
    parts = [
        programmes(ask(profile.roles, borough.gss_code, as_at)),
        own_words(ask(profile.answers, borough.board, as_at)),
        people(trained),
        f"Board: {borough.board_name}.",
    ]
    return " ".join([*parts, *(["It shares its board with another area."] if borough.shares_board else [])])


def programmes(roles: Sequence[Role]) -> str:
    """What it took part in, what it was planned for without a report of taking part, and what it stood near to.

    Each programme counts once, for the furthest of the three.
    """
    took = sorted({role.programme for role in roles if role.role in ACTUAL_ROLES})
    planned = sorted({role.programme for role in roles if role.role == "planned"} - {*took})
    near = sorted({role.programme for role in roles} - {*took, *planned})
    if not roles:
        return "No document names it for a programme."
    parts = []
    if took:
        parts.append(f"It took part in: {parted(took, MOST_PROGRAMMES)}.")
    if planned:
        parts.append(
            f"It was planned for, and no document reports that it took part in: {parted(planned, MOST_PROGRAMMES)}."
        )
    if near:
        parts.append(f"It was proposed for, interested in or gave support to: {parted(near, MOST_PROGRAMMES)}.")
    return " ".join(parts)


def own_words(answers: Sequence[Answer]) -> str:
    """Which rounds hold words of its board."""
    rounds = list(dict.fromkeys(answer.round_label for answer in answers if answer.response == "entry"))
    return f"Its board's own words are in the {listed(rounds)}." if rounds else "No statement of its board is known."


def people(trained: AreaFigure) -> str:
    """People trained, where a document counts them. It may not say whether it counts people or attendances."""
    if trained.value is None:
        return "No document counts people trained."
    return f"{counted(trained.value, 'is', 'are')} counted as trained."
