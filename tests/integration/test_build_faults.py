"""All faults of a run at once: each told once, what explains most told first, and nothing told that only follows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.collect import collect
from etl.faults import FaultsFound
from etl.read import OUTLINES
from geo.areas import BOUNDARIES
from tests.support.rows import write_sources
from warehouse.schema.layout import ROOT

PROGRAMME = {"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": "Made for a test."}
IN_CAMDEN = {"programme": "programme-test", "borough": "Camden", "role": "took_part"}
ACT = {"actor": "The board", "actor_kind": "board", "kind": "activity", "round": "none", "themes": "training",
       "scope": "borough", "borough": "Camden", "summary": "Made for a test."}  # fmt: skip
ROUND = {"fact_key": "training-a", "title": "A", "borough": "Camden", "unit_of_count": "people", "content": "Made.",
         "people": "178"}  # fmt: skip
COUNT = {"training_round": "training-a", "dimension": "gender", "printed": "Female", "filed": "Female",
         "unit_of_count": "people", "people": "100"}  # fmt: skip


def faults_of(data: Path) -> list[str]:
    """What the build finds, line by line, in its order."""
    with pytest.raises(FaultsFound) as found:
        collect(data)
    return [str(fault) for fault in found.value.faults]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the project's own facts and lists."""
    for name in ("sources", "reference"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    return tmp_path / "data"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_fault_of_one_table_does_not_hide_a_wrong_sum_in_another(tmp_path: Path) -> None:
    rows = {"activity": [{**ACT, "stage": "finished"}], "training_round": [ROUND], "training_count": [COUNT]}
    found = faults_of(write_sources(tmp_path / "data", rows))
    assert len(found) == 2
    assert 'activity.csv, line 2, column stage: "finished". Expected one of: aspiration' in found[0]
    assert (
        'training_count.csv, line 2, column people: "100". Expected gender to sum to 178; it sums to 100.' in found[1]
    )


def test_a_rule_is_not_asked_of_a_table_that_has_a_fault(tmp_path: Path) -> None:
    lines = [COUNT, {**COUNT, "printed": "Male", "filed": "Male", "people": "seventy-eight"}]
    found = faults_of(write_sources(tmp_path / "data", {"training_round": [ROUND], "training_count": lines}))
    assert len(found) == 1
    assert 'column people: "seventy-eight". Expected a whole number' in found[0]


def test_a_rule_is_not_asked_where_the_other_table_it_reads_has_a_fault(tmp_path: Path) -> None:
    rows = {
        "training_round": [{**ROUND, "people": "many"}],
        "training_count": [{**COUNT, "unit_of_count": "not_stated"}],
    }
    found = faults_of(write_sources(tmp_path / "data", rows))
    assert len(found) == 1
    assert 'training_round.csv, line 2, column people: "many"' in found[0]


def test_a_cell_that_does_not_fit_is_told_once(tmp_path: Path) -> None:
    rows = {
        "programme": [{**PROGRAMME, "fact_key": "Programme"}],
        "activity": [{**ACT, "borough": "Barnett"}, {**ACT, "scope": "brough"}, {**ACT, "basis": "guess"}],
        "pilot": [
            {"name": "P", "kind": "pilot", "programme": "Programme", "scope": "borough", "boroughs": "Croidon"},
        ],
    }  # fmt: skip
    found = faults_of(write_sources(tmp_path / "data", rows))
    assert [line.partition(", line ")[2].partition(". Expected")[0].partition(" is no")[0] for line in found] == [
        "2, column borough: \"Barnett\". 'Barnett'",
        '3, column scope: "brough"',
        '4, column basis: "guess"',
        "2, column boroughs: \"Croidon\". 'Croidon'",
        '2, column fact_key: "Programme"',
    ]


def test_keys_that_do_not_fit_are_not_called_used_already(tmp_path: Path) -> None:
    lines = [{**COUNT, "dimension": "sex"}, {**COUNT, "dimension": "sex"}]
    found = faults_of(write_sources(tmp_path / "data", {"training_round": [ROUND], "training_count": lines}))
    assert len(found) == 2
    assert all('column dimension: "sex"' in line for line in found)


def test_a_short_list_is_told_whole_and_a_long_one_by_its_closest_and_its_file(tmp_path: Path) -> None:
    rows = {
        "programme": [PROGRAMME],
        "programme_borough": [{**IN_CAMDEN, "borough": "Camdem"}, {**IN_CAMDEN, "programme": "programme-tset"}],
        "activity": [{**ACT, "themes": "xyz", "communities": "sudanes", "document": "report_2008"}],
        "also_said": [{"subject": "programme-tests"}],
        "round_response": [{"round": "appendix_2007", "board": "Camdem", "response": "entry"}],
    }
    said = "\n".join(faults_of(write_sources(tmp_path / "data", rows)))
    for expected in (
        'column document: "report_2008". Expected a key of the table document, one of: brief_2005, ',
        'column themes: "xyz". Expected a key of the table theme, one of: ',
        "training, ",
        'column communities: "sudanes". Expected a key of the table community. The closest are sudanese, ',
        "All stand in data/reference/community.csv.",
        'column programme: "programme-tset". Expected a key of the table programme. The closest is programme-test. All '
        "stand in the files programme.csv in data/sources.",
        "'Camdem' is no London borough; the closest is 'Camden'. All stand in data/reference/borough.csv.",
        "'Camdem' is no London safeguarding children board; the closest is 'Camden'. All stand in "
        "data/reference/board.csv.",
        'column subject: "programme-tests". Expected the key of a fact. The closest are programme-test, ',
        "All stand in the first column of the files in data/sources.",
    ):
        assert expected in said, f"{expected!r} is missing in:\n{said}"


@pytest.mark.parametrize(
    ("harm", "first"),
    [
        (lambda file: file.unlink(), "data/reference/community.csv. The file is missing. Put it back."),
        (lambda file: edit(file, "community,", "comunity,"), 'data/reference/community.csv, line 1: "comunity,'),
        (lambda file: edit(file, "\nafrican,African,", '\nafrican,"African,'),
         "data/reference/community.csv, line 2. Not a well-formed CSV row"),
        (lambda file: file.write_bytes(b"\xff\xfe" + file.read_bytes()),
         "data/reference/community.csv. Expected UTF-8 text; byte 0 is not."),
        (lambda file: file.write_text("", encoding="utf-8"), "data/reference/community.csv. The file is empty."),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_told_first_and_what_follows_in_one_line(shipped: Path, harm, first: str) -> None:
    harm(shipped / "reference" / "community.csv")
    edit(shipped / "sources" / "camden_2010" / "training_round.csv", "not_stated", "persons")
    with pytest.raises(FaultsFound) as found:
        collect(shipped)
    lines = [str(fault) for fault in found.value.faults]
    assert len(lines) == 3
    assert lines[0].startswith(first)
    assert lines[1].startswith("data/reference/community.csv. So ")
    assert lines[1].endswith(" references to its rows could not be checked.")
    assert 'column unit_of_count: "persons"' in lines[2]
    assert str(found.value).startswith("2 faults found;")


def test_rows_that_point_to_a_row_that_cannot_be_read_are_not_told(shipped: Path) -> None:
    edit(shipped / "reference" / "community.csv", "\nsomali,", "\nsomali,one,cell,too,many,")
    edit(shipped / "reference" / "community.csv", "\nkurdish,Kurdish,ethnic", "\nkurdish,Kurdish,ethnical")
    found = faults_of(shipped)
    assert len(found) == 2
    assert 'community.csv, line 25, column facet: "ethnical". Expected one of: ethnic,' in found[0]
    assert "community.csv, line 38. Expected 6 cells, found 10." in found[1]


def test_a_control_character_is_refused_and_never_sent_to_the_terminal(tmp_path: Path) -> None:
    signs = {"b": "\0", "c": "\x1c"}
    more = [{**PROGRAMME, "fact_key": f"programme-{key}", "summary": f"a{sign}b"} for key, sign in signs.items()]
    rows = [{**PROGRAMME, "name": "Te\x1b[2Jst"}, *more]
    found = faults_of(write_sources(tmp_path / "data", {"programme": rows}))
    sign = "is a sign that nobody sees and no text holds. Type the cell again."
    assert [line.partition(", ")[2] for line in found] == [
        f'line 2, column name: "Te<U+001B>[2Jst". Expected text; U+001B {sign}',
        f'line 3, column summary: "a<U+0000>b". Expected text; U+0000 {sign}',
        f'line 4, column summary: "a<U+001C>b". Expected text; U+001C {sign}',
    ]


def test_a_file_that_no_table_is_read_from_is_told(shipped: Path) -> None:
    (shipped / "population").mkdir()
    strays = (
        *("sources/camden_2010/training_count.CSV", "sources/camden_2010/extra.xlsx", "sources/notes.txt"),
        *("reference/extra.csv", "reference/old/theme.csv", "reference/activity.csv", "population/QS201.zip"),
    )
    hidden = (
        *("sources/.DS_Store", "sources/.trash/activity.csv", "sources/camden_2010/Thumbs.db"),
        *("reference/.~lock.theme.csv#", "reference/~$theme.xlsx", "population/population.csv.new"),
    )
    for name in (*strays, *hidden):
        (shipped / name).parent.mkdir(exist_ok=True)
        (shipped / name).write_text("x", encoding="utf-8")
    found = faults_of(shipped)
    assert {line.partition(". ")[0] for line in found} == {f"data/{name}" for name in strays}
    assert (
        "data/sources/notes.txt. No table has this name. Name it after one of these, with .csv: activity, " in found[6]
    )
    said = "\n".join(found)
    assert "extra.csv. No list has this name. Name it after one of these, with .csv: authority_board, board, " in said
    assert "document, ethnic_label, round, theme." in said
    assert "data/population/QS201.zip. This folder holds only what a command writes." in said


def test_the_outlines_lie_where_the_map_reads_them() -> None:
    assert ROOT / "data" / "reference" / OUTLINES == BOUNDARIES


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("borough", "gss_code,", "gsscode,", 'borough.csv, line 1: "gsscode,'),
        ("borough", "Bexley,", 'Bexley,"', "borough.csv, line 5. Not a well-formed CSV row"),
        ("board", "board,", "bord,", 'board.csv, line 1: "bord,'),
        ("authority_board", "\nE09000004,", "\nE09000005,", 'column gss_code: "E09000005". Already used in'),
        ("authority_board", ",bexley,", ",bexly,", 'column board: "bexly". Expected a key of the table board.'),
    ],
)
def test_a_fault_in_the_lists_of_places_is_told_before_any_name_is_looked_up(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, said: str
) -> None:
    edit(shipped / "reference" / f"{name}.csv", old, new)
    monkeypatch.setattr("geo.names.REFERENCE", shipped / "reference")
    found = faults_of(shipped)
    assert any(said in line for line in found), found
    assert any("So nothing else could be checked" in line for line in found)
    assert len(found) <= 3
