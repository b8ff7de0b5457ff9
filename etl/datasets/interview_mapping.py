"""The LSCB interview mapping: who answered each round, what they do and wish to do, and what stands in the way."""

from __future__ import annotations

from collections import Counter

from etl.check import Row
from etl.faults import Fault
from geo.names import board_of

TABLES = ("round", "round_response", "activity", "obstacle")


def check(rows: dict[str, list[Row]]) -> list[Fault]:
    """Context has no stage and acts have one; every round that has responses has one for each board; an act reported in
    a round comes from a board with an entry in it."""
    faults = []
    for row in rows["activity"]:
        is_context = row["kind"] == "context"
        if is_context and row["stage_status"] != "not_asked":
            faults.append(row.fault("stage", "Expected 'not applicable', since the row is context."))
        if not is_context and row["stage_status"] == "not_asked":
            faults.append(row.fault("stage", "Expected a stage or 'not reported', since the row is an act."))
    by_round = Counter(row["round"] for row in rows["round_response"])
    boards = {row["board"] for row in rows["round_response"]}
    for name, count in by_round.items():
        if count != len(boards):
            faults.append(
                Fault("round_response", 0, "round", name, f"Expected one row for each of {len(boards)} boards.")
            )
    entries = {(row["round"], row["board"]) for row in rows["round_response"] if row["response"] == "entry"}
    for row in rows["activity"]:
        if row["round"] != "none" and row["borough"] and (row["round"], board_of(row["borough"])) not in entries:
            faults.append(row.fault("round", "Expected a board that has an entry in this round, or the round 'none'."))
    return faults
