"""Where a board stands among those that reported: one line, every board a mark, for figures that can be compared.

Most cannot, and then a sentence says why. The strip gives no ranks, and its table stands by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ui.cells import Figure, Sources
from ui.table import Col, show_table, write
from ui.words import counted, listed, number
from warehouse.queries.compare import Board, BoardFigure
from warehouse.schema.vocabulary import UNIT_OF_COUNT

FEWEST = 5
"""Boards that must have a figure before it is drawn. With fewer, a strip shows who wrote a number down."""


@dataclass(frozen=True)
class Measure:
    """One thing that is counted, with the figure of each board that has one, by name of the board."""

    name: str
    figures: tuple[BoardFigure, ...]


def measures(figures: Sequence[BoardFigure]) -> list[Measure]:
    """The figures by what they count, in the order they come in."""
    found: dict[str, list[BoardFigure]] = {}
    for figure in figures:
        found.setdefault(figure.measure, []).append(figure)
    return [Measure(name, tuple(sorted(own, key=lambda figure: figure.board_name))) for name, own in found.items()]


def why_not(measure: Measure, boards: int) -> str | None:
    """Why the figures cannot stand on one line, out of `boards` boards; None where they can."""
    names = list(dict.fromkeys(figure.board_name for figure in measure.figures))
    units = sorted({_unit(figure) for figure in measure.figures})
    periods = sorted({figure.period or "a time that is not reported" for figure in measure.figures})
    if len(names) < FEWEST:
        return (
            f"{len(names)} of the {counted(boards, 'board')} {'has' if len(names) == 1 else 'have'} a count "
            f"({listed(names)}), and a strip needs at least {FEWEST}: with fewer it would show who wrote a number "
            "down, and not where a board stands"
        )
    if len(names) < len(measure.figures):
        return "a board has more than one count, and none of them stands for the others"
    if len(units) > 1:
        return f"the boards count different things: {listed(units)}"
    if units == [UNIT_OF_COUNT.label("not_stated")]:
        return "the documents do not say whether they count people or attendances"
    if len(periods) > 1:
        return f"the boards count over different times: {listed(periods)}"
    return None


def _unit(figure: BoardFigure) -> str:
    return UNIT_OF_COUNT.label(figure.unit) if figure.unit in UNIT_OF_COUNT else figure.unit


def refusals(found: Sequence[Measure], boards: int) -> list[str]:
    """A sentence for each figure that cannot be compared; those of a single board share one, but for people trained."""
    single = [measure for measure in found if len({figure.board for figure in measure.figures}) == 1]
    sentences = [
        f"{measure.name}: not compared. {reason[0].upper()}{reason[1:]}."
        for measure in found
        if (measure not in single or measure.name == "People trained") and (reason := why_not(measure, boards))
    ]
    if not any(measure.name == "People trained" for measure in found):
        sentences.insert(0, "People trained: not compared. No document of this date counts them for any board.")
    rest = [measure for measure in single if measure.name != "People trained"]
    if rest:
        sentences.append(
            f"{counted(len(rest), 'other number')} printed about a board: not compared. Each is about one board alone, "
            "such as the length of a conference."
        )
    return sentences


def strip(measure: Measure, boards: Sequence[Board], mine: Board | None) -> Markup:
    """The line with a mark for each board that has the figure, mine heavier and named. Zero is a value."""
    highest = max(figure.value for figure in measure.figures)
    marks = Markup("").join(
        Markup('<li class="{}" style="left: {:.2f}%" title="{}"><span class="{}">{}</span></li>').format(
            "mine" if is_mine else "other",
            100 * figure.value / highest if highest else 0,
            words,
            f"label{_side(figure.value, highest)}" if is_mine else "vh",
            words,
        )
        for figure in measure.figures
        for is_mine in (mine is not None and figure.board == mine.board,)
        for words in (f"{figure.board_name}: {number(figure.value)}",)
    )
    unit, period = _unit(measure.figures[0]), measure.figures[0].period
    silent = [board.board_name for board in boards if board.board not in {figure.board for figure in measure.figures}]
    absent = Markup('<p class="note">Not reported: {}.</p>').format(listed(silent)) if silent else ""
    return Markup(
        '<h3>{}</h3><p>{} of the {} that are shown have a count, in {}{}. Each mark is a board.</p>'
        '<ul class="strip" aria-label="{}">{}</ul><p class="strip-ends note"><span>0</span><span>{} {}</span></p>{}'
    ).format(
        measure.name, len(measure.figures), counted(len(boards), "board"), unit, f", {period}" if period else "",
        f"Strip: {measure.name}", marks, number(highest), unit, absent,
    )  # fmt: skip


def _columns(measure: Measure) -> tuple[Col[BoardFigure], ...]:
    unit = _unit(measure.figures[0]).capitalize()
    return (
        Col("Board", lambda row: row.board_name, "head"),
        Col(unit, lambda row: Figure(row.value, fact_keys=row.fact_keys), "number"),
        Col("Source", lambda row: Sources(row.fact_keys)),
    )


def _side(value: float, highest: float) -> str:
    """To which side of its mark a name goes, so that it stays on the page."""
    share = value / highest if highest else 0
    return " low" if share < 0.2 else " high" if share > 0.8 else ""


def show_strips(figures: Sequence[BoardFigure], boards: Sequence[Board], mine: Board | None) -> None:
    """Draw the section: a strip and its table for each figure that can be compared, and the refusals with reasons."""
    write(Markup("<h2>Where a board stands among those that reported</h2>"))
    shown = {board.board for board in boards}
    found = measures([figure for figure in figures if figure.board in shown])
    for place, measure in enumerate(found):
        if why_not(measure, len(boards)) is None:
            write(strip(measure, boards, mine))
            show_table(
                f"{measure.name}, by name of the board",
                _columns(measure),
                measure.figures,
                file=f"strip_{place}",
                is_mine=lambda row: mine is not None and row.board == mine.board,
            )
    for sentence in refusals(found, len(boards)):
        write(Markup("<p>{}</p>").format(sentence))
