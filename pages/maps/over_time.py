"""Which programmes reached which borough, what was planned, what is reported, and when?

Reads `programme` and `programme_borough`, through `warehouse.queries.over_time` and `warehouse.queries.areas`.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import filters, frame, over_time_view
from ui.data import ask
from ui.table import show_table, write
from warehouse.queries import places

top = st.container()
first, second, third = st.columns([2, 1, 1])
every = {programme.label: programme for programme in ask(places.programmes)}
with first:
    names = st.multiselect(
        "Programmes", list(every), key="programmes", bind="query-params", placeholder="All programmes with a borough"
    )
with second:
    borough = filters.borough()
with third:
    as_at = filters.as_at()

chosen = [every[name] for name in names or every]
programmes = over_time_view.programme_areas(chosen, as_at)
years = over_time_view.year_areas(chosen, as_at)
picked = borough.gss_code if borough else None

with top:
    frame.title("Programmes over the years", over_time_view.answer(programmes, years), as_at)

if chosen:
    maps = over_time_view.small_maps(
        {one.name: one.areas for one in programmes} | {str(year): rows for year, rows in years.items()}
    )
    by_programme, by_year = maps[: len(programmes)], maps[len(programmes) :]
    left, right = st.columns([2, 3], gap="medium")
    with left:
        write(over_time_view.shared_legend(maps[0].shaded.legend))
    with right:
        frame.unknown(over_time_view.unknown(programmes, years))
    write(Markup("<h2>Year by year</h2>{}").format(over_time_view.drawn(by_year, picked)))
    write(Markup("<h2>Programme by programme</h2>{}").format(over_time_view.drawn(by_programme, picked)))

with st.container(key="over_time_tables"):
    show_table(
        "The same, year by year",
        over_time_view.year_columns(tuple(years)),
        over_time_view.area_years(years),
        file="programmes_by_year",
        is_mine=lambda row: row.gss_code == picked,
    )
    show_table(
        "The same, programme by programme",
        over_time_view.programme_columns(),
        programmes,
        file="programmes_planned_and_actual",
        empty="No document names a borough for any programme.",
    )
frame.notes(over_time_view.NOTES)
