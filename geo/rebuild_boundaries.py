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
import sys
import tarfile
import warnings
import zlib
from pathlib import Path

import geopandas as gpd
import shapely

from geo.outlines import BoundaryFault, as_geojson, check, thin, write

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
TARGET = REFERENCE / "london_boroughs.geojson"
BOROUGHS = REFERENCE / "borough.csv"

SOURCE = "lnd (Greater London Authority boroughs) in the R package spData, as packaged by Debian (CC0)"

STORE = "./usr/lib/R/site-library/spData/data/Rdata"


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


def rebuild(deb: Path) -> str:
    """Read the package, thin, check, and return the GeoJSON text. Raise BoundaryFault on any fault."""
    with BOROUGHS.open(encoding="utf-8", newline="") as lines:
        expected = {row["gss_code"]: row["borough"] for row in csv.DictReader(lines)}
    original = to_frame(read_r(stored_object(deb, "lnd")))
    thinned = thin(original)
    check(thinned, original, expected)
    return as_geojson(thinned, expected, SOURCE)


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
    write(text, TARGET)
    print(f"{TARGET.name}: 33 areas, {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
