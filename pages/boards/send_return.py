"""Is my return right? Take the workbook, have it checked, see what it would change. Nothing is loaded here.

Reads `round`; what an uploaded file would change is compared with the whole edition.
"""

from __future__ import annotations

import streamlit as st

from ui import filters, frame, rounds_view, send_return
from ui.data import ask
from ui.table import write
from warehouse.queries import returns

top = st.container()
rounds = ask(returns.rounds)
with top:
    frame.title(
        "Send a return",
        "Take the workbook for your board, fill it in, and have it checked here. Nothing is loaded: you send the file "
        "to the operations group when it is right."
        if rounds
        else send_return.NO_WORKBOOK,
    )

if rounds:
    first, second = st.columns(2)
    with first:
        borough = filters.borough("Borough of my board")
    with second:
        chosen = rounds_view.choose_round(rounds)
    left, right = st.columns(2, gap="medium")
    with left:
        send_return.take_workbook(borough, chosen)
    with right:
        found = send_return.check_upload(borough, chosen)
    if found:
        answer, changes = found
        write(send_return.verdict(answer))
        send_return.show_account(answer)
        send_return.show_faults(answer)
        send_return.show_changes(answer, changes)
else:
    frame.notes([send_return.how_to_name()])

frame.notes(
    (
        "No names, e-mail addresses or telephone numbers of people: write a role or an organisation. A row that holds "
        "one is kept out.",
        "A part of a return is welcome. What you leave empty is shown as not reported.",
    ),
)
