"""Groups, contacts and coverage against slow plain-Python twins, on rows of which some must be left out and say why."""

from __future__ import annotations

import csv
import itertools
import re
from datetime import date

import duckdb
import pytest

from tests.support.paths import ROOT
from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import groups
from warehouse.queries.coverage import coverage
from warehouse.queries.groups import Wanted
from warehouse.schema.vocabulary import STEP

EARLY, EARLIER, LATEST = date(2005, 1, 1), date(2007, 7, 31), date(2011, 11, 30)
USABLE = {"report_2007": EARLIER, "camden_2010": date(2010, 4, 29), "update_2011": LATEST}

WITHIN = {"somali": "east_african", "east_african": "african", "congolese": "african", "methodist": "christian"}
LABEL = {
    "somali": "Somali", "african": "African", "east_african": "East African", "muslim": "Muslim", "turkish": "Turkish",
    "christian": "Christian", "methodist": "Methodist", "congolese": "Congolese",
    "african_caribbean": "African Caribbean",
}  # fmt: skip
CODES = {
    "Barnet": "E09000003", "Brent": "E09000005", "Bromley": "E09000006", "Camden": "E09000007", "Ealing": "E09000009",
    "Hackney": "E09000012", "Islington": "E09000019", "Sutton": "E09000029", "City of London": "E09000001",
}  # fmt: skip


def group(key: str, name: str, kind: str = "community", **more: str) -> dict[str, str]:
    return {"fact_key": f"group-{key}", "name": name, "kind": kind, "serves_scope": "unnamed", **more}


GROUPS = [
    group(
        "a", "Alpha Mosque", "place_of_worship", faith="muslim", communities="somali", based_in="Camden",
        serves="Islington; Camden", serves_scope="borough", printed="Al-Fa Masjid; Alpha Mosk",
    ),
    group("b", "Beta Women's Forum", "women", communities="congolese", note="Élan and pace."),
    group("c", "Gamma", faith="methodist", serves_scope="london"),  # serves all London: a place of a kind
    group("d", "Delta", communities="turkish", document="camden_2010"),  # not yet, as at 2007
    group("e", "Epsilon"),  # of no community, so in no cell; its contact maps Barnet all the same
    group("f", "Zeta", based_in="Hackney"),  # and not in the City, which shares its board
    group("g", "Eta", faith="muslim", document="update_2011"),  # said in 2007 as well: see ALSO
]  # fmt: skip


def contact(key: str, **more: str) -> dict[str, str]:
    base = {"fact_key": f"engagement-{key}", "scope": "unnamed", "step": "engaged", "summary": f"Contact {key}."}
    return {**base, **more}


CONTACTS = [
    # In the alphabet "trained" comes after "policy_in_place"; in the order of the steps before it.
    contact("a", community_group="group-a", borough="Camden", scope="borough", step="trained", communities="somali"),
    contact("b", community_group="group-a", borough="Brent", scope="borough", step="policy_in_place"),
    contact("c", community_group="group-b", communities="african_caribbean; congolese"),
    contact("d", community_group="group-b", step="trained", borough="Ealing", scope="borough", document="camden_2010"),
    contact("e", community_group="group-e", borough="Barnet", scope="borough", step="known"),
    contact("f", described_as="40 mosques", communities="muslim", borough="Bromley", scope="borough"),
    contact("g", described_as="Young people", communities="somali", borough="Sutton", scope="borough",
            summary="A talk on Female Genital Mutilation."),  # its place is never told
    contact("h", described_as="All faith groups", scope="london", happened="2006-06"),
    contact("i", described_as="7 later groups", document="update_2011"),  # not yet, as at 2007
    contact("j", described_as="Churches of Pentecost", communities="christian", summary="Nothing about honey."),
    contact("k", community_group="group-a", borough="Camden", scope="borough", step="known"),  # the same place again
    contact("l", community_group="group-b", communities="african_caribbean"),  # the same community again
]  # fmt: skip

ALSO = [{"fact_key": "also-a", "subject": "group-g", "note": "Named here as well."}]

ACTS = [
    {
        "fact_key": f"act-{key}", "round": "none", "scope": scope, "borough": borough, "actor_kind": "board",
        "actor": "the board", "kind": "activity", "stage": "done", "themes": "training", "summary": "An act.",
        "communities": communities, "document": document,
    }
    for key, scope, borough, communities, document in (
        ("a", "borough", "Sutton", "turkish", "report_2007"),  # a community named where nobody else looked
        ("e", "borough", "Sutton", "turkish", "report_2007"),  # and named there twice
        ("b", "borough", "Camden", "somali; congolese", "report_2007"),  # a group stands there already for one of them
        ("c", "borough", "Ealing", "somali", "camden_2010"),  # not yet, as at 2007
        ("d", "london", "", "turkish", "report_2007"),  # no area
    )
]  # fmt: skip

RESPONSES = [
    {"fact_key": f"response-{place}", "round": round_of, "board": board, "response": response}
    for place, (round_of, board, response) in enumerate(
        [
            ("appendix_2007", "Bromley", "entry"),
            ("appendix_2007", "Sutton", "mentioned"),  # mentioned is not an entry
            ("appendix_2007", "Ealing", "none"),
            ("interviews_2010", "Bromley", "unknown"),
            ("interviews_2010", "Sutton", "unknown"),
            ("interviews_2010", "Ealing", "entry"),  # another round
        ]
    )
]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    rows = {
        "community_group": GROUPS, "engagement": CONTACTS, "also_said": ALSO, "activity": ACTS,
        "round_response": RESPONSES,
    }  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("groups"), rows)


# --- the twins ---------------------------------------------------------------------------------------------------


def usable(row: dict[str, str], as_at: date) -> bool:
    dates = [USABLE[row.get("document", "report_2007")]]
    dates += [USABLE["report_2007"] for also in ALSO if also["subject"] == row["fact_key"]]
    return min(dates) <= as_at


def several(row: dict[str, str], column: str) -> list[str]:
    return [part for part in row.get(column, "").split("; ") if part]


def wider(community: str) -> set[str]:
    found = {community}
    while community in WITHIN:
        community = WITHIN[community]
        found.add(community)
    return found


def contacts_of(row: dict[str, str], as_at: date) -> list[dict[str, str]]:
    return [one for one in CONTACTS if one.get("community_group") == row["fact_key"] and usable(one, as_at)]


def named_for(row: dict[str, str], as_at: date) -> set[str]:
    found = {*several(row, "communities"), *several(row, "faith")}
    for one in contacts_of(row, as_at):
        found.update(several(one, "communities"))
    return found


def keys_of(row: dict[str, str], community: str, borough: str, as_at: date) -> set[str]:
    """The facts that put the group in the borough, and those that name it for the community."""
    own, reports = row["fact_key"], contacts_of(row, as_at)
    found = {own} if borough in (*several(row, "based_in"), *several(row, "serves")) else set()
    found |= {one["fact_key"] for one in reports if one.get("borough") == borough}
    for key, codes in [(own, [*several(row, "communities"), *several(row, "faith")])] + [
        (one["fact_key"], several(one, "communities")) for one in reports
    ]:
        found |= {key} if any(community in wider(code) for code in codes) else set()
    return found


def places(row: dict[str, str], as_at: date) -> set[str]:
    found = {*several(row, "based_in"), *several(row, "serves")}
    found.update(one["borough"] for one in contacts_of(row, as_at) if one.get("borough"))
    return found


def matches(row: dict[str, str], wanted: Wanted) -> bool:
    of = {wide for community in named_for(row, wanted.as_at) for wide in wider(community)}
    text = " ".join([row["name"], row.get("note", ""), *several(row, "printed")])
    return (
        usable(row, wanted.as_at)
        and (wanted.borough is None or wanted.borough in {CODES[name] for name in places(row, wanted.as_at)})
        and (wanted.faith is None or wanted.faith in of)
        and (wanted.community is None or wanted.community in of)
        and wanted.kind in (None, row["kind"])
        and has_all_words(text, wanted.search)
    )


def has_all_words(text: str, search: str) -> bool:
    plain = str.maketrans("éÉ", "ee", "'’")
    return all(word in text.lower().translate(plain) for word in search.lower().translate(plain).split())


def is_sensitive(row: dict[str, str]) -> bool:
    return any(words in row["summary"].lower() for words in ("female genital mutilation", "forced marriage"))


FILTERS = [Wanted(EARLY)] + [
    Wanted(as_at, search, borough, faith, community, kind)
    for as_at, (search, borough, faith, community, kind) in itertools.product(
        (EARLIER, LATEST),
        [
            ("", None, None, None, None),
            ("", CODES["Camden"], None, None, None),
            ("", CODES["Islington"], None, None, None),  # served only
            ("", CODES["Brent"], None, None, None),  # in contact only
            ("", CODES["Ealing"], None, None, None),  # in contact by a later document only
            ("", CODES["Sutton"], None, None, None),
            ("", CODES["City of London"], None, None, None),
            ("", None, "muslim", None, None),
            ("", None, "christian", None, None),  # by a narrower one
            ("", None, None, "african", None),  # by one two steps narrower
            ("", None, None, "african_caribbean", None),  # by a report of contact only
            ("", None, None, None, "women"),
            ("", CODES["Camden"], "muslim", "somali", "place_of_worship"),
            ("FORUM womens", None, None, None, None),  # any order, no apostrophe
            ("elan", None, None, None, None),  # in the note, without its accent
            ("masjid", None, None, None, None),  # a printed name
            ("mosque 40", None, None, None, None),
            ("%", None, None, None, None),  # no wildcard
        ],
    )
]


def name_of(wanted: Wanted) -> str:
    return "-".join(str(part) for part in (wanted.as_at.year, *list(vars(wanted).values())[1:]) if part) or "all"


@pytest.mark.parametrize("wanted", FILTERS, ids=name_of)
@twin_of(groups.groups, groups.matching, groups.groups_of)
def test_the_directory_against_its_twin(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    keys = groups.matching(cursor, wanted)
    found = groups.groups_of(cursor, wanted.as_at, keys)
    assert groups.groups(cursor, wanted) == found
    kept = sorted((row for row in GROUPS if matches(row, wanted)), key=lambda row: row["name"])
    assert [row.name for row in found] == [row["name"] for row in kept]
    assert keys == [row["fact_key"] for row in kept]
    for row, own in zip(found, kept, strict=True):
        reports = contacts_of(own, wanted.as_at)
        steps = [one["step"] for one in reports]
        assert row.step == max(steps, key=STEP.codes.index, default=None)
        assert row.based_in == own.get("based_in")
        assert row.based_in_status == ("value" if own.get("based_in") else "not_reported")
        assert row.serves == tuple(sorted(several(own, "serves")))
        assert row.serves_scope == own["serves_scope"]
        assert row.contact_in == tuple(sorted({one["borough"] for one in reports if one.get("borough")}))
        assert row.contact_keys == tuple(sorted(one["fact_key"] for one in reports))
        assert row.printed == tuple(several(own, "printed"))
        assert row.faith == LABEL.get(own.get("faith", ""))
        assert row.communities == tuple(LABEL[code] for code in several(own, "communities"))
        beyond = named_for(own, wanted.as_at) - {*several(own, "communities"), *several(own, "faith")}
        assert row.also_for == tuple(sorted(LABEL[code] for code in beyond))


@pytest.mark.parametrize("wanted", FILTERS, ids=name_of)
@twin_of(groups.named_contacts, groups.contacts_of, groups.unnamed_contacts)
def test_contacts_against_their_twins(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    kept = [row for row in GROUPS if matches(row, wanted)]
    expected = [one["fact_key"] for row in kept for one in contacts_of(row, wanted.as_at)]
    named = groups.contacts_of(cursor, wanted.as_at, [row["fact_key"] for row in kept])
    assert groups.named_contacts(cursor, wanted) == named
    assert sorted(row.fact_key for row in named) == sorted(expected)
    assert [row.who for row in named] == sorted(row.who for row in named)
    by_key = {row["fact_key"]: row for row in CONTACTS}
    for row in named:
        one = by_key[row.fact_key]
        assert (row.community_group, row.step, row.borough) == (one["community_group"], one["step"], one.get("borough"))
        assert row.communities == tuple(LABEL[code] for code in several(one, "communities"))
    unnamed = [
        one
        for one in CONTACTS
        if not one.get("community_group")
        and usable(one, wanted.as_at)
        and (wanted.borough is None or (wanted.borough == CODES.get(one.get("borough")) and not is_sensitive(one)))
        and all(
            code is None or code in {wide for own in several(one, "communities") for wide in wider(own)}
            for code in (wanted.faith, wanted.community)
        )
        and has_all_words(f"{one['described_as']} {one['summary']}", wanted.search)
    ]
    found = {row.fact_key: row for row in groups.unnamed_contacts(cursor, wanted)}
    assert sorted(found) == sorted(one["fact_key"] for one in unnamed)
    for one in unnamed:
        row = found[one["fact_key"]]
        assert (row.community_group, row.who, row.scope) == (None, one["described_as"], one["scope"])
        assert row.borough == (None if is_sensitive(one) else one.get("borough"))
        assert row.is_sensitive == is_sensitive(one)
        assert (row.happened, row.step) == (one.get("happened"), one["step"])
        assert row.communities == tuple(LABEL[code] for code in several(one, "communities"))
    order = [(row.borough is None, row.borough or "", row.who, row.fact_key) for row in found.values()]
    assert order == sorted(order)


@twin_of("community_wider")
def test_wider_communities_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    with (ROOT / "data" / "reference" / "community.csv").open(encoding="utf-8", newline="") as lines:
        within = {row["community"]: row["within"] for row in csv.DictReader(lines)}
    expected = set()
    for community in within:
        wide = community
        while wide:
            expected.add((community, wide))
            wide = within[wide]
    found = cursor.execute("SELECT community, wider FROM community_wider").fetchall()
    assert len(found) == len(set(found))
    assert set(found) == expected


@twin_of("group_community")
def test_communities_of_groups_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    expected = set()
    for row in GROUPS:
        for code in (*several(row, "communities"), *several(row, "faith")):
            expected.add((row["fact_key"], code, row["fact_key"]))
        for one in CONTACTS:
            if one.get("community_group") == row["fact_key"]:
                expected |= {(row["fact_key"], code, one["fact_key"]) for code in several(one, "communities")}
    found = cursor.execute("SELECT community_group, community, fact_key FROM group_community").fetchall()
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("as_at", [EARLY, EARLIER, LATEST])
@twin_of(groups.known)
def test_what_is_known_of_all_groups_against_its_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    known = groups.known(cursor, as_at)
    kept = sorted((row for row in GROUPS if usable(row, as_at)), key=lambda row: row["name"])
    beyond = [row for row in kept if row["serves_scope"] == "london"]
    unnamed = [one for one in CONTACTS if not one.get("community_group") and usable(one, as_at)]
    counted = [one for one in unnamed if re.search(r"\d", one["described_as"])]
    assert known.groups == len(kept)
    assert known.based == sum("based_in" in row for row in kept)
    assert known.serving == len(beyond) + sum("serves" in row for row in kept)
    assert known.without_place == tuple(row["name"] for row in kept if not places(row, as_at) and row not in beyond)
    assert known.without_community == tuple(row["name"] for row in kept if not named_for(row, as_at))
    assert known.without_step == sum(not contacts_of(row, as_at) for row in kept)
    assert known.unnamed_contacts == len(unnamed)
    assert known.unnamed_contacts_without_borough == sum(not one.get("borough") for one in unnamed)
    assert known.counted_not_named == tuple(one["described_as"] for one in counted)
    assert known.counted_keys == tuple(one["fact_key"] for one in counted)


@pytest.mark.parametrize("as_at", [EARLY, EARLIER, LATEST])
@twin_of(coverage)
def test_coverage_against_its_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    kept = [row for row in GROUPS if usable(row, as_at)]
    naming = [row for row in (*ACTS, *CONTACTS) if usable(row, as_at) and row.get("borough")]
    mapped = {"Bromley"} if as_at >= EARLIER else set()
    mapped |= {name for row in kept for name in places(row, as_at)}
    cells = coverage(cursor, as_at)
    order = [(cell.facet, cell.label, cell.borough) for cell in cells]
    assert order == sorted(order)
    assert len(cells) == 33 * cursor.execute("SELECT count(*) FROM community").fetchone()[0]
    for cell in cells:
        here = [
            row
            for row in kept
            if cell.borough in places(row, as_at)
            and any(cell.community in wider(code) for code in named_for(row, as_at))
        ]
        naming_it = [
            (LABEL[code], row["fact_key"])
            for row in naming
            for code in several(row, "communities")
            if row["borough"] == cell.borough and cell.community in wider(code)
        ]
        named = {label for label, _ in naming_it}
        state = "group_named" if here else "community_named" if named else None
        assert cell.state == (state or ("none_named" if cell.borough in mapped else "not_mapped")), cell
        assert cell.is_mapped == (cell.borough in mapped), cell
        assert cell.words == tuple(sorted({row["name"] for row in here} if here else named)), cell
        keys = {key for row in here for key in keys_of(row, cell.community, cell.borough, as_at)}
        assert cell.fact_keys == tuple(sorted(keys or {key for _, key in naming_it})), cell


def test_the_four_states_each_occur_and_a_joint_board_is_not_counted_twice(cursor: duckdb.DuckDBPyConnection) -> None:
    states = {(cell.label, cell.borough): cell.state for cell in coverage(cursor, LATEST)}
    assert states["Somali", "Camden"] == states["African", "Islington"] == "group_named"
    assert states["Turkish", "Sutton"] == states["East African", "Ealing"] == "community_named"
    assert states["Turkish", "Bromley"] == states["Turkish", "Barnet"] == states["Somali", "Hackney"] == "none_named"
    assert states["Somali", "City of London"] == states["Muslim", "Sutton"] == "not_mapped"


def test_faiths_and_communities_are_offered_once_each(cursor: duckdb.DuckDBPyConnection) -> None:
    offered = [groups.faiths(cursor), groups.communities(cursor)]
    codes = [choice.code for choices in offered for choice in choices]
    everything = [code for (code,) in cursor.execute("SELECT community FROM community").fetchall()]
    assert sorted(codes) == sorted(everything)
    for choices in offered:
        assert [choice.label for choice in choices] == sorted(choice.label for choice in choices)
    assert "muslim" in {choice.code for choice in offered[0]}
    assert "somali" in {choice.code for choice in offered[1]}
