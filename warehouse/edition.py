"""Opens editions of the warehouse for reading.

A page asks for a cursor for the current audience and never names a file. What an audience may not see is not in the
file that is opened for it.

An edition is verified against its hashes before it is shown: at the start, whenever the pointer is switched, and
whenever one of its files has another size, time or place on the disk than when it was last verified. Damage that
changes none of these is noticed at the next start, by `python -m etl verify`, or by DuckDB, which checks each block
that it reads from the disk.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from warehouse.schema.layout import EDITION_NAME, EDITIONS, audience_file
from warehouse.schema.shelf import (
    Listed,
    Loss,
    Unreadable,
    edition_folders,
    fault_of,
    is_of_this_version,
    listed,
    read_manifest,
    read_pointer,
)

READER_SETTINGS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "512MB",
    "lock_configuration": "true",
}
"""A reader cannot reach files, the network or extensions, whatever a query says."""

MOST_OPEN = 8
"""Editions held open at once. Each keeps its pages in memory."""

Stamp = tuple[tuple[str, int, int, int, int], ...]

NEXT = "Run: python -m etl build"


class NoEdition(Exception):
    """There is no edition that can be read. The message says what is missing and the command that makes one."""


@dataclass(frozen=True)
class Edition:
    """One immutable edition: its name, when it was built (UTC, ISO), and its row count by table.

    `stamp` changes with its files: with the folder it is the key of everything that is kept about it.
    """

    name: str
    folder: Path
    built: str
    rows: dict[str, int]
    losses: tuple[Loss, ...]
    stamp: Stamp

    def __hash__(self) -> int:
        return hash((self.folder, self.stamp))


@dataclass(frozen=True)
class Served:
    """What a reader is given.

    standing: the edition of a reader who asks for none: the live one, or the last sound one before it.
    not_live: why the live edition itself cannot be shown, or None. asked: the edition that was asked for and is given.
    not_given: the name that was asked for in vain, and why.
    """

    edition: Edition
    standing: Edition
    not_live: str | None = None
    asked: str | None = None
    not_given: tuple[str, str] | None = None


def live_edition(warehouse: Path) -> Edition:
    """The edition that the pointer of `warehouse` names, its files verified against their hashes.

    Raises `NoEdition` where there is none, where a file is not what was published, or where the tables are not those
    that the queries of this version read.
    """
    try:
        pointer = read_pointer(warehouse)
    except Unreadable as error:
        raise NoEdition(f"Which edition is live cannot be told: {error}. {NEXT}") from error
    if pointer is None:
        raise NoEdition(f"No edition of the data has been published yet. {NEXT}")
    return open_edition(warehouse, pointer.edition)


def open_edition(warehouse: Path, name: str) -> Edition:
    """The edition of that name, verified. Raises `NoEdition` with what is wrong: the name may come from an address."""
    folder = warehouse / EDITIONS / name
    if not EDITION_NAME.fullmatch(name) or not folder.is_dir():
        raise NoEdition(f"There is no edition {name[:40]}. {NEXT}")
    try:
        found = _looked_at(folder, _stamp(folder))
    except OSError as error:  # for a moment while a damaged one is replaced or an old one is taken away
        raise NoEdition(f"The edition {name} cannot be read: {error.strerror}. {NEXT}") from error
    if isinstance(found, str):
        raise NoEdition(f"The edition {name} {found}. {NEXT}")
    return found


def serve(warehouse: Path, asked: str | None = None) -> Served:
    """The edition to show to a reader whose address asks for `asked`, or for none.

    Where the live edition cannot be read, the one before it stays up, or the newest that is sound. Raises `NoEdition`
    where there is none at all.
    """
    standing, not_live = _standing(warehouse)
    if asked is None:
        return Served(standing, standing, not_live)
    try:
        return Served(open_edition(warehouse, asked), standing, not_live, asked)
    except NoEdition as error:
        return Served(standing, standing, not_live, not_given=(asked, str(error).removesuffix(f" {NEXT}")))


def _standing(warehouse: Path) -> tuple[Edition, str | None]:
    try:
        return live_edition(warehouse), None
    except NoEdition as error:
        trouble = error
    for folder in _earlier(warehouse):
        try:
            return open_edition(warehouse, folder.name), str(trouble).removesuffix(f" {NEXT}")
        except NoEdition:
            continue  # not sound either: the next one may be, and the first trouble is what is told
    raise trouble


def _earlier(warehouse: Path) -> list[Path]:
    """Where to look for a sound edition: the one before the live one, then all others, the newest first."""
    try:
        pointer = read_pointer(warehouse)
    except Unreadable:
        return edition_folders(warehouse)
    if pointer is None:
        return []  # nothing was ever published
    folders = [folder for folder in edition_folders(warehouse) if folder.name != pointer.edition]
    return sorted(folders, key=lambda folder: folder.name != pointer.before)


def _stamp(folder: Path) -> Stamp:
    """Name, times, size and inode of every file of an edition. The time of a change of status cannot be set back."""
    found = []
    for path in sorted(folder.iterdir()):
        status = path.stat()
        found.append((path.name, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))
    return tuple(found)


@lru_cache(maxsize=256)
def _fault_at(folder: Path, stamp: Stamp) -> str | None:
    """What is wrong with the files of an edition. They are read whole, once for each stamp."""
    return fault_of(folder)


def all_editions(warehouse: Path) -> list[Listed]:
    """Every edition, the newest first, each verified once for as long as its files stay as they are."""
    return listed(warehouse, lambda folder: _fault_at(folder, _stamp(folder)))


@lru_cache(maxsize=256)
def _looked_at(folder: Path, stamp: Stamp) -> Edition | str:
    """The edition in `folder`, or what is wrong with it."""
    try:
        manifest = read_manifest(folder)
    except Unreadable as error:
        return f"cannot be read: {error}"
    fault = _fault_at(folder, stamp)
    if fault:
        return f"is damaged: {fault}"
    if not is_of_this_version(manifest):
        return "cannot be opened: it was built by another version"
    return Edition(manifest.edition, folder, manifest.built, dict(manifest.rows), manifest.losses, stamp)


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


class Readers:
    """Editions held open for all readers together. Safe to share between threads.

    One that was made anew under its name, since it was damaged, is opened anew.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Path, str], tuple[Stamp, Reader]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, of: Edition, audience: str) -> Reader:
        """The reader of an edition for an audience."""
        key = (of.folder, audience)
        with self._lock:
            stamp, reader = self._held.pop(key, (None, None))
            if reader is not None and stamp != of.stamp:
                # While it is open, DuckDB gives the file that was there before for the same path.
                reader.close()
                reader = None
            reader = reader or Reader(of.folder, audience)
            self._held[key] = (of.stamp, reader)
            if len(self._held) > MOST_OPEN:
                # Not closed: somebody may be in the middle of a query. It goes when the last cursor goes.
                self._held.popitem(last=False)
            return reader
