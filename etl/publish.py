"""Publishes a new edition: built aside, verified, renamed into place, then the pointer is switched.

The order matters. Whatever fails and whenever, the pointer names a complete edition: the old one until the very last
step, the new one after it.

    lock · built aside in one transaction · checkpoint · closed · no write-ahead log left · reopened read-only and read
    whole · hashed · manifest · files and folder flushed · renamed · folder above flushed · pointer written aside,
    flushed, put in place, flushed · pointer read back
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.collect import Collected
from etl.disk import make_folder, replace_text, sync
from etl.load import content_hash, load_rows, new_database, store_views
from etl.lock import Busy, held
from etl.losses import LossUnexplained, edition_before, explained
from etl.next_command import BUILD
from warehouse.schema.ddl import schema_hash
from warehouse.schema.layout import EDITION_NAME_LENGTH, EDITIONS, EVERYONE, MANIFEST, POINTER, audience_file
from warehouse.schema.shelf import SEAL, Manifest, Unreadable, fault_of, file_hash, read_manifest, read_pointer, seal


class BuildRefused(Exception):
    """The build could not be published, for the reason in the message, which also says what is live now."""


@dataclass(frozen=True)
class Published:
    """The live edition after a build.

    is_new: False where it was live already. lost: facts left out against the edition before it, with a reason given.
    compared_with: that edition; None where there was none that could be read.
    """

    edition: str
    is_new: bool
    rows: int
    lost: int
    compared_with: str | None


def publish(collected: Collected, warehouse: Path, accept_loss: str | None = None, command: str = BUILD) -> Published:
    """Make `collected` the live edition under the folder `warehouse`. command: how the build was called, for messages.

    The same content again publishes nothing and is a success. Raises `BuildRefused` where somebody else holds the lock,
    where facts of the live edition would be lost and `accept_loss` gives no reason, where the disk refuses, or where
    the new file does not hold what was put into it.
    """
    try:
        with held(warehouse, BUILD):
            return _publish_locked(collected, warehouse, accept_loss)
    except LossUnexplained as error:
        raise BuildRefused(f'{error}\n  {command} --accept-loss "the reason, in a sentence"') from error
    except Busy as error:
        raise BuildRefused(str(error)) from error
    except (OSError, duckdb.Error) as error:
        raise BuildRefused(
            f"The edition could not be written: {error}. {_what_is_live(warehouse)} "
            f"Make room or mend the disk, then run: {command}"
        ) from error


def _what_is_live(warehouse: Path) -> str:
    try:
        pointer = read_pointer(warehouse)
    except Unreadable as error:
        return f"Which edition is live cannot be told: {error}."
    return f"Live is the edition {pointer.edition}." if pointer else "No edition is live."


def _publish_locked(collected: Collected, warehouse: Path, accept_loss: str | None) -> Published:
    editions = warehouse / EDITIONS
    make_folder(editions)
    _clear(editions)
    facts = content_hash(collected)
    before = edition_before(warehouse)
    recorded = _losses_of_live(warehouse, facts)
    if recorded is None:
        recorded = explained(collected, before, accept_loss) if before else ()
    # Losses are a part of the content, so with them it has another name.
    collected = dataclasses.replace(collected, losses=recorded)
    edition = (content_hash(collected) if recorded else facts)[:EDITION_NAME_LENGTH]
    folder = editions / edition
    is_sound = fault_of(folder) is None
    if not is_sound:
        _build_aside(collected, facts, folder)
    # Even where nothing is new: the run that renamed it may have been cut short before this.
    sync(editions)
    is_new = _switch_pointer(warehouse, edition)
    rows = sum(len(table_rows) for table_rows in collected.rows.values())
    lost = sum(len(loss.facts) for loss in recorded) if is_new else 0
    return Published(edition, is_new or not is_sound, rows, lost, before.edition if before else None)


def _clear(editions: Path) -> None:
    """Take away what builds left that were killed. We hold the lock, so nobody is at work on it."""
    for folder in editions.glob(".building-*"):
        shutil.rmtree(folder)


def _losses_of_live(warehouse: Path, facts: str) -> tuple | None:
    """The losses that the live edition records, where it holds these very facts: the same files again lose nothing."""
    live = _live_manifest(warehouse)
    return live.losses if live and live.facts == facts else None


def _live_manifest(warehouse: Path) -> Manifest | None:
    try:
        pointer = read_pointer(warehouse)
        return read_manifest(warehouse / EDITIONS / pointer.edition) if pointer else None
    except Unreadable:
        return None  # it is made anew


def _build_aside(collected: Collected, facts: str, folder: Path) -> None:
    editions = folder.parent
    aside = editions / f".building-{folder.name}"
    aside.mkdir()
    try:
        database = audience_file(aside, EVERYONE)
        with new_database(database) as connection:
            counts = load_rows(connection, collected)
            stored = store_views(connection)
        _verify(database, counts | stored)
        manifest = _manifest(folder.name, facts, collected, [database], counts)
        (aside / MANIFEST).write_text(manifest, encoding="utf-8")
        for path in (database, aside / MANIFEST, aside):
            sync(path)
        if folder.exists():
            # A damaged edition of this name: put away, not over-written, so that a reader never sees a mixture.
            os.replace(folder, editions / f".damaged-{folder.name}-{datetime.now(UTC):%Y%m%d%H%M%S%f}")
        os.replace(aside, folder)
    finally:
        # Still there only where something failed. The room is needed, most of all where the disk is full; what cannot
        # be taken away now, the next build takes.
        shutil.rmtree(aside, ignore_errors=True)


def _manifest(edition: str, facts: str, collected: Collected, databases: list[Path], counts: dict[str, int]) -> str:
    fields: dict[str, object] = {
        "edition": edition,
        "facts": facts,
        "schema": schema_hash(),
        "built": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "files": {database.name: file_hash(database) for database in databases},
        "rows": counts,
        "losses": [dataclasses.asdict(loss) for loss in collected.losses],
    }
    # Through JSON once, so that the seal is over what a reader will find: lists, not tuples.
    fields = json.loads(json.dumps(fields))
    return json.dumps({**fields, SEAL: seal(fields)}, indent=1, ensure_ascii=False) + "\n"


def _verify(database: Path, counts: dict[str, int]) -> None:
    """Reopen the file read-only and scan it: every table has the rows that were put in."""
    leftover = database.with_suffix(".duckdb.wal")
    if leftover.exists():
        raise BuildRefused(f"{leftover.name} was left behind, so the new file is not complete. Build again.")
    connection = duckdb.connect(str(database), read_only=True)
    try:
        # The hash makes DuckDB read every cell; a count alone is answered from the header of the file.
        each = (
            f"SELECT '{name}', count(*), {'sum(hash(t))' if count else '0'} FROM {name} AS t"
            for name, count in counts.items()
        )
        for name, found, _ in connection.execute(" UNION ALL ".join(each)).fetchall():
            if found != counts[name]:
                raise BuildRefused(f"The new table {name} holds {found} rows, expected {counts[name]}. Build again.")
    finally:
        connection.close()


def _switch_pointer(warehouse: Path, edition: str) -> bool:
    try:
        pointer = read_pointer(warehouse)
    except Unreadable:
        pointer = None
    if pointer and pointer.edition == edition:
        # The run that put it in place may have been cut short before it was flushed.
        sync(warehouse / POINTER)
        sync(warehouse)
        return False
    point_to(warehouse, edition, before=pointer.edition if pointer else None)
    return True


def point_to(warehouse: Path, edition: str, before: str | None) -> None:
    """Make `edition` the live one. Hold the lock. Raises `BuildRefused` where the pointer then says something else."""
    replace_text(warehouse / POINTER, json.dumps({"edition": edition, "before": before}) + "\n")
    try:
        found = read_pointer(warehouse)
    except Unreadable:
        found = None
    if found is None or found.edition != edition:
        raise BuildRefused(f"{POINTER} does not name the edition {edition} that was just put there. Build again.")
