"""The pilot outputs: pilots, their parts, what was promised, and what became of it."""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("pilot", "pilot_item", "output", "commitment", "status_report", "milestone")

STAGELESS_ITEMS = ("aim", "community", "issue", "audience", "partner")


def _stageless(items: list[Row]) -> list[Fault]:
    """Aims, communities, issues, audiences and partners have no stage."""
    return [
        row.fault("stage", f"Expected 'not applicable', since the row is of the kind {row['kind']}.")
        for row in items
        if row["kind"] in STAGELESS_ITEMS and row["stage_status"] != "not_asked"
    ]


def _periods(milestones: list[Row]) -> list[Fault]:
    """A period does not end before it begins."""
    return [
        row.fault("happens_to", f"Expected a date on or after {row['happens']}.")
        for row in milestones
        if row["happens"] and row["happens_to"] and row["happens_to"][:4] < row["happens"][:4]
    ]


RULES = (Rule(("pilot_item",), _stageless), Rule(("milestone",), _periods))
