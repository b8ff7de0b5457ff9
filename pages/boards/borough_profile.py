"""What do the documents report of one borough and its board?

Reads every table that names a borough, through `warehouse.queries.profile`. Prints on A4 from the browser.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import filters, frame
from ui.profile_view import sections, show
from ui.words import counted, listed

top = st.container()
first, second = st.columns(2)
with first:
    borough = filters.borough()
with second:
    as_at = filters.as_at()

if borough is None:
    with top:
        frame.title("Borough profile", "Choose a borough to see everything the documents report of it.")
    st.stop()

found = sections(borough, as_at)
filled = [section for section in found if section.rows]
empty = [section for section in found if not section.rows]

with top:
    joint = " It shares its board with another area." if borough.shares_board else ""
    frame.title(
        f"{borough.borough}: what the documents report",
        f"{counted(len(filled), 'part')} of this profile hold something, {len(empty)} hold nothing."
        f" Board: {borough.board_name}.{joint}",
        as_at,
    )

for section in found:
    show(section)

frame.unknown(
    [
        f"Nothing is reported under: {listed([one.heading.lower() for one in empty]) or 'none of the headings'}.",
        "No answers to the interviews of 2010–11 survive in the documents.",
        Markup("Which board covers the borough around 2010: {} ({}). {}.").format(
            borough.board_name, borough.board_source, borough.board_verified
        ),
    ]
)
frame.notes(("CPA", "LSCB", "FGM", "AIM", "MASH", "SCIE"))
