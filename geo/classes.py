"""Classes of a numeric map: natural breaks with whole-number limits, robust for the few values that 33 areas give."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real

MOST_CLASSES = 4  # beside the step for zero, so that the scale has at most five blues


@dataclass(frozen=True)
class Step:
    """One class: values from `low` up to, not including, `below`; both whole numbers."""

    low: int
    below: int
    label: str

    def holds(self, value: float) -> bool:
        """Say whether a value above zero belongs to this class."""
        return self.low <= value < self.below


def checked(value: object) -> int | float:
    """Return a number that can be mapped: finite, not negative, no truth value. Raise ValueError or TypeError."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{value!r} is neither a number nor an absence; say which absence it is")
    if not math.isfinite(value):
        raise ValueError(f"{value!r} cannot be mapped; say which absence it is")
    if value < 0:
        raise ValueError(f"{value!r} is negative; counts, shares and rates are not")
    return int(value) if isinstance(value, Integral) else float(value)


def steps_for(values: Iterable[float]) -> tuple[Step, ...]:
    """Return at most four classes, lowest first, that hold every value above zero.

    Zeros are left out, since zero is a step of its own. With up to four different whole numbers each is a class; with
    more, the values are parted where that leaves the least spread within classes (Fisher's natural breaks), so that
    one huge value is alone in the top class and does not flatten the rest. A class is printed as the lowest and the
    highest whole number found in it; what is not whole is filed under its whole part.
    """
    positive = [value for value in map(checked, values) if value > 0]
    whole = all(float(value).is_integer() for value in positive)
    groups = _natural_groups(sorted(math.floor(value) for value in positive))
    return tuple(Step(low, high + 1, _label(low, high, whole)) for low, high in groups)


def _label(low: int, high: int, whole: bool) -> str:
    if not whole:
        return f"{'above 0' if low == 0 else f'{low:,}'} to under {high + 1:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _natural_groups(ordered: list[int]) -> list[tuple[int, int]]:
    """Return (lowest, highest) of each group. Equal numbers always share a group."""
    distinct = sorted(set(ordered))
    if len(distinct) <= MOST_CLASSES:
        return [(number, number) for number in distinct]
    share = [number / distinct[-1] for number in ordered]  # of the largest, so that no square overflows
    first = {number: ordered.index(number) for number in distinct}
    starts = [first[number] for number in distinct] + [len(ordered)]

    def spread(begin: int, end: int) -> float:
        part = share[starts[begin] : starts[end]]
        mean = math.fsum(part) / len(part)
        return math.fsum((number - mean) ** 2 for number in part)

    # best[k][end]: the least spread of the first `end` distinct numbers in k + 1 groups, and where the last one begins
    count = len(distinct)
    best = [{end: (spread(0, end), 0) for end in range(1, count + 1)}]
    for groups in range(1, MOST_CLASSES):
        best.append(
            {
                end: min((best[-1][cut][0] + spread(cut, end), cut) for cut in range(groups, end))
                for end in range(groups + 1, count + 1)
            }
        )
    found: list[tuple[int, int]] = []
    end = count
    for level in reversed(best):
        begin = level[end][1]
        found.append((distinct[begin], distinct[end - 1]))
        end = begin
    return found[::-1]
