"""Finds the 33 areas in a layer: by code or by name, in whatever coordinates, with broken rings mended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj
import shapely

from etl.boundaries.layers import Layer, layers
from geo.names import area_codes, borough_names, find_borough
from geo.outlines import NATIONAL_GRID, BoundaryFault

DEGREES = shapely.box(-180, -90, 180, 90)
LONDON = shapely.box(-0.8, 51.1, 0.7, 51.9)
LONDON_GRID = shapely.box(490_000, 140_000, 580_000, 220_000)
OVERLAP_M2 = 10_000


@dataclass(frozen=True)
class Source:
    """The 33 areas of a layer: gss_code, borough, geometry; EPSG:4326, in order of code.

    `rows` counts the rows they were made from, `mended` names the areas whose rings were broken, `placed_by` says by
    which column the areas were found and in which coordinates they came.
    """

    layer: Layer
    areas: gpd.GeoDataFrame
    rows: int
    mended: tuple[str, ...]
    placed_by: str


def read_source(path: Path, layer: str | None = None) -> Source:
    """The 33 areas in `path`. Of several layers, the one where each area is one row; `layer` names it where that is
    not enough. Raises `BoundaryFault`."""
    candidates = layers(path)
    if layer is not None:
        names = ", ".join(one.name for one in candidates)
        candidates = [one for one in candidates if layer in (one.layer, one.name)]
        if not candidates:
            raise BoundaryFault(f"{path.name} has no layer {layer}; it has {names}")
    found: list[Source] = []
    reasons: list[str] = []
    for one in candidates:
        try:
            found.append(_read_layer(one))
        except BoundaryFault as fault:
            reasons.append(str(fault))
    if not found:
        raise BoundaryFault("\n".join(reasons))
    whole = [source for source in found if source.rows == len(source.areas)] or found
    if len(whole) > 1:
        names = "; ".join(source.layer.name for source in whole)
        raise BoundaryFault(f"{len(whole)} layers hold the 33 areas: {names}. Name one of them with --layer")
    return whole[0]


def _read_layer(layer: Layer) -> Source:
    frame = layer.read()
    column, codes = _area_column(frame, layer.name)
    chosen = frame[codes.notna()].assign(gss_code=codes[codes.notna()])
    _check_types(chosen, layer.name)
    placed, coordinates = _placed(chosen, layer.name)
    names = borough_names()
    broken = placed[~placed.is_valid]
    shapes = {code: _polygons([_mend(shape) for shape in group]) for code, group in _by_code(placed)}
    areas = gpd.GeoDataFrame(
        {"gss_code": list(names), "borough": list(names.values())},
        geometry=[_whole(names[code], shapes[code], layer.name) for code in names],
        crs="EPSG:4326",
    )
    mended = tuple(names[code] for code in names if code in set(broken["gss_code"]))
    return Source(layer, areas, len(chosen), mended, f"{column}, {coordinates}")


def _by_code(frame: gpd.GeoDataFrame) -> list[tuple[str, list[shapely.Geometry]]]:
    return [(str(code), list(group.geometry)) for code, group in frame.groupby("gss_code")]


def _area_column(frame: gpd.GeoDataFrame, name: str) -> tuple[str, pd.Series]:
    """The column that says which area a row is, and the GSS code of each row (None outside London).

    Codes of today or of before 2009 are preferred to names. The column's own name does not matter.
    """
    texts = {column: frame[column].astype(str).str.strip() for column in frame.columns if column != frame.geometry.name}
    found: dict[str, pd.Series] = {}
    for lookup in (lambda text: area_codes().get(text.upper()), find_borough):
        for column, text in texts.items():
            known = {one: lookup(one) for one in text.unique()}
            codes = text.map(known)
            if codes.nunique() == len(borough_names()):
                return column, codes
            found.setdefault(column, codes)
            found[column] = max(found[column], codes, key=lambda one: one.nunique())
    best = max(found, key=lambda column: found[column].nunique(), default=None)
    if best is None or found[best].nunique() == 0:
        columns = ", ".join(texts) or "none"
        raise BoundaryFault(f"{name}: no column holds codes or names of London boroughs; its columns are {columns}")
    missing = [borough for code, borough in borough_names().items() if code not in set(found[best].dropna())]
    raise BoundaryFault(f"{name}: {len(missing)} of the 33 areas are missing from column {best}: {', '.join(missing)}")


def _check_types(chosen: gpd.GeoDataFrame, name: str) -> None:
    for code, shape in zip(chosen["gss_code"], chosen.geometry, strict=True):
        if shape is None or shape.is_empty:
            raise BoundaryFault(f"{name}: {borough_names()[code]} has no shape")
        if shape.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection"):
            raise BoundaryFault(f"{name}: {borough_names()[code]} is a {shape.geom_type}, expected a polygon")


def _placed(chosen: gpd.GeoDataFrame, name: str) -> tuple[gpd.GeoDataFrame, str]:
    """The rows in EPSG:4326, and in words which coordinates they came in.

    What a file declares is believed only as far as its numbers allow: GeoJSON is read as degrees even where it holds
    metres. British National Grid is read with the shift that our own outlines use, whatever grid files a machine has.
    """
    flat = chosen.set_geometry(shapely.force_2d(chosen.geometry.array))
    extent = shapely.box(*flat.total_bounds)
    declared = flat.crs
    if declared is None or (declared.is_geographic and not DEGREES.contains(extent)):
        if LONDON.contains(extent):
            crs, words = "EPSG:4326", "WGS84 (not declared)"
        elif LONDON_GRID.contains(extent):
            crs, words = NATIONAL_GRID, "British National Grid (not declared)"
        else:
            raise BoundaryFault(
                f"{name}: the coordinates ({_shown(extent)}) are neither degrees nor British National Grid in London"
            )
        placed = flat.set_crs(crs, allow_override=True)
    elif _is_national_grid(declared):
        placed, words = flat.set_crs(NATIONAL_GRID, allow_override=True), "British National Grid"
    else:
        placed, words = flat, declared.name
    placed = placed.to_crs("EPSG:4326")
    if not LONDON.contains(shapely.box(*placed.total_bounds)):
        raise BoundaryFault(
            f"{name}: read as {words}, the coordinates ({_shown(extent)}) do not lie in London. The file may declare "
            "the wrong coordinates, or have north and east exchanged"
        )
    return placed, words


def _is_national_grid(crs: pyproj.CRS) -> bool:
    return crs.to_epsg() == 27700 or "british national grid" in crs.name.replace("_", " ").casefold()


def _shown(extent: shapely.Geometry) -> str:
    west, south, east, north = extent.bounds
    return f"{west:.6g} to {east:.6g} and {south:.6g} to {north:.6g}"


def _mend(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape with broken rings mended: rings that cross themselves are parted, slivers of no width dropped."""
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _polygons(shapes: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """The polygons among the parts of each shape, one multipolygon a shape; lines and points are dropped."""
    parts = [[part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"] for shape in shapes]
    return [shapely.MultiPolygon(of) for of in parts]


def _whole(borough: str, shapes: list[shapely.Geometry], name: str) -> shapely.Geometry:
    """The one shape of an area that several rows make up. Rows that overlap are two versions of it: refused."""
    if len(shapes) == 1:
        return shapes[0]
    grid = gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs(NATIONAL_GRID)
    if grid.area.sum() - shapely.union_all(grid.array).area > OVERLAP_M2:
        raise BoundaryFault(f"{name}: {borough} is there {len(shapes)} times, and the shapes overlap; expected one")
    return shapely.union_all(shapes)
