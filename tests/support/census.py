"""Census tables made for tests, in the two forms that Nomis lets people download, with numbers that add up."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from etl.population.groups import Group, Question, questions
from geo.names import area_codes, borough_names
from tests.support.paths import ROOT

Rows = list[list[str]]

REAL = ROOT.parent / "shared" / "reference"
"""Where the two tables really downloaded from Nomis may lie. They are not part of the project."""

OUTSIDE = [("Darlington", "E06000005", "00EH"), ("Swansea", "W06000011", "00NX")]
SEXES = ("Males", "Females")
AGES = ("Age 0 to 15", "Age 16", "Age 17 and over")


@cache
def question(census: int, subject: str) -> Question:
    """What one census asked, from the project's own list."""
    return next(q for q in questions(ROOT / "data") if (q.census, q.subject) == (census, subject))


def people(area: int, group: int) -> int:
    """A made number of residents for the area and the group of these numbers; nought for some."""
    return (area * 37 + group * 101) % 1000 if (area + group) % 7 else 0


def total(asked: Question, area: int, group: Group) -> int:
    """What a table must print: the number of a group, or the sum for a heading or total."""
    if group.level == "group":
        return people(area, asked.leaves.index(group))
    return sum(people(area, asked.leaves.index(part)) for part in asked.parts(group))


@cache
def printed(group: Group) -> str:
    """The first of the ways in which tables print the group, as it stands in the reference list."""
    with (ROOT / "data" / "reference" / "census_group.csv").open(encoding="utf-8", newline="") as lines:
        row = next(row for row in csv.DictReader(lines) if row["census_group"] == group.key)
    return row["printed"].split("; ")[0]


def wide(census: int = 2011, subject: str = "ethnic_group") -> Rows:
    """A wide table: headings, then a row for each of the 33 areas and two outside London."""
    asked = question(census, subject)
    groups = [group for group in asked.groups if group.level != "not_stated"]
    name = {"ethnic_group": "Ethnic Group", "religion": "Religion"}[subject]
    headings = [f"{name}: {printed(group)}; measures: Value" for group in groups]
    rows = [["date", "geography", "geography code", "Rural Urban", *headings]]
    for number, (code, borough) in enumerate(borough_names().items()):
        counts = [str(total(asked, number, group)) for group in groups]
        rows.append([str(census), borough, code, "Total", *counts])
    for borough, code, _ in OUTSIDE:
        rows.insert(1, [str(census), borough, code, "Total", *("x" for _ in groups)])  # never read, so never a fault
    return rows


def stacked(census: int = 2001, subject: str = "religion", *, old_codes: bool = False, totals: bool = False) -> Rows:
    """Blocks by sex and group, with ages as columns and footnotes. The counts of a group lie in its blocks alone.

    old_codes: areas by their codes before 2009. totals: with "All people" of either sex and of all ages.
    """
    asked = question(census, subject)
    sexes, ages = (("All people", *SEXES), ("All ages", *AGES)) if totals else (SEXES, AGES)
    before_2009 = {code: old for old, code in area_codes().items() if old != code}
    rows: Rows = []
    for sex in sexes:
        for group in asked.leaves:
            rows += [[], ["XX149 - Made for a test"], ["Not from Nomis"], ["Population :", "All people"]]
            rows += [["Units      :", "Persons"], ["Date       :", str(census)], ["Sex        :", sex]]
            rows += [["Religion   :", printed(group)], [], ["local authority", "mnemonic", *ages], []]
            rows += [[name, old if old_codes else code, *("x" for _ in ages)] for name, code, old in OUTSIDE]
            for number, (code, borough) in enumerate(borough_names().items()):
                parts = _parts(people(number, asked.leaves.index(group)))
                counts = [_all(parts, sex, age) for age in ages]
                rows.append([borough, before_2009[code] if old_codes else code, *map(str, counts)])
            rows += [[], ["", "Cells were adjusted,"], ["", "in this test too."], ["", ""]]
    return rows


def _parts(whole: int) -> dict[tuple[str, str], int]:
    """A number parted by sex and age."""
    keys = [(sex, age) for sex in SEXES for age in AGES]
    parts = dict.fromkeys(keys, whole // len(keys))
    parts[keys[0]] += whole - sum(parts.values())
    return parts


def _all(parts: dict[tuple[str, str], int], sex: str, age: str) -> int:
    return sum(n for (s, a), n in parts.items() if sex in (s, "All people") and age in (a, "All ages"))


def single_block(census: int = 2001, subject: str = "ethnic_group", *, old_codes: bool = True) -> Rows:
    """The stacked form with one block: a table without other dimensions."""
    asked = question(census, subject)
    groups = [group for group in asked.groups if group.level != "not_stated"]
    before_2009 = {code: old for old, code in area_codes().items() if old != code}
    rows: Rows = [["XX009 - Made for a test"], ["Population :", "All people"], ["Units :", "Persons"]]
    rows += [["Date :", str(census)], [], ["area", "mnemonic", *map(printed, groups)], []]
    for number, (code, borough) in enumerate(borough_names().items()):
        counts = [str(total(asked, number, group)) for group in groups]
        rows.append([borough, before_2009[code] if old_codes else code, *counts])
    return rows


def write(path: Path, rows: Rows, encoding: str = "utf-8", change: Callable[[str], str] | None = None) -> Path:
    """Write rows as Nomis does, every cell of text in quotation marks. `change` works on the text."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerows(rows)
    text = out.getvalue()
    path.write_bytes((change(text) if change else text).encode(encoding))
    return path
