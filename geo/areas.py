"""The 33 areas drawn on the maps, and which of them lie beside which.

Read from `data/boundaries/london_boroughs.geojson` where a user has put outlines of their own there (`python -m etl
boundaries`), else from the shipped `data/reference/london_boroughs.geojson`. Everything is computed once and kept, so a
running dashboard takes new outlines when it is restarted. The answers are shared: treat them as read-only.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import geopandas as gpd
import shapely

DATA = Path(__file__).resolve().parent.parent / "data"
BOUNDARIES = DATA / "reference" / "london_boroughs.geojson"
REPLACEMENT = DATA / "boundaries" / "london_boroughs.geojson"
NATIONAL_GRID = "EPSG:27700"

# Direction of each arrow key on the National Grid: (east, north).
ARROWS = {"ArrowUp": (0, 1), "ArrowRight": (1, 0), "ArrowDown": (0, -1), "ArrowLeft": (-1, 0)}


@cache
def load_areas() -> gpd.GeoDataFrame:
    """Return the 33 areas: index gss_code, columns borough and geometry, EPSG:4326, in order of code."""
    return read_areas(boundaries_file())


def boundaries_file() -> Path:
    """Return the file of outlines in use: the user's own where there is one, else the shipped one."""
    return REPLACEMENT if REPLACEMENT.is_file() else BOUNDARIES


def read_areas(file: Path) -> gpd.GeoDataFrame:
    """Return the areas of one of our own files of outlines, in the form of `load_areas`."""
    frame = gpd.read_file(file, columns=["gss_code", "borough"])
    return frame.set_index("gss_code").sort_index()[["borough", "geometry"]]


@cache
def boundary_credit() -> str:
    """Return the line that has to stand wherever the boundaries are shown."""
    return json.loads(boundaries_file().read_text(encoding="utf-8"))["credit"]


@cache
def land_neighbours() -> dict[str, tuple[str, ...]]:
    """Return GSS code -> codes of the areas that share a land border with it, in order of code.

    The shapes end at the tidal Thames, so boroughs that face each other across it are no neighbours.
    """
    return neighbours_in(load_areas().geometry)


def neighbours_in(shapes: gpd.GeoSeries) -> dict[str, tuple[str, ...]]:
    """Return index label -> labels of the shapes that share a line with it; meeting in a point is not enough."""
    shared = {label: set() for label in shapes.index}
    for one, other in zip(*shapes.sindex.query(shapes, predicate="intersects"), strict=True):
        if one != other and shapely.intersection(shapes.iloc[one], shapes.iloc[other]).length > 0:
            shared[shapes.index[one]].add(shapes.index[other])
    return {label: tuple(sorted(others)) for label, others in shared.items()}


@cache
def arrow_steps() -> dict[str, dict[str, str]]:
    """Return GSS code -> arrow key -> the area that key leads to; keys that lead nowhere are left out.

    A step goes to the area whose middle lies nearest within 45 degrees of the key's direction, where a land neighbour
    counts as half as far as it is: it follows borders where there are any and crosses the Thames where there are none.
    Every area can be reached from every other one (tested).
    """
    points = load_areas().to_crs(NATIONAL_GRID).representative_point()
    middles = {code: (point.x, point.y) for code, point in points.items()}
    steps: dict[str, dict[str, str]] = {}
    for code, neighbours in land_neighbours().items():
        targets = {key: _step(code, way, middles, neighbours) for key, way in ARROWS.items()}
        steps[code] = {key: target for key, target in targets.items() if target is not None}
    return steps


def _step(
    code: str, way: tuple[int, int], middles: dict[str, tuple[float, float]], neighbours: tuple[str, ...]
) -> str | None:
    """Return the area one step from `code` in the direction `way`, or None at the edge of London."""
    best: tuple[float, str] | None = None
    for other, (x, y) in middles.items():
        east, north = x - middles[code][0], y - middles[code][1]
        along = east * way[0] + north * way[1]
        across = abs(east * way[1]) + abs(north * way[0])
        if other == code or along <= 0 or across > along:
            continue
        distance = math.hypot(east, north) * (0.5 if other in neighbours else 1)
        if best is None or (distance, other) < best:
            best = (distance, other)
    return best[1] if best else None
