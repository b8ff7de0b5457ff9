"""Tables as HTML, and the same as CSV: nothing more, nothing less, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import pytest
from markupsafe import Markup

from ui.cells import Absent, Bar, Figure, Link, Marked, Opening, State
from ui.table import Col, csv_text, table, write
from ui.words import number

HOSTILE = '<b onclick=alert(1)>"</script><script>alert(1)</script>'


@dataclass(frozen=True)
class Row:
    """A borough with a number or the reason why there is none."""

    name: str
    value: int | None
    status: str
    words: tuple[str, ...]


ROWS = [
    Row("Barnet", 1200, "value", ("one", "two")),
    Row("Brent", 0, "zero", ()),
    Row("Camden", None, "not_reported", ("three",)),
    Row("Ealing", None, "not_asked", ()),
    Row("Harrow", None, "withheld", ()),
]
COLUMNS = (
    Col("Borough", lambda row: row.name, "head"),
    Col("People", lambda row: Figure(row.value, row.status), "number"),
    Col("", lambda row: Bar(row.value, 1200), "bars"),
    Col("Words", lambda row: row.words or Absent(words="none named"), "long"),
    Col("State", lambda row: State("Done", "●")),
    Col("Link", lambda row: Link("Open", "./page")),
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_has_a_caption_heads_with_scopes_and_one_row_a_row():
    written = table("People <by> borough", COLUMNS, ROWS)
    assert "<caption>People &lt;by&gt; borough</caption>" in written
    assert 'aria-label="Table: People &lt;by&gt; borough"' in written
    assert written.count('scope="col"') == len(COLUMNS)
    assert re.findall('<th scope="row">(.+?)</th>', written) == [row.name for row in ROWS]
    assert written.count("<tr>") == len(ROWS) + 1
    assert '<th scope="col" class="number">People</th>' in written
    assert '<td class="number">1,200</td>' in written


def test_a_wide_table_can_be_scrolled_with_the_keyboard():
    assert '<div class="scroll" tabindex="0" role="region"' in table("t", COLUMNS, ROWS)


def test_no_cell_is_ever_blank_and_none_shows_a_code():
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table("t", COLUMNS, ROWS))
    assert len(cells) == len(ROWS) * (len(COLUMNS) - 1)
    assert all(cells)
    assert not re.search(r"None|nan|not_reported|\[[xzc]\]", " ".join(cells))


def test_the_readers_own_borough_is_shaded():
    written = table("t", COLUMNS, ROWS, is_mine=lambda row: row.name == "Camden")
    assert written.count('<tr class="mine">') == 1
    assert '<tr class="mine"><th scope="row">Camden</th>' in written


def test_hostile_text_is_text_in_every_part_of_a_table():
    columns = (Col(HOSTILE, lambda row: row, "head"), Col("b", lambda row: (row, row)), Col("c", lambda row: row))
    written = table(HOSTILE, columns, [HOSTILE])
    assert "<script" not in written
    assert "<b " not in written
    assert written.count("&lt;script&gt;") == 7


def test_the_csv_holds_what_is_shown_with_a_status_column_where_a_value_may_be_absent():
    assert read(csv_text(COLUMNS, ROWS)) == [
        ["Borough", "People", "People: status", "Words", "Words: status", "State", "Link"],
        ["Barnet", "1200", "", "one; two", "", "Done", "Open"],
        ["Brent", "0", "", "", "[x] none named", "Done", "Open"],
        ["Camden", "", "[x]", "three", "", "Done", "Open"],
        ["Ealing", "", "[z]", "", "[x] none named", "Done", "Open"],
        ["Harrow", "", "[c]", "", "[x] none named", "Done", "Open"],
    ]


def test_each_row_and_value_on_screen_is_in_the_csv():
    written, rows = table("t", COLUMNS, ROWS), read(csv_text(COLUMNS, ROWS))[1:]
    shown = re.findall(r'<th scope="row">(.*?)</th><td class="number">(?:<span[^>]*>)?(.*?)(?:</span>)?</td>', written)
    for (name, value), line in zip(shown, rows, strict=True):
        assert line[0] == name
        words = {"[x]": "not reported", "[z]": "not applicable", "[c]": "withheld to protect people"}
        assert value == (words[line[2]] if line[2] else number(int(line[1])))


def test_a_column_that_always_has_a_value_has_no_status():
    assert read(csv_text(COLUMNS[:1], ROWS))[0] == ["Borough"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_looks_like_a_formula_is_text_in_a_spreadsheet(start):
    words = f"{start}HYPERLINK(1)"
    cells = (
        Col(words, lambda row: row),
        Col("b", lambda row: (row, "more")),
        Col("c", lambda row: Marked(row, ())),
        Col("d", lambda row: State(row, "●")),
        Col("e", lambda row: Link(row, "./page")),
    )
    head, line = read(csv_text(cells, [words]))
    assert head[0] == f"'{words}"
    assert line == [f"'{words}", f"'{words}; more", f"'{words}", f"'{words}", f"'{words}"]


def test_numbers_stay_numbers_in_a_spreadsheet():
    assert read(csv_text((Col("a", lambda row: row),), [-5, 2.5])) == [["a"], ["-5"], ["2.5"]]


def test_commas_quotes_and_lines_in_a_cell_stay_in_it():
    words = 'a, "b"\nc'
    assert read(csv_text((Col("a", lambda row: row),), [words])) == [["a"], [words]]


def test_nothing_but_markup_is_written():
    with pytest.raises(TypeError, match="takes Markup"):
        write(f"<b>{HOSTILE}</b>")
    with pytest.raises(TypeError, match="takes Markup"):
        write(str(Markup("<b>")))


def test_a_table_of_many_long_lists_shows_fewer_lines_of_each_and_downloads_all():
    column = Col("Groups", lambda row: Opening("groups", tuple(f"{row}-{place:02}" for place in range(50))))
    few, many = ["a", "b"], [f"row {place}" for place in range(40)]
    assert table("Few", [column], few).count("<li>") == 2 * (40 + 1)
    html = table("Many", [column], many)
    assert html.count("<li>") == 40 * (12 + 1)
    assert "<li>row 7-11</li><li>and 38 more, in the download</li>" in html
    assert all(f"row {place}-49" in csv_text([column], many) for place in range(40))


def test_the_lines_of_a_list_are_text_on_screen_and_in_a_file():
    hostile = Opening("<b>two</b>", ("<script>x</script>", Markup("<em>ours</em> &amp; theirs")))
    html = table("One", [Col("Groups", lambda row: hostile)], [1])
    assert "<summary>&lt;b&gt;two&lt;/b&gt;</summary>" in html
    assert "<li>&lt;script&gt;x&lt;/script&gt;</li><li><em>ours</em> &amp; theirs</li>" in html
    assert "<script>x</script>; ours & theirs" in csv_text([Col("Groups", lambda row: hostile)], [1])
