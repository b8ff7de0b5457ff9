"""The heavy edge round one column of a grid.

It is a style rule of its own and no class of the cells: so a grid of 1,500 cells stays the same from one borough to the
next, and is neither built nor sent anew.
"""

from __future__ import annotations

import streamlit as st

_RULES = """<style>
.atlas .grid tr:not(.facet) > :nth-child({place}) {{
  box-shadow: inset 2px 0 0 var(--ink), inset -2px 0 0 var(--ink);
}}
.atlas .grid thead th:nth-child({place}) > * {{ font-weight: 700; }}
</style>"""


def column_edge(column: int | None) -> None:
    """Draw the edge round a column of the grid on this page: its number from 0, heads of rows not counted; or none."""
    st.html("<style></style>" if column is None else _RULES.format(place=column + 2))
