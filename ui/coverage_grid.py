"""The grid of communities by boroughs: a symbol and a word in each cell, and the same in a table, borough by borough.

It counts nothing. Columns and rows hold the places and communities for which something is named; the rest is said in
words, so that a place that was not mapped never reads like a place where nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui import links
from ui.cells import Absent, Cell, Several, Sources
from ui.data import ask
from ui.fill import fill
from ui.grid_cue import GOES_ON
from ui.table import Col
from ui.words import day, listed
from warehouse.queries import groups
from warehouse.queries.coverage import COMMUNITY_NAMED, GROUP_NAMED, NONE_NAMED, NOT_MAPPED, Coverage, coverage
from warehouse.schema.places import COMMUNITY_FACET

STATES = {
    GROUP_NAMED: ("●", "group named", "a group of the community is named, with its place or a contact here"),
    COMMUNITY_NAMED: ("○", "community named, no group", "the community is named here, and no group of it"),
    NONE_NAMED: ("–", "none named", "this borough is mapped; neither community nor group is named"),
    NOT_MAPPED: (
        "?",
        "not mapped",
        "no board statement of 2007; neither community nor group is named, so silence says nothing",
    ),
}
"""Each state: its symbol, its word, and what it means. Its pattern is in the style sheet, under its name."""

NAMED = (GROUP_NAMED, COMMUNITY_NAMED)
MOST_NAMED = 8
"""Groups named in the words of one cell. Its link leads to all of them."""


@dataclass(frozen=True)
class BoroughRow:
    """One borough of the table beside the grid: what is named in it, and whether it was mapped."""

    gss_code: str
    borough: str
    is_mapped: bool
    with_group: tuple[str, ...]
    without_group: tuple[str, ...]
    groups: tuple[str, ...]
    fact_keys: tuple[str, ...]


def _by_borough(cells: Sequence[Coverage]) -> list[Coverage]:
    return sorted(cells, key=lambda cell: (cell.borough, cell.label))


def borough_rows(cells: Sequence[Coverage]) -> list[BoroughRow]:
    """The cells of all communities, borough by borough, in the order of the boroughs' names."""
    by_borough: dict[str, list[Coverage]] = {}
    for cell in _by_borough(cells):
        by_borough.setdefault(cell.gss_code, []).append(cell)
    return [
        BoroughRow(
            code,
            own[0].borough,
            own[0].is_mapped,
            tuple(cell.label for cell in own if cell.state == GROUP_NAMED),
            tuple(cell.label for cell in own if cell.state == COMMUNITY_NAMED),
            tuple(sorted({name for cell in own if cell.state == GROUP_NAMED for name in cell.words})),
            tuple(sorted({key for cell in own for key in cell.fact_keys})),
        )
        for code, own in by_borough.items()
    ]


def borough_columns() -> tuple[Col[BoroughRow], ...]:
    """The columns of the table that says the same as the grid."""

    def communities(row: BoroughRow, labels: tuple[str, ...]) -> Cell:
        return listed(labels) or Absent(words=STATES[NONE_NAMED if row.is_mapped else NOT_MAPPED][1])

    return (
        Col("Borough", lambda row: row.borough, "head"),
        Col("Mapped", lambda row: "mapped" if row.is_mapped else Absent(words=STATES[NOT_MAPPED][1])),
        Col("Communities with a group named", lambda row: communities(row, row.with_group)),
        Col("Communities named, no group", lambda row: communities(row, row.without_group)),
        Col("Groups behind it", lambda row: Several(row.groups) or communities(row, ())),
        Col("Source", lambda row: Sources(row.fact_keys)),
    )


def grid(
    cells: Sequence[Coverage],
    *,
    faiths: Collection[str],
    only: Collection[str] = (),
    state: dict[str, str | None],
) -> Markup:
    """The grid as HTML, with its legend; an empty `Markup` where nothing is named.

    faiths: codes of communities that the directory offers as faiths, so that a link can ask for them.
    only: codes of communities; their rows alone are drawn.
    state: what else stands in the links, such as the as-at date.
    """
    boroughs = columns(cells)
    communities = {cell.community for cell in cells if cell.state in NAMED}
    communities &= set(only) or communities
    if not communities:
        return Markup("")
    heads = Markup("").join(_head(name, state) for name in boroughs.values())
    body, facet, row = [], "", ""
    for cell in (cell for cell in cells if cell.community in communities and cell.gss_code in boroughs):
        if cell.facet != facet:
            facet = cell.facet
            body.append(
                Markup('<tr class="facet"><th scope="rowgroup" colspan="{}"><span>{}</span></th></tr>').format(
                    len(boroughs) + 1, COMMUNITY_FACET.label(facet)
                )
            )
        if cell.community != row:
            row = cell.community
            body.append(Markup('<tr><th scope="row">{}</th>').format(cell.label))
        body.append(_cell(cell, faiths, state))
    return legend() + Markup(
        '<p class="screen"><a href="#after-the-grid">Skip the grid</a></p>'
        '<div class="grid" tabindex="0" role="region" aria-label="Grid: communities by boroughs">{}<table>'
        '<caption class="vh">Communities by boroughs: what is named in which</caption>'
        '<thead><tr><th scope="col">Community</th>{}</tr></thead><tbody>{}</tbody></table></div>'
        '<span id="after-the-grid" tabindex="-1"></span>'
    ).format(GOES_ON, heads, Markup("").join(body))


def kept_grid(as_at: date, only: tuple[str, ...], mine: str | None) -> Markup:
    """The grid as at a date, as `ui.data.kept` wants it: `only` as in `grid`, `mine` the name of one's own borough."""
    faiths = {choice.code for choice in ask(groups.faiths)}
    return grid(ask(coverage, as_at), faiths=faiths, only=only, state={"mine": mine, "as_at": day(as_at)})


def columns(cells: Sequence[Coverage]) -> dict[str, str]:
    """The boroughs that have a column in the grid, by name: GSS code and name."""
    return {cell.gss_code: cell.borough for cell in _by_borough(cells) if cell.state in NAMED}


def _head(name: str, state: dict[str, str | None]) -> Markup:
    to = links.to("borough_profile", borough=name, **state)
    return Markup('<th scope="col"><a href="{}">{}</a></th>').format(to, name)


def _cell(cell: Coverage, faiths: Collection[str], state: dict[str, str | None]) -> Markup:
    symbol, word, _ = STATES[cell.state]
    names = f": {listed(cell.words, MOST_NAMED)}" if cell.state in NAMED else ""
    full = f"{cell.label}, {cell.borough}: {word}{names}"
    inner = fill('<span aria-hidden="true">{}</span><span class="vh">{}</span>', symbol, full)
    if cell.state == GROUP_NAMED:
        key = "group_faith" if cell.community in faiths else "group_community"
        to = links.to("community_groups", borough=cell.borough, **{key: cell.label}, **state)
        inner = fill('<a href="{}">{}</a>', to, inner)
    elif cell.state == COMMUNITY_NAMED:
        inner = Markup('<a href="{}">{}</a>').format(links.to("borough_profile", borough=cell.borough, **state), inner)
    return fill('<td class="{}" title="{}">{}</td>', cell.state, full, inner)


def legend() -> Markup:
    """The four states, each with its symbol on its pattern, its word and what it means."""
    entries = Markup("").join(
        Markup('<li><i class="{}" aria-hidden="true">{}</i> <span><b>{}</b>: {}</span></li>').format(state, *words)
        for state, words in STATES.items()
    )
    return Markup('<ul class="legend grid-legend" aria-label="Legend of the grid">{}</ul>').format(entries)


def not_in_the_grid(cells: Sequence[Coverage]) -> list[str]:
    """Sentences on the boroughs and communities that have no column or row: mapped or not, apart."""
    rows = borough_rows(cells)
    bare = [row for row in rows if not (row.with_group or row.without_group)]
    looked = [row.borough for row in bare if row.is_mapped]
    not_looked = [row.borough for row in bare if not row.is_mapped]
    named = {cell.community for cell in cells if cell.state in NAMED}
    rest = dict.fromkeys(cell.label for cell in cells if cell.community not in named)
    sentences = []
    if looked:
        sentences.append(f"Mapped, and no community named: {listed(looked)}.")
    if not_looked:
        sentences.append(f"Not mapped, and no community named either: {listed(not_looked)}.")
    if rest:
        sentences.append(f"On the list of communities, and named for no borough: {listed(sorted(rest))}.")
    return sentences
