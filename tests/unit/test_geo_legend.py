"""Classes, colours, patterns and legend: one object, right for the awkward sets of values that 33 areas give."""

from __future__ import annotations

import math
import random
import re
from decimal import Decimal
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.classes import MOST_CLASSES, steps_for
from geo.legend import Absence, Entry, Legend, ShadedAreas, classify_categories, classify_numbers
from geo.patterns import BLUES, CATEGORIES, PATTERNS, REST, tile

SILENT, UNNAMED, UNASKED, HIDDEN = Absence.not_reported, Absence.not_named, Absence.not_asked, Absence.withheld


def shade(*values: object, **options: object) -> ShadedAreas:
    return classify_numbers("People trained", dict(enumerate(values)), "people trained", **options)


def lines(shaded: ShadedAreas) -> list[tuple[str, str, int]]:
    """What the legend says: label, pattern and number of areas of each entry."""
    counts = shaded.counts()
    return [(entry.label, entry.pattern, counts[entry.id]) for entry in shaded.legend.entries]


# Awkward sets of numbers.


def test_all_equal():
    assert lines(shade(*[7] * 33)) == [("7", "solid", 33)]


def test_one_value():
    assert lines(shade(178)) == [("178", "solid", 1)]


def test_two_values():
    assert lines(shade(5, 9, 9)) == [("5", "solid", 1), ("9", "solid", 2)]


def test_no_areas():
    assert lines(shade()) == []


def test_all_missing():
    assert lines(shade(*[SILENT] * 33)) == [("not reported", "hatch", 33)]


def test_all_zero():
    assert lines(shade(*[0] * 33)) == [("0", "solid", 33)]


def test_one_huge_outlier_is_alone_and_does_not_flatten_the_rest():
    assert lines(shade(*range(1, 21), 1_000_000)) == [
        ("1 to 7", "solid", 7),
        ("8 to 14", "solid", 7),
        ("15 to 20", "solid", 6),
        ("1,000,000", "solid", 1),
    ]


def test_numbers_past_all_reason_still_give_classes():
    shaded = shade(*range(1, 20), 10**300, 1e308)
    assert len(shaded.legend.entries) == MOST_CLASSES
    assert sum(shaded.counts().values()) == 21


def test_zeros_and_missing_together():
    assert lines(shade(0, SILENT, 0, 3, HIDDEN, UNASKED)) == [
        ("0", "solid", 2),
        ("3", "solid", 1),
        ("not reported", "hatch", 1),
        ("not asked", "plain", 1),
        ("withheld", "dots", 1),
    ]


def test_zero_is_the_lowest_blue_and_no_absence():
    zero = shade(0, 1, 2, 3, 4, 5, SILENT).legend.entry("zero")
    assert (zero.fill, zero.label, zero.is_absence) == (BLUES[0], "0", False)


def test_a_zero_is_reported_and_a_silence_is_not():
    shaded = shade(0, SILENT)
    assert shaded.by_area == {0: ("zero", "0 people trained"), 1: ("not_reported", "not reported")}


@pytest.mark.parametrize("bad", [-1, -0.5, math.nan, math.inf])
def test_what_is_negative_or_not_finite_is_refused(bad):
    with pytest.raises(ValueError, match=re.escape(repr(bad))):
        shade(1, bad)


@pytest.mark.parametrize("bad", [None, "5", True, Decimal("NaN"), "not reported"])
def test_what_is_no_number_is_refused_and_never_counted_as_zero(bad):
    with pytest.raises(TypeError, match="neither a number nor an absence"):
        shade(1, bad)


def test_numbers_from_a_database_are_numbers():
    assert lines(shade(np.int64(5), np.float64(7.0))) == [("5", "solid", 1), ("7", "solid", 1)]


def test_parts_of_a_whole_number_keep_whole_limits():
    assert lines(shade(0.2, 0.4, 12.5, 31.5, 31.9, 99.9)) == [
        ("above 0 to under 1", "solid", 2),
        ("12 to under 13", "solid", 1),
        ("31 to under 32", "solid", 2),
        ("99 to under 100", "solid", 1),
    ]


def test_words_carry_number_unit_and_separator():
    shaded = shade(1234, 12.25, words={1: "12.3% of 178"})
    assert [words for _, words in shaded.by_area.values()] == ["1,234 people trained", "12.3% of 178"]


def test_maps_with_shared_steps_have_the_same_classes():
    early, late = [1, 2, 3, 4], [10, 20, 30, 40]
    steps = steps_for(early + late)
    one, other = shade(*early, steps=steps), shade(*late, steps=steps)
    assert one.legend == other.legend
    with pytest.raises(ValueError, match="lies outside the steps"):
        shade(500, steps=steps)


def test_more_steps_than_blues_are_refused():
    steps = [*steps_for([1, 2, 3]), *steps_for([5, 6])]
    with pytest.raises(ValueError, match="5 steps cannot be told apart"):
        shade(1, steps=steps)


ANY_NUMBER = st.one_of(
    st.integers(0, 30), st.integers(0, 10**12), st.floats(0, 1e6, allow_nan=False), st.sampled_from(Absence)
)


@given(st.dictionaries(st.integers(0, 32), ANY_NUMBER))
def test_every_area_has_one_entry_and_the_counts_add_up(values):
    shaded = classify_numbers("t", values, "people")
    assert shaded.by_area.keys() == values.keys()
    assert sum(shaded.counts().values()) == len(values)
    assert len(shaded.legend.entries) <= MOST_CLASSES + 1 + len(Absence)
    for code, value in values.items():
        entry = shaded.legend.entry(shaded.by_area[code][0])
        assert entry.is_absence == isinstance(value, Absence)
        assert (entry.id == "zero") == (not isinstance(value, Absence) and value == 0)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=33))
def test_a_number_lies_within_the_limits_printed_for_it(numbers):
    shaded = classify_numbers("t", dict(enumerate(numbers)), "people")
    for place, value in enumerate(numbers):
        low, _, high = shaded.legend.entry(shaded.by_area[place][0]).label.replace(",", "").partition(" to ")
        assert int(low) <= value <= int(high or low)


@given(st.lists(st.floats(0, 1000, allow_nan=False, exclude_min=True), max_size=33))
def test_steps_are_in_order_do_not_overlap_and_hold_each_value_once(values):
    steps = steps_for(values)
    assert all(lower.below <= higher.low for lower, higher in pairwise(steps))
    assert all(sum(step.holds(value) for step in steps) == 1 for value in values)
    assert len(steps) == min(MOST_CLASSES, len({math.floor(value) for value in values}))


@given(st.dictionaries(st.integers(0, 32), ANY_NUMBER), st.randoms())
def test_the_order_of_the_areas_changes_nothing(values: dict, shuffle: random.Random):
    mixed = list(values.items())
    shuffle.shuffle(mixed)
    assert classify_numbers("t", dict(mixed), "people") == classify_numbers("t", values, "people")


def test_natural_breaks_leave_the_least_spread():
    """Against every way of cutting the ordered numbers in four."""
    numbers = sorted(random.Random(5).sample(range(1, 200), 12))

    def spread(part: list[int]) -> float:
        mean = sum(part) / len(part)
        return sum((number - mean) ** 2 for number in part)

    def total(cuts: tuple[int, ...]) -> float:
        ends = (0, *cuts, len(numbers))
        return sum(spread(numbers[begin:end]) for begin, end in pairwise(ends))

    best = min(total(cuts) for cuts in combinations(range(1, 12), 3))
    groups = [[number for number in numbers if step.holds(number)] for step in steps_for(numbers)]
    assert sum(map(spread, groups)) == pytest.approx(best)


# Categories.

FOUR = [("a", "took part"), ("b", "planned"), ("c", "proposed"), ("d", "linked")]
SIX = [*FOUR, ("e", "fifth"), ("f", "sixth")]


def sort(values: list[object], categories: list[tuple[str, str]], **options: object) -> ShadedAreas:
    return classify_categories("Part", dict(enumerate(values)), categories, **options)


def test_only_categories_in_use_are_listed_with_their_own_colour():
    shaded = sort(["c", "a", UNNAMED], FOUR)
    assert lines(shaded) == [
        ("took part", "solid", 1),
        ("proposed", "bars", 1),
        ("not named in any document", "hatch", 1),
    ]
    assert [entry.fill for entry in shaded.legend.entries] == ["#12436D", "#801650", "#FFFFFF"]


def test_past_four_colours_the_rest_is_one_entry_that_names_them():
    shaded = sort(list("abcdef"), SIX)
    assert len(shaded.legend.entries) == 5
    assert lines(shaded)[-1] == ("fifth; sixth", "rows", 2)
    assert shaded.by_area[5] == ("rest", "sixth")


def test_of_six_categories_the_four_in_use_have_colours():
    shaded = sort(list("bcef"), SIX)
    assert [(entry.fill, entry.pattern) for entry in shaded.legend.entries] == list(CATEGORIES)


def test_ranks_take_the_blues_lowest_first_and_keep_them():
    whole, part = sort(list("abcd"), FOUR, ordinal=True), sort(["d"], FOUR, ordinal=True)
    assert [entry.fill for entry in whole.legend.entries] == list(BLUES[1:])
    assert part.legend.entry("d") == whole.legend.entry("d")


def test_what_has_no_rank_is_outside_the_blues():
    shaded = sort(list("abcd"), FOUR, ordinal=True, unranked=["d"])
    assert (shaded.legend.entry("rest").fill, shaded.legend.entry("rest").pattern) == REST
    assert shaded.legend.entry("c").fill == BLUES[-1]


def test_six_ranks_are_refused():
    with pytest.raises(ValueError, match="6 ranks cannot be told apart"):
        sort(["a"], SIX, ordinal=True)


@pytest.mark.parametrize("bad", ["z", None, 0, math.nan, ""])
def test_a_value_that_is_no_category_is_refused(bad):
    with pytest.raises(ValueError, match="is none of the categories a, b, c, d"):
        sort(["a", bad], FOUR)


@pytest.mark.parametrize("categories", [[("a", "x"), ("a", "y")], [("withheld", "x")], [("rest", "x")]])
def test_ids_that_would_be_mixed_up_are_refused(categories):
    with pytest.raises(ValueError, match="an id of its own"):
        sort([], categories)


def test_an_area_can_have_a_sentence_of_its_own():
    shaded = sort(["a", UNNAMED], FOUR, words={0: "took part in two programmes"})
    assert [words for _, words in shaded.by_area.values()] == [
        "took part in two programmes",
        "not named in any document",
    ]


def test_an_absence_can_have_words_of_its_own_on_one_map():
    shaded = sort([SILENT, UNNAMED], FOUR, absent_as={SILENT: "its statement does not mention it"})
    assert [entry.label for entry in shaded.legend.entries] == [
        "its statement does not mention it",
        "not named in any document",
    ]
    assert shaded.by_area[0] == ("not_reported", "its statement does not mention it")


# Told apart in grey, and safe.


def grey(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "shaded",
    [
        shade(0, 1, 20, 300, 4000, *Absence),
        shade(0, 5, *Absence),
        shade(5, 9, *Absence),
        sort([*"abcdef", *Absence], SIX),
        sort([*"abcd", *Absence], FOUR, ordinal=True),
        sort([*"abcd", *Absence], FOUR, ordinal=True, unranked=["d"]),
    ],
    ids=["full scale", "zero and one", "two", "six categories", "ranks", "ranks and one without"],
)
def test_all_entries_differ_in_grey(shaded):
    for one, other in combinations(shaded.legend.entries, 2):
        light, dark = sorted((grey(one.fill), grey(other.fill)), reverse=True)
        assert one.pattern != other.pattern or (light + 0.05) / (dark + 0.05) > 1.3, (one, other)


def test_absences_are_never_a_colour_of_the_scale():
    absences = [entry for entry in shade(1, *Absence).legend.entries if entry.is_absence]
    assert {entry.fill for entry in absences} == {"#FFFFFF"}
    assert {entry.id: entry.pattern for entry in absences} == {
        "not_reported": "hatch",
        "not_named": "backhatch",  # the plain hatch where it stands alone
        "not_asked": "plain",
        "withheld": "dots",
    }
    assert lines(shade(UNNAMED)) == [("not named in any document", "hatch", 1)]


def test_each_pattern_draws_something_of_its_own():
    drawn = {pattern: tile("#123456", pattern) for pattern in PATTERNS}
    assert drawn.pop("plain") == drawn["solid"]  # they differ by their border and by plain being white
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("fill", ["red", "#12436", "#12436D;x", "url(#a)", '#12436D"/>', "#12436D\n"])
def test_a_fill_is_a_colour_and_nothing_else(fill):
    with pytest.raises(ValueError, match="is no colour"):
        Entry("a", "a", fill)


def test_an_unknown_pattern_is_refused():
    with pytest.raises(ValueError, match="'stars' is no pattern"):
        Entry("a", "a", "#12436D", "stars")


def test_map_and_legend_cannot_disagree():
    with pytest.raises(ValueError, match="E09000007 is shaded as 'b'"):
        ShadedAreas(Legend("t", (Entry("a", "a", "#12436D"),)), {"E09000007": ("b", "words")})
