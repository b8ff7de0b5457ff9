"""Every page in its frame, run without a browser: alone, on every lens, as at every date, with little data and none."""

from __future__ import annotations

import re
from contextvars import copy_context
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.page_run import opened
from tests.support.rows import cursor_on
from ui import data
from ui.frame import HISTORY, SHORT_FORMS
from ui.lenses import LENSES
from ui.pages import PAGES, Entry

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
NAMES = [entry.script for entry in ENTRIES]
MAP = "pages/maps/borough_map.py"
PROFILE = "pages/boards/borough_profile.py"
COMMAND = "python -m etl build"
ANSWER = r'<(?:p|div) class="answer">(.+?)</(?:p|div)>'


def written(page: AppTest) -> str:
    """All HTML of the page beside the navigation."""
    return "\n".join(element.proto.body for element in page.main.get("html"))


def only(pattern: str, page: AppTest) -> str:
    """What the pattern holds, which the page has exactly once."""
    (found,) = re.findall(pattern, written(page))
    return found


@pytest.fixture(scope="module")
def bare_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition without a single fact: lists of places and documents only."""
    folder = tmp_path_factory.mktemp("bare")
    cursor_on(folder, {})
    return folder / "warehouse"


@pytest.fixture
def no_facts(bare_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read that edition."""
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(bare_warehouse))


@pytest.fixture
def no_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a folder that nothing was published to."""
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path))


def assert_framed(page: AppTest) -> None:
    """Title, line on history, band with the edition, footer, short forms: all of them, and once."""
    assert only(r"<h1>(.+?)</h1>", page)
    assert only(ANSWER, page)
    assert only(r'<p class="history">(.+?)</p>', page) == HISTORY
    assert re.fullmatch(r"Edition [0-9a-f]{12}", only(r'<div class="band"><b>.+?</b><span>(.+?)</span>', page))
    footer = only(r"<footer>(.+?)</footer>", page)
    assert "part=Conflicts" in footer
    # No census table is part of the project, so every page says what that means and leads to how to load one.
    assert re.search(r'[?;]part=Where\+ethnicities\+are\+filed">No denominator loaded: how to load one<', footer)
    assert not re.search(r">(None|nan|NaN|null)<|not_reported|not_asked", written(page))


def test_every_page_has_an_address_of_its_own_and_the_first_has_none():
    assert len({entry.address for entry in ENTRIES}) == len({entry.title for entry in ENTRIES}) == len(ENTRIES)
    # Streamlit serves the first page at the root alone: a link with another address would lead nowhere.
    assert [entry.address for entry in ENTRIES if entry.is_first] == [""]


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_every_page_opens_alone_in_its_frame(use_warehouse, entry: Entry):
    assert_framed(opened(f"pages/{entry.script}"))


@pytest.mark.usefixtures("no_facts")
@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_every_page_opens_without_a_single_fact(entry: Entry):
    assert_framed(opened(f"pages/{entry.script}", borough="Camden", mine="Hackney"))


@pytest.mark.usefixtures("no_edition")
@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_every_page_without_an_edition_names_the_command_that_makes_one(entry: Entry):
    page = opened(f"pages/{entry.script}")
    assert [title.value for title in page.title] == ["Partnership Atlas"]
    assert [text.value for text in page.text if COMMAND in text.value]
    assert not written(page).strip()


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_every_page_opens_as_at_the_first_document_of_all(use_warehouse, entry: Entry):
    page = opened(f"pages/{entry.script}", borough="Camden")
    if not [box for box in page.selectbox if box.key == "as_at"]:
        assert not entry.has_date
        return
    page.selectbox(key="as_at").set_value(date(2005, 1, 1)).run()
    assert not page.exception
    assert_framed(page)
    assert "as at 1 January 2005" in only(r"<h1>(.+?)</h1>", page)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.has_date], ids=lambda entry: entry.script)
def test_no_page_names_a_document_later_than_the_date_of_its_view_or_leads_to_another_date(use_warehouse, entry: Entry):
    page = opened(f"pages/{entry.script}", date(2010, 7, 1), borough="Camden")
    sources = re.findall(r'<details class="source"[^>]*>.*?</details>', written(page), re.DOTALL)
    assert sources
    assert [source for source in sources if "London Board Update" in source] == []
    links = re.findall(r'href="(\./[^"]*)"', written(page))
    # The band stands there before the page has read its date; in the browser the date goes along with every link.
    assert {link for link in links if "as_at=1+July+2010" not in link} == {"./about_the_data"}


def test_what_is_kept_of_a_view_as_at_one_date_does_not_serve_another(use_warehouse):
    def seen(as_at: date) -> date:
        data.look_as_at(as_at)
        return data.kept(data.view_date)

    days = [date(2007, 7, 31), date(2011, 11, 30)]
    assert [copy_context().run(seen, day) for day in days] == days


@pytest.mark.parametrize("label", LENSES)
@pytest.mark.parametrize("warehouse", ["use_warehouse", "no_facts"])
def test_every_lens_shows_33_areas_its_sentence_and_what_is_missing(
    request: pytest.FixtureRequest, warehouse: str, label: str
):
    request.getfixturevalue(warehouse)
    page = opened(MAP, lens=label, borough="Camden")
    assert page.selectbox(key="lens").value == label
    assert_framed(page)
    table = next(body for body in written(page).split("\n") if "The same, borough by borough</caption>" in body)
    names = re.findall(r'<th scope="row">(.+?)</th>', table)
    assert len(names) == 33
    assert names == sorted(names), "a table in any other order ranks boroughs"
    # A number of rows would rank boroughs by how much was written about them: only people are counted.
    assert ('<td class="number">' in table) == (label == "People trained")
    assert table.count('<tr class="mine"><th scope="row">Camden</th>') == 1
    base = r"boards? (with|has) a statement" if label.startswith("Theme") else r"\b\d+ of 33 areas\b"
    assert re.search(base, only(ANSWER, page))
    assert "What we don't know" in written(page)
    counts = [int(count) for count in re.findall(r"<b>(\d+) areas?</b>", written(page))]
    assert sum(counts) == 33, "the legend counts every area once"


def test_a_profile_has_all_sections_and_says_which_are_empty(use_warehouse):
    full, bare = opened(PROFILE, borough="Camden"), opened(PROFILE, borough="City of London")
    heads = re.findall(r"<caption>(.+?)</caption>", written(full))
    absent = re.findall(r'<h3>(.+?)</h3><p class="absent">.+?</p>', written(bare))
    assert len(heads) + len(re.findall(r"<h3>", written(full))) == 14
    assert len(absent) + len(re.findall(r"<caption>", written(bare))) == 14
    assert absent
    assert "It shares its board with another area." in only(ANSWER, bare)


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_links_between_pages_are_relative_and_lead_to_pages(use_warehouse, entry: Entry):
    addresses = {other.address for other in ENTRIES}
    links = re.findall(r'href="([^"]*)"', written(opened(f"pages/{entry.script}", borough="Camden")))
    assert links
    assert {link for link in links if not re.fullmatch(r"\./(\w*)(\?[\w=&;%+.-]*)?|#[\w-]+", link)} == set()
    assert {link[2:].partition("?")[0] for link in links if link.startswith("./")} <= addresses


REFUSED = r"The link asks for (.+?), which"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.script)
def test_a_word_in_the_link_that_is_no_choice_is_told(entry: Entry, use_warehouse):
    wrong = {"mine": "Camdem"} | ({"as_at": "4 July 2007"} if entry.has_date else {})
    told = only(REFUSED, opened(f"pages/{entry.script}", **wrong))
    assert set(told.split(" and ")) == {f"“{word}”" for word in wrong.values()}
    right = {"mine": "Camden", "of_another_page": "x"} | ({"as_at": "30 November 2011"} if entry.has_date else {})
    assert not re.search(REFUSED, written(opened(f"pages/{entry.script}", **right)))


def test_a_refused_word_is_text_and_is_told_once(use_warehouse):
    page = opened(MAP, lens="<b>Pilots</b>", borough="Camden")
    assert only(REFUSED, page) == "“&lt;b&gt;Pilots&lt;/b&gt;”"
    page.selectbox(key="borough").set_value("Brent").run()
    assert not re.search(REFUSED, written(page))


FORMS = r"<li><b>(\w+)</b>: "


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.script)
def test_the_short_forms_of_a_page_are_told_and_no_other(entry: Entry, use_warehouse):
    page, _, told = written(opened(f"pages/{entry.script}", borough="Camden")).partition("Short forms on this page")
    words = set(re.findall(r"[A-Za-z]+", page))
    held = {form for form in SHORT_FORMS if {form, f"{form}s"} & words}
    assert set(re.findall(FORMS, told)) == held
    assert held or not told
