"""How far groups were reached, and what stands beside them, against slow plain twins: on literal rows through the
loader, of which some must be left out and say why, and on made rows of any kind."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from geo.names import authority_boards, borough_names
from tests.support import census
from tests.support.paths import ROOT
from tests.support.rows import cursor_on, write_sources
from tests.support.scratch import holding, scratch_warehouse
from warehouse.edition import Reader, live_edition
from warehouse.queries import coverage_beside
from warehouse.queries.coverage import ALL, ELSEWHERE, LONDON, NOT_TOLD, WAYS, coverage, reach
from warehouse.schema.layout import EVERYONE
from warehouse.schema.vocabulary import STEP

EARLY, EARLIER, LATEST = date(2005, 1, 1), date(2007, 7, 31), date(2011, 11, 30)
DATES = (EARLY, EARLIER, LATEST)
USABLE = {"report_2007": EARLIER, "camden_2010": date(2010, 4, 29), "update_2011": LATEST}
CODES = {name: code for code, name in borough_names().items()}
BOARD = {name: authority_boards()[code].board for name, code in CODES.items()}
NO_AREA = (ALL, LONDON, ELSEWHERE, NOT_TOLD)


def reference(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


WITHIN = {row["community"]: row["within"] for row in reference("community")}


@dataclass(frozen=True)
class World:
    """What is in a warehouse, as plain rows. Cells with several values are lists; places are names."""

    groups: Sequence[dict] = ()
    contacts: Sequence[dict] = ()
    acts: Sequence[dict] = ()
    responses: Sequence[dict] = ()
    lines: Sequence[dict] = ()
    also: Sequence[dict] = ()

    def usable(self, row: dict, as_at: date) -> bool:
        said = [row.get("document", "report_2007")]
        said += ["report_2007" for other in self.also if other["subject"] == row["fact_key"]]
        return min(USABLE[document] for document in said) <= as_at


# --- the twin ----------------------------------------------------------------------------------------------------


def wider(community: str) -> set[str]:
    found = {community}
    while WITHIN[community]:
        community = WITHIN[community]
        found.add(community)
    return found


def contacts_of(group: dict, world: World, as_at: date) -> list[dict]:
    return [
        one for one in world.contacts if one.get("community_group") == group["fact_key"] and world.usable(one, as_at)
    ]


def own_step(group: dict, world: World, as_at: date) -> int:
    return max([0, *(STEP.codes.index(one["step"]) for one in contacts_of(group, world, as_at))])


def relations(group: dict, world: World, as_at: date) -> list[tuple[str, str, int, set[str]]]:
    """Place, kind, step and facts of every relation in which the group stands to a place."""
    contacts = contacts_of(group, world, as_at)
    step, keys = own_step(group, world, as_at), {group["fact_key"], *(one["fact_key"] for one in contacts)}
    found = [(group["based_in"], "based", step, keys)] if group.get("based_in") else []
    found += [(place, "serves", step, keys) for place in group.get("serves", ())]
    if group["serves_scope"] in ("london", "elsewhere"):
        found.append((group["serves_scope"], "serves", step, keys))
    for one in contacts:
        own = (STEP.codes.index(one["step"]), {one["fact_key"]})
        if one.get("borough"):
            found.append((one["borough"], "contact", *own))
        if one["scope"] in ("london", "elsewhere"):
            found.append((one["scope"], "contact", *own))
    return found


def named_for(group: dict, world: World, as_at: date) -> dict[str, set[str]]:
    """Community, narrower ones first → the facts that name the group for it."""
    found: dict[str, set[str]] = {}
    own = [*group.get("communities", ()), *([group["faith"]] if group.get("faith") else [])]
    said = [(community, group["fact_key"]) for community in own]
    for one in contacts_of(group, world, as_at):
        said += [(community, one["fact_key"]) for community in one.get("communities", ())]
    for community, key in said:
        for wide in wider(community):
            found.setdefault(wide, set()).add(key)
    return found


def in_place(group: dict, place: str, way: str, world: World, as_at: date) -> tuple[int, set[str]] | None:
    """The step at which the group stands in the place, and the facts, or None."""
    contacts = contacts_of(group, world, as_at)
    whole = own_step(group, world, as_at), {group["fact_key"], *(one["fact_key"] for one in contacts)}
    asked = [one for one in relations(group, world, as_at) if one[1] in WAYS[way]]
    if place == ALL or (place == NOT_TOLD and not asked):
        return whole
    here = [(step, keys) for where, _, step, keys in asked if where == place]
    return (max(step for step, _ in here), set().union(*(keys for _, keys in here))) if here else None


def twin(community: str | None, place: str, way: str, world: World, as_at: date) -> dict[str, object]:
    groups = sorted(
        (row for row in world.groups if world.usable(row, as_at)), key=lambda row: (row["name"], row["fact_key"])
    )
    found = []
    for row in groups:
        named = named_for(row, world, as_at)
        if community is not None and community not in named:
            continue
        if (standing := in_place(row, place, way, world, as_at)) is not None:
            keys = {row["fact_key"], *standing[1], *(named[community] if community else ())}
            found.append((row["name"], STEP.codes[standing[0]], tuple(sorted(keys))))
    return {
        "names": tuple(name for name, _, _ in found),
        "reached": tuple(step for _, step, _ in found),
        "keys": tuple(keys for _, _, keys in found),
        "is_mapped": place in mapped(world, groups, as_at),
        "is_named": place in naming(community, world, groups, as_at),
    }


def mapped(world: World, groups: Sequence[dict], as_at: date) -> set[str]:
    boards = {
        row["board"]
        for row in world.responses
        if row["round"] == "appendix_2007" and row["response"] == "entry" and world.usable(row, as_at)
    }
    return {name for name, board in BOARD.items() if board in boards} | {
        place for row in groups for place, *_ in relations(row, world, as_at) if place in CODES
    }


def naming(community: str | None, world: World, groups: Sequence[dict], as_at: date) -> set[str]:
    said = [
        row
        for row in (*world.acts, *world.contacts, *world.lines)
        if row["scope"] == "borough" and world.usable(row, as_at)
    ]
    found = {
        row["borough"]
        for row in said
        if any(community is None or community in wider(code) for code in row.get("communities", ()))
    }
    for row in groups:
        named = named_for(row, world, as_at)
        if community in named or (community is None and named):
            found |= {place for place, *_ in relations(row, world, as_at) if place in CODES}
    return found


def assert_is_twin(cursor: duckdb.DuckDBPyConnection, way: str, world: World, as_at: date) -> None:
    rows = reach(cursor, way, as_at)
    assert len(rows) == len({(row.community, row.place) for row in rows}) == (len(WITHIN) + 1) * (33 + len(NO_AREA))
    for row in rows:
        expected = twin(row.community, row.borough or row.place, way, world, as_at)
        assert {name: getattr(row, name) for name in expected} == expected, (row.community, row.borough or row.place)


# --- literal rows, through the loader and the reader -------------------------------------------------------------


def group(key: str, name: str, **more: object) -> dict:
    return {"fact_key": f"group-{key}", "name": name, "kind": "community", "serves_scope": "unnamed", **more}


def contact(key: str, step: str = "engaged", **more: object) -> dict:
    base = {"fact_key": f"engagement-{key}", "scope": "unnamed", "step": step, "summary": f"Contact {key}."}
    return {**base, **({"scope": "borough"} if "borough" in more else {}), **more}


def act(key: str, borough: str, communities: list[str], **more: object) -> dict:
    return {
        "fact_key": f"act-{key}", "round": "none", "scope": "borough", "borough": borough, "actor_kind": "board",
        "actor": "the board", "kind": "activity", "stage": "done", "themes": ["training"], "summary": "An act.",
        "communities": communities, **more,
    }  # fmt: skip


def response(key: str, board: str, answer: str = "entry", **more: object) -> dict:
    return {"fact_key": f"response-{key}", "round": "appendix_2007", "board": board, "response": answer, **more}


def training(key: str, borough: str, people: str = "not reported", **more: str) -> dict[str, str]:
    words = {"fact_key": f"training-{key}", "title": f"Round {key}", "borough": borough, "people": people}
    return {**words, "unit_of_count": "people", "content": "What was taught.", **more}


ROUNDS = [
    training("a", "Camden", "40"),
    training("b", "Camden", "20"),
    training("c", "Brent", "7", unit_of_count="not_stated"),
    training("d", "Barnet", "9", unit_of_count="attendances"),  # attendances are no people
    training("e", "Sutton"),  # no count, which is no zero
    training("f", "Ealing", "5", document="update_2011"),  # not yet, as at 2007
]
BY_BOROUGH = {row["fact_key"]: row["borough"] for row in ROUNDS}


def count(key: str, of: str, community: str, people: str, **more: str) -> dict[str, str]:
    base = {"fact_key": f"count-{key}", "training_round": f"training-{of}", "dimension": "ethnicity"}
    words = {"printed": f"{community} {key}", "filed": community, "community": community, "people": people}
    return {**base, **words, "unit_of_count": "people", **more}


COUNTS = [
    count("a", "a", "somali", "12"),
    count("b", "a", "eritrean", "0"),  # a reported zero is counted
    count("c", "b", "somali", "20"),
    count("d", "c", "somali", "7", unit_of_count="not_stated"),  # and so the sum over boroughs is not stated
    count("e", "d", "somali", "9", unit_of_count="attendances"),  # attendances are no people
    count("f", "a", "somali", "40", dimension="group"),  # another view of the same people
    count("g", "a", "turkish", "not reported"),  # no number
    count("h", "f", "somali", "5", document="update_2011"),  # not yet, as at 2007
]


LITERAL = World(
    groups=[
        group("a", "Alpha", faith="muslim", communities=["somali"], based_in="Camden", serves=["Islington", "Camden"],
              serves_scope="borough"),
        group("b", "Beta", communities=["congolese"]),  # no place at all, and no contact: known, and on no map
        group("c", "Gamma", faith="methodist", serves_scope="london"),  # all London, and so in none of the 33
        group("d", "Delta", communities=["turkish"], based_in="Brent", document="camden_2010"),  # not yet, as at 2007
        group("e", "Epsilon"),  # of no community: only among all groups
        group("f", "Zeta", communities=["somali", "eritrean"], based_in="Hackney"),  # East African once; not the City
        group("g", "Eta", faith="muslim", document="update_2011"),  # said in 2007 as well: see also
        group("h", "Theta", communities=["turkish"], serves_scope="elsewhere"),
        group("i", "Iota", communities=["somali"], serves_scope="london", based_in="Sutton"),  # London, and one borough
    ],
    contacts=[
        contact("a", "trained", community_group="group-a", borough="Camden", communities=["somali"]),
        contact("b", "policy_in_place", community_group="group-a", borough="Brent"),  # further than in Camden
        contact("c", "known", community_group="group-e", borough="Barnet"),
        contact("d", "contacted", community_group="group-e", borough="Barnet", communities=["tamil"]),
        contact("e", "trained", community_group="group-c", scope="london"),  # with London, by the London Board
        contact("f", "trained", community_group="group-h", scope="elsewhere"),
        contact("g", described_as="40 mosques", communities=["muslim"], borough="Bromley"),  # no group is named
        contact("h", "trained", community_group="group-f", borough="Ealing", document="camden_2010"),  # not yet
        contact("i", "identified", community_group="group-g"),
    ],
    acts=[
        act("a", "Sutton", ["turkish"]),
        act("b", "Camden", ["congolese"]),
        act("c", "Ealing", ["somali"], document="camden_2010"),  # not yet, as at 2007
        act("d", "", ["turkish"], scope="london"),  # names no area
    ],
    responses=[
        response("a", "bromley"),
        response("b", "sutton", "mentioned"),  # mentioned is no statement
        response("c", "ealing", "none"),
        response("d", "city-and-hackney"),  # one statement, and both areas of the board are mapped
        *(
            response(f"i-{board}", board, round="interviews_2010")  # another round
            for board in ("bromley", "sutton", "ealing", "city-and-hackney")
        ),
    ],
    lines=[
        {**row, "scope": "borough", "borough": BY_BOROUGH[row["training_round"]], "communities": [row["community"]]}
        for row in COUNTS
    ],
    also=[{"fact_key": "also-a", "subject": "group-g", "note": "Named here as well."}],
)  # fmt: skip


def plain(row: dict) -> dict[str, str]:
    """The row as it stands in a file."""
    return {name: "; ".join(value) if isinstance(value, list) else value for name, value in row.items()}


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


def cells(cursor: duckdb.DuckDBPyConnection, way: str) -> dict[tuple[str | None, str], tuple[tuple[str, str], ...]]:
    """Community and place → its groups with their steps."""
    return {
        (row.community, row.borough or row.place): tuple(zip(row.names, row.reached, strict=True))
        for row in reach(cursor, way, LATEST)
    }


def test_a_group_for_all_london_stands_on_its_own_line_and_in_no_borough(cursor: duckdb.DuckDBPyConnection) -> None:
    found = cells(cursor, "serves")
    assert found["methodist", LONDON] == (("Gamma", "trained"),)
    assert [place for (community, place), here in found.items() if community == "methodist" and here] == [ALL, LONDON]
    assert ("Iota", "known") in found[None, LONDON]
    assert cells(cursor, "any")[None, "Sutton"] == (("Iota", "known"),)  # where it is based, and there alone


def test_based_served_and_in_contact_are_three_maps(cursor: duckdb.DuckDBPyConnection) -> None:
    where = {
        way: {place for (community, place), here in cells(cursor, way).items() if community == "somali" and here}
        for way in WAYS
    }
    assert where["based"] == {"Camden", "Hackney", "Sutton", ALL}
    assert where["serves"] == {"Camden", "Islington", LONDON, ALL, NOT_TOLD}
    assert where["contact"] == {"Camden", "Brent", "Ealing", ALL, NOT_TOLD}
    assert where["any"] == {"Camden", "Islington", "Hackney", "Sutton", "Brent", "Ealing", LONDON, ALL}


def test_a_contact_counts_for_its_own_borough_and_the_furthest_for_the_group(cursor: duckdb.DuckDBPyConnection) -> None:
    assert cells(cursor, "contact")["somali", "Camden"] == (("Alpha", "trained"),)
    assert cells(cursor, "contact")["somali", "Brent"] == (("Alpha", "policy_in_place"),)
    assert cells(cursor, "based")["somali", "Camden"] == (("Alpha", "policy_in_place"),)
    assert cells(cursor, "any")["congolese", NOT_TOLD] == (("Beta", "known"),)


def test_any_way_agrees_with_the_grid_of_the_groups_page(cursor: duckdb.DuckDBPyConnection) -> None:
    found = {(row.community, row.place): row for row in reach(cursor, "any", LATEST)}
    for cell in coverage(cursor, LATEST):
        row = found[cell.community, cell.gss_code]
        state = "group_named" if row.names else "community_named" if row.is_named else None
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
    for row in rows:
        assert list(row.at_least) == sorted(row.at_least, reverse=True)
        assert row.at_least[0] == sum(row.steps) == len(row.names)
        assert (row.furthest is None) == (not row.names)
    whole = {row.place: row for row in rows if row.community is None}
    assert len(whole[ALL].names) == len(world.groups), "the register holds each group once"
    placed = {keys for place, row in whole.items() if place not in (ALL, NOT_TOLD) for keys in _groups(row)}
    assert placed.isdisjoint(_groups(whole[NOT_TOLD]))
    assert placed | _groups(whole[NOT_TOLD]) == _groups(whole[ALL])


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
        rows = reach(scratch, way, LATEST)
    for row in rows:
        if row.borough == "City of London":
            for key in _groups(row):
                own = next(one for one in world.groups if one["fact_key"] == key)
                assert "City of London" in {place for place, *_ in relations(own, world, LATEST)}


def _groups(row: object) -> set[str]:
    return {key for keys in row.keys for key in keys if key.startswith("group-")}


# --- what stands beside the groups -------------------------------------------------------------------------------


@pytest.mark.parametrize("as_at", DATES)
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
    assert found.keys() == expected.keys()
    for place, rows in expected.items():
        assert found[place].people == sum(int(row["people"]) for row in rows)
        assert found[place].unit == ("people" if {row["unit_of_count"] for row in rows} == {"people"} else "not_stated")
        assert found[place].fact_keys == tuple(sorted(row["fact_key"] for row in rows))


def test_no_census_table_no_residents(cursor: duckdb.DuckDBPyConnection) -> None:
    assert coverage_beside.residents(cursor) == []


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
