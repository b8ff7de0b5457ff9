"""Asks the warehouse for the current audience and edition, and keeps answers.

What is kept is shared by all readers, so edition and audience are part of every key. There is no time-to-live: an
edition never changes. Streamlit's own caches are not used: answers are frozen, and those caches copy every answer for
safety and hash every argument, which took half the time of a run on the map page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from ui.kept import Kept
from warehouse.edition import Edition, NoEdition, Reader, live_edition, pointer_state
from warehouse.schema.layout import EVERYONE, default_warehouse

__all__ = ["NoEdition", "ask", "audience", "edition"]


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
    return _live(warehouse, pointer_state(warehouse))


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

    def make() -> Any:
        answer = query(_reader(folder, audience_name).cursor(), *arguments)
        return tuple(answer) if isinstance(answer, list) else answer

    return _KEPT.get((folder, audience_name, query, arguments), make)
