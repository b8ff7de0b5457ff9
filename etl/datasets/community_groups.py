"""Community and faith groups, and the contact with them."""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("community_group", "engagement")


def _named(engagements: list[Row]) -> list[Fault]:
    """An engagement names its group, or describes the groups it is about."""
    return [
        row.fault("described_as", "Expected words for the groups, since none is named.")
        for row in engagements
        if not row["community_group"] and not row["described_as"]
    ]


RULES = (Rule(("engagement",), _named),)
