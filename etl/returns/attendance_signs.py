"""Tells persons apart by their signs, without a dictionary of persons.

A dictionary of some hundred thousand signs takes longer to look into than the file to read, since no cache holds it.
Signs are put one behind the other in place of that, and sorted once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from etl.returns.people import LONGEST_SIGN, sign_trouble
from etl.returns.text import tidy, trouble

# Signs that need no closer look. They have a letter, or are digits that do not begin as a telephone number.
_PLAIN = r"[A-Za-z][A-Za-z_/-]*[0-9][A-Za-z0-9_/-]*|[0-9]+[A-Za-z][A-Za-z0-9_/-]*|(?!0[12378]|44[12378])[0-9]+"
_PLAIN_SIGN = re.compile(_PLAIN)
_PLAIN_SIGNS = re.compile(f"(?:(?>{_PLAIN})\0)*+")  # with a NUL behind each: it stands in no text


class Signs:
    """The signs of rows in their order. `expected[-1 - code]` is the sentence for a negative code."""

    def __init__(self) -> None:
        self.expected: list[str] = []
        self._taken: list[np.ndarray] = []
        self._single: list[str] = []
        self._refused: dict[int, int] = {}
        self._count = 0

    def take_alike(self, cells: Sequence[str]) -> bool:
        """Take the signs of some rows and return True, if all are of the usual shape; else take none."""
        if not _PLAIN_SIGNS.fullmatch("\0".join(cells) + "\0"):
            return False
        signs = np.array(cells, "S")
        if signs.itemsize > LONGEST_SIGN:
            return False
        self._gather()
        self._taken.append(signs)
        self._count += len(signs)
        return True

    def take(self, cell: str) -> None:
        """Take the sign of one row. A cell that is none keeps its place."""
        self._count += 1
        if is_plain(cell):
            self._single.append(cell)
            return
        text = tidy(cell)
        expected = trouble(cell) or ("" if text else "Expected a sign for the person; this column may not be empty.")
        expected = expected or sign_trouble(text)
        if expected:
            if expected not in self.expected:
                self.expected.append(expected)
            self._refused[self._count - 1] = -1 - self.expected.index(expected)
        self._single.append("" if expected else text)

    def codes(self) -> np.ndarray:
        """For each row the number of its person, counted from 0, or a negative code."""
        self._gather()
        if not self._taken:
            return np.empty(0, np.int64)
        signs = np.concatenate(self._taken)
        words = -(-signs.itemsize // 8)
        keys = signs.astype(f"S{8 * words}").view(np.uint64).reshape(-1, words).T
        order = np.argsort(keys[0]) if words == 1 else np.lexsort(keys)
        keys = keys[:, order]
        codes = np.empty(len(order), np.int64)
        codes[order] = np.cumsum(np.append(False, (keys[:, 1:] != keys[:, :-1]).any(axis=0)))
        codes[list(self._refused)] = list(self._refused.values())
        return codes

    def _gather(self) -> None:
        """Put signs that were taken one by one behind the others."""
        if self._single:
            self._taken.append(np.array(self._single, "S"))
            self._single = []


def is_plain(cell: str) -> bool:
    """Whether the cell, as it stands, is a sign of the usual shape."""
    return len(cell) <= LONGEST_SIGN and bool(_PLAIN_SIGN.fullmatch(cell))
