"""A build that would lose facts asks why; the reason becomes part of the edition, and the same files lose nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.__main__ import main
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from warehouse.edition import Reader, live_edition
from warehouse.schema.layout import EDITIONS, EVERYONE, POINTER, audience_file
from warehouse.schema.shelf import Loss, read_pointer

PROGRAMMES = [
    {"fact_key": f"programme-{name}", "name": name.title(), "kind": "other", "summary": "Made for a test."}
    for name in "abcdefghijklmn"
]
REASON = "The document was read wrongly; <b>nothing</b> of it stands."


def write(folder: Path, programmes: list[dict[str, str]]) -> Path:
    """A data folder with these programmes."""
    return write_sources(folder / "data", {"programme": programmes})


def build(data: Path, warehouse: Path, *words: str) -> int:
    return main(["build", "--data", str(data), "--warehouse", str(warehouse), *words])


@pytest.fixture(scope="module")
def all_of_them(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("all"), PROGRAMMES)


@pytest.fixture(scope="module")
def two_of_them(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("two"), PROGRAMMES[:2])


def test_a_loss_is_counted_listed_asked_about_recorded_and_then_over(
    all_of_them: Path, two_of_them: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    warehouse = tmp_path / "w"
    assert build(all_of_them, warehouse) == 0
    first = live_edition(warehouse)
    assert first.losses == ()
    capsys.readouterr()

    assert build(two_of_them, warehouse) == 1
    said = capsys.readouterr().err
    assert f"12 rows of the edition {first.name} would be lost" in said
    assert "  Programmes: 12 rows" in said
    assert [line for line in said.splitlines() if line.startswith("  programme-")] == [
        f"  programme-{name}" for name in "cdefghijkl"
    ]
    assert "and 2 more" in said
    assert f'--warehouse {tmp_path}/w --accept-loss "the reason, in a sentence"' in said
    assert live_edition(warehouse).name == first.name
    assert [path.name for path in (warehouse / EDITIONS).iterdir()] == [first.name]

    assert build(two_of_them, warehouse, "--accept-loss", f"  {REASON}\n ") == 0
    assert f"It records why 12 of the rows of {first.name} are left out." in capsys.readouterr().out
    second = live_edition(warehouse)
    lost = tuple(f"programme-{name}" for name in "cdefghijklmn")
    assert second.losses == (Loss("programme", lost, REASON),)
    cursor = Reader(second.folder, EVERYONE).cursor()
    found = cursor.execute("SELECT table_name, fact_key, reason FROM build_loss ORDER BY fact_key").fetchall()
    assert found == [("programme", key, REASON) for key in lost]

    # The same files again lose nothing, with the reason or without it.
    for words in ((), ("--accept-loss", "another")):
        assert build(two_of_them, warehouse, *words) == 0
        assert "was live already" in capsys.readouterr().out
        assert live_edition(warehouse).name == second.name

    # Put back and taken away again for the same reason: the same editions.
    assert build(all_of_them, warehouse) == 0
    assert live_edition(warehouse).name == first.name
    assert build(two_of_them, warehouse) == 1
    assert build(two_of_them, warehouse, "--accept-loss", REASON) == 0
    assert live_edition(warehouse).name == second.name

    # The reason is input: without the loss, or for another reason, the same files are another edition.
    assert build(two_of_them, tmp_path / "fresh") == 0
    fresh = live_edition(tmp_path / "fresh")
    assert fresh.name != second.name
    assert fresh.losses == ()
    assert build(all_of_them, warehouse) == 0
    assert build(two_of_them, warehouse, "--accept-loss", "Another reason.") == 0
    assert live_edition(warehouse).name not in (first.name, second.name, fresh.name)

    # Damaged, it is made anew with its record.
    third = live_edition(warehouse)
    with audience_file(third.folder, EVERYONE).open("r+b") as file:
        file.truncate(100)
    assert build(two_of_them, warehouse) == 0
    assert live_edition(warehouse).losses == third.losses
    assert live_edition(warehouse).name == third.name


def test_a_damaged_live_edition_is_no_way_round_the_question(
    all_of_them: Path, two_of_them: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Compared is what readers see: the edition before it, which stays up."""
    warehouse = tmp_path / "w"
    more = [*PROGRAMMES, {**PROGRAMMES[0], "fact_key": "programme-more"}]
    assert build(write(tmp_path / "more", more), warehouse) == 0
    first = live_edition(warehouse).name
    assert build(all_of_them, warehouse, "--accept-loss", "One.") == 0
    with audience_file(live_edition(warehouse).folder, EVERYONE).open("r+b") as file:
        file.truncate(100)
    capsys.readouterr()
    assert build(two_of_them, warehouse) == 1
    assert f"13 rows of the edition {first} would be lost" in capsys.readouterr().err


def test_a_reason_without_a_loss_is_not_recorded_and_said_to_be_so(
    two_of_them: Path, all_of_them: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    warehouse = tmp_path / "w"
    assert build(two_of_them, warehouse, "--accept-loss", "x") == 0
    assert "no edition to compare it with, so the reason was not recorded" in capsys.readouterr().out
    assert build(all_of_them, warehouse, "--accept-loss", "x") == 0
    assert "is left out, so the reason was not recorded" in capsys.readouterr().out
    assert live_edition(warehouse).losses == ()


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501, "bell \x07", "half \udcff"])
def test_a_reason_that_cannot_be_kept_is_refused_before_anything_is_built(
    two_of_them: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], reason: str
):
    assert build(two_of_them, tmp_path / "w", "--accept-loss", reason) == 1
    assert "Expected a reason" in capsys.readouterr().err
    assert not (tmp_path / "w").exists()


def test_a_fact_that_moves_to_another_table_or_changes_is_not_lost(tmp_path: Path):
    warehouse = tmp_path / "w"
    assert build(write(tmp_path / "a", PROGRAMMES[:2]), warehouse) == 0
    changed = [{**row, "summary": "Changed."} for row in PROGRAMMES[:2]]
    assert build(write(tmp_path / "b", changed), warehouse) == 0
    assert live_edition(warehouse).losses == ()


def test_a_pointer_that_cannot_be_read_does_not_hide_a_loss(all_of_them: Path, two_of_them: Path, tmp_path: Path):
    warehouse = tmp_path / "w"
    assert build(all_of_them, warehouse) == 0
    (warehouse / POINTER).write_text("{")
    assert build(two_of_them, warehouse) == 1
    assert build(all_of_them, warehouse) == 0
    assert read_pointer(warehouse).edition == live_edition(warehouse).name


def test_the_committed_facts_build_without_a_question_and_record_no_loss(warehouse_dir: Path):
    manifest = json.loads((live_edition(warehouse_dir).folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["losses"] == []
    assert (ROOT / "data" / "sources").is_dir()
