"""The pieces of the page on which an officer takes the workbook and has a filled one checked."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from ui import links
from ui.cells import Absent
from ui.data import audience, edition
from ui.returns_desk import Answer, NoAnswer, looked_at, workbook
from ui.table import Col, show_table, write
from ui.words import counted
from warehouse.changes import Change, compare
from warehouse.edition import Reader
from warehouse.queries.places import Borough
from warehouse.queries.returns import ReturnRound
from warehouse.schema.returns import SHEETS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("xlsx", "csv", "txt")
MOST_MB = 10
NO_WORKBOOK = "No round of returns has been named yet, so there is no workbook to fill in."


def how_to_name() -> Markup:
    """Where to read how a round is named."""
    return Markup('<a href="{}">Rounds of returns</a> says how the operations group names one.').format(
        links.to("rounds")
    )


def take_workbook(borough: Borough | None, chosen: ReturnRound) -> None:
    """The download of the workbook, made when somebody asks for it."""
    if borough is None:
        write(Markup("<p>Choose your borough above: the workbook is made for its board.</p>"))
        return
    st.download_button(
        f"Download the workbook of {borough.board_name}",
        lambda: workbook(borough.board_name, chosen.round),
        file_name=f"return_{borough.board}_{chosen.round}.xlsx",
        mime=XLSX,
        key="workbook",
        on_click="ignore",
    )
    names = Markup(", ").join(Markup("{}").format(sheet.title) for sheet in SHEETS.values())
    write(
        Markup(
            '<p class="note">For {}. Sheets: {}. What your board sent last time stands in it. Leave empty what you do '
            "not know: it is shown as not reported, never as nought.</p>"
        ).format(chosen.label, names)
    )


def check_upload(borough: Borough | None, chosen: ReturnRound) -> tuple[Answer, Sequence[Change]] | None:
    """Draw the upload, and give what was found in the file with what it would change; None where there is none yet."""
    sent = st.file_uploader(
        "Your filled workbook, or a CSV file of one sheet, or the report that a training system prints",
        type=list(KINDS),
        key="return",
        max_upload_size=MOST_MB,
    )
    if sent is None:
        write(
            Markup(
                '<p class="note">Nothing is loaded here and nothing is kept: the file is looked at and forgotten. At '
                "most {} MB.</p>"
            ).format(MOST_MB)
        )
        return None
    start = {}
    if borough and sent.name.lower().endswith(".txt"):
        # A printed report says neither board nor round: those chosen here stand for it.
        today = datetime.now(UTC).date().isoformat()
        whose = {"board": borough.board_name, "round": chosen.label}
        start = {**whose, "as_at": today, "sent": today, "version": "1"}
    asked = (sent.file_id, edition().name, tuple(start.items()))
    if st.session_state.get("return_asked") != asked:  # other filters ask nothing new
        st.session_state["return_found"] = _look(sent.name, sent.getvalue(), start)
        st.session_state["return_asked"] = asked
    return st.session_state["return_found"]


def _look(name: str, content: bytes, start: dict[str, str]) -> tuple[Answer, Sequence[Change]] | None:
    with tempfile.TemporaryDirectory() as folder, st.spinner("Reading and checking the file …"):
        try:
            answer = looked_at(name, content, Path(folder), start)
            return answer, _changes(answer)
        except NoAnswer as error:
            st.error(f"{error}")
            return None


def _changes(answer: Answer) -> Sequence[Change]:
    """What differs between the edition that readers see and the one with this file."""
    if answer.edition is None:
        return ()
    readers = [Reader(one.folder, audience()) for one in (edition(), answer.edition)]
    try:
        return compare(*(reader.cursor() for reader in readers)).changes
    finally:
        for reader in readers:
            reader.close()


def verdict(answer: Answer) -> Markup:
    """Whether the file can be loaded, in one sentence, and what to do."""
    errors = sum(fault["is_error"] for fault in answer.faults)
    warned = len(answer.faults) - errors
    if answer.is_whole:
        words = "Every row can be loaded. Send the file to the operations group."
    elif answer.reason:
        words = f"Nothing of this file can be loaded: {answer.reason}"
    else:
        words = f"{counted(errors, 'error')}: these rows are kept out. Mend them, or send the file as it is."
    more = f" {counted(warned, 'warning')} to look at: the rows are loaded all the same." if warned else ""
    return Markup("<h2>What was found</h2><p><b>{}</b></p><p>{}{}</p>").format(answer.heading, words, more)


def show_account(answer: Answer) -> None:
    """What would become of every row, sheet by sheet."""
    show_table(
        "What would become of every row",
        (
            Col("Sheet", lambda row: row["sheet"], "head"),
            Col("Rows in", lambda row: row["rows_in"], "number"),
            Col("Loaded", lambda row: row["rows_loaded"], "number"),
            Col("Refused", lambda row: row["rows_refused"], "number"),
            Col("Not data", lambda row: row["rows_not_data"], "number"),
        ),
        answer.accounts,
        file="return_account",
        empty="No sheet of a return was found in the file.",
    )


def show_faults(answer: Answer) -> None:
    """Every fault by its place, errors first; and the marked-up copy."""
    if answer.marked_up and answer.faults:
        st.download_button(
            "Download your file with the faults marked",
            answer.marked_up,
            file_name="return_marked_up.xlsx",
            mime=XLSX,
            key="marked_up",
            on_click="ignore",
        )
    rows = sorted(answer.faults, key=lambda fault: (not fault["is_error"], fault["sheet"], fault["row"]))
    show_table(
        "Faults",
        (
            Col("Sheet", lambda row: row["sheet"], "head"),
            Col("Row", lambda row: row["row"] or Absent("not_asked", "the whole sheet"), "number"),
            Col("Column", lambda row: row["column"] or Absent("not_asked", "the whole row")),
            Col("What stands there", lambda row: row["value"] or Absent(words="empty")),
            Col("Expected, and how to mend it", lambda row: row["expected"], "long"),
            Col("Kind", lambda row: "Error: the row is kept out" if row["is_error"] else "Warning: it is loaded"),
        ),
        rows,
        file="faults",
        empty="No fault was found.",
    )


def show_changes(answer: Answer, changes: Sequence[Change]) -> None:
    """What would be new, changed or gone if this file were loaded. Nothing is."""
    show_table(
        "What this file would change",
        (
            Col("What", lambda row: row.what, "head"),
            Col("Change", lambda row: row.kind),
            Col("Where", lambda row: row.table),
            Col("Column", lambda row: row.column or Absent("not_asked", "the whole entry")),
            Col("From", lambda row: row.old or Absent("not_asked", "nothing")),
            Col("To", lambda row: row.new or Absent("not_asked", "nothing")),
        ),
        changes,
        file="would_change",
        empty="Nothing would change, since nothing of the file can be loaded." if answer.reason else "Nothing.",
    )
