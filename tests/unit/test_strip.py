"""The strip of boards: which figures are drawn, which are refused, and why. Rows are literal: today none is drawn."""

from __future__ import annotations

import html
import re

import pytest

from ui.strip import FEWEST, Measure, measures, refusals, strip, why_not
from warehouse.queries.compare import Board, BoardFigure

NAMES = ("Barnet", "Brent", "Camden", "Ealing", "Harrow", "Sutton")
BOARDS = [Board(name.lower(), name, (name,), (), (), (), True, ()) for name in NAMES]


def figure(name: str, value: float, **more: object) -> BoardFigure:
    base = {"measure": "People trained", "unit": "people", "period": "2009–2010", "board": name.lower()}
    return BoardFigure(**{**base, "board_name": name, "value": value, "fact_keys": (), **more})


FIVE = tuple(figure(name, value) for name, value in zip(NAMES, (0, 50, 200, 100, 100), strict=False))


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def test_five_boards_that_count_the_same_over_the_same_time_can_be_compared():
    assert len(FIVE) == FEWEST
    assert why_not(Measure("People trained", FIVE), 32) is None
    assert refusals(measures(FIVE), 32) == []


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (FIVE[:1], "1 of the 32 boards has a count (Barnet), and a strip needs at least 5"),
        (FIVE[:4], "4 of the 32 boards have a count (Barnet, Brent, Camden and Ealing)"),
        ((*FIVE[:4], FIVE[0]), "4 of the 32 boards"),  # the same board twice is one board
        ((*FIVE, figure("Camden", 3)), "more than one count"),
        ((*FIVE, figure("Sutton", 3, unit="attendances")), "count different things: attendances and people"),
        (tuple(figure(name, 1, unit="not_stated") for name in NAMES), "whether they count people or attendances"),
        ((*FIVE, figure("Sutton", 3, period="2005")), "over different times: 2005 and 2009–2010"),
        ((*FIVE, figure("Sutton", 3, period=None)), "a time that is not reported"),
    ],
)
def test_figures_that_cannot_be_compared_are_refused_with_the_reason(figures, reason):
    assert reason in why_not(Measure("People trained", figures), 32)


def test_each_board_is_a_mark_and_mine_is_named():
    drawn = strip(Measure("People trained", FIVE), BOARDS, BOARDS[2])
    marks = re.findall(r'<li class="(\w+)" style="left: ([\d.]+)%" title="([^"]+)">', drawn)
    assert marks == [
        ("other", "0.00", "Barnet: 0"),  # a reported zero stands on the line
        ("other", "25.00", "Brent: 50"),
        ("mine", "100.00", "Camden: 200"),
        ("other", "50.00", "Ealing: 100"),
        ("other", "50.00", "Harrow: 100"),
    ]
    assert "5 of the 6 boards that are shown have a count, in people, 2009–2010." in plain(drawn)
    assert "Not reported: Sutton." in plain(drawn)
    assert not re.search(r"\b(rank|best|worst|top|bottom|first|last|1st)\b", plain(drawn))


def test_marks_stand_by_name_in_whatever_order_the_figures_come():
    (one,), (other,) = measures(FIVE), measures(FIVE[::-1])
    assert one == other
    assert strip(one, BOARDS, None) == strip(other, BOARDS, None)


def test_nothing_but_zeros_can_be_drawn():
    zeros = tuple(figure(name, 0) for name in NAMES)
    assert re.findall(r"left: ([\d.]+)%", strip(Measure("People trained", zeros), BOARDS, None)) == ["0.00"] * 6


def test_numbers_about_one_board_each_share_a_sentence():
    found = measures([figure("Barnet", 2, measure="Posts"), figure("Brent", 1, measure="Days")])
    assert refusals(found, 32) == [
        "People trained: not compared. No document of this date counts them for any board.",
        "2 other numbers printed about a board: not compared. Each is about one board alone, such as the length of a "
        "conference.",
    ]


def test_hostile_names_stay_text():
    name = '"><img src=x>'
    figures = tuple(figure(f"{name}{place}", place) for place in range(5))
    assert "<img" not in strip(Measure(name, figures), BOARDS, None)
