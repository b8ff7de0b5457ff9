"""Census tables from the file to the warehouse: the command, what it writes, and what the build loads of it."""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main
from etl.collect import collect
from etl.faults import FaultsFound
from geo.names import area_codes
from tests.support import census
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from warehouse.edition import Reader, live_edition
from warehouse.queries import population
from warehouse.schema.layout import EVERYONE


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the project's reference lists and no facts."""
    return write_sources(tmp_path / "data", {})


def load(data: Path, *files: Path) -> int:
    return main(["population", *map(str, files), "--data", str(data)])


def build(data: Path) -> duckdb.DuckDBPyConnection:
    warehouse = data.parent / "warehouse"
    assert main(["build", "--data", str(data), "--warehouse", str(warehouse)]) == 0
    return Reader(live_edition(warehouse).folder, EVERYONE).cursor()


def written(data: Path) -> Path:
    return data / "population" / "population.csv"


def test_no_census_table_is_a_normal_state(data):
    cursor = build(data)
    assert population.tables(cursor) == []
    assert population.residents(cursor, 2011) == []
    assert population.alike(cursor, "camden", 2011) == []
    assert {row.reason for row in population.of_communities(cursor, 2011)} == {"no_population", "part_of", "no_row"}
    assert {row.status for row in population.of_communities(cursor, 2011)} == {"not_asked"}


def test_a_table_is_loaded_with_its_name_year_file_and_hash(data, tmp_path, capsys):
    file = census.write(tmp_path / "raw_QS201EW.csv", census.wide())
    assert load(data, file) == 0
    said = capsys.readouterr().out
    assert "raw_QS201EW.csv: ethnic group, census 2011; QS201EW - Ethnic Group; wide table, 33 of 35 areas; 198" in said
    assert "run: python -m etl build" in said
    table = population.tables(build(data))[0]
    assert (table.subject, table.census, table.title) == ("ethnic_group", 2011, "QS201EW - Ethnic Group")
    assert (table.table_file, table.areas, table.is_summed, table.note) == ("raw_QS201EW.csv", 33, False, None)
    assert table.file_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_zero_is_a_value_with_its_own_status(data, tmp_path):
    load(data, census.write(tmp_path / "t.csv", census.wide()))
    found = population.residents(build(data), 2011)
    assert {row.people_status for row in found if row.people == 0} == {"zero"}
    assert {row.people_status for row in found if row.people} == {"value"}


def test_the_same_files_give_the_same_file_and_edition(data, tmp_path):
    files = [census.write(tmp_path / "a.csv", census.wide()), census.write(tmp_path / "b.csv", census.stacked())]
    load(data, *files)
    first = written(data).read_bytes()
    load(data, *reversed(files))
    assert written(data).read_bytes() == first
    assert b"\r" not in first


def test_one_bad_file_keeps_both_from_being_written(data, tmp_path, capsys):
    good = census.write(tmp_path / "good.csv", census.wide())
    rows = census.stacked()
    rows[19][2] = "?"
    assert load(data, good, census.write(tmp_path / "bad.csv", rows)) == 1
    said = capsys.readouterr().err
    assert (
        "1 fault found; nothing was written and what was loaded before stays.\n  bad.csv, line 20, column Age" in said
    )
    assert "python -m etl population" in said
    assert not written(data).exists()


def test_the_faults_of_all_files_are_listed(data, tmp_path, capsys):
    (tmp_path / "a.csv").write_text("", encoding="utf-8")
    (tmp_path / "b.csv").write_text("no", encoding="utf-8")
    assert load(data, tmp_path / "a.csv", tmp_path / "b.csv") == 1
    said = capsys.readouterr().err
    assert "2 faults found" in said
    assert "a.csv. The file is empty" in said
    assert 'b.csv, line 1: "no".' in said


def test_a_newer_table_replaces_the_old_one_and_leaves_the_others(data, tmp_path):
    load(data, census.write(tmp_path / "old.csv", census.wide()), census.write(tmp_path / "r.csv", census.stacked()))
    newer = census.wide()
    asked = census.question(2011, "ethnic_group")
    columns = [4 + place for place, group in enumerate(asked.groups) if group.key in
               ("2011-ethnic-all", "2011-ethnic-white", "2011-ethnic-irish")]  # fmt: skip
    for column in columns:
        newer[9][column] = str(int(newer[9][column]) + 1)
    load(data, census.write(tmp_path / "new.csv", newer))
    cursor = build(data)
    assert [(t.subject, t.table_file) for t in population.tables(cursor)] == [
        ("ethnic_group", "new.csv"),
        ("religion", "r.csv"),
    ]
    irish = {
        row.borough: row.people for row in population.residents(cursor, 2011) if row.census_group.endswith("irish")
    }
    place = asked.leaves.index(next(group for group in asked.leaves if group.key.endswith("irish")))
    assert irish["Camden"] == census.people(6, place) + 1
    assert irish["Barnet"] == census.people(2, place)


def test_a_failure_while_writing_leaves_the_old_file(data, tmp_path, monkeypatch):
    load(data, census.write(tmp_path / "a.csv", census.wide()))
    before = written(data).read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        load(data, census.write(tmp_path / "b.csv", census.stacked()))
    assert written(data).read_bytes() == before


@pytest.mark.parametrize("content", ["name,people\nCamden,3\n", "\udcff", '"a"b'])
def test_a_file_that_the_command_did_not_write_is_not_over_written(data, tmp_path, capsys, content):
    written(data).parent.mkdir()
    written(data).write_bytes(content.encode("utf-8", "surrogateescape"))
    before = written(data).read_bytes()
    assert load(data, census.write(tmp_path / "a.csv", census.wide())) == 1
    assert "population.csv. This file was not written by this command. Delete it" in capsys.readouterr().err
    assert written(data).read_bytes() == before


def edited(data: Path, **changes: str) -> None:
    """Change cells of the first row of Camden's African residents in the written file."""
    with written(data).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    row = next(row for row in rows if row["population"] == "2011-ethnic-african-E09000007")
    row.update(changes)
    with written(data).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": "123456"}, "the sum of its groups. Run python -m etl population again"),
        ({"people": "not reported"}, "Expected a number of residents."),
        ({"people": "many"}, 'column people: "many". Expected a whole number'),
        ({"year": "2001"}, 'column year: "2001". Expected 2011'),
        ({"gss_code": "E06000005"}, "Expected a key of the table borough."),
        ({"census_group": "2011-ethnic-african_"}, "Expected a key of the table census_group."),
    ],
)
def test_a_written_file_that_somebody_edited_stops_the_build(data, tmp_path, changes, words):
    load(data, census.write(tmp_path / "a.csv", census.wide()))
    edited(data, **changes)
    with pytest.raises(FaultsFound) as found:
        collect(data)
    assert words in str(found.value)
    assert "data/population/population.csv, line " in str(found.value)


def test_a_written_file_with_a_row_too_few_stops_the_build(data, tmp_path):
    load(data, census.write(tmp_path / "a.csv", census.wide()))
    lines = written(data).read_text(encoding="utf-8").splitlines(keepends=True)
    written(data).write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(FaultsFound, match="Expected each of 24 groups for each of 33 areas, found 791 rows"):
        collect(data)


def test_a_download_put_into_the_folder_itself_stops_the_build(data, tmp_path):
    written(data).parent.mkdir()
    census.write(written(data).parent / "QS201EW.csv", census.wide())
    with pytest.raises(FaultsFound, match=r"QS201EW\.csv\. This folder holds only what a command writes"):
        collect(data)


# --- reference lists -------------------------------------------------------------------------------------------------


def reference(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_ethnicity_that_a_document_counts_and_every_ethnic_community_is_filed():
    filed = {row["printed"]: row["community"] for row in reference("ethnic_label")}
    counted = []
    for file in (ROOT / "data" / "sources").glob("**/training_count.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            counted += [row for row in csv.DictReader(lines) if row["dimension"] == "ethnicity"]
    assert len(counted) >= 11
    for row in counted:
        assert filed.get(row["printed"]) == row["community"], row["printed"]
        assert filed.get(row["filed"]) == row["community"], row["filed"]
    ethnic = {row["community"] for row in reference("community") if row["facet"] == "ethnic"}
    assert ethnic - set(filed.values()) == set()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"fit_2001": "none"}, 'column fit_2001: "none". Expected none where there is no group'),
        ({"group_2001": "2011-ethnic-african"}, "Expected an ethnic group of the 2001 census."),
        ({"group_2011": "2011-religion-muslim"}, "Expected an ethnic group of the 2011 census."),
        ({"community": "kenyan"}, "Expected the groups and fits of Kenyan, filed there too."),
        ({"rule": "guess"}, "Expected one of: named_row, african_by_country, extended_list, cannot_be_placed."),
    ],
)
def test_a_label_filed_against_the_rules_stops_the_build(data, change, words):
    rows = reference("ethnic_label")
    next(row for row in rows if row["printed"] == "Pakistani").update(change)
    file = data / "reference" / "ethnic_label.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(FaultsFound) as found:
        collect(data)
    assert words in str(found.value)


def test_codes_before_2009_are_33_and_none_is_used_twice():
    codes = area_codes()
    assert len(codes) == 66
    assert sorted(codes.values()) == sorted([row["gss_code"] for row in reference("borough")] * 2)
    assert (codes["00AA"], codes["00AG"], codes["00BK"]) == ("E09000001", "E09000007", "E09000033")


# --- the two tables really downloaded from Nomis ---------------------------------------------------------------------

ETHNIC, RELIGION = (census.REAL / f"raw_nomis_{name}_la.csv" for name in ("QS201EW_2011", "ST149_2001"))
real = pytest.mark.skipif(
    not (ETHNIC.exists() and RELIGION.exists()),
    reason="The two tables downloaded from Nomis do not lie in ../shared/reference, and the project commits none.",
)


@real
def test_the_downloaded_tables_load_and_agree_with_the_files_read_by_hand(data):
    assert load(data, ETHNIC, RELIGION) == 0
    cursor = build(data)
    with ETHNIC.open(encoding="utf-8-sig", newline="") as lines:
        by_hand = {row["geography code"]: row for row in csv.DictReader(lines) if row["geography code"] in area_codes()}
    bangladeshi = "Ethnic Group: Asian/Asian British: Bangladeshi; measures: Value"
    found = {row.gss_code: row.people for row in population.residents(cursor, 2011) if row.label == "Bangladeshi"}
    assert found == {code: int(row[bangladeshi]) for code, row in by_hand.items()}
    assert found["E09000007"] == 12_503
    muslim: dict[str, int] = dict.fromkeys(found, 0)
    religion = ""
    for cells in csv.reader(RELIGION.read_text(encoding="utf-8-sig").splitlines()):
        if cells and cells[0].startswith("Religion"):
            religion = cells[1]
        elif len(cells) > 2 and cells[1] in muslim and religion == "Muslim":
            muslim[cells[1]] += sum(map(int, cells[2:]))
    residents = population.residents(cursor, 2001, population.RELIGION)
    assert {row.gss_code: row.people for row in residents if row.label == "Muslim"} == muslim
    early = next(table for table in population.tables(cursor) if table.census == 2001)
    assert early.title == "ST149 - Sex and age by religion"
    assert early.note.startswith("Cells in this dataset have been randomly adjusted")
    assert early.is_summed


@real
def test_one_changed_figure_in_the_downloaded_table_is_found(data, tmp_path, capsys):
    text = ETHNIC.read_text(encoding="utf-8-sig").replace('"E09000007","Total",220338', '"E09000007","Total",220339')
    (tmp_path / "changed.csv").write_text(text, encoding="utf-8")
    assert load(data, tmp_path / "changed.csv") == 1
    said = capsys.readouterr().err
    assert (
        'changed.csv, line 191, column Ethnic Group: All categories: Ethnic group; measures: Value: "220339".' in said
    )
    assert "Expected 220,338 for Camden, the sum of its 18 groups." in said
