"""Which round of statements a generated return answers, and the answer of every board to every round."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated import GENERATED, Return, boards, read
from warehouse.schema import TABLES

Rows = list[dict[str, str]]


def add_rounds(data: Path, made: Sequence[Return]) -> dict[int, str]:
    """Add a round to the list for each return, and give the code of each, by number of the return."""
    columns = [column.name for column in TABLES["round"].columns]
    with (data / "reference" / "round.csv").open("a", encoding="utf-8", newline="") as out:
        csv.DictWriter(out, columns, lineterminator="\n").writerows(_round(one) for one in made)
    return {one.number: one.document for one in made}


def _round(one: Return) -> dict[str, str]:
    return {
        "round": one.document,
        "label": f"Generated return {one.number}",
        "meaning": f"{GENERATED}: round {one.number} of returns",
        "is_statement": "yes",
        "opens": f"{one.year}-{one.month:02}-01",
        "deadline": one.day,
    }


def answers(data: Path, made: Sequence[Return], rounds: dict[int, str]) -> Rows:
    """Rows of round_response: an entry of every board in every round that the committed facts do not hold."""
    held = {row["round"] for path in (data / "sources").glob("*/round_response.csv") for row in read(path)}
    return [
        {
            "fact_key": f"response-bench-{one.number:02}-{board}",
            "round": rounds[one.number],
            "board": board,
            "response": "entry",
            "note": f"{GENERATED}: an entry.",
            **one.provenance(board, 0),
        }
        for one in made
        if rounds[one.number] not in held
        for board, _ in boards()
    ]


def answer_every_round(data: Path) -> None:
    """Let every board have an entry in the committed rounds as well: a page compares as many boards as it ever may.

    The keys stay, since conflicts and further places refer to them; the note says that the answer is made.
    """
    for path in sorted((data / "sources").glob("*/round_response.csv")):
        rows = read(path)
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "response": "entry", "note": f"{GENERATED}: an entry."} for row in rows)
