"""The commands on editions: list, label, use, prune and verify."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from tests.support.rows import write_sources
from warehouse.edition import NoEdition, live_edition, serve
from warehouse.schema.layout import EDITIONS, EVERYONE, LABELS, LOCK, POINTER, audience_file
from warehouse.schema.shelf import edition_folders, fault_of, read_labels, read_pointer

LABEL = "Operations group, 21 June 2012"


def run(warehouse: Path, *words: str) -> int:
    """`python -m etl …` on this warehouse."""
    return main([*words, "--warehouse", str(warehouse)])


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A warehouse of five editions and their names, the oldest first; to be copied."""
    folder = tmp_path_factory.mktemp("five")
    names = []
    for number in range(5):
        row = {"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": f"Made {number}."}
        data = write_sources(folder / str(number) / "data", {"programme": [row]})
        names.append(publish(collect(data), folder / "w").edition)
    return folder / "w", names


@pytest.fixture
def copy(five: tuple[Path, list[str]], tmp_path: Path) -> tuple[Path, list[str]]:
    """A copy of it. Databases are linked, not copied: nothing here writes into one."""
    warehouse, names = five
    return shutil.copytree(warehouse, tmp_path / "w", copy_function=_link), names


def _link(source: str, target: str) -> None:
    if source.endswith(".duckdb"):
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)


def truncate(warehouse: Path, edition: str) -> None:
    """Damage an edition of a copy, and not the one it is linked to."""
    file = audience_file(warehouse / EDITIONS / edition, EVERYONE)
    content = file.read_bytes()[:-1]
    file.unlink()
    file.write_bytes(content)


def test_the_list_says_name_built_rows_which_label_and_state(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    warehouse, names = copy
    truncate(warehouse, names[1])
    assert run(warehouse, "editions", "label", names[2], LABEL) == 0
    capsys.readouterr()
    assert run(warehouse, "editions") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == names[::-1], "the newest first"
    assert re.fullmatch(names[4] + r"  live    \d+ \w+ \d{4}, \d\d:\d\d UTC +273 rows  sound", lines[0])
    assert names[3] + "  before" in lines[1]
    assert lines[2].endswith(f'sound; "{LABEL}"')
    assert lines[3].endswith("damaged: everyone.duckdb was changed after it was published")
    assert run(warehouse, "editions", "list") == 0
    assert capsys.readouterr().out.splitlines() == lines


def test_a_label_is_kept_beside_the_editions_and_moves_no_name(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    warehouse, names = copy
    assert run(warehouse, "editions", "label", names[1][:6], f"  {LABEL}\n") == 0
    assert read_labels(warehouse) == {names[1]: LABEL}
    assert fault_of(warehouse / EDITIONS / names[1]) is None
    assert run(warehouse, "editions", "label", names[2], LABEL) == 1
    assert f'{names[1]} is called "{LABEL}"' in capsys.readouterr().err
    assert run(warehouse, "editions", "label", LABEL, "Another name") == 0, "an edition can be named by its label"
    assert read_labels(warehouse) == {names[1]: "Another name"}
    assert run(warehouse, "editions", "label", names[1], "--remove") == 0
    assert read_labels(warehouse) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("label", "nonsense", "x"), "There is no edition 'nonsense'"),
        (("label", "abc", "x"), "There is no edition 'abc'"),
        (("label", "live", ""), "Expected a label in words"),
        (("label", "live", "x" * 121), "at most 120 characters"),
        (("label", "live", "a\x1b[2Jb"), "can be printed"),
        (("label", "live"), "Expected a label, or --remove"),
        (("use", "../../etc"), "There is no edition"),
    ],
)
def test_what_cannot_be_done_is_said(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
):
    warehouse, _ = copy
    assert run(warehouse, "editions", *words) == 1
    assert said in capsys.readouterr().err
    assert not (warehouse / LABELS).exists()


def test_use_makes_another_edition_live_and_the_next_build_the_newest_again(
    copy: tuple[Path, list[str]], five: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    warehouse, names = copy
    assert run(warehouse, "editions", "use", "before") == 0
    assert f"{names[3]} is live now; before it was {names[4]}." in capsys.readouterr().out
    assert live_edition(warehouse).name == names[3]
    assert read_pointer(warehouse).before == names[4]
    assert run(warehouse, "editions", "use", names[3]) == 0
    assert "was live already" in capsys.readouterr().out
    truncate(warehouse, names[0])
    assert run(warehouse, "editions", "use", names[0]) == 1
    assert "cannot be made live: damaged" in capsys.readouterr().err
    assert live_edition(warehouse).name == names[3]
    assert main(["build", "--data", str(five[0].parent / "4" / "data"), "--warehouse", str(warehouse)]) == 0
    assert live_edition(warehouse).name == names[4]


def test_prune_keeps_the_labelled_the_live_the_one_before_and_the_newest_others(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    warehouse, names = copy
    editions = warehouse / EDITIONS
    assert run(warehouse, "editions", "prune") == 0
    assert "Nothing to take away." in capsys.readouterr().out, "ten others are kept"
    assert run(warehouse, "editions", "label", names[0], LABEL) == 0
    for leftover in (".building-0123456789ab", ".damaged-0123456789ab-1", ".gone-0123456789ab"):
        (editions / leftover).mkdir()
    assert run(warehouse, "editions", "use", names[2]) == 0
    capsys.readouterr()
    # Kept: 0 by its label, 2 live, 4 the one before, 3 the newest of the others. To go: 1 and what was left.
    assert run(warehouse, "editions", "prune", "--keep", "1", "--dry-run") == 0
    said = capsys.readouterr().out
    assert said.count("Would be taken away: ") == 4
    assert f"Would be taken away: {names[1]}\n" in said
    assert len(list(editions.iterdir())) == 8
    assert run(warehouse, "editions", "prune", "--keep", "1") == 0
    assert {path.name for path in editions.iterdir()} == {names[0], names[2], names[3], names[4]}
    assert run(warehouse, "editions", "prune", "--keep", "0") == 0
    assert {path.name for path in editions.iterdir()} == {names[0], names[2], names[4]}


def test_prune_takes_nothing_where_it_cannot_tell_what_is_to_be_kept(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    warehouse, names = copy
    for file in (LABELS, POINTER):
        kept = (warehouse / file).read_text() if (warehouse / file).exists() else None
        (warehouse / file).unlink(missing_ok=True)
        (warehouse / file).write_text("{")
        assert run(warehouse, "editions", "prune", "--keep", "0") == 1
        assert file in capsys.readouterr().err
        (warehouse / file).unlink()
        if kept:
            (warehouse / file).write_text(kept)
    (warehouse / POINTER).unlink()
    assert run(warehouse, "editions", "prune", "--keep", "0") == 1
    assert len(edition_folders(warehouse)) == len(names)


def test_a_command_that_writes_waits_for_nobody_and_says_who_holds_the_lock(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    from etl.lock import held

    warehouse, names = copy
    with held(warehouse, "python -m etl build"):
        for words in (("label", names[0], "x"), ("use", names[0]), ("prune",)):
            assert run(warehouse, "editions", *words) == 1
            assert re.search(rf"in use by python -m etl build \(process \d+ on .+{LOCK}", capsys.readouterr().err)
        assert run(warehouse, "editions") == 0
        assert run(warehouse, "verify") == 0


def test_verify_reads_every_edition_and_fails_where_one_is_damaged(
    copy: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    warehouse, names = copy
    assert run(warehouse, "verify") == 0
    assert "5 read, 5 as published, 0 damaged." in capsys.readouterr().out
    truncate(warehouse, names[0])
    assert run(warehouse, "verify") == 1
    out, errors = capsys.readouterr()
    assert "5 read, 4 as published, 1 damaged." in out
    assert f"{names[0]} is damaged: everyone.duckdb was changed after it was published." in errors
    (warehouse / POINTER).write_text(json.dumps({"edition": "0" * 12}))
    assert run(warehouse, "verify") == 1
    assert "The live edition 000000000000 is not there. Run: python -m etl build" in capsys.readouterr().err


def test_an_edition_is_opened_by_name_and_one_of_another_version_or_name_is_not(
    copy: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
):
    warehouse, names = copy
    served = serve(warehouse, names[0])
    assert (served.edition.name, served.asked, served.standing.name) == (names[0], names[0], names[4])
    truncate(warehouse, names[1])
    for name, why in (
        (names[1], "damaged"),
        ("0" * 12, "There is no edition"),
        (f"../{EDITIONS}/{names[0]}", "no edit"),
    ):
        served = serve(warehouse, name)
        assert served.edition.name == names[4]
        assert served.not_given[0] == name
        assert why in served.not_given[1]
    manifest = warehouse / EDITIONS / names[2] / "manifest.json"
    said = json.loads(manifest.read_text())
    manifest.unlink()
    manifest.write_text(json.dumps({key: value for key, value in said.items() if key != "seal"}))
    assert serve(warehouse, names[2]).not_given[1].endswith("cannot be read: it was built by another version.")
    monkeypatch.setattr("warehouse.schema.shelf.schema_hash", lambda: "of a later version")
    with pytest.raises(
        NoEdition, match=r"cannot be opened: it was built by another version\. Run: python -m etl build"
    ):
        live_edition(shutil.copytree(warehouse, warehouse.parent / "later", copy_function=_link))
