"""Programmes, the boroughs in them, partners and budgets."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("programme", "programme_borough", "partner", "partner_link", "budget_line")


def _sums(budget_lines: list[Row]) -> list[Fault]:
    """A printed total of a budget equals the sum of its lines, programme by programme and document by document."""
    lines: dict[tuple, list[Row]] = defaultdict(list)
    for row in budget_lines:
        if row["amount_gbp"] is not None:
            lines[row["programme"], row["document"]].append(row)
    faults = []
    for budget in lines.values():
        parts = [row["amount_gbp"] for row in budget if not row["is_total"]]
        for total in (row for row in budget if row["is_total"]):
            if sum(parts) != total["amount_gbp"]:
                faults.append(total.fault("amount_gbp", f"Expected the sum of its lines, {sum(parts)}."))
    return faults


RULES = (Rule(("budget_line",), _sums),)
