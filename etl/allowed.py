"""What a reference or a name could be: the whole list where it is short, else the closest and where all stand."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from warehouse.schema import TABLES

SHORT = 30
"""A list of so many codes is told whole. Beyond that nobody reads it in a message: 33 boroughs are too many."""

_CLOSEST = 3
_LIKE_ENOUGH = 0.5  # half of the letters in the same order; what is less alike helps nobody
_FILES = {"borough": "data/reference/borough.csv", "board": "data/reference/board.csv"}


def a_key_of(table: str, key: object, keys: Iterable[str]) -> str:
    """What was expected in the place of `key`, which is none of the `keys` of `table`; "fact" stands for any fact."""
    known = [str(one) for one in keys]
    declared = TABLES.get(table)
    if declared and not declared.is_fact and 0 < len(known) <= SHORT:
        return f"Expected a key of the table {table}, one of: {', '.join(known)}."
    close = get_close_matches(str(key), known, n=_CLOSEST, cutoff=_LIKE_ENOUGH)
    hint = (
        f" The closest is {close[0]}." if len(close) == 1 else f" The closest are {', '.join(close)}." if close else ""
    )
    if declared is None:
        return f"Expected the key of a fact.{hint} All stand in the first column of the files in data/sources."
    if declared.is_fact:
        return f"Expected a key of the table {table}.{hint} All stand in the files {table}.csv in data/sources."
    return f"Expected a key of the table {table}.{hint} All stand in data/reference/{table}.csv."


def a_name_of(place: str) -> str:
    """Where all names of a place stand: "borough" or "board"."""
    return f"All stand in {_FILES[place]}."
