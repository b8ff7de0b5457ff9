"""Rates per 1,000 residents and the filing table on the training page: without a census, with one, with two."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from geo.names import borough_names
from tests.support import census, page_run
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from tests.support.training_page import bar_lines, bodies, captions, opened, table, words
from ui.table import csv_text
from ui.training_rates import label_columns, rate_words
from warehouse.queries.rates import LabelRate
from warehouse.queries.training import Round
from warehouse.schema.population import FILING_RULE

ABOUT = "pages/data/about_the_data.py"
FILED_PART = "Where ethnicities are filed"
EACH, GROUPS, FILED = "each ethnicity per 1,000", "each census group per 1,000", "where its ethnicities are filed"
CAMDEN = list(borough_names().values()).index("Camden")

ROUND = {"borough": "Camden", "unit_of_count": "people", "content": "What was taught.", "people": "137",
         "fact_key": "training-a", "title": "Camden, round 1", "narrative_to": "2009"}  # fmt: skip
ATTENDED = {**ROUND, "borough": "Barnet", "fact_key": "training-b", "title": "Barnet, round 1", "people": "9",
            "unit_of_count": "attendances"}  # fmt: skip
PRINTED = [
    ("Bangladeshi", "Bangladeshi", 34),
    ("African", "African", 3),
    ("Ivory Coast", "Ivorian", 12),
    ("Somali", "Somali", 56),
    ("Chinese", "Chinese", 0),
    ("Morrocan", "Moroccan", 5),
    ("Martian", "Martian", 1),
    ("Nigerians", "Nigerian", 19),
    ("Unknown", "Not known", 7),
]
COUNTS = [
    {"training_round": "training-a", "dimension": "ethnicity", "printed": printed, "filed": filed,
     "people": str(people), "unit_of_count": "people", **({"community": "migrant"} if filed == "Martian" else {})}
    for printed, filed, people in PRINTED
] + [
    {"training_round": "training-b", "dimension": "ethnicity", "printed": printed, "filed": printed,
     "people": people, "unit_of_count": "attendances"}
    for printed, people in (("Bangladeshi", "8"), ("Somali", "1"))
]  # fmt: skip


def reference(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def residents(group: str) -> int:
    """Residents of Camden in the made table of 2011."""
    asked = census.question(2011, "ethnic_group")
    return census.total(asked, CAMDEN, next(one for one in asked.groups if one.key == f"2011-ethnic-{group}"))


def built(folder: Path, *tables: Path) -> Path:
    """A warehouse of the rows above, with these census tables."""
    data = write_sources(folder / "data", {"training_round": [ROUND, ATTENDED], "training_count": COUNTS})
    if tables:
        assert main(["population", *map(str, tables), "--data", str(data)]) == 0
    publish(collect(data), folder / "warehouse")
    return folder / "warehouse"


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Without a census table, with one of 2011, and with one of 2001 as well."""
    folder = tmp_path_factory.mktemp("rates")
    late = census.write(folder / "late.csv", census.wide())
    early = census.write(folder / "early.csv", census.single_block())
    return {
        "none": built(folder / "none"),
        "one": built(folder / "one", late),
        "both": built(folder / "both", late, early),
    }


@pytest.fixture
def use(warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch):
    """Read one of these warehouses."""
    return lambda name: monkeypatch.setenv("ATLAS_WAREHOUSE", str(warehouses[name]))


# --- no denominator --------------------------------------------------------------------------------------------------


def test_without_a_census_the_page_says_so_and_how_to_load_one_and_what_would_have_a_rate(use_warehouse):
    page = opened()
    text = words(page)
    assert "No denominator loaded: there is no census table of ethnic groups here" in text
    assert "Whoever keeps this dashboard can load a census table: how to load one" in text
    assert "python -m" not in text
    assert "Would have a rate: Bangladeshi and Pakistani." in text
    assert "Kurdish and Morrocan (filed as Moroccan). No row of the census" in text
    assert "Kenyan, Somali and Sudanese, in Black African; Kosova (filed as Kosovan), in Other White." in text
    assert not [caption for caption in captions(page) if "per 1,000" in caption]
    assert len(table(page, FILED)) == 11 + 1


# --- with a census ---------------------------------------------------------------------------------------------------


def test_each_ethnicity_stands_with_its_row_residents_and_rate_or_the_refusal(use):
    use("one")
    rows = {row[0]: row[1:-1] for row in table(opened(borough="Camden"), EACH)}
    living = residents("bangladeshi")
    assert rows["Bangladeshi"] == ["Bangladeshi", "Bangladeshi", "A row of its own", "34", f"{living:,}",
                                   f"{34 / living * 1000:,.1f}"]  # fmt: skip
    assert rows["Chinese"][3:] == ["0", f"{residents('chinese'):,}", "0.0"]
    assert rows["Somali"] == ["Somali", "Black African", "Part of a row", "56", "not counted apart",
                              "no rate: counted with others"]  # fmt: skip
    assert rows["Nigerians"][:3] == ["Nigerian", "Black African", "Part of a row"]
    assert rows["Morrocan"] == ["Moroccan", "none", "No census row", "5", "not applicable", "no rate: no census row"]
    assert rows["Martian"][1:] == ["none", "not filed yet", "1", "not applicable", "no rate: not filed yet"]
    assert list(rows)[-1] == "Unknown"
    assert rows["Unknown"] == ["Not known", "none", "not known", "7", "not applicable", "no rate: not known"]
    assert len(rows) == len(PRINTED)


def test_each_census_group_stands_with_all_who_are_filed_there(use):
    use("one")
    rows = table(opened(borough="Camden"), GROUPS)
    living = residents("african")
    (african,) = [row for row in rows if row[0] == "Black African"]
    assert african[1:-1] == ["African, Ivory Coast, Nigerians, Somali", str(3 + 12 + 19 + 56), f"{living:,}",
                             f"{90 / living * 1000:,.1f}"]  # fmt: skip
    assert [row[:2] for row in rows[-3:]] == [
        ["Not filed yet", "Martian"], ["No census row", "Morrocan"], ["Not known", "Unknown"]
    ]  # fmt: skip


def test_bars_have_one_scale_and_stand_only_where_there_is_a_rate(use):
    use("one")
    (picture,) = [body for body in bodies(opened(borough="Camden")) if "multiples rates" in body]
    left, right = (bar_lines(part) for part in re.findall(r"<ul>(.*?)</ul>(?=</div>)", picture.split("<h3>Without")[0]))
    rates = {"Bangladeshi": 34 / residents("bangladeshi"), "African": 3 / residents("african"), "Chinese": 0}
    assert {label for label, width, _ in left if width is not None} == set(rates)
    everyone = {"Bangladeshi (Bangladeshi)": rates["Bangladeshi"], "Chinese (Chinese)": 0,
                "Black African (African, Ivory Coast, Nigerians and Somali)": 90 / residents("african")}  # fmt: skip
    longest = max([*rates.values(), *everyone.values()])
    for lines, expected in ((left, rates), (right, everyone)):
        widths = {label: width for label, width, _ in lines if width is not None}
        assert widths == {label: pytest.approx(50 * rate / longest, abs=0.051) for label, rate in expected.items()}
        assert list(widths.values()) == sorted(widths.values(), reverse=True)
        assert lines[-1] == ("Not known", None, "no rate: not known")


def test_the_denominator_is_named_and_what_it_does_not_say(use):
    use("one")
    text = words(opened(borough="Camden"))
    assert "3 of 8 ethnicities printed for Camden, round 1 have a rate of their own." in text
    assert "everybody of that group in Camden, by the census of 2011, table “Ethnic Group”" in text
    assert "Those trained did not necessarily live in Camden" in text
    assert "No census row: Morrocan (filed as Moroccan)." in text
    assert "Not known: Unknown (filed as Not known)." in text
    assert "No denominator loaded" not in text


def test_one_census_is_no_choice_and_of_two_that_nearest_to_the_round_comes_first(use):
    use("one")
    assert "Residents by the" not in [box.label for box in opened(borough="Camden").selectbox]
    use("both")
    page = opened(borough="Camden")
    assert page.selectbox(key="census").options == ["Census of 2011", "Census of 2001"]
    assert [caption[-14:] for caption in captions(page) if "per 1,000" in caption] == ["census of 2011"] * 2
    page = opened(borough="Camden", census="Census of 2001")
    assert [caption[-14:] for caption in captions(page) if "per 1,000" in caption] == ["census of 2001"] * 2
    rows = {row[0]: row for row in table(page, EACH)}
    asked = census.question(2001, "ethnic_group")
    living = census.total(asked, CAMDEN, next(g for g in asked.groups if g.key == "2001-ethnic-bangladeshi"))
    assert rows["Bangladeshi"][5:7] == [f"{living:,}", f"{34 / living * 1000:,.1f}"]
    assert "by the census of 2001, table “XX009 - Made for a test”" in words(page)


def test_attendances_never_have_a_rate_and_are_not_headed_people(use):
    use("one")
    page = opened(borough="Barnet")
    rows = {row[0]: row for row in table(page, EACH)}
    assert rows["Bangladeshi"][4:7] == ["8", "not applicable", "no rate: attendances"]
    assert not any("multiples rates" in body for body in bodies(page))
    assert "Attendances: Bangladeshi. Attendances are counted, and residents are people" in words(page)
    heads = [re.findall(r'<th scope="col"[^>]*>(.*?)</th>', body) for body in bodies(page) if "<caption>Barnet" in body]
    assert len(heads) == 4  # by ethnicity, each, groups, filed
    assert not [head for row in heads for head in row if head.startswith("People")]


def test_the_download_says_why_a_rate_is_missing(use):
    use("one")
    row = Round("training-a", "Camden, round 1", "Camden", 1, 137, "value", "people", *[None] * 12, "Taught.", ())
    line = LabelRate("count-x", "Somali", "Somali", 56, "value", "people", "Black African", "part_of", 2011, None, None,
                     "not_asked", "part_of")  # fmt: skip
    head, first, last = list(csv.reader(csv_text(label_columns(row, 2011), [line, None]).splitlines()))
    cells = dict(zip(head, first, strict=True))
    assert (cells["People"], cells["People: status"]) == ("56", "")
    assert (cells["Per 1,000 residents"], cells["Per 1,000 residents: status"]) == (
        "", "[z] no rate: counted with others",
    )  # fmt: skip
    assert last[0] == "Not known"


@pytest.mark.parametrize(
    ("rate", "said"), [(0.0, "0.0"), (0.04, "under 0.1"), (0.05, "0.1"), (2.0, "2.0"), (1234.56, "1,234.6")]
)
def test_a_rate_has_one_decimal_and_a_small_one_is_not_nought(rate, said):
    assert rate_words(rate) == said


def test_the_real_table_of_2011_gives_camden_its_rates(tmp_path, monkeypatch):
    real = census.REAL / "raw_nomis_QS201EW_2011_la.csv"
    if not real.exists():
        pytest.skip(f"{real.name} is not part of the project; it was not found beside it")
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    shutil.copytree(ROOT / "data" / "sources", tmp_path / "data" / "sources")
    assert main(["population", str(real), "--data", str(tmp_path / "data")]) == 0
    publish(collect(tmp_path / "data"), tmp_path / "w")
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "w"))
    page = opened()
    with real.open(encoding="utf-8-sig", newline="") as lines:
        camden = next(row for row in csv.DictReader(lines) if row["geography"] == "Camden")
    living = {name.split(": ")[-1]: int(camden[f"Ethnic Group: {name}; measures: Value"]) for name in (
        "Asian/Asian British: Bangladeshi", "Asian/Asian British: Pakistani",
        "Black/African/Caribbean/Black British: African")}  # fmt: skip
    rows = {row[0]: row for row in table(page, EACH)}
    assert [rows[name][5] for name in ("Bangladeshi", "Pakistani")] == [
        f"{living['Bangladeshi']:,}", f"{living['Pakistani']:,}",
    ]  # fmt: skip
    assert [rows[name][6] for name in ("Bangladeshi", "Pakistani")] == [
        f"{34 / living['Bangladeshi'] * 1000:.1f}", f"{3 / living['Pakistani'] * 1000:.1f}",
    ]  # fmt: skip
    (african,) = [row for row in table(page, GROUPS) if row[0] == "Black African"]
    people = 14 + 25 + 12 + 1 + 56 + 11
    assert african[2:5] == [str(people), f"{living['African']:,}", f"{people / living['African'] * 1000:.1f}"]
    assert rows["Not known"][4] == "none recorded"


# --- where ethnicities are filed -------------------------------------------------------------------------------------


def test_the_filing_table_of_a_round_says_where_by_which_rule_and_why(use):
    use("none")
    rows = {row[0]: row[1:] for row in table(opened(borough="Camden"), FILED)}
    listed = {row["printed"]: row for row in reference("ethnic_label")}
    assert rows["Morrocan"] == ["Moroccan", "none", "No census row", "none", "No census row",
                                FILING_RULE.label("cannot_be_placed"), listed["Morrocan"]["why"]]  # fmt: skip
    assert rows["Ivory Coast"][:5] == ["Ivorian", "Black African", "Part of a row", "Black African", "Part of a row"]
    assert rows["Nigerians"][-1] == f"{listed['Nigerian']['why']} Found by its filed name, Nigerian."
    assert rows["Martian"][1:6] == ["not filed yet"] * 5
    assert list(rows)[-1] == "Unknown"
    assert rows["Unknown"][:5] == ["Not known", "Not stated", "In records only", "none", "No census row"]


def test_the_whole_table_is_one_link_away_and_holds_every_line_misspellings_and_not_known(use):
    use("both")
    page = opened(borough="Camden")
    assert any(
        'href="./about_the_data?part=Where+ethnicities+are+filed">The whole table' in body for body in bodies(page)
    )
    about = page_run.opened(ABOUT, part=FILED_PART)
    rows = table(about, "Ethnicities as printed")
    assert [row[0] for row in rows] == [*(row["printed"] for row in reference("ethnic_label")), "Not known"]
    for code in FILING_RULE.codes:
        assert FILING_RULE.meaning(code) in words(about)
    early, late = table(about, "The census of 2001"), table(about, "The census of 2011")
    assert sum(row[1] == "Group" for row in early) == 16
    assert [row[3] for row in early if row[1] == "Not stated"] == ["Z"]
    assert sum(row[1] == "Group" for row in late) == 18
    assert next(row[4] for row in late if row[0] == "Other White") == "Kosova, Kosovan, Russian and Turkish"
    assert [row[2] for row in table(about, "Census tables that are loaded")] == ["2001", "2011"]


def test_the_part_on_filing_works_without_a_census_and_says_how_to_load_one(use_warehouse):
    about = page_run.opened(ABOUT, part=FILED_PART)
    assert "No denominator loaded" in words(about)
    assert "python -m etl population FILE , then python -m etl build ." in words(about)
    assert "Census tables that are loaded" not in captions(about)
    assert len(table(about, "Ethnicities as printed")) == len(reference("ethnic_label")) + 1
