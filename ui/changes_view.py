"""What changed between two editions: which two, for which board, and the changes board by board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

import streamlit as st
from markupsafe import Markup

from ui.cells import Absent, Cell
from ui.data import ask, ask_both, edition
from ui.filters import correct
from ui.table import Col, download, table, write
from ui.words import counted, listed, moment
from warehouse.changes import LONDON, Change, Comparison, by_board, compare
from warehouse.edition import all_editions, open_edition
from warehouse.queries.places import boroughs
from warehouse.schema.layout import EDITION_NAME, default_warehouse
from warehouse.schema.shelf import Listed

MOST_ROWS = 50
"""Changes shown at once of one board. The others are one choice away, and all are in the download."""

MOST_LETTERS = 60

ALL_BOARDS = "All boards"
KINDS = {"all": "New, changed and gone", "new": "New", "changed": "Changed", "gone": "Gone"}

COLUMNS = (
    Col("Table", lambda change: change.table, "head"),
    Col("What", lambda change: _what(change), "long"),
    Col("Change", lambda change: f"changed: {change.column}" if change.kind == "changed" else change.kind),
    Col("Old", lambda change: _side(change, change.old, {"new": "was not there", "gone": "was there"}), "long"),
    Col("New", lambda change: _side(change, change.new, {"new": "is there", "gone": "is not there"}), "long"),
)


def _what(change: Change) -> str:
    """The fact in words; cut short where the next cells say the same words in full."""
    return shorten(change.what, MOST_LETTERS, placeholder=" …") if change.what == change.new else change.what


def _side(change: Change, said: str, words: dict[str, str]) -> Cell:
    return said if change.kind == "changed" else Absent("not_asked", words[change.kind])


def editions_to_choose() -> list[Listed]:
    """The editions that this version can open, the newest first."""
    return [row for row in all_editions(default_warehouse()) if row.can_be_opened]


def in_words(row: Listed) -> str:
    """An edition in the boxes and in the address: its label, or when it was built, and its name."""
    return f"{row.label or moment(row.manifest.built)} ({row.name})"


def pick_two(rows: Sequence[Listed]) -> tuple[Listed, Listed]:
    """The two editions to compare, in two boxes side by side.

    Opens on what changed from the one before to the one that is shown; where that is the first, from it to the newest.
    """
    shown = next((row for row in rows if row.name == edition().name), rows[0])
    earlier = [row for row in rows if row is not shown and row.manifest.built <= shown.manifest.built]
    old, new = (earlier[0], shown) if earlier else (shown, rows[0])
    if shown.is_live:
        old = next((row for row in rows if row.is_before), old)
    left, right = st.columns(2)
    with left:
        first = _pick("From the edition", rows, old, "changes_from")
    with right:
        second = _pick("To the edition", rows, new, "changes_to")
    return first, second


def _pick(words: str, rows: Sequence[Listed], usual: Listed, key: str) -> Listed:
    by_name = {row.name: row for row in rows}
    said = EDITION_NAME.search(st.query_params.get(key, ""))
    if said and said[0] in by_name and key not in st.session_state:
        # A link from before the edition was labelled: its name in brackets still says which one is meant.
        correct(key, in_words(by_name[said[0]]))
    name = st.selectbox(
        words,
        list(by_name),
        index=list(by_name).index(usual.name),
        format_func=lambda option: in_words(by_name[option]),
        key=key,
        bind="query-params",
    )
    return by_name[name]


def compared(old: Listed, new: Listed) -> Comparison:
    """What changed from one to the other, for the current audience."""
    warehouse = default_warehouse()
    return ask_both(compare, open_edition(warehouse, old.name), open_edition(warehouse, new.name))


@dataclass(frozen=True)
class Narrowed:
    """What the reader narrows the changes to. None: all of them."""

    board: str | None
    kind: str | None

    def of(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """The changes of this kind that stand under this board."""
        return tuple(
            change
            for change in changes
            if self.kind in (None, change.kind) and self.board in (None, *(change.boards or (LONDON,)))
        )


def narrow() -> Narrowed:
    """A board, and new, changed or gone: two boxes side by side."""
    names = sorted({row.board_name for row in ask(boroughs)})
    left, right = st.columns(2)
    with left:
        board = st.selectbox("Board", [ALL_BOARDS, *names, LONDON], key="changes_board", bind="query-params")
    with right:
        kind = st.selectbox("Change", list(KINDS), format_func=KINDS.get, key="changes_kind", bind="query-params")
    return Narrowed(None if board == ALL_BOARDS else board, None if kind == "all" else kind)


def answer(found: Comparison, old: Listed, new: Listed) -> str:
    """The sentence under the title: how many facts are new, changed and gone, in the atlas as a whole."""
    if old.name == new.name:
        return "The same edition stands in both boxes, so nothing can have changed. Choose another one."
    facts = {kind: len({change.fact_key for change in found.changes if change.kind == kind}) for kind in KINDS}
    if not found.changes:
        return f"No fact is new, changed or gone between {in_words(old)} and {in_words(new)}."
    said = [f"{counted(facts['new'], 'fact is', 'facts are')} new" if facts["new"] else ""]
    said += [f"{counted(facts['changed'], 'fact')} changed" if facts["changed"] else ""]
    said += [f"{counted(facts['gone'], 'fact is', 'facts are')} gone" if facts["gone"] else ""]
    return f"{listed(said)}, from {in_words(old)} to {in_words(new)}."


def unknown_lines(found: Comparison) -> list[str]:
    """What the list of changes does not tell."""
    lines = [
        "New means new in the atlas, not new in the borough: a fact of 2007 that was transcribed late is new here.",
        "Why a fact changed is not kept. Why facts were left out on purpose is: see Editions, under About the data.",
    ]
    if found.only_place:
        lines.append(
            f"{counted(found.only_place, 'fact differs', 'facts differ')} only in section, paragraph or rule, and "
            f"{'is' if found.only_place == 1 else 'are'} not listed."
        )
    if found.lists:
        lines.append(f"These lists differ and are not compared row by row: {listed(found.lists)}.")
    return lines


def show(changes: Sequence[Change], chosen: Narrowed) -> None:
    """The changes, a section for each board that has any, in the order of the alphabet."""
    sections = [
        (board, rows) for board, rows in by_board(tuple(changes)) if chosen.board is None or board == chosen.board
    ]
    if not sections:
        write(Markup('<p class="absent">Nothing changed here. Another board, or all changes, may have some.</p>'))
        return
    for board, rows in sections:
        shown = rows if chosen.board else rows[:MOST_ROWS]
        write(Markup("<h2>{}</h2>{}").format(board, table(f"What changed, {board}", COLUMNS, shown)))
        if len(shown) < len(rows):
            write(
                Markup(
                    '<p class="note">The first {} are shown. Choose {} above for all, or take the table.</p>'
                ).format(MOST_ROWS, board)
            )
    lines = [(board, change) for board, rows in sections for change in rows]
    download(
        (
            Col("Board", lambda line: line[0], "head"),
            *(_of_change(column) for column in COLUMNS),
            Col("Fact key", lambda line: line[1].fact_key),
        ),
        lines,
        "what_changed",
        "Download these changes (CSV)",
    )


def _of_change(column: Col[Change]) -> Col[tuple[str, Change]]:
    return Col(column.head, lambda line: column.cell(line[1]), column.kind)
