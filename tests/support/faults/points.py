"""The places at which the disk is made to fail during a build, and what was found after each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

HOW = {"count": 0, "kill": 1, "torn": 2, "no space": 3, "io error": 4}
"""How a call fails. Torn: half of what is to be written arrives, then the process is killed."""

KINDS = ("write", "database write", "sync", "rename", "truncate", "remove", "create", "make folder")
"""The kinds of calls, in the order of the shim."""

MENDING = "mending"
SCENES = ("first build", "next build", MENDING)


@dataclass(frozen=True)
class Point:
    """One call of one build: the scene, the kind of call, its number among those, and how it fails."""

    scene: str
    kind: str
    number: int
    how: str

    def __str__(self) -> str:
        return f"{self.scene}:{self.kind}:{self.number}:{self.how}"

    @classmethod
    def read(cls, text: str) -> Point:
        """The point that `str` made this text of."""
        scene, kind, number, how = text.split(":")
        return cls(scene, kind, int(number), how)


@dataclass(frozen=True)
class Found:
    """What a point left. `ended`: the exit code of its build, or minus the signal. `problems`: empty if all is well."""

    point: Point
    ended: int
    said: str
    problems: tuple[str, ...]


def all_points(counts: dict[str, dict[str, int]]) -> Iterator[Point]:
    """Every call of every scene, in every way in which it can fail."""
    for scene, by_kind in counts.items():
        for kind, count in by_kind.items():
            for number in range(count):
                for how in ways(kind):
                    yield Point(scene, kind, number, how)


def ways(kind: str) -> tuple[str, ...]:
    """How a call of this kind can fail."""
    if kind.endswith("write"):
        return ("kill", "torn", "no space", "io error")
    return ("kill", "io error", "no space") if kind in ("create", "make folder") else ("kill", "io error")


def chosen_points(counts: dict[str, dict[str, int]]) -> list[Point]:
    """The points of the ordinary run.

    Of a build over a live edition every call that is not the database's own write, in every way, and of these one in
    eight, in two ways each. Of the first build, and of one that mends the live edition, every sync and rename in turns.
    """
    chosen = [
        point for point in all_points(counts) if point.scene == "next build" and point.kind != "database write"
    ]  # fmt: skip
    turns = cycle(ways("database write"))
    # Not the last few: whether the database makes them differs from run to run.
    for number in range(0, counts["next build"]["database write"] - 3, 8):
        chosen += [Point("next build", "database write", number, next(turns)) for _ in range(2)]
    for scene in ("first build", MENDING):
        turns = cycle(("kill", "io error"))
        for kind in ("sync", "rename"):
            chosen += [Point(scene, kind, number, next(turns)) for number in range(counts[scene][kind])]
    return chosen
