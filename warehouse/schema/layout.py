"""Where editions lie on disk, for the one that writes them and those who read them.

    <warehouse>/current.json                    the pointer: which edition is live, and which was before it
    <warehouse>/labels.json                     names that people gave to editions
    <warehouse>/build.lock                      held by whoever writes; build.holder.json says who that is
    <warehouse>/editions/<edition>/manifest.json  what the edition holds, and the hash of each file
    <warehouse>/editions/<edition>/<audience>.duckdb  one file for each audience

An edition is named by the hash of its content, so the same input has the same name on any machine. In `editions/` a
name that begins with a dot is not an edition: it is being built, was found damaged, or is being taken away.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

POINTER = "current.json"
EDITIONS = "editions"
MANIFEST = "manifest.json"
LABELS = "labels.json"
LOCK = "build.lock"
HOLDER = "build.holder.json"
"""Says who holds the lock. For people only: whether the lock is held, the lock itself knows."""

EDITION_NAME_LENGTH = 12
EDITION_NAME = re.compile(r"[0-9a-f]{12}")
EVERYONE = "everyone"
"""The audience whose file holds nothing but what the published documents print."""

WAREHOUSE_VARIABLE = "ATLAS_WAREHOUSE"
DATA_VARIABLE = "ATLAS_DATA"
ROOT = Path(__file__).resolve().parents[2]


def default_warehouse() -> Path:
    """The folder of editions: the environment variable ATLAS_WAREHOUSE, else `data/warehouse` in the project."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE) or ROOT / "data" / "warehouse")


def default_data() -> Path:
    """The folder with `sources/`, `reference/` and what users put beside them: the environment variable ATLAS_DATA,
    else `data` in the project."""
    return Path(os.environ.get(DATA_VARIABLE) or ROOT / "data")


def audience_file(edition_folder: Path, audience: str) -> Path:
    """The DuckDB file that `audience` reads. A page cannot leak what is not in it."""
    return edition_folder / f"{audience}.duckdb"
