"""What changed, the list of editions, and the notices of a page that does not show the live one, without a browser."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.keeping import label
from etl.publish import publish
from tests.support.page_run import opened
from tests.support.rows import write_sources
from ui import data
from ui.changes_view import COLUMNS, Narrowed
from ui.table import csv_text
from warehouse.changes import LONDON, Change
from warehouse.schema.layout import EDITIONS, EVERYONE, LABELS, POINTER, audience_file
from warehouse.schema.shelf import read_pointer

PAGE = "pages/meetings/what_changed.py"
ABOUT = "pages/data/about_the_data.py"
LABEL = "Operations <b>group</b>, ![x](http://example.org/x)"
PROGRAMME = {"fact_key": "programme-p", "name": "Test", "kind": "other", "summary": "Made <i>up</i>."}
ROLE = {"programme": "programme-p", "borough": "Camden", "role": "planned"}
TOOK_PART = {**ROLE, "role": "took_part"}
SCENES = (
    {
        "programme": [PROGRAMME, {**PROGRAMME, "fact_key": "programme-gone", "name": "Gone one"}],
        "programme_borough": [ROLE],
    },
    {"programme": [PROGRAMME], "programme_borough": [TOOK_PART]},
    {
        "programme": [PROGRAMME],
        "programme_borough": [TOOK_PART, {**ROLE, "borough": "Brent"}, {**ROLE, "borough": "Barnet"}],
    },
)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A warehouse of three editions, the first with a label, and their names, the oldest first."""
    folder = tmp_path_factory.mktemp("three")
    names = []
    for number, rows in enumerate(SCENES):
        data = write_sources(folder / str(number) / "data", rows)
        names.append(publish(collect(data), folder / "w", "It was <i>read</i> wrongly.").edition)
    label(folder / "w", names[0], LABEL)
    return folder / "w", names


@pytest.fixture
def warehouse(three: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(three[0]))
    return three[0]


def written(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.main.get("html"))


def words(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def notices(page: AppTest) -> list[str]:
    return [words(text) for text in re.findall(r'<p class="notice" role="status">(.+?)</p>', written(page))]


def table_after(page: AppTest, heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    body = written(page).split(f"<h2>{heading}</h2>")[1].split("</table>")[0].split("<tbody>")[1]
    return [[words(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)] for row in body.split("</tr>")[:-1]]


def test_the_page_opens_on_the_one_before_and_the_live_one(warehouse: Path, three):
    page = opened(PAGE)
    assert [box.value for box in page.selectbox if box.key in ("changes_from", "changes_to")] == three[1][1:]
    assert "2 facts are new, from" in words(written(page))
    headings = [head for head in re.findall(r"<h2>(.+?)</h2>", written(page)) if "know" not in head]
    assert headings == ["Barnet", "Brent"], "the order of the alphabet"
    assert table_after(page, "Brent") == [["Boroughs in programmes", "Test, Brent", "new", "was not there", "is there"]]
    assert notices(page) == []


def test_two_other_editions_are_compared_board_by_board_with_old_and_new(warehouse: Path, three):
    page = opened(PAGE, edition=three[1][0])
    assert page.selectbox(key="changes_from").value == three[1][0], "the first of all: what changed since"
    assert page.selectbox(key="changes_to").value == three[1][2]
    assert table_after(page, "Camden") == [
        ["Boroughs in programmes", "Test, Camden", "changed: Role", "Planned to take part", "Took part"]
    ]
    assert table_after(page, LONDON) == [["Programmes", "Gone one", "gone", "was there", "is not there"]]
    page.selectbox(key="changes_board").set_value("Camden").run()
    assert "<h2>Camden</h2>" in written(page)
    assert "<h2>Brent</h2>" not in written(page)
    page.selectbox(key="changes_kind").set_value("gone").run()
    assert "Nothing changed here." in written(page)
    page.selectbox(key="changes_to").set_value(three[1][0]).run()
    assert "The same edition stands in both boxes" in written(page)


def test_no_word_on_the_page_counts_the_changes_of_a_board(warehouse: Path, three):
    page = opened(PAGE, edition=three[1][0])
    text = words(written(page).split("What we don")[1])
    assert not re.search(r"\b\d+ (changes|facts|rows)\b", text)


def test_one_edition_is_not_enough(use_warehouse):
    page = opened(PAGE)
    assert "only one edition that can be opened" in words(written(page))
    assert not [box for box in page.selectbox if box.key == "changes_from"]


def test_the_list_says_what_each_edition_is_and_hostile_labels_stay_text(warehouse: Path, three):
    page = opened(ABOUT, part="Editions")
    body = written(page)
    rows = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in body.split("<tbody>")[1].split("</tr>")[:-1]]
    assert [words(row[0]) for row in rows] == three[1][::-1]
    assert [words(row[4]) for row in rows] == ["live", "the one before", "earlier"]
    assert [row[5] for row in rows] == ["sound"] * 3
    assert html.unescape(rows[2][1]) == LABEL
    assert "&lt;b&gt;" in rows[2][1]
    assert f'href="./?edition={three[1][0]}"' in rows[2][0]
    assert words(rows[1][6]) == "1 row of Programmes: It was <i>read</i> wrongly."
    assert "<i>read</i>" not in body


def test_an_edition_opened_by_its_link_says_so_on_every_page_and_links_stay_in_it(warehouse: Path, three):
    page = opened(ABOUT, edition=three[1][0], part="Caveats")
    (said,) = notices(page)
    assert said.startswith(f"You see “{LABEL}”, the edition of ")
    assert f"({three[1][0]}), opened by its link. Newer data exist: see the edition of " in said
    assert f"({three[1][2]})" in said
    assert f"Edition {three[1][0]}" in written(page)
    assert 'href="./about_the_data?part=Caveats"' in written(page), "back to the live one, on the same view"
    inside = re.findall(r'href="(\./[^"]*)"', written(page).replace('href="./about_the_data?part=Caveats"', ""))
    assert inside
    assert all(f"edition={three[1][0]}" in link for link in inside)
    # The edition left something out against the one before it.
    page = opened(ABOUT, edition=three[1][1], part="This edition")
    assert "Left out on purpose" in written(page)
    assert "1 row of Programmes: It was &lt;i&gt;read&lt;/i&gt; wrongly." in written(page)


@pytest.mark.parametrize("name", ["0" * 12, "../../x", "<script>alert(1)</script>", "x" * 5000])
def test_an_unknown_edition_says_so_and_shows_the_live_one(warehouse: Path, three, name: str):
    page = opened(ABOUT, edition=name)
    (said,) = notices(page)
    assert said.startswith(f"There is no edition {name[:40]}. You see the edition of ")
    assert "<script>" not in written(page)
    assert f"Edition {three[1][2]}" in written(page)
    assert "edition=" not in "".join(re.findall(r'href="(\./[^"]*)"', written(page)))


def test_a_damaged_live_edition_leaves_the_one_before_up_with_a_banner(three, tmp_path: Path, monkeypatch):
    warehouse, names = shutil.copytree(three[0], tmp_path / "w"), three[1]
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(warehouse))
    page = opened(ABOUT)
    assert notices(page) == []
    with audience_file(warehouse / EDITIONS / names[2], EVERYONE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff")
    page.run()
    (said,) = notices(page)
    assert said.startswith(f"The newest edition cannot be read. The edition {names[2]} is damaged: everyone.duckdb was")
    assert "You see the edition of " in said
    assert f"({names[1]})" in said
    assert said.endswith("Whoever looks after the atlas: run python -m etl build")
    assert f"Edition {names[1]}" in written(page)
    page = opened(ABOUT, part="Editions")
    assert "damaged: everyone.duckdb was changed after it was published" in written(page)
    assert f"edition={names[2]}" not in written(page), "it cannot be opened"
    page = opened(ABOUT, edition=names[2])
    assert len(notices(page)) == 2


def test_labels_that_cannot_be_read_are_said_and_stop_nothing(three, tmp_path: Path, monkeypatch):
    warehouse = shutil.copytree(three[0], tmp_path / "w")
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(warehouse))
    (warehouse / LABELS).write_text("{", encoding="utf-8")
    page = opened(ABOUT, part="Editions", edition=three[1][0])
    assert f"{LABELS} cannot be read." in written(page)
    assert len(notices(page)) == 1


def test_every_run_looks_at_the_pointer(three, tmp_path: Path, monkeypatch):
    warehouse = shutil.copytree(three[0], tmp_path / "w")
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(warehouse))
    page = opened(ABOUT)
    assert f"Edition {three[1][2]}" in written(page)
    (warehouse / POINTER).write_text(f'{{"edition": "{three[1][1]}", "before": null}}', encoding="utf-8")
    page.run()
    assert f"Edition {three[1][1]}" in written(page)
    assert read_pointer(warehouse).edition == three[1][1]


def test_the_download_holds_what_is_on_the_page():
    changed = Change("changed", ("Brent",), "Pilots", "pilot-x", "A pilot", "Name", "=1+1", "A pilot")
    rows = list(csv.DictReader(io.StringIO(csv_text(COLUMNS, [changed]))))
    assert rows[0]["Old"] == "'=1+1"
    assert rows[0]["Change"] == "changed: Name"
    assert Narrowed("Brent", None).of([changed]) == (changed,)
    assert Narrowed("Camden", None).of([changed]) == ()
    assert Narrowed(LONDON, "gone").of([Change("gone", (), "Pilots", "pilot-y", "Y")])


def test_a_file_made_later_is_of_the_edition_that_was_on_the_page(three, tmp_path: Path, monkeypatch):
    """Downloads are made when asked for, in a thread that knows no page; something may have been published since."""
    warehouse = shutil.copytree(three[0], tmp_path / "w")
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(warehouse))

    def on_the_page() -> Callable[[], str]:
        data.begin_run()
        return data.keeping_view(lambda: data.edition().name)

    make = copy_context().run(on_the_page)
    (warehouse / POINTER).write_text(f'{{"edition": "{three[1][0]}", "before": null}}', encoding="utf-8")
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(make).result() == three[1][2]
        assert elsewhere.submit(lambda: data.edition().name).result() == three[1][0], "and nobody else is held to it"
