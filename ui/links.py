"""Addresses inside the atlas, relative, so that they work behind a base path."""

from __future__ import annotations

from urllib.parse import urlencode


def to(page: str, **state: str | None) -> str:
    """The address of `page` with the given state. Values that are None are left out."""
    chosen = {name: value for name, value in state.items() if value}
    return f"./{page}" + (f"?{urlencode(chosen)}" if chosen else "")


def more(**state: str | None) -> str:
    """What follows an address that holds something already. Values that are None are left out."""
    chosen = {name: value for name, value in state.items() if value}
    return f"&{urlencode(chosen)}" if chosen else ""
