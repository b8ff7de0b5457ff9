"""Training rounds, the people counted in them, and other printed numbers."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule
from warehouse.schema.training import GENDER, UNPLACED

TABLES = ("training_round", "training_count", "printed_figure")


def _sums(counts: list[Row], rounds: list[Row]) -> list[Fault]:
    """Each complete dimension sums to the printed total of its round; every printed percentage recomputes to the two
    decimals it is printed with."""
    totals = {row["fact_key"]: row["people"] for row in rounds}
    dimensions: dict[tuple, list[Row]] = defaultdict(list)
    for row in counts:
        dimensions[row["training_round"], row["dimension"]].append(row)
    faults = []
    for (round_key, dimension), lines in dimensions.items():
        total = totals[round_key]
        if total is None:
            continue
        if all(row["people"] is not None for row in lines) and sum(row["people"] for row in lines) != total:
            found = sum(row["people"] for row in lines)
            faults.append(lines[-1].fault("people", f"Expected {dimension} to sum to {total}; it sums to {found}."))
        for row in lines:
            if row["printed_percentage"] is None or row["people"] is None or not total:
                continue
            computed = 100 * row["people"] / total
            if abs(computed - row["printed_percentage"]) > 0.005 + 1e-9:
                faults.append(
                    row.fault("printed_percentage", f"Expected {computed:.2f}, from {row['people']} of {total}.")
                )
    return faults


def _ranges(figures: list[Row]) -> list[Fault]:
    """A range has both ends."""
    return [
        row.fault("value_high", "Expected an upper end for a range, and none otherwise.")
        for row in figures
        if (row["precision"] == "range") != (row["value_high"] is not None)
    ]


def _other_units(counts: list[Row], rounds: list[Row]) -> list[Fault]:
    """Lines that count something other than their round: people and attendances would be added."""
    units = {row["fact_key"]: row["unit_of_count"] for row in rounds}
    faults = []
    for row in counts:
        unit = units[row["training_round"]]
        if row["unit_of_count"] != unit:
            faults.append(
                row.fault(
                    "unit_of_count",
                    f"Expected {unit}, which is what its round counts: people and attendances are never added. Give "
                    "what is counted otherwise a round of its own.",
                )
            )
    return faults


PLACED_BY = {"ethnicity": "community", "ethnicity_gender": "community", "group": "community_group"}
"""Dimension → the column that says which of the listed communities or groups the people of a line are."""


def _categories(counts: list[Row]) -> list[Fault]:
    """Lines whose category is on no list. Returns are not asked this: a board writes the words of its own system, and
    what has no community stays as it was written."""
    unplaced = {word.casefold() for word in UNPLACED.codes}
    faults = []
    for row in counts:
        dimension, filed = row["dimension"], str(row["filed"])
        # Both together are filed as "Somali, Female".
        category, _, gender = filed.rpartition(", ") if dimension == "ethnicity_gender" else (filed, "", filed)
        if dimension in ("gender", "ethnicity_gender") and gender not in GENDER and gender.casefold() not in unplaced:
            allowed = ", ".join([*GENDER.codes, *UNPLACED.codes])
            faults.append(row.fault("filed", f"Expected a gender, one of: {allowed}."))
        column = PLACED_BY.get(dimension)
        if column and not row[column] and category.casefold() not in unplaced:
            faults.append(
                row.fault(
                    column,
                    f'Expected the {column.replace("_", " ")} that "{category}" is filed under. Only people of no '
                    f"named category have none, filed as one of: {', '.join(UNPLACED.codes)}.",
                )
            )
    return faults


RULES = (
    Rule(("training_count", "training_round"), _sums),
    Rule(("training_count", "training_round"), _other_units),
    Rule(("training_count",), _categories),
    Rule(("printed_figure",), _ranges),
)
