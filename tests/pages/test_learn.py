"""The page on whom a board can learn from as a reader finds it, run without a browser."""

from __future__ import annotations

import base64
import csv
import html
import io
import re
from datetime import date
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.publish import publish
from tests.support import page_run
from tests.support.rows import write_sources
from ui import comparators, paging
from ui.partner_picture import LONGEST_NAME, drawing, name_lines, picture
from ui.partner_view import BY_BOARD, BY_PROGRAMME, columns, matrix, two_way
from ui.table import csv_text
from warehouse.queries.learn import PartnerCell

PAGE = "pages/boards/learn.py"
ACTS = "What they did, with whom"
OBSTACLES = "What stood in the way at these boards"


def gaps_of(name: str) -> str:
    return f"What others do and {name} does not report, or names as an aspiration"


opened = partial(page_run.opened, PAGE)


def bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.main.get("html")]


def plain(markup: str) -> str:
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", markup.replace("‡", ""))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def words(page: AppTest) -> str:
    return plain(" ".join(bodies(page)))


def table(page: AppTest, caption: str) -> list[list[str]]:
    (body,) = [body for body in bodies(page) if f"<caption>{html.escape(caption)}</caption>" in body]
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", body)[1:]
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines]


def two_way_table(page: AppTest) -> str:
    (body,) = [body for body in bodies(page) if 'class="grid partners"' in body]
    return body


def image(page: AppTest) -> ElementTree.Element:
    (encoded,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)"', " ".join(bodies(page)))
    return ElementTree.fromstring(base64.b64decode(encoded))


@pytest.fixture
def warehouse_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Publish literal rows and read them."""

    def start(rows: dict[str, list[dict[str, str]]]) -> None:
        publish(collect(write_sources(tmp_path / "data", rows)), tmp_path / "warehouse")
        monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))

    return start


def test_without_a_board_it_asks_for_one_and_shows_the_agencies(use_warehouse):
    page = opened()
    assert "Choose your borough to see what other boards report and yours does not" in words(page)
    assert "Community Partnership Project" in plain(two_way_table(page))


def test_gaps_name_the_boards_that_do_it_and_out_of_how_many(use_warehouse):
    page = opened(mine="Camden")
    rows = {row[0]: row[1:4] for row in table(page, gaps_of("Camden"))}
    assert list(rows) == [
        "Conference or event", "Funding and grants", "Mapping or directory of groups", "Policy and procedures",
        "Research and audit", "Safer recruitment",
    ]  # fmt: skip
    assert rows["Mapping or directory of groups"] == [
        "its statement does not mention it", "2 of 13", "Under way: Bromley and Waltham Forest",
    ]  # fmt: skip
    assert rows["Funding and grants"][1:] == ["4 of 13", "Done: Ealing and Harrow Under way: Bromley and Croydon"]
    assert (
        "Camden does not report, or names as an aspiration, 6 of 14 themes. On all of these 6, a board beside it "
        "reports work under way or done." in words(page)
    )


def test_an_aspiration_is_a_gap_and_a_plan_is_none(use_warehouse):
    page = opened(mine="Merton")
    rows = {row[0]: row[1] for row in table(page, gaps_of("Merton"))}
    assert rows["Policy and procedures"] == "aspiration"
    assert "Information and translation" not in rows, "Merton plans it"
    assert "Training" not in rows, "Merton plans it"


def test_a_board_that_did_not_report_is_in_no_denominator(use_warehouse):
    page = opened(mine="Camden", compare_with=comparators.LAND)
    rows = {row[0]: row[1:4] for row in table(page, gaps_of("Camden"))}
    assert rows["Research and audit"][1:] == ["1 of 2", "Under way: Barnet, City and Hackney and Haringey"]
    text = words(page)
    assert (
        "4 of the 6 boards beside it have no statement of 2007, so what they do is not known: Brent, City and Hackney, "
        "Haringey and Westminster." in text
    )
    assert "No board beside it reports under way or done: Funding and grants, " in text


def test_a_board_without_a_statement_is_told_first_that_it_has_none_and_gets_no_count(use_warehouse):
    page = opened(mine="Kingston upon Thames")
    found = table(page, "What boards beside Kingston upon Thames report under way or done")
    assert len(found) == 14
    assert {row[1] for row in found} == {"no statement of its board"}
    (answer,) = [body for body in bodies(page) if 'class="answer"' in body]
    said = re.search(r'class="answer">(.*?)</div>', answer)[1]
    assert said == (
        "Kingston upon Thames has no statement of 2007, so nothing can be compared. What boards beside it report under "
        "way or done stands below."
    )
    by_others = words(opened(mine="Hackney"))
    assert "Hackney has no statement of 2007, so only what other documents report of it can be compared." in by_others
    assert not re.search(r"14 of 14|reports nothing|only an aspiration|\bwish", words(page))


def test_what_they_did_with_communities_and_agencies(use_warehouse):
    page = opened(mine="Camden", learn_theme="Funding and grants")
    rows = table(page, ACTS)
    assert {row[0] for row in rows} == {"Funding and grants"}
    assert [row[1] for row in rows] == ["Bromley", "Croydon", "Ealing", "Harrow", "Harrow"]
    (ealing,) = [row for row in rows if row[1] == "Ealing"]
    assert ealing[2].startswith("Recently gave the Victoria Climbié Foundation a grant")
    assert ealing[3:7] == ["done", "London Borough of Ealing", "Faith communities", "Victoria Climbié Foundation"]
    assert {row[3] for row in rows} <= {"done", "under way"}
    assert all(all(row[:7]) for row in rows), "an empty cell says nothing"


def test_what_stood_in_the_way_is_of_the_boards_shown(use_warehouse):
    page = opened(mine="Camden", learn_theme="Funding and grants")
    rows = table(page, OBSTACLES)
    assert {row[0] for row in rows} == {"Bromley", "Ealing"}
    assert [
        "Bromley",
        "Work with faith communities and voluntary sector groups is limited by the time that staff have.",
    ] in [row[:2] for row in rows]
    assert "What stood in the way is not reported of Croydon and Harrow." in words(page)


def test_what_mine_could_offer(use_warehouse):
    rows = {row[0]: row[1:] for row in table(opened(mine="Camden"), "What Camden could offer")}
    silent = rows["Youth participation"][1]
    assert "Barnet" in silent
    assert "Croydon" not in silent, "Croydon reports it"
    assert "Westminster" not in silent, "of Westminster nothing is known"
    assert rows["Information and translation"][2] == "Waltham Forest"
    assert rows["Youth participation"][0].startswith("Done: ")


def test_a_theme_that_is_no_gap_says_so(use_warehouse):
    text = words(opened(mine="Camden", learn_theme="Training"))
    assert "Training is no gap: more than an aspiration is reported of Camden." in text
    assert "No board to learn from on these themes." in text


def test_acts_on_abuse_never_stand_beside_a_community(use_warehouse, monkeypatch):
    monkeypatch.setattr(paging, "MOST_ON_ONE_PAGE", 1_000)  # on whichever page they would stand
    page = opened(mine="Kingston upon Thames")
    (body,) = [body for body in bodies(page) if f"<caption>{ACTS}</caption>" in body]
    assert "Somali Development Officer" not in body
    apart = [row for row in table(page, ACTS) if row[2].startswith("Work on ")]
    assert apart
    assert {tuple(row[4:6]) for row in apart} == {("not shown beside this concern",) * 2}
    assert not [row for row in table(page, ACTS) if "genital" in row[2] and row[5] not in ("none named", apart[0][5])]
    assert "It does not say that the abuse was found there." in words(page)


@pytest.mark.parametrize(
    ("kind", "agency", "place", "role"),
    [
        (BY_PROGRAMME, "Migrant Impact Fund", "Pan-London culture and faith project", "funder"),
        (BY_BOARD, "Victoria Climbié Foundation", "Ealing", "commissioned and member"),
        (BY_BOARD, "London Borough of Hackney", "City and Hackney", "delivery partner"),
    ],
)
def test_the_two_way_table_gives_each_role_in_its_cell(use_warehouse, kind, agency, place, role):
    body = two_way_table(opened(partners_by=kind))
    heads = [plain(head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', body)]
    assert heads[1:] == sorted(heads[1:])
    rows = {
        re.split(" (?:voluntary|funder|local|government|police|health|london|faith|other)", plain(head))[0]: cells
        for head, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body)
    }
    row = [plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", rows[agency])]
    assert row[heads.index(place) - 1] == role
    assert "no role named" in " ".join(row)
    assert len(row) == len(heads) - 1


def test_the_picture_has_a_line_for_each_cell_of_the_table_and_words_in_its_place(use_warehouse):
    for kind in (BY_PROGRAMME, BY_BOARD):
        page = opened(mine="Camden", partners_by=kind)
        drawn = image(page)
        space = "{http://www.w3.org/2000/svg}"
        body = two_way_table(page)
        assert len(drawn.findall(f"{space}path")) == body.count('<details class="source">') > 10
        names = [" ".join(element.itertext()) for element in drawn.findall(f"{space}text")]
        heads = re.findall(r'<th scope="(?:row|col)"[^>]*>(.*?)(?: <small>|</th>)', body)[1:]
        assert sorted(names) == sorted(map(html.unescape, heads)), "every name in full"
        (alt,) = re.findall(r'alt="([^"]+)"', " ".join(bodies(page)))
        assert "The table that follows says the same." in alt
        heavy = [path for path in drawn.findall(f"{space}path") if path.get("stroke-width") == "3"]
        assert bool(heavy) == (kind == BY_BOARD), "the lines to my board"


def test_agencies_in_no_programme_are_named(use_warehouse):
    text = words(opened())
    named = re.search(r"(\d+) of the (\d+) agencies that a document gives a role are named with a programme\. "
                      r"The others have their role elsewhere: (.*?)\. ", text)  # fmt: skip
    assert int(named[2]) - int(named[1]) == len(re.split(", | and (?!Fulham)", named[3]))
    assert "NHS London" in named[3]


def cells(*found: tuple[str, str, tuple[str, ...]]) -> list[PartnerCell]:
    return [PartnerCell(name, name, "other", place, place, roles, (f"pl-{name}",)) for name, place, roles in found]


def test_the_table_does_not_hang_on_the_order_of_its_cells(use_warehouse):
    found = cells(("B", "y", ("funder",)), ("A", "x", ("host", "member")), ("A", "y", ("invited",)))
    one, other = two_way(BY_BOARD, found), two_way(BY_BOARD, found[::-1])
    assert [row.name for row in one.rows] == ["A", "B"]
    assert one.columns == (("x", "x"), ("y", "y"))
    assert (one.rows, one.columns) == (other.rows, other.columns)
    assert csv_text(columns(one), one.rows) == csv_text(columns(other), other.rows)


def test_a_long_name_has_two_lines_and_no_letter_beyond_them():
    assert name_lines("x" * LONGEST_NAME) == ["x" * LONGEST_NAME]
    assert name_lines("x" * 40 + " " + "y" * 20) == ["x" * 40, "y" * 20]
    assert name_lines("x" * 60) == ["x" * LONGEST_NAME, "x" * (60 - LONGEST_NAME)]
    assert [len(line) for line in name_lines("word " * 60)] == [44, LONGEST_NAME]
    assert name_lines("word " * 60)[1].endswith("…")


def test_an_invitation_is_no_part_and_is_dashed():
    drawn = drawing(two_way(BY_BOARD, cells(("A", "x", ("invited",)), ("B", "x", ("invited", "host")))), None)
    assert drawn.count("stroke-dasharray") == 1


def test_hostile_names_stay_text_in_table_picture_and_download(use_warehouse):
    name = '</text><script>alert(1)</script>"\x00\x1b=1+1'
    table = two_way(BY_BOARD, cells((name, name + "2", ("host",))))
    assert "<script" not in drawing(table, None) + matrix(table)
    ElementTree.fromstring(drawing(table, None))
    assert "<script" not in picture(table)
    formula = two_way(BY_BOARD, cells(("=1+1", "x", ("host",))))
    (row,) = csv.DictReader(io.StringIO(csv_text(columns(formula), formula.rows)))
    assert (row["Agency"], row["x"]) == ("'=1+1", "host")


def test_before_the_report_every_theme_is_open_and_nothing_is_claimed(use_warehouse):
    text = words(opened(as_at=date(2005, 1, 1), mine="Camden"))
    assert "No board has a statement dated by then: the statements that are known are of July 2007. So nothing" in text
    assert "14 of 14" not in text
    assert "The 0 boards" not in text
    assert "No board beside it reports" not in text, "no board stands beside it"
    assert "No board stands beside Camden. Choose others to learn from." in text


def test_an_empty_warehouse_has_a_page_too(warehouse_of):
    warehouse_of({})
    text = words(opened(mine="Camden"))
    assert "No document of this date names an agency with a programme." in text
    assert "0 agencies" in text or "no agency" in text
