"""What is new, changed or gone between two editions, board by board?

Reads every table of facts in both editions (`warehouse.changes`).
"""

from __future__ import annotations

import streamlit as st

from ui import changes_view, frame
from ui.changes_view import Narrowed

rows = changes_view.editions_to_choose()
top = st.container()
if len(rows) < 2:
    found, chosen = None, Narrowed(None, None)
    answer = (
        "There is only one edition that can be opened, so there is nothing to compare. "
        "The next build from changed facts makes a second one."
    )
else:
    old, new = changes_view.pick_two(rows)
    chosen = changes_view.narrow()
    found = changes_view.compared(old, new)
    answer = changes_view.answer(found, old, new)

with top:
    frame.title("What changed?", answer)

if found:
    frame.unknown(changes_view.unknown_lines(found))
    with st.container(key="what_changed"):
        changes_view.show(chosen.of(found.changes), chosen)

frame.notes(
    (
        "A fact is the same fact as long as its key is. A change that belongs to two boards stands under both. Boards "
        "stand in the order of the alphabet; how much changed says nothing about a board's work.",
    ),
)
