"""Residents as the denominator of rates: which census tables are loaded, and what to say where none is."""

from __future__ import annotations

from markupsafe import Markup

from ui import links
from ui.data import ask
from warehouse.queries import population
from warehouse.queries.population import ETHNIC_GROUP, CensusTable

NO_DENOMINATOR = "no denominator loaded"
_COMMAND = Markup(
    'To load a census table: <code>python <span class="unbroken">-m</span> etl population FILE</code>, then '
    '<code>python <span class="unbroken">-m</span> etl build</code>.'
)
NOTHING_LOADED = Markup(
    "<b>No denominator loaded:</b> there is no census table of ethnic groups here, so no rate per resident can be "
    "worked out. Download one from Nomis as CSV, by local authority district. {}"
).format(_COMMAND)
"""For the part of 'About the data' that shows the census tables: the one place on screen where the command stands."""

FILED_PART = "Where ethnicities are filed"
"""The part of 'About the data' that shows the whole table of ethnicities and the census tables that are loaded."""


def how_to_load() -> Markup:
    """Who can load a census table, and the way to how, for pages whose readers load none themselves."""
    return Markup(
        'Whoever keeps this dashboard can load a census table: <a href="{}">how to load one</a>, in About the data.'
    ).format(links.to("about_the_data", part=FILED_PART))


def ethnic_tables(year: int) -> list[CensusTable]:
    """The loaded census tables of ethnic groups, that of the census nearest to `year` first."""
    found = [table for table in ask(population.tables) if table.subject == ETHNIC_GROUP]
    return sorted(found, key=lambda table: (abs(table.census - year), table.census))


def has_residents() -> bool:
    """Whether any census table of ethnic groups is loaded."""
    return any(table.subject == ETHNIC_GROUP for table in ask(population.tables))
