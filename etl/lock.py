"""One writer at a time. Whoever writes editions, labels or the pointer holds the lock of the warehouse."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from etl.disk import make_folder
from warehouse.schema.layout import HOLDER, LOCK
from warehouse.words import moment

# A holder takes the lock first and says who it is next: so long, in seconds, is it given to say it.
TIME_TO_SAY = 2.0


class Busy(Exception):
    """Somebody else holds the lock. The message says who, as far as they said."""


@contextlib.contextmanager
def held(warehouse: Path, what: str) -> Iterator[None]:
    """Hold the lock of `warehouse` for `what`, a command. Raises `Busy` where somebody else holds it, without
    waiting for the lock: only for the holder's name, where it has not been written yet, and not for long.

    The lock is the system's: it goes with the process that holds it, however that ends. The note beside it is for
    people. One that a killed process left behind is never read, since nobody holds the lock then.
    """
    make_folder(warehouse)
    lock = FileLock(warehouse / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            f"The warehouse is in use by {_holder(warehouse)}, which holds {LOCK}. Wait until it ends, then try again."
        ) from error
    note = warehouse / HOLDER
    try:
        note.write_text(json.dumps(_myself(what)) + "\n", encoding="utf-8")
        yield
    finally:
        # A note that cannot be taken away misleads nobody, and what was done is done.
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _myself(what: str) -> dict[str, object]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"what": what, "pid": os.getpid(), "host": platform.node(), "since": since}


def _holder(warehouse: Path) -> str:
    """Who holds the lock, in words. It may be writing its note just now, or have gone since."""
    latest = time.monotonic() + TIME_TO_SAY
    while True:
        try:
            said = json.loads((warehouse / HOLDER).read_bytes())
            return f"{said['what']} (process {said['pid']} on {said['host']}, since {moment(said['since'])})"
        except (OSError, ValueError, KeyError, TypeError):
            if time.monotonic() > latest:
                return "another command (it has not said which)"
            time.sleep(0.02)
