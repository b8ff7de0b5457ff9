"""The data dictionary on paper is that of the declarations, and so is the one on screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl import dictionary
from etl.__main__ import main
from warehouse.schema import TABLES
from warehouse.schema.column import Column, Kind, Vocabulary
from warehouse.schema.returns import SHEETS, START
from warehouse.schema.words import allowed, holds, must, must_in_return


def test_the_document_is_up_to_date():
    written = dictionary.PATH.read_text(encoding="utf-8")
    assert written == dictionary.document(), "Run: python -m etl dictionary"


def test_it_names_every_table_sheet_and_column():
    parts = re.split(r"^### ", dictionary.document(), flags=re.MULTILINE)
    by_title = {part.splitlines()[0]: part for part in parts}
    for table in TABLES.values():
        part = by_title[f"{table.title}: `{table.name}`"]
        assert all(f"| `{column.name}` | {column.sentence[:20]}" in part for column in table.own_columns)
    for sheet in (START, *SHEETS.values()):
        part = by_title[f"Sheet: {sheet.title}"]
        assert all(f"| `{column.name}` |" in part for column in sheet.columns)


def test_every_link_leads_to_a_list():
    text = dictionary.document()
    slugs = {
        re.sub(r"[^a-z0-9 -]", "", line[4:].lower()).replace(" ", "-") for line in text.splitlines()
        if line.startswith("### ")
    }  # fmt: skip
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert len(links) > 10
    assert links <= slugs


def test_every_table_is_well_formed():
    rows = [line for line in dictionary.document().splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {4, 7, 8}


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["dictionary", "--out", str(tmp_path / "made.md")]) == 0
    assert (tmp_path / "made.md").read_text(encoding="utf-8") == dictionary.document()
    assert main(["dictionary", "--out", str(tmp_path / "none" / "made.md")]) == 1
    assert "No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (Column("a", "A."), ("text", "no", "no", "")),
        (Column("a", "A.", required=True, minimum=1, kind=Kind.integer), ("whole number", "yes", "yes", "1 or more")),
        (
            Column("a", "A.", absent=True, place="borough", many=True),
            (
                "text, several", "yes, or the word for its absence", "no; empty is read as not reported",
                "the name of a borough",
            ),
        ),
        (Column("a", "A.", refers_to="theme"), ("text", "no", "no", "a key of: Themes of activity")),
        (Column("a", "A.", refers_to="fact"), ("text", "no", "no", "a key of: any fact")),
    ],
)  # fmt: skip
def test_a_declaration_in_words(column: Column, words: tuple[str, ...]):
    assert (holds(column), must(column), must_in_return(column), allowed(column)) == words


def test_two_lists_of_one_name_are_refused():
    columns = [Column("a", "A.", vocabulary=Vocabulary("kind", {word: (word, word)})) for word in ("one", "two")]
    with pytest.raises(ValueError, match="Two lists are named 'kind'"):
        dictionary._lists(columns)
