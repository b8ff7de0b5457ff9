"""Where is each pilot, what was promised, what slipped, and what does no document report?

Reads `pilot`, `pilot_item`, `output`, `commitment`, `milestone` and `status_report`, as at a date.
"""

from __future__ import annotations

import streamlit as st

from ui import filters, frame, pilots_view, promises_view
from ui.data import ask
from ui.pilots_view import ALL_PROGRAMMES
from ui.promises_view import narrowed, with_reports
from ui.words import day
from warehouse.queries import pilots, promises
from warehouse.queries.sources import documents

top = st.container()
first, second, third = st.columns(3)
with first:
    chosen = pilots_view.programme_filter()
with second:
    state = pilots_view.state_filter()
with third:
    as_at = filters.as_at()

everything = chosen == ALL_PROGRAMMES
programme = None if everything else chosen.code
found = with_reports(ask(pilots.pilots, programme, as_at), as_at)
promised = with_reports(ask(promises.outputs, programme, as_at), as_at)
said = with_reports(ask(promises.commitments, programme, as_at), as_at)
events = ask(promises.events, programme, as_at)
changes = ask(promises.changes, programme, as_at)
latest = max((row for row in ask(documents) if row.usable_from <= as_at), key=lambda row: row.usable_from, default=None)
mine = filters.my_borough()
mine_name = mine.borough if mine else None

with top:
    if found or promised or said or events:
        sentence = pilots_view.marked_answer(found, promised, chosen, day(as_at))
    else:
        sentence = (
            f"No document dated by {day(as_at)} names a pilot, a promise or an event here. "
            "A later date above, or All programmes, may have some."
        )
    frame.title("Where does each pilot stand, and what was promised?", sentence, as_at)

pilots_view.show_contents()
left, right = st.columns([2, 1], gap="medium")
with left:
    pilots_view.show_timeline(ask(pilots.periods, programme, as_at), [] if everything else events, as_at)
with right:
    frame.unknown(pilots_view.unknown_lines(found, promised, said, events, latest.short_name if latest else None))

with st.container(key="pilot_status"):
    pilots_view.show_choice(state)
    rows = narrowed(found, state)
    with st.container(key="pilot_table"):
        pilots_view.show_pilots(rows, len(found), mine_name)
    if not everything:
        pilots_view.show_elsewhere(len(ask(pilots.pilots, None, as_at)) - len(found), as_at, mine_name)
    pilots_view.show_parts(rows, ask(pilots.parts, programme, as_at))
    promises_view.show_changes([row for row in changes if state in (None, row.state)], len(changes))
    promises_view.show_outputs(promised, state, with_programme=everything, mine=mine_name)
    promises_view.show_commitments(said, state, with_programme=everything)
    promises_view.show_events(promises_view.of_state(events, state), len(events))

frame.notes(
    (
        "State is what a document says of a pilot, an output, an objective or an event. Where no document dated by the "
        "date above says anything, it is not reported: that is neither done nor not done.",
        "An announced event whose time is over, and on which no later document reports, is 'not reported whether it "
        "happened'. A date known only to its month or year is over when that month or year is.",
        "Some states are our reading of a text that does not use the word; the source of each says so, and why.",
        "Where a pilot speaks of honour-based violence, forced marriage or sexual abuse, that is what it set out to "
        "talk about. It says nothing of how often these happen in a borough or in a community.",
        "‡ marks what the documents disagree on; it opens their readings, which also stand under 'About the data'.",
        "C&F in the names of documents stands for culture and faith.",
    ),
)
