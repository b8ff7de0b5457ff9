"""What a build would lose: facts of the edition that readers see now and that are not in the new one.

A fact key is never reused, so a key that is gone is a fact that is gone. It may be right to take one out; then somebody
says why, and the new edition records it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.collect import Collected
from warehouse.changes import fact_tables
from warehouse.schema import TABLES
from warehouse.schema.layout import EDITIONS
from warehouse.schema.shelf import Loss, Unreadable, edition_folders, fault_of, read_pointer

MOST_KEYS = 10


class LossUnexplained(Exception):
    """The build would lose facts and nobody said why. The message counts them by table, and wants the command behind it
    with which to go on."""

    def __init__(self, edition: str, lost: dict[str, tuple[str, ...]]) -> None:
        count = sum(map(len, lost.values()))
        tables = "\n".join(f"  {_title(table)}: {_rows(len(keys))}" for table, keys in lost.items())
        keys = [key for keys in lost.values() for key in keys]
        first = "".join(f"\n  {key}" for key in keys[:MOST_KEYS])
        rest = f"\n  and {count - MOST_KEYS:,} more" if count > MOST_KEYS else ""
        super().__init__(
            f"{_rows(count)} of the edition {edition} would be lost; nothing was published and the live edition is "
            f"unchanged.\n{tables}\nTheir keys:{first}{rest}\n"
            "Put them back. Or, if they are to go, say why, and the new edition will record it:"
        )


def _title(table: str) -> str:
    return TABLES[table].title if table in TABLES else table


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


@dataclass(frozen=True)
class Before:
    """The edition that a build is compared with, and its facts: fact key → table."""

    edition: str
    facts: dict[str, str]


def edition_before(warehouse: Path) -> Before | None:
    """The live edition with its facts. Where it is damaged: the sound one that readers see in its place.

    None where there is no edition whose facts can be read, so that nothing can be said to be lost.
    """
    try:
        pointer = read_pointer(warehouse)
    except Unreadable:
        pointer = None
    else:
        if pointer is None:
            return None
    first = (pointer.edition, pointer.before) if pointer else ()
    folders = [warehouse / EDITIONS / name for name in first if name]
    for folder in [*folders, *(other for other in edition_folders(warehouse) if other not in folders)]:
        if fault_of(folder) is None:
            try:
                return Before(folder.name, fact_tables(folder))
            except duckdb.CatalogException:
                return None  # made by a version that kept its facts in another way
    return None


def lost(collected: Collected, before: Before) -> dict[str, tuple[str, ...]]:
    """Table → fact keys that `before` has and `collected` has not, both in order."""
    kept = {
        str(row["fact_key"]) for name, rows in collected.rows.items() if TABLES[name].is_fact for row in rows
    }  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    for key, table in sorted(before.facts.items()):
        if key not in kept:
            found[table].append(key)
    return {table: tuple(found[table]) for table in sorted(found)}


def explained(collected: Collected, before: Before, reason: str | None) -> tuple[Loss, ...]:
    """What this build loses, with the reason given. Raises `LossUnexplained` where it loses something without one."""
    missing = lost(collected, before)
    if missing and not reason:
        raise LossUnexplained(before.edition, missing)
    return tuple(Loss(table, keys, reason) for table, keys in missing.items())
