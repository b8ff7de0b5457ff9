"""The build, end to end on literal rows: what loads, what stops it, what it publishes, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from etl.__main__ import main
from etl.collect import collect
from etl.faults import FaultsFound
from tests.support.rows import write_sources
from warehouse.edition import NoEdition, Reader, live_edition
from warehouse.schema import TABLES
from warehouse.schema.layout import EDITIONS, EVERYONE, LOCK, POINTER
from warehouse.schema.shelf import fault_of

PROGRAMME = {"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": "Made for a test."}
IN_CAMDEN = {"programme": "programme-test", "borough": "LB Camden ", "role": "took_part"}


def build(data: Path, warehouse: Path) -> int:
    return main(["build", "--data", str(data), "--warehouse", str(warehouse)])


def test_a_row_keeps_its_file_line_code_and_status(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME], "programme_borough": [IN_CAMDEN]})
    assert build(data, tmp_path / "w") == 0
    cursor = Reader(live_edition(tmp_path / "w").folder, EVERYONE).cursor()
    assert cursor.execute("SELECT borough, source_file, source_line FROM programme_borough").fetchall() == [
        ("E09000007", "data/sources/made_for_a_test/programme_borough.csv", 2)
    ]
    found = cursor.execute("SELECT actual_from, actual_from_status FROM programme").fetchall()
    assert found == [(None, "not_reported")]


def test_all_faults_of_a_run_are_listed_with_file_line_column_value_and_what_is_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {
        "programme": [PROGRAMME, {**PROGRAMME, "kind": "partership"}],
        "programme_borough": [
            {**IN_CAMDEN, "borough": "Camdem"},
            {**IN_CAMDEN, "programme": "programme-tset"},
            {**IN_CAMDEN, "basis": "derived"},
            {**IN_CAMDEN, "as_at": "July 2007"},
        ],
    }
    assert build(write_sources(tmp_path / "data", rows), tmp_path / "w") == 1
    said = capsys.readouterr().err
    for expected in (
        'programme.csv, line 3, column kind: "partership". Expected one of: partnership, linked, police, other.',
        'programme.csv, line 3, column fact_key: "programme-test". Already used in',
        'programme_borough.csv, line 2, column borough: "Camdem".',
        "'Camden'",
        'line 3, column programme: "programme-tset". Expected a key of the table programme.',
        "The closest is programme-test.",
        "line 4, column rule: empty. Expected the rule",
        'line 5, column as_at: "July 2007". Expected a date',
        "python -m etl build",
        "live edition is unchanged",
    ):
        assert expected in said, f"{expected!r} is missing in:\n{said}"
    assert not (tmp_path / "w" / POINTER).exists()


def test_a_file_of_no_table_a_wrong_header_and_a_ragged_row_stop_the_build(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    folder = data / "sources" / "made_for_a_test"
    (folder / "programes.csv").write_text("fact_key\n", encoding="utf-8")
    (folder / "body.csv").write_text("key,name\n", encoding="utf-8")
    with (folder / "programme.csv").open("a", encoding="utf-8") as out:
        out.write("programme-b,only two\n")
    with pytest.raises(FaultsFound) as found:
        collect(data)
    said = str(found.value)
    assert "programes.csv. No table has this name" in said
    assert "body.csv, line 1" in said
    assert "programme.csv, line 3. Expected 15 cells, found 2." in said


def test_the_same_files_give_the_same_edition_and_publish_nothing_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {"programme": [PROGRAMME], "programme_borough": [IN_CAMDEN]}
    for name, folder in (("one", "data"), ("two", "data"), ("three", "facts of may")):
        assert build(write_sources(tmp_path / name / folder, rows), tmp_path / name / "w") == 0
    # Neither the place of the data folder nor its name is a part of what the edition holds.
    assert len({live_edition(tmp_path / name / "w").name for name in ("one", "two", "three")}) == 1
    before = (tmp_path / "one" / "w" / POINTER).stat().st_mtime_ns
    capsys.readouterr()
    assert build(tmp_path / "one" / "data", tmp_path / "one" / "w") == 0
    assert "was live already" in capsys.readouterr().out
    assert (tmp_path / "one" / "w" / POINTER).stat().st_mtime_ns == before


def test_a_changed_cell_makes_another_edition_and_the_old_one_stays(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    old = live_edition(tmp_path / "w")
    file = data / "sources" / "made_for_a_test" / "programme.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Made for", "Changed for"), encoding="utf-8")
    assert build(data, tmp_path / "w") == 0
    assert live_edition(tmp_path / "w").name != old.name
    assert fault_of(old.folder) is None


def test_a_fault_leaves_the_live_edition_as_it_was(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    live = live_edition(tmp_path / "w").name
    file = data / "sources" / "made_for_a_test" / "programme.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("other", "nonsense"), encoding="utf-8")
    assert build(data, tmp_path / "w") == 1
    assert live_edition(tmp_path / "w").name == live
    assert [folder.name for folder in (tmp_path / "w" / EDITIONS).iterdir()] == [live]


def test_a_second_build_at_the_same_time_is_refused_and_says_who_holds_the_lock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    (tmp_path / "w").mkdir()
    with FileLock(tmp_path / "w" / LOCK):
        assert build(data, tmp_path / "w") == 1
    assert LOCK in capsys.readouterr().err


def test_a_damaged_edition_is_refused_by_readers_and_mended_by_the_next_build(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    edition = live_edition(tmp_path / "w")
    file = edition.folder / f"{EVERYONE}.duckdb"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(NoEdition, match="damaged"):
        live_edition(tmp_path / "w")
    assert build(data, tmp_path / "w") == 0
    assert live_edition(tmp_path / "w").name == edition.name


def test_an_edition_of_another_version_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    monkeypatch.setattr("warehouse.schema.shelf.schema_hash", lambda: "of a later version")
    with pytest.raises(NoEdition, match=r"another version\. Run: python -m etl build"):
        live_edition(tmp_path / "w")


def test_rows_in_are_rows_loaded_and_refused_file_by_file(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME], "programme_borough": [IN_CAMDEN]})
    assert build(data, tmp_path / "w") == 0
    cursor = Reader(live_edition(tmp_path / "w").folder, EVERYONE).cursor()
    accounts = cursor.execute("SELECT file, rows_in, rows_loaded, rows_refused FROM build_file").fetchall()
    lines = {
        f"data/{path.relative_to(data).as_posix()}": len(path.read_text(encoding="utf-8").splitlines()) - 1
        for path in data.glob("**/*.csv")
    }
    assert {file: rows_in for file, rows_in, _, _ in accounts} == lines
    assert all(rows_in == loaded + refused for _, rows_in, loaded, refused in accounts)


def test_a_reader_can_neither_write_nor_reach_files(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    cursor = Reader(live_edition(tmp_path / "w").folder, EVERYONE).cursor()
    for statement in (
        "DELETE FROM programme",
        f"SELECT * FROM read_csv('{data / 'reference' / 'theme.csv'}')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(statement)


def test_every_declared_sentence_can_be_read_back_from_the_database(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    cursor = Reader(live_edition(tmp_path / "w").folder, EVERYONE).cursor()
    found = dict(cursor.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert {name: table.sentence for name, table in TABLES.items()}.items() <= found.items()


def test_the_manifest_names_every_file_and_the_rows_of_every_table(tmp_path: Path) -> None:
    data = write_sources(tmp_path / "data", {"programme": [PROGRAMME]})
    assert build(data, tmp_path / "w") == 0
    folder = live_edition(tmp_path / "w").folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {path.name for path in folder.glob("*.duckdb")}
    assert manifest["rows"]["programme"] == 1
