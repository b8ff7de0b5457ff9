"""The acts behind one cell of a grid, each with its stage, who acts and its source, in a box that opens over the page.

The box is the browser's own popover: a button opens it with Enter, Escape closes it and gives the focus back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from ui import links
from ui.cells import Marked, Sources, shown
from ui.cite import source_details
from ui.data import ask, kept
from ui.fill import fill
from ui.stages import STATES
from ui.words import ABSENT, listed
from warehouse.queries.areas import STAGE_NOT_SAID
from warehouse.queries.compare import Board, BoardTheme, board_themes
from warehouse.queries.learn import BoardAct, board_acts
from warehouse.schema.column import Status
from warehouse.schema.vocabulary import ISSUE

MOST_ACTS = 600
"""Acts drawn on one page. Where the cells hold more, each shows those that came furthest and leads to the profile."""

MOST_SOURCES = 150
"""Places named behind one line of a table, which holds the acts of many boards. Each act has its own beside it."""

CARE = (
    "Some acts deal with female genital mutilation, honour-based violence, forced marriage, belief in spirit "
    "possession or trafficking. Where the text names a community with one, what it says is not shown beside a board "
    "or borough. Such an act says that people worked against this abuse. It does not say that the abuse was found "
    "there."
)


def sources_of(cells: Sequence[BoardTheme]) -> Sources:
    """The places behind a line of several cells: those of the acts at the furthest stage, of every cell some."""
    cells = [cell for cell in cells if cell.reached]
    held = sum(len(cell.reached) for cell in cells)
    most = held if held <= MOST_SOURCES else max(1, MOST_SOURCES // len(cells))
    return Sources(tuple(sorted({key for cell in cells for key in cell.reached[:most]})))


def most_in_a_cell(cells: Sequence[BoardTheme]) -> int:
    """How many acts one cell may show, so that the page holds about MOST_ACTS."""
    held = [len(cell.reached) + len(cell.further) for cell in cells]
    longest = max(held, default=0)
    return longest if sum(held) <= MOST_ACTS else max(1, MOST_ACTS // sum(size > 0 for size in held))


def keys_shown(cell: BoardTheme, most: int) -> tuple[str, ...]:
    """The keys of the acts a cell shows, those at the furthest stage first."""
    return (*cell.reached, *cell.further)[:most]


def act_stage(act: BoardAct) -> str:
    """The stage of an act as a word."""
    return STATES[act.stage or STAGE_NOT_SAID].word


def act_text(act: BoardAct) -> str:
    """What is reported; where it may not stand beside a board, what it deals with and that it is kept apart."""
    if act.is_apart:
        return apart_text(act.concerns, "a board")
    return act.summary or ABSENT[Status.not_reported]


def apart_text(concerns: Sequence[str], beside: str) -> str:
    """What stands in place of acts on these concerns, codes of ISSUE, that are kept apart from `beside`."""
    words = listed([ISSUE.label(code).lower() for code in concerns])
    return f"Work on {words}. The text names a community with it; that is not shown beside {beside}."


def popover_id(cell: BoardTheme) -> str:
    """The name by which the button of a cell opens its box."""
    return f"acts-{cell.board}-{cell.theme}"


def boxes(cells: Sequence[BoardTheme], boards: Sequence[Board], as_at: date, state: Mapping[str, str | None]) -> Markup:
    """The boxes of all cells that report an act, closed. `state`: what else stands in the links they hold."""
    names = tuple(sorted((cell.board, cell.theme) for cell in cells if cell.is_reported))
    areas = tuple(sorted((board.board, board.areas) for board in boards))
    # The boxes are the same whichever board is mine; only what stands in their links is not.
    return kept(_boxes, names, areas, as_at).replace(STATE_HERE, links.more(**state))


STATE_HERE = Markup("<state>")
"""Stands in a kept box for what else stands in its links. Text from data is escaped, so it never holds this."""


def _boxes(names: Sequence[tuple[str, str]], areas: Sequence[tuple[str, tuple[str, ...]]], as_at: date) -> Markup:
    """The boxes of the cells of these boards and themes, without what else stands in their links."""
    every = {(cell.board, cell.theme): cell for cell in ask(board_themes, as_at)}
    cells = [every[name] for name in names]
    most = most_in_a_cell(cells)
    shown = {cell: keys_shown(cell, most) for cell in cells}
    wanted = tuple(sorted({key for keys in shown.values() for key in keys}))
    acts = {act.fact_key: act for act in ask(board_acts, as_at, wanted)}
    areas_of = dict(areas)
    return Markup("").join(
        _box(
            cell,
            [acts[key] for key in keys],
            areas_of[cell.board],
            is_cut=len(keys) < len(cell.reached) + len(cell.further),
        )
        for cell, keys in shown.items()
    )


def _box(cell: BoardTheme, acts: Sequence[BoardAct], areas: Sequence[str], *, is_cut: bool) -> Markup:
    items = Markup("").join(_item(act) for act in acts)
    more = Markup("<p>The acts that came furthest stand here; the profile holds the others.</p>") if is_cut else ""
    onward = Markup(" ").join(
        fill('<a href="{}{}">Open the profile of {}</a>', links.to("borough_profile", borough=area), STATE_HERE, area)
        for area in areas
    )
    heading = f"{cell.board_name}, {cell.label}: {STATES[cell.state].word}"
    name = popover_id(cell)
    return Markup(
        '<div popover id="{}" class="acts" role="dialog" aria-label="{}"><h2>{}</h2>'
        '<button type="button" popovertarget="{}" popovertargetaction="hide">Close</button><ul>{}</ul>{}<p>{}</p></div>'
    ).format(name, heading, heading, name, items, more, onward)


def _item(act: BoardAct) -> Markup:
    by = Markup(" <small>By: {}.</small>").format(act.actor.rstrip(".")) if act.actor else ""
    text, source = shown(Marked(act_text(act), (act.fact_key,))), source_details((act.fact_key,))
    return fill("<li><b>{}:</b> {}{}{}</li>", act_stage(act).capitalize(), text, by, source)
