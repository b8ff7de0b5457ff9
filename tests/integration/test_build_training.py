"""What a line of a training round may be filed as: an ethnicity, group or gender on no list stops the build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.collect import collect
from etl.faults import FaultsFound
from tests.support.rows import write_sources
from warehouse.queries.training import NOT_KNOWN
from warehouse.schema.layout import ROOT
from warehouse.schema.training import UNPLACED

ROUND = {"fact_key": "training-a", "title": "A", "borough": "Camden", "unit_of_count": "people", "content": "Made."}
GROUP = {"fact_key": "group-a", "name": "A group", "kind": "women", "serves_scope": "unnamed"}


def line(dimension: str, filed: str, **more: str) -> dict[str, str]:
    return {"training_round": "training-a", "dimension": dimension, "printed": filed, "filed": filed,
            "unit_of_count": "people", **more}  # fmt: skip


def said(tmp_path: Path, *lines: dict[str, str]) -> str:
    """What the build says to these lines; nothing where it takes them."""
    rows = {"community_group": [GROUP], "training_round": [ROUND], "training_count": lines}
    try:
        collect(write_sources(tmp_path / "data", rows))
    except FaultsFound as found:
        return str(found)
    return ""


def test_an_ethnicity_group_or_gender_on_no_list_stops_the_build(tmp_path: Path) -> None:
    lines = (line("ethnicity", "Martian"), line("group", "Moon Walkers"), line("gender", "Purple"),
             line("ethnicity_gender", "Martian, Purple"))  # fmt: skip
    words = said(tmp_path, *lines)
    unplaced = "Not known, Unknown, Not stated, Not recorded, Not given, Other."
    for expected in (
        f'line 2, column community: empty. Expected the community that "Martian" is filed under. Only people of no '
        f"named category have none, filed as one of: {unplaced}",
        'line 3, column community_group: empty. Expected the community group that "Moon Walkers" is filed under.',
        f'line 4, column filed: "Purple". Expected a gender, one of: Female, Male, {unplaced}',
        'line 5, column filed: "Martian, Purple". Expected a gender',
        'line 5, column community: empty. Expected the community that "Martian" is filed under.',
    ):
        assert expected in words, f"{expected!r} is missing in:\n{words}"
    assert words.startswith("5 faults found")


def test_a_community_that_is_on_no_list_stops_the_build(tmp_path: Path) -> None:
    assert 'column community: "klingon". Expected' in said(tmp_path, line("ethnicity", "Klingon", community="klingon"))


def test_listed_categories_and_people_of_none_are_taken(tmp_path: Path) -> None:
    lines = [
        line("all", "Everybody"), line("ethnicity", "Somali"), line("group", "A group", community_group="group-a"),
        line("gender", "Female"), line("gender", "Male"),
        line("ethnicity_gender", "Somali, Female", community="somali"),
        line("ethnicity_gender", "Not known, not known"),
    ]  # fmt: skip
    unplaced = [
        line(dimension, word)
        for dimension in ("ethnicity", "group", "gender")
        for word in (*UNPLACED.codes, "not known")
    ]
    for number, one in enumerate(unplaced):
        one["printed"] = f"{one['printed']} {number}"
    assert said(tmp_path, *lines, *unplaced) == ""


def test_the_camden_table_stops_the_build_where_a_line_of_it_becomes_unknown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    shutil.copytree(ROOT / "data" / "sources", tmp_path / "data" / "sources")
    file = tmp_path / "data" / "sources" / "camden_2010" / "training_count.csv"
    text = file.read_text(encoding="utf-8")
    assert "Kenyan,Kenyan,kenyan," in text
    file.write_text(text.replace("Kenyan,Kenyan,kenyan,", "Martian,Martian,,"), encoding="utf-8")
    with pytest.raises(FaultsFound, match=r'column community: empty\. Expected the community that "Martian"'):
        collect(tmp_path / "data")


def test_what_a_query_takes_for_not_known_may_be_filed() -> None:
    assert set(NOT_KNOWN) <= {word.casefold() for word in UNPLACED.codes}
