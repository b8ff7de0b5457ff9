"""Residents, rates and likeness on made census tables and literal counts: each aggregate beside a slow plain twin."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from geo.names import authority_boards, borough_names
from tests.support import census
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from tests.support.twins import twin_of
from warehouse.edition import Reader, live_edition
from warehouse.queries import filing, population, rates
from warehouse.schema.layout import EVERYONE
from warehouse.schema.population import FIT, NO_RATE

AS_AT = date(2010, 4, 29)
LATER = {"document": "update_2011", "as_at": "2011-11"}

PROGRAMME = {"fact_key": "programme-a", "name": "Programme A", "kind": "partnership", "summary": "Made for a test."}
ROUND = {"programme": "programme-a", "unit_of_count": "people", "content": "What was taught."}
ROUNDS = [
    {**ROUND, "fact_key": "training-camden", "title": "Camden", "borough": "Camden"},
    {**ROUND, "fact_key": "training-attendances", "title": "Barnet", "borough": "Barnet",
     "unit_of_count": "attendances"},
]  # fmt: skip

COUNT = {"training_round": "training-camden", "unit_of_count": "people", "dimension": "ethnicity"}


def _count(key: str, printed: str, filed: str, people: str, **more: str) -> dict[str, str]:
    return {**COUNT, "fact_key": f"count-{key}", "printed": printed, "filed": filed, "people": people, **more}


COUNTS = [
    _count("ban", "Bangladeshi", "Bangladeshi", "34"),
    _count("chi", "Chinese", "Chinese", "0"),  # a reported zero has a rate of nought
    _count("ind", "Indian", "Indian", "not reported"),  # a row of its own and no number
    _count("som", "Somali", "Somali", "56"),  # counted with others
    _count("ivo", "Ivory Coast", "Ivorian", "12"),
    _count("afr", "African", "African", "3"),  # filed under the same row as the two above, and named as it is
    _count("nig", "Nigerians", "Nigerian", "2"),  # not in the list as printed, but as filed
    _count("kur", "Kurdish", "Kurdish", "10"),  # no census row
    _count("mor", "Morrocan", "Moroccan", "5"),
    _count("mar", "Martian", "Martian", "1", community="migrant"),  # nobody has filed it in a census
    _count("unk", "Not known", "Not known", "7"),
    _count("asi", "Asian", "Asian", "4"),  # a heading, which holds Bangladeshi as well: the rows are never added up
    _count("tur", "Turkish", "Turkish", "6"),
    _count("kos", "Kosova", "Kosovan", "not reported"),  # filed with Turkish: the sum would be of one of the two only
    # Left out: gender is no ethnicity; a later document; another round.
    _count("fem", "Female", "Female", "60", dimension="gender"),
    _count("lat", "Pakistani", "Pakistani", "9", **LATER),
    _count(
        "att", "Bangladeshi", "Bangladeshi", "8", training_round="training-attendances", unit_of_count="attendances"
    ),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows above as files, with ethnic groups of 2011 and religions of 2001."""
    folder = tmp_path_factory.mktemp("population")
    data = write_sources(
        folder / "data", {"programme": [PROGRAMME], "training_round": ROUNDS, "training_count": COUNTS}
    )
    tables = [census.write(folder / "e.csv", census.wide()), census.write(folder / "r.csv", census.stacked())]
    assert main(["population", *map(str, tables), "--data", str(data)]) == 0
    return data


@pytest.fixture(scope="module")
def cursor(data: Path) -> duckdb.DuckDBPyConnection:
    """One edition of those files."""
    publish(collect(data), data.parent / "warehouse")
    return Reader(live_edition(data.parent / "warehouse").folder, EVERYONE).cursor()


def residents_of(area: str, group_key: str, year: int = 2011, subject: str = "ethnic_group") -> int:
    asked = census.question(year, subject)
    group = next(group for group in asked.groups if group.key == group_key)
    return census.total(asked, list(borough_names()).index(area), group)


def reference(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


LABELS = {row["printed"]: row for row in reference("ethnic_label")}
CAMDEN = "E09000007"


def lines_of(training_round: str) -> list[dict[str, str]]:
    return [row for row in COUNTS if row["training_round"] == training_round and row["dimension"] == "ethnicity"
            and row.get("document") != "update_2011"]  # fmt: skip


def filed_under(row: dict[str, str], year: int) -> tuple[str | None, str]:
    label = LABELS.get(row["printed"], LABELS.get(row["filed"]))
    if row["filed"] == "Not known":
        return None, "not_known"
    if label is None:
        return None, "not_filed"
    if label[f"fit_{year}"] == "none":
        return None, "no_row"
    return label[f"group_{year}"], label[f"fit_{year}"]


# --- rates -----------------------------------------------------------------------------------------------------------


def labels_twin(year: int) -> dict[str, tuple]:
    found = {}
    for row in lines_of("training-camden"):
        group, fit = filed_under(row, year)
        people = int(row["people"]) if row["people"].isdigit() else None
        if fit != "own_row":
            found[row["printed"]] = (None, None, fit)
        elif people is None:
            found[row["printed"]] = (None, None, "not_counted")
        elif year == 2001:
            found[row["printed"]] = (None, None, "no_population")
        else:
            living = residents_of(CAMDEN, group)
            found[row["printed"]] = (living, 1000 * people / living, None)
    return found


@pytest.mark.parametrize("year", [2001, 2011])
def test_rates_of_ethnicities_agree_with_the_slow_twin(cursor, year):
    found = rates.of_labels(cursor, "training-camden", AS_AT, year)
    assert {row.printed: (row.residents, row.rate, row.reason) for row in found} == labels_twin(year)
    assert len(found) == len(lines_of("training-camden"))
    assert {row.census for row in found} == {year}


def test_a_rate_names_its_row_and_status_and_a_refusal_its_reason(cursor):
    found = {row.printed: row for row in rates.of_labels(cursor, "training-camden", AS_AT, 2011)}
    living = residents_of(CAMDEN, "2011-ethnic-bangladeshi")
    assert (found["Bangladeshi"].group_label, found["Bangladeshi"].residents) == ("Bangladeshi", living)
    assert found["Bangladeshi"].rate == pytest.approx(34 / living * 1000)
    assert (found["Chinese"].rate, found["Chinese"].status) == (0.0, "zero")
    assert (found["Somali"].group_label, found["Somali"].fit) == ("Black African", "part_of")
    assert (found["Somali"].rate, found["Somali"].status, found["Somali"].reason) == (None, "not_asked", "part_of")
    assert (found["Nigerians"].group_label, found["Nigerians"].reason) == ("Black African", "part_of")
    reasons = {name: found[name].reason for name in ("Kurdish", "Morrocan", "Martian", "Not known", "Indian")}
    assert reasons == {"Kurdish": "no_row", "Morrocan": "no_row", "Martian": "not_filed", "Not known": "not_known",
                       "Indian": "not_counted"}  # fmt: skip
    assert list(found)[-1] == "Not known"


@twin_of(rates.of_groups)
def groups_twin(year: int) -> list[tuple]:
    found: dict[object, list[dict[str, str]]] = {}
    for row in lines_of("training-camden"):
        group, _ = filed_under(row, year)
        found.setdefault(group or row["fact_key"], []).append(row)
    rows = []
    for lines in found.values():
        numbers = [int(row["people"]) for row in lines if row["people"].isdigit()]
        missing = tuple(sorted(row["printed"] for row in lines if not row["people"].isdigit()))
        people = sum(numbers) if numbers else None
        group, reason = filed_under(lines[0], year)
        if group is not None:
            reason = "not_counted" if missing else "no_population" if year == 2001 else None
        living = residents_of(CAMDEN, group) if group is not None and year == 2011 else None
        rate = 1000 * people / living if reason is None else None
        units = tuple(sorted({row["unit_of_count"] for row in lines}))
        status = "not_asked" if reason else "zero" if people == 0 else "value"
        printed = tuple(sorted(row["printed"] for row in lines))
        rows.append((printed, people, missing, units, living, rate, status, reason))
    return sorted(rows, key=str)


@pytest.mark.parametrize("year", [2001, 2011])
def test_rates_of_census_groups_agree_with_the_slow_twin(cursor, year):
    found = rates.of_groups(cursor, "training-camden", AS_AT, year)
    rows = [
        (row.printed, row.people, row.not_counted, row.units_of_count, row.residents, row.rate, row.status, row.reason)
        for row in found
    ]
    assert sorted(rows, key=str) == groups_twin(year)


def test_ethnicities_filed_together_are_added_up_and_named(cursor):
    found = {row.group_label: row for row in rates.of_groups(cursor, "training-camden", AS_AT, 2011) if row.group_label}
    african = found["Black African"]
    assert african.printed == ("African", "Ivory Coast", "Nigerians", "Somali")
    assert african.fact_keys == ("count-afr", "count-ivo", "count-nig", "count-som")
    assert african.people == 3 + 12 + 2 + 56
    assert (found["Other White"].people, found["Other White"].not_counted) == (6, ("Kosova",))
    assert (found["Other White"].rate, found["Other White"].reason) == (None, "not_counted")


def test_groups_stand_in_the_order_of_the_census_and_the_unknown_last(cursor):
    found = rates.of_groups(cursor, "training-camden", AS_AT, 2011)
    order = [group.census_group for group in population.groups(cursor, 2011)]
    assert [row.census_group for row in found if row.census_group] == sorted(
        (row.census_group for row in found if row.census_group), key=order.index
    )
    assert [row.printed for row in found if row.census_group is None] == [
        ("Kurdish",), ("Martian",), ("Morrocan",), ("Not known",)
    ]  # fmt: skip


def test_attendances_are_never_divided_by_residents(cursor):
    one = rates.of_labels(cursor, "training-attendances", AS_AT, 2011)
    together = rates.of_groups(cursor, "training-attendances", AS_AT, 2011)
    assert [(row.rate, row.status, row.reason) for row in one] == [(None, "not_asked", "attendances")]
    assert [(row.rate, row.status, row.reason) for row in together] == [(None, "not_asked", "attendances")]


def test_a_group_that_nobody_was_counted_in_has_no_rate(tmp_path):
    rows = census.wide()
    columns = {group.key: 4 + at for at, group in enumerate(census.question(2011, "ethnic_group").groups)}
    in_camden = int(rows[9][columns["2011-ethnic-chinese"]])
    assert in_camden > 0
    for key in ("2011-ethnic-all", "2011-ethnic-asian", "2011-ethnic-chinese"):
        rows[9][columns[key]] = str(int(rows[9][columns[key]]) - in_camden)
    counts = [_count("x", "Chinese", "Chinese", "2")]
    data = write_sources(
        tmp_path / "data", {"programme": [PROGRAMME], "training_round": ROUNDS[:1], "training_count": counts}
    )
    assert main(["population", str(census.write(tmp_path / "t.csv", rows)), "--data", str(data)]) == 0
    publish(collect(data), tmp_path / "w")
    cursor = Reader(live_edition(tmp_path / "w").folder, EVERYONE).cursor()
    row = rates.of_labels(cursor, "training-camden", AS_AT, 2011)[0]
    assert (row.residents, row.rate, row.status, row.reason) == (0, None, "not_asked", "nobody")
    assert rates.of_groups(cursor, "training-camden", AS_AT, 2011)[0].reason == "nobody"


def test_before_the_document_nothing_is_counted(cursor):
    assert rates.of_labels(cursor, "training-camden", date(2007, 7, 30), 2011) == []
    assert rates.of_groups(cursor, "training-camden", date(2007, 7, 30), 2011) == []


def test_every_reason_and_fit_has_words(cursor):
    found = [row for year in (2001, 2011) for row in rates.of_labels(cursor, "training-camden", AS_AT, year)]
    assert {row.reason for row in found if row.reason} <= set(NO_RATE.codes)
    assert {row.fit for row in found} <= set(FIT.codes)


# --- filing of a round ---------------------------------------------------------------------------------------------


def filing_twin() -> list[tuple]:
    names = {row["census_group"]: row["label"] for row in reference("census_group")}
    found = []
    for row in lines_of("training-camden"):
        unknown = row["filed"] == "Not known"
        label = LABELS.get(row["printed"]) or LABELS.get(row["filed"])
        keys = ("group_2001", "fit_2001", "group_2011", "fit_2011", "rule", "why")
        told = (
            [names.get(label[key]) if key.startswith("group") else label[key] for key in keys] if label else [None] * 6
        )
        listed = label["printed"] if label else None
        found.append((unknown, row["filed"], row["printed"], row["fact_key"], listed, *told))
    return sorted(found, key=lambda row: row[:3])


def test_the_filing_of_a_round_agrees_with_the_slow_twin(cursor):
    found = [
        (row.is_not_known, row.filed, row.printed, row.fact_key, row.listed, row.group_2001, row.fit_2001,
         row.group_2011, row.fit_2011, row.rule, row.why)
        for row in filing.of_round(cursor, "training-camden", AS_AT)
    ]  # fmt: skip
    assert found == filing_twin()
    assert found[-1][:3] == (True, "Not known", "Not known")
    listed = {row[2]: row[4] for row in found}
    assert (listed["Nigerians"], listed["Ivory Coast"], listed["Martian"]) == ("Nigerian", "Ivory Coast", None)
    assert filing.of_round(cursor, "training-camden", date(2007, 7, 30)) == []


# --- residents -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "subject"), [(2011, "ethnic_group"), (2001, "religion")])
def test_residents_agree_with_the_tables(cursor, year, subject):
    found = population.residents(cursor, year, subject)
    asked = census.question(year, subject)
    expected = {
        (code, group.key): residents_of(code, group.key, year, subject)
        for code in borough_names() for group in asked.groups if group.level != "not_stated"
    }  # fmt: skip
    assert {(row.gss_code, row.census_group): row.people for row in found} == expected
    assert len(found) == len(expected)
    assert [row.borough for row in found] == sorted(row.borough for row in found)


@twin_of(population.tables)
def tables_twin(data: Path) -> list[tuple]:
    with (data / "population" / "population.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    group = {row["census_group"]: row for row in reference("census_group")}
    found = []
    for subject, year in sorted({(group[row["census_group"]]["subject"], row["year"]) for row in rows}):
        own = [row for row in rows if (group[row["census_group"]]["subject"], row["year"]) == (subject, year)]
        summed = any(row["basis"] == "derived" and group[row["census_group"]]["level"] == "group" for row in own)
        (said,) = {(row["census_table"], row["table_file"], row["file_sha256"], row["note"] or None) for row in own}
        title, file, digest, note = said
        areas = len({row["gss_code"] for row in own})
        found.append(population.CensusTable(subject, int(year), title, file, digest, areas, summed, note))
    return found


def test_the_loaded_tables_agree_with_the_slow_twin(cursor, data):
    assert population.tables(cursor) == tables_twin(data)


def test_the_loaded_tables_are_named(cursor):
    found = [(table.subject, table.census, table.areas, table.is_summed) for table in population.tables(cursor)]
    assert found == [("ethnic_group", 2011, 33, False), ("religion", 2001, 33, True)]


@twin_of(population.of_communities)
def communities_twin(year: int) -> dict[tuple[str, str], tuple]:
    found = {}
    for community in reference("community"):
        code = community["community"]
        filed = {(row[f"group_{year}"], row[f"fit_{year}"]) for row in LABELS.values() if row["community"] == code}
        filed |= {(group["census_group"], "own_row") for group in reference("census_group")
                  if group["community"] == code and group["census"] == str(year)}  # fmt: skip
        group, fit = filed.pop() if filed else (None, "none")
        subject = "religion" if group and "religion" in group else "ethnic_group"
        for area in borough_names():
            if fit != "own_row":
                found[code, area] = (None, {"none": "no_row"}.get(fit, fit))
            elif (year, subject) not in ((2011, "ethnic_group"), (2001, "religion")):
                found[code, area] = (None, "no_population")
            else:
                found[code, area] = (residents_of(area, group, year, subject), None)
    return found


@pytest.mark.parametrize("year", [2001, 2011])
def test_residents_of_communities_agree_with_the_slow_twin(cursor, year):
    found = population.of_communities(cursor, year)
    assert {(row.community, row.gss_code): (row.people, row.reason) for row in found} == communities_twin(year)
    assert len(found) == 33 * len(reference("community"))
    assert [(row.label, row.borough) for row in found] == sorted((row.label, row.borough) for row in found)
    assert all((row.status == "not_asked") == (row.reason is not None) for row in found)
    reasons = {row.reason for row in found}
    assert reasons == {None, "part_of", "no_row", "no_population"}


def test_labels_and_groups_come_whole_and_in_order(cursor):
    found = population.labels(cursor)
    assert [row.printed for row in found] == sorted(LABELS)
    kosova = next(row for row in found if row.printed == "Kosova")
    assert (kosova.community_label, kosova.group_2001, kosova.fit_2011) == ("Kosovan", "Other White", "part_of")
    assert next(row for row in found if row.printed == "Morrocan").group_2011 is None
    late = population.groups(cursor, 2011)
    assert [row.label for row in late[:3]] == ["All usual residents", "White", "White British"]
    arab = next(row for row in late if row.label == "Arab")
    assert (arab.within, arab.nearest_2001) == ("Other ethnic group", "Any other ethnic group")
    assert "do not compare" in arab.note


# --- likeness --------------------------------------------------------------------------------------------------------


@twin_of(population.alike)
def alike_twin(own: str) -> list[tuple[str, float]]:
    leaves = census.question(2011, "ethnic_group").leaves
    shares: dict[str, list[float]] = {}
    for board in {line.board for line in authority_boards().values()}:
        areas = [code for code, line in authority_boards().items() if line.board == board]
        counts = [sum(residents_of(code, leaf.key) for code in areas) for leaf in leaves]
        shares[board] = [count / sum(counts) for count in counts]
    found = []
    for board, parts in shares.items():
        if board != own:
            difference = 0.0
            for one, other in zip(parts, shares[own], strict=True):
                difference += abs(one - other)
            found.append((board, difference / 2))
    return sorted(found, key=lambda pair: pair[1])


@pytest.mark.parametrize("board", ["camden", "city-and-hackney"])
def test_boards_alike_agree_with_the_slow_twin(cursor, board):
    found = population.alike(cursor, board, 2011)
    twin = alike_twin(board)
    assert [row.board for row in found] == [name for name, _ in twin]
    assert [row.difference for row in found] == pytest.approx([difference for _, difference in twin])
    assert len(found) == 31
    assert all(0 < row.difference <= 1 for row in found)
    assert population.alike(cursor, board, 2001) == []
