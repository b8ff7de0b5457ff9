"""The counts of a training round per 1,000 residents: where the census has a row for them, and in words where none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import bars, denominator, filters, links
from ui.cells import Absent, Cell, Figure, Marked, Sources
from ui.cite import mark
from ui.data import ask
from ui.not_known import NONE_RECORDED, NOT_KNOWN, recorded, with_not_known
from ui.table import Col, show_table, write
from ui.training_view import counted_head
from ui.words import counted, listed, number
from warehouse.queries import rates
from warehouse.queries.places import Choice
from warehouse.queries.population import CensusTable
from warehouse.queries.rates import GroupRate, LabelRate
from warehouse.queries.training import Round
from warehouse.schema.population import FIT, NO_RATE

NO_RATES = Markup(
    "<p><b>No denominator loaded:</b> there is no census table of ethnic groups here, so no rate per resident can be "
    "worked out. {}</p>"
)
LATEST_CENSUS = 2011
"""The census whose groups are used to say what would have a rate, where no table is loaded."""


def show(row: Round, as_at: date) -> None:
    """The whole part of the page: the choice of census where there is one, the answer, bars, refusals and tables."""
    write(Markup('<h2 id="rates">Training counts per 1,000 residents</h2>'))
    tables = denominator.ethnic_tables(_year(row, as_at))
    if not tables:
        write(NO_RATES.format(denominator.how_to_load()))
    labels = ask(rates.of_labels, row.fact_key, as_at, LATEST_CENSUS)
    if not labels:
        write(Markup("<p>No document counts {} by ethnicity, so there is no rate.</p>").format(row.title))
    elif tables:
        _show_rates(row, as_at, _choose(tables))
    else:
        write(refusals(labels, f"What a table of the census of {LATEST_CENSUS} would allow"))


def _show_rates(row: Round, as_at: date, table: CensusTable) -> None:
    labels = ask(rates.of_labels, row.fact_key, as_at, table.census)
    groups = ask(rates.of_groups, row.fact_key, as_at, table.census)
    write(
        Markup("<p>{}</p>{}{}").format(
            answer(row, labels, table),
            picture(labels, groups),
            refusals(labels, f"Without a rate of their own, by the census of {table.census}"),
        )
    )
    show_table(
        f"{row.title}: each ethnicity per 1,000 residents, census of {table.census}",
        label_columns(row, table.census),
        with_not_known(labels, lambda line: line.reason == "not_known"),
        file="rates_by_ethnicity",
    )
    show_table(
        f"{row.title}: each census group per 1,000 residents, census of {table.census}",
        group_columns(row, table.census),
        with_not_known(groups, lambda line: line.reason == "not_known"),
        file="rates_by_census_group",
    )
    items = Markup("").join(Markup("<p>{}</p>").format(line) for line in caveats(row, table))
    write(Markup('<div class="note">{}</div>').format(items))


def _year(row: Round, as_at: date) -> int:
    """The year in which the round ended, as far as it is printed; else that of the view."""
    ended = row.narrative_to or row.tables_to
    return int(ended[:4]) if ended else as_at.year


def _choose(tables: Sequence[CensusTable]) -> CensusTable:
    """The census to divide by. It is a choice only where two are loaded; that nearest to the round comes first."""
    if len(tables) == 1:
        return tables[0]
    column, _ = st.columns([1, 2])
    with column:
        choices = [Choice(str(table.census), f"Census of {table.census}") for table in tables]
        picked = filters.choice("Residents by the", choices, "census")
    return next(table for table in tables if str(table.census) == picked.code)


def answer(row: Round, labels: Sequence[LabelRate], table: CensusTable) -> str:
    """How many ethnicities have a rate, out of how many, and what they are divided by."""
    known = [line for line in labels if line.reason != "not_known"]
    has = sum(line.reason is None for line in known)
    return (
        f"{has} of {counted(len(known), 'ethnicity', 'ethnicities')} printed for {row.title} "
        f"{'has' if has == 1 else 'have'} a rate of {'its' if has == 1 else 'their'} own. Residents: everybody of that "
        f"group in {row.borough}, by the census of {table.census}, table “{table.title}”."
    )


# --- bars and refusals ---------------------------------------------------------------------------------------------


def picture(labels: Sequence[LabelRate], groups: Sequence[GroupRate]) -> Markup:
    """The rates as bars on one scale, 'not known' last. What has no rate has no bar: `refusals` says why."""
    rated = [line for line in [*labels, *groups] if line.rate is not None]
    if not rated:
        return Markup("")
    longest = max(line.rate for line in rated)
    return Markup(
        '<div class="multiples rates"><div>{}</div><div>{}</div></div>'
        '<p class="note">One scale for both: the longest bar is {} per 1,000 residents. The right side counts the left '
        "side again, with all who are filed in the same census group.</p>"
    ).format(
        bars.panel(Markup("<h3>Ethnicities with a census row of their own</h3>"), _bars(labels, longest, _printed)),
        bars.panel(Markup("<h3>Census groups, with all who are filed there</h3>"), _bars(groups, longest, _held)),
        rate_words(longest),
    )


def _bars(rows: Sequence[LabelRate | GroupRate], longest: float, label: Callable[..., str | Markup]) -> list[Markup]:
    rated = sorted((row for row in rows if row.rate is not None), key=lambda row: -row.rate)
    found = [
        bars.bar(
            label(row),
            row.rate,
            longest,
            Markup("<span><b>{}</b>{} <small>{} counted; {} residents</small></span>").format(
                rate_words(row.rate), mark(_keys(row)), number(row.people), number(row.residents)
            ),
        )
        for row in rated
    ]
    unknown = any(row.reason == "not_known" for row in rows)
    return [*found, bars.silent(NOT_KNOWN, no_rate("not_known") if unknown else NONE_RECORDED)]


def _keys(row: LabelRate | GroupRate) -> tuple[str, ...]:
    return row.fact_keys if isinstance(row, GroupRate) else (row.fact_key,)


def _held(row: GroupRate) -> Markup:
    return Markup("{} <small>({})</small>").format(row.group_label, listed(row.printed))


def _printed(row: LabelRate) -> str:
    """An ethnicity as printed, and as filed where that differs."""
    return row.printed if row.printed == row.filed else f"{row.printed} (filed as {row.filed})"


def rate_words(rate: float) -> str:
    """A rate with one decimal. A small one is not written as nought."""
    return "under 0.1" if 0 < rate < 0.05 else f"{rate:,.1f}"


def no_rate(reason: str) -> str:
    """Why there is no rate, short."""
    return f"no rate: {NO_RATE.label(reason).lower()}"


def refusals(labels: Sequence[LabelRate], heading: str) -> Markup:
    """Under `heading`, every ethnicity without a rate of its own, by reason, with what the reason means."""
    lines = []
    for reason in NO_RATE.codes:
        own = [line for line in labels if line.reason == reason]
        if own:
            lines.append(
                Markup("<li><b>{}:</b> {}. <small>{}</small></li>").format(
                    "Would have a rate" if reason == "no_population" else NO_RATE.label(reason),
                    "; ".join(_by_group(own)) if reason == "part_of" else listed([_printed(line) for line in own]),
                    "The census has a row of its own." if reason == "no_population" else NO_RATE.meaning(reason),
                )
            )
    if not lines:
        return Markup("")
    return Markup("<h3>{}</h3><ul>{}</ul>").format(heading, Markup("").join(lines))


def _by_group(labels: Sequence[LabelRate]) -> list[str]:
    groups = dict.fromkeys(line.group_label or "" for line in labels)
    return [
        f"{listed([_printed(line) for line in labels if (line.group_label or '') == group])}, in {group}"
        for group in groups
    ]


# --- tables --------------------------------------------------------------------------------------------------------


def label_columns(row: Round, census: int) -> tuple[Col[LabelRate | None], ...]:
    """As printed, as filed, the census row and how it fits, people, residents, rate or refusal."""
    return (
        Col("As printed", recorded(lambda line: line.printed, NOT_KNOWN), "head"),
        Col("As filed", recorded(lambda line: line.filed, NOT_KNOWN)),
        Col(f"Row of the census of {census}", recorded(_row, Absent("not_asked"))),
        Col("How it fits", recorded(_fit, Absent("not_asked"))),
        Col(counted_head(row), recorded(_people, Absent(words="none recorded")), "number"),
        Col(f"Residents, {census}", recorded(_residents, Absent("not_asked")), "number"),
        Col("Per 1,000 residents", recorded(_rate, Absent("not_asked", no_rate("not_known"))), "number"),
        Col("Source", recorded(lambda line: Sources((line.fact_key,)), Sources(()))),
    )


def _row(line: LabelRate) -> Cell:
    return line.group_label or Absent("not_asked", "none")


def _fit(line: LabelRate) -> Cell:
    if line.reason in ("not_known", "not_filed"):
        return Absent("not_asked", NO_RATE.label(line.reason).lower())
    return FIT.label(line.fit)


def _people(line: LabelRate) -> Cell:
    return Figure(line.people, line.people_status, (line.fact_key,))


def _residents(line: LabelRate) -> Cell:
    if line.residents is not None:
        return line.residents
    return Absent("not_asked", "not counted apart") if line.reason == "part_of" else Absent("not_asked")


def _rate(line: LabelRate | GroupRate) -> Cell:
    if line.rate is None:
        return Absent("not_asked", no_rate(line.reason))
    return Marked(rate_words(line.rate), _keys(line))


def group_columns(row: Round, census: int) -> tuple[Col[GroupRate | None], ...]:
    """The census group, who is filed there as printed, their sum, residents, rate or refusal."""
    return (
        Col(f"Group of the census of {census}", recorded(_group, NOT_KNOWN), "head"),
        Col(
            "Ethnicities filed there, as printed",
            recorded(lambda line: ", ".join(line.printed), Absent(words=NONE_RECORDED)),
            "long",
        ),
        Col(f"{counted_head(row)} (added up by us)", recorded(_sum, Absent(words="none recorded")), "number"),
        Col(f"Residents, {census}", recorded(_group_residents, Absent("not_asked")), "number"),
        Col("Per 1,000 residents", recorded(_rate, Absent("not_asked", no_rate("not_known"))), "number"),
        Col("Source", recorded(lambda line: Sources(line.fact_keys), Sources(()))),
    )


def _group(line: GroupRate) -> str:
    return line.group_label or NO_RATE.label(line.reason)


def _sum(line: GroupRate) -> Cell:
    if line.not_counted:
        return Absent(words=f"not reported for {listed(line.not_counted)}")
    return Figure(line.people, "value" if line.people else "zero", line.fact_keys)


def _group_residents(line: GroupRate) -> Cell:
    return Absent("not_asked") if line.residents is None else line.residents


def caveats(row: Round, table: CensusTable) -> list[str | Markup]:
    """What these rates do not say."""
    lines: list[str | Markup] = [
        f"Those trained did not necessarily live in {row.borough}: some may have worked there. A rate sets one number "
        "beside another; it is no share of the residents.",
        f"Residents are of all ages, on the day of the census of {table.census}. They follow neither the dates of the "
        "training nor the date of this view.",
        "Where few are counted, one more or less changes a rate much.",
        "A census heading, such as Asian, holds other groups: rates of groups are never added.",
    ]
    if table.note:
        lines.append(f"The census table says of its numbers: {table.note}")
    if row.unit_of_count == "not_stated":
        lines.append("The document does not say whether it counts people or attendances. Attendances have no rate; if "
                     "somebody who came twice is counted twice, a rate here is too high.")  # fmt: skip
    about = links.to("about_the_data", part=denominator.FILED_PART)
    return [*lines, Markup('<a href="{}">The census tables that are loaded</a>').format(about)]
