"""The lenses of the borough map as a reader finds them: what each says of an area that is not named, and by when."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from tests.support.page_run import opened
from ui.lenses import LENSES

PAGE = "pages/maps/borough_map.py"
FIRST = "Took part in any programme"
PROGRAMME = "One programme: planned and actual"
THEME = "Theme: furthest stage reported"
COMMUNITIES = "Communities and groups named"
TRAINED = "People trained"
PILOTS = "Pilots"


def written(as_at: date | None = None, **query: str) -> str:
    bodies = opened(PAGE, as_at, **query).main.get("html")
    return html.unescape("\n".join(element.proto.body for element in bodies))


def answer(page: str) -> str:
    (found,) = re.findall(r'<div class="answer">(.*?)</div>', page)
    return found


def legend(page: str) -> str:
    (found,) = re.findall(r'<div class="atlas-legend">.*?</div>', page, re.DOTALL)
    return found


# --- what it means that an area is not named -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"lens": PROGRAMME, "programme": "AIM pilot in London"}, "not named for this programme"),
        ({"lens": COMMUNITIES}, "no community or group named"),
        ({"lens": COMMUNITIES, "community": "Somali"}, "not named with this community"),
        ({"lens": PILOTS}, "not named in a pilot or proposal"),
    ],
    ids=["programme", "communities", "one community", "pilots"],
)
def test_each_lens_says_for_what_an_area_is_not_named(use_warehouse, query: dict[str, str], words: str):
    page = written(borough="Hackney", **query)
    assert words in legend(page)
    assert f'<span class="absent">{words}</span>' in page
    assert "not named in any document" not in page


def test_only_the_first_lens_asks_of_every_document(use_warehouse):
    said = {lens for lens in LENSES if "not named in any document" in written(lens=lens, borough="City of London")}
    assert said == {FIRST}
