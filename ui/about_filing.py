"""The part of 'About the data' on residents and ethnicities: census tables, the whole filing table, rules, groups."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from ui import denominator, filing_table
from ui.cells import Absent, Cell
from ui.data import ask
from ui.table import Col, show_table, write
from ui.words import counted, listed
from warehouse.queries import population
from warehouse.queries.population import CensusTable, Group, Label
from warehouse.schema.population import CENSUS_LEVEL, CENSUS_SUBJECT, FILING_RULE, FIT

CENSUSES = {2001: "16 groups, and 'not stated' in records", 2011: "18 groups"}


def where_filed() -> None:
    """What is loaded, every ethnicity as printed with where it is filed and why, and the groups of both censuses."""
    _loaded()
    labels = ask(population.labels)
    write(
        Markup(
            "<h2>Where ethnicities are filed</h2><p>{} as the documents print them, misspellings included. Each is "
            "filed as a community, and under a group of the census of 2001 and of 2011. Only one with a row of its own "
            "can have a rate of its own.</p>"
        ).format(counted(len(labels), "ethnicity", "ethnicities"))
    )
    filing_table.show_whole(labels)
    terms = [*((FILING_RULE, code) for code in FILING_RULE.codes), *((FIT, code) for code in FIT.codes)]
    items = Markup("").join(
        Markup("<li><b>{}:</b> {}</li>").format(words.label(code), words.meaning(code)) for words, code in terms
    )
    write(Markup("<h3>Rules and fits</h3><ul>{}</ul>").format(items))
    with st.container(key="census_groups"):
        for census, says in CENSUSES.items():
            show_table(
                f"The census of {census}: {says}, and who is filed there",
                _group_columns(census, labels),
                [group for group in ask(population.groups, census) if group.level != "all"],
                file=f"census_groups_{census}",
            )


def _loaded() -> None:
    """The census tables that are loaded, or that none is, and how to load one."""
    tables = ask(population.tables)
    if not denominator.has_residents():
        write(Markup("<h2>Residents</h2><p>{}</p>").format(denominator.NOTHING_LOADED))
    if tables:
        show_table("Census tables that are loaded", _TABLE_COLUMNS, tables, file="census_tables")


def _note(table: CensusTable) -> Cell:
    added = "Added up by us over sex or age." if table.is_summed else ""
    return " ".join(filter(None, (added, table.note))) or Absent("not_asked", "nothing to add")


_TABLE_COLUMNS: tuple[Col[CensusTable], ...] = (
    Col("Table", lambda table: table.title, "head"),
    Col("Asked about", lambda table: CENSUS_SUBJECT.label(table.subject)),
    Col("Census", lambda table: str(table.census), "number"),
    Col("Areas", lambda table: table.areas, "number"),
    Col("Read from", lambda table: table.table_file),
    Col("Its SHA-256 begins", lambda table: table.file_sha256[:12]),
    Col("Of its numbers", _note, "long"),
)


def _group_columns(census: int, labels: Sequence[Label]) -> tuple[Col[Group], ...]:
    def filed(group: Group) -> Cell:
        own = [row.printed for row in labels if group.label == (row.group_2001 if census == 2001 else row.group_2011)]
        return listed(own) or Absent("not_asked", "none")

    beside = (
        Col("Letter in records", lambda group: group.record_code or Absent("not_asked"))
        if census == 2001
        else Col("Nearest group of 2001", lambda group: group.nearest_2001 or Absent("not_asked"))
    )
    return (
        Col("Group", lambda group: group.label, "head"),
        Col("What it is", lambda group: CENSUS_LEVEL.label(group.level)),
        Col("Under", lambda group: group.within or Absent("not_asked")),
        beside,
        Col("Filed there, as printed", filed, "long"),
        Col("When comparing", lambda group: group.note or Absent("not_asked", "nothing to add"), "long"),
    )
