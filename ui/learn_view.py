"""Who already does what my board does not report, and what mine could offer: themes, acts, and what stood in the way.

Built from the same cells as the page that compares boards, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ui.act_list import CARE, act_text, sources_of
from ui.cells import Absent, Cell, Marked, Sources, State
from ui.comparators import Comparison
from ui.compare_view import NO_STATEMENT_YET, NONE_WITH_STATEMENT, ThemeLine, any_statement, own_cell
from ui.sentences import sentence
from ui.stages import STATES
from ui.table import Col
from ui.words import counted, listed
from warehouse.queries.areas import NO_ENTRY, SILENT
from warehouse.queries.compare import Board, BoardTheme
from warehouse.queries.learn import BoardAct, BoardObstacle
from warehouse.queries.places import Choice
from warehouse.schema.mapping import OBSTACLE_KIND

CAVEATS = (
    "A stage is what a document reports at its date. Under way in 2007 may have ended since.",
    "What stood in the way is told of a board as a whole. No document ties it to one act.",
    "Agencies beside an act are those that a document links to that act. Agencies of its whole programme stand below.",
    "An agency with a role is not said to have worked in each borough of a programme.",
    CARE,
)

DOING = ("under_way", "done")
MOST_TOLD = 12
"""Acts told in one cell. The profile of the borough has the others."""
NOT_DOING = (SILENT, NO_ENTRY, "aspiration")
"""What makes a gap: nothing reported, or an aspiration. A plan is none, nor is an act whose stage is not said."""


@dataclass(frozen=True)
class Gap:
    """A theme that my board does not report, or names as an aspiration, and the boards beside it that do it."""

    theme: str
    label: str
    own: BoardTheme
    doing: tuple[BoardTheme, ...]
    base: int


def gaps(lines: Sequence[ThemeLine], compared: Comparison) -> list[Gap]:
    """The gaps of my board by label of the theme, those that no board beside it fills included.

    `base` counts the boards beside mine with a statement. A board without one can still be among those that do it,
    where another document says so.
    """
    base = sum(board.has_statement for board in compared.others)
    return [
        Gap(line.theme, line.label, own, tuple(cell for cell in beside if cell.state in DOING), base)
        for line in lines
        for own in (own_cell(line, compared.mine),)
        if own is not None and own.state in NOT_DOING
        for beside in (sorted((cell for cell in line.cells if cell is not own), key=lambda cell: cell.board_name),)
    ]


def with_statement(gap: Gap, compared: Comparison) -> list[str]:
    """Names of the boards that do it, of those with a statement: never more than the base."""
    reported = {board.board for board in compared.others if board.has_statement}
    return [cell.board_name for cell in gap.doing if cell.board in reported]


@dataclass(frozen=True)
class Offer:
    """A theme that my board reports under way or done, and the boards beside it that do not, or name an aspiration."""

    theme: str
    label: str
    own: BoardTheme
    silent: tuple[str, ...]
    wishing: tuple[str, ...]


def offers(lines: Sequence[ThemeLine], compared: Comparison) -> list[Offer]:
    """What my board could offer, by label of the theme. Boards without a statement are left out: they are not known."""
    found = []
    for line in lines:
        own = own_cell(line, compared.mine)
        if own is None or own.state not in DOING:
            continue
        beside = sorted((cell for cell in line.cells if cell is not own), key=lambda cell: cell.board_name)
        silent = tuple(cell.board_name for cell in beside if cell.state == SILENT)
        wishing = tuple(cell.board_name for cell in beside if cell.state == "aspiration")
        if silent or wishing:
            found.append(Offer(line.theme, line.label, own, silent, wishing))
    return found


def answer(compared: Comparison, found: Sequence[Gap], themes: int, boards: Sequence[Board]) -> str:
    """The sentence at the top, with what it counts and out of how many. `boards`: all, compared or not.

    A board without a statement gets no count: nothing is known of it, so a number would read as a failing.
    """
    if compared.mine is None:
        return (
            "Choose your borough to see what other boards report and yours does not, and what yours could offer them."
        )
    name = compared.mine.board_name
    filled = [gap for gap in found if gap.doing]
    if not any_statement(boards):
        return f"{NO_STATEMENT_YET} So nothing can be compared."
    if not compared.mine.has_statement:
        is_told_of = len(found) < themes or any(gap.own.state != NO_ENTRY for gap in found)
        so = "only what other documents report of it can be compared" if is_told_of else "nothing can be compared"
        below = " What boards beside it report under way or done stands below." if filled else ""
        return f"{name} has no statement of 2007, so {so}.{below}"
    if not found:
        return f"{name} reports each of {counted(themes, 'theme')} beyond an aspiration."
    on = f"all of these {len(found)}" if len(filled) == len(found) else f"{len(filled)} of these {len(found)}"
    return (
        f"{name} does not report, or names as an aspiration, {len(found)} of {counted(themes, 'theme')}. On {on}, a "
        "board beside it reports work under way or done."
    )


def gap_caption(mine: Board) -> str:
    """The caption of the table of gaps. Of a board without a statement it says nothing but its name."""
    if not mine.has_statement:
        return f"What boards beside {mine.board_name} report under way or done"
    return f"What others do and {mine.board_name} does not report, or names as an aspiration"


def no_gap(found: Sequence[Gap], compared: Comparison, theme: Choice | None) -> str:
    """Why the table of gaps is empty."""
    name = compared.mine.board_name
    if not compared.others:
        return f"No board stands beside {name}. Choose others to learn from."
    if theme and theme.code not in {gap.theme for gap in found}:
        return f"{theme.label} is no gap: more than an aspiration is reported of {name}."
    return "No board beside it reports these themes under way or done. Others to learn from may."


def unknown(
    found: Sequence[Gap], compared: Comparison, doing: Collection[str], obstacles: Sequence[BoardObstacle]
) -> list[str]:
    """What cannot be told: gaps that nobody fills, boards without a statement, boards that name no obstacle."""
    unfilled = [gap.label for gap in found if not gap.doing]
    silent = [board.board_name for board in compared.others if not board.has_statement]
    naming = {row.board for row in obstacles}
    mute = [board.board_name for board in compared.others if board.board in set(doing) - naming]
    sentences = [
        (f"No board beside it reports under way or done: {listed(unfilled)}.", unfilled and compared.others),
        (
            f"{len(silent)} of the {counted(len(compared.others), 'board')} beside it have no statement of 2007, so "
            f"what they do is not known: {listed(silent)}.",
            silent,
        ),
        (f"What stood in the way is not reported of {listed(mute)}.", mute),
    ]
    return [
        *(sentence for sentence, is_said in sentences if is_said),
        "What is not mentioned may still have been done.",
        "No document says how well any of this worked.",
    ]


def gap_columns(compared: Comparison) -> tuple[Col[Gap], ...]:
    """The columns of the table of gaps."""
    name = compared.mine.board_name

    def base(gap: Gap) -> Cell:
        return f"{len(with_statement(gap, compared))} of {gap.base}" if gap.base else Absent(words=NONE_WITH_STATEMENT)

    def doing(gap: Gap) -> tuple[str, ...]:
        names = {state: [cell.board_name for cell in gap.doing if cell.state == state] for state in reversed(DOING)}
        return tuple(f"{STATES[state].of_several}: {listed(own)}" for state, own in names.items() if own)

    return (
        Col("Theme", lambda gap: gap.label, "head"),
        Col(name, lambda gap: State(STATES[gap.own.state].word, STATES[gap.own.state].symbol)),
        Col("Do it, of those with a statement", base),
        Col("Boards that do it", doing, "long"),
        Col("Source", lambda gap: sources_of(gap.doing)),
    )


@dataclass(frozen=True)
class Lesson:
    """One act of one board on one theme that my board could learn from."""

    label: str
    act: BoardAct


def lesson_places(found: Sequence[Gap], doing: Collection[str]) -> list[tuple[str, str]]:
    """The acts that my board could learn from, by theme, board and key: the label of the theme, and the key of the act.

    doing: the keys of all acts under way or done; plans and wishes are left out.
    """
    return [
        (gap.label, key)
        for gap in found
        for cell in gap.doing
        for key in sorted((*cell.reached, *cell.further))
        if key in doing
    ]


def lessons(places: Sequence[tuple[str, str]], acts: Sequence[BoardAct]) -> list[Lesson]:
    """The acts at these places, in their order."""
    by_key = {act.fact_key: act for act in acts}
    return [Lesson(label, by_key[key]) for label, key in places]


def lesson_columns() -> tuple[Col[Lesson], ...]:
    """The columns of what the others did, with whom."""

    def communities(row: Lesson) -> Cell:
        if row.act.is_apart:
            return Absent("withheld", "not shown beside this concern")
        return row.act.communities or Absent(words="none named")

    return (
        Col("Theme", lambda row: row.label),
        Col("Board", lambda row: row.act.board_name, "head"),
        Col("What it did", lambda row: Marked(act_text(row.act), (row.act.fact_key,)), "long"),
        Col("Stage", lambda row: State(STATES[row.act.stage].word, STATES[row.act.stage].symbol)),
        Col("Who acted", lambda row: row.act.actor or Absent("withheld", "not shown beside this concern")),
        Col("With which communities", communities),
        Col("With which agencies", lambda row: row.act.partners or Absent(words="none named")),
        Col("Source", lambda row: Sources((row.act.fact_key, *row.act.partner_keys))),
    )


def obstacle_columns() -> tuple[Col[BoardObstacle], ...]:
    """The columns of what stood in the way at the boards to learn from."""
    return (
        Col("Board", lambda row: row.board_name, "head"),
        Col("What stood in the way", lambda row: Marked(row.summary, (row.fact_key,)), "long"),
        Col("Kind", lambda row: OBSTACLE_KIND.label(row.kind)),
        Col("Said by", lambda row: row.said_by),
        Col("Source", lambda row: Sources((row.fact_key,))),
    )


def told_of(offer: Offer) -> tuple[str, ...]:
    """The keys of the acts that the cell of an offer tells."""
    return offer.own.reached[:MOST_TOLD]


def offer_columns(compared: Comparison, acts: Sequence[BoardAct]) -> tuple[Col[Offer], ...]:
    """The columns of what my board could offer. `acts` are those that `told_of` names for each offer."""
    by_key = {act.fact_key: act for act in acts}

    def done(row: Offer) -> Cell:
        told = [*dict.fromkeys(sentence(act_text(by_key[key])) for key in told_of(row))]
        if more := len(row.own.reached) - len(told_of(row)):
            told.append(f"And {counted(more, 'more act')}.")
        return Marked(f"{STATES[row.own.state].of_several}: {' '.join(told)}", row.own.reached)

    return (
        Col("Theme", lambda row: row.label, "head"),
        Col(f"What {compared.mine.board_name} reports, at its furthest stage", done, "long"),
        Col("Statement does not mention it", lambda row: listed(row.silent) or Absent("not_asked", "no board")),
        Col("Names it as an aspiration", lambda row: listed(row.wishing) or Absent("not_asked", "no board")),
        Col("Source", lambda row: sources_of([row.own])),
    )
