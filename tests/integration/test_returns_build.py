"""Returns on their way into an edition: what loads, what is refused and why, what replaces what, and that no row and no
number is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.collect import Collected, collect
from etl.load import content_hash
from etl.publish import publish
from etl.returns.check import check_return
from etl.returns.known import Round
from etl.returns.raw import RawFault, RawReturn, Refused
from etl.returns.words import Words
from tests.support.returns.made import as_received, data_folder, made
from warehouse.edition import Reader, live_edition
from warehouse.queries import compare, training
from warehouse.schema.layout import EVERYONE

MAPPING = {"theme": "Training", "present_activity": "Trains groups.", "stage": "Under way",
           "communities": "Somali; Kurdish", "partners": "the nspcc", "obstacle": "Money",
           "aspiration": "Train more groups."}  # fmt: skip
PILOT = {"pilot": "Camden pilot", "stage": "Under way", "planned_from": "May 2012", "actual_from": "2012-05-20",
         "reason_for_delay": "A post was not filled.", "output": "A leaflet", "output_kind": "DVD, leaflet or web page",
         "output_stage": "Planned", "by_next_meeting": "The leaflet is printed."}  # fmt: skip
GROUP = {"name": "Group B", "kind": "Community association", "communities": "Somali", "based_in": "LB Camden",
         "serves": "Camden; Islington", "step": "Engaged", "last_confirmed": "2012-04"}  # fmt: skip


def course(*numbers: tuple[str, str, str], **more: str) -> list[dict[str, str]]:
    """Lines of one course: (breakdown, category, number)."""
    return [
        {"course": "First course", "counts": "People", "breakdown": breakdown, "category": category, "number": number,
         **more}
        for breakdown, category, number in numbers
    ]  # fmt: skip


COURSE = course(
    ("Everybody", "", "1,020"), ("Gender", "Female", "700"), ("Gender", "Male", "300"), ("Gender", "Not known", "20")
)
WHOLE = {"interview_mapping": [MAPPING], "pilots": [PILOT], "community_groups": [GROUP], "training": COURSE}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data_folder(tmp_path_factory.mktemp("returns") / "data")


def taken_in(data: Path, *returns: RawReturn) -> Collected:
    files, read = as_received(*returns)
    return collect(data, files, read)


def facts(collected: Collected, table: str) -> list:
    return [row for row in collected.rows[table] if str(row.values.get("document", "")).startswith("return_")]


def errors(collected: Collected) -> list[str]:
    return [f"{fault}" for one in collected.returns for fault in one.checked.faults if fault.is_error]


def warnings(collected: Collected) -> list[str]:
    return [f"{fault}" for one in collected.returns for fault in one.checked.faults if not fault.is_error]


def test_every_sheet_becomes_facts_of_its_own_document(data: Path):
    collected = taken_in(data, made(WHOLE))
    assert errors(collected) == []
    assert warnings(collected) == []
    document = next(row for row in collected.rows["document"] if row["document"] == "return_camden_2012q2")
    assert (document["short_name"], f"{document['usable_from']}") == ("Camden return, June 2012", "2012-06-14")
    acts = {row["stage"]: row for row in facts(collected, "activity")}
    assert acts["under_way"]["summary"] == "Trains groups."
    assert acts["under_way"]["communities"] == ["somali", "kurdish"]
    assert acts["aspiration"]["summary"] == "Train more groups."
    assert acts["under_way"]["paragraph"] == "row 5"
    (link,) = facts(collected, "partner_link")
    assert (link["partner"], link["linked_to"]) == ("partner-nspcc", acts["under_way"]["fact_key"])
    assert [row["kind"] for row in facts(collected, "obstacle")] == ["money"]
    states = {row["subject"]: (row["state"], row["reason"]) for row in facts(collected, "status_report")}
    (output,) = facts(collected, "output")
    assert states == {
        "pilot-camden": ("under_way", "A post was not filled."),
        output["fact_key"]: ("planned", "A post was not filled."),
    }  # fmt: skip
    assert facts(collected, "pilot") == []
    assert {(row["title"], row["happens"], row["state"]) for row in facts(collected, "milestone")} == {
        ("Camden pilot: planned beginning", "2012-05", "planned"), ("Camden pilot: beginning", "2012-05-20", "actual"),
    }  # fmt: skip
    (group,) = facts(collected, "community_group")
    assert (group["name"], group["based_in"], len(group["serves"])) == ("Group B", "E09000007", 2)
    (contact,) = facts(collected, "engagement")
    assert (contact["community_group"], contact["step"]) == (group["fact_key"], "engaged")
    (trained,) = facts(collected, "training_round")
    assert (trained["people"], trained["unit_of_count"]) == (1020, "people")
    assert sum(row["people"] for row in facts(collected, "training_count") if row["dimension"] == "gender") == 1020


def test_a_return_is_loaded_published_and_read_by_the_pages_own_queries(data: Path, tmp_path: Path):
    collected = taken_in(data, made(WHOLE))
    publish(collected, tmp_path)
    cursor: duckdb.DuckDBPyConnection = Reader(live_edition(tmp_path).folder, EVERYONE).cursor()
    later = date(2012, 6, 30)
    assert {row.board_name for row in compare.boards(cursor, later) if row.has_statement} == {"Camden"}
    assert {row.board_name for row in compare.boards(cursor, date(2012, 6, 13)) if row.has_statement} == set()
    assert [(row.title, row.people) for row in training.rounds(cursor, later)] == [("First course", 1020)]
    assert cursor.execute("SELECT state FROM return_file").fetchall() == [("accepted",)]


def test_faulty_rows_stay_out_with_their_place_and_the_rest_loads(data: Path):
    rows = [
        MAPPING,
        {**MAPPING, "theme": "Trainning"},
        {**MAPPING, "present_activity": "", "aspiration": "", "stage": "", "obstacle": ""},
        {"theme": "Youth participation"},  # stood there in print, and was left empty
        {**MAPPING, "theme": "Funding and grants", "present_activity": "Ring 020 7946" + " 0000."},
        {**MAPPING, "theme": "Funding and grants", "borough": "Hackney"},
    ]
    ragged = RawFault("interview_mapping", 40, "", "", "Expected 10 cells, found 11.")
    collected = taken_in(data, made({"interview_mapping": rows}, not_data=2, faults=[ragged]))
    found = errors(collected)
    assert [text.partition(".")[0] for text in found] == [
        'Interview mapping, row 6, column Theme: "Trainning"',
        "Interview mapping, row 7, column Present activity",
        'Interview mapping, row 9, column Present activity: "(not shown: it says how to reach somebody)"',
        'Interview mapping, row 10, column Borough: "Hackney"',
        "Interview mapping, row 40",
    ]
    assert "The closest is Training." in found[0]
    (account,) = collected.returns[0].checked.accounts
    assert (account.rows_in, account.rows_loaded, account.rows_refused, account.rows_not_data) == (9, 1, 5, 3)
    assert collected.returns[0].state == "partly"
    assert len(facts(collected, "activity")) == 2


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ({"board": "Camdem"}, "the closest is 'Camden'"),
        ({"round": "July 2012"}, "The closest is June 2012."),
        ({"sent": "05/06/2012"}, "could be either way round"),
        ({"sent": "2012-05-31"}, "Expected a day not after the day it is sent."),
        ({"version": "0"}, "Expected 1 or more."),
    ],
)
def test_a_return_that_does_not_say_whose_it_is_loads_nothing(data: Path, start: dict[str, str], expected: str):
    collected = taken_in(data, made(WHOLE, **start))
    (one,) = collected.returns
    assert one.state == "refused"
    assert expected in one.reason
    assert not [row for row in collected.rows["document"] if row["document"].startswith("return_")]
    assert all(account.rows_loaded == 0 == account.sum_loaded for account in one.checked.accounts)


def test_a_file_that_cannot_be_read_is_listed_and_stops_nothing(data: Path):
    files, read = as_received(made(WHOLE), made(WHOLE, name="broken.xlsx", version="2"))

    def reads(file):
        if file.file_name == "broken.xlsx":
            raise Refused("broken.xlsx is not a workbook. Save it again and send it.")
        return read(file)

    collected = collect(data, files, reads)
    states = {one.received.file_name: one.state for one in collected.returns}
    assert states == {"return.xlsx": "accepted", "broken.xlsx": "refused"}


def test_a_later_version_replaces_the_earlier_and_the_order_of_files_makes_no_difference(data: Path):
    first = made(WHOLE)
    second = made({"interview_mapping": [{**MAPPING, "present_activity": "Trains more."}]}, version="2", name="b.xlsx")
    other = made({"interview_mapping": [MAPPING]}, board="Barnet")
    orders = [[first, second, other], [other, second, first], [second, first, other, first]]
    found = [taken_in(data, *order) for order in orders]
    assert len({content_hash(one) for one in found}) == 1
    states = {one.received.file_name: one.state for one in found[0].returns if one.received.file_name != "return.xlsx"}
    assert states == {"b.xlsx": "accepted"}
    said = {row["summary"] for row in facts(found[0], "activity") if row["document"] == "return_camden_2012q2"}
    assert said == {"Trains more.", "Train more groups."}
    assert facts(found[0], "training_round") == []


def test_a_group_of_two_rounds_is_one_group_with_two_reports_of_contact(data: Path):
    earlier = made({"community_groups": [{**GROUP, "step": "Known"}]}, round="March 2012", as_at="2012-03-01",
                   sent="2012-03-02", name="march.xlsx")  # fmt: skip
    collected = taken_in(data, earlier, made({"community_groups": [GROUP, {**GROUP, "name": "group a"}]}))
    assert [row["name"] for row in facts(collected, "community_group")] == ["Group B"]
    steps = sorted((row["community_group"], row["step"]) for row in facts(collected, "engagement"))
    (group,) = facts(collected, "community_group")
    assert steps == sorted([(group["fact_key"], "engaged"), (group["fact_key"], "known"), ("group-a", "engaged")])


def test_a_board_with_two_boroughs_says_which(data: Path):
    rows = [MAPPING, {**MAPPING, "theme": "Funding and grants", "borough": "City of London"}]
    collected = taken_in(data, made({"interview_mapping": rows}, board="City and Hackney"))
    (found,) = errors(collected)
    assert found.startswith("Interview mapping, row 5, column Borough. Expected City of London or Hackney")
    assert {row["borough"] for row in facts(collected, "activity")} == {"E09000001"}


def test_every_board_has_an_answer_in_a_round_and_a_joint_board_one(data: Path):
    collected = taken_in(data, made(WHOLE, board="Hackney"), made(WHOLE))
    rows = [row for row in collected.rows["round_response"] if row["round"] == "2012q2"]
    assert len(rows) == 32
    assert {row["board"] for row in rows if row["response"] == "entry"} == {"camden", "city-and-hackney"}


def test_sums_percentages_and_dates_warn_and_load(data: Path):
    lines = course(("Everybody", "", "10"), ("Gender", "Female", "6"), ("Gender", "Male", "3"), held_to="2012-07")
    lines[1]["percentage"] = "61.00"
    collected = taken_in(data, made({"training": lines}))
    assert errors(collected) == []
    said = warnings(collected)
    assert any("add up to 9; everybody is 10" in text for text in said)
    assert any("6 of 10 is 60.00 per cent" in text for text in said)
    assert any("after 2012-06-01, the day for which the return speaks" in text for text in said)
    assert len(facts(collected, "training_count")) == 3


def test_a_count_far_from_the_last_round_warns(data: Path):
    earlier = made({"training": course(("Everybody", "", "12"))}, round="March 2012", as_at="2012-03-01",
                   sent="2012-03-02", name="march.xlsx")  # fmt: skip
    collected = taken_in(data, earlier, made({"training": COURSE}))
    assert [text for text in warnings(collected) if "Last round it was 12." in text]


def test_people_and_attendances_of_a_course_are_two_rounds(data: Path):
    both = course(("Everybody", "", "10")) + course(("Everybody", "", "25"), counts="Attendances")
    collected = taken_in(data, made({"training": both}))
    rounds = {row["title"]: (row["people"], row["unit_of_count"]) for row in facts(collected, "training_round")}
    assert rounds == {"First course": (10, "people"), "First course (attendances)": (25, "attendances")}


CELLS = st.sampled_from(
    ["", "Training", "12", "-1", "1,000", "Female", "Everybody", "Gender", "People", "x", "=1+1", "‮"]
)


CODES = {"round": Words.of({"June 2012": "2012q2"}), "community_group": Words.of({}), "community": Words.of({})}
JUNE = {"2012q2": Round("2012q2", "June 2012", None, None)}
NAMES = ("course", "counts", "breakdown", "category", "number", "percentage", "line")


@settings(max_examples=30)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, CELLS)), max_size=8), st.integers(0, 3))
def test_no_row_and_no_number_is_lost_whatever_the_rows_hold(rows: list[dict[str, str]], empty: int):
    checked = check_return(made({"training": rows}, not_data=empty), CODES, JUNE)
    (account,) = checked.accounts
    assert account.rows_in == len(rows) + empty
    assert account.rows_in == account.rows_loaded + account.rows_refused + account.rows_not_data
    assert account.sum_in == account.sum_loaded + account.sum_refused
    refused = {fault.line for fault in checked.faults if fault.is_error and fault.line}
    assert len(refused) == account.rows_refused


def test_csv_files_of_one_board_stand_beside_each_other_sheet_by_sheet(data: Path):
    def csv(name: str, sheet: str, rows: list[dict[str, str]], **start: str) -> RawReturn:
        return replace(made({sheet: rows}, name=name, **start), form="csv")

    collected = taken_in(
        data,
        csv("mapping.csv", "interview_mapping", [MAPPING]),
        csv("groups.csv", "community_groups", [GROUP]),
        csv("groups2.csv", "community_groups", [{**GROUP, "step": "Trained"}], version="2"),
    )
    states = {one.received.file_name: one.state for one in collected.returns}
    assert states == {"mapping.csv": "accepted", "groups.csv": "replaced", "groups2.csv": "accepted"}
    assert [row["step"] for row in facts(collected, "engagement")] == ["trained"]
    assert len(facts(collected, "activity")) == 2
    whole = taken_in(
        data,
        csv("mapping.csv", "interview_mapping", [MAPPING]),
        made({"pilots": [PILOT]}, version="3", name="all.xlsx"),
    )
    states = {one.received.file_name: one.state for one in whole.returns}
    assert states == {"mapping.csv": "replaced", "all.xlsx": "accepted"}, "a workbook speaks of every sheet"


def test_one_course_in_two_files_of_a_round_is_never_mixed(data: Path):
    other = replace(made({"training": COURSE}, name="report.txt"), form="training report")
    collected = taken_in(data, made({"training": COURSE}), other)
    assert sum(row["people"] for row in facts(collected, "training_count") if row["dimension"] == "gender") == 1020
    assert any("Already used in" in text for text in errors(collected))
    for one in collected.returns:
        for account in one.checked.accounts:
            assert account.rows_in == account.rows_loaded + account.rows_refused + account.rows_not_data
            assert account.sum_in == account.sum_loaded + account.sum_refused
