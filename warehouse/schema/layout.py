"""Where editions lie on disk, for the one that writes them and those who read them.

    <warehouse>/current.json                    the pointer: which edition is live
    <warehouse>/editions/<edition>/manifest.json  what the edition holds, and the hash of each file
    <warehouse>/editions/<edition>/<audience>.duckdb  one file for each audience

An edition is named by the hash of its content, so the same input has the same name on any machine.
"""

from __future__ import annotations

import os
from pathlib import Path

POINTER = "current.json"
EDITIONS = "editions"
MANIFEST = "manifest.json"
LOCK = "build.lock"
EVERYONE = "everyone"
"""The audience whose file holds nothing but what the published documents print."""

WAREHOUSE_VARIABLE = "ATLAS_WAREHOUSE"
ROOT = Path(__file__).resolve().parents[2]


def default_warehouse() -> Path:
    """The folder of editions: the environment variable ATLAS_WAREHOUSE, else `data/warehouse` in the project."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE) or ROOT / "data" / "warehouse")


def audience_file(edition_folder: Path, audience: str) -> Path:
    """The DuckDB file that `audience` reads. A page cannot leak what is not in it."""
    return edition_folder / f"{audience}.duckdb"
