"""Generated acts, what stands in their way, and the agencies beside them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated import GENERATED, Return, boards, codes, read, some, text
from warehouse.schema.mapping import OBSTACLE_KIND
from warehouse.schema.vocabulary import ISSUE

STAGES = {"done": 55, "under_way": 25, "planned": 10, "aspiration": 7, "not reported": 3}
KINDS = {"activity": 82, "participation": 12, "context": 6}
ACTORS = {"board": 40, "council": 25, "adviser": 15, "group": 15, "partnership": 5}
THEMES_A_BOARD = (0, 0, 0, 0, 0, 0, 0, 10, 15, 25, 25, 15, 10)
"""How often a board reports on so many of the fourteen themes. No board reports on all, so that there are gaps to
learn from."""
OBSTACLES_A_RETURN = (30, 50, 20)
WITH_AGENCY = 0.2
AGENCY_ROLES = ("delivery", "support", "funder", "co_ordinator")

Rows = list[dict[str, str]]


def tables(
    chance: random.Random, data: Path, made: Sequence[Return], acts: int, rounds: dict[int, str]
) -> dict[str, Rows]:
    """Rows of activity, obstacle and partner_link: `acts` acts, as evenly over rounds and boards as they go."""
    senders = [(one, board) for one in made for board in boards()]
    communities = codes(data, "community")
    themes = {board: some(chance, codes(data, "theme"), THEMES_A_BOARD) for board, _ in boards()}
    agencies = sorted(row["fact_key"] for path in (data / "sources").glob("*/partner.csv") for row in read(path))
    found: dict[str, Rows] = {"activity": [], "obstacle": [], "partner_link": []}
    for number in range(acts):
        one, (board, areas) = senders[number % len(senders)]
        act = _act(chance, number, one, board, chance.choice(areas), themes[board], communities)
        act["round"] = rounds[one.number]
        found["activity"].append(act)
        if chance.random() < WITH_AGENCY:
            found["partner_link"].append(_link(chance, number, one, board, act, chance.choice(agencies)))
    for one, (board, areas) in senders:
        for _ in range(chance.choices(range(len(OBSTACLES_A_RETURN)), OBSTACLES_A_RETURN)[0]):
            found["obstacle"].append(_obstacle(chance, len(found["obstacle"]), one, board, chance.choice(areas)))
    return found


def _act(
    chance: random.Random,
    number: int,
    one: Return,
    board: str,
    borough: str,
    themes: Sequence[str],
    communities: Sequence[str],
) -> dict[str, str]:
    kind = chance.choices(list(KINDS), KINDS.values())[0]
    stage = "not applicable" if kind == "context" else chance.choices(list(STAGES), STAGES.values())[0]
    about = some(chance, themes, (0, 62, 34, 4))
    return {
        "fact_key": f"act-bench-{number:05}",
        "scope": "borough",
        "borough": borough,
        "actor_kind": chance.choices(list(ACTORS), ACTORS.values())[0],
        "actor": f"Generated actor {number % 40}",
        "kind": kind,
        "stage": stage,
        "themes": "; ".join(about),
        "issues": "; ".join(some(chance, ISSUE.codes, (50, 40, 10))),
        "communities": "; ".join(some(chance, communities, (45, 35, 15, 5))),
        "audience": f"Generated audience {number % 25}",
        "summary": text(chance, f"act {number} of {board}, round {one.number}, on {' and '.join(about)}"),
        "happened": one.day[:7],
        **one.provenance(board, number),
    }


def _link(
    chance: random.Random, number: int, one: Return, board: str, act: dict[str, str], agency: str
) -> dict[str, str]:
    return {
        "fact_key": f"pl-bench-{number:05}",
        "partner": agency,
        "role": chance.choice(AGENCY_ROLES),
        "linked_to": act["fact_key"],
        "borough": act["borough"],
        "note": f"{GENERATED}.",
        **one.provenance(board, number),
    }


def _obstacle(chance: random.Random, number: int, one: Return, board: str, borough: str) -> dict[str, str]:
    return {
        "fact_key": f"obstacle-bench-{number:04}",
        "scope": "borough",
        "borough": borough,
        "said_by": f"Generated board of {borough}",
        "kind": chance.choice(OBSTACLE_KIND.codes),
        "summary": text(chance, f"obstacle {number} of {board}"),
        **one.provenance(board, number),
    }
