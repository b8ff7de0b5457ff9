"""Networks, subgroups and committees, and their meetings."""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault

TABLES = ("body", "meeting")


def check(rows: dict[str, list[Row]]) -> list[Fault]:
    """A meeting that was held has a date."""
    return [
        row.fault("happens", "Expected a date, since the meeting was held.")
        for row in rows["meeting"]
        if row["state"] == "held" and row["happens"] is None
    ]
