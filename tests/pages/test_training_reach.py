"""Training reach as a reader finds it, run without a browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from etl.collect import collect
from etl.publish import publish
from tests.support.rows import write_sources
from tests.support.training_page import bodies, opened, words

ROUND = {"borough": "Camden", "unit_of_count": "people", "content": "What was taught.", "people": "4"}


@pytest.fixture
def warehouse_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Publish literal rows and read them."""

    def start(rows: dict[str, list[dict[str, str]]]) -> None:
        publish(collect(write_sources(tmp_path / "data", rows)), tmp_path / "warehouse")
        monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))

    return start


def test_the_headline_has_its_denominator_and_both_date_ranges(use_warehouse):
    text = words(opened())
    assert (
        "178 people or attendances (the document does not say which) are reported in Camden, round 2. 1 of the 33 "
        "areas has a count." in text
    )
    # Nowhere on the page is a number of this round called people, or one of them a person.
    assert not re.findall(r"\b178 people (?!or attendances)|budget a person(?! or attendance)|people trained", text)
    assert "People or attendances" in text
    assert "November 2009 to 26 April 2010 dates in the narrative" in text
    assert "2 November 2009 to 29 April 2010 dates over the tables" in text


def test_cost_a_person_says_how_it_is_made(use_warehouse):
    text = words(opened())
    assert "£32.07 of budget a person or attendance: our division, £5,709 by 178" in text
    assert "what was received, not what was spent" in text


def test_bars_go_by_size_on_one_scale_with_not_known_last(use_warehouse):
    picture = next(body for body in bodies(opened()) if 'class="multiples"' in body)
    widths = [float(width) for width in re.findall(r'class="bar" style="width: ([\d.]+)%"', picture)]
    counts = [int(count) for count in re.findall(r"<b>(\d+)</b>", picture)]
    assert len(counts) == 11 + 2 + 15
    scale = 50 / max(counts)
    assert widths == pytest.approx([count * scale for count in counts], abs=0.051)
    ethnicity, gender, groups = re.findall(
        r"<ul>(.*?)</ul>(?=<h2|</div>)", re.sub(r"<details.*?</details>", "", picture)
    )
    for part in (ethnicity, gender, groups):
        sizes = [int(count) for count in re.findall(r"<b>(\d+)</b>", part)]
        assert sizes == sorted(sizes, reverse=True)
        assert part.rstrip().endswith(
            '<span>Not known</span><span class="absent">not reported: none recorded</span></li>'
        )


def test_each_printed_percentage_stands_beside_its_check(use_warehouse):
    text = words(opened())
    assert "28 of 28 printed percentages agree" in text
    assert "Moroccan Morrocan 5 2.8% of 178 2.81% agrees" in text
    # Each of the three tables says that it has no line for people not known.
    assert text.count("Not known not reported: none recorded not reported") == 3
    assert "by ethnicity 178, by gender 178 and by community group 178" in text


@pytest.mark.parametrize(
    "line",
    [
        "The three tables cannot be joined",
        "Round 1: no count of people is reported.",
        "How many sessions were held.",
        "Whether these are people or attendances",
        "residents and/or workers who were trained",
    ],
)
def test_what_the_tables_do_not_allow_is_said(use_warehouse, line):
    assert line in words(opened())


def test_a_borough_without_a_count_is_not_reported_and_shows_the_way(use_warehouse):
    page = opened(borough="Merton")
    text = words(page)
    assert "counts who was trained in Merton. 1 of the 33 areas has a count." in text
    assert any('href="./training_reach?borough=Camden"' in body for body in bodies(page))
    assert "Merton's conference" in text
    assert "Let us talk about it" not in text


def test_ones_own_borough_does_not_empty_the_page(use_warehouse):
    text = words(opened(mine="Barnet"))
    assert "Barnet: who was trained is not reported." in text
    assert "178 people or attendances" in text


def test_before_the_document_the_page_says_what_would_fill_it(use_warehouse):
    text = words(opened(as_at=date(2007, 7, 31)))
    assert "No document dated by 31 July 2007 counts who was trained in any borough. No area has a count." in text
    assert "178" not in text
    assert "budget" not in text
    assert "The numbers in the last table" in text
    assert "The numbers in the last table" not in words(opened(as_at=date(2005, 1, 1)))
    assert "0 of the 33" not in text


def test_several_rounds_can_be_chosen_and_earlier_ones_count_as_known(warehouse_of):
    warehouse_of(
        {
            "training_round": [
                {**ROUND, "title": "Camden, round 1", "round_number": "1"},
                {**ROUND, "title": "Camden, round 2", "round_number": "2", "people": "6"},
            ]
        }
    )
    page = opened(training_round="Camden, round 2")
    assert "6 people are reported as trained in Camden, round 2." in words(page)
    assert "Round 1: no count" not in words(page)
    assert "cost a person: no budget is printed" in words(page)
    assert "People or attendances" not in words(page)
    page.selectbox(key="training_round").set_value(page.selectbox(key="training_round").options[0])
    assert [box.label for box in page.selectbox][:3] == ["Borough", "Training round", "As at"]


def test_text_from_data_stays_text(warehouse_of):
    hostile = "<img src=x onerror=alert(1)> **bold** [x](http://example.org)"
    warehouse_of(
        {
            "community_group": [{"fact_key": "group-x", "name": "A group", "kind": "women", "serves_scope": "unnamed"}],
            "training_round": [{**ROUND, "fact_key": "training-x", "title": hostile, "content": hostile}],
            "training_count": [
                {"training_round": "training-x", "dimension": "group", "printed": hostile, "filed": hostile,
                 "community_group": "group-x", "people": "4", "unit_of_count": "people"},
                {"training_round": "training-x", "dimension": "ethnicity", "printed": hostile, "filed": hostile,
                 "community": "migrant", "people": "4", "unit_of_count": "people"},
            ],
        }
    )  # fmt: skip
    page = opened()
    # Its content, its headings over tables, bars, cells of tables, why it has no rate, and where it is filed.
    assert sum(str(escape(hostile)) in body for body in bodies(page)) >= 8
    assert not any("<img" in body for body in bodies(page))
    assert not page.main.get("markdown")
