"""Coverage on the page: the map by state, the panel of a borough, the funnel of groups, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from geo.legend import Absence, ShadedAreas, classify_categories
from ui import links
from ui.cells import Absent, Bar, Cell, Opening, Sources, State, shown
from ui.coverage_cells import (
    ENGAGED,
    KNOWN,
    LARGE,
    LARGE_FROM,
    NAMED,
    NONE,
    NOT_MAPPED,
    PLACES,
    POLICY,
    TRAINED,
    CoverageCell,
    cells,
    in_words,
    looks,
    residents_cell,
    trained_cell,
    with_groups,
)
from ui.data import ask, kept
from ui.denominator import how_to_load
from ui.table import Col, table
from ui.words import counted
from warehouse.queries import coverage_reach
from warehouse.queries.places import Choice
from warehouse.schema.vocabulary import STEP, UNIT_OF_COUNT

NO_GRID = Markup(
    '<p class="absent">No row to draw: no document dated by then names a community for a borough. A later date would '
    "fill it.</p>"
)
MOST_CITED = 200
"""Facts cited in one cell. Beyond it a narrower choice shows the rest."""

NOTES = (
    "A group counts once, at the furthest step that a document reports of it. A later step does not prove the earlier "
    "ones: a group with a policy of its own need not have been trained. A group that is named, and of which no contact "
    "is reported, stands at known.",
    "Counted where it had contact, a group stands at the furthest step of the contact with that borough.",
    "A group of a narrower community stands for the wider one too: a Somali group counts for East African and African. "
    "So numbers of different communities, or of different boroughs, cannot be added.",
    "A group for London as a whole has a line of its own. It is in a borough only where it is based or had contact.",
    f"A community is called large from {LARGE_FROM:,} residents in a borough, by the census. That line is ours. White "
    "UK is left out of it: the register is one of minority ethnic, culture and faith groups.",
    f"A row cites its first {MOST_CITED} facts. A narrower choice shows the rest.",
)


def shade(areas: Sequence[CoverageCell], community: Choice | None, way: str) -> ShadedAreas:
    """The 33 areas by state, one shade a step; not mapped and none named are absences."""
    words = looks(way)
    absences = {NONE: Absence.not_asked, NOT_MAPPED: Absence.not_reported}
    return classify_categories(
        f"{community.label if community else 'All groups'}: how far they were reached",
        {cell.reach.place: absences.get(cell.state, cell.state) for cell in areas},
        [(state, words[state].word) for state in (NAMED, KNOWN, ENGAGED, TRAINED, POLICY, LARGE)],
        ordinal=True,
        unranked=(LARGE,),
        words={cell.reach.place: in_words(cell, way) for cell in areas},
        absent_as={absence: words[state].word for state, absence in absences.items()},
    )


def panel(cell: CoverageCell | None, way: str, state: dict[str, str | None], directory: dict[str, str]) -> Markup:
    """What is known of the picked borough, with links to its groups and its profile.

    state: what else stands in the links. directory: what else the directory of groups is to be narrowed to.
    """
    if cell is None:
        return Markup(
            "<h2>No borough picked</h2><p>Click an area on the map, or choose a borough above. Keyboard: go to the map "
            "with Tab, move with the arrow keys, pick with Enter.</p>"
        )
    name, words = cell.reach.borough, in_words(cell, way)
    looked = "This borough was mapped." if cell.reach.is_mapped else "This borough was not mapped."
    lines = [Markup("<b>{}</b>").format(words[0].upper() + words[1:]), looked]
    lines.append(Markup("<b>Residents:</b> {}").format(shown(residents_cell(cell))))
    lines.append(Markup("<b>People trained:</b> {}").format(shown(trained_cell(cell))))
    return Markup(
        '<h2>{}</h2><ul>{}</ul><p><a href="{}">The groups in the directory</a><br>'
        '<a href="{}">Open the profile of {}</a></p>'
    ).format(
        name,
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines),
        links.to("community_groups", borough=name, **directory, **state),
        links.to("borough_profile", borough=name, **state),
        name,
    )


@dataclass(frozen=True)
class Rung:
    """One step of the funnel: the groups whose furthest step it is, how many came to it or to a later one, and the
    facts behind these. `most`: how many groups there are."""

    step: str
    names: tuple[str, ...]
    at_least: int
    most: int
    fact_keys: tuple[str, ...]


def funnel(cell: CoverageCell) -> list[Rung]:
    """The steps in their order, of a cell `with_groups`. Each group stands on one rung, that of its furthest step.

    None where there is no group: six noughts would read like six findings.
    """
    groups = _groups(cell)
    if not groups:
        return []
    rungs = []
    for place, code in enumerate(STEP.codes):
        came = [keys for _, step, keys in groups if STEP.codes.index(step) >= place]
        sources = tuple(sorted({key for keys in came for key in keys}))
        names = tuple(name for name, step, _ in groups if step == code)
        rungs.append(Rung(STEP.label(code), names, cell.reach.at_least[place], len(groups), sources))
    return rungs


def no_funnel(cell: CoverageCell) -> str:
    """What stands in place of a funnel without a group. That none is known does not mean that none is there."""
    sentence = "No group of this choice is in the register by this date. That is not the same as no community activity."
    if cell.reach.borough is None:
        return sentence
    return f"{sentence} {cell.reach.borough} was {'mapped' if cell.reach.is_mapped else 'not mapped'}."


def _groups(cell: CoverageCell) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, furthest step and facts of each group of a cell."""
    standing = cell.standing
    return list(zip(standing.names, standing.reached, standing.keys, strict=True)) if standing else []


def _opening(names: Sequence[str]) -> Opening:
    """The groups behind a number."""
    return Opening(counted(len(names), "group"), tuple(names))


def _sources(fact_keys: Sequence[str]) -> Sources:
    return Sources(tuple(fact_keys[:MOST_CITED]))


def funnel_columns() -> tuple[Col[Rung], ...]:
    """The funnel as a table: groups only."""

    def names(rung: Rung) -> Cell:
        return _opening(rung.names) if rung.names else Absent(words="no group stops here")

    return (
        Col("Step", lambda rung: rung.step, "head"),
        Col("This step or later", lambda rung: rung.at_least, "number"),
        Col("", lambda rung: Bar(rung.at_least, rung.most), "bars"),
        Col("Furthest step", lambda rung: len(rung.names), "number"),
        Col("Which", names),
        Col("Source", lambda rung: _sources(rung.fact_keys)),
    )


def beside(cell: CoverageCell) -> Markup:
    """Residents and people trained of the same choice: people, who are no groups."""
    census = f"residents, census of {cell.residents.census}" if cell.people is not None else "residents"
    unit = f"trained ({UNIT_OF_COUNT.label(cell.trained.unit)})" if cell.trained else "people trained"
    return Markup(
        '<h3>Beside the groups: people</h3><div class="figures"><div><div class="mid">{}</div><p>{}</p></div>'
        '<div><div class="mid">{}</div><p>{}</p>{}</div></div>'
        '<p class="note">{} People are no groups: these numbers are not part of the funnel and not shares of it.</p>'
    ).format(
        shown(residents_cell(cell)),
        census,
        shown(trained_cell(cell)),
        unit,
        shown(Sources(cell.trained.fact_keys)) if cell.trained else "",
        how_to_load() if cell.residents is None else "",
    )


def columns(head: str, way: str) -> tuple[Col[CoverageCell], ...]:
    """The columns of a table of cells, by borough or by community: `head` says which."""

    def first(cell: CoverageCell) -> str:
        if head == "Borough":
            return cell.reach.borough or PLACES[cell.reach.place]
        return cell.reach.label

    def mapped(cell: CoverageCell) -> Cell:
        if cell.reach.borough is None:
            return Absent("not_asked")
        return "mapped" if cell.reach.is_mapped else Absent(words="not mapped")

    def state(cell: CoverageCell) -> Cell:
        if cell.reach.borough is None:
            return counted(cell.reach.groups, "group") if cell.reach.groups else Absent(words="no group")
        look = looks(way)[cell.state]
        return Absent(words=look.word) if cell.state in (NONE, NOT_MAPPED) else State(look.word, look.symbol)

    def none(cell: CoverageCell) -> Absent:
        is_silent = cell.reach.borough is None or cell.reach.is_mapped
        return Absent(words="none" if is_silent else "not mapped")

    def step(place: int) -> Col[CoverageCell]:
        def cell_of(cell: CoverageCell) -> Cell:
            return cell.reach.at_least[place] if cell.reach.groups else none(cell)

        return Col(STEP.label(STEP.codes[place]), cell_of, "number")

    def groups(cell: CoverageCell) -> Cell:
        names = [f"{name} ({STEP.label(code).lower()})" for name, code, _ in _groups(cell)]
        return _opening(names) if names else none(cell)

    return (
        Col(head, first, "head"),
        *((Col("Mapped", mapped),) if head == "Borough" else ()),
        Col("What is reported", state),
        Col("Residents", residents_cell, "number"),
        *(step(place) for place in range(len(STEP.codes))),
        Col("People trained", trained_cell, "number"),
        Col("Which groups", groups),
        Col("Source", lambda cell: _sources(cell.standing.fact_keys if cell.standing else ())),
    )


def in_borough(found: Sequence[CoverageCell], gss_code: str) -> list[CoverageCell]:
    """The cells of one borough of which there is something to say, community by community, by label."""
    own = [cell for cell in found if cell.reach.place == gss_code and cell.reach.community is not None]
    said = [cell for cell in own if cell.state not in (NONE, NOT_MAPPED)]
    return sorted(said, key=lambda cell: cell.reach.label)


def by_community(way: str, as_at: date, gss_code: str) -> list[CoverageCell]:
    """The cells of one borough of which there is something to say, each with what stands behind it."""
    behind = ask(coverage_reach.of_place, way, as_at, gss_code)
    return with_groups(in_borough(kept(cells, way, as_at), gss_code), behind)


def by_community_caption(borough: str) -> str:
    """The caption of their table."""
    return f"{borough}, community by community: how many groups came to each step or further"


def kept_by_community(way: str, as_at: date, gss_code: str, borough: str) -> Markup:
    """Their table as `ui.data.kept` wants it: it stays the same from one choice of community to the next."""
    return table(by_community_caption(borough), columns("Community", way), by_community(way, as_at, gss_code))
