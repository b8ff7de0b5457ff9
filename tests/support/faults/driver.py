"""Runs builds on a disk that fails on demand, and looks after each at what they left.

Run as a process of its own with the shim loaded: `LD_PRELOAD=shim.so python -m tests.support.faults.driver FOLDER
POINT…`, where a POINT is "scene:kind:number:how" (`Point`). It writes one line of JSON for each point; without points,
how many calls of each kind a build of each scene makes. Every build runs in a process forked from this one, which has
imported everything already: it may be killed, and costs little. One in which nothing is to fail starts from a copy of
the empty tables.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.__main__ import main
from etl.collect import collect
from etl.load import content_hash
from tests.support.copied_tables import copied_tables
from tests.support.faults.points import HOW, KINDS, MENDING, SCENES, Found, Point
from tests.support.faults.quick_builds import quick_builds
from tests.support.rows import write_sources
from warehouse.schema.ddl import schema_hash
from warehouse.schema.layout import EDITION_NAME, EDITIONS, EVERYONE, audience_file
from warehouse.schema.shelf import edition_folders, fault_of, read_pointer

UNCAUGHT = 70
"""The exit code of a build that ended with an exception nobody caught."""


def in_child(folder: Path, job: Callable[[], int]) -> tuple[int, str]:
    """Run `job` in a child. Its exit code (minus the signal that ended it) and what it wrote to standard error."""
    errors = folder / "errors.txt"
    child = os.fork()
    if child == 0:
        code = UNCAUGHT
        try:
            with errors.open("w") as out:
                os.dup2(out.fileno(), 2)
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = job()
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return ended, errors.read_text(errors="replace")


@dataclass
class Scene:
    """One warehouse and the builds in it: the first of all, the next over a live edition, or one that mends it."""

    name: str
    folder: Path
    content: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        one = {"fact_key": "programme-test", "name": "Test", "kind": "other", "summary": "Made 0."}
        self.data = write_sources(self.folder / "data", {"programme": [one]})
        self.warehouse = self.folder / "w"
        # Fills what a process reads once, here and not in each child.
        content_hash(collect(self.data))
        schema_hash()

    def build(self, point: Point | None = None, counts: Path | None = None) -> tuple[int, str]:
        """One build, with one call made to fail. `counts`: a file for how many calls of each kind it made."""

        def job() -> int:
            kind, number, how = (KINDS.index(point.kind), point.number, HOW[point.how]) if point else (-1, -1, 0)
            SHIM.atlas_arm(os.fsencode(self.warehouse), kind, number, how)
            is_whole = point or counts
            with nullcontext() if is_whole else copied_tables(self.folder):
                code = main(["build", "--data", str(self.data), "--warehouse", str(self.warehouse)])
            if counts:
                found = {kind: SHIM.atlas_counted(number) for number, kind in enumerate(KINDS)}
                counts.write_text(json.dumps(found), encoding="utf-8")
            return code

        return in_child(self.folder, job)

    def live(self) -> str | None:
        """The edition that the pointer names."""
        pointer = read_pointer(self.warehouse)
        return pointer.edition if pointer else None

    def prepare(self) -> None:
        """Bring the warehouse to where the builds of this scene begin."""
        if self.name == "first build":
            empty(self.warehouse)
            return
        if self.live() is None:
            assert self.build()[0] == 0
        if self.name == MENDING:
            # The live edition is damaged and is to be made anew under its name.
            os.truncate(audience_file(self.warehouse / EDITIONS / str(self.live()), EVERYONE), 1000)
            return
        self.content += 1
        file = self.data / "sources" / "made_for_a_test" / "programme.csv"
        file.write_text(file.read_text().replace(f"Made {self.content - 1}.", f"Made {self.content}."))

    def is_sound(self, edition: str | None) -> bool:
        """Whether that edition is there and complete."""
        return edition is not None and fault_of(self.warehouse / EDITIONS / edition) is None

    def tidy(self) -> None:
        """Keep the disk small: only the newest editions are of use here."""
        keep = {path.name for path in edition_folders(self.warehouse)[:2]} | {self.live()}
        for path in (self.warehouse / EDITIONS).iterdir():
            if path.name not in keep or not EDITION_NAME.fullmatch(path.name):
                empty(path)


def empty(folder: Path) -> None:
    """Delete a folder and all in it."""
    if folder.exists():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()


def try_point(scene: Scene, point: Point) -> Found:
    """Let one call fail, and look at the pointer, at what was claimed, at the readers' side, and at the next build."""
    scene.prepare()
    before = scene.live()
    ended, said = scene.build(point)
    after = scene.live()
    problems = []
    if before and not after:
        problems.append("the pointer is gone")
    if after and not scene.is_sound(after) and scene.name != MENDING:
        problems.append(f"the pointer names {after}, which is not complete")
    if ended == 0 and not (scene.is_sound(after) and (after != before or scene.name == MENDING)):
        problems.append("it claimed success, and what it built is not live")
    if ended not in (0, 1, -9):
        problems.append(f"it ended with {ended}: {said[-300:]}")
    if ended == 1 and "python -m etl build" not in said:
        problems.append(f"it did not say what to do: {said[-300:]}")
    again, said_again = scene.build()
    live = scene.live()
    if again != 0:
        problems.append(f"the next run ended with {again}: {said_again[-300:]}")
    elif not scene.is_sound(live) or (live == before and scene.name != MENDING):
        problems.append("the next run claimed success, and what it built is not live")
    if left := [path.name for path in (scene.warehouse / EDITIONS).glob(".building-*")]:
        problems.append(f"left behind: {left}")
    scene.tidy()
    return Found(point, ended, said[-300:], tuple(problems))


def counts_of(scene: Scene) -> dict[str, int]:
    """How many calls of each kind one build of this scene makes."""
    scene.prepare()
    counts = scene.folder / "counts.json"
    assert scene.build(counts=counts)[0] == 0
    return json.loads(counts.read_text(encoding="utf-8"))


def run(folder: Path, points: list[Point]) -> None:
    """Try the points given, or count the calls of each scene."""
    scenes = {name: Scene(name, folder / name.replace(" ", "_")) for name in SCENES}
    if not points:
        print(json.dumps({name: counts_of(scene) for name, scene in scenes.items()}))
    for point in points:
        print(json.dumps(asdict(try_point(scenes[point.scene], point))), flush=True)


if __name__ == "__main__":
    SHIM = ctypes.CDLL(None)
    with quick_builds():
        run(Path(sys.argv[1]), [Point.read(text) for text in sys.argv[2:]])
