"""The parts of the overview: headline figures, each with its source, and the programmes in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui import links
from ui.cells import Absent, Figure, Marked, Sources, shown
from ui.cite import mark
from ui.data import ask
from ui.table import Col, show_table, write
from ui.timeline import Lane, Span, lanes
from ui.words import counted, partial_date
from warehouse.queries import overview
from warehouse.queries.overview import Trained
from warehouse.schema.column import Status
from warehouse.schema.programmes import PROGRAMME_KIND
from warehouse.schema.vocabulary import UNIT_OF_COUNT

YEARS = (2005, 2012)
"""The scale of the time line, at least."""

NONE_DESCRIBED = "No document dated by then describes a programme with its dates, though one may name areas for it."

MOST_ROUNDS = 6
"""Training rounds with a figure each. Of more, hundreds of figures would hide the rest of the page."""


@dataclass(frozen=True)
class Headline:
    """One figure: its value, what it counts in a sentence, and its facts."""

    value: Figure
    sentence: str
    fact_keys: tuple[str, ...]


def headlines(as_at: date) -> list[Headline]:
    """The figures below the map. Every one has its denominator in words and its source in one click.

    The areas that are named at all are not among them: the sentence at the top says how many.
    """
    statements = ask(overview.boards_with_statement, as_at)
    interviews = ask(overview.boards_with_interview, as_at)
    found: list[Headline] = []
    if statements.fact_keys:  # else the report of 2007 is later than the view
        found.append(
            Headline(
                Figure(statements.part, fact_keys=statements.fact_keys),
                f"of {statements.whole} boards have a statement of 2007 on their work",
                statements.fact_keys,
            )
        )
    if interviews.fact_keys:
        found.append(
            Headline(
                Figure(interviews.part or None, "value" if interviews.part else "not_reported", interviews.fact_keys),
                f"answers to the interviews of {interviews.whole} boards in 2010–11: none survives in the documents",
                interviews.fact_keys,
            )
        )
    for row in ask(overview.took_part, as_at):
        found.append(
            Headline(
                Figure(row.areas, fact_keys=row.fact_keys),
                f"of {row.whole} areas are named as taking part: {row.name}",
                row.fact_keys,
            )
        )
    found += trained_headlines(ask(overview.trained, as_at))
    for row in ask(overview.pilots, as_at):
        without = f", {row.unnamed} more without a borough" if row.unnamed else ""
        found.append(
            Headline(
                Figure(row.named, fact_keys=row.fact_keys),
                f"pilots with named boroughs{without}: {row.name}",
                row.fact_keys,
            )
        )
    return found


def trained_headlines(rows: Sequence[Trained]) -> list[Headline]:
    """People trained: a figure for each round, or, where there are many, one for all rounds that count the same.

    People and attendances are never added, nor to numbers of which it is not said which of the two they are.
    """
    if len(rows) <= MOST_ROUNDS:
        return [
            Headline(
                Figure(row.people, row.people_status, (row.fact_key,)),
                f"trained in {row.title} ({UNIT_OF_COUNT.label(row.unit_of_count)})",
                (row.fact_key,),
            )
            for row in rows
        ]
    found = []
    for unit in UNIT_OF_COUNT.codes:
        own = [row for row in rows if row.unit_of_count == unit]
        numbers = [row.people for row in own if row.people is not None]
        if own:
            without = f"; {len(own) - len(numbers)} more without a number" if len(numbers) < len(own) else ""
            value = Figure(sum(numbers)) if numbers else Figure(None, Status.not_reported)
            sentence = f"trained in {counted(len(numbers), 'round')}{without} ({UNIT_OF_COUNT.label(unit)})"
            found.append(Headline(value, sentence, tuple(row.fact_key for row in own)))
    return found


def show_headlines(found: Sequence[Headline]) -> None:
    """Draw the figures side by side, or say that no document of the date of the view has one."""
    if not found:
        write(Markup('<h2>In figures</h2><p class="absent">No document dated by then counts any of it.</p>'))
        return
    boxes = Markup("").join(
        Markup('<div><div class="big">{}</div><p>{}</p>{}</div>').format(
            shown(headline.value), headline.sentence, shown(Sources(headline.fact_keys))
        )
        for headline in found
    )
    write(Markup('<h2>In figures</h2><div class="figures">{}</div>').format(boxes))


def show_where_the_table_is(mine: str | None) -> None:
    """The way to the map's own page, which has the same areas as a table with the places that name them. `mine`: the
    name of the reader's own borough."""
    text = Markup('<p><a href="{}">Every area in words, with the places that name it</a></p>')
    write(text.format(links.to("borough_map", mine=mine)))


def show_programmes(as_at: date) -> None:
    """The programmes on a time line, and the same dates as a table. Without any date there is no line to draw."""
    rows = ask(overview.programmes, as_at)
    if not rows:
        write(Markup('<h2>Programmes in time</h2><p class="absent">{}</p>').format(NONE_DESCRIBED))
        return
    drawn = [lane for row in rows if (lane := _lane(row)).spans]
    if drawn:
        write(lanes("Programmes in time", drawn, as_at, YEARS))
    else:
        write(Markup("<h2>Programmes in time</h2>"))
    write(Markup('<p class="note">{}</p>').format(how_many_dated(len(drawn), len(rows))))
    show_table("The same, programme by programme", COLUMNS, rows, file="programmes")


def how_many_dated(dated: int, whole: int) -> str:
    """How many of the programmes have a beginning or an end, and, where some have none, that no document prints it."""
    others = (
        " For the others no document prints one; single events of theirs may be dated." if 0 < dated < whole else ""
    )
    return f"{dated} of {counted(whole, 'programme')} {'has' if dated == 1 else 'have'} a beginning or an end.{others}"


def _lane(row: overview.Period) -> Lane:
    """One programme: what is planned and what is reported of it, each as a span and in words."""
    words, spans = [], []
    for word, begins, ends in (
        ("planned", row.planned_from, row.planned_to),
        ("reported", row.actual_from, row.actual_to),
    ):
        if begins or ends:
            words.append(f"{_period(begins, ends)}, {word}")
            spans.append(Span(row.name, begins or ends, ends, is_planned=word == "planned"))
    return Lane(Markup("{}{}").format(row.name, mark((row.fact_key,))), "; ".join(words), tuple(spans))


def _period(begins: str | None, ends: str | None) -> str:
    if begins and ends:
        return partial_date(begins) if begins == ends else f"{partial_date(begins)} to {partial_date(ends)}"
    return f"from {partial_date(begins)}" if begins else f"until {partial_date(ends)}"


def _date(text: str | None, row: overview.Period) -> Marked | Absent:
    return Marked(partial_date(text), (row.fact_key,)) if text else Absent()


COLUMNS = (
    Col("Programme", lambda row: row.name, "head"),
    Col("Kind", lambda row: PROGRAMME_KIND.label(row.kind)),
    Col("What it set out to do", lambda row: row.summary, "long"),
    Col("Planned from", lambda row: _date(row.planned_from, row)),
    Col("Planned to", lambda row: _date(row.planned_to, row)),
    Col("Reported from", lambda row: _date(row.actual_from, row)),
    Col("Reported to", lambda row: _date(row.actual_to, row)),
    Col("Source", lambda row: Sources((row.fact_key,))),
)
