"""Addresses inside the atlas, relative, so that they work behind a base path."""

from __future__ import annotations

from urllib.parse import urlencode

from ui.data import EDITION, ask, asked_edition, view_date
from ui.words import day
from warehouse.queries.sources import documents


def to(page: str, **state: str | None) -> str:
    """The address of `page` with the given state. Values that are None are left out.

    A reader who opened an edition by its address stays in it, unless `state` names another; an empty name leaves it.
    So does one who looks as at an earlier date.
    """
    chosen = {name: value for name, value in {EDITION: asked_edition(), "as_at": _as_at(), **state}.items() if value}
    return f"./{page}" + (f"?{urlencode(chosen)}" if chosen else "")


def _as_at() -> str | None:
    """The date of this view; None where it is the latest, which every page begins with."""
    chosen = view_date()
    is_latest = chosen is None or chosen >= max(document.usable_from for document in ask(documents))
    return None if is_latest else day(chosen)


def more(**state: str | None) -> str:
    """What follows an address that holds something already. Values that are None are left out."""
    chosen = {name: value for name, value in state.items() if value}
    return f"&{urlencode(chosen)}" if chosen else ""
