"""The LSCB interview mapping: who answered each round, what they do and wish to do, and what stands in the way."""

from __future__ import annotations

from collections import Counter

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule
from geo.names import board_of

TABLES = ("round", "round_response", "activity", "obstacle")


def _stages(acts: list[Row]) -> list[Fault]:
    """Context has no stage, and acts have one, known or not."""
    faults = []
    for row in acts:
        is_context = row["kind"] == "context"
        if is_context and row["stage_status"] != "not_asked":
            faults.append(row.fault("stage", "Expected 'not applicable', since the row is context."))
        if not is_context and row["stage_status"] == "not_asked":
            faults.append(row.fault("stage", "Expected a stage or 'not reported', since the row is an act."))
    return faults


def _every_board(responses: list[Row]) -> list[Fault]:
    """Every round that has responses has one for each board."""
    by_round = Counter(row["round"] for row in responses)
    boards = {row["board"] for row in responses}
    return [
        Fault("round_response", 0, "round", name, f"Expected one row for each of {len(boards)} boards.")
        for name, count in by_round.items()
        if count != len(boards)
    ]


def _with_an_entry(acts: list[Row], responses: list[Row]) -> list[Fault]:
    """An act reported in a round comes from a board with an entry in it."""
    entries = {(row["round"], row["board"]) for row in responses if row["response"] == "entry"}
    return [
        row.fault("round", "Expected a board that has an entry in this round, or the round 'none'.")
        for row in acts
        if row["round"] != "none" and row["borough"] and (row["round"], board_of(row["borough"])) not in entries
    ]


RULES = (
    Rule(("activity",), _stages),
    Rule(("round_response",), _every_board),
    Rule(("activity", "round_response"), _with_an_entry),
)
