"""The grid of boards by themes: the furthest stage in each cell, which opens to the acts behind it. No totals."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ui.act_list import popover_id
from ui.compare_view import ThemeLine
from ui.fill import fill
from ui.grid_cue import GOES_ON
from ui.stages import STATES, legend
from warehouse.queries.compare import Board, BoardTheme

NAME = "Grid: boards by themes"


def grid(lines: Sequence[ThemeLine], boards: Sequence[Board], mine: Board | None, *, boards_as_columns: bool) -> Markup:
    """The grid as HTML with its legend. `lines` hold the cells of `boards` in their order.

    Rows are boards and columns themes, or the other way round. The first column and the heads stay in view.
    """
    heads = [_board(board, mine) for board in boards]
    themes = [Markup("{}").format(line.label) for line in lines]
    cells = [[_cell(cell, mine) for cell in line.cells] for line in lines]
    if not boards_as_columns:
        heads, themes = themes, heads
        cells = [list(row) for row in zip(*cells, strict=True)]
    marks = [board == mine for board in boards]
    head_marks, row_marks = (marks, [False] * len(themes)) if boards_as_columns else ([False] * len(heads), marks)
    head = Markup("").join(
        Markup('<th scope="col"{}><span>{}</span></th>').format(_mine(is_mine), text)
        for text, is_mine in zip(heads, head_marks, strict=True)
    )
    body = Markup("").join(
        Markup('<tr{}><th scope="row">{}</th>{}</tr>').format(_mine(is_mine), text, Markup("").join(row))
        for text, is_mine, row in zip(themes, row_marks, cells, strict=True)
    )
    corner = "Theme" if boards_as_columns else "Board"
    return legend() + Markup(
        '<p class="screen"><a href="#after-the-grid">Skip the grid</a></p>'
        '<div class="grid stages" tabindex="0" role="region" aria-label="{}">{}<table>'
        '<caption class="vh">Boards by themes: the furthest stage reported</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table></div><p id="after-the-grid"></p>'
    ).format(NAME, GOES_ON, corner, head, body)


def _mine(is_mine: bool) -> Markup:
    return Markup(' class="mine"') if is_mine else Markup("")


def _board(board: Board, mine: Board | None) -> Markup:
    if board == mine:
        return Markup("<b>{}</b> (my board)").format(board.board_name)
    return Markup("{}").format(board.board_name)


def _cell(cell: BoardTheme, mine: Board | None) -> Markup:
    look = STATES[cell.state]
    words = f"{cell.board_name}, {cell.label}: {look.word}"
    inner = fill('<span aria-hidden="true">{}</span><span class="vh">{}</span>', look.symbol, words)
    if cell.is_reported:
        inner = fill('<button type="button" popovertarget="{}">{}</button>', popover_id(cell), inner)
    is_mine = " mine" if mine and cell.board == mine.board else ""
    return fill('<td class="{}{}" title="{}">{}</td>', look.css, is_mine, words, inner)
