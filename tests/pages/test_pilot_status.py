"""Pilot status as a meeting finds it, run without a browser. Counts are checked against the source files themselves."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.publish import publish
from tests.support import page_run
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from ui.timeline import Lane, Span, lanes

PAGE = "pages/meetings/pilot_status.py"
CULTURE_AND_FAITH = "programme-culture-and-faith"
SUMMARY = {"document": "summary_2010", "as_at": "2010-07"}
UPDATE = {"document": "update_2011", "as_at": "2011-11"}
PROGRAMME = {**SUMMARY, "fact_key": "programme-x", "name": "Project X", "kind": "partnership", "summary": "Made up."}
PILOT = {**SUMMARY, "fact_key": "pilot-x", "name": "Pilot X", "kind": "pilot", "programme": "programme-x",
         "scope": "borough", "boroughs": "Camden"}  # fmt: skip

opened = partial(page_run.opened, PAGE)


def bodies(page: AppTest) -> list[str]:
    """Each piece of HTML on the page beside the navigation."""
    return [element.proto.body for element in page.main.get("html")]


def words(text: str) -> str:
    """The words of some HTML, without marks of conflicts, sources and tags, blanks made one."""
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text.replace("‡", "")))).strip()


def all_words(page: AppTest) -> str:
    return words(" ".join(bodies(page)))


def table(page: AppTest, caption: str) -> list[str]:
    """The rows of the tables whose caption holds these words, as words."""
    found = [body for body in bodies(page) if re.search(f"<caption>[^<]*{re.escape(caption)}", body)]
    assert found, f"no table has {caption!r} in its caption"
    lines = [row for body in found for row in re.findall(r"<tr.*?</tr>", body.partition("<tbody>")[2], re.DOTALL)]
    return [words(row) for row in lines]


def source_rows(name: str) -> list[dict[str, str]]:
    """All rows of a table as they stand in the source files."""
    found = []
    for path in sorted((ROOT / "data" / "sources").glob(f"*/{name}.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


@pytest.fixture
def warehouse_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Publish literal rows and read them."""

    def start(rows: dict[str, list[dict[str, str]]]) -> None:
        publish(collect(write_sources(tmp_path / "data", rows)), tmp_path / "warehouse")
        monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))

    return start


def test_it_opens_on_the_culture_and_faith_project_and_counts_with_denominators(use_warehouse):
    reports = source_rows("status_report")
    pilots = [row["fact_key"] for row in source_rows("pilot") if row["programme"] == CULTURE_AND_FAITH]
    outputs = [row["fact_key"] for row in source_rows("output") if row["programme"] == CULTURE_AND_FAITH]
    on_pilots = [row for row in reports if row["subject"] in pilots]
    assert {row["as_at"] for row in on_pilots} == {"2010-07"}
    states = Counter(row["state"] for row in on_pilots)
    told = len({row["subject"] for row in reports} & set(outputs))
    page = opened()
    assert page.selectbox(key="pilot_programme").value.code == CULTURE_AND_FAITH
    assert (
        f"Of {len(pilots)} pilots of the Pan-London culture and faith project, the last word is: "
        f"{states['planned']} planned and {states['under_way']} under way, in July 2010; "
        f"no document reports what became of the other {len(pilots) - len(on_pilots)}. "
        f"Of {len(outputs)} promised outputs, {told} have a reported state as at 30 November 2011."
    ) in all_words(page)
    assert len(table(page, f"{len(pilots)} of {len(pilots)} pilots")) == len(pilots) == 11


def test_a_pilot_without_a_report_says_so_and_one_with_says_state_date_and_document(use_warehouse):
    rows = table(opened(), "11 of 11 pilots")
    (barnet,) = [row for row in rows if row.startswith("Barnet pilot")]
    assert "Under way Pan-London Project Summary July 2010" in barnet
    unnamed = [row for row in rows if "borough not named" in row]
    assert len(unnamed) == 2
    assert all("not named not reported none named not reported no document" in row for row in unnamed)


def test_what_a_later_document_changed_stands_old_and_new(use_warehouse):
    rows = table(opened(), "by a later document")
    (nine,) = [row for row in rows if row.startswith("Nine boroughs")]
    assert "(Pan-London Project Summary, July 2010)" in nine
    assert "Changed Project work is reported for 11 London LSCBs" in nine
    (report,) = [row for row in rows if row.startswith("Project Report.")]
    assert "Planned for: December 2011" in report
    assert "Changed The final report is now to come out in early 2012" in report
    assert "(London Board Update, November 2011)" in report


def test_an_event_that_nobody_reports_on_is_not_reported_whether_it_happened(use_warehouse):
    rows = table(opened(), "events")
    (conference,) = [row for row in rows if "co-hosted with Trust for London" in row]
    assert conference.startswith("May 2011")
    assert conference.endswith("not reported whether it happened")
    (seminar,) = [row for row in rows if row.startswith("April 2012")]
    assert seminar.endswith("Planned, still to come")


def test_as_at_july_2010_only_documents_of_then_speak(use_warehouse):
    page = opened(as_at=date(2010, 7, 1))
    text = all_words(page)
    assert "London Board Update" not in text
    assert len(table(page, "9 of 9 pilots")) == 9
    assert "No later document speaks of anything promised here." in text
    assert "not reported whether it happened" not in " ".join(table(page, "events"))


def test_before_the_project_the_page_says_what_would_fill_it(use_warehouse):
    text = all_words(opened(as_at=date(2007, 7, 31)))
    assert "No document dated by 31 July 2007 names a pilot, a promise or an event here." in text
    assert "A later date above, or All programmes, may have some." in text
    assert "No date is reported here by then." in text


def test_the_state_filter_narrows_every_section(use_warehouse):
    page = opened(pilot_state="Not reported")
    text = all_words(page)
    assert "The sections below hold only what has this state: Not reported" in text
    assert all("borough not named" in row for row in table(page, "2 of 11 pilots"))
    assert {row.rpartition("not reported ")[2] for row in table(page, "events")} == {"whether it happened"}
    assert "None of them has this state." in text
    assert "With a reported state" not in text
    # Every count keeps the whole as its denominator.
    assert "Of 11 pilots of" in text
    outputs = sum(row["programme"] == CULTURE_AND_FAITH for row in source_rows("output"))
    silent = len(table(page, f"of {outputs} promised outputs"))
    assert f"Not reported on: {silent} of {outputs} promised outputs" in text
    done = all_words(opened(pilot_programme="Community Partnership Project", pilot_state="Not done"))
    assert re.search(r"Not done: 0 of \d+ promised outputs No document dated by then reports this", done)


def test_all_programmes_hold_linked_pilots_proposals_and_bids(use_warehouse):
    page = opened(pilot_programme="All programmes")
    pilots = source_rows("pilot")
    rows = table(page, f"{len(pilots)} of {len(pilots)} pilots")
    for start in ("Safe Network pilot Linked pilot Camden Hackney Haringey Islington Tower Hamlets",
                  "AIM pilot, south cluster Proposed pilot Croydon Lambeth Lewisham Southwark",
                  "Domestic violence project bid Bid not named"):  # fmt: skip
        assert any(row.startswith(start) for row in rows), start
    assert any("Local authorities were unable to arrange the contact with families." in row
               for row in table(page, "With a reported state") if "Not done" in row)  # fmt: skip


def test_every_part_of_a_pilot_opens_below_it_with_its_source(use_warehouse):
    (parts,) = [body for body in bodies(opened()) if 'class="parts"' in body]
    whole = unescape(parts).split("<details><summary>")
    for pilot in source_rows("pilot"):
        if pilot["programme"] == CULTURE_AND_FAITH:
            own = [row for row in source_rows("pilot_item") if row["pilot"] == pilot["fact_key"]]
            (opens,) = [one for one in whole if one.startswith(f"{pilot['name']}: ")]
            assert ("; no part reported</summary>" in opens) == (not own)
            assert opens.count('<th scope="row">') == len(own)
    assert parts.count('<details class="source">') == parts.count('<th scope="row">')


def test_two_states_of_one_document_both_stand_and_a_reason_is_given_in_words(warehouse_of):
    report = {**UPDATE, "subject": "output-x", "summary": "So."}
    warehouse_of(
        {
            "programme": [PROGRAMME],
            "pilot": [PILOT],
            "output": [{**SUMMARY, "fact_key": "output-x", "name": "Guide", "kind": "guidance", "by_whom": "X",
                        "programme": "programme-x", "scope": "london", "planned_for": "2011-12", "summary": "It."}],
            "status_report": [
                {**report, "fact_key": "status-a", "state": "done"},
                {**report, "fact_key": "status-b", "state": "changed", "happened": "2012-03", "reason": "No money."},
            ],
        }
    )  # fmt: skip
    (row,) = table(opened(), "With a reported state: 1 of 1 promised output")
    assert row == (
        "Guide Project X X December 2011 Done and Changed So. (London Board Update, November 2011) "
        "So. Date given: March 2012. (London Board Update, November 2011) No money."
    )


def test_a_mark_stands_where_a_conflict_touches_a_state(warehouse_of):
    warehouse_of(
        {
            "programme": [PROGRAMME],
            "pilot": [PILOT],
            "status_report": [{**UPDATE, "fact_key": "status-x", "subject": "pilot-x", "state": "done",
                               "summary": "It was done."}],
            "conflict": [{"fact_key": "conflict-x", "question": "Was it done?", "kind": "between", "used": "Yes",
                          "why": "It is later.", "is_open": "no"}],
            "conflict_reading": [{**UPDATE, "fact_key": f"reading-{used}", "conflict": "conflict-x", "reading": said,
                                  "facts": "status-x", "is_used": used}
                                 for said, used in (("Yes.", "yes"), ("No.", "no"))],
        }
    )  # fmt: skip
    (parts,) = [body for body in bodies(opened()) if 'class="parts"' in body]
    assert re.search(r'It was done\..{0,60}<details class="conflict"', parts)


def test_ones_own_borough_is_shaded(warehouse_of):
    warehouse_of({"programme": [PROGRAMME], "pilot": [PILOT, {**PILOT, "fact_key": "pilot-y", "boroughs": "Ealing"}]})
    (found,) = [body for body in bodies(opened(mine="Ealing")) if "2 of 2 pilots</caption>" in body]
    assert [("Ealing" in row) for row in re.findall(r'<tr class="mine">.*?</tr>', found)] == [True]


def test_the_time_line_holds_every_date_to_its_precision_and_names_few_years():
    spans = (
        Span("a", "2011-12", None, is_planned=True),
        Span("b", "2010", "2011-06-30", is_planned=False),
    )
    drawn = lanes("Time line", [Lane("<b>", "note", spans)], date(2011, 7, 1))
    assert re.findall(r"<i>(\d+)</i>", drawn) == ["2010", "2011"]
    days = 730
    marks = [
        (kind.strip(), float(left), float(width))
        for kind, left, width in re.findall(r'class="mark([^"]*)" style="left: ([\d.]+)%; width: ([\d.]+)%"', drawn)
    ]
    assert marks == [
        ("planned", pytest.approx(100 * 699 / days, abs=0.01), pytest.approx(100 * 30 / days, abs=0.01)),
        ("", 0, pytest.approx(100 * 545 / days, abs=0.01)),
    ]
    assert f'class="rule" style="left: {100 * 546 / days:.2f}%"' in drawn
    assert "&lt;b&gt;" in drawn
    old = Lane("a", "", (Span("a", "1985", None, is_planned=False),))
    long = lanes("Time line", [old], date(2011, 11, 30), most_named=8)
    assert re.findall(r"<i>(\d+)</i>", long) == ["1985", "1990", "1995", "2000", "2005", "2010"]


def test_text_from_data_stays_text(warehouse_of):
    hostile = "<img src=x onerror=alert(1)> **bold** [x](http://example.org)"
    warehouse_of(
        {
            "programme": [{**PROGRAMME, "name": hostile, "planned_from": "2010"}],
            "pilot": [{**PILOT, "name": hostile, "set_out_to": hostile}],
            "pilot_item": [{**SUMMARY, "pilot": "pilot-x", "kind": "aim", "stage": "not applicable",
                            "summary": hostile}],
            "milestone": [{**SUMMARY, "title": hostile, "happens": "2011", "date_text": hostile, "state": "planned",
                           "programme": "programme-x", "scope": "london"}],
            "output": [{**SUMMARY, "fact_key": "output-x", "name": hostile, "kind": "guidance", "by_whom": hostile,
                        "programme": "programme-x", "scope": "london", "planned_text": hostile, "summary": hostile}],
            "commitment": [{**SUMMARY, "programme": "programme-x", "kind": "aim", "summary": hostile}],
            "status_report": [{**UPDATE, "subject": "output-x", "state": "changed", "summary": hostile,
                               "reason": hostile}],
        }
    )  # fmt: skip
    page = opened(pilot_programme="All programmes")
    text = " ".join(bodies(page))
    # Pilot twice, its part and the parts' heading, event and its date, output four times, aim, report and reason twice.
    assert text.count(str(escape(hostile))) >= 12
    assert "<img" not in text
    assert not page.main.get("markdown")


def test_before_every_promise_nothing_is_said_of_promises(use_warehouse):
    words = all_words(opened(as_at=date(2005, 1, 1)))
    assert "No document dated by then promises anything here, so nothing can be said of it." in words
    assert "Nothing that is promised here" not in words
