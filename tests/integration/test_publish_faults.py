"""Publishing when Python's own calls fail: the promises of `test_disk_faults`, on every system, without a compiler.

One call of a build after the other gets an error, finds the disk full, or ends the build as a kill would.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from etl.collect import Collected, collect
from etl.publish import BuildRefused, publish
from tests.support.rows import write_sources
from warehouse.schema.layout import EDITIONS, HOLDER
from warehouse.schema.shelf import fault_of, read_pointer

CALLS = ((os, "replace"), (os, "fsync"), (Path, "write_text"), (Path, "mkdir"), (duckdb, "connect"))
"""What a build calls to change the disk: the ways that `etl` itself uses."""


class Killed(BaseException):
    """Stands in for a kill: nothing in the build catches it."""


@dataclass
class Faults:
    """Counts the calls, and lets the one with the number `at` fail with `error`."""

    at: int = -1
    error: BaseException | None = None
    count: int = 0

    def called(self) -> None:
        self.count += 1
        if self.count - 1 == self.at and self.error:
            raise self.error


@contextmanager
def failing(faults: Faults) -> Iterator[None]:
    """Every call of CALLS goes past `faults` first."""

    def guarded(real: Callable) -> Callable:
        def call(*arguments: object, **named: object) -> object:
            faults.called()
            return real(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in CALLS:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        yield


def content(folder: Path, summary: str) -> Collected:
    """One programme with this summary, read and checked."""
    row = {"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": summary}
    return collect(write_sources(folder / summary / "data", {"programme": [row]}))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return content(tmp_path_factory.mktemp("old"), "old")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return content(tmp_path_factory.mktemp("new"), "new")


@pytest.fixture(scope="module")
def published(old: Collected, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the old content live, to be copied."""
    warehouse = tmp_path_factory.mktemp("published") / "w"
    publish(old, warehouse)
    return warehouse


def live(warehouse: Path) -> str:
    """The edition that is live, which must be complete."""
    pointer = read_pointer(warehouse)
    assert pointer is not None
    assert fault_of(warehouse / EDITIONS / pointer.edition) is None
    return pointer.edition


def test_whatever_call_fails_the_old_edition_stays_or_the_new_one_is_live_and_the_next_build_succeeds(
    published: Path, new: Collected, tmp_path: Path
):
    before = live(published)
    trial = Faults()
    with failing(trial):
        after = publish(new, shutil.copytree(published, tmp_path / "trial")).edition
    assert trial.count >= 12, "these calls are what the test is about"
    for at in range(trial.count):
        error = (OSError(errno.EIO, "Input/output error"), OSError(errno.ENOSPC, "No space left"), Killed())[at % 3]
        warehouse = shutil.copytree(published, tmp_path / str(at))
        with failing(Faults(at, error)), pytest.raises((BuildRefused, Killed)) as raised:
            publish(new, warehouse)
        assert live(warehouse) in (before, after)
        if raised.type is BuildRefused:
            assert f"Live is the edition {live(warehouse)}." in str(raised.value)
            assert "python -m etl build" in str(raised.value)
        assert publish(new, warehouse).edition == live(warehouse) == after
        left = {path.name for path in (warehouse / EDITIONS).iterdir()}
        assert left == {before, after}
        assert not (warehouse / HOLDER).exists()
        shutil.rmtree(warehouse)


def test_a_log_left_beside_the_new_file_is_noticed(old: Collected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A write-ahead log would be played into the file by whoever opens it next."""
    from etl import publish as module

    real = module.new_database

    @contextmanager
    def and_a_log(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        with real(path) as connection:
            yield connection
        path.with_suffix(".duckdb.wal").write_bytes(b"x")

    monkeypatch.setattr(module, "new_database", and_a_log)
    with pytest.raises(BuildRefused, match=r"\.wal was left behind"):
        publish(old, tmp_path / "w")
    assert read_pointer(tmp_path / "w") is None


def test_a_file_that_does_not_hold_what_was_put_in_is_not_published(
    old: Collected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from etl import publish as module

    real = module.load_rows

    def and_a_row_less(connection: duckdb.DuckDBPyConnection, collected: Collected) -> dict[str, int]:
        return {**real(connection, collected), "programme": 2}

    monkeypatch.setattr(module, "load_rows", and_a_row_less)
    with pytest.raises(BuildRefused, match="programme holds 1 rows, expected 2"):
        publish(old, tmp_path / "w")
    assert list((tmp_path / "w" / EDITIONS).iterdir()) == []


def test_everything_is_flushed_before_it_is_put_in_place_and_the_pointer_comes_last(
    published: Path, new: Collected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """No test can cut the power, so this one looks at the order: what is renamed was flushed, then its folder is."""
    warehouse = shutil.copytree(published, tmp_path / "w")
    steps: list[str] = []
    opened: dict[int, str] = {}
    real_open, real_sync, real_replace = os.open, os.fsync, os.replace

    def opening(path: Path, *rest: object, **named: object) -> int:
        handle = real_open(path, *rest, **named)
        opened[handle] = Path(os.fsdecode(path)).name
        return handle

    def syncing(handle: int) -> None:
        steps.append(f"flush {opened[handle]}")
        real_sync(handle)

    def replacing(source: Path, target: Path) -> None:
        steps.append(f"{Path(source).name} -> {Path(target).name}")
        real_replace(source, target)

    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(os, "replace", replacing)
    name = publish(new, warehouse).edition
    assert steps == [
        "flush everyone.duckdb",
        "flush manifest.json",
        f"flush .building-{name}",
        f".building-{name} -> {name}",
        "flush editions",
        "flush current.json.new",
        "current.json.new -> current.json",
        "flush w",
    ]
    steps.clear()
    assert not publish(new, warehouse).is_new
    assert steps == ["flush editions", "flush current.json", "flush w"], "a run before may have been cut short"
