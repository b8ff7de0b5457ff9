"""The lenses of the borough map as a reader finds them: what each says of an area that is not named, and by when."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from tests.support.page_run import opened
from ui.lenses import LENSES, who_reports
from warehouse.queries.areas import ThemeArea

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


# --- themes: the base is the boards with a statement ----------------------------------------------------------------


def theme_answer(as_at: date, theme: str) -> str:
    return answer(written(as_at, lens=THEME, theme=theme))


def test_a_theme_counts_boards_that_had_a_say_and_names_the_others_apart(use_warehouse):
    said = theme_answer(date(2011, 11, 30), "Conference or event")
    assert "Conference or event: 7 of the 14 boards with a statement report something; 1 more area is named" in said
    assert "of 33" not in said


def test_a_theme_before_any_statement_says_so(use_warehouse):
    page = written(date(2005, 1, 1), lens=THEME, theme="Conference or event")
    assert "Conference or event: no board has a statement dated by then; no area is named by another" in answer(page)
    assert "ourteen" not in page
    assert "stand in" not in page


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ([("a", True, True, ("k",)), ("b", True, False, ())], "1 of the 2 boards with a statement reports something."),
        ([("a", True, False, ("k",))], "0 of the 1 board with a statement report something; 1 more area is named"),
        (  # a joint board counts once, and its other area is no further one
            [
                ("a", True, True, ("k",)),
                ("a", True, True, ()),
                ("b", False, False, ("k",)),
                ("c", False, False, ("k",)),
            ],
            "1 of the 1 board with a statement reports something; 2 more areas are named by another document.",
        ),
    ],
    ids=["one", "none", "joint"],
)
def test_who_reports_on_a_theme(areas: list[tuple[str, bool, bool, tuple[str, ...]]], said: str):
    rows = [
        ThemeArea(board, board, "done" if keys else "silent", (), keys, board, has, told, (), ())
        for board, has, told, keys in areas
    ]
    assert who_reports(rows).startswith(said)


# --- only what a document says by then -------------------------------------------------------------------------------


def test_people_trained_names_only_the_rounds_that_are_counted_by_then(use_warehouse):
    latest, early = written(lens=TRAINED), written(date(2005, 1, 1), lens=TRAINED)
    assert "1 of 33 areas has a count of people trained: Camden (178)." in answer(latest)
    assert "Counted: Camden, round 2." in latest
    assert answer(early) == "0 of 33 areas have a count of people trained."
    assert "ound 2" not in early
    assert "Counted:" not in early


def test_pilots_without_an_area_are_named_once_a_document_names_them(use_warehouse):
    assert "MASH pilots" in written(lens=PILOTS)
    assert "Named without an area" not in written(date(2005, 1, 1), lens=PILOTS)


def test_a_programme_tells_the_areas_that_were_only_proposed(use_warehouse):
    said = answer(written(lens=PROGRAMME, programme="AIM pilot in London"))
    assert "0 of 33 areas are reported as taking part; 0 were planned. 7 more were proposed, interested" in said
    said = answer(written(lens=PROGRAMME, programme="Community Partnership Project"))
    assert "more were proposed" not in said


def test_a_figure_that_a_conflict_touches_is_marked_in_sentence_table_and_panel(use_warehouse):
    page = written(lens=PROGRAMME, programme="Community Partnership Project", borough="Camden")
    said = answer(page)
    assert said.count('<a class="mark" href=') == 1
    assert "part=Conflicts" in said
    (row,) = re.findall(r'<th scope="row">Camden</th>.*?</tr>', page, re.DOTALL)
    assert '<a class="mark"' in row
    assert re.search(r"<b>Programmes:</b> [^<]*<a class=\"mark\"", page)
    assert '<a class="mark"' not in answer(written(date(2005, 1, 1), lens=PILOTS))


def test_the_panel_tells_once_what_the_lens_shows_and_what_was_counted(use_warehouse):
    panel = re.compile(r"<h2>Camden</h2>.*?Open the profile", re.DOTALL)
    first = panel.search(written(borough="Camden"))[0]
    assert first.count("<b>Programmes:</b>") == 1
    assert "<b>People trained:</b> 178 people or attendances<a class=" in first
    trained = panel.search(written(lens=TRAINED, borough="Camden"))[0]
    assert trained.count("<b>People trained:</b>") == trained.count("<b>Programmes:</b>") == 1
    assert "<b>People trained:</b> not reported</p>" in written(borough="Sutton")
