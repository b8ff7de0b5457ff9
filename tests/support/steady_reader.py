"""Reads the live edition again and again while others publish, as the dashboard does, and says what it saw.

Run as a process of its own: `python -m tests.support.steady_reader FOLDER READS`. It reads in two threads until it has
read READS times and the file `stop` stands in FOLDER; it makes the file `enough` when it has read READS times.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from warehouse.edition import NoEdition, Readers, serve
from warehouse.schema.layout import EVERYONE

PAUSE = 0.003
"""Seconds between two reads of a thread: those who publish meanwhile need a processor too."""

QUERY = "SELECT (SELECT summary FROM programme), (SELECT purpose FROM body), (SELECT count(*) FROM borough)"


@dataclass
class Seen:
    """What was read. torn: reads in which the two facts, which are published together, were not of one edition."""

    reads: int = 0
    torn: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)


def read(folder: Path, readers: Readers, seen: Seen) -> None:
    """Read once."""
    try:
        served = serve(folder / "w")
        cursor = readers.get(served.edition, EVERYONE).cursor()
        programme, body, boroughs = cursor.execute(QUERY).fetchone()
    except (NoEdition, OSError, duckdb.Error) as error:
        seen.failed.append(f"{type(error).__name__}: {error}")
        return
    if programme != body or boroughs != 33:
        seen.torn.append(f"{served.edition.name}: {programme}, {body}, {boroughs}")
    if served.not_live:
        seen.failed.append(served.not_live)
    seen.editions.add(served.edition.name)


def run(folder: Path, wanted: int) -> Seen:
    """Read in two threads until there is enough and the publishing is over."""
    readers, seen, lock = Readers(), Seen(), threading.Lock()

    def steadily() -> None:
        while seen.reads < wanted or not (folder / "stop").exists():
            read(folder, readers, seen)
            time.sleep(PAUSE)
            with lock:
                seen.reads += 1
                if seen.reads == wanted:
                    (folder / "enough").touch()

    threads = [threading.Thread(target=steadily) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


if __name__ == "__main__":
    found = run(Path(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({**vars(found), "editions": sorted(found.editions)}))
