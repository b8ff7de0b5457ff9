"""What a cell shows on screen and what it becomes in a download. Text from data is hostile until it is escaped."""

from __future__ import annotations

import re
from contextvars import copy_context
from datetime import date

import pytest
from markupsafe import Markup

from ui import cite, data
from ui.cells import MOST_LINES, Absent, Bar, Figure, Link, Marked, Several, Sources, State, downloaded, shown
from warehouse.queries.sources import Citation, Conflict, Reading, citations, conflicts, readings
from warehouse.schema.column import Status

HOSTILE = "<img src=x onerror=alert(1)>\"'&${alert(1)}![p](http://x.test/a.png)"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;&#34;&#39;&amp;${alert(1)}![p](http://x.test/a.png)"


LATER = date(2011, 11, 30)


def place(key: str, paragraph: str = "1", **more: object) -> Citation:
    cells = {
        "fact_key": key, "short_name": "The Report", "section": "Section 2", "paragraph": paragraph, "basis": "stated",
        "rule": None, "as_at": "2007-07", "usable_from": date(2007, 7, 31), "date_is_inferred": False, "is_first": True,
        "conflicts": (),
    }  # fmt: skip
    return Citation(**{**cells, **more})


PLACES = {
    "fact-plain": (
        place("fact-plain"), place("fact-plain", "9", short_name="The Update", as_at="2011-11", usable_from=LATER),
    ),
    "fact-same": (place("fact-same"),),
    "fact-judged": (place("fact-judged", "2", basis="inferred", rule="Our reading.", date_is_inferred=True),),
    "fact-disputed": (place("fact-disputed", "3", conflicts=("conflict-a",)),),
    "fact-hostile": (
        place("fact-hostile", HOSTILE, short_name=HOSTILE, section=HOSTILE, basis="derived", rule=HOSTILE),
    ),
    **{f"fact-{number}": (place(f"fact-{number}", f"bullet {number}"),) for number in range(20)},
}  # fmt: skip
CONFLICTS = [
    Conflict("conflict-b", "Another?", "within", "That", "Why not.", False),
    Conflict("conflict-a", "How many?", "between", "Eight.", HOSTILE, True),
]
READINGS = [
    Reading("reading-a", "conflict-a", "Eight boroughs.", True, "The Report", "Section 1", "1"),
    Reading("reading-b", "conflict-a", HOSTILE, False, "The Brief", "A", "2"),
    Reading("reading-c", "conflict-b", "Something else.", True, "The Brief", "A", "3"),
]


@pytest.fixture(autouse=True)
def _a_warehouse_of_our_own(monkeypatch):
    answers = {citations: PLACES, conflicts: CONFLICTS, readings: READINGS}
    monkeypatch.setattr(cite, "ask", lambda query, *arguments: answers[query])
    monkeypatch.setattr(cite, "kept", lambda make, *arguments: make(*arguments))


def text_of(markup: Markup) -> str:
    """What a reader sees: the tags away, the entities read."""
    return Markup(re.sub("<[^>]+>", " ", str(markup))).unescape()


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        (HOSTILE, ESCAPED),
        (("a", HOSTILE), f"a<br>{ESCAPED}"),
        (Absent(words=HOSTILE), f'<span class="absent">{ESCAPED}</span>'),
        (Link(HOSTILE, "./page?a=1&b=2"), f'<a href="./page?a=1&amp;b=2">{ESCAPED}</a>'),
        (Marked(HOSTILE, ()), ESCAPED),
        (Figure(3, suffix=HOSTILE), f"3{ESCAPED}"),
        (State(HOSTILE, '" onclick="alert(1)'), None),
    ],
)
def test_hostile_text_is_shown_as_text(cell, html):
    written = shown(cell)
    assert isinstance(written, Markup)
    assert html is None or written == html
    assert "<img" not in written
    assert not re.search(r'<[^>]* onclick="', written)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (5709, "5,709"),
        (31.5, "31.5"),
        (0, "0"),
        (Figure(0), "0"),
        (Figure(1234.0, suffix=" pounds"), "1,234 pounds"),
        (Absent(), "not reported"),
        (Absent("not_asked"), "not applicable"),
        (Absent(words="none named"), "none named"),
        (Figure(None, "withheld"), "withheld to protect people"),
        (Figure(None, "not_reported"), "not reported"),
    ],
)
def test_a_number_or_the_words_for_its_absence(cell, words):
    assert text_of(shown(cell)).strip() == words


def test_an_absence_says_so_to_the_style_sheet_too():
    assert shown(Figure(None, Status.not_reported)) == '<span class="absent">not reported</span>'


@pytest.mark.parametrize(("cell", "width"), [(Bar(5, 10), "50.0%"), (Bar(None, 10), "0.0%"), (Bar(0, 0), "0.0%")])
def test_a_bar_repeats_its_number_and_is_not_read_aloud(cell, width):
    assert f'style="width: {width}" aria-hidden="true"' in shown(cell)


def test_a_state_is_a_word_first_and_a_shape():
    assert shown(State("Done", "●")) == '<span class="state" data-shape="●">Done</span>'


# --- sources and conflicts -------------------------------------------------------------------------------------------


def test_a_source_names_the_documents_and_opens_to_each_place():
    written = shown(Sources(("fact-plain",)))
    assert written.startswith('<details class="source"><summary>The Report, The Update</summary>')
    assert re.findall("<li>(.+?)</li>", written) == [
        "The Report, Section 2, 1; as at July 2007",
        "The Update, Section 2, 9; as at November 2011",
    ]


def test_a_view_as_at_a_date_names_no_later_document_on_the_page_and_in_a_download():
    def as_at(day: date) -> tuple[str, str]:
        data.look_as_at(day)
        return str(shown(Sources(("fact-plain",)))), data.keeping_view(lambda: downloaded(Sources(("fact-plain",))))()[
            0
        ]

    for day, has_later in ((date(2010, 4, 29), False), (LATER, True)):
        for words in copy_context().run(as_at, day):
            assert "The Report" in words
            assert ("The Update" in words) == has_later


def test_a_source_can_stand_open():
    assert shown(Sources(("fact-plain",), printed=True)).startswith('<details class="source" open>')


def test_one_place_of_two_facts_is_listed_once():
    assert shown(Sources(("fact-plain", "fact-same"))).count("Section 2, 1;") == 1
    assert downloaded(Sources(("fact-plain", "fact-same"))) == (
        "The Report, Section 2, 1; The Update, Section 2, 9",
        "",
    )


def test_a_judgement_shows_its_rule_and_an_undated_document_that_it_is_undated():
    assert text_of(shown(Sources(("fact-judged",)))).strip().endswith(
        "as at July 2007 (undated document, date inferred); inferred: Our reading."
    )  # fmt: skip


def test_many_places_open_with_one_more_click_and_none_is_left_off():
    keys = tuple(f"fact-{number}" for number in range(20))
    written = shown(Sources(keys))
    at_once, more = written.split("<details><summary>and 8 more places</summary>")
    assert (at_once.count("<li>"), more.count("<li>")) == (12, 8)
    assert {f"bullet {number}" for number in range(20)} == set(re.findall(r"bullet \d+", written))
    assert downloaded(Sources(keys))[0].count(";") == 19


@pytest.mark.parametrize(
    ("sections", "line", "lines"),
    [(3, "The Report, Section 1: {} places", 3), (cite.MOST_LISTED + 1, "The Report: {} places", 1)],
)
def test_very_many_places_stand_by_section_or_by_document_and_none_is_left_off(monkeypatch, sections, line, lines):
    count = sections * 40
    keys = tuple(f"fact-many-{number}" for number in range(count))
    for number, key in enumerate(keys):
        told = (place(key, f"row {number}", section=f"Section {number % sections}"),)
        monkeypatch.setitem(PLACES, key, told)
    written = shown(Sources(keys))
    assert written.count("<li>") == lines
    assert line.format(f"{40 if lines > 1 else count:,}") in text_of(written)
    assert sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) places", written)) == count
    assert downloaded(Sources(keys))[0].count(";") == count - 1, "the download names each"


def test_as_many_places_as_fit_are_listed_one_by_one(monkeypatch):
    keys = tuple(f"fact-fit-{number}" for number in range(cite.MOST_LISTED))
    for number, key in enumerate(keys):
        monkeypatch.setitem(PLACES, key, (place(key, f"row {number}"),))
    assert shown(Sources(keys)).count("<li>") == cite.MOST_LISTED
    assert shown(Sources(keys, most=cite.MOST_LISTED - 1)).count("<li>") == 1


def test_of_many_lines_in_a_cell_the_first_are_shown_and_all_are_in_the_download():
    lines = [f"line {number}" for number in range(MOST_LINES + 5)]
    assert text_of(shown(Several(lines[:MOST_LINES]))).split() == " ".join(lines[:MOST_LINES]).split()
    assert shown(Several(lines)).endswith(f"line {MOST_LINES - 1}<br>and 5 more, in the download")
    assert downloaded(Several(lines)) == ("; ".join(lines), "")
    assert shown(tuple(lines)).count("<br>") == len(lines) - 1


def test_no_fact_is_no_source():
    assert text_of(shown(Sources(()))).strip() == "no source: nothing is reported"
    assert downloaded(Sources(())) == ("", "")


def test_hostile_documents_are_shown_as_text():
    written = shown(Sources(("fact-hostile",)))
    assert "<img" not in written
    assert written.count(ESCAPED) == 5  # in the summary; name, section, paragraph and rule of the place


@pytest.mark.parametrize(
    "cell",
    [
        Figure(8, fact_keys=("fact-disputed",)),
        Figure(None, "not_reported", ("fact-disputed",)),
        Marked("x", ("fact-disputed",)),
    ],
)
def test_what_a_conflict_touches_is_marked_and_opens_its_readings(cell):
    written = shown(cell)
    assert written.count("‡</summary>") == 1
    words = re.sub(r"\s+", " ", text_of(written))
    assert "How many? Used: Eight boroughs. The Report, Section 1, 1" in words
    assert "We use: Eight. <img" in words  # one full stop, and the reason
    assert "Still open." in words
    assert "Another?" not in words
    assert "Something else." not in words
    assert "<img" not in written


def test_what_no_conflict_touches_has_no_mark():
    assert shown(Figure(8, fact_keys=("fact-plain",))) == "8"


def test_two_facts_in_one_conflict_are_marked_once(monkeypatch):
    monkeypatch.setitem(PLACES, "fact-too", (place("fact-too", conflicts=("conflict-a", "conflict-b")),))
    written = shown(Marked("x", ("fact-disputed", "fact-too")))
    assert written.count("‡") == 1
    assert written.count("How many?") == written.count("Another?") == 1


# --- downloads -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("Camden", "Camden", ""),
        (178, 178, ""),
        (("a", "b"), "a; b", ""),
        (Absent(), "", "[x]"),
        (Absent("not_asked"), "", "[z]"),
        (Absent(words="none named"), "", "[x] none named"),
        (Figure(178), 178, ""),
        (Figure(0, "zero"), 0, ""),
        (Figure(None, "withheld"), "", "[c]"),
        (Figure(None, "not_reported"), "", "[x]"),
        (Figure(2.0), 2, ""),
        (2.5, 2.5, ""),
        (Link("Open", "./page"), "Open", ""),
        (Marked("Eight", ("fact-disputed",)), "Eight", ""),
        (State("Done", "●"), "Done", ""),
    ],
)
def test_a_download_holds_plain_values_and_codes(cell, value, code):
    assert downloaded(cell) == (value, code)
