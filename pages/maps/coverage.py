"""Which communities have been reached in which borough, how far, and what was not mapped?

Reads `community_group`, `engagement`, `community_named`, `round_response`, `training_round`, `training_count` and
`population`, through `warehouse.queries.coverage_reach` and `warehouse.queries.coverage_beside`.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import coverage_cells, coverage_matrix, coverage_view, filters, frame
from ui.column_edge import column_edge
from ui.coverage_cells import ALL, WAYS
from ui.data import ask, kept
from ui.groups_view import CARE, PLACES
from ui.map_view import legend
from ui.table import show_table, write
from ui.tile_map import area_map
from ui.words import day
from warehouse.queries import coverage_reach, groups, places

PAGE = "coverage"

top = st.container()
first, second, third, fourth = st.columns([16, 19, 15, 17])
with first:
    community = filters.choice("Community", ask(places.communities), "community", everything="All communities")
with second:
    way = filters.choice("Count groups where they", WAYS, "group_place").code
with third:
    borough = filters.borough()
    # Only a borough chosen here narrows the funnel: "my borough" is marked, and hides nothing.
    chosen = filters.by_name(st.session_state.get("borough"))
with fourth:
    as_at = filters.as_at()

code = community.code if community else None
name = community.label if community else "All groups"
found = kept(coverage_cells.cells, way, as_at)
areas = coverage_cells.of_community(found, code)
mine = filters.my_borough()
state = {"mine": mine.borough if mine else None, "as_at": day(as_at)}

with top:
    frame.title(
        "Where has a community been reached, and where not?", coverage_cells.answer(found, community, way), as_at
    )

left, right = st.columns([4, 3], gap="medium")
with left:
    shaded = coverage_view.shade(areas, community, way)
    area_map(
        shaded,
        picked=borough.gss_code if borough else None,
        key="coverage_map",
        on_pick=filters.choose_borough,
        page=PAGE,
    )
    legend(shaded)
with right:
    cell = coverage_cells.one(found, code, borough.gss_code) if borough else None
    is_faith = community in ask(groups.faiths)
    directory = {"group_faith" if is_faith else "group_community": name} if community else {}
    write(coverage_view.panel(cell, way, state, directory))
    unnamed = ask(groups.known, as_at).unnamed_contacts
    frame.unknown(coverage_cells.unknown(found, community, way, unnamed))

where = chosen.borough if chosen else "the whole register"
standings = ask(coverage_reach.of_community, way, as_at, code)
cell = coverage_cells.one(found, code, chosen.gss_code if chosen else ALL)
(cell,) = coverage_cells.with_groups([cell], standings)
with st.container(key="coverage_funnel"):
    write(Markup("<h2>How far groups were reached: {}, {}</h2>").format(name, where))
    left, right = st.columns([5, 2], gap="medium")
    with left:
        show_table(
            "Groups, step by step",
            coverage_view.funnel_columns(),
            coverage_view.funnel(cell),
            file="coverage_funnel",
            empty=coverage_view.no_funnel(cell),
        )
    with right:
        write(coverage_view.beside(cell))

column_edge(coverage_matrix.column_of(coverage_matrix.rows(found, code), borough.gss_code if borough else None))
drawn = kept(coverage_matrix.kept_matrix, way, as_at, code, filters.in_address(without=("community", "borough")))
write(Markup("<h2>Every community in every borough</h2>{}").format(drawn or coverage_view.NO_GRID))

with st.container(key="coverage_tables"):
    show_table(
        f"{name}, borough by borough: how many came to each step or further",
        coverage_view.columns("Borough", way),
        coverage_cells.with_groups([*areas, *coverage_cells.elsewhere(found, code)], standings),
        file="coverage_by_borough",
        is_mine=lambda row: borough is not None and row.reach.place == borough.gss_code,
    )
    if chosen:
        place = chosen.gss_code
        show_table(
            coverage_view.by_community_caption(chosen.borough),
            coverage_view.columns("Community", way),
            coverage_view.by_community(way, as_at, place),
            file="coverage_by_community",
            empty="No document dated by then names a community or a group for this borough.",
            drawn=lambda: kept(coverage_view.kept_by_community, way, as_at, place, chosen.borough),
        )
frame.notes((*coverage_view.NOTES, PLACES, CARE))
