"""Asks the warehouse for the current audience and edition, and keeps answers.

A run of a page works with one edition from its first line to its last: the one that the reader's address asks for, else
the live one as it was when the run began. So no page mixes two, and the next run shows what was published meanwhile.

What is kept is shared by all readers, so edition and audience are part of every key. There is no time-to-live: an
edition never changes. Streamlit's own caches are not used: answers are frozen, and those caches copy every answer for
safety and hash every argument, which took half the time of a run on the map page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar, copy_context
from datetime import date
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import written
from ui.kept import Kept
from warehouse.edition import Edition, NoEdition, Readers, Served, serve
from warehouse.schema.layout import EVERYONE, default_warehouse

__all__ = [
    "EDITION",
    "NoEdition",
    "ask",
    "ask_both",
    "asked_edition",
    "audience",
    "begin_run",
    "edition",
    "keeping_view",
    "kept",
    "look_as_at",
    "served",
    "view_date",
]  # fmt: skip

T = TypeVar("T")

EDITION = "edition"
"""The key in the address of any page that asks for an edition by its name."""

_of_this_run: ContextVar[Served | None] = ContextVar("edition of this run", default=None)
_as_at: ContextVar[date | None] = ContextVar("date of this view", default=None)


def audience() -> str:
    """The audience of this reader. All readers see the same file until boards have files of their own."""
    return EVERYONE


def begin_run() -> None:
    """Settle which edition this run shows. Raises `NoEdition` with the command that makes one."""
    written.begin()
    _as_at.set(None)
    _of_this_run.set(None)
    _of_this_run.set(_serve_now())


def _serve_now() -> Served:
    asked = st.query_params.get(EDITION) if get_script_run_ctx(suppress_warning=True) else None
    return serve(default_warehouse(), asked or None)


def asked_edition() -> str | None:
    """The edition that this reader's address asks for and that is shown; None for a reader who asks for none."""
    mine = _of_this_run.get()
    return mine.asked if mine else None


def served() -> Served:
    """The edition of this run, and why it is not another one."""
    return _of_this_run.get() or _serve_now()


def edition() -> Edition:
    """The edition that this reader sees now. Raises `NoEdition` with the command that makes one."""
    return served().edition


def look_as_at(as_at: date | None) -> None:
    """Settle the date of this view: no source is shown that a later document gives. None where there is no later one,
    so that what is kept for a page without a date serves it too."""
    _as_at.set(as_at)


def view_date() -> date | None:
    """The earlier date of this view; None where all documents are used: as at the latest, or on a page without a
    date."""
    return _as_at.get()


def keeping_view(make: Callable[[], T]) -> Callable[[], T]:
    """`make`, to be called later outside of any run, such as for a download: on this edition, as at this date."""
    mine, as_at = _of_this_run.get(), _as_at.get()

    def made() -> T:
        _of_this_run.set(mine)
        _as_at.set(as_at)
        return make()

    return lambda: copy_context().run(made)


_readers = Readers()


_KEPT = Kept()


def ask(query: Callable, *arguments: Any) -> Any:
    """The answer of one named query of `warehouse.queries`, for the current edition and audience; a list as a tuple.

    `arguments` are plain values: with the edition and the audience they are the key under which the answer is kept.
    """
    of, audience_name = edition(), audience()

    def make() -> Any:
        answer = query(_readers.get(of, audience_name).cursor(), *arguments)
        return tuple(answer) if isinstance(answer, list) else answer

    return _KEPT.get((of, audience_name, query, arguments), make)


def kept(make: Callable[..., Any], *arguments: Any) -> Any:
    """What `make` makes of these plain values, for the current edition and audience, kept like an answer: rows that
    several answers were put together to, or a large piece of a page that stays the same from one filter to the next. A
    piece that stays the same is not sent to the same browser again either.

    What `make` gives must be frozen, and follow from the edition, the audience, the date of the view and its arguments
    alone.
    """
    of_view = (edition(), asked_edition(), audience(), view_date())  # links name the edition asked for, and the date
    return _KEPT.get((*of_view, make, arguments), lambda: make(*arguments))


def ask_both(query: Callable, old: Edition, new: Edition) -> Any:
    """The answer of a query that compares two editions, for the current audience."""
    name = audience()

    def make() -> Any:
        return query(_readers.get(old, name).cursor(), _readers.get(new, name).cursor())

    return _KEPT.get((old, new, name, query), make)
