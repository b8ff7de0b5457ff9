"""Facts are in our own words: no run of words is a document's, save titles, names and lists of names.

The documents lie beside the project and are not committed, so the comparison is skipped where they are not there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

DOCUMENTS = ROOT.parent / "shared" / "seeds"
LONGEST = 8
"""So many words in a row may be a document's: any text about the same thing shares short runs with it."""

NAMES = {"section", "name", "aliases", "printed"}
"""Columns that hold headings and names as they are printed."""

ALLOWED = (
    # The four areas of abuse.
    "areas female genital mutilation honour based violence abuse linked to",
    "abuse female genital mutilation honour based violence abuse linked to",
    "belief in spirit possession and child trafficking and exploitation",
    # Titles.
    "child abuse linked to accusations of possession and witchcraft",
    "child abuse linked to a belief in spirit possession",
    "safeguarding children at risk of abuse through female genital mutilation",
    "safeguarding children from abuse linked to a belief in spirit possession",
    "safeguarding children during the 2012 olympic and paralympic games scoping study",
    "the pan london safeguarding children culture and faith project",
    # Names of bodies and posts, and lists of them.
    "the association of muslim lawyers the churches child protection advisory service afruca and ecpat",
    "nhs london metropolitan police service london directors of children's services chairs of london lscbs "
    "london probation service london councils",
    "barnet's junior safeguarding board voice of young people in safeguarding",
    "the training subgroup of the london designated nurses network",
    "lead borough chief executive for crime and community safety",
    # Boroughs.
    "brent camden enfield hackney haringey islington newham and southwark",
)


def words(text: str) -> list[str]:
    """The words of a text in small letters, without its marks and without what sets them in bold or italics."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'").replace("\u2018", "'"))


def runs(text: str) -> Iterator[str]:
    """Every run of LONGEST + 1 words in a text."""
    found = words(text)
    for first in range(len(found) - LONGEST):
        yield " ".join(found[first : first + LONGEST + 1])


def printed_runs(folder: Path) -> set[str]:
    """Every run of the documents in a folder."""
    return {run for path in folder.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}


def shared_runs(printed: set[str], text: str) -> list[str]:
    """Runs of a text that are a document's and that ALLOWED does not hold."""
    return [run for run in runs(text) if run in printed and not any(run in allowed for allowed in ALLOWED)]


@pytest.fixture(scope="module")
def printed() -> set[str]:
    if not DOCUMENTS.is_dir():
        pytest.skip("the five documents do not lie beside the project, in ../shared/seeds, and it commits none")
    found = printed_runs(DOCUMENTS)
    assert len(found) > 30_000
    return found


def cells() -> Iterator[tuple[Path, str, str, str]]:
    """File, key, column and text of every cell of the committed facts and lists that is not a name."""
    for folder in ("sources/*", "reference"):
        for path in sorted((ROOT / "data").glob(f"{folder}/*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    key = next(iter(row.values()))
                    yield from ((path, key, column, text) for column, text in row.items() if column not in NAMES)


def test_a_run_is_found_whatever_its_marks_and_a_shorter_one_is_not(tmp_path):
    (tmp_path / "made.txt").write_text("One **two** three, four\nfive six: seven eight nine ten.", encoding="utf-8")
    made = printed_runs(tmp_path)
    assert shared_runs(made, "Said: one two three four five six, seven, EIGHT nine.") == [
        "one two three four five six seven eight nine"
    ]
    assert shared_runs(made, "One two three four five six seven eight, and nine.") == []


def test_no_fact_repeats_a_document_word_for_word(printed):
    found = [
        f"{path.relative_to(ROOT)}, {key}, {column}: {run}"
        for path, key, column, text in cells()
        for run in shared_runs(printed, text)
    ]
    assert not found, "say it in our own words, or add a title or name to ALLOWED:\n" + "\n".join(found)


def test_every_run_that_is_allowed_is_needed(printed):
    ours = {run for _, _, _, text in cells() for run in runs(text)}
    unneeded = [allowed for allowed in ALLOWED if not any(run in printed and run in ours for run in runs(allowed))]
    assert unneeded == []
