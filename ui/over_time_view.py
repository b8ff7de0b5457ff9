"""Programmes over the years: one small map a programme and one a year, all under one legend, and the same in tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from geo.legend import Absence, Legend, ShadedAreas, classify_categories
from ui.cells import Absent, Cell, Marked, Sources
from ui.data import ask
from ui.table import Col
from ui.tile_map import fills, small_tiles
from ui.words import counted, listed
from warehouse.queries import areas, over_time
from warehouse.queries.areas import NOT_NAMED, ONE_PROGRAMME, Area
from warehouse.queries.over_time import YearArea
from warehouse.queries.places import Choice

FIRST_YEAR, LAST_YEAR = 2005, 2011
"""The years that the documents are about."""

TITLE = "Planned and actual"
NOT_NAMED_HERE = "not named for that programme or year"
NOTES = (
    "Where several programmes name an area in one year, its map shows the first entry of the legend that holds for one "
    "of them; the table says which. On the map of a year, taking part not reported means: not for that year.",
    "A proposal, an interest or support is not taking part. A plan is not an event.",
    "The City of London shared a board with Hackney. What a document prints for Hackney is shown for Hackney alone.",
)
FOUR_BESIDE = "max(148px, (100% - 72px) / 4, min(180px, (500px - 100%) * 99))"
"""How wide a small map is at least: at most four stand side by side, so that seven leave no map alone in its row, and
on a phone each has the whole width."""

TOOK_PART = ("planned_and_took_part", "took_part_only")


@dataclass(frozen=True)
class ProgrammeAreas:
    """One programme and the 33 areas in it, over all years."""

    name: str
    areas: tuple[Area, ...]


def programme_areas(programmes: Sequence[Choice], as_at: date) -> list[ProgrammeAreas]:
    """Each programme with its areas, by name."""
    return [
        ProgrammeAreas(programme.label, ask(areas.one_programme, programme.code, as_at)) for programme in programmes
    ]


def years_by(as_at: date) -> range:
    """The years to show: none after the date of the view, of which no document of that date can tell what happened."""
    return range(FIRST_YEAR, max(FIRST_YEAR, min(LAST_YEAR, as_at.year)) + 1)


def year_areas(programmes: Sequence[Choice], as_at: date) -> dict[int, list[YearArea]]:
    """The areas of each year to show, in all these programmes together."""
    codes, years = tuple(programme.code for programme in programmes), years_by(as_at)
    found: dict[int, list[YearArea]] = {year: [] for year in years}
    for row in ask(over_time.by_year, codes, years[0], years[-1], as_at):
        found[row.year].append(row)
    return found


# --- the maps ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SmallMap:
    """One small map: its heading, its areas, and the sentence that says the same."""

    heading: str
    shaded: ShadedAreas
    sentence: str


def small_maps(maps: Mapping[str, Sequence[Area | YearArea]]) -> list[SmallMap]:
    """A small map for each heading. All share one `Legend`, made of the areas of all of them together."""
    every = {(heading, row.gss_code): row for heading, rows in maps.items() for row in rows}
    shaded = classify_categories(
        TITLE,
        {place: Absence.not_named if row.category == NOT_NAMED else row.category for place, row in every.items()},
        list(ONE_PROGRAMME.items()),
        absent_as={Absence.not_named: NOT_NAMED_HERE},
        words={place: _words(row) for place, row in every.items() if isinstance(row, YearArea) and row.programmes},
    )
    return [
        SmallMap(
            heading,
            ShadedAreas(shaded.legend, {row.gss_code: shaded.by_area[heading, row.gss_code] for row in rows}),
            in_words(rows),
        )
        for heading, rows in maps.items()
    ]


def _words(row: YearArea) -> str:
    pairs = zip(row.programmes, row.categories, strict=True)
    return "; ".join(f"{name}: {ONE_PROGRAMME[category].lower()}" for name, category in pairs)


def in_words(rows: Sequence[Area | YearArea]) -> str:
    """What a small map shows: the areas of each category by name, and that the others are not named."""
    parts = []
    for category, label in ONE_PROGRAMME.items():
        if names := [row.borough for row in rows if row.category == category]:
            parts.append(f"{label} ({len(names)}): {listed(names)}.")
    missing = sum(row.category == NOT_NAMED for row in rows)
    if not parts:
        return "No document names a borough. That is not the same as no work."
    return " ".join([*parts, f"{counted(missing, 'area')} not named."])


def drawn(maps: Sequence[SmallMap], picked: str | None) -> Markup:
    """The small maps side by side, each under its heading and over its sentence."""
    figures = Markup("").join(
        Markup('<figure><h3>{}</h3>{}<figcaption class="note">{}</figcaption></figure>').format(
            one.heading, small_tiles(one.shaded, label=f"{one.heading}. {one.sentence}", picked=picked), one.sentence
        )
        for one in maps
    )
    return Markup(
        '<div class="small-maps" style="grid-template-columns: repeat(auto-fill, minmax({}, 1fr))">{}</div>'
    ).format(FOUR_BESIDE, figures)


def shared_legend(legend: Legend) -> Markup:
    """The one legend of all small maps, with the style that fills their squares."""
    entries = Markup("").join(
        Markup('<li><i class="small-fill-{}" aria-hidden="true"></i> {}</li>').format(place, entry.label)
        for place, entry in enumerate(legend.entries)
    )
    return fills(legend) + Markup(
        '<p class="legend-title">{}, the same on every map below</p>'
        '<ul class="legend small-legend" aria-label="Legend: {}">{}</ul>'
    ).format(legend.title, legend.title, entries)


# --- words ---------------------------------------------------------------------------------------------------------


def answer(programmes: Sequence[ProgrammeAreas], years: Mapping[int, Sequence[YearArea]]) -> str:
    """The sentence at the top: how many areas took part, and how many were only planned or proposed."""
    best: dict[str, set[str]] = {}
    for programme in programmes:
        for row in programme.areas:
            best.setdefault(row.gss_code, set()).add(row.category)
    took = sum(bool(found & set(TOOK_PART)) for found in best.values())
    planned = sum("planned_only" in found and not found & set(TOOK_PART) for found in best.values())
    only = sum("other_role" in found and not found & {*TOOK_PART, "planned_only"} for found in best.values())
    silent = [str(year) for year, rows in years.items() if all(row.category == NOT_NAMED for row in rows)]
    proposed = f" {only} more {'was' if only == 1 else 'were'} proposed, interested or gave support." if only else ""
    gap = f" For {listed(silent)} no document names a borough." if silent else ""
    return (
        f"{counted(len(programmes), 'programme')}: {took} of {len(best)} areas {'is' if took == 1 else 'are'} reported "
        f"as taking part in one or more; {planned} more {'was' if planned == 1 else 'were'} planned and "
        f"{'is' if planned == 1 else 'are'} not reported as taking part.{proposed}{gap}"
    )


def unknown(programmes: Sequence[ProgrammeAreas], years: Mapping[int, Sequence[YearArea]]) -> list[str]:
    """What the maps cannot show."""
    lines = []
    bare = [one.name for one in programmes if all(row.category == NOT_NAMED for row in one.areas)]
    if bare:
        lines.append(f"No document dated by then names a borough for {listed(bare)}.")
    silent = [str(year) for year, rows in years.items() if all(row.category == NOT_NAMED for row in rows)]
    if silent:
        lines.append(f"{listed(silent)}: no document names a borough for these programmes. Work may have gone on.")
    return [
        *lines,
        "When a borough began and stopped: documents hardly ever say. A role stands in the years reported for its "
        "programme or, where these are not reported, in the year for which the document says it.",
        "Boards that a document counts and does not name are on no map. Programmes for which none names a borough, "
        "such as the hubs (MASH), have none.",
    ]


# --- the tables ----------------------------------------------------------------------------------------------------


def programme_columns() -> tuple[Col[ProgrammeAreas], ...]:
    """One row a programme: the areas of each category by name."""

    def names(category: str) -> Col[ProgrammeAreas]:
        def cell(row: ProgrammeAreas) -> Cell:
            own = [one for one in row.areas if one.category == category]
            keys = tuple(sorted({key for one in own for key in one.fact_keys}))
            return (
                Marked(f"{len(own)}: {listed([one.borough for one in own])}", keys)
                if own
                else Absent(words="none named")
            )

        return Col(ONE_PROGRAMME[category], cell)

    def keys(row: ProgrammeAreas) -> Sources:
        return Sources(tuple(sorted({key for one in row.areas for key in one.fact_keys})))

    return (
        Col("Programme", lambda row: row.name, "head"),
        *(names(category) for category in ONE_PROGRAMME),
        Col("Source", keys),
    )


@dataclass(frozen=True)
class AreaYears:
    """One area over the years, in their order."""

    gss_code: str
    borough: str
    years: tuple[YearArea, ...]


def area_years(years: Mapping[int, Sequence[YearArea]]) -> list[AreaYears]:
    """The 33 areas by name, each with its years."""
    return [AreaYears(rows[0].gss_code, rows[0].borough, tuple(rows)) for rows in zip(*years.values(), strict=True)]


def year_columns(years: Sequence[int]) -> tuple[Col[AreaYears], ...]:
    """One column for each of `years`: which programme, and what is said of the area in it."""

    def year(place: int) -> Col[AreaYears]:
        def cell(row: AreaYears) -> Cell:
            one = row.years[place]
            return Marked(_words(one), one.fact_keys) if one.programmes else Absent(words="not named")

        return Col(str(years[place]), cell)

    return (
        Col("Borough", lambda row: row.borough, "head"),
        *(year(place) for place in range(len(years))),
        Col("Source", lambda row: Sources(tuple(sorted({key for one in row.years for key in one.fact_keys})))),
    )
