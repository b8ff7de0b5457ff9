"""Publishes a new edition: built aside, verified, renamed into place, then the pointer is switched.

The order matters. Whatever fails and whenever, the pointer names a complete edition: the old one until the very last
step, the new one after it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.collect import Collected
from etl.load import content_hash, store_views, write_database
from warehouse.schema.ddl import schema_hash
from warehouse.schema.layout import EDITIONS, EVERYONE, LOCK, MANIFEST, POINTER, audience_file

EDITION_NAME_LENGTH = 12


class BuildRefused(Exception):
    """The build could not be published, for the reason in the message. The live edition is unchanged."""


@dataclass(frozen=True)
class Published:
    """The live edition after a build. `is_new` is False where it was live already."""

    edition: str
    is_new: bool
    rows: int


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish(collected: Collected, warehouse: Path) -> Published:
    """Make `collected` the live edition under the folder `warehouse`.

    The same content again publishes nothing and is a success. Raises `BuildRefused` where another build holds the lock
    or the new file does not hold what was put into it.
    """
    editions = warehouse / EDITIONS
    editions.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(warehouse / LOCK, timeout=0):
            return _publish_locked(collected, warehouse, editions)
    except Timeout as error:
        raise BuildRefused(
            f"Another build is running: it holds {LOCK}. Wait until it ends, then build again."
        ) from error


def _publish_locked(collected: Collected, warehouse: Path, editions: Path) -> Published:
    edition = content_hash(collected)[:EDITION_NAME_LENGTH]
    rows = sum(len(table_rows) for table_rows in collected.rows.values())
    folder = editions / edition
    sound = is_sound(folder)
    if not sound:
        _build_aside(collected, editions, folder)
    is_new = live_edition(warehouse) != edition
    if is_new:
        _switch_pointer(warehouse, edition)
    return Published(edition, is_new or not sound, rows)


def is_sound(folder: Path) -> bool:
    """Whether the edition in `folder` is complete: its manifest is there and every file has the hash it names."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return all(file_hash(folder / name) == digest for name, digest in manifest["files"].items())
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError, KeyError):
        return False


def live_edition(warehouse: Path) -> str | None:
    """The edition the pointer names, or None where there is no readable pointer."""
    try:
        return json.loads((warehouse / POINTER).read_text(encoding="utf-8"))["edition"]
    except (FileNotFoundError, json.JSONDecodeError, KeyError):
        return None


def _build_aside(collected: Collected, editions: Path, folder: Path) -> None:
    aside = editions / f".building-{folder.name}"
    shutil.rmtree(aside, ignore_errors=True)  # left by a build that was killed; we hold the lock
    aside.mkdir()
    database = audience_file(aside, EVERYONE)
    counts = write_database(collected, database)
    stored = store_views(database)
    _verify(database, counts | stored)
    manifest = {
        "edition": folder.name,
        "content": content_hash(collected),
        "schema": schema_hash(),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {database.name: file_hash(database)},
        "rows": counts,
    }
    (aside / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    for file in (database, aside / MANIFEST, aside):
        _sync(file)
    if folder.exists():
        # A damaged edition of this name: put away, not over-written, so that a reader never sees a mixture.
        os.replace(folder, editions / f".damaged-{folder.name}-{datetime.now(UTC):%Y%m%d%H%M%S%f}")
    os.replace(aside, folder)
    _sync(editions)


def _verify(database: Path, counts: dict[str, int]) -> None:
    """Reopen the file read-only and scan it: every table has the rows that were put in."""
    leftover = database.with_suffix(".duckdb.wal")
    if leftover.exists():
        raise BuildRefused(f"{leftover.name} was left behind, so the new file is not complete. Build again.")
    connection = duckdb.connect(str(database), read_only=True)
    try:
        for name, expected in counts.items():
            # The hash makes DuckDB read every cell; a count alone is answered from the header of the file.
            found = connection.execute(f"SELECT count(*), sum(hash(t)) FROM {name} AS t").fetchone()[0]
            if found != expected:
                raise BuildRefused(f"The new table {name} holds {found} rows, expected {expected}. Build again.")
    finally:
        connection.close()


def _switch_pointer(warehouse: Path, edition: str) -> None:
    new = warehouse / f"{POINTER}.new"
    new.write_text(json.dumps({"edition": edition}) + "\n", encoding="utf-8")
    _sync(new)
    os.replace(new, warehouse / POINTER)
    _sync(warehouse)


def _sync(path: Path) -> None:
    """Flush a file or folder to the disk. Windows cannot open a folder, and needs no flush of it."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
