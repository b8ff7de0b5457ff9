"""Opens editions of the warehouse for reading.

A page asks for a cursor for the current audience and never names a file. What an audience may not see is not in the
file that is opened for it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.schema.ddl import schema_hash
from warehouse.schema.layout import EDITIONS, MANIFEST, POINTER, audience_file

READER_SETTINGS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "512MB",
    "lock_configuration": "true",
}
"""A reader cannot reach files, the network or extensions, whatever a query says."""


class NoEdition(Exception):
    """There is no edition that can be read. The message says what is missing and the command that makes one."""


@dataclass(frozen=True)
class Edition:
    """One immutable edition: its name, when it was built (UTC, ISO), and its row count by table."""

    name: str
    folder: Path
    built: str
    rows: dict[str, int]


def live_edition(warehouse: Path) -> Edition:
    """The edition that the pointer of `warehouse` names, its files verified against their hashes.

    Raises `NoEdition` where there is none, where a file is not what was published, or where the tables are not those
    that the queries of this version read.
    """
    try:
        name = json.loads((warehouse / POINTER).read_text(encoding="utf-8"))["edition"]
    except (FileNotFoundError, json.JSONDecodeError, KeyError) as error:
        raise NoEdition("No edition of the data has been published yet. Run: python -m etl build") from error
    return _verified(warehouse / EDITIONS / name)


def pointer_state(warehouse: Path) -> tuple[int, int]:
    """Changes whenever the pointer is switched: its modification time (ns) and inode. (0, 0) where there is none."""
    try:
        status = (warehouse / POINTER).stat()
    except FileNotFoundError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_ino)


def _verified(folder: Path) -> Edition:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for file, digest in manifest["files"].items():
            with (folder / file).open("rb") as handle:
                if hashlib.file_digest(handle, "sha256").hexdigest() != digest:
                    raise NoEdition(f"The edition {folder.name} is damaged: {file}. Run: python -m etl build")
        if manifest["schema"] != schema_hash():
            raise NoEdition(f"The edition {folder.name} was built by another version. Run: python -m etl build")
    except (FileNotFoundError, json.JSONDecodeError, KeyError) as error:
        raise NoEdition(f"The edition {folder.name} is not complete. Run: python -m etl build") from error
    return Edition(manifest["edition"], folder, manifest["built"], manifest["rows"])


class Reader:
    """Gives a cursor for each query on one edition and audience, read-only. Safe to share between threads."""

    def __init__(self, folder: Path, audience: str) -> None:
        self._connection = duckdb.connect(str(audience_file(folder, audience)), read_only=True, config=READER_SETTINGS)
        self._lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one query. A connection shared between threads raises."""
        with self._lock:
            return self._connection.cursor()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
