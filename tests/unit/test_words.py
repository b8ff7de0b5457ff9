"""Numbers, dates and absences as words. No page may ever show a bare code, NaN or None."""

from __future__ import annotations

from datetime import date

import pytest

from ui.words import ABSENT, MONTHS, counted, day, listed, moment, number, partial_date, share, shorthand
from warehouse.schema.column import Status


def test_days_are_written_in_the_british_way():
    assert day(date(2011, 12, 5)) == "5 December 2011"
    assert len(MONTHS) == 12


def test_a_moment_is_told_in_one_zone_for_all():
    assert moment("2012-06-21T09:05:59.123+00:00") == "21 June 2012, 09:05 UTC"
    assert moment("2012-06-21T00:30:00+01:00") == "20 June 2012, 23:30 UTC"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2011", "2011"),
        ("2011-12", "December 2011"),
        ("2011-12-05", "5 December 2011"),
        ("2007-01", "January 2007"),
        (None, "not reported"),
        ("", "not reported"),
    ],
)
def test_a_date_is_as_precise_as_known(text, words):
    assert partial_date(text) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (5709, "5,709"),
        (342000.0, "342,000"),
        (32.07, "32.07"),
        (0.5, "0.5"),
        (31.461, "31.46"),
        (9.999, "10"),
    ],
)
def test_numbers_have_commas_and_at_most_two_decimals(value, words):
    assert number(value) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.not_reported, "not reported"),
        ("not_asked", "not applicable"),
        (Status.withheld, "withheld to protect people"),
        # A number that is missing in spite of its status is still no number.
        (Status.value, "not reported"),
        (Status.zero, "not reported"),
    ],
)
def test_no_number_has_words_for_its_absence(status, words):
    assert number(None, status) == words


def test_a_share_comes_with_its_base():
    assert share(56, 178) == "31.5% of 178"
    assert share(1, 1200) == "0.1% of 1,200"
    assert share(0, 178) == "0.0% of 178"
    assert share(0, 0) == "no base"


def test_every_absence_has_words_and_a_code_and_every_value_none():
    codes = {status: shorthand(status) for status in Status}
    assert codes == {"value": "", "zero": "", "not_reported": "[x]", "not_asked": "[z]", "withheld": "[c]"}
    assert {status for status, code in codes.items() if code} == set(ABSENT)


def test_lists_are_read_aloud_with_and():
    assert listed([]) == ""
    assert listed(["one"]) == "one"
    assert listed(["one", "two"]) == "one and two"
    assert listed(("one", "", "two", "three")) == "one, two and three"
    assert listed(["one", "two", "three"], most=3) == "one, two and three"
    assert listed(["one", "two", "three", "four"], most=2) == "one, two and 2 more"


def test_counts_agree_with_their_nouns():
    assert counted(1, "board") == "1 board"
    assert counted(0, "board") == "0 boards"
    assert counted(1200, "board") == "1,200 boards"
    assert counted(2, "person", "people") == "2 people"
    assert counted(1, "person", "people") == "1 person"
