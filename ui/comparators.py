"""Which board is mine and which stand beside it: presets that are computed, or a list of one's own. All in the link.

The labels of the presets are what the address carries, so they are a public promise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from geo.boards import boards_across_the_thames, boards_beside
from ui import filters
from ui.data import ask
from ui.denominator import how_to_load
from ui.table import write
from ui.words import counted, listed
from warehouse.queries import compare, population
from warehouse.queries.compare import Board
from warehouse.queries.places import Borough
from warehouse.queries.population import CensusTable
from warehouse.schema.places import RING

REPORTED = "All with a statement"
LAND = "Share a land border"
RIVER = "Across the Thames"
RING_ONS = "Inner or outer (ONS)"
RING_LAW = "Inner or outer (statute)"
TOGETHER = "Same programme"
MIX = "Similar communities"
OWN = "My own list"

MOST_ALIKE = 5
"""How many boards stand beside mine as similar in mix. They stand by name, not by how alike they are."""


@dataclass(frozen=True)
class Comparison:
    """The board of the reader, where one is chosen, and those beside it by name. `note` says how they were chosen."""

    mine: Board | None
    others: tuple[Board, ...]
    note: str

    @property
    def boards(self) -> tuple[Board, ...]:
        """All boards compared, mine first. No board stands here twice."""
        return (*((self.mine,) if self.mine else ()), *self.others)


Found = tuple[Sequence[str], str]
"""Codes of boards, and the sentence that says how they were found."""


def mix_table(as_at: date) -> CensusTable | None:
    """The loaded census table of ethnic groups whose year is nearest to the date; None where none is loaded."""
    found = [table for table in ask(population.tables) if table.subject == population.ETHNIC_GROUP]
    return min(found, key=lambda table: (abs(table.census - as_at.year), table.census), default=None)


def no_mix() -> Markup:
    """That boards with a similar mix are not offered, why, and the way to what would fill it."""
    return Markup(
        "No denominator loaded: no census table of ethnic groups is loaded, so there is no mix of communities to "
        "compare, and boards with a similar one are not offered. {}"
    ).format(how_to_load())


def choose_mine(boards: Sequence[Board]) -> tuple[Borough | None, Board | None]:
    """The reader's own borough and its board: the one chosen at the side, else a select box for it is drawn here."""
    borough = filters.my_borough()
    if borough is None:
        borough = filters.borough("Borough of my board")
    else:
        write(
            Markup(
                '<p class="mine-is"><small>My board, by the borough chosen at the side</small><br><b>{}</b></p>'
            ).format(borough.board_name)
        )
    return borough, next((board for board in boards if borough and board.board == borough.board), None)


def choose_preset(as_at: date, label: str = "Compare with") -> str:
    """Draw the choice of a preset and give its label. A similar mix is offered only where a census table is loaded."""
    mix = [MIX] if mix_table(as_at) else []
    offered = [REPORTED, LAND, RIVER, RING_ONS, RING_LAW, TOGETHER, *mix, OWN]
    return st.selectbox(label, offered, key="compare_with", bind="query-params")


def choose_list(boards: Sequence[Board]) -> Sequence[str]:
    """Draw the list of one's own and give the codes of the boards chosen."""
    codes = {board.board_name: board.board for board in boards}
    names = st.multiselect(
        "Boards on my list", list(codes), key="compare_boards", bind="query-params", placeholder="Choose boards"
    )
    return [codes[name] for name in names]


def comparison(preset: str, mine: Board | None, boards: Sequence[Board], as_at: date, own: Sequence[str]) -> Comparison:
    """The boards that a preset finds, or those of `own` for a list of one's own. Mine never stands among the others."""
    if preset == OWN:
        codes, note = own, "The boards of your own list." if own else "Your list is empty: choose boards for it."
    elif preset == REPORTED:
        codes = [board.board for board in boards if board.has_statement]
        note = (
            f"The {counted(len(codes), 'board')} with a statement of {'its' if len(codes) == 1 else 'their'} own in "
            "the report of July 2007."
            if codes
            else "No board has a statement of its own by this date. A later date would fill this."
        )
    elif mine is None:
        codes, note = (), "This choice starts from your board: choose your borough first."
    else:
        codes, note = PRESETS[preset](mine, boards, as_at)
    others = tuple(board for board in boards if board.board in codes and board != mine)
    return Comparison(mine, others, note)


def _names(codes: Sequence[str], boards: Sequence[Board]) -> str:
    return listed([board.board_name for board in boards if board.board in codes])


def _land(mine: Board, boards: Sequence[Board], as_at: date) -> Found:
    codes = boards_beside()[mine.board]
    return codes, f"{mine.board_name} shares a land border with {_names(codes, boards)}."


def _river(mine: Board, boards: Sequence[Board], as_at: date) -> Found:
    codes = boards_across_the_thames()[mine.board]
    if not codes:
        return (), f"No board lies across the tidal Thames from {mine.board_name} without a border on land."
    return codes, f"Across the tidal Thames from {mine.board_name}, without a border on land: {_names(codes, boards)}."


def _ring(rings: Callable[[Board], tuple[str, ...]], rule: str) -> Callable[[Board, Sequence[Board], date], Found]:
    def found(mine: Board, boards: Sequence[Board], as_at: date) -> Found:
        own = {ring for ring in rings(mine) if ring != "city"}
        codes = [board.board for board in boards if own & set(rings(board))]
        note = f"{listed([RING.label(ring) for ring in sorted(own)])} {rule}, with {mine.board_name}."
        if "city" in rings(mine):
            note += " The City of London is in neither part; its board is placed by Hackney."
        return codes, note

    return found


def _together(mine: Board, boards: Sequence[Board], as_at: date) -> Found:
    rows = ask(compare.took_part_together, mine.board, as_at)
    if not rows:
        return (), f"No document of this date reports another board in a programme together with {mine.board_name}."
    programmes = sorted({name for row in rows for name in row.programmes})
    return [row.board for row in rows], f"Took part together with {mine.board_name} in {listed(programmes)}."


def _mix(mine: Board, boards: Sequence[Board], as_at: date) -> Found:
    table = mix_table(as_at)
    if table is None:
        return (), no_mix()
    codes = [row.board for row in ask(population.alike, mine.board, table.census)][:MOST_ALIKE]
    return codes, (
        f"The {counted(len(codes), 'board')} whose residents were most like those of {mine.board_name} by ethnic group "
        f"in the census of {table.census} ({table.title}): {_names(codes, boards)}."
    )


PRESETS: dict[str, Callable[[Board, Sequence[Board], date], Found]] = {
    LAND: _land,
    RIVER: _river,
    RING_ONS: _ring(lambda board: board.rings_ons, "by the Office for National Statistics"),
    RING_LAW: _ring(lambda board: board.rings_statutory, "by the London Government Act 1963"),
    TOGETHER: _together,
    MIX: _mix,
}
"""The presets that start from my board: each finds boards and says how."""
