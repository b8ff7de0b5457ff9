"""Builds in a test run start from a copy of the empty tables: to make them takes longer than to fill them.

The first build makes them, as the production loader does; every later one gets a copy of that file. What is put in, and
how it comes to the disk, is the production loader's work as ever.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from etl import load, publish


@contextmanager
def copied_tables(folder: Path) -> Iterator[None]:
    """While the block runs, builds of this process copy the empty tables from a file in `folder`."""
    empty = folder / "empty.duckdb"

    @contextmanager
    def copied(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        if not empty.exists():
            with load.new_database(empty):
                pass
        shutil.copyfile(empty, path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(load, "all_statements", tuple)  # the tables are there already
            with load.new_database(path) as connection:
                yield connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "new_database", copied)
        yield
