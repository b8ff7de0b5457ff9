"""Addresses inside the atlas, relative, so that they work behind a base path."""

from __future__ import annotations

from urllib.parse import urlencode

from ui.data import EDITION, asked_edition, view_date
from ui.words import day


def to(page: str, **state: str | None) -> str:
    """The address of `page` with the given state. Values that are None are left out.

    A reader who opened an edition by its address stays in it, unless `state` names another; an empty name leaves it.
    So does one who looks as at an earlier date.
    """
    earlier = view_date()
    kept = {EDITION: asked_edition(), "as_at": day(earlier) if earlier else None}
    chosen = {name: value for name, value in {**kept, **state}.items() if value}
    return f"./{page}" + (f"?{urlencode(chosen)}" if chosen else "")


def more(**state: str | None) -> str:
    """What follows an address that holds something already. Values that are None are left out."""
    chosen = {name: value for name, value in state.items() if value}
    return f"&{urlencode(chosen)}" if chosen else ""
