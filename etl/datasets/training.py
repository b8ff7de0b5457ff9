"""Training rounds, the people counted in them, and other printed numbers."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.faults import Fault

TABLES = ("training_round", "training_count", "printed_figure")


def check(rows: dict[str, list[Row]]) -> list[Fault]:
    """Each complete dimension sums to the printed total of its round; every printed percentage recomputes to the two
    decimals it is printed with; a line counts what its round counts; a range has both ends."""
    totals = {row["fact_key"]: row for row in rows["training_round"]}
    dimensions: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows["training_count"]:
        dimensions[row["training_round"], row["dimension"]].append(row)
    faults = _other_units(rows["training_count"], totals)
    for (round_key, dimension), counts in dimensions.items():
        total = totals[round_key]["people"] if round_key in totals else None
        if total is None:
            continue
        if all(row["people"] is not None for row in counts) and sum(row["people"] for row in counts) != total:
            found = sum(row["people"] for row in counts)
            faults.append(counts[-1].fault("people", f"Expected {dimension} to sum to {total}; it sums to {found}."))
        for row in counts:
            if row["printed_percentage"] is None or row["people"] is None:
                continue
            computed = 100 * row["people"] / total
            if abs(computed - row["printed_percentage"]) > 0.005 + 1e-9:
                faults.append(
                    row.fault("printed_percentage", f"Expected {computed:.2f}, from {row['people']} of {total}.")
                )
    for row in rows["printed_figure"]:
        if (row["precision"] == "range") != (row["value_high"] is not None):
            faults.append(row.fault("value_high", "Expected an upper end for a range, and none otherwise."))
    return faults


def _other_units(counts: list[Row], rounds: dict[object, Row]) -> list[Fault]:
    """Lines that count something other than their round: people and attendances would be added."""
    faults = []
    for row in counts:
        unit = rounds[row["training_round"]]["unit_of_count"] if row["training_round"] in rounds else None
        if unit and row["unit_of_count"] and row["unit_of_count"] != unit:
            faults.append(
                row.fault(
                    "unit_of_count",
                    f"Expected {unit}, which is what its round counts: people and attendances are never added. Give "
                    "what is counted otherwise a round of its own.",
                )
            )
    return faults
