"""What a page has written so far in this run, so that the frame can say what its short forms mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar

_of_this_run: ContextVar[list[str] | None] = ContextVar("written in this run", default=None)


def begin() -> None:
    """Forget what an earlier run wrote."""
    _of_this_run.set([])


def keep(text: str) -> None:
    """Note a piece of the page. Outside a run, nothing is kept."""
    pieces = _of_this_run.get()
    if pieces is not None:
        pieces.append(text)


def of_those_written(words: Iterable[str]) -> list[str]:
    """The words that the page holds as words of their own, in the order given."""
    pieces = _of_this_run.get() or []
    return [word for word in words if any(_holds(piece, word) for piece in pieces)]


def _holds(piece: str, word: str) -> bool:
    # Most pieces hold none of the words, and this is the quick way to know it.
    return word in piece and re.search(rf"\b{word}s?\b", piece) is not None
