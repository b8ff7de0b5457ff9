"""Where the 32 boards lie: which share a land border, which face each other across the Thames, and their middles.

A joint board lies where all of its areas lie. Everything is computed from the outlines once and kept; the answers are
shared, so treat them as read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import geopandas as gpd
import shapely

from geo.areas import NATIONAL_GRID, land_neighbours, load_areas
from geo.names import areas_of, authority_boards, board_of

WIDEST = 700
"""Metres. The tidal Thames is some 150 m wide at Hammersmith and 650 m between Havering and Bexley. A longer line over
water runs along the river and not across it: Southwark to Greenwich, past Lewisham on the same bank."""

ON_LAND = 1
"""Metres of a line that may touch other areas: what rounding of the outlines makes of none."""


@cache
def all_boards() -> tuple[str, ...]:
    """Return the codes of the boards, in order."""
    return tuple(sorted({line.board for line in authority_boards().values()}))


@cache
def boards_beside() -> dict[str, tuple[str, ...]]:
    """Return board -> boards that share a land border with it, in order of code."""
    return _by_board(land_neighbours())


@cache
def boards_across_the_thames() -> dict[str, tuple[str, ...]]:
    """Return board -> boards that face it across the tidal Thames and share no land border with it, in order of code.

    Computed with `faces_in`. Boards that meet on land and also face each other across the river (Hounslow and Richmond
    upon Thames) are neighbours by land. Outlines that meet in the middle of the river have no such pairs.
    """
    across, beside = _by_board(faces_in(load_areas().geometry.to_crs(NATIONAL_GRID))), boards_beside()
    return {board: tuple(sorted({*others} - {*beside[board]})) for board, others in across.items()}


def faces_in(shapes: gpd.GeoSeries) -> dict[str, tuple[str, ...]]:
    """Return index label -> labels of the shapes that face it over water, in order. `shapes` is in metres.

    Two shapes face each other where they do not touch, the shortest line between them is at most `WIDEST` long, and
    it runs over none of the shapes: the outlines leave no gap but the river.
    """
    land = shapely.union_all(shapes.array)
    faces: dict[str, set[str]] = {label: set() for label in shapes.index}
    near = shapes.sindex.query(shapes, predicate="dwithin", distance=WIDEST)
    for one, other in zip(*near, strict=True):
        line = shapely.shortest_line(shapes.iloc[one], shapes.iloc[other])
        if line.length > 0 and line.intersection(land).length <= ON_LAND:
            faces[shapes.index[one]].add(shapes.index[other])
    return {label: tuple(sorted(others)) for label, others in faces.items()}


@cache
def board_middles() -> dict[str, tuple[float, float]]:
    """Return board -> metres east and north of its middle on the National Grid: the centroid of all its land."""
    shapes = load_areas().geometry.to_crs(NATIONAL_GRID)
    middles = {}
    for board in all_boards():
        middle = shapely.union_all([shapes[code] for code in areas_of(board)]).centroid
        middles[board] = (middle.x, middle.y)
    return middles


def north_to_south(boards: Iterable[str]) -> list[str]:
    """Return the boards by their middles, the northernmost first."""
    return sorted(boards, key=lambda board: (-board_middles()[board][1], board))


def west_to_east(boards: Iterable[str]) -> list[str]:
    """Return the boards by their middles, the westernmost first."""
    return sorted(boards, key=lambda board: (board_middles()[board][0], board))


def _by_board(by_area: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """From areas to their boards; a board is no neighbour of itself."""
    found: dict[str, set[str]] = {board: set() for board in all_boards()}
    for code, others in by_area.items():
        found[board_of(code)].update(board_of(other) for other in others)
    return {board: tuple(sorted(others - {board})) for board, others in found.items()}
