"""Counted rounds over time: one small panel for each round, in order of date, on one scale for each unit of count.

People and attendances are different things, so each unit has panels and a scale of its own, and nothing is added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from ui import bars
from ui.cells import Absent, Cell, Figure, Sources
from ui.cite import mark
from ui.data import ask, kept
from ui.not_known import NONE_RECORDED, NOT_KNOWN
from ui.table import Col, show_table, table, write
from ui.training_view import BREAKDOWNS, printed_figures, span
from ui.words import counted, day, listed, number
from warehouse.queries import training
from warehouse.queries.training import Line, Round
from warehouse.schema.vocabulary import UNIT_OF_COUNT

NO_LINE = "no line in this round"
NO_BREAKDOWN = "not reported"
FIGURES = "The same figures"

MOST_DRAWN = 16
"""Categories drawn in each panel, 'not known' among them. Rounds may name hundreds of groups, most of them once: drawn
in every panel they would hide what the rounds have in common. All stand in the table."""


@dataclass(frozen=True)
class Panel:
    """One round and its lines."""

    round: Round
    lines: tuple[Line, ...]

    @cached_property
    def _by_category(self) -> dict[tuple[str, str], Line]:
        return {(one.dimension, one.filed): one for one in reversed(self.lines)}

    def line(self, breakdown: str, filed: str) -> Line | None:
        """The line of one category, where the round has one; the first, where two are filed alike."""
        return self._by_category.get((breakdown, filed))

    def has(self, breakdown: str) -> bool:
        """Whether the round is broken down so."""
        return any(one.dimension == breakdown for one in self.lines)

    def silence(self, breakdown: str, *, is_not_known: bool) -> str:
        """Why the round has no line of a category."""
        if not self.has(breakdown):
            return NO_BREAKDOWN
        has_unknown = any(one.is_not_known for one in self.lines if one.dimension == breakdown)
        return NONE_RECORDED if is_not_known and not has_unknown else NO_LINE


def in_order_of_date(rounds: Sequence[Round]) -> list[Round]:
    """The earliest first, by the dates of the narrative, else those over the tables; undated rounds last."""
    return sorted(rounds, key=lambda row: (not _begun(row), _begun(row), row.round_number or 0, row.fact_key))


def _dates(row: Round) -> tuple[str | None, str | None]:
    """The dates of the narrative or, where it has none, those over the tables. The two are never mixed."""
    narrative = (row.narrative_from, row.narrative_to)
    return narrative if any(narrative) else (row.tables_from, row.tables_to)


def _begun(row: Round) -> str:
    first, last = _dates(row)
    return first or last or ""


def of_borough(place: str, as_at: date) -> list[Round]:
    """The counted rounds of a borough, given by its name, in order of date."""
    return in_order_of_date([row for row in ask(training.rounds, as_at) if row.borough == place])


def show(place: str, as_at: date) -> None:
    """The whole part of the page, for the rounds of `place`, a borough. With one there is nothing to compare, and it
    says so."""
    write(Markup('<h2 id="rounds">Rounds over time</h2>'))
    rounds = of_borough(place, as_at)
    if len(rounds) == 1:
        write(
            Markup(
                "<p>There is one counted round in {} by {}: {}. With one there is nothing to compare over time.</p>"
            ).format(place, day(as_at), rounds[0].title)
        )
        return
    by_unit = kept(_panels, place, as_at)
    write(Markup("<p>{}</p>").format(sentence(by_unit)))
    for unit, panels in by_unit.items():
        write(kept(_kept_picture, unit, place, as_at))
        show_table(
            f"Rounds over time, {_unit_words(unit)}",
            _columns(panels),
            _rows(panels),
            file=f"rounds_over_time_{unit}",
        )


def show_figures(place: str, as_at: date) -> None:
    """Everything that is printed of the rounds of `place`, one a column."""
    columns, figures = printed_figures(of_borough(place, as_at))
    show_table(
        FIGURES, columns, figures, file="training_rounds", drawn=lambda: kept(_kept_figures, place, as_at)
    )  # fmt: skip


def _kept_figures(place: str, as_at: date) -> Markup:
    return table(FIGURES, *printed_figures(of_borough(place, as_at)))


def _panels(place: str, as_at: date) -> dict[str, tuple[Panel, ...]]:
    """The rounds of a borough by unit of count."""
    lines = ask(training.lines_by_round, place, as_at)
    panels = [Panel(row, tuple(lines.get(row.fact_key, ()))) for row in of_borough(place, as_at)]
    found = {unit: tuple(one for one in panels if one.round.unit_of_count == unit) for unit in UNIT_OF_COUNT.codes}
    return {unit: own for unit, own in found.items() if own}


def _kept_picture(unit: str, place: str, as_at: date) -> Markup:
    return _picture(unit, kept(_panels, place, as_at)[unit])


def _unit_words(unit: str) -> str:
    return f"in {UNIT_OF_COUNT.label(unit)}"


def sentence(by_unit: Mapping[str, Sequence[Panel]]) -> str:
    """How many rounds there are of each unit, and what may not be done with them."""
    said = [
        f"{counted(len(panels), 'round')} {'counts' if len(panels) == 1 else 'count'} {UNIT_OF_COUNT.label(unit)} "
        f"({listed([panel.round.title for panel in panels])})"
        for unit, panels in by_unit.items()
    ]
    apart = (
        " These are different things: each has a scale of its own, and they are neither compared nor added."
        if len(by_unit) > 1
        else ""
    )
    return (
        f"{'; '.join(said)}, in order of date.{apart} Rounds are never added: who came to two of them stands in both."
    )


# --- the picture ---------------------------------------------------------------------------------------------------


def _categories(panels: Sequence[Panel], breakdown: str) -> list[tuple[str, bool]]:
    """The categories of one breakdown in all panels alike: the largest number first, 'not known' last and always."""
    largest: dict[tuple[str, bool], int] = {}
    for panel in panels:
        for line in panel.lines:
            if line.dimension == breakdown:
                key = (line.filed, line.is_not_known)
                largest[key] = max(largest.get(key, 0), line.people or 0)
    if largest and not any(is_not_known for _, is_not_known in largest):
        largest[NOT_KNOWN, True] = 0
    return sorted(largest, key=lambda key: (key[1], -largest[key], key[0]))


def drawn(categories: Sequence[tuple[str, bool]]) -> Sequence[tuple[str, bool]]:
    """Of categories in their order those that have room in a panel; 'not known', which stands last, always has."""
    return categories if len(categories) <= MOST_DRAWN else [*categories[: MOST_DRAWN - 1], categories[-1]]


def _left_out(count: int) -> Markup:
    if not count:
        return Markup("")
    return Markup('<p class="note">{} with smaller numbers {} in the table below only.</p>').format(
        counted(count, "category", "categories"), "stands" if count == 1 else "stand"
    )


def _picture(unit: str, panels: Sequence[Panel]) -> Markup:
    longest = max((line.people or 0 for panel in panels for line in panel.lines), default=0)
    parts = Markup("").join(
        Markup('<h3>{}, {}</h3>{}<div class="multiples rounds">{}</div>').format(
            by.capitalize(),
            _unit_words(unit),
            _left_out(len(categories) - len(drawn(categories))),
            Markup("").join(_panel(panel, breakdown, drawn(categories), longest) for panel in panels),
        )
        for breakdown, by in BREAKDOWNS.items()
        if (categories := _categories(panels, breakdown))
    )
    if not parts:
        return Markup('<p class="absent">No document breaks these rounds down.</p>')
    return Markup('{}<p class="note">One scale for all panels {}: the longest bar is {}.</p>').format(
        parts, _unit_words(unit), number(longest)
    )


def _panel(panel: Panel, breakdown: str, categories: Sequence[tuple[str, bool]], longest: int) -> Markup:
    row = panel.round
    heading = Markup("<h4>{}</h4><p>{}<br>{}{} {} in all</p>").format(
        row.title, span(*_dates(row)), number(row.people),
        mark(row.fact_keys), UNIT_OF_COUNT.label(row.unit_of_count),
    )  # fmt: skip
    return Markup("<div>{}</div>").format(
        # A round without the whole breakdown says so once.
        bars.panel(
            heading, [_item(panel, breakdown, one, longest) for one in categories if panel.has(breakdown)], NO_BREAKDOWN
        )
    )


def _item(panel: Panel, breakdown: str, category: tuple[str, bool], longest: int) -> Markup:
    filed, is_not_known = category
    line = panel.line(breakdown, filed)
    if line is None:
        return bars.silent(filed, panel.silence(breakdown, is_not_known=is_not_known))
    if line.people is None:
        return bars.silent(filed, Absent(line.people_status).text)
    end = Markup("<span><b>{}</b>{}</span>").format(number(line.people), mark((line.fact_key,)))
    return bars.bar(filed, line.people, longest, end)


# --- the table -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One category of one breakdown over the rounds; the total of each round where `breakdown` is 'all'."""

    breakdown: str
    filed: str
    is_not_known: bool = False


def _rows(panels: Sequence[Panel]) -> list[Row]:
    found = [Row("all", "Total printed for the round")]
    for breakdown in BREAKDOWNS:
        found += [Row(breakdown, filed, unknown) for filed, unknown in _categories(panels, breakdown)]
    return found


def _columns(panels: Sequence[Panel]) -> tuple[Col[Row], ...]:
    return (
        Col("Category", lambda row: row.filed, "head"),
        Col("Breakdown", lambda row: BREAKDOWNS.get(row.breakdown, "all")),
        *(Col(panel.round.title, lambda row, panel=panel: _cell(panel, row), "number") for panel in panels),
        Col("Source", lambda row: Sources(tuple(key for panel in panels for key in _keys(panel, row)))),
    )


def _keys(panel: Panel, row: Row) -> tuple[str, ...]:
    if row.breakdown == "all":
        return panel.round.fact_keys
    line = panel.line(row.breakdown, row.filed)
    return (line.fact_key,) if line else ()


def _cell(panel: Panel, row: Row) -> Cell:
    if row.breakdown == "all":
        return Figure(panel.round.people, panel.round.people_status, panel.round.fact_keys)
    line = panel.line(row.breakdown, row.filed)
    if line is None:
        return Absent(words=panel.silence(row.breakdown, is_not_known=row.is_not_known))
    return Figure(line.people, line.people_status, (line.fact_key,))
