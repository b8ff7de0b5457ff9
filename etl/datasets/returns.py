"""What an edition keeps of the returns it was built from.

The notes of the operations group are read from their file; the other rows are worked out by `etl.returns`.
"""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("return_file", "return_account", "return_fault", "survey_count", "chase")


def _once(notes: list[Row]) -> list[Fault]:
    """One note of each step for a board in a round."""
    faults = []
    first: dict[tuple, int] = {}
    for row in notes:
        step = (row["round"], row["board"], row["step"])
        if step in first:
            faults.append(row.fault("step", f"Line {first[step]} notes the same step of the same board and round."))
        first.setdefault(step, row.line)
    return faults


RULES = (Rule(("chase",), _once),)
