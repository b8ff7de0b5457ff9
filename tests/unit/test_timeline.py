"""Where dates stand on the time line. A date known to the month or year covers all of it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from etl.cells import YEARS
from ui.timeline import Lane, Span, earliest, lanes, latest

AS_AT = date(2011, 11, 30)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2007", date(2007, 1, 1), date(2007, 12, 31)),
        ("2007-02", date(2007, 2, 1), date(2007, 2, 28)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2007-12", date(2007, 12, 1), date(2007, 12, 31)),
        ("2007-07-04", date(2007, 7, 4), date(2007, 7, 4)),
    ],
)
def test_a_date_covers_all_it_can_mean(text, first, last):
    assert (earliest(text), latest(text)) == (first, last)


def draw(*spans: Span, years: tuple[int, ...] = (), label: str = "A") -> str:
    return str(lanes("Time", [Lane(label, "note", spans)], AS_AT, years))


def marks(written: str) -> list[tuple[str, float, float]]:
    """Class, left and width (per cent) of each mark."""
    found = re.findall(r'<span class="(mark[^"]*)" style="left: ([-\d.]+)%; width: ([-\d.]+)%">', written)
    return [(name, float(left), float(width)) for name, left, width in found]


def years_of(written: str) -> list[int]:
    return [int(year) for year in re.findall(r"<i>(\d{4})</i>", written)]


def test_the_scale_holds_every_span_the_date_of_the_view_and_the_years_asked_for():
    assert years_of(draw(Span("a", "2009", "2010-03", False))) == [2009, 2010, 2011]
    assert years_of(draw(years=(2005, 2012))) == list(range(2005, 2013))
    assert years_of(draw(Span("a", "2001", "2014", False), years=(2005, 2012))) == list(range(2001, 2015))


def test_a_narrow_scale_names_every_second_or_fifth_year_and_loses_none():
    written = str(lanes("Time", [Lane("A", "", (Span("a", "2005", "2012", False),))], AS_AT, most_named=5))
    assert years_of(written) == [2004, 2006, 2008, 2010, 2012]
    ((_, left, width),) = marks(written)
    assert left == pytest.approx(10, abs=0.1)
    assert left + width == pytest.approx(90, abs=0.1)


def test_a_span_stands_where_its_dates_are():
    ((name, left, width),) = marks(draw(Span("a", "2006-07-01", "2007-06-30", False), years=(2005, 2012)))
    assert name == "mark"
    assert left == pytest.approx(100 * 1.5 / 8, abs=0.1)
    assert width == pytest.approx(100 * 1 / 8, abs=0.1)


def test_a_point_known_to_the_year_covers_the_year():
    ((_, left, width),) = marks(draw(Span("a", "2005", None, False), years=(2005, 2012)))
    assert left == 0
    assert width == pytest.approx(100 / 8, abs=0.1)


def test_a_period_printed_with_its_end_first_has_no_length_below_zero():
    ((_, _, width),) = marks(draw(Span("a", "2011-12", "2011-07", True)))
    assert width == 0


def test_planned_and_reported_are_told_apart_and_the_legend_says_how():
    written = draw(Span("a", "2010", "2011", True), Span("a", "2010-07", "2010-08", False))
    assert [name for name, _, _ in marks(written)] == ["mark planned", "mark"]
    assert "Filled: reported. Dashed: planned. The vertical rule is 30 November 2011." in written


def test_the_date_of_the_view_is_a_rule_in_every_row():
    written = str(lanes("Time", [Lane("A", "", ()), Lane("B", "", ())], AS_AT, (2005, 2012)))
    found = [float(left) for left in re.findall(r'class="rule" style="left: ([\d.]+)%"', written)]
    assert found == [pytest.approx(100 * (6 + 11 / 12) / 8, abs=0.1)] * 2


def test_hostile_names_are_text():
    written = draw(label="<img src=x onerror=alert(1)>")
    assert "<img" not in written
    assert "&lt;img src=x" in written


@pytest.mark.parametrize("most_named", [5, 8, 20])
def test_the_longest_span_that_dates_of_facts_can_have_finds_room(most_named: int):
    longest = Lane("A", "", (Span("a", str(YEARS[0]), str(YEARS[-1]), False),))
    written = str(lanes("Time", [longest], AS_AT, most_named=most_named))
    assert 2 <= len(years_of(written)) <= most_named
    assert marks(written) == [("mark", 0, pytest.approx(100, abs=0.1))]
