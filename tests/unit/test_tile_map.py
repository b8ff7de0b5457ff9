"""The tile map as HTML: every square says its area and what is reported, whatever the words hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from geo.legend import Absence, ShadedAreas, classify_categories
from geo.names import borough_names
from geo.patterns import tile as pattern
from geo.tiles import tiles
from tests.support.hostile import HOSTILE
from ui.tile_map import fills, small_tiles, tile_map

NAMES = borough_names()
SQUARE = re.compile(
    r'<li style="grid-area: (\d) / (\d)"[^>]*><a class="tile-fill-(\d)" href="([^"]*)"( aria-current="true")?>.*?'
    r'<span class="vh">(.*?)</span></a></li>'
)


def shaded() -> ShadedAreas:
    kinds = ["a", "b", Absence.not_named]
    values = {code: kinds[place % 3] for place, code in enumerate(NAMES)}
    return classify_categories("What is reported", values, [("a", "Took part"), ("b", "Planned")])


def test_each_square_has_its_place_name_words_fill_and_link():
    areas = shaded()
    found = SQUARE.findall(tile_map(areas, picked="E09000012", to=lambda tile: f"./x?borough={tile.short}"))
    assert len(found) == 33
    for (row, column, fill, href, current, words), tile in zip(found, tiles().values(), strict=True):
        entry, said = areas.by_area[tile.gss_code]
        assert (int(row), int(column)) == (tile.row, tile.column)
        assert words == f"{tile.borough}: {said}"
        assert areas.legend.entries[int(fill)].id == entry
        assert href == f"./x?borough={tile.short}".replace("&", "&amp;")
        assert bool(current) == (tile.borough == "Hackney")


def test_fills_are_those_of_the_legend():
    areas = shaded()
    style = fills(areas.legend)
    for place, entry in enumerate(areas.legend.entries):
        (rule,) = re.findall(rf"\.small-fill-{place} {{(.*?)}}", style)
        assert entry.fill in rule
        assert ("path" in rule) == ("path" in pattern(entry.fill, entry.pattern))


def test_a_small_map_is_one_picture_with_words():
    drawn = small_tiles(shaded(), label="2006. Took part: 11.", picked="E09000007")
    assert drawn.count("<i ") == 33
    assert drawn.count(" picked") == 1
    assert 'role="img" aria-label="2006. Took part: 11."' in drawn
    assert 'title="Camden: ' in drawn


class Reader(HTMLParser):
    """The elements, attributes and text of a piece of HTML."""

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self.elements, self.attributes, self.words = set(), [], ""
        self.feed(str(markup))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def test_text_from_data_stays_text():
    areas = classify_categories(
        HOSTILE, dict.fromkeys(NAMES, "a"), [("a", HOSTILE)], words=dict.fromkeys(NAMES, HOSTILE)
    )
    large = Reader(tile_map(areas, picked=None, to=lambda tile: HOSTILE))
    assert large.elements == {"style", "p", "a", "div", "ul", "li", "span"}
    assert {name for name, _ in large.attributes} <= {
        "class",
        "href",
        "aria-label",
        "aria-hidden",
        "style",
        "id",
        "tabindex",
    }
    assert large.words.count(f": {HOSTILE}") == 33
    small = Reader(small_tiles(areas, label=HOSTILE, picked=None))
    assert small.elements == {"div", "i"}
    assert {name for name, _ in small.attributes} == {"class", "role", "aria-label", "style", "title"}
    assert ("title", f"Camden: {HOSTILE}") in small.attributes


def test_a_map_of_other_than_the_33_areas_is_refused():
    areas = classify_categories("Short", {"E09000001": "a"}, [("a", "A")])
    with pytest.raises(ValueError, match="exactly the 33 areas"):
        tile_map(areas, picked=None, to=lambda tile: "")
