"""Generated training: one round of courses in each return of each board, and its people by group, ethnicity, gender."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.generated import Return, boards, read, split, text

NOT_KNOWN = "Not known"
GENDERS = ("Female", "Male", NOT_KNOWN)
GROUPS_A_ROUND = (8, 20)
ETHNICITIES_A_ROUND = (12, 24)
WITH_BUDGET = 0.7
SAYS_PEOPLE = 0.8

Rows = list[dict[str, str]]


def tables(
    chance: random.Random, data: Path, made: Sequence[Return], people: int, groups: Sequence[Mapping[str, str]]
) -> dict[str, Rows]:
    """Rows of training_round and training_count. The rounds sum to `people`, each breakdown to its round."""
    senders = [(one, board) for one in made for board in boards()]
    labels = {row["community"]: row["printed"] for row in read(data / "reference" / "ethnic_label.csv")}
    found: dict[str, Rows] = {"training_round": [], "training_count": []}
    for number, (sender, total) in enumerate(zip(senders, _totals(chance, people, len(senders)), strict=True)):
        one, (board, areas) = sender
        course = _round(chance, number, one, board, chance.choice(areas), total)
        found["training_round"].append(course)
        found["training_count"] += _counts(chance, course, one, board, total, labels, groups)
    return found


def _totals(chance: random.Random, people: int, rounds: int) -> list[int]:
    """Uneven sizes without a round of nobody, as far as the people go."""
    least = people // rounds // 4
    return [least + part for part in split(chance, people - least * rounds, rounds)]


def _round(chance: random.Random, number: int, one: Return, board: str, borough: str, total: int) -> dict[str, str]:
    return {
        "fact_key": f"training-bench-{number:04}",
        "title": f"Generated training of {borough}, round {one.number}",
        "borough": borough,
        "round_number": str(one.number),
        "people": str(total),
        "unit_of_count": "people" if chance.random() < SAYS_PEOPLE else "not_stated",
        "sessions": str(max(1, total // 15)),
        "session_size_low": "12",
        "session_size_high": "15",
        "budget_gbp": str(total * chance.randint(20, 60)) if chance.random() < WITH_BUDGET else "not reported",
        "narrative_from": one.day[:7],
        "narrative_to": one.day,
        "tables_from": one.day[:7],
        "tables_to": one.day,
        "content": text(chance, f"training {number}"),
        **one.provenance(board, number),
    }


def _counts(
    chance: random.Random,
    course: Mapping[str, str],
    one: Return,
    board: str,
    total: int,
    labels: Mapping[str, str],
    groups: Sequence[Mapping[str, str]],
) -> Rows:
    came_from = chance.sample(groups, min(len(groups), chance.randint(*GROUPS_A_ROUND)))
    ethnicities = chance.sample(sorted(labels), min(len(labels), chance.randint(*ETHNICITIES_A_ROUND)))
    breakdowns = {
        "all": [{"printed": "Total"}],
        "group": [
            *({"printed": group["name"], "community_group": group["fact_key"]} for group in came_from),
            {"printed": NOT_KNOWN},
        ],
        "ethnicity": [*({"printed": labels[code], "community": code} for code in ethnicities), {"printed": NOT_KNOWN}],
        "gender": [{"printed": name} for name in GENDERS],
    }
    rows: Rows = []
    for dimension, lines in breakdowns.items():
        for line, count in zip(lines, split(chance, total, len(lines)), strict=True):
            share = f"{100 * count / total:.2f}" if total else "not reported"
            rows.append(
                {
                    "fact_key": f"count-bench-{course['fact_key'].rsplit('-', 1)[1]}-{len(rows):02}",
                    "training_round": course["fact_key"],
                    "dimension": dimension,
                    "filed": line["printed"],
                    "people": str(count),
                    "unit_of_count": course["unit_of_count"],
                    "printed_percentage": share,
                    **line,
                    **one.provenance(board, len(rows)),
                }
            )
    return rows
