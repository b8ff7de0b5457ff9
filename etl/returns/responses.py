"""Who answered each round of returns, and the programme of pilots that only boards name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from etl.check import Row
from etl.returns.check import Start
from etl.returns.facts import NOT_REPORTED, OWN_PILOTS, Fact, document_code
from warehouse.schema.returns import INTERVIEW_MAPPING

if TYPE_CHECKING:
    from etl.returns.build import Taken


def response_facts(
    standing: Sequence[Taken], rows: Mapping[str, Sequence[Row]], names: Mapping[str, str]
) -> list[Fact]:
    """For each round with a return or a note of the operations group: a document for its list, and for every board
    whether it answered. `names`: board → its name."""
    answered = {
        (one.checked.start.round.code, one.checked.start.board): one.checked.start
        for one in standing
        if INTERVIEW_MAPPING.name in one.checked.lines
    }
    asked = {(row["round"], row["board"]) for row in rows["chase"] if row["step"] == "asked"}
    found: list[Fact] = []
    for round_row in rows["round"]:
        code = round_row["round"]
        of_round = [start for (own, _), start in answered.items() if own == code]
        if not of_round and not any(own == code for own, _ in asked):
            continue
        day = round_row["deadline"] or max((start.sent for start in of_round), default=round_row["opens"])
        document = f"round_{code}"
        found.append(_document(document, round_row["label"], day.isoformat()))
        for board, name in names.items():
            start = answered.get((code, board))
            found.append(
                _fact(
                    "round_response",
                    f"response-ret-{code.replace('_', '-')}-{board}",
                    document_code(start) if start else document,
                    day.isoformat(),
                    {
                        "round": code, "board": name, "asked": "yes" if (code, board) in asked else NOT_REPORTED,
                        "response": "entry" if start else "none", "note": "",
                    },
                )
            )  # fmt: skip
    return found


def own_pilots(starts: Sequence[Start]) -> Fact:
    """The programme of the pilots that only returns name."""
    last = max(starts, key=lambda start: (start.sent, start.board))
    cells = {
        "name": "Boards' own pilots", "kind": "partnership", "aliases": "", "planned_from": NOT_REPORTED,
        "planned_to": NOT_REPORTED, "actual_from": NOT_REPORTED, "actual_to": NOT_REPORTED,
        "summary": "Pilots that boards report and no document names as part of a programme.",
    }  # fmt: skip
    return _fact("programme", OWN_PILOTS, document_code(last), last.as_at.isoformat(), cells)


def _document(code: str, label: str, day: str) -> Fact:
    cells = {
        "document": code, "short_name": f"Round {label}", "title": f"Who answered the round {label}",
        "publisher": "The operations group", "date_text": "The deadline of the round", "dated": day,
        "date_basis": "stated", "date_rule": "", "usable_from": day,
        "about": "The operations group's list of boards asked and of returns received.",
    }  # fmt: skip
    return Fact("document", cells, "rounds", 0)


def _fact(table: str, key: str, document: str, as_at: str, cells: dict[str, str]) -> Fact:
    provenance = {
        "fact_key": key, "document": document, "section": "The round", "paragraph": "list of boards", "as_at": as_at,
        "basis": "derived", "rule": "From the returns received and the notes of the operations group.",
    }  # fmt: skip
    return Fact(table, {**cells, **provenance}, "rounds", 0)
