"""Census groups, where ethnicities are filed, and the residents that were loaded."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.datasets.places import AREAS
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("census_group", "ethnic_label", "population")

AGAIN = "Run python -m etl population again with the file it came from."


def _groups(rows: list[Row]) -> list[Fault]:
    """A group is within one of its own census; the spellings of a census table mean one group each."""
    groups = _by_key(rows)
    faults = []
    seen: dict[tuple, Row] = {}
    for row in rows:
        table = (row["census"], row["subject"])
        within = groups.get(row["within"])
        if row["level"] in ("broad", "group") and (within is None or (within["census"], within["subject"]) != table):
            faults.append(row.fault("within", "Expected a heading or total of the same census and subject."))
        if row["nearest_2001"] and groups[row["nearest_2001"]]["census"] != 2001:
            faults.append(row.fault("nearest_2001", "Expected a group of the 2001 census."))
        for spelling in row["printed"]:
            first = seen.setdefault((*table, spelling.casefold()), row)
            if first is not row:
                faults.append(row.fault("printed", f"{spelling} already stands for {first['census_group']}."))
    return faults


def _labels(labels: list[Row], census_groups: list[Row]) -> list[Fault]:
    """A label's groups belong to their census and agree with the fit; labels of one community are filed alike."""
    groups = _by_key(census_groups)
    faults = []
    filed: dict[object, Row] = {}
    for row in labels:
        faults += _label(row, groups)
        first = filed.setdefault(row["community"], row)
        if any(row[name] != first[name] for name in ("group_2001", "fit_2001", "group_2011", "fit_2011")):
            faults.append(
                row.fault("community", f"Expected the groups and fits of {first['printed']}, filed there too.")
            )
    return faults


def _label(row: Row, groups: dict[object, Row]) -> list[Fault]:
    faults = []
    for census in (2001, 2011):
        group, fit = row[f"group_{census}"], row[f"fit_{census}"]
        if (group is None) != (fit == "none"):
            faults.append(
                row.fault(f"fit_{census}", "Expected none where there is no group, and a fit where there is.")
            )
        if group is not None and (groups[group]["census"], groups[group]["subject"]) != (census, "ethnic_group"):
            faults.append(row.fault(f"group_{census}", f"Expected an ethnic group of the {census} census."))
    return faults


def _population(rows: list[Row], census_groups: list[Row]) -> list[Fault]:
    """Residents of every loaded table cover every group and area, and every heading is the sum of its groups."""
    groups = _by_key(census_groups)
    faults = []
    tables: dict[tuple, dict[tuple, Row]] = defaultdict(dict)
    for row in rows:
        group = groups[row["census_group"]]
        if row["year"] != group["census"]:
            faults.append(row.fault("year", f"Expected {group['census']}, the census of the group. {AGAIN}"))
        if row["people"] is None:
            faults.append(row.fault("people", f"Expected a number of residents. {AGAIN}"))
        tables[group["census"], group["subject"]][row["census_group"], row["gss_code"]] = row
    for (census, subject), found in tables.items():
        table = [g for g in groups.values() if (g["census"], g["subject"]) == (census, subject)]
        faults += _table([g for g in table if g["level"] != "not_stated"], found)
    return faults


def _table(table: list[Row], found: dict[tuple, Row]) -> list[Fault]:
    """The faults of one census table: areas that are missing, and headings that are not the sum of their groups."""
    first = next(iter(found.values()))
    areas = sorted({area for _, area in found})
    missing = [(group["census_group"], area) for group in table for area in areas]
    missing = [place for place in missing if place not in found]
    if len(areas) != AREAS or missing:
        words = f"Expected each of {len(table)} groups for each of {AREAS} areas, found {len(found)} rows. {AGAIN}"
        return [first.fault("census_group", words)]
    faults = []
    for heading in table:
        parts = [group["census_group"] for group in table if group["within"] == heading["census_group"]]
        for area in areas if parts else ():
            row = found[heading["census_group"], area]
            total = sum(found[part, area]["people"] or 0 for part in parts)
            if row["people"] not in (None, total):
                faults.append(row.fault("people", f"Expected {total}, the sum of its groups. {AGAIN}"))
    return faults


def _by_key(census_groups: list[Row]) -> dict[object, Row]:
    return {row["census_group"]: row for row in census_groups}


RULES = (
    Rule(("census_group",), _groups),
    Rule(("ethnic_label", "census_group"), _labels),
    Rule(("population", "census_group"), _population),
)
