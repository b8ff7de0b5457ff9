"""The grid of communities by boroughs: one state a cell, as symbol, pattern and word, with a link to what is behind it.

All 33 areas have a column, mapped or not. Groups for London as a whole, and groups without a place, have columns of
their own. It counts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from ui.coverage_cells import NONE, NOT_MAPPED, PLACES, CoverageCell, cells, in_words, looks
from ui.data import kept
from ui.fill import fill
from ui.grid_cue import GOES_ON
from warehouse.queries.coverage_reach import LONDON
from warehouse.schema.places import COMMUNITY_FACET

NAME = "Grid: communities by boroughs"


def rows(found: Sequence[CoverageCell], only: str | None = None) -> list[list[CoverageCell]]:
    """The rows of the grid: the cells of each community of which anything is named or that is large somewhere.

    only: the code of a community; its row alone is given. Every row has the same places in the same order.
    """
    by_community: dict[str, list[CoverageCell]] = {}
    for cell in found:
        if cell.reach.community is not None and (cell.reach.borough or cell.reach.place in PLACES):
            by_community.setdefault(cell.reach.community, []).append(cell)
    if only is not None:
        kept = [by_community[only]]
    else:
        kept = [own for own in by_community.values() if any(_says_something(cell) for cell in own)]
    used = {cell.reach.place for own in kept for cell in own if cell.reach.borough or cell.reach.groups} | {LONDON}
    return [[cell for cell in own if cell.reach.place in used] for own in kept]


def _says_something(cell: CoverageCell) -> bool:
    return cell.reach.groups > 0 or cell.state not in (NONE, NOT_MAPPED)


def kept_matrix(way: str, as_at: date, only: str | None, state: tuple[tuple[str, str], ...]) -> Markup:
    """The grid as at a date, as `ui.data.kept` wants it. only: as in `rows`. state: what else stands in the links."""

    def to(one: CoverageCell) -> str:
        return f"./coverage?{urlencode([*state, ('community', one.reach.label), ('borough', one.reach.borough)])}"

    return matrix(rows(kept(cells, way, as_at), only), way, to=to)


def column_of(kept_rows: Sequence[Sequence[CoverageCell]], place: str | None) -> int | None:
    """The number of the column of a place, from 0; None where it has none."""
    places = [cell.reach.place for cell in kept_rows[0]] if kept_rows else []
    return places.index(place) if place in places else None


def matrix(shown: Sequence[Sequence[CoverageCell]], way: str, *, to: Callable[[CoverageCell], str]) -> Markup:
    """The grid as HTML with its legend, from `rows`; an empty `Markup` where there is none.

    to: the address that a cell with something in it leads to.
    """
    if not shown:
        return Markup("")
    heads = Markup("").join(
        Markup('<th scope="col"><span>{}</span></th>').format(cell.reach.borough or PLACES[cell.reach.place])
        for cell in shown[0]
    )
    body, facet = [_mapped(shown[0])], ""
    for own in shown:
        if own[0].reach.facet != facet:
            facet = own[0].reach.facet
            body.append(
                Markup('<tr class="facet"><th scope="rowgroup" colspan="{}"><span>{}</span></th></tr>').format(
                    len(own) + 1, COMMUNITY_FACET.label(facet)
                )
            )
        cells = Markup("").join(_cell(cell, way, to) for cell in own)
        body.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(own[0].reach.label, cells))
    return legend(way) + Markup(
        '<p class="screen"><a href="#after-the-grid">Skip the grid</a></p>'
        '<div class="grid matrix" tabindex="0" role="region" aria-label="{}">{}<table>'
        '<caption class="vh">Communities by boroughs: how far groups were reached</caption>'
        '<thead><tr><th scope="col">Community</th>{}</tr></thead><tbody>{}</tbody></table></div>'
        '<span id="after-the-grid" tabindex="-1"></span>'
    ).format(NAME, GOES_ON, heads, Markup("").join(body))


def _mapped(own: Sequence[CoverageCell]) -> Markup:
    """The first row: whether each borough was mapped at all, whatever is in the rows below."""
    cells = Markup("").join(
        Markup('<td><span aria-hidden="true">{}</span><span class="vh">{}</span></td>').format(
            *(("✓", "mapped") if cell.reach.is_mapped else ("?", "not mapped"))
        )
        if cell.reach.borough
        else Markup('<td class="cv-nil"><span class="vh">not applicable</span></td>')
        for cell in own
    )
    return Markup('<tr><th scope="row">Was the borough mapped?</th>{}</tr>').format(cells)


def _cell(cell: CoverageCell, way: str, to: Callable[[CoverageCell], str]) -> Markup:
    reach, look = cell.reach, looks(way)[cell.state]
    if reach.borough is None and not reach.groups:
        return Markup('<td class="cv-nil"><span class="vh">no group</span></td>')
    if not _says_something(cell):
        return Markup('<td class="{}"><span aria-hidden="true">{}</span><span class="vh">{}</span></td>').format(
            look.css, look.symbol, look.word
        )
    place = reach.borough or PLACES[reach.place]
    full = f"{reach.label}, {place}: {in_words(cell, way)}"
    inner = fill('<span aria-hidden="true">{}</span><span class="vh">{}</span>', look.symbol, full)
    if reach.borough:
        inner = fill('<a href="{}">{}</a>', to(cell), inner)
    return fill('<td class="{}" title="{}">{}</td>', look.css, full, inner)


def legend(way: str) -> Markup:
    """Every state with its symbol on its pattern, its word and what it means."""
    entries = Markup("").join(
        Markup('<li><i class="{}" aria-hidden="true">{}</i> <span><b>{}</b>: {}</span></li>').format(
            look.css, look.symbol, look.word, look.meaning
        )
        for look in looks(way).values()
    )
    return Markup('<ul class="legend grid-legend cover-legend" aria-label="Legend of the grid">{}</ul>').format(entries)
