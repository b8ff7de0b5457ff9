"""Conflicts, their readings, and the further places where a fact is said."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.faults import Fault

TABLES = ("conflict", "conflict_reading", "also_said")


def check(rows: dict[str, list[Row]]) -> list[Fault]:
    """A conflict has two readings or more. One, several or none of them is used: `used` says it in words."""
    readings: dict[object, list[Row]] = defaultdict(list)
    for row in rows["conflict_reading"]:
        readings[row["conflict"]].append(row)
    faults = []
    for row in rows["conflict"]:
        own = readings[row["fact_key"]]
        if len(own) < 2:
            faults.append(row.fault("fact_key", f"Expected two readings or more, found {len(own)}."))
    return faults
