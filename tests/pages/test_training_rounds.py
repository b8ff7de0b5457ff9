"""Rounds over time on the training page: one, several, of different units, in order of date; on literal rows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.__main__ import main
from etl.collect import collect
from etl.faults import FaultsFound
from etl.publish import publish
from tests.support.rows import write_sources
from tests.support.training_page import bar_lines, bodies, captions, opened, plain, table, words
from ui import data, training_rounds
from ui.kept import Kept

ROUND = {"borough": "Camden", "unit_of_count": "people", "content": "What was taught."}
LATER = {"document": "update_2011", "as_at": "2011-11"}
ROUNDS = [
    {**ROUND, "fact_key": "training-c", "title": "Camden, round 3", "round_number": "3", "people": "20",
     "narrative_from": "2007-03", "narrative_to": "2007-06"},
    {**ROUND, "fact_key": "training-a", "title": "Camden, round 1", "round_number": "1", "people": "12",
     "narrative_from": "2005-09"},
    # Later by its number, earlier by its dates, which stand over the tables only.
    {**ROUND, "fact_key": "training-d", "title": "Camden, round 4", "round_number": "4", "people": "7",
     "tables_from": "2006-01-15", "tables_to": "2006-02"},
    {**ROUND, "fact_key": "training-u", "title": "Camden, undated", "people": "5"},
    {**ROUND, "fact_key": "training-s", "title": "Camden, summer", "people": "90", "unit_of_count": "attendances",
     "narrative_from": "2006"},
    {**ROUND, "fact_key": "training-b", "title": "Barnet, round 1", "borough": "Barnet", "people": "3",
     "narrative_from": "2006-12"},
    # Left out: nobody is counted; a later document.
    {**ROUND, "fact_key": "training-n", "title": "Camden, round 2", "round_number": "2"},
    {**ROUND, **LATER, "fact_key": "training-l", "title": "Camden, later", "people": "400"},
]  # fmt: skip


def count(training_round: str, dimension: str, filed: str, people: str, unit: str = "people") -> dict[str, str]:
    key = f"count-{training_round}-{dimension}-{filed.lower().replace(' ', '-')}"
    return {"fact_key": key, "training_round": f"training-{training_round}", "dimension": dimension, "printed": filed,
            "filed": filed, "people": people, "unit_of_count": unit}  # fmt: skip


COUNTS = [
    count("a", "ethnicity", "Somali", "2"),
    count("a", "ethnicity", "Bangladeshi", "5"),
    count("a", "ethnicity", "Not known", "5"),  # last, though it is not the smallest
    count("c", "ethnicity", "Bangladeshi", "12"),
    count("c", "ethnicity", "Kurdish", "8"),
    count("c", "gender", "Female", "15"),
    count("c", "gender", "Male", "5"),
    count("d", "gender", "Female", "not reported"),
    count("s", "ethnicity", "Bangladeshi", "60", "attendances"),
    count("s", "ethnicity", "Somali", "30", "attendances"),
]
PEOPLE = ["Camden, round 1", "Camden, round 4", "Camden, round 3", "Camden, undated"]
"""The rounds of Camden that count people, in order of date, the undated one last."""


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the rows above."""
    folder = tmp_path_factory.mktemp("rounds")
    publish(collect(write_sources(folder / "data", {"training_round": ROUNDS, "training_count": COUNTS})), folder / "w")
    return folder / "w"


@pytest.fixture
def page(several: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page on Camden as at July 2007."""
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(several))
    return opened(date(2010, 4, 29), borough="Camden")


def pictures(page: AppTest) -> list[tuple[str, str, list[tuple[str, str, list[tuple[str, float | None, str]]]]]]:
    """For each unit its scale, and for each heading its panels: round, lead, lines."""
    found = []
    for body in bodies(page):
        if "multiples rounds" in body:
            (scale,) = re.findall(r"the longest bar is ([\d,]+)", body)
            for heading, panels in re.findall(
                r'<h3>([^<]*)</h3>(?:<p[^>]*>[^<]*</p>)?<div class="multiples rounds">(.*?</div>)</div>', body
            ):
                parts = re.findall(r"<div><h4>(.*?)</h4><p>(.*?)</p>(.*?)</div>", panels)
                found.append((heading, scale, [(title, plain(lead), bar_lines(rest)) for title, lead, rest in parts]))
    return found


def test_the_one_counted_round_of_the_documents_cannot_be_compared_over_time(use_warehouse):
    text = words(opened())
    assert "There is one counted round in Camden by 30 November 2011: Camden, round 2." in text
    assert "nothing to compare over time" in text


def test_panels_stand_in_order_of_date_with_the_same_categories_in_each_and_not_known_last(page):
    (ethnicity, _, panels), *_ = pictures(page)
    assert ethnicity == "By ethnicity, in people"
    assert [title for title, _, _ in panels] == PEOPLE
    assert [lead for _, lead, _ in panels] == [
        "from September 2005; the end is not reported 12 people in all",
        "15 January 2006 to February 2006 7 people in all",
        "March 2007 to June 2007 20 people in all",
        "not reported 5 people in all",
    ]
    broken_down = [lines for _, _, lines in panels if lines]
    for lines in broken_down:
        assert [label for label, _, _ in lines] == ["Bangladeshi", "Kurdish", "Somali", "Not known"]
    assert [lines[-1][2] for lines in broken_down] == ["5", "not reported: none recorded"]
    assert broken_down[0][1] == ("Kurdish", None, "no line in this round")
    assert len(broken_down) == 2


def test_of_many_categories_the_largest_are_drawn_with_not_known_and_all_stand_in_the_table(several, monkeypatch):
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(several))
    monkeypatch.setattr(training_rounds, "MOST_DRAWN", 3)
    monkeypatch.setattr(data, "_KEPT", Kept())  # what other tests had drawn is not taken from memory
    page = opened(date(2010, 4, 29), borough="Camden")
    (_, _, panels), (_, _, genders), *_ = pictures(page)
    assert [label for label, _, _ in panels[0][2]] == ["Bangladeshi", "Kurdish", "Not known"]
    assert [label for label, _, _ in panels[2][2]] == ["Bangladeshi", "Kurdish", "Not known"]
    assert [label for label, _, _ in genders[2][2]] == ["Female", "Male", "Not known"]
    assert words(page).count("1 category with smaller numbers stands in the table below only.") == 1
    assert "Somali" in [row[0] for row in table(page, "Rounds over time, in people")]


def test_one_scale_holds_for_all_panels_of_a_unit_and_attendances_have_their_own(page):
    found = pictures(page)
    assert [(heading, scale) for heading, scale, _ in found] == [
        ("By ethnicity, in people", "15"), ("By gender, in people", "15"), ("By ethnicity, in attendances", "60"),
    ]  # fmt: skip
    for _, scale, panels in found:
        for _, _, lines in panels:
            # Also where no round of the unit has such a line.
            assert not lines or lines[-1][0] == "Not known"
            for _, width, end in lines:
                if width is not None:
                    assert width == pytest.approx(50 * int(end) / int(scale), abs=0.051)
    assert [title for title, _, _ in found[2][2]] == ["Camden, summer"]


def test_people_and_attendances_are_neither_added_nor_in_one_table(page):
    text = words(page)
    assert "4 rounds count people (Camden, round 1, Camden, round 4, Camden, round 3 and Camden, undated)" in text
    assert "1 round counts attendances (Camden, summer)" in text
    assert "they are neither compared nor added" in text
    people, attendances = (table(page, f"Rounds over time, in {unit}") for unit in ("people", "attendances"))
    assert people[0][:6] == ["Total printed for the round", "all", "12", "7", "20", "5"]
    assert attendances[0][:3] == ["Total printed for the round", "all", "90"]
    cells = {(row[0], row[1]): row[2:6] for row in people}
    nothing = "not reported"
    assert cells["Bangladeshi", "by ethnicity"] == ["5", nothing, "12", nothing]
    assert cells["Not known", "by ethnicity"] == ["5", nothing, f"{nothing}: none recorded", nothing]
    assert cells["Female", "by gender"] == [nothing, nothing, "15", nothing]
    assert cells["Male", "by gender"] == [nothing, "no line in this round", "5", nothing]
    sums = {12 + 7 + 20 + 5, 12 + 7 + 20 + 5 + 90, 5 + 12, 5 + 12 + 60, 2 + 30}
    assert not sums & {int(number) for number in re.findall(r"\b\d+\b", plain(" ".join(
        body for body in bodies(page) if "Rounds over time" in body or "multiples rounds" in body)))}  # fmt: skip


def test_a_place_or_an_earlier_date_narrows_the_rounds(several, monkeypatch):
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(several))
    barnet = opened(borough="Barnet")
    assert "There is one counted round in Barnet by 30 November 2011: Barnet, round 1." in words(barnet)
    everywhere = opened(date(2010, 4, 29))  # the round that is shown is Barnet's: no panels of several boroughs
    assert pictures(everywhere) == []
    assert "There is one counted round in Barnet" in words(everywhere)
    assert "Camden, later" in [title for title, _, _ in pictures(opened(borough="Camden"))[0][2]]


def test_the_figures_of_all_rounds_stand_in_the_same_order(page):
    assert "The same figures" in captions(page)
    (body,) = [body for body in bodies(page) if "<caption>The same figures" in body]
    heads = re.findall(r'<th scope="col">(.*?)</th>', body)
    assert heads == ["Figure", PEOPLE[0], "Camden, summer", PEOPLE[1], *PEOPLE[2:]]
    assert table(page, "The same figures")[1][1:] == ["people", "attendances", "people", "people", "people"]


def test_a_line_that_counts_something_other_than_its_round_stops_the_build(tmp_path, capsys):
    wrong = count("a", "gender", "Female", "12", "attendances")
    data = write_sources(tmp_path / "data", {"training_round": ROUNDS, "training_count": [*COUNTS, wrong]})
    with pytest.raises(FaultsFound) as found:
        collect(data)
    line = len(COUNTS) + 2
    assert f'training_count.csv, line {line}, column unit_of_count: "attendances". Expected people, which' in str(
        found.value
    )
    assert main(["build", "--data", str(data), "--warehouse", str(tmp_path / "w")]) == 1
    assert "Give what is counted otherwise a round of its own" in capsys.readouterr().err
