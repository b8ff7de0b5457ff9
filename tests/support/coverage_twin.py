"""A slow plain-Python twin of the coverage queries, and literal rows of which some must be left out and say why."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from geo.names import authority_boards, borough_names
from tests.support.paths import ROOT
from tests.support.twins import twin_of
from warehouse.queries.coverage_reach import (
    ALL,
    ELSEWHERE,
    LONDON,
    NOT_TOLD,
    WAYS,
    Standing,
    of_community,
    of_place,
    reach,
)
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

    def at(self, as_at: date) -> World:
        """What of it a document had said by that date."""
        tables = {name: rows for name, rows in vars(self).items() if name != "also"}
        return World(**{name: [row for row in rows if self.usable(row, as_at)] for name, rows in tables.items()})


# --- the twin ----------------------------------------------------------------------------------------------------


def wider(community: str) -> set[str]:
    found = {community}
    while WITHIN[community]:
        community = WITHIN[community]
        found.add(community)
    return found


def contacts_of(group: dict, world: World) -> list[dict]:
    return [one for one in world.contacts if one.get("community_group") == group["fact_key"]]


def own_step(group: dict, world: World) -> int:
    return max([0, *(STEP.codes.index(one["step"]) for one in contacts_of(group, world))])


def relations(group: dict, world: World) -> list[tuple[str, str, int, set[str]]]:
    """Place, kind, step and facts of every relation in which the group stands to a place."""
    contacts = contacts_of(group, world)
    step, keys = own_step(group, world), {group["fact_key"], *(one["fact_key"] for one in contacts)}
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


def named_for(group: dict, world: World) -> dict[str, set[str]]:
    """Community, narrower ones first → the facts that name the group for it."""
    found: dict[str, set[str]] = {}
    own = [*group.get("communities", ()), *([group["faith"]] if group.get("faith") else [])]
    said = [(community, group["fact_key"]) for community in own]
    for one in contacts_of(group, world):
        said += [(community, one["fact_key"]) for community in one.get("communities", ())]
    for community, key in said:
        for wide in wider(community):
            found.setdefault(wide, set()).add(key)
    return found


def in_place(group: dict, place: str, way: str, world: World) -> tuple[int, set[str]] | None:
    """The step at which the group stands in the place, and the facts, or None."""
    contacts = contacts_of(group, world)
    whole = own_step(group, world), {group["fact_key"], *(one["fact_key"] for one in contacts)}
    asked = [one for one in relations(group, world) if one[1] in WAYS[way]]
    if place == ALL or (place == NOT_TOLD and not asked):
        return whole
    here = [(step, keys) for where, _, step, keys in asked if where == place]
    return (max(step for step, _ in here), set().union(*(keys for _, keys in here))) if here else None


@twin_of(reach, of_community, of_place)
def twin(community: str | None, place: str, way: str, world: World) -> dict[str, object]:
    found = []
    for row in sorted(world.groups, key=lambda row: (row["name"], row["fact_key"])):
        named = named_for(row, world)
        if community is not None and community not in named:
            continue
        if (standing := in_place(row, place, way, world)) is not None:
            keys = {row["fact_key"], *standing[1], *(named[community] if community else ())}
            found.append((row["name"], STEP.codes[standing[0]], tuple(sorted(keys))))
    named_in = naming(community, world)
    return {
        "names": tuple(name for name, _, _ in found),
        "reached": tuple(step for _, step, _ in found),
        "keys": tuple(keys for _, _, keys in found),
        "is_mapped": place in mapped(world),
        "is_named": place in named_in,
        "naming": named_in.get(place, set()),
    }


def mapped(world: World) -> set[str]:
    boards = {row["board"] for row in world.responses if row["round"] == "appendix_2007" and row["response"] == "entry"}
    return {name for name, board in BOARD.items() if board in boards} | {
        place for row in world.groups for place, *_ in relations(row, world) if place in CODES
    }


def naming(community: str | None, world: World) -> dict[str, set[str]]:
    """Borough → the facts that name the community there, or put a group of it there in any relation."""
    found: dict[str, set[str]] = {}
    for row in (*world.acts, *world.contacts, *world.lines):
        names_it = any(community is None or community in wider(code) for code in row.get("communities", ()))
        if names_it and row["scope"] == "borough":
            found.setdefault(row["borough"], set()).add(row["fact_key"])
    for row in world.groups:
        named = named_for(row, world)
        if community in named or (community is None and named):
            for place, how, _, keys in relations(row, world):
                if place in CODES:
                    found.setdefault(place, set()).update(keys if how == "contact" else {row["fact_key"]})
    return found


def assert_is_twin(cursor: duckdb.DuckDBPyConnection, way: str, world: World, as_at: date) -> None:
    """Every row of `reach`, and what is behind the rows of some communities and places, are as the twin has them."""
    said, rows = world.at(as_at), reach(cursor, way, as_at)
    kinds = [(row["facet"], row["label"], row["community"]) for row in reference("community")]
    places = [(CODES[name], name) for name in sorted(CODES)] + [(place, None) for place in NO_AREA]
    assert [(row.facet, row.label, row.community, row.place, row.borough) for row in rows] == [
        (*kind, *place) for kind in [(None, None, None), *sorted(kinds)] for place in places
    ]
    expected = {(row.community, row.place): twin(row.community, row.borough or row.place, way, said) for row in rows}
    for row in rows:
        cell = expected[row.community, row.place]
        counts = tuple(cell["reached"].count(code) for code in STEP.codes)
        assert (row.is_mapped, row.is_named, row.steps) == (cell["is_mapped"], cell["is_named"], counts), row
    for community in (None, "somali", "east_african", "muslim"):
        found = of_community(cursor, way, as_at, community)
        assert_behind(found, {place: cell for place, cell in expected.items() if place[0] == community})
    for place in (ALL, LONDON, NOT_TOLD, CODES["Camden"], CODES["Hackney"]):
        assert_behind(
            of_place(cursor, way, as_at, place), {key: cell for key, cell in expected.items() if key[1] == place}
        )


def assert_behind(found: Sequence[Standing], expected: dict[tuple[str | None, str], dict[str, object]]) -> None:
    by_place = {(row.community, row.place): row for row in found}
    assert list(by_place) == sorted(by_place, key=lambda key: (key[0] is not None, key)), "not in order"
    assert len(by_place) == len(found)
    assert by_place.keys() == {place for place, cell in expected.items() if cell["names"] or cell["is_named"]}
    for place, row in by_place.items():
        cell = expected[place]
        assert (row.names, row.reached, row.keys) == (cell["names"], cell["reached"], cell["keys"]), place
        every = {key for keys in cell["keys"] for key in keys} or cell["naming"]
        assert row.fact_keys == tuple(sorted(every)), place


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
    count("f", "a", "somali", "40", dimension="group", community_group="group-a"),  # another view of the same people
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
        response("e", "bexley", "mentioned"),  # and where no group is named either, nobody looked
        response("d", "city-and-hackney"),  # one statement, and both areas of the board are mapped
        *(
            response(f"i-{board}", board, round="interviews_2010")  # another round
            for board in ("bromley", "sutton", "ealing", "bexley", "city-and-hackney")
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
