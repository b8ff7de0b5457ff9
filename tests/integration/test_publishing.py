"""Publishing while others read and others build: nobody reads half an edition, and of many builds one publishes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from etl.__main__ import main
from etl.collect import Collected, collect
from etl.lock import Busy, held
from etl.publish import publish
from tests.support.network import offline_environment
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from warehouse.edition import NoEdition, Readers, live_edition, serve
from warehouse.schema.layout import EDITIONS, EVERYONE, HOLDER, LOCK, POINTER, audience_file
from warehouse.schema.shelf import fault_of, read_pointer

SECONDS = 300
READS, PUBLISHES, CONTENTS = 2_000, 100, 8


def content(folder: Path, number: int) -> Collected:
    """Two facts that belong together: a reader who sees one with another number reads two editions at once."""
    text = f"Made {number}."
    rows = {
        "programme": [{"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": text}],
        "body": [{"fact_key": "body-test", "name": "Test", "kind": "network", "scope": "london", "purpose": text}],
    }
    return collect(write_sources(folder / str(number) / "data", rows))


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that runs this module with these words; it ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=offline_environment() | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def test_two_thousand_reads_during_a_hundred_publishes_none_torn_and_none_failed(tmp_path: Path):
    """The first eight publishes make new editions; the others switch between these, with the same order of steps."""
    contents = [content(tmp_path, number) for number in range(CONTENTS)]
    publish(contents[-1], tmp_path / "w")
    with started("tests.support.steady_reader", str(tmp_path), str(READS)) as reader:
        published = 0
        while published < PUBLISHES or not (tmp_path / "enough").exists():
            assert reader.poll() is None, reader.communicate(timeout=SECONDS)
            done = publish(contents[published % CONTENTS], tmp_path / "w")
            assert done.is_new
            published += 1
        (tmp_path / "stop").touch()
        out, errors = reader.communicate(timeout=SECONDS)
    assert reader.returncode == 0, errors
    seen = json.loads(out)
    assert seen["reads"] >= READS
    assert seen["torn"] == []
    assert seen["failed"] == []
    assert len(seen["editions"]) == CONTENTS, "the reader saw every edition, so it read while they were published"


def test_of_six_builds_at_once_one_publishes_and_the_others_say_who_holds_the_lock(tmp_path: Path):
    names = [f"b{number}" for number in range(6)]
    for number, name in enumerate(names):
        content(tmp_path / name, number)
        (tmp_path / name / str(number) / "data").rename(tmp_path / name / "data")
    words = ("tests.support.patient_build", str(tmp_path))
    with ExitStack() as stack:
        builds = [stack.enter_context(started(*words, name, "5")) for name in names]
        said = {build.pid: (build.communicate(timeout=SECONDS), build.returncode) for build in builds}
    (winner,) = (pid for pid, (_, code) in said.items() if code == 0)
    for pid, ((_, errors), code) in said.items():
        if pid != winner:
            assert code == 1
            assert f"in use by python -m etl build (process {winner} on " in errors
            assert re.search(r"since \d+ \w+ \d{4}, \d\d:\d\d UTC", errors)
            assert LOCK in errors
    (edition,) = (path.name for path in (tmp_path / "w" / EDITIONS).iterdir())
    assert read_pointer(tmp_path / "w").edition == edition == live_edition(tmp_path / "w").name
    assert not (tmp_path / "w" / HOLDER).exists()


def test_the_note_on_who_holds_the_lock_is_never_trusted_for_it(tmp_path: Path):
    warehouse = tmp_path / "w"
    warehouse.mkdir()
    (warehouse / HOLDER).write_text('{"what": "a build that was killed", "pid": 1, "host": "x", "since": "y"}')
    assert publish(content(tmp_path, 1), warehouse).is_new
    with FileLock(warehouse / LOCK), pytest.raises(Busy, match="another command"), held(warehouse, "this"):
        pass


def test_a_holder_that_says_who_it_is_a_moment_later_is_waited_for(tmp_path: Path):
    said = {"what": "a slow build", "pid": 7, "host": "here", "since": "2011-12-05T10:00:00+00:00"}
    with FileLock(tmp_path / LOCK):
        says = threading.Timer(0.3, (tmp_path / HOLDER).write_text, [json.dumps(said)])
        says.start()
        with (
            pytest.raises(Busy, match=r"a slow build \(process 7 on here, since 5 December 2011"),
            held(tmp_path, "this"),
        ):
            pass
        says.join()


def test_the_pointer_keeps_the_edition_before_and_is_written_last(tmp_path: Path):
    warehouse = tmp_path / "w"
    first = publish(content(tmp_path, 1), warehouse).edition
    assert json.loads((warehouse / POINTER).read_text()) == {"edition": first, "before": None}
    second = publish(content(tmp_path, 2), warehouse).edition
    assert json.loads((warehouse / POINTER).read_text()) == {"edition": second, "before": first}
    assert {path.name for path in warehouse.iterdir()} == {EDITIONS, POINTER, LOCK}
    assert {path.name for path in (warehouse / EDITIONS / second).iterdir()} == {"everyone.duckdb", "manifest.json"}


# --- damage ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two editions, to be copied."""
    folder = tmp_path_factory.mktemp("two")
    for number in (1, 2):
        publish(content(folder, number), folder / "w")
    return folder


def copied(two: Path, tmp_path: Path) -> tuple[Path, str, str]:
    """A copy of that warehouse, its live edition and the one before."""
    warehouse = shutil.copytree(two / "w", tmp_path / "w")
    pointer = read_pointer(warehouse)
    return warehouse, pointer.edition, pointer.before


def flip(path: Path) -> None:
    """Flip one bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 2)


def put_a_log_beside(path: Path) -> None:
    path.with_name(f"{path.name}.wal").write_bytes(b"x")


@pytest.mark.parametrize("harm", [flip, truncate, Path.unlink, put_a_log_beside])
def test_damage_is_noticed_before_it_is_served_and_the_edition_before_stays_up(two: Path, tmp_path: Path, harm):
    warehouse, live, before = copied(two, tmp_path)
    assert serve(warehouse).edition.name == live, "verified once: what follows happens to a running dashboard"
    harm(audience_file(warehouse / EDITIONS / live, EVERYONE))
    served = serve(warehouse)
    assert served.edition.name == before
    assert live in served.not_live
    with pytest.raises(NoEdition, match="damaged"):
        live_edition(warehouse)
    assert "everyone.duckdb" in fault_of(warehouse / EDITIONS / live)


@pytest.mark.parametrize("harm", [flip, truncate, Path.unlink])
def test_a_damaged_manifest_is_noticed_as_well(two: Path, tmp_path: Path, harm):
    warehouse, live, before = copied(two, tmp_path)
    harm(warehouse / EDITIONS / live / "manifest.json")
    served = serve(warehouse)
    assert served.edition.name == before
    assert "manifest.json" in served.not_live


@pytest.mark.parametrize("text", ["", "{", "null", '{"edition": 3}', '{"edition": "../../x"}', '"x"', "{}"])
def test_a_pointer_that_names_nothing_is_no_end(two: Path, tmp_path: Path, text: str):
    warehouse, live, _ = copied(two, tmp_path)
    (warehouse / POINTER).write_text(text)
    served = serve(warehouse)
    assert served.edition.name == live, "the newest that is sound"
    assert POINTER in served.not_live


def test_where_nothing_sound_is_left_the_reason_is_said_with_the_command(two: Path, tmp_path: Path):
    warehouse, live, before = copied(two, tmp_path)
    for name in (live, before):
        flip(audience_file(warehouse / EDITIONS / name, EVERYONE))
    with pytest.raises(NoEdition, match=rf"{live} is damaged: .+ Run: python -m etl build"):
        serve(warehouse)


def test_a_damaged_live_edition_is_mended_by_the_next_build_and_read_anew_by_who_had_it_open(two: Path, tmp_path: Path):
    warehouse, live, _ = copied(two, tmp_path)
    readers = Readers()
    old = readers.get(serve(warehouse).edition, EVERYONE)
    assert main(["verify", "--warehouse", str(warehouse)]) == 0
    flip(audience_file(warehouse / EDITIONS / live, EVERYONE))
    assert main(["verify", "--warehouse", str(warehouse)]) == 1
    data = two / "2" / "data"
    assert main(["build", "--data", str(data), "--warehouse", str(warehouse)]) == 0
    mended = serve(warehouse)
    assert (mended.edition.name, mended.not_live) == (live, None)
    new = readers.get(mended.edition, EVERYONE)
    assert new is not old
    assert new.cursor().execute("SELECT summary FROM programme").fetchone() == ("Made 2.",)
