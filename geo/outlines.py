"""What every set of outlines goes through before the maps draw it: thinning, checks, and the text of the file.

Used for the shipped outlines (`geo.rebuild_boundaries`) and for those a user brings (`python -m etl boundaries`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

CREDIT = "Contains National Statistics and OS data © Crown copyright and database right"

# British National Grid with its seven-parameter shift written out: plain EPSG:27700 uses a finer grid file where the
# machine happens to have one, and the file would then differ from machine to machine.
NATIONAL_GRID = (
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs"
)
TOLERANCE_M = 60
DECIMALS = 5
LARGEST_BYTES = 120_000
AREA_TOLERANCE = 0.01


class BoundaryFault(ValueError):
    """Outlines are not what they should be, or the file they come from is not; the message says which check failed."""


def thin(areas: gpd.GeoDataFrame, tolerance: float = TOLERANCE_M) -> gpd.GeoDataFrame:
    """Simplify all areas together, so that shared borders stay shared; round to 5 decimals (about a metre).

    tolerance: in metres; larger takes away more.
    """
    grid = areas.to_crs(NATIONAL_GRID)
    grid["geometry"] = shapely.coverage_simplify(grid.geometry.array, tolerance)
    thinned = grid.to_crs("EPSG:4326")
    thinned["geometry"] = [
        as_polygon(shapely.transform(shape, lambda points: np.round(points, DECIMALS))) for shape in thinned.geometry
    ]
    return thinned


def as_polygon(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a multipolygon of one part as that part, in a fixed ring order, so that the bytes are always the same."""
    shape = shape.normalize()
    return shape.geoms[0] if shape.geom_type == "MultiPolygon" and len(shape.geoms) == 1 else shape


def check(thinned: gpd.GeoDataFrame, original: gpd.GeoDataFrame, expected: dict[str, str]) -> None:
    """Raise BoundaryFault unless `thinned` is a full, valid and faithful cover of the expected areas.

    expected: GSS code -> borough name, from borough.csv. Areas may differ from the original by at most 1 %.
    """
    found = dict(zip(thinned["gss_code"], thinned["borough"], strict=True))
    if found.keys() != expected.keys():
        raise BoundaryFault(f"the codes differ from borough.csv: {sorted(found.keys() ^ expected.keys())}")
    if invalid := [found[code] for code, ok in zip(thinned["gss_code"], thinned.is_valid, strict=True) if not ok]:
        raise BoundaryFault(f"not valid after thinning: {', '.join(invalid)}")
    if not shapely.coverage_is_valid(thinned.geometry.array):
        raise BoundaryFault("the thinned areas overlap or their shared borders do not match")
    ratio = thinned.to_crs(NATIONAL_GRID).area / original.to_crs(NATIONAL_GRID).area
    for code, value in zip(thinned["gss_code"], ratio, strict=True):
        if abs(value - 1) > AREA_TOLERANCE:
            raise BoundaryFault(f"{found[code]} changed its area by {value - 1:.1%}, past {AREA_TOLERANCE:.0%}")


def as_geojson(areas: gpd.GeoDataFrame, expected: dict[str, str], source: str) -> str:
    """Return the GeoJSON text, one area a line, with the credit and the source at the top and the names of borough.csv.

    Raise BoundaryFault where it is larger than a map should send.
    """
    head = {"type": "FeatureCollection", "name": "london_boroughs", "credit": CREDIT, "source": source}
    features = [
        {
            "type": "Feature",
            "properties": {"gss_code": code, "borough": expected[code]},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, shape in zip(areas["gss_code"], areas.geometry, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":"), ensure_ascii=False) for feature in features)
    text = f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{lines}\n]}}\n'
    if len(text.encode()) >= LARGEST_BYTES:
        raise BoundaryFault(f"the file would be {len(text.encode()):,} bytes; it must stay under {LARGEST_BYTES:,}")
    return text


def write(text: str, target: Path) -> None:
    """Write `text` to `target` in one step: never leave half a file where the dashboard looks."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".part")
    with aside.open("w", encoding="utf-8", newline="\n") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, target)
