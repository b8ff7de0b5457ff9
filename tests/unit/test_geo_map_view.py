"""The legend as HTML, and what the page believes of a message from the map."""

from __future__ import annotations

import html
import re

import pytest

from geo.legend import Absence, classify_categories, classify_numbers
from ui.map_view import legend_html, picked_code

HOSTILE = "<img src=x onerror=alert(1)> ${alert(2)} `x` {{7*7}} & \" '"


def message(code: object) -> dict:
    return {
        "last_object_clicked_count": 1,
        "last_active_drawing": {"type": "Feature", "properties": {"gss_code": code}},
    }


def test_a_pick_names_one_of_the_33_areas():
    assert picked_code(message("E09000007")) == "E09000007"


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        "E09000007",
        {"last_active_drawing": None},
        {"last_active_drawing": []},
        {"last_active_drawing": {"properties": None}},
        message(None),
        message("Camden"),
        message("E09000034"),
        message(["E09000007"]),
        message({"E09000007": 1}),
    ],
)
def test_anything_else_picks_nothing(told):
    assert picked_code(told) is None


def test_each_entry_has_swatch_word_and_count():
    shaded = classify_numbers("People trained", {1: 0, 2: 5, 3: 5, 4: Absence.withheld}, "people")
    items = re.findall(r'<li><i style="([^"]+)"></i>(.+?) <b>(.+?)</b></li>', legend_html(shaded))
    assert [(label, count) for _, label, count in items] == [("0", "1 area"), ("5", "2 areas"), ("withheld", "1 area")]
    assert "circle" in items[2][0]
    assert "circle" not in items[1][0]


def test_the_legend_says_hostile_words_and_does_nothing_else():
    written = legend_html(classify_categories(HOSTILE, {1: "a"}, [("a", HOSTILE)]))
    body = written[written.index("</style>") :]
    assert not re.search(r"<img|\$\{|`|\{\{", body)
    assert html.unescape(body).count(HOSTILE) == 3  # title, name of the list, entry


def test_swatches_ask_no_host():
    shaded = classify_numbers("t", dict(enumerate([1, *Absence])), "people")
    assert set(re.findall(r"url\('([a-z]+):", legend_html(shaded))) == {"data"}
