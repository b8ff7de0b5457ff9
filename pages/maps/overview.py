"""What do the documents say about London, at a glance, and what do they not say?

Reads `programme`, `programme_borough`, `round_response`, `pilot`, `training_round` and every table that names areas.
"""

from __future__ import annotations

import streamlit as st

from ui import filters, frame
from ui.lenses import took_part
from ui.map_view import legend
from ui.overview_view import headlines, show_headlines, show_programmes, show_where_the_table_is
from ui.tile_map import area_map

top = st.container()
filter_column, _ = st.columns(2)
with filter_column:
    as_at = filters.as_at()

view = took_part(as_at)
with top:
    frame.title("Safeguarding partnership work in London, 2005 to 2011", view.marked_answer, as_at)

left, right = st.columns([4, 3], gap="medium")
with left:
    mine = filters.my_borough()
    area_map(
        view.shaded,
        picked=mine.gss_code if mine else None,
        key="overview_map",
        on_pick=filters.choose_mine,
        page="",
        pick_as="mine",
        height=400,
    )
    legend(view.shaded)
    show_where_the_table_is(mine.borough if mine else None)
with right:
    frame.unknown(view.unknown)

show_headlines(headlines(as_at))
show_programmes(as_at)
