"""An edition holds its views as tables: row for row what the views say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from etl.collect import collect
from etl.load import load_rows, new_database, store_views
from tests.support.paths import ROOT
from warehouse.schema.ddl import STORED_VIEWS


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    """The committed facts twice: with the views, and with what an edition holds in their place."""
    folder = tmp_path_factory.mktemp("stored")
    collected = collect(ROOT / "data")
    with new_database(folder / "views.duckdb") as connection:
        load_rows(connection, collected)
    with new_database(folder / "tables.duckdb") as connection:
        load_rows(connection, collected)
        store_views(connection)
    live, stored = (
        duckdb.connect(str(folder / f"{name}.duckdb"), read_only=True) for name in ("views", "tables")
    )  # fmt: skip
    yield live, stored
    live.close(), stored.close()


@pytest.mark.parametrize("view", STORED_VIEWS)
def test_each_stored_view_holds_what_the_view_says(both, view: str) -> None:
    live, stored = (Counter(connection.execute(f"SELECT * FROM {view}").fetchall()) for connection in both)
    assert live
    assert stored == live


@pytest.mark.parametrize("view", STORED_VIEWS)
def test_they_are_views_before_and_tables_after(both, view: str) -> None:
    kinds = [
        connection.execute(
            "SELECT table_type FROM information_schema.tables WHERE table_name = ?", [view]
        ).fetchone()[0]
        for connection in both
    ]  # fmt: skip
    assert kinds == ["VIEW", "BASE TABLE"]


def test_the_rows_of_every_stored_view_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "counted.duckdb"
    with new_database(file) as connection:
        load_rows(connection, collect(ROOT / "data"))
        counts = store_views(connection)
    with duckdb.connect(str(file), read_only=True) as connection:
        assert counts == {
            view: connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0] for view in STORED_VIEWS
        }
