"""One object for a map and its legend: which fill each area has, what that fill means, and the words for each area.

Pure functions from values to `ShadedAreas`. The map, its legend and its tests read the same object, so they cannot
disagree about a class. A value is a number, a category, or one of the absences; nothing is ever left to mean "empty".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from geo.classes import MOST_CLASSES, Step, checked, steps_for
from geo.patterns import BLUES, CATEGORIES, PATTERNS, REST, WHITE


class Absence(Enum):
    """Why an area has no value. The value is what stands on screen."""

    not_reported = "not reported"
    not_named = "not named in any document"
    not_asked = "not asked"
    withheld = "withheld"

    @property
    def words(self) -> str:
        """What stands on screen."""
        return self.value

    @property
    def pattern(self) -> str:
        """How its areas are drawn, on a map that holds no other absence of the same pattern."""
        return {"not_asked": "plain", "withheld": "dots"}.get(self.name, "hatch")


@dataclass(frozen=True)
class Entry:
    """One line of a legend. `fill` is a colour, `pattern` one of geo.patterns.PATTERNS."""

    id: str
    label: str
    fill: str
    pattern: str = "solid"
    is_absence: bool = False

    def __post_init__(self) -> None:
        if self.pattern not in PATTERNS:
            raise ValueError(f"{self.pattern!r} is no pattern; there are {', '.join(sorted(PATTERNS))}")
        if not re.fullmatch("#[0-9A-Fa-f]{6}", self.fill):  # it is written into SVG as it is
            raise ValueError(f"{self.fill!r} is no colour of the form #12436D")


@dataclass(frozen=True)
class Legend:
    """A title and its entries: the scale or the categories first, then the absences."""

    title: str
    entries: tuple[Entry, ...]

    def entry(self, entry_id: str) -> Entry:
        """Return the entry with this id. Raise KeyError if there is none."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(entry_id)


@dataclass(frozen=True)
class ShadedAreas:
    """Areas by code (GSS codes on the borough map), each with the id of its legend entry and its words."""

    legend: Legend
    by_area: Mapping[str, tuple[str, str]]

    def __post_init__(self) -> None:
        known = {entry.id for entry in self.legend.entries}
        for code, (entry_id, _) in self.by_area.items():
            if entry_id not in known:
                raise ValueError(f"{code} is shaded as {entry_id!r}, which the legend does not hold")

    def counts(self) -> dict[str, int]:
        """Return entry id -> number of areas, for every entry of the legend in its order."""
        found = Counter(entry_id for entry_id, _ in self.by_area.values())
        return {entry.id: found[entry.id] for entry in self.legend.entries}


def classify_numbers(
    title: str,
    values: Mapping[str, int | float | Absence],
    unit: str,
    *,
    steps: Sequence[Step] | None = None,
    words: Mapping[str, str] | None = None,
) -> ShadedAreas:
    """Shade areas by a number, in at most five blues; zero is the lowest of them and has a step of its own.

    unit: what is counted, in the plural ("people trained"); it follows the number in the words of an area.
    steps: classes shared by several maps (from `steps_for` over all their values); computed here when not given.
    words: area -> sentence, in place of the number and its unit or of the words of its absence.
    Raise TypeError or ValueError for what is no number, negative, or outside the given steps.
    """
    numbers = {code: checked(value) for code, value in values.items() if not isinstance(value, Absence)}
    scale = tuple(steps_for(numbers.values()) if steps is None else steps)
    if len(scale) > MOST_CLASSES:
        raise ValueError(f"{len(scale)} steps cannot be told apart; at most {MOST_CLASSES} beside zero")
    # A short scale is spread over the blues, so that one class alone is neither nearly white nor nearly black.
    fills = {1: (3,), 2: (2, 4), 3: (2, 3, 4), 4: (1, 2, 3, 4)}[max(len(scale), 1)]
    entries = [
        Entry(f"step-{number}", step.label, BLUES[fill])
        for number, (step, fill) in enumerate(zip(scale, fills, strict=False), 1)
    ]
    if 0 in numbers.values():
        entries.insert(0, Entry("zero", "0", BLUES[0]))

    shades: dict[str, tuple[str, str]] = {}
    for code, number in numbers.items():
        shown = f"{number:,}" if float(number).is_integer() and isinstance(number, int) else f"{number:,.1f}"
        shades[code] = (_step_id(number, scale), f"{shown} {unit}")
    return _with_absences(title, entries, values, shades, words)


def classify_categories(
    title: str,
    values: Mapping[str, str | Absence],
    categories: Sequence[tuple[str, str]],
    *,
    ordinal: bool = False,
    unranked: Collection[str] = (),
    words: Mapping[str, str] | None = None,
    absent_as: Mapping[Absence, str] | None = None,
) -> ShadedAreas:
    """Shade areas by a category, in at most four colours; further categories share one entry that names them.

    categories: (id, label) in the order of the legend. With up to four, each keeps its colour whatever the values are;
    with more, the first four in use have a colour.
    ordinal: the categories are ranks, lowest first, in the blues; at most five. unranked: the ids among them that have
    no place in the order ("stage not said"); they share the entry for the rest.
    words: area -> sentence, in place of the label of its category or of the words of its absence.
    absent_as: the words of an absence on this map, where its usual ones would say too much or too little.
    Raise ValueError for a value that is no category, a repeated id, or one that is the name of an absence.
    """
    labels = dict(categories)
    if len(labels) != len(categories) or labels.keys() & (Absence.__members__.keys() | {"rest"}):
        raise ValueError("each category needs an id of its own, which is not the name of an absence and not 'rest'")
    chosen = {code: value for code, value in values.items() if not isinstance(value, Absence)}
    if unknown := sorted(str(value) for value in chosen.values() if value not in labels):
        raise ValueError(f"{unknown[0]!r} is none of the categories {', '.join(labels)}")
    used = [one for one in labels if one in chosen.values()]

    if ordinal:
        ranks = [one for one in labels if one not in unranked]
        if len(ranks) > len(BLUES):
            raise ValueError(f"{len(ranks)} ranks cannot be told apart; at most {len(BLUES)}")
        looks = {one: (fill, "solid") for one, fill in zip(ranks, BLUES[len(BLUES) - len(ranks) :], strict=True)}
    else:
        coloured = list(labels) if len(labels) <= len(CATEGORIES) else used[: len(CATEGORIES)]
        looks = dict(zip(coloured, CATEGORIES, strict=False))
    entries = [Entry(one, labels[one], *looks[one]) for one in used if one in looks]
    if rest := [one for one in used if one not in looks]:
        entries.append(Entry("rest", "; ".join(labels[one] for one in rest), *REST))
    shades = {code: (one if one in looks else "rest", labels[one]) for code, one in chosen.items()}
    return _with_absences(title, entries, values, shades, words, absent_as)


def _step_id(number: float, scale: Sequence[Step]) -> str:
    if number == 0:
        return "zero"
    for position, step in enumerate(scale, 1):
        if step.holds(number):
            return f"step-{position}"
    raise ValueError(f"{number!r} lies outside the steps {', '.join(step.label for step in scale)}")


def _with_absences(
    title: str,
    entries: list[Entry],
    values: Mapping[str, object],
    shades: dict[str, tuple[str, str]],
    words: Mapping[str, str] | None,
    absent_as: Mapping[Absence, str] | None = None,
) -> ShadedAreas:
    """Add the absences in use to the legend and the shades, in the order of the areas given."""
    said = {absence: (absent_as or {}).get(absence, absence.words) for absence in Absence}
    in_use = [absence for absence in Absence if absence in values.values()]
    for absence in in_use:
        # The two kinds of no answer share the hatch; where one map holds both, the second one slants the other way.
        twin = absence is Absence.not_named and Absence.not_reported in in_use
        pattern = "backhatch" if twin else absence.pattern
        entries.append(Entry(absence.name, said[absence], WHITE, pattern, is_absence=True))
    by_area: dict[str, tuple[str, str]] = {}
    for code, value in values.items():
        entry_id, plain = (value.name, said[value]) if isinstance(value, Absence) else shades[code]
        by_area[code] = (entry_id, (words or {}).get(code, plain))
    return ShadedAreas(Legend(title, tuple(entries)), by_area)
