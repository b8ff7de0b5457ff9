"""How far groups were reached, and what stands beside them, against slow plain twins: on literal rows through the
loader, of which some must be left out and say why, and on made rows of any kind."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from geo.names import borough_names
from tests.support import census
from tests.support.coverage_twin import (
    BY_BOROUGH,
    CODES,
    COUNTS,
    DATES,
    LATEST,
    LITERAL,
    ROUNDS,
    USABLE,
    WITHIN,
    World,
    act,
    assert_is_twin,
    contact,
    group,
    plain,
    reference,
    relations,
    response,
    wider,
)
from tests.support.rows import cursor_on, write_sources
from tests.support.scratch import holding, scratch_warehouse
from tests.support.twins import twin_of
from warehouse.edition import Reader, live_edition
from warehouse.queries import coverage_beside
from warehouse.queries.coverage import coverage
from warehouse.queries.coverage_reach import ALL, LONDON, NOT_TOLD, WAYS, Standing, of_community, reach
from warehouse.schema.layout import EVERYONE
from warehouse.schema.vocabulary import STEP


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    names = {row["board"]: row["board_name"] for row in reference("board")}
    rows = {
        "community_group": map(plain, LITERAL.groups), "engagement": map(plain, LITERAL.contacts),
        "activity": map(plain, LITERAL.acts), "also_said": LITERAL.also,
        "training_round": ROUNDS, "training_count": COUNTS,
        "round_response": [{**row, "board": names[row["board"]]} for row in LITERAL.responses],
    }  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("coverage"), {name: list(table) for name, table in rows.items()})


@pytest.mark.parametrize("as_at", DATES)
@pytest.mark.parametrize("way", WAYS)
def test_reach_against_its_twin(cursor: duckdb.DuckDBPyConnection, way: str, as_at: date) -> None:
    assert_is_twin(cursor, way, LITERAL, as_at)


NAMES = {code: name for name, code in CODES.items()}


def cells(
    cursor: duckdb.DuckDBPyConnection, way: str, community: str | None = "somali"
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Place → the groups of the community there, with their steps; only where there is a group."""
    return {
        NAMES.get(row.place, row.place): tuple(zip(row.names, row.reached, strict=True))
        for row in of_community(cursor, way, LATEST, community)
        if row.names
    }


def test_a_group_for_all_london_stands_on_its_own_line_and_in_no_borough(cursor: duckdb.DuckDBPyConnection) -> None:
    assert cells(cursor, "serves", "methodist") == {ALL: (("Gamma", "trained"),), LONDON: (("Gamma", "trained"),)}
    assert ("Iota", "known") in cells(cursor, "serves", None)[LONDON]
    assert cells(cursor, "any", None)["Sutton"] == (("Iota", "known"),)  # where it is based, and there alone


def test_based_served_and_in_contact_are_three_maps(cursor: duckdb.DuckDBPyConnection) -> None:
    assert set(cells(cursor, "based")) == {"Camden", "Hackney", "Sutton", ALL}
    assert set(cells(cursor, "serves")) == {"Camden", "Islington", LONDON, ALL, NOT_TOLD}
    assert set(cells(cursor, "contact")) == {"Camden", "Brent", "Ealing", ALL, NOT_TOLD}
    assert set(cells(cursor, "any")) == {
        "Camden", "Islington", "Hackney", "Sutton", "Brent", "Ealing", LONDON, ALL,
    }  # fmt: skip


def test_a_contact_counts_for_its_own_borough_and_the_furthest_for_the_group(cursor: duckdb.DuckDBPyConnection) -> None:
    assert cells(cursor, "contact")["Camden"] == (("Alpha", "trained"),)
    assert cells(cursor, "contact")["Brent"] == (("Alpha", "policy_in_place"),)
    assert cells(cursor, "based")["Camden"] == (("Alpha", "policy_in_place"),)
    assert cells(cursor, "any", "congolese")[NOT_TOLD] == (("Beta", "known"),)


def test_any_way_agrees_with_the_grid_of_the_groups_page(cursor: duckdb.DuckDBPyConnection) -> None:
    found = {(row.community, row.place): row for row in reach(cursor, "any", LATEST)}
    for cell in coverage(cursor, LATEST):
        row = found[cell.community, cell.gss_code]
        state = "group_named" if row.groups else "community_named" if row.is_named else None
        assert cell.state == (state or ("none_named" if row.is_mapped else "not_mapped")), cell
        assert row.is_mapped == cell.is_mapped


# --- rows of any kind --------------------------------------------------------------------------------------------

PLACES = st.sampled_from(["Camden", "Hackney", "City of London", "Brent"])
COMMUNITIES = st.lists(
    st.sampled_from(["somali", "eritrean", "east_african", "muslim", "turkish"]), max_size=2, unique=True
)
DOCUMENTS = st.sampled_from(list(USABLE))
SCOPES = st.sampled_from(["unnamed", "london", "elsewhere"])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A few groups and contacts with any relation to a few places, two of which share a board."""
    groups = [
        group(
            str(place), draw(st.sampled_from(["Alpha", "Beta"])), communities=draw(COMMUNITIES),
            faith=draw(st.sampled_from([None, "muslim"])), based_in=draw(st.none() | PLACES),
            serves=draw(st.lists(PLACES, max_size=2, unique=True)), serves_scope=draw(SCOPES), document=draw(DOCUMENTS),
        )
        for place in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    keys = [row["fact_key"] for row in groups]
    contacts = []
    for place in range(draw(st.integers(0, 5))):
        borough = draw(st.none() | PLACES)
        contacts.append(
            contact(
                str(place), draw(st.sampled_from(STEP.codes)), borough=borough, communities=draw(COMMUNITIES),
                scope="borough" if borough else draw(SCOPES), document=draw(DOCUMENTS),
                community_group=draw(st.sampled_from([None, *keys])),
            )
        )  # fmt: skip
    acts = [
        act(str(n), draw(PLACES), draw(COMMUNITIES), document=draw(DOCUMENTS)) for n in range(draw(st.integers(0, 2)))
    ]
    boards = draw(st.lists(st.sampled_from(["camden", "city-and-hackney"]), max_size=2, unique=True))
    return World(groups, contacts, acts, [response(board, board) for board in boards])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return scratch_warehouse(tmp_path_factory.mktemp("scratch"))


def stored(world: World, shuffled: object = None) -> dict[str, list[dict]]:
    """The rows as the warehouse holds them: places as codes."""
    tables = {
        "community_group": list(world.groups), "engagement": list(world.contacts), "activity": list(world.acts),
        "round_response": list(world.responses),
    }  # fmt: skip
    for rows in tables.values():
        if shuffled:
            shuffled.shuffle(rows)
    return {name: [_coded(row) for row in rows] for name, rows in tables.items()}


def _coded(row: dict) -> dict:
    coded = {column: CODES[row[column]] for column in ("based_in", "borough") if row.get(column)}
    return {**row, **coded, **({"serves": [CODES[place] for place in row["serves"]]} if "serves" in row else {})}


@settings(max_examples=20)
@given(worlds(), st.sampled_from(list(WAYS)), st.sampled_from(DATES))
def test_any_rows_give_what_the_twin_gives(scratch, world, way, as_at):
    with holding(scratch, stored(world)):
        assert_is_twin(scratch, way, world, as_at)


@settings(max_examples=15)
@given(worlds(), st.sampled_from(list(WAYS)))
def test_the_funnel_only_narrows_and_holds_each_group_once(scratch, world, way):
    with holding(scratch, stored(world)):
        rows = reach(scratch, way, LATEST)
        whole = {row.place: row for row in of_community(scratch, way, LATEST, None)}
    for row in rows:
        assert list(row.at_least) == sorted(row.at_least, reverse=True)
        assert row.at_least[0] == sum(row.steps) == row.groups
        assert (row.furthest is None) == (not row.groups)
        assert row.furthest is None or row.steps[STEP.codes.index(row.furthest)] > 0
    register = [row for row in rows if row.community is None and row.place == ALL]
    assert [row.groups for row in register] == [len(world.groups)], "the register holds each group once"
    placed = {key for place, row in whole.items() if place not in (ALL, NOT_TOLD) for key in _groups(row)}
    untold = _groups(whole[NOT_TOLD]) if NOT_TOLD in whole else set()
    assert placed.isdisjoint(untold)
    assert placed | untold == {row["fact_key"] for row in world.groups}


@settings(max_examples=10)
@given(worlds(), st.sampled_from(list(WAYS)), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(scratch, world, way, chance):
    with holding(scratch, stored(world)):
        first = reach(scratch, way, LATEST)
    with holding(scratch, stored(world, chance)):
        assert reach(scratch, way, LATEST) == first


@settings(max_examples=10)
@given(worlds(), st.sampled_from(list(WAYS)))
def test_what_names_hackney_is_not_counted_in_the_city(scratch, world, way):
    """The two share a board: a statement maps both, and a group stands where the text puts it."""
    with holding(scratch, stored(world)):
        city = [row for row in of_community(scratch, way, LATEST, None) if row.place == CODES["City of London"]]
    put_there = {
        row["fact_key"]
        for row in world.groups
        if "City of London" in {place for place, how, *_ in relations(row, world) if how in WAYS[way]}
    }
    assert {key for row in city for key in _groups(row)} == put_there


def _groups(row: Standing) -> set[str]:
    return {key for keys in row.keys for key in keys if key.startswith("group-")}


# --- what stands beside the groups -------------------------------------------------------------------------------


@pytest.mark.parametrize("as_at", DATES)
@twin_of(coverage_beside.trained)
def test_people_trained_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    lines = [
        (community, BY_BOROUGH[row["training_round"]], row)
        for row in COUNTS
        if row["dimension"] == "ethnicity"
        for community in wider(row["community"])
    ]
    lines += [(None, row["borough"], row) for row in ROUNDS]
    expected: dict[tuple[str | None, str], list[dict]] = {}
    for community, borough, row in lines:
        is_counted = row["people"] != "not reported" and row["unit_of_count"] != "attendances"
        if is_counted and LITERAL.usable(row, as_at):
            for place in (CODES[borough], ALL):
                expected.setdefault((community, place), []).append(row)
    found = {(row.community, row.place): row for row in coverage_beside.trained(cursor, as_at)}
    assert list(found) == sorted(expected, key=lambda key: (key[0] is not None, key))
    for place, rows in expected.items():
        assert found[place].people == sum(int(row["people"]) for row in rows)
        assert found[place].unit == ("people" if {row["unit_of_count"] for row in rows} == {"people"} else "not_stated")
        assert found[place].fact_keys == tuple(sorted(row["fact_key"] for row in rows))


def test_no_census_table_no_residents(cursor: duckdb.DuckDBPyConnection) -> None:
    assert coverage_beside.residents(cursor) == []


@twin_of(coverage_beside.residents)
def test_residents_against_their_twin(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Ethnic groups of both censuses and religions of 2001: of each community the latest census with a number."""
    folder = tmp_path_factory.mktemp("residents")
    data = write_sources(folder / "data", {})
    asked = [(2011, "ethnic_group"), (2001, "ethnic_group"), (2001, "religion")]
    files = [census.write(folder / f"{place}.csv", census.wide(*table)) for place, table in enumerate(asked)]
    assert main(["population", *map(str, files), "--data", str(data)]) == 0
    publish(collect(data), folder / "warehouse")
    found = coverage_beside.residents(Reader(live_edition(folder / "warehouse").folder, EVERYONE).cursor())

    by_key = {(row.community, row.place): row for row in found}
    assert len(by_key) == len(found) == (len(WITHIN) + 1) * 34
    labels = {row["community"]: row for row in reference("ethnic_label")}
    faiths = {
        row["community"]: row for row in reference("census_group") if row["community"] and row["census"] == "2001"
    }
    own_rows = 0
    for community in WITHIN:
        label = labels.get(community)
        year, key = None, None
        if label and label["fit_2011"] == "own_row":
            year, key = 2011, label["group_2011"]
        elif label and label["fit_2001"] == "own_row":
            year, key = 2001, label["group_2001"]
        elif community in faiths:
            year, key = 2001, faiths[community]["census_group"]
        whole = 0
        for place, code in enumerate(borough_names()):
            row = by_key[community, code]
            if key is None:
                assert (row.people, row.census) == (None, 2011)
                assert row.reason == ("part_of" if label and label["fit_2011"] == "part_of" else "no_row")
            else:
                subject = "religion" if community in faiths else "ethnic_group"
                question = census.question(year, subject)
                group_asked = next(one for one in question.groups if one.key == key)
                expected = census.total(question, place, group_asked)
                assert (row.people, row.census, row.reason) == (expected, year, None), (community, code)
                whole += expected
                own_rows += 1
        assert by_key[community, ALL].people == (None if key is None else whole)
    assert own_rows >= 33 * 5
    question = census.question(2011, "ethnic_group")
    everybody = next(one for one in question.groups if one.level == "all")
    assert by_key[None, CODES["Camden"]].people == census.total(
        question, list(borough_names()).index(CODES["Camden"]), everybody
    )
