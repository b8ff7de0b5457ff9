"""Counts people and attendances, from rows in which every cell is a code.

A person has one ethnicity and one gender in a whole return, and one community group in a course. An empty cell says
nothing against another row of the same person. Where two rows say different things, the person is counted under "Not
known", as person and with all attendances, so that nobody is counted twice and no row is given more trust.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

PERSON, COURSE, DAY, GROUP, ETHNICITY, GENDER = range(6)
"""What stands where in a row of codes."""

BREAKDOWNS = {
    "all": (),
    "group": (GROUP,),
    "ethnicity": (ETHNICITY,),
    "gender": (GENDER,),
    "ethnicity_gender": (ETHNICITY, GENDER),
}

MOST_POSSIBLE = 4_000_000
"""Combinations of codes for which room is set aside without a look at which are met. It spares a sort of all rows."""

Columns = dict[int, np.ndarray]


@dataclass(frozen=True)
class Tally:
    """Counts by breakdown: (course, *categories) → people and attendances, and what the rows disagree on.

    `days`: course → the ordinal numbers of its first and last session. `clashes`: GROUP, ETHNICITY or GENDER → for each
    person (in a course, for GROUP) whom rows disagree on, the place of the first row that does. `again`: the places of
    rows that say the same person, course and day as an earlier one.
    """

    counts: dict[str, dict[tuple[int, ...], tuple[int, int]]]
    days: dict[int, tuple[int, int]]
    clashes: dict[int, np.ndarray]
    again: np.ndarray


def tally(columns: np.ndarray) -> Tally:
    """Count rows, given as six columns of codes (PERSON to GENDER), 0 for not known in the last three."""
    person, course, day, group, ethnicity, gender = columns.astype(np.int64)
    if not len(person):
        return Tally({name: {} for name in BREAKDOWNS}, {}, {}, np.empty(0, np.int64))
    by_visit, visit, is_first, again = _visits(person, course, day)
    of_visit = by_visit[is_first]
    group, group_clashes = _settled(visit, group)
    ethnicity, ethnicity_clashes = _settled(person, ethnicity)
    gender, gender_clashes = _settled(person, gender)
    attendances = np.diff(np.append(np.flatnonzero(is_first), len(person)))
    persons = person[of_visit]
    columns, numbers = _summed(
        {COURSE: course[of_visit], GROUP: group, ETHNICITY: ethnicity[persons], GENDER: gender[persons]},
        [np.ones(len(persons), np.int64), attendances],
    )
    return Tally(
        {
            name: _listed(*_summed({column: columns[column] for column in (COURSE, *breakdown)}, numbers))
            for name, breakdown in BREAKDOWNS.items()
        },
        _days(course, day),
        {GROUP: group_clashes, ETHNICITY: ethnicity_clashes, GENDER: gender_clashes},
        np.sort(again),
    )


def _visits(person: np.ndarray, course: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, ...]:
    """One visit is one person in one course. Places of the rows in order of visits; the visit of each row, counted from
    0; in that order, whether a visit begins; and the places of rows that repeat a day of a visit."""
    visit = person * (course.max() + 1) + course
    first_day = day.min()
    key = visit * (day.max() - first_day + 1) + (day - first_day)
    order = np.argsort(key, kind="stable")
    key, visit = key[order], visit[order]
    is_first = np.append(True, visit[1:] != visit[:-1])
    numbered = np.empty(len(key), np.int64)
    numbered[order] = np.cumsum(is_first) - 1
    return order, numbered, is_first, order[1:][key[1:] == key[:-1]]


def _settled(owner: np.ndarray, category: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The one category of each owner, 0 where it is not known or rows disagree; and the place of the first row that
    disagrees, for each owner with one."""
    settled = np.zeros(owner.max() + 1, np.int64)
    known = np.flatnonzero(category)
    owner, category = owner[known], category[known]
    settled[owner[::-1]] = category[::-1]  # the first row comes last and stays
    other = np.flatnonzero(category != settled[owner])
    owners, first = np.unique(owner[other], return_index=True)
    settled[owners] = 0
    return settled, np.sort(known[other[first]])


def _summed(columns: Columns, numbers: list[np.ndarray]) -> tuple[Columns, list[np.ndarray]]:
    """`columns` with each combination of codes once, and the sums of `numbers` over it."""
    sizes = {name: int(column.max()) + 1 for name, column in columns.items()}
    key = np.zeros(len(numbers[0]), np.int64)
    for name, column in columns.items():
        key = key * sizes[name] + column
    possible = prod(sizes.values())
    if possible <= MOST_POSSIBLE:  # a place for each combination, met or not
        combination = np.arange(possible)
    else:
        combination, key = np.unique(key, return_inverse=True)
    met = np.flatnonzero(np.bincount(key))
    rest, each = combination[met], {}
    for name, size in reversed(sizes.items()):
        rest, each[name] = np.divmod(rest, size)
    # Sums are made of floating-point numbers, exact up to 2**53; a file has MOST_ROWS rows at most.
    return {name: each[name] for name in columns}, [
        np.bincount(key, number)[met].astype(np.int64) for number in numbers
    ]


def _listed(columns: Columns, numbers: list[np.ndarray]) -> dict[tuple[int, ...], tuple[int, int]]:
    """Combination of codes → its numbers."""
    combinations = zip(*(column.tolist() for column in columns.values()), strict=True)
    return dict(zip(combinations, zip(*(number.tolist() for number in numbers), strict=True), strict=True))


def _days(course: np.ndarray, day: np.ndarray) -> dict[int, tuple[int, int]]:
    """The first and the last day of each course."""
    first = np.full(course.max() + 1, np.iinfo(np.int64).max)
    last = np.zeros(course.max() + 1, np.int64)
    np.minimum.at(first, course, day)
    np.maximum.at(last, course, day)
    return {int(each): (int(first[each]), int(last[each])) for each in np.flatnonzero(last)}
