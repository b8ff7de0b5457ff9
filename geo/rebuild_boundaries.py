"""Rebuild `data/reference/london_boroughs.geojson` from Debian's package of R's spData.

The shipped boundaries come from `lnd`, the Greater London Authority's boroughs without the tidal Thames. To make them
again, fetch the package on any Debian system and name the file:

    apt-get download r-cran-spdata
    pip install rdata
    python -m geo.rebuild_boundaries r-cran-spdata_2.2.1-1_all.deb

`rdata` is needed for this command only. On the pinned versions the same package gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tarfile
import warnings
import zlib
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
TARGET = REFERENCE / "london_boroughs.geojson"
BOROUGHS = REFERENCE / "borough.csv"

CREDIT = "Contains National Statistics and OS data © Crown copyright and database right"
SOURCE = "lnd (Greater London Authority boroughs) in the R package spData, as packaged by Debian (CC0)"

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

STORE = "./usr/lib/R/site-library/spData/data/Rdata"


class BoundaryFault(ValueError):
    """The package or the boundaries made from it are not what they should be; the message says which check failed."""


def ar_members(raw: bytes) -> dict[str, bytes]:
    """Return the members of an ar archive (what a .deb is) by name. Raise BoundaryFault if it is none."""
    if not raw.startswith(b"!<arch>\n"):
        raise BoundaryFault("the file is not a Debian package: it does not begin like an ar archive")
    members: dict[str, bytes] = {}
    at = 8
    while at + 60 <= len(raw):
        header = raw[at : at + 60]
        size = int(header[48:58])
        members[header[:16].decode("ascii").strip().rstrip("/")] = raw[at + 60 : at + 60 + size]
        at += 60 + size + size % 2  # members begin at even offsets
    return members


def stored_object(deb: Path, name: str) -> bytes:
    """Return one R object, still in R's own format, from the data sets of the spData package in `deb`.

    The lazy-load store is two files: an index of offsets and lengths, and the objects one after another, each a
    four-byte length and a zlib stream.
    """
    members = ar_members(deb.read_bytes())
    if "data.tar.xz" not in members:
        raise BoundaryFault(f"{deb.name} holds no data.tar.xz, but {', '.join(members)}")
    with tarfile.open(fileobj=io.BytesIO(members["data.tar.xz"]), mode="r:xz") as tar:
        try:
            index_bytes, objects = (tar.extractfile(f"{STORE}.{end}").read() for end in ("rdx", "rdb"))
        except KeyError as missing:
            raise BoundaryFault(f"{deb.name} is not the spData package: {missing.args[0]}") from missing
    index = read_r(index_bytes)
    if index["compressed"] != [True]:
        raise BoundaryFault(f"the store's compression is {index['compressed']}; only zlib (TRUE) is read")
    if name not in index["variables"]:
        raise BoundaryFault(f"the package holds no data set called {name}")
    offset, length = (int(number) for number in index["variables"][name])
    return zlib.decompress(objects[offset + 4 : offset + length])


def read_r(serialised: bytes) -> object:
    """Parse an R object. Classes that rdata does not know (those of the sf package) come back as plain lists."""
    import rdata  # here, not above: only this command needs it, so the dashboard does not install it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # one warning for each unknown class of each of 33 shapes
        return rdata.conversion.convert(rdata.parser.parse_data(serialised))


def to_frame(lnd: object) -> gpd.GeoDataFrame:
    """Turn `lnd` into a frame (gss_code, borough, geometry; EPSG:4326) in order of code."""
    shapes = [shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts]) for parts in lnd["geometry"]]
    columns = {"gss_code": lnd["GSS_CODE"].astype(str).to_numpy(), "borough": lnd["NAME"].astype(str).to_numpy()}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").sort_values("gss_code", ignore_index=True)


def thin(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify all areas together, so that shared borders stay shared; round to 5 decimals (about a metre)."""
    grid = areas.to_crs(NATIONAL_GRID)
    grid["geometry"] = shapely.coverage_simplify(grid.geometry.array, TOLERANCE_M)
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


def as_geojson(areas: gpd.GeoDataFrame, expected: dict[str, str]) -> str:
    """Return the GeoJSON text, one area a line, with the credit at the top and the names of borough.csv."""
    head = {"type": "FeatureCollection", "name": "london_boroughs", "credit": CREDIT, "source": SOURCE}
    features = [
        {
            "type": "Feature",
            "properties": {"gss_code": code, "borough": expected[code]},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, shape in zip(areas["gss_code"], areas.geometry, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":"), ensure_ascii=False) for feature in features)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{lines}\n]}}\n'


def rebuild(deb: Path) -> str:
    """Read the package, thin, check, and return the GeoJSON text. Raise BoundaryFault on any fault."""
    with BOROUGHS.open(encoding="utf-8", newline="") as lines:
        expected = {row["gss_code"]: row["borough"] for row in csv.DictReader(lines)}
    original = to_frame(read_r(stored_object(deb, "lnd")))
    thinned = thin(original)
    check(thinned, original, expected)
    text = as_geojson(thinned, expected)
    if len(text.encode()) >= LARGEST_BYTES:
        raise BoundaryFault(f"the file would be {len(text.encode()):,} bytes; it must stay under {LARGEST_BYTES:,}")
    return text


def main(arguments: list[str]) -> int:
    """Run the command; return the exit code: 0 written, 1 refused, 2 wrong arguments."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        text = rebuild(Path(arguments[0]))
    except (BoundaryFault, OSError, tarfile.TarError) as fault:
        print(f"not rebuilt: {fault}", file=sys.stderr)
        return 1
    aside = TARGET.with_suffix(".part")  # never leave half a file where the dashboard looks
    aside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(aside, TARGET)
    print(f"{TARGET.name}: 33 areas, {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
