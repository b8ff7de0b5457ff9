"""Evidence and recommendations as a reader finds them, run without a browser."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from geo.names import borough_names
from tests.support import page_run
from ui.evidence_view import PARTS
from warehouse.schema.evidence import STATEMENT_KIND

PAGE = "pages/data/evidence.py"
FIGURES = "Case-file and police figures"

opened = partial(page_run.opened, PAGE)


def words(page: AppTest) -> str:
    """The words of the page without band, footer, marks and tags, blanks made one."""
    found = [element.proto.body for element in page.main.get("html")]
    text = " ".join(body for body in found if 'class="band"' not in body and "<footer" not in body)
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text.replace("‡", ""))))


def rows(page: AppTest, caption: str) -> list[str]:
    """The body rows of one table, as words."""
    table = next(e.proto.body for e in page.main.get("html") if f"<caption>{caption}</caption>" in e.proto.body)
    table = re.sub(r'<details class="(conflict|source)".*?</details>', "", table)
    body = re.findall(r"<tr[^>]*>(.*?)</tr>", table)[1:]
    return [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in body]


def test_every_kind_of_statement_has_one_place():
    placed = [kind for part in PARTS.values() if part for kind in part.kinds + part.closed]
    assert sorted(placed) == sorted(STATEMENT_KIND.codes)


@pytest.mark.parametrize("label", PARTS)
def test_every_part_opens_with_its_sentence_and_the_line_of_care(use_warehouse, label):
    text = words(opened(evidence_part=label))
    assert "What these are and are not." in text
    assert "What we don't know" in text
    assert "No document dated by then" not in text


def test_files_and_police_stand_side_by_side_and_are_never_added(use_warehouse):
    text = words(opened())
    assert "34 case files gave 35 counts of concern. Beside them stand 4 figures of the police." in text
    assert "Case files reviewed 21 case files in which it was a concern Period not reported." in text
    assert "Police figures 13 investigations March 2006 to January 2007." in text
    assert "0 a reported zero cases recorded" in text
    # The sums that a careless total would give: each concern, and all.
    numbers = set(re.findall(r"(?<![\d,])\d+(?![\d,])", text))
    assert numbers.isdisjoint({"3", "77", "78", "43"})


def test_34_files_and_35_counts_are_explained(use_warehouse):
    text = words(opened())
    assert "Why 34 files give 35 counts 2 + 2 + 21 + 10 = 35 counts." in text
    assert "1 case is counted under two concerns: 35 − 1 = 34 files." in text


def test_one_of_a_thing_is_not_told_in_the_plural(use_warehouse):
    text = words(opened())
    assert "1 investigation March 2006" in text
    assert "1 allegation " in text
    assert "1 threat " in text
    assert not re.findall(r"(?<![\d,.])1 (?:\w+[^s]s|people)\b", text)


def test_the_line_of_care_claims_no_more_than_the_tables_hold(use_warehouse):
    text = words(opened())
    # A remark of a document on one of its counts names churches; no figure is split by ethnicity or faith.
    assert "All involved independent churches." in text
    assert "no ethnicity or faith stands beside them" not in text
    assert "none is broken down by ethnicity or faith. Where a document remarks on one of its counts" in text


def test_no_figure_stands_beside_a_borough(use_warehouse):
    text = words(opened())
    assert [name for name in borough_names().values() if name in text] == []


def test_the_sixteen_findings_and_nine_messages_are_whole(use_warehouse):
    findings = rows(opened(evidence_part="Findings"), "Finding")
    assert [row.split()[0] for row in findings] == [str(number) for number in range(1, 17)]
    page = opened(evidence_part="Messages from the file audits")
    messages = rows(page, "Key message from the file audits")
    assert [row.split()[0] for row in messages] == [str(number) for number in range(1, 10)]
    assert [box.label for box in page.expander][-1] == "Questions of the file audit tool: 40"


def test_each_recommendation_says_what_a_later_document_reports_or_that_none_does(use_warehouse):
    page = opened(evidence_part="Recommendations")
    found = rows(page, "Recommendation")
    assert [row.split()[0] for row in found] == [str(number) for number in range(1, 14)]
    none = [row for row in found if "no later document reports on it" in row]
    assert "Pan-London Project Summary" in found[0]
    assert 0 < len(none) < 13
    assert f"reports on {13 - len(none)} of 13; none reports on the other {len(none)}." in words(page)


def test_as_at_2007_no_recommendation_is_taken_up(use_warehouse):
    page = opened(evidence_part="Recommendations", as_at=date(2007, 7, 31))
    assert "A later document reports on 0 of 13; none reports on the other 13." in words(page)


def test_before_the_report_the_page_says_that_nothing_is_held(use_warehouse):
    early = date(2005, 1, 1)
    assert "No document dated by then prints figures from case files." in words(opened(as_at=early))
    assert "No document dated by then holds community views." in words(
        opened(evidence_part="Community views", as_at=early)
    )


def test_a_concern_narrows_the_part_and_keeps_the_denominator(use_warehouse):
    page = opened(evidence_part="Recommendations", evidence_concern="Domestic violence")
    assert "1 of 13 numbered recommendations fit the filters." in words(page)
    assert [row.split()[0] for row in rows(page, "Recommendation")] == ["4"]


def test_examples_stay_unattributed_and_no_borough_stands_beside_the_four_areas(use_warehouse):
    page = opened(evidence_part="Practice examples")
    examples = rows(page, "Practice example")
    assert len(examples) > 20
    names = set(borough_names().values())
    table = next(e.proto.body for e in page.main.get("html") if "<caption>Practice example</caption>" in e.proto.body)
    assert names.isdisjoint(re.findall(r"<td>([^<]*)</td>", table))
    views = rows(opened(evidence_part="Community views"), "Community view")
    kept_back = [row for row in views if "A borough, not shown beside this concern" in row]
    assert kept_back
    assert all("Newham" not in row for row in kept_back)
