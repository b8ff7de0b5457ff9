"""Boards by themes: which lines differ, who reports of those that reported, and the same theme by theme in words.

Nothing here adds up over themes or puts boards in the order of what they report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.boards import north_to_south, west_to_east
from ui.act_list import CARE, sources_of
from ui.cells import Absent, Cell, State
from ui.comparators import Comparison
from ui.stages import STATES
from ui.table import Col
from ui.words import counted, listed
from warehouse.queries.areas import NO_ENTRY, SILENT
from warehouse.queries.compare import Board, BoardTheme
from warehouse.queries.places import Choice

CAVEATS = (
    "A stage is what a document reports at its date. Under way in 2007 may have ended since.",
    "A cell shows the furthest stage reported in the board's areas, whoever acts: the board, the council or a group. "
    "City and Hackney share a board, which stands here once.",
    "The grid says what is reported, not how good it is or how much of it there was. It has no totals, and boards "
    "never stand in the order of what they report.",
    CARE,
)

NO_STATEMENT_YET = "No board has a statement dated by then: the statements that are known are of July 2007."

NONE_WITH_STATEMENT = "none has a statement"
BY_NAME, SOUTHWARDS, EASTWARDS, BY_THEME = "By name", "North to south", "West to east", "By theme: "


@dataclass(frozen=True)
class ThemeLine:
    """One theme with one cell for each board compared, mine first where there is one."""

    theme: str
    label: str
    cells: tuple[BoardTheme, ...]


def lines(cells: Sequence[BoardTheme], boards: Sequence[Board]) -> list[ThemeLine]:
    """The themes by label, each with the cells of `boards` in their order."""
    found: dict[str, dict[str, BoardTheme]] = {}
    for cell in sorted(cells, key=lambda cell: cell.label):
        found.setdefault(cell.theme, {})[cell.board] = cell
    return [
        ThemeLine(theme, next(iter(own.values())).label, tuple(own[board.board] for board in boards))
        for theme, own in found.items()
    ]


def own_cell(line: ThemeLine, mine: Board | None) -> BoardTheme | None:
    """The cell of my board, where there is one."""
    return next((cell for cell in line.cells if mine and cell.board == mine.board), None)


def differs(line: ThemeLine, mine: Board | None) -> bool | None:
    """Whether a board that is known differs from mine, or any two from each other where none is mine.

    None where that cannot be told: nothing is known of mine, or of all the others. A board without a statement of which
    no document reports an act is not known, so it neither differs nor agrees.
    """
    own = own_cell(line, mine)
    known = [cell.state for cell in line.cells if cell.state != NO_ENTRY and cell is not own]
    if mine is not None:
        if own is None or own.state == NO_ENTRY or not known:
            return None
        return any(state != own.state for state in known)
    return len(set(known)) > 1 if len(known) > 1 else None


@dataclass(frozen=True)
class Tally:
    """Of the boards that reported, those that report the theme; and boards of which another document reports it."""

    reporting: tuple[str, ...]
    base: int
    besides: tuple[str, ...]


def tally(line: ThemeLine, boards: Sequence[Board]) -> Tally:
    """Who of `boards` reports the theme, at any stage. The base is the boards with a statement, and only they count."""
    reported = {board.board for board in boards if board.has_statement}
    naming = [cell for cell in line.cells if cell.is_reported]
    return Tally(
        tuple(cell.board_name for cell in naming if cell.board in reported),
        len(reported),
        tuple(cell.board_name for cell in naming if cell.board not in reported),
    )


def orders(themes: Sequence[Choice]) -> list[str]:
    """The labels of the orders that are offered. None of them is an order of how far a board has come."""
    return [BY_NAME, SOUTHWARDS, EASTWARDS, *(f"{BY_THEME}{theme.label}" for theme in themes)]


def ordered(
    boards: Sequence[Board], order: str, mine: Board | None, cells: Sequence[BoardTheme]
) -> tuple[list[Board], str]:
    """The boards in that order, mine first, and the words that say what the order is.

    By theme parts them into those of which an act is reported, those whose statement is silent and those without one;
    each part stands by name, so the stage does not matter.
    """
    by_code = {board.board: board for board in sorted(boards, key=lambda board: board.board_name)}
    if order == SOUTHWARDS:
        codes, how = north_to_south(by_code), "from north to south, by the middle (centroid) of each board's land"
    elif order == EASTWARDS:
        codes, how = west_to_east(by_code), "from west to east, by the middle (centroid) of each board's land"
    elif order.startswith(BY_THEME):
        codes, how = _by_theme(by_code, order.removeprefix(BY_THEME), cells)
    else:
        codes, how = list(by_code), "by name"
    found = [by_code[code] for code in codes]
    pinned = [board for board in found if board == mine]
    rest = [board for board in found if board != mine]
    return [*pinned, *rest], f"Boards stand {how}{', mine first' if pinned else ''}."


def _by_theme(by_code: Mapping[str, Board], label: str, cells: Sequence[BoardTheme]) -> tuple[list[str], str]:
    parts = {cell.board: (cell.state == NO_ENTRY) * 2 + (cell.state == SILENT) for cell in cells if cell.label == label}
    how = f"by theme ({label}): reported at any stage, then not mentioned, then no statement; by name within each"
    return sorted(by_code, key=lambda code: (parts.get(code, 0), by_code[code].board_name)), how


def answer(compared: Comparison, found: Sequence[ThemeLine], boards: Sequence[Board]) -> str:
    """The sentence at the top, with what it counts and out of how many. `boards`: all, compared or not."""
    mine, others = compared.mine, compared.others
    if not any_statement(boards):
        return f"{NO_STATEMENT_YET} {_by_other_documents(mine, found)}".strip()
    if not others:
        return f"No board stands beside {mine.board_name}." if mine else "No board is chosen."
    base = sum(board.has_statement for board in others)
    with_statement = f"{base or 'None'} of the {counted(len(others), 'board')}"
    if mine is None:
        return (
            f"{_apart(others, found)} {with_statement} have a statement of 2007. Choose your borough to put your board "
            "first."
        )
    name = mine.board_name
    if not mine.has_statement:
        return (
            f"{name} has no statement of 2007, so silence says nothing of it. {_by_other_documents(mine, found)} "
            f"{with_statement} beside it have a statement."
        )
    alone, missing = alone_and_missing(mine, found)
    return (
        f"Boards beside {name} report {len(missing) or 'none'} of {counted(len(found), 'theme')} that its own "
        f"statement does not mention; {name} alone reports {len(alone) or 'none'}. {with_statement} beside it have a "
        "statement of 2007."
    )


def any_statement(boards: Sequence[Board]) -> bool:
    """Whether any board has a statement by the as-at date."""
    return any(board.has_statement for board in boards)


def _by_other_documents(mine: Board | None, found: Sequence[ThemeLine]) -> str:
    """On how many themes documents other than its statement report work of my board; empty where none is mine."""
    if mine is None:
        return ""
    known = sum(own_cell(line, mine).is_reported for line in found)
    if not known:
        return f"No other document reports work of {mine.board_name}."
    return f"Other documents report work of {mine.board_name} on {known} of {counted(len(found), 'theme')}."


def _apart(others: Sequence[Board], found: Sequence[ThemeLine]) -> str:
    """On how many themes boards differ of which none is mine."""
    told = [differs(line, None) for line in found]
    if all(one is None for one in told):
        return "Too little is known of the boards shown to compare them."
    apart = sum(one is True for one in told)
    on = f"all {counted(len(found), 'theme')}" if apart == len(found) else f"{apart} of {counted(len(found), 'theme')}"
    return f"The {counted(len(others), 'board')} shown differ on {on} in what is reported."


def alone_and_missing(mine: Board, found: Sequence[ThemeLine]) -> tuple[list[str], list[str]]:
    """Themes that are reported of mine and of no board beside it, and those of which its statement says nothing though
    they are reported of one."""
    alone, missing = [], []
    for line in found:
        own = own_cell(line, mine)
        beside = any(cell.is_reported for cell in line.cells if cell is not own)
        if own.is_reported and not beside:
            alone.append(line.label)
        if own.state == SILENT and beside:
            missing.append(line.label)
    return alone, missing


def in_words(compared: Comparison, found: Sequence[ThemeLine]) -> list[str]:
    """How my board differs, one sentence each; nothing where no board is mine or none stands beside it."""
    mine, others = compared.mine, compared.others
    if mine is None or not others:
        return []
    base = sum(board.has_statement for board in others)
    alone, missing = alone_and_missing(mine, found)
    same = [line.label for line in found if differs(line, mine) is False]
    unknown = [line.label for line in found if differs(line, mine) is None]
    name = mine.board_name
    return [
        words
        for words, themes in (
            (f"{name} reports, and no board beside it does ({base} of {len(others)} have a statement)", alone),
            (f"Boards beside it report, and the statement of {name} does not mention", missing),
            ("The same wherever anything is known", same),
            ("Cannot be compared, since nothing is known of one side", unknown),
        )
        if themes
        for words in (f"{words}: {listed(themes)}.",)
    ]


def without_statement(boards: Sequence[Board], shown: Sequence[Board]) -> str:
    """Which of the boards shown have no statement, and how many of all; or that none has one yet."""
    if not any_statement(boards):
        return f"{NO_STATEMENT_YET} What a board had done by then is known from other documents only."
    every = sum(not board.has_statement for board in boards)
    of_all = f"{every} of all {counted(len(boards), 'board')} have no statement of 2007. No document says why."
    silent = sorted(board.board_name for board in shown if not board.has_statement)
    if not silent:
        return of_all
    return (
        f"{len(silent)} of the {counted(len(shown), 'board')} shown: no statement of 2007 ({listed(silent)}). {of_all}"
    )


def theme_columns(compared: Comparison, found: Sequence[ThemeLine]) -> tuple[Col[ThemeLine], ...]:
    """The columns of the table that says the same as the grid, theme by theme: under each state its boards by name."""
    mine = compared.mine

    def own(line: ThemeLine) -> Cell:
        look = STATES[own_cell(line, mine).state]
        return State(look.word, look.symbol)

    def reporting(line: ThemeLine) -> Cell:
        counts = tally(line, compared.boards)
        if not (counts.base or counts.besides):
            return Absent(words=NONE_WITH_STATEMENT)
        besides = f"; besides, by another document: {listed(sorted(counts.besides))}" if counts.besides else ""
        return f"{f'{len(counts.reporting)} of {counts.base}' if counts.base else NONE_WITH_STATEMENT}{besides}"

    def names(states: Sequence[str]) -> Callable[[ThemeLine], Cell]:
        def cell(line: ThemeLine) -> Cell:
            beside = [cell for cell in line.cells if cell is not own_cell(line, mine)]
            by_state = {state: sorted(cell.board_name for cell in beside if cell.state == state) for state in states}
            said = [f"{STATES[state].of_several}: {listed(own)}" for state, own in by_state.items() if own]
            return tuple(said) or Absent("not_asked", "no board")

        return cell

    return (
        Col("Theme", lambda line: line.label, "head"),
        *((Col(mine.board_name, own),) if mine else ()),
        Col("Report it, of those with a statement", reporting),
        Col("Boards that report it", names([state for state in STATES if state not in (SILENT, NO_ENTRY)]), "long"),
        Col("Boards that do not mention it, or have no statement", names([SILENT, NO_ENTRY]), "long"),
        Col("Source", lambda line: sources_of(line.cells)),
    )


def stand_in(boards: Sequence[Board]) -> list[str]:
    """What stands in for the interviews of 2010–11, where anything does, and what its silence does not say."""
    if not any_statement(boards):
        return []
    count = counted(sum(board.has_statement for board in boards), "board")
    return [
        "A statement that does not mention a theme does not say that nothing was done.",
        f"The answers to the interviews of 2010–11 do not survive. The statements of 2007 of {count} stand in.",
    ]
