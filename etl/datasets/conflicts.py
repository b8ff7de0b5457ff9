"""Conflicts, their readings, and the further places where a fact is said."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.faults import Fault

TABLES = ("conflict", "conflict_reading", "also_said")


def check(rows: dict[str, list[Row]]) -> list[Fault]:
    """A conflict has two readings or more. One that is settled uses one of them, or several where both hold."""
    readings: dict[object, list[Row]] = defaultdict(list)
    for row in rows["conflict_reading"]:
        readings[row["conflict"]].append(row)
    faults = []
    for row in rows["conflict"]:
        own = readings[row["fact_key"]]
        if len(own) < 2:
            faults.append(row.fault("fact_key", f"Expected two readings or more, found {len(own)}."))
        if not row["is_open"] and not any(reading["is_used"] for reading in own):
            faults.append(row.fault("used", "Expected a reading that is used, since the conflict is settled."))
    return faults
