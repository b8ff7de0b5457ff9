"""Which round of statements a generated return answers, and the answer of every board to every round."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated import GENERATED, Return, boards, read
from warehouse.schema import TABLES

NO_ROUND = "none"

Rows = list[dict[str, str]]


def add_rounds(data: Path, made: Sequence[Return]) -> dict[int, str]:
    """The round that each return answers, by number of the return.

    Where rounds are a list in the data, each return gets a round of its own, added to the list. Where they are a closed
    list of the schema, the returns share its rounds.
    """
    listed = data / "reference" / "round.csv"
    if listed.exists():
        columns = [column.name for column in TABLES["round"].columns]
        with listed.open("a", encoding="utf-8", newline="") as out:
            csv.DictWriter(out, columns, lineterminator="\n").writerows(_round(one) for one in made)
        return {one.number: one.document for one in made}
    declared = next(column for column in TABLES["round_response"].columns if column.name == "round")
    codes = [code for code in declared.vocabulary.codes if code != NO_ROUND]
    return {one.number: codes[one.number % len(codes)] for one in made}


def _round(one: Return) -> dict[str, str]:
    words = f"{GENERATED}: round {one.number} of returns"
    return {"round": one.document, "label": f"Generated return {one.number}", "meaning": words, "is_statement": "yes"}


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
