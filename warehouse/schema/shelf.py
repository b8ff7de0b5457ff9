"""What stands on the shelf: the pointer, the manifests of editions, and their labels, for those who write and who read.

Files only, no database. Everything here is read by others while a build is writing, and may have been damaged since:
what cannot be read is said, never guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from warehouse.schema import TABLES
from warehouse.schema.ddl import schema_hash
from warehouse.schema.layout import EDITION_NAME, EDITIONS, LABELS, MANIFEST, POINTER

T = TypeVar("T")

SEAL = "seal"
"""The key of a manifest that holds the hash over all its other keys."""


class Unreadable(Exception):
    """A file of the shelf does not say what it should. The message says what is wrong, in words for a reader."""


@dataclass(frozen=True)
class Pointer:
    """Which edition is live, and which was live before it."""

    edition: str
    before: str | None


@dataclass(frozen=True)
class Loss:
    """Facts that an edition does not have although the one before it did, with the reason somebody gave."""

    table: str
    facts: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Manifest:
    """What an edition says of itself. `built` is UTC, ISO; `facts` names its content without the record of losses."""

    edition: str
    facts: str
    schema: str
    built: str
    files: Mapping[str, str]
    rows: Mapping[str, int]
    losses: tuple[Loss, ...]

    @property
    def row_count(self) -> int:
        """Rows of the tables that are declared; without those that follow from them."""
        return sum(count for name, count in self.rows.items() if name in TABLES)


@dataclass(frozen=True)
class Listed:
    """One edition in a list of all. `fault` says what is wrong with its files; `manifest` is None where unreadable."""

    name: str
    folder: Path
    manifest: Manifest | None
    fault: str | None
    label: str | None
    is_live: bool
    is_before: bool

    @property
    def can_be_opened(self) -> bool:
        """Whether this version of the atlas can show it."""
        return self.fault is None and self.manifest is not None and is_of_this_version(self.manifest)

    @property
    def state(self) -> str:
        """In words: sound, damaged and where, or built by another version."""
        if self.manifest is None or self.fault:
            return f"damaged: {self.fault}"
        return "sound" if self.can_be_opened else "sound, but built by another version: it cannot be opened"


def is_of_this_version(manifest: Manifest) -> bool:
    """Whether an edition has the tables that the queries of this version read."""
    return manifest.schema == schema_hash()


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(fields: Mapping[str, object]) -> str:
    """The hash over everything a manifest says, so that a flipped bit in it is noticed too."""
    said = {key: value for key, value in fields.items() if key != SEAL}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def read_pointer(warehouse: Path) -> Pointer | None:
    """The pointer, or None where nothing has been published. Raises `Unreadable` where it is not a pointer."""
    try:
        said = json.loads((warehouse / POINTER).read_bytes())
        found = Pointer(said["edition"], said.get("before"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable(f"{POINTER} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{POINTER} does not name an edition") from error
    if not EDITION_NAME.fullmatch(str(found.edition)):
        raise Unreadable(f"{POINTER} does not name an edition")
    if found.before is not None and not EDITION_NAME.fullmatch(str(found.before)):
        return Pointer(found.edition, None)
    return found


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an edition. Raises `Unreadable` where it is missing, broken, or of another edition."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        if SEAL not in said:
            raise Unreadable("it was built by another version")
        if said[SEAL] != seal(said) or said["edition"] != folder.name:
            raise Unreadable(f"its {MANIFEST} was changed after it was published")
        losses = tuple(Loss(loss["table"], tuple(loss["facts"]), loss["reason"]) for loss in said["losses"])
        return Manifest(
            said["edition"], said["facts"], said["schema"], said["built"], said["files"], said["rows"], losses
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Unreadable(f"its {MANIFEST} is missing") from error
    except OSError as error:
        raise Unreadable(f"its {MANIFEST} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"its {MANIFEST} cannot be read") from error


def fault_of(folder: Path) -> str | None:
    """What is wrong with the files of an edition, or None: each has the hash that the manifest names. Reads them whole.

    A write-ahead log beside a database would be played into it when it is opened, so there may be none.
    """
    try:
        manifest = read_manifest(folder)
    except Unreadable as error:
        return str(error)
    for name, digest in manifest.files.items():
        try:
            if file_hash(folder / name) != digest:
                return f"{name} was changed after it was published"
        except FileNotFoundError:
            return f"{name} is missing"
        except OSError as error:
            return f"{name} cannot be read: {error.strerror}"
        if (folder / f"{name}.wal").exists():
            return f"{name}.wal does not belong to it"
    return None


def edition_folders(warehouse: Path) -> list[Path]:
    """The folders of all editions, sound or not, the newest first; those that cannot say when they were built last."""
    editions = warehouse / EDITIONS
    if not editions.is_dir():
        return []
    found = [folder for folder in editions.iterdir() if EDITION_NAME.fullmatch(folder.name)]
    return sorted(found, key=lambda folder: (_built(folder), folder.name), reverse=True)


def _built(folder: Path) -> str:
    try:
        return read_manifest(folder).built
    except Unreadable:
        return ""


def read_labels(warehouse: Path) -> dict[str, str]:
    """Edition name → label. Raises `Unreadable` where the file of labels is there and broken."""
    try:
        said = json.loads((warehouse / LABELS).read_bytes())
        return {str(name): str(label) for name, label in said.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise Unreadable(f"{LABELS} cannot be read. Mend it, or delete it and label the editions again") from error


def listed(warehouse: Path, fault: Callable[[Path], str | None] = fault_of) -> list[Listed]:
    """Every edition, the newest first. `fault` looks at one folder; give one that remembers where that matters.

    A broken pointer or file of labels leaves those marks out here; whoever depends on them reads them by themselves.
    """
    pointer, labels = _or(read_pointer, warehouse, None), _or(read_labels, warehouse, {})
    return [
        Listed(
            folder.name,
            folder,
            _or(read_manifest, folder, None),
            fault(folder),
            labels.get(folder.name),
            is_live=pointer is not None and folder.name == pointer.edition,
            is_before=pointer is not None and folder.name == pointer.before,
        )
        for folder in edition_folders(warehouse)
    ]


def _or(read: Callable[[Path], T], path: Path, otherwise: T) -> T:
    try:
        return read(path)
    except Unreadable:
        return otherwise
