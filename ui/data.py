"""Asks the warehouse for the current audience and edition, and keeps answers.

What is kept is shared by all readers, so edition and audience are part of every key. There is no time-to-live: an
edition never changes. Streamlit's own caches are not used: answers are frozen, and those caches copy every answer for
safety and hash every argument, which took half the time of a run on the map page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from ui.kept import Kept
from warehouse.edition import Edition, NoEdition, Reader, live_edition, pointer_state
from warehouse.schema.layout import EVERYONE, default_warehouse

__all__ = ["NoEdition", "ask", "audience", "edition", "kept"]

LOOK_AGAIN_S = 0.1
"""For how long the pointer is not looked at again. A page asks for hundreds of answers in one run, and looking each
time took a fifth of it. Far shorter than the time between two clicks, so a new edition still shows at the next one."""


def audience() -> str:
    """The audience of this reader. All readers see the same file until boards have files of their own."""
    return EVERYONE


@lru_cache(maxsize=4)
def _live(warehouse: Path, state: tuple[int, int]) -> Edition:
    """The live edition, verified once for each state of the pointer. A failure is not kept: the next run tries."""
    return live_edition(warehouse)


def edition() -> Edition:
    """The edition that readers see now. Raises `NoEdition` with the command that makes one."""
    warehouse = default_warehouse()
    global _looked
    looked_at, at, state = _looked
    if looked_at != warehouse or time.monotonic() - at > LOOK_AGAIN_S:
        state = pointer_state(warehouse)
        _looked = (warehouse, time.monotonic(), state)
    return _live(warehouse, state)


_looked: tuple[Path | None, float, tuple[int, int]] = (None, 0.0, (0, 0))
"""Which pointer was looked at last, when, and what it was: one value, replaced whole, so that threads need no lock."""


@lru_cache(maxsize=8)
def _reader(folder: Path, audience_name: str) -> Reader:
    return Reader(folder, audience_name)


_KEPT = Kept()


def ask(query: Callable, *arguments: Any) -> Any:
    """The answer of one named query of `warehouse.queries`, for the current edition and audience; a list as a tuple.

    `arguments` are plain values: with the edition and the audience they are the key under which the answer is kept.
    Editions lie in folders named by their content, so the folder stands for the edition.
    """
    folder, audience_name = edition().folder, audience()
    key = (folder, audience_name, query, arguments)

    def make() -> Any:
        answer = query(_reader(folder, audience_name).cursor(), *arguments)
        return tuple(answer) if isinstance(answer, list) else answer

    return _KEPT.get(key, make)


def kept(make: Callable[..., Any], *arguments: Any) -> Any:
    """What `make` makes of these plain values, for the current edition and audience, kept like an answer: rows that
    several answers were put together to, or a large piece of a page that stays the same from one filter to the next. A
    piece that stays the same is not sent to the same browser again either.

    What `make` gives must be frozen, and follow from the edition, the audience and its arguments alone.
    """
    return _KEPT.get((edition().folder, audience(), make, arguments), lambda: make(*arguments))
