"""The page on programmes over the years as a reader finds it, run without a browser."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.publish import publish
from geo.names import borough_names
from tests.support import page_run
from tests.support.rows import write_sources
from ui.over_time_view import in_words, small_maps, years_by
from warehouse.queries.areas import Area

PAGE = "pages/maps/over_time.py"
YEARS = [str(year) for year in range(2005, 2012)]


def opened(as_at: date | None = None, programmes: list[str] | None = None, **query: str) -> AppTest:
    """The page with this query in its address, as at a date, then with programmes chosen."""
    page = page_run.opened(PAGE, as_at, **query)
    if programmes:
        page.multiselect(key="programmes").set_value(programmes).run()
        assert not page.exception
    return page


def bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.main.get("html")]


def plain(markup: str) -> str:
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", markup.replace("‡", ""), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def words(page: AppTest) -> str:
    return plain(" ".join(bodies(page)))


def maps(page: AppTest) -> dict[str, str]:
    """Heading of each small map → its squares and sentence, as HTML."""
    found = re.findall(r"<figure><h3>(.*?)</h3>(.*?)</figure>", " ".join(bodies(page)))
    return {html.unescape(heading): content for heading, content in found}


def table(page: AppTest, caption: str) -> dict[str, list[str]]:
    (body,) = [body for body in bodies(page) if f"{caption}</caption>" in body]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body)[1:]
    cells = [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    return {row[0]: row[1:] for row in cells}


def test_a_map_for_each_year_and_each_programme_with_words_and_one_legend(use_warehouse):
    page = opened()
    drawn = maps(page)
    programmes = table(page, "The same, programme by programme")
    assert list(drawn)[:7] == YEARS
    assert sorted(list(drawn)[7:]) == sorted(programmes)
    assert len(programmes) == 8
    for heading, content in drawn.items():
        assert content.count("<i ") == 33, heading
        assert plain(content.split("<figcaption")[1].partition(">")[2]), heading
    assert sum("small-legend" in body for body in bodies(page)) == 1


def test_what_was_planned_and_what_is_reported_stand_apart(use_warehouse):
    drawn = {heading: plain(content) for heading, content in maps(opened()).items()}
    assert "Planned, taking part not reported (6): Hackney, Haringey, Lambeth, Lewisham" in drawn["2005"]
    assert "Planned and took part (4): Hackney, Haringey, Newham and Southwark." in drawn["2006"]
    assert "Took part, no plan found (4): Brent, Camden, Enfield and Islington." in drawn["2006"]
    assert "No document names a borough. That is not the same as no work." in drawn["2008"]
    assert "Planned, taking part not reported (2): Lambeth and Lewisham." in drawn["Community Partnership Project"]


def test_maps_and_tables_say_the_same(use_warehouse):
    page = opened()
    drawn, years = maps(page), table(page, "The same, year by year")
    assert list(years) == sorted(borough_names().values())
    for place, year in enumerate(YEARS):
        titles = re.findall(r'title="(.*?): (.*?)"', drawn[year])
        said = {html.unescape(name): html.unescape(text) for name, text in titles}
        assert {
            name: row[place].replace("not named", "not named for that programme or year") for name, row in years.items()
        } == said


def test_several_programmes_can_be_chosen_and_the_date_is_kept_to(use_warehouse):
    page = opened(programmes=["AIM pilot in London", "Community Partnership Project"])
    assert list(maps(page)) == [*YEARS, "AIM pilot in London", "Community Partnership Project"]
    assert "2 programmes: 8 of 33 areas are reported as taking part" in words(page)
    early = opened(as_at=date(2005, 1, 1))
    assert list(maps(early))[:2] == ["2005", "AIM pilot in London"]
    assert "8 programmes: 0 of 33 areas are reported as taking part" in words(early)
    assert "6 more were planned" in words(early)
    assert "No document dated by then names a borough for AIM pilot in London" in words(early)


def test_the_years_end_at_the_date_of_the_view(use_warehouse):
    page = opened(as_at=date(2007, 7, 31))
    assert [heading for heading in maps(page) if heading.isdigit()] == ["2005", "2006", "2007"]
    assert {len(row) for row in table(page, "The same, year by year").values()} == {4}  # three years and the source
    (answer,) = re.findall(r'<div class="answer">(.*?)</div>', " ".join(bodies(page)))
    assert not re.search("2008|2009|2010|2011", answer)
    days = (date(2004, 1, 1), date(2011, 11, 30), date(2012, 3, 1))
    assert [years_by(day)[-1] for day in days] == [2005, 2011, 2011]


def test_areas_that_were_only_proposed_are_in_the_sentence(use_warehouse):
    said = words(opened(programmes=["AIM pilot in London"]))
    assert "0 more were planned and are not reported as taking part. 7 more were proposed, interested or gave" in said


def test_the_borough_is_marked_on_every_map(use_warehouse):
    drawn = maps(opened(borough="Hackney"))
    for heading, content in drawn.items():
        (marked,) = re.findall(r'<i class="[^"]* picked"[^>]*title="(.*?):', content)
        assert marked == "Hackney", heading


def test_no_programme_is_said_in_words(tmp_path, monkeypatch: pytest.MonkeyPatch):
    publish(collect(write_sources(tmp_path / "data", {})), tmp_path / "warehouse")
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))
    page = opened()
    assert "No document names a borough for any programme." in words(page)
    assert maps(page) == {}


def test_all_small_maps_share_one_legend():
    def area(code: str, name: str, category: str) -> Area:
        return Area(code, name, category, (), ())

    names = borough_names()
    first = [area(code, name, "planned_only") for code, name in names.items()]
    second = [area(code, name, "took_part_only" if name == "Camden" else "not_named") for code, name in names.items()]
    one, other = small_maps({"First": first, "Second": second})
    assert one.shaded.legend is other.shaded.legend
    assert [entry.id for entry in one.shaded.legend.entries] == ["took_part_only", "planned_only", "not_named"]
    assert in_words(second) == "Took part, no plan found (1): Camden. 32 areas not named."
