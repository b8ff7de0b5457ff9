"""Who has answered the round, who has not, and what became of what they sent?

Reads `round`, `board`, `chase`, `return_file`, `return_account` and `return_fault`.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui import filters, frame, rounds_view
from ui.data import ask, edition
from warehouse.queries import returns

HEADING = "Who has sent a return?"

top = st.container()
rounds = ask(returns.rounds)
built = date.fromisoformat(edition().built[:10])
mine = filters.my_borough()

if rounds:
    chosen = rounds_view.choose_round(rounds)
    rows = ask(returns.boards_in_round, chosen.round, built)
    with top:
        frame.title(HEADING, rounds_view.answer(chosen, rows, built))
    frame.unknown(rounds_view.unknown(rows))
    rounds_view.show_boards(rows, chosen, mine.board_name if mine else None)
    if len(rounds) > 1:
        every = [(row, ask(returns.boards_in_round, row.round, built)) for row in rounds]
        rounds_view.show_all_rounds(every, mine.board_name if mine else None)
    rounds_view.show_files(ask(returns.files), ask(returns.faults))
else:
    with top:
        frame.title(HEADING, rounds_view.NO_ROUND)
    frame.notes([rounds_view.HOW_TO_NAME])

frame.notes(
    (
        "As of the day on which this edition was built. What the operations group notes later is shown after the next "
        "build.",
        "A board that is silent may do much. Nothing is read from its silence.",
        "Of several returns of one board for one round the one with the highest version stands; the earlier ones are "
        "kept.",
    ),
)
