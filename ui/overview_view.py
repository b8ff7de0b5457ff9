"""The parts of the overview: headline figures, each with its source, and the programmes in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui.cells import Absent, Figure, Marked, Sources, shown
from ui.data import ask
from ui.table import Col, show_table, write
from ui.timeline import Span, timeline
from ui.words import partial_date
from warehouse.queries import overview
from warehouse.schema.programmes import PROGRAMME_KIND

FIRST_YEAR, LAST_YEAR = 2005, 2012


@dataclass(frozen=True)
class Headline:
    """One figure: its value, what it counts in a sentence, and its facts."""

    value: Figure
    sentence: str
    fact_keys: tuple[str, ...]


def headlines(as_at: date) -> list[Headline]:
    """The figures at the top. Every one has its denominator in words and its source in one click."""
    named = ask(overview.areas_named, as_at)
    statements = ask(overview.boards_with_statement, as_at)
    interviews = ask(overview.boards_with_interview, as_at)
    found = [
        Headline(Figure(named.part), f"of {named.whole} areas are named in at least one document", named.fact_keys),
        Headline(
            Figure(statements.part, fact_keys=statements.fact_keys),
            f"of {statements.whole} boards have a statement of 2007 on their work",
            statements.fact_keys,
        ),
    ]
    if interviews.fact_keys:
        found.append(
            Headline(
                Figure(interviews.part or None, "value" if interviews.part else "not_reported"),
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
    for row in ask(overview.trained, as_at):
        keys = (row.fact_key,)
        found.append(Headline(Figure(row.people, row.people_status, keys), f"people trained: {row.title}", keys))
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


def show_headlines(found: Sequence[Headline]) -> None:
    """Draw the figures side by side."""
    boxes = Markup("").join(
        Markup('<div><div class="big">{}</div><p>{}</p>{}</div>').format(
            shown(headline.value), headline.sentence, shown(Sources(headline.fact_keys))
        )
        for headline in found
    )
    write(Markup('<h2>In figures</h2><div class="figures">{}</div>').format(boxes))


def show_programmes(as_at: date) -> None:
    """The programmes on a time line, and the same dates as a table."""
    rows = ask(overview.programmes, as_at)
    spans = []
    for row in rows:
        if row.actual_from or row.actual_to:
            begins = row.actual_from or row.actual_to
            ends = row.actual_to if row.actual_from else None
            spans.append(Span(row.name, begins, ends, is_planned=False))
        elif row.planned_from or row.planned_to:
            begins = row.planned_from or row.planned_to
            ends = row.planned_to if row.planned_from else None
            spans.append(Span(row.name, begins, ends, is_planned=True))
    write(timeline("Programmes in time", spans, FIRST_YEAR, LAST_YEAR, as_at))
    show_table("The same, programme by programme", COLUMNS, rows, file="programmes")


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
