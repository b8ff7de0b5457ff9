"""The command `python -m etl boundaries FILE`: checked outlines replace the shipped ones."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from warehouse.schema.layout import default_data

EXAMPLE = "  python -m etl boundaries outlines.zip     draw other outlines of the boroughs than the shipped ones"
FILE = Path("boundaries", "london_boroughs.geojson")
"""Where `geo.areas` looks first, under the data folder."""


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add this command to those of `python -m etl`."""
    command = commands.add_parser("boundaries", help="replace the outlines of the 33 areas")
    command.add_argument(
        "file", type=Path, metavar="FILE", help="GeoJSON, TopoJSON, GeoPackage or shapefile, zipped or not"
    )
    command.add_argument("--layer", metavar="NAME", help="which layer, where the file holds several with the 33 areas")
    command.add_argument("--data", type=Path, default=default_data(), metavar="FOLDER", help="folder to write under")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check the outlines, then write them. Returns 0, or 1 with every fault on standard error and nothing written."""
    # Here, not above: geometry takes a second to load, and no other command needs it.
    from etl.boundaries.measure import compare, for_map
    from etl.boundaries.source import read_source
    from geo.areas import BOUNDARIES, read_areas
    from geo.names import borough_names
    from geo.outlines import BoundaryFault, as_geojson, write

    try:
        source = read_source(chosen.file, chosen.layer)
        compare(source.areas, read_areas(BOUNDARIES))
        thinned = for_map(source.areas)
        with chosen.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        text = as_geojson(thinned, borough_names(), f"{source.layer.name}, sha256 {digest}")
    except BoundaryFault as fault:
        lines = "\n".join(f"  {line}." for line in str(fault).removesuffix(".").splitlines())
        print(
            f"Not taken; nothing was written and the outlines in use stay.\n{lines}\n"
            "With a file that has no such fault, run: python -m etl boundaries FILE",
            file=sys.stderr,
        )
        return 1
    write(text, chosen.data / FILE)
    merged = f" from {source.rows} rows" if source.rows != len(thinned) else ""
    print(f"{source.layer.name}: 33 areas{merged}, found by {source.placed_by}.")
    if source.mended:
        print(f"Broken rings were mended in: {', '.join(source.mended)}.")
    print(
        f"Written: data/{FILE.as_posix()}, {len(text.encode()):,} bytes. Restart the dashboard to draw it. To go "
        "back to the shipped outlines, delete that file and restart."
    )
    return 0
