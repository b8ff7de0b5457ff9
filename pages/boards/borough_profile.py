"""What do the documents report of one borough and its board?

Reads every table that names a borough, through `warehouse.queries.profile`. Prints on A4 from the browser.
"""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import filters, frame
from ui.act_list import CARE
from ui.profile_lead import lead
from ui.profile_view import deals_with_a_concern, sections, show
from ui.words import listed
from warehouse.queries.places import Borough

top = st.container()
first, second = st.columns(2)
with first:
    borough = filters.borough()
with second:
    as_at = filters.as_at()


def profile(borough: Borough, as_at: date) -> list[str]:
    """Everything about one borough, and what is not known of it. Returns the lines that its rows call for."""
    found = sections(borough, as_at)
    empty = [section.heading.lower() for section in found if not section.rows]
    with top:
        frame.title(f"{borough.borough}: what the documents report", lead(borough, as_at), as_at)
    with st.container(key="profile"):
        for section in found:
            show(section)
    frame.unknown(
        [
            *([f"Nothing is reported under: {listed(empty)}."] if empty else []),
            "No answers to the interviews of 2010–11 survive in the documents.",
            Markup("Which board covers the borough around 2010: {} ({}). {}.").format(
                borough.board_name, borough.board_source, borough.board_verified
            ),
        ]
    )
    return [CARE] if deals_with_a_concern(found) else []


care: list[str] = []
if borough is None:
    with top:
        frame.title("Borough profile", "Choose a borough to see everything the documents report of it.")
else:
    care = profile(borough, as_at)
frame.notes(
    (
        "A ‡ stands where the documents disagree. The readings open there, and stand under About the data, Conflicts.",
        "That a board worked with a community says nothing on how common abuse is there.",
        *care,
    ),
)
