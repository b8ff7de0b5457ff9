"""Networks, subgroups and committees, and their meetings."""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("body", "meeting")


def _unconfirmed(meetings: list[Row]) -> list[Fault]:
    """A meeting whose date is still to be confirmed has none."""
    return [
        row.fault("happens", "Expected 'not reported', since the date is to be confirmed.")
        for row in meetings
        if row["state"] == "to_be_confirmed" and row["happens"] is not None
    ]


RULES = (Rule(("meeting",), _unconfirmed),)
