"""Generated community groups, and contact with them or with groups that nobody names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated import GENERATED, Return, boards, read, some, text
from warehouse.schema.communities import GROUP_KIND
from warehouse.schema.vocabulary import STEP

BASED = 0.4
SCOPES = {"borough": 55, "unnamed": 35, "london": 8, "elsewhere": 2}
STEP_WEIGHTS = (10, 20, 20, 30, 15, 5)
CONTACTS_A_GROUP = (30, 40, 20, 10)
UNNAMED_A_GROUP = 0.1

Rows = list[dict[str, str]]


def tables(chance: random.Random, data: Path, made: Sequence[Return], groups: int) -> dict[str, Rows]:
    """Rows of community_group and engagement: `groups` groups, contact with most of them, and some with no name."""
    listed = read(data / "reference" / "community.csv")
    faiths = [row["community"] for row in listed if row["facet"] == "faith"]
    others = [row["community"] for row in listed if row["facet"] in ("ethnic", "language")]
    found: dict[str, Rows] = {"community_group": [], "engagement": []}
    for number in range(groups):
        one, (board, areas) = chance.choice(made), chance.choice(boards())
        group = _group(chance, number, one, board, chance.choice(areas), faiths, others)
        found["community_group"].append(group)
        for _ in range(chance.choices(range(len(CONTACTS_A_GROUP)), CONTACTS_A_GROUP)[0]):
            later = chance.choice(made[one.number - 1 :])
            found["engagement"].append(_contact(chance, len(found["engagement"]), later, group, others))
    for _ in range(int(groups * UNNAMED_A_GROUP)):
        found["engagement"].append(_contact(chance, len(found["engagement"]), chance.choice(made), None, others))
    return found


def _group(
    chance: random.Random,
    number: int,
    one: Return,
    board: str,
    borough: str,
    faiths: Sequence[str],
    others: Sequence[str],
) -> dict[str, str]:
    scope = chance.choices(list(SCOPES), SCOPES.values())[0]
    beside = [name for _, names in boards() for name in names if name != borough]
    serves = [borough, *some(chance, beside, (70, 20, 10))] if scope == "borough" else []
    return {
        "fact_key": f"group-bench-{number:04}",
        "name": f"Generated group {number:04}",
        "printed": f"Generated gruop {number:04}" if chance.random() < 0.1 else "",
        "kind": chance.choice(GROUP_KIND.codes),
        "faith": chance.choice(faiths) if chance.random() < 0.5 else "",
        "communities": "; ".join(some(chance, others, (25, 60, 15))),
        "based_in": borough if chance.random() < BASED else "not reported",
        "serves": "; ".join(serves),
        "serves_scope": scope,
        "note": text(chance, f"group {number}"),
        **one.provenance(board, number),
    }


def _contact(
    chance: random.Random, number: int, one: Return, group: dict[str, str] | None, others: Sequence[str]
) -> dict[str, str]:
    """One report of contact, with `group` or with groups that are described and not named."""
    board, areas = chance.choice(boards())
    named = group["based_in"] if group and group["based_in"] != "not reported" else chance.choice(areas)
    return {
        "fact_key": f"engagement-bench-{number:05}",
        "community_group": group["fact_key"] if group else "",
        "described_as": "" if group else f"{GENERATED}: {chance.randint(2, 30)} groups",
        "communities": "; ".join(some(chance, others, (60, 35, 5))),
        "scope": "borough",
        "borough": named,
        "step": chance.choices(STEP.codes, STEP_WEIGHTS)[0],
        "happened": one.day[:7],
        "summary": text(chance, f"contact {number}"),
        **one.provenance(board, number),
    }
