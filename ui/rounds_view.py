"""Rounds of returns: where each board stands, the text of a reminder, and what became of every file and row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui.cells import Absent, Cell, Opening, State
from ui.table import Col, show_table
from ui.words import counted, day, listed
from warehouse.queries.returns import BoardInRound, ReceivedFile, ReturnFault, ReturnRound
from warehouse.schema.returns import RETURN_STATE
from warehouse.schema.standing import STANDING

SHAPES = {
    "accepted": "●", "queried": "◐", "received": "◑", "silent": "○", "opened": "◔", "asked": "◌", "not_asked": "–",
}  # fmt: skip
"""A shape beside the word of each standing."""

HAVE_ANSWERED = ("accepted", "queried", "received")
NO_ROUND = "No round of returns has been named yet, so there is nobody to chase."
HOW_TO_NAME = Markup(
    'To name one: <code>python <span class="unbroken">-m</span> etl rounds add 2012q2 --label "June 2012" '
    "--opens 2012-05-01 --deadline 2012-06-14</code>. To have it here: "
    '<code>python <span class="unbroken">-m</span> etl build</code>.'
)


def choose_round(rounds: Sequence[ReturnRound]) -> ReturnRound:
    """Draw the choice of a round, the latest first. `rounds` is not empty."""
    return st.selectbox("Round", rounds, format_func=lambda row: row.label, key="round", bind="query-params")


def answer(chosen: ReturnRound, rows: Sequence[BoardInRound], on: date) -> str:
    """Who has answered, out of how many boards, and until when."""
    answered = sum(row.standing in HAVE_ANSWERED for row in rows)
    until = (
        f" The deadline {'was' if chosen.deadline < on else 'is'} {day(chosen.deadline)}." if chosen.deadline else ""
    )
    have = "has" if answered == 1 else "have"
    return f"{answered} of {len(rows)} boards {have} sent a return for {chosen.label}, as of {day(on)}.{until}"


def unknown(rows: Sequence[BoardInRound]) -> list[str]:
    """What the round leaves open, in words."""
    by = Counter(row.standing for row in rows)
    found = []
    if by["silent"]:
        names = listed([row.board_name for row in rows if row.standing == "silent"])
        found.append(
            f"What {names} would report: the deadline has passed and there is no return. Silent is not 'nothing'."
        )
    if by["not_asked"]:
        found.append(f"Whether {counted(by['not_asked'], 'board')} were asked: nothing is noted of them in this round.")
    kept_out = [row for row in rows if row.errors]
    if kept_out:
        total = sum(row.errors for row in kept_out)
        found.append(
            f"What {counted(total, 'row')} of {counted(len(kept_out), 'board')} would say: the reason stands below."
        )
    return found or ["Nothing about who answered: every board has."]


def reminder(board: BoardInRound, chosen: ReturnRound) -> str:
    """The text of a reminder, to be sent by whoever knows the board. It holds no name of a person."""
    until = f" The deadline was {day(chosen.deadline)}." if chosen.deadline else ""
    return (
        f"Return for {chosen.label}: {board.board_name}. We have no return from your board yet.{until} The workbook is "
        "in the atlas under 'Send a return', with what your board sent last time already in it. A part of it is "
        "welcome: what you leave empty is shown as not reported. If something keeps you from sending it, tell us what."
    )


def show_boards(rows: Sequence[BoardInRound], chosen: ReturnRound, mine: str | None) -> None:
    """The 32 boards by name in one round."""

    def remind(row: BoardInRound) -> Cell:
        if row.standing in HAVE_ANSWERED:
            return Absent("not_asked", "not needed")
        return Opening("Text of a reminder", (reminder(row, chosen),))

    show_table(
        f"Boards in the round {chosen.label}",
        (
            Col("Board", lambda row: row.board_name, "head"),
            Col("Where it stands", lambda row: State(STANDING.label(row.standing), SHAPES[row.standing])),
            Col("Since", lambda row: day(row.since) if row.since else Absent(words="no day is noted"), "date"),
            Col("File", lambda row: row.file_name or Absent(words="no return")),
            Col(
                "Rows kept out", lambda row: row.errors if row.file_name else Absent("not_asked", "no return"), "number"
            ),
            Col("Reminder", remind, "long"),
        ),
        rows,
        file="boards_in_round",
        is_mine=lambda row: row.board_name == mine,
    )


def show_all_rounds(by_round: Sequence[tuple[ReturnRound, Sequence[BoardInRound]]], mine: str | None) -> None:
    """Boards by rounds, the standing in each cell."""
    columns: list[Col] = [Col("Board", lambda place: by_round[0][1][place].board_name, "head")]
    for chosen, rows in by_round:
        columns.append(
            Col(chosen.label, lambda place, rows=rows: State(STANDING.label(rows[place].standing),
                                                             SHAPES[rows[place].standing]))
        )  # fmt: skip
    show_table(
        "Every round",
        columns,
        range(len(by_round[0][1])),
        file="boards_by_round",
        is_mine=lambda place: by_round[0][1][place].board_name == mine,
    )


def show_files(files: Sequence[ReceivedFile], faults: Sequence[ReturnFault]) -> None:
    """Every file received with the account of its rows, then every fault."""
    show_table(
        "What became of every file",
        (
            Col("File", lambda row: row.file_name, "head"),
            Col("Board", lambda row: row.board_name or Absent(words="could not be read")),
            Col("Round", lambda row: row.round_label or Absent(words="could not be read")),
            Col("Version", lambda row: row.version or Absent(words="could not be read"), "number"),
            Col("State", lambda row: RETURN_STATE.label(row.state)),
            Col("Rows in", lambda row: row.rows_in, "number"),
            Col("Loaded", lambda row: row.rows_loaded, "number"),
            Col("Refused", lambda row: row.rows_refused, "number"),
            Col("Not data", lambda row: row.rows_not_data, "number"),
            Col("Why refused", lambda row: row.reason or Absent("not_asked", "not refused"), "long"),
        ),
        files,
        file="returns_received",
        empty="No return has been received.",
    )
    show_table(
        "Faults in the returns",
        (
            Col("File", lambda row: row.file_name, "head"),
            Col("Sheet", lambda row: row.sheet),
            Col("Row", lambda row: row.line or Absent("not_asked", "the whole sheet"), "number"),
            Col("Column", lambda row: row.column_name or Absent("not_asked", "the whole row")),
            Col("What stands there", lambda row: row.value or Absent(words="empty")),
            Col("Expected", lambda row: row.expected, "long"),
            Col("Kind", lambda row: "Error: the row is kept out" if row.is_error else "Warning: the row is loaded"),
        ),
        faults,
        file="faults_in_returns",
        empty="No fault was found in the returns received.",
    )
