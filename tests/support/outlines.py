"""Files of outlines in the forms that people bring, all made from the shipped ones."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.areas import BOUNDARIES, read_areas
from geo.names import area_codes, borough_names
from geo.outlines import NATIONAL_GRID

OLD_CODES = {code: old for old, code in area_codes().items() if old != code}


def shipped() -> gpd.GeoDataFrame:
    """The shipped areas: gss_code, borough, geometry; EPSG:4326."""
    return read_areas(BOUNDARIES).reset_index()


def in_grid(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return areas.to_crs(NATIONAL_GRID)


def geojson(folder: Path, areas: gpd.GeoDataFrame, columns: dict[str, list], *, declare: bool = True) -> Path:
    """GeoJSON with these columns; without a word on coordinates where not `declare`."""
    frame = gpd.GeoDataFrame(columns, geometry=list(areas.geometry), crs=areas.crs if declare else None)
    content = json.loads(frame.to_json(drop_id=True))
    if not declare:
        content.pop("crs", None)
    path = folder / "brought.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def of_ons(folder: Path) -> Path:
    areas = shipped()
    return geojson(folder, areas, {"FID": list(range(33)), "LAD13CD": list(areas["gss_code"]), "LAD13NM": ["x"] * 33})


def lower_case(folder: Path) -> Path:
    areas = shipped()
    return geojson(folder, areas, {"lad19nm": list(areas["borough"]), "lad19cd": list(areas["gss_code"].str.lower())})


def names_only(folder: Path) -> Path:
    return geojson(folder, shipped(), {"name": [f"London Borough of {n}" if n != "City of London" else n
                                                for n in borough_names().values()]})  # fmt: skip


def undeclared_metres_with_old_codes(folder: Path) -> Path:
    areas = in_grid(shipped())
    return geojson(folder, areas, {"code": [OLD_CODES[code] for code in areas["gss_code"]]}, declare=False)


def national(folder: Path) -> Path:
    areas = shipped()
    elsewhere = {"gss_code": ["E06000005", "W06000011"], "borough": ["Darlington", "Swansea"]}
    shapes = [shapely.box(-2, 54, -1, 55), shapely.box(-4, 51, -3, 52)]
    far = gpd.GeoDataFrame(elsewhere, geometry=shapes, crs="EPSG:4326")
    both = gpd.GeoDataFrame(pd.concat([far, areas], ignore_index=True), crs="EPSG:4326")
    return geojson(folder, both, {"LAD22CD": list(both["gss_code"]), "LAD22NM": list(both["borough"])})


def shapefile(folder: Path) -> Path:
    areas = shipped().to_crs("EPSG:27700").rename(columns={"gss_code": "GSS_CODE", "borough": "NAME"})
    areas.to_file(folder / "brought.shp")
    return folder / "brought.shp"


def shapefile_without_projection(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".prj").unlink()
    return path


def zipped_shapefile(folder: Path) -> Path:
    path = shapefile(folder)
    with zipfile.ZipFile(folder / "statistical gis.zip", "w") as archive:
        for end in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(path.with_suffix(end), f"gis/ESRI/London_Borough{end}")
        archive.writestr("gis/readme.txt", "Made for a test.")
    return folder / "statistical gis.zip"


def web_mercator(folder: Path) -> Path:
    shipped().to_crs("EPSG:3857").to_file(folder / "brought.gpkg")
    return folder / "brought.gpkg"


def topojson(folder: Path) -> Path:
    arcs, geometries = [], []
    for name, shape in zip(borough_names().values(), shipped().geometry, strict=True):
        parts = []
        for part in shapely.get_parts(shape):
            rings = []
            for ring in (part.exterior, *part.interiors):
                rings.append([len(arcs)])
                arcs.append([list(point) for point in ring.coords])
            parts.append(rings)
        geometries.append({"type": "MultiPolygon", "arcs": parts, "id": name, "properties": {}})
    topology = {"type": "Topology", "objects": {"boroughs": {"type": "GeometryCollection", "geometries": geometries}},
                "arcs": arcs}  # fmt: skip
    (folder / "brought.json").write_text(json.dumps(topology), encoding="utf-8")
    return folder / "brought.json"


def halves(folder: Path) -> Path:
    """Each area in two rows, its western and its eastern half, as wards or parts of an area would come."""
    areas = shipped()
    rows = []
    for code, shape in zip(areas["gss_code"], areas.geometry, strict=True):
        west, south, east, north = shape.bounds
        middle = (west + east) / 2
        rows.append((code, shapely.intersection(shape, shapely.box(west, south, middle, north))))
        rows.append((code, shapely.intersection(shape, shapely.box(middle, south, east, north))))
    frame = gpd.GeoDataFrame(geometry=[shape for _, shape in rows], crs="EPSG:4326")
    return geojson(folder, frame, {"LB_GSS_CD": [code for code, _ in rows]})


def changed(folder: Path, code: str, change: Callable[[shapely.Geometry], shapely.Geometry]) -> Path:
    """The shipped outlines with one shape changed, in metres."""
    areas = in_grid(shipped())
    areas["geometry"] = [change(shape) if code == own else shape
                         for own, shape in zip(areas["gss_code"], areas.geometry, strict=True)]  # fmt: skip
    return geojson(folder, areas.to_crs("EPSG:4326"), {"GSS_CODE": list(areas["gss_code"])})


def with_bow_tie(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape with a ring that crosses itself in a corner a few metres long."""
    points = list(shape.exterior.coords)
    x, y = points[0]
    return shapely.Polygon([*points[:-1], (x + 3, y + 3), (x + 3, y), (x, y + 3), points[-1]])
