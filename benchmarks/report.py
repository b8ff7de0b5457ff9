"""One line of what the benchmarks print, and whether the figure that the project set itself is met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line. `is_met` is None where it only tells: no figure is set for it."""

    is_met: bool | None
    text: str

    def __str__(self) -> str:
        word = {True: "met", False: "NOT MET", None: ""}[self.is_met]
        return f"{word:<7}  {self.text}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least that share of them do not exceed. Infinite where there is none."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.inf
