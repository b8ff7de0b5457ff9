"""The generated edition of the benchmarks: of the size asked for, the same for the same seed, never among the facts."""

from __future__ import annotations

import csv
import filecmp
from datetime import date
from pathlib import Path

import duckdb
import pytest

from benchmarks import pandas_twins
from benchmarks.beside_pandas import QUESTIONS, Question
from benchmarks.generated import GENERATED, boards
from benchmarks.generator import FOLDER, RefusedTarget, Size, publish_generated, refuse_real_warehouse, write_data
from tests.support.paths import ROOT
from warehouse.edition import Reader, live_edition
from warehouse.schema import TABLES
from warehouse.schema.layout import EVERYONE, WAREHOUSE_VARIABLE

SMALL = Size(rounds=2, acts=400, groups=60, people=5_000)
MADE = ("round_response", "activity", "obstacle", "partner_link", "community_group", "engagement",
        "training_round", "training_count")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small generated edition, through the production loader."""
    folder = tmp_path_factory.mktemp("generated")
    publish_generated(folder, SMALL, seed=1)
    return folder


@pytest.fixture(scope="module")
def cursor(folder: Path) -> duckdb.DuckDBPyConnection:
    return Reader(live_edition(folder / "warehouse").folder, EVERYONE).cursor()


def one(cursor: duckdb.DuckDBPyConnection, sql: str) -> object:
    return cursor.execute(sql).fetchone()[0]


def made_rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / "sources" / FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_same_seed_makes_the_same_files_and_another_seed_others(folder: Path, tmp_path: Path) -> None:
    for seed in (1, 2):
        write_data(tmp_path / str(seed) / "data", SMALL, seed=seed)
    own = folder / "data" / "sources" / FOLDER
    names = sorted(path.name for path in own.iterdir())
    assert names == sorted(f"{name}.csv" for name in MADE)
    same, others, _ = filecmp.cmpfiles(own, tmp_path / "1" / "data" / "sources" / FOLDER, names, shallow=False)
    assert (sorted(same), others) == (names, [])
    _, others, _ = filecmp.cmpfiles(own, tmp_path / "2" / "data" / "sources" / FOLDER, names, shallow=False)
    assert {"activity.csv", "community_group.csv", "training_count.csv"} <= set(others)


def test_as_much_is_made_as_was_asked_for(folder: Path, cursor: duckdb.DuckDBPyConnection) -> None:
    data = folder / "data"
    assert len(made_rows(data, "activity")) == SMALL.acts
    assert len(made_rows(data, "community_group")) == SMALL.groups
    rounds = made_rows(data, "training_round")
    assert len(rounds) == SMALL.rounds * len(boards()) == SMALL.rounds * 32
    assert sum(int(row["people"]) for row in rounds) == SMALL.people
    for dimension in ("all", "group", "ethnicity", "gender"):
        counts = [row for row in made_rows(data, "training_count") if row["dimension"] == dimension]
        assert sum(int(row["people"]) for row in counts) == SMALL.people, dimension
    assert one(cursor, "SELECT sum(people) FROM training_round WHERE fact_key LIKE 'training-bench-%'") == SMALL.people
    assert one(cursor, "SELECT count(DISTINCT board) FROM round_response WHERE response = 'entry'") == 32
    assert one(cursor, "SELECT count(DISTINCT gss_code) FROM population") == 33
    categories = {row["filed"] for row in made_rows(data, "training_count") if row["dimension"] == "gender"}
    assert categories == {"Female", "Male", "Not known"}


def test_every_made_row_says_that_it_is_generated(folder: Path) -> None:
    spoken = {"activity": "summary", "obstacle": "summary", "partner_link": "note", "community_group": "note",
              "engagement": "summary", "training_round": "content", "round_response": "note"}  # fmt: skip
    for name, column in spoken.items():
        assert all(row[column].startswith(GENERATED) for row in made_rows(folder / "data", name)), name
    for name in MADE:
        assert all(row["section"].startswith("Generated return of ") for row in made_rows(folder / "data", name)), name
    assert all(row["name"].startswith("Generated group ") for row in made_rows(folder / "data", "community_group"))


def test_the_files_have_the_headers_of_production(folder: Path) -> None:
    for name in MADE:
        with (folder / "data" / "sources" / FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            assert next(csv.reader(lines)) == [column.name for column in TABLES[name].columns], name


def test_the_warehouse_that_the_dashboard_reads_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(tmp_path / "warehouse"))
    with pytest.raises(RefusedTarget, match="the warehouse that the dashboard reads"):
        publish_generated(tmp_path, SMALL)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["data/warehouse", "data", ".", "somewhere/new"])
def test_nothing_is_made_inside_the_project(place: str) -> None:
    before = sorted(path.name for path in (ROOT / "data").iterdir())
    with pytest.raises(RefusedTarget, match="lies in the project"):
        refuse_real_warehouse(ROOT / place)
    with pytest.raises(RefusedTarget, match="lies in the project"):
        write_data(ROOT / place, SMALL)
    with pytest.raises(RefusedTarget, match="lies in the project"):
        publish_generated(ROOT / place, SMALL)
    assert sorted(path.name for path in (ROOT / "data").iterdir()) == before
    assert not (ROOT / "somewhere").exists()


def test_a_folder_that_holds_an_edition_is_refused(folder: Path) -> None:
    with pytest.raises(RefusedTarget, match="holds an edition already"):
        publish_generated(folder, SMALL)


def test_no_committed_file_holds_a_generated_row() -> None:
    named = [path for path in (ROOT / "data").rglob("*.csv") if GENERATED in path.read_text(encoding="utf-8-sig")]
    assert named == []


@pytest.mark.parametrize("as_at", [date(2007, 7, 31), date(2008, 3, 31), date(2011, 11, 30)])
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_plain_pandas_gives_the_same_answers(
    cursor: duckdb.DuckDBPyConnection, question: Question, as_at: date
) -> None:
    def in_order(rows: list[tuple]) -> list[str]:
        return sorted(map(repr, rows))

    assert in_order(question.ours(cursor, as_at)) == in_order(question.twin(pandas_twins.frames(cursor), as_at))
