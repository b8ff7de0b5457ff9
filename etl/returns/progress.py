"""A bar on the screen while returns are read: how many files are done, and how many rows of a long one.

It is drawn only where somebody watches: not into a file, a pipe or a test.
"""

from __future__ import annotations

import sys
from typing import TextIO

from tqdm import tqdm

from etl.returns.raw import RawReturn
from etl.returns.store import Received, read_received


class Reading:
    """Reads files for `etl.collect`, and moves the bar. Several threads may read at once."""

    def __init__(self, total: int, screen: TextIO | None = None) -> None:
        self._bar = tqdm(
            total=total, desc="Reading returns", unit=" files", disable=None, leave=False, file=screen or sys.stderr,
            dynamic_ncols=True,
        )  # fmt: skip

    def __call__(self, file: Received) -> RawReturn:
        """Read one file. Raises `Refused` as `read_received` does."""
        try:
            return read_received(file, lambda rows: self._bar.set_postfix_str(f"{file.file_name}: {rows:,} rows"))
        finally:
            self._bar.update()

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()
