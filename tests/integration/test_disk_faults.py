"""A build on a disk that fails: wherever it is killed, finds the disk full or gets an error, readers keep an edition.

The calls to the system are made to fail under the production command, by a library that stands between it and the
system. `tests/integration/test_publish_faults.py` does the same from within Python, where that cannot be done.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.faults.points import KINDS, SCENES, Found, Point, chosen_points, ways
from tests.support.network import offline_environment
from tests.support.paths import ROOT

SECONDS = 500
SHIM = Path(__file__).resolve().parents[1] / "support" / "faults" / "shim.c"


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, compiled for this machine."""
    if not sys.platform.startswith("linux") or not shutil.which("gcc"):
        pytest.skip("calls to the system can be made to fail only on Linux with gcc; Python's own are tried anyway")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    command = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(library), str(SHIM), "-ldl"]
    subprocess.run(command, check=True, timeout=SECONDS)
    return library


def drive(shim: Path, folder: Path, points: list[Point]) -> list[dict]:
    """What a driver finds at these points. One that fails itself fails the test."""
    environment = offline_environment() | {"LD_PRELOAD": str(shim)}
    environment["PYTHONPATH"] = os.pathsep.join([environment["PYTHONPATH"], str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.faults.driver", str(folder), *map(str, points)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def found(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """Every point of the ordinary run, tried by two drivers side by side."""
    folder = tmp_path_factory.mktemp("faults")
    (counts,) = drive(shim, folder / "counts", [])
    points = chosen_points(counts)
    with ThreadPoolExecutor(2) as two:
        halves = two.map(lambda number: drive(shim, folder / str(number), points[number::2]), range(2))
        lines = [line for half in halves for line in half]
    assert len(lines) == len(points)
    return [Found(Point(**line.pop("point")), **line) for line in lines]


def test_at_least_a_hundred_points_of_every_kind_and_in_every_way_are_tried(found: list[Found]):
    points = [one.point for one in found]
    assert len(set(points)) == len(points) >= 100
    assert {point.scene for point in points} == set(SCENES)
    assert {point.how for point in points} == {"kill", "torn", "no space", "io error"}
    tried = {point.kind for point in points}
    assert tried >= {"write", "database write", "sync", "rename", "create", "make folder", "remove"}
    assert tried <= set(KINDS)


def test_each_failure_was_felt(found: list[Found]):
    """Else nothing was tried: a killed build was killed, and one that got an error did not claim to be done."""
    for one in found:
        killed = one.point.how in ("kill", "torn")
        assert (one.ended == -9) == killed, one
    # The note on who holds the lock is taken away when all is done: that this fails is no failure of the build.
    claimed = [one for one in found if one.ended == 0]
    assert {one.point.kind for one in claimed} <= {"remove"}
    assert len(claimed) <= 1
    assert Counter(one.point.how for one in found)["no space"] >= 10


def test_after_each_point_readers_have_an_edition_nothing_false_was_claimed_and_the_next_build_succeeds(
    found: list[Found],
):
    problems = [f"{one.point}: {problem}" for one in found for problem in one.problems]
    assert problems == [], "\n".join(problems)


def test_a_write_can_fail_in_four_ways_and_a_sync_in_two():
    assert ways("write") == ("kill", "torn", "no space", "io error")
    assert ways("sync") == ("kill", "io error")
