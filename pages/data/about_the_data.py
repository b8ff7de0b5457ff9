"""Where do the numbers come from, where do the documents disagree, and what is in this edition?

Reads `document`, `conflict`, `conflict_reading`, `build_file`, `refusal`, the declarations of all tables, and the
manifests of all editions.
"""

from __future__ import annotations

import streamlit as st

from ui import frame
from ui.about_view import PARTS
from ui.data import ask
from ui.words import counted
from warehouse.queries.sources import conflicts, documents

found, disagreements = ask(documents), ask(conflicts)
frame.title(
    "About the data",
    f"{counted(len(found), 'document')}, {counted(sum(row.facts for row in found), 'fact')}, each with its document, "
    f"section and paragraph. In {counted(len(disagreements), 'matter')} the documents disagree.",
)
column, _ = st.columns(2)
with column:
    part = st.selectbox("Part", list(PARTS), key="part", bind="query-params")
PARTS[part]()
