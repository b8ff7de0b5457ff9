"""What changed between two editions, on hand-made rows: new, changed and gone, under the right board, in words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from tests.support.rows import Rows, write_sources
from warehouse.changes import LONDON, Change, Comparison, by_board, compare
from warehouse.contents import LABELLED_BY, Contents
from warehouse.edition import Reader, live_edition, open_edition
from warehouse.schema import TABLES
from warehouse.schema.layout import EVERYONE

PROGRAMME = {"fact_key": "programme-p", "name": "Test programme", "kind": "other", "summary": "Made for a test."}
ACT = {
    "fact_key": "act-a", "round": "none", "scope": "borough", "borough": "Camden", "actor_kind": "board",
    "actor": "the board", "kind": "activity", "stage": "planned", "themes": "training; engagement",
    "summary": "A course is planned.", "communities": "somali",
}  # fmt: skip
PILOT = {
    "fact_key": "pilot-x", "name": "Pilot of two", "kind": "pilot", "programme": "programme-p", "scope": "borough",
    "boroughs": "Brent; Hackney", "set_out_to": "Try.",
}  # fmt: skip
ITEM = {"fact_key": "item-x", "pilot": "pilot-x", "kind": "aim", "stage": "not applicable", "summary": "An aim."}
COURSE = {
    "fact_key": "training-t", "title": "A course", "borough": "City of London", "unit_of_count": "people",
    "people": "10", "content": "Things.",
}  # fmt: skip
STATUS = {"fact_key": "status-s", "subject": "pilot-x", "state": "under_way", "summary": "It runs."}

OLD: Rows = {
    "programme": [PROGRAMME, {**PROGRAMME, "fact_key": "programme-gone", "name": "Gone programme"}],
    "activity": [ACT, {**ACT, "fact_key": "act-same", "summary": "The same."}],
    "pilot": [PILOT],
    "pilot_item": [ITEM],
    "training_round": [COURSE],
    "status_report": [STATUS],
}
NEW: Rows = {
    "programme": [{**PROGRAMME, "actual_from": "2006-07", "paragraph": "2"}],
    "activity": [
        {**ACT, "borough": "Barnet", "stage": "done", "themes": "engagement; training; policy", "communities": ""},
        # Another section, paragraph and rule, and its themes in another order: nothing that it says is different.
        {**ACT, "fact_key": "act-same", "summary": "The same.", "section": "9", "themes": "engagement; training"},
        {**ACT, "fact_key": "act-new", "scope": "london", "borough": "", "summary": "For all of London."},
    ],
    "pilot": [{**PILOT, "planned_from": "not applicable"}],
    "pilot_item": [{**ITEM, "summary": "Another aim."}],
    "training_round": [{**COURSE, "people": "0", "sessions": "3", "as_at": "2008"}],
    "status_report": [{**STATUS, "reason": "Nobody came.", "basis": "inferred", "rule": "By the date."}],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the old and the new edition."""
    folder = tmp_path_factory.mktemp("changes")
    publish(collect(write_sources(folder / "old" / "data", OLD)), folder / "w")
    new = collect(write_sources(folder / "new" / "data", NEW))
    publish(new, folder / "w", accept_loss="It never was.")
    return folder / "w"


@pytest.fixture(scope="module")
def found(warehouse: Path) -> Comparison:
    new = live_edition(warehouse)
    (old,) = (path.name for path in new.folder.parent.iterdir() if path.name != new.name)
    readers = [Reader(open_edition(warehouse, name).folder, EVERYONE) for name in (old, new.name)]
    return compare(*(reader.cursor() for reader in readers))


def told(found: Comparison, key: str) -> list[tuple[str, str, str, str]]:
    """Kind, heading, old and new of every change of one fact."""
    return [(one.kind, one.column, one.old, one.new) for one in found.changes if one.fact_key == key]


def test_each_cell_that_says_something_else_is_a_change_with_both_values_in_words(found: Comparison):
    assert told(found, "act-a") == [
        ("changed", "Borough", "Camden", "Barnet"),
        ("changed", "Stage", "Planned", "Done"),
        ("changed", "Themes", "Engagement and consultation; Training",
         "Engagement and consultation; Policy and procedures; Training"),
        ("changed", "Communities", "Somali", "nothing"),
    ]  # fmt: skip
    assert told(found, "training-t") == [
        ("changed", "People", "10 people", "0 people"),
        ("changed", "Sessions", "not reported", "3"),
        ("changed", "As at", "July 2007", "2008"),
    ]
    assert told(found, "pilot-x") == [("changed", "Planned from", "not reported", "not applicable")]
    assert told(found, "programme-p") == [("changed", "Actual from", "not reported", "July 2006")]
    assert told(found, "status-s") == [
        ("changed", "Reason", "not reported", "Nobody came."),
        ("changed", "Basis", "stated", "inferred"),
    ]


def test_new_and_gone_facts_are_told_once_by_what_they_are(found: Comparison):
    assert told(found, "act-new") == [("new", "", "", "")]
    assert told(found, "programme-gone") == [("gone", "", "", "")]
    assert {change.what for change in found.changes if change.kind != "changed"} == {
        "For all of London.", "Gone programme",
    }  # fmt: skip


def test_a_new_paragraph_alone_another_order_or_another_line_is_no_change(found: Comparison):
    assert told(found, "act-same") == []
    assert found.only_place == 1
    assert found.lists == ()


def test_each_change_stands_under_its_boards_in_the_order_of_the_alphabet(found: Comparison):
    sections = dict(by_board(found.changes))
    assert list(sections) == ["Barnet", "Brent", "Camden", "City and Hackney", LONDON]
    keys = {board: {change.fact_key for change in changes} for board, changes in sections.items()}
    # An act that is said of another borough now stands under both; the City's board is Hackney's; a part of a pilot and
    # a report on it stand where the pilot does.
    assert keys == {
        "Barnet": {"act-a"},
        "Camden": {"act-a"},
        "Brent": {"pilot-x", "item-x", "status-s"},
        "City and Hackney": {"pilot-x", "item-x", "status-s", "training-t"},
        LONDON: {"act-new", "programme-p", "programme-gone"},
    }


def test_an_edition_compared_with_itself_has_no_change(warehouse: Path):
    reader = Reader(live_edition(warehouse).folder, EVERYONE)
    assert compare(reader.cursor(), reader.cursor()) == Comparison((), 0, ())


def test_a_changed_list_is_named(warehouse: Path, tmp_path: Path):
    data = write_sources(tmp_path / "data", NEW)
    file = data / "reference" / "theme.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("\ntraining,Training,", "\ntraining,Courses,"), "utf-8")
    publish(collect(data), tmp_path / "w")
    editions = (live_edition(warehouse), live_edition(tmp_path / "w"))
    result = compare(*(Reader(edition.folder, EVERYONE).cursor() for edition in editions))
    assert result.lists == ("Themes of activity",)
    assert result.changes == ()


def test_the_command_prints_it_in_words_and_writes_it_as_a_table(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], found: Comparison
):
    assert main(["changes", "--warehouse", str(warehouse), "--csv", str(tmp_path / "c.csv")]) == 0
    said = capsys.readouterr().out
    assert "\nBarnet\n  Activities\n    changed: A course is planned. Borough: Camden → Barnet [act-a]\n" in said
    assert f"\n{LONDON}\n" in said
    assert "    gone: Gone programme [programme-gone]\n" in said
    assert "1 differ only in section, paragraph or rule and are not listed." in said
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == ["board", "table", "what", "kind", "column", "old", "new", "fact key"]
    assert len(rows) - 1 == sum(max(1, len(change.boards)) for change in found.changes)
    assert ["Camden", "Activities", "A course is planned.", "changed", "Stage", "Planned", "Done", "act-a"] in rows
    # The other way round, what is new is gone.
    assert main(["changes", "live", "before", "--warehouse", str(warehouse)]) == 0
    assert "    new: Gone programme [programme-gone]\n" in capsys.readouterr().out


def test_the_command_says_what_it_cannot_compare(tmp_path: Path, warehouse: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["changes", "--warehouse", str(tmp_path)]) == 1
    assert "no edition before the live one yet" in capsys.readouterr().err
    assert main(["changes", "nonsense", "--warehouse", str(warehouse)]) == 1
    assert "There is no edition 'nonsense'" in capsys.readouterr().err


def test_a_formula_in_the_data_does_not_reach_a_spreadsheet(tmp_path: Path):
    from etl.changes_command import _write

    change = Change("new", (), "Programmes", "programme-x", "=HYPERLINK(1)")
    _write(Comparison((change,), 0, ()), tmp_path / "c.csv")
    assert "'=HYPERLINK(1)" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")


def test_every_table_of_facts_has_words_for_its_rows_and_only_columns_it_has(warehouse_dir: Path):
    assert {name for name, table in TABLES.items() if table.is_fact} <= set(LABELLED_BY)
    for name, columns in LABELLED_BY.items():
        assert set(columns) <= {column.name for column in TABLES[name].columns}, name
    contents = Contents(Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor())
    bare = [
        key for name, table in TABLES.items() if table.is_fact for key in contents.rows[name]
        if contents.label(name, key) == key
    ]  # fmt: skip
    assert bare == []
