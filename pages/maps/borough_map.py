"""Where in London is this work reported, where is it not, and what don't we know?

Reads `programme_borough`, `activity`, `community_named`, `group_place`, `training_round` and `pilot`, by lens.
"""

from __future__ import annotations

import streamlit as st

from ui import filters, frame
from ui.borough_panel import borough_panel
from ui.lenses import lens
from ui.map_view import legend
from ui.table import show_table
from ui.tile_map import area_map

top = st.container()
first, second, third, fourth = st.columns([20, 15, 15, 17])
with first:
    chosen_lens = lens()
with fourth:
    as_at = filters.as_at()
with third:
    borough = filters.borough()
with second:
    view = chosen_lens(as_at)

with top:
    frame.title("Where has partnership work been reported?", view.marked_answer, as_at)

left, right = st.columns([4, 3], gap="medium")
with right:  # first, so that after a click the panel does not wait for the map, which marks the area by itself
    borough_panel(borough, view, as_at)
    frame.unknown(view.unknown)
with left:
    area_map(
        view.shaded,
        picked=borough.gss_code if borough else None,
        key="borough_map",
        on_pick=filters.choose_borough,
        page="borough_map",
    )
    legend(view.shaded)

show_table(
    "The same, borough by borough",
    view.columns,
    view.rows,
    file="borough_map",
    is_mine=lambda row: borough is not None and row.gss_code == borough.gss_code,
)
frame.notes(view.caveats)
