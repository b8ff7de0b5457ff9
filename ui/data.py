"""Asks the warehouse for the current audience and edition, and keeps answers.

Caches are shared by all readers, so edition and audience are arguments of everything that is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from warehouse.edition import Edition, NoEdition, Reader, live_edition, pointer_state
from warehouse.schema.layout import EVERYONE, default_warehouse

__all__ = ["NoEdition", "ask", "audience", "edition"]


def audience() -> str:
    """The audience of this reader. All readers see the same file until boards have files of their own."""
    return EVERYONE


@st.cache_resource(max_entries=4, show_spinner=False)
def _live(warehouse: str, state: tuple[int, int]) -> Edition:
    """The live edition, verified once for each state of the pointer."""
    return live_edition(default_warehouse())


def edition() -> Edition:
    """The edition that readers see now. Raises `NoEdition` with the command that makes one."""
    warehouse = default_warehouse()
    return _live(str(warehouse), pointer_state(warehouse))


@st.cache_resource(max_entries=4, show_spinner=False)
def _reader(edition_name: str, audience_name: str, _edition: Edition) -> Reader:
    return Reader(_edition, audience_name)


@st.cache_data(max_entries=2000, show_spinner=False)
def _answer(
    edition_name: str, audience_name: str, query_name: str, arguments: tuple, _query: Callable, _edition: Edition
) -> Any:
    cursor = _reader(edition_name, audience_name, _edition).cursor()
    return _query(cursor, *arguments)


def ask(query: Callable, *arguments: Any) -> Any:
    """The answer of one named query of `warehouse.queries`, for the current edition and audience.

    `arguments` are plain values: with the edition and the audience they are the key under which the answer is kept.
    """
    current = edition()
    name = f"{query.__module__}.{query.__qualname__}"
    return _answer(current.name, audience(), name, arguments, query, current)
