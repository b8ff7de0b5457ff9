"""The lenses of the map against slow plain-Python twins, on rows of which some must be left out and say why."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.coverage_twin import CODES, reference, wider
from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import areas
from warehouse.schema.vocabulary import ACTUAL_ROLES, STAGE

LATEST = date(2011, 11, 30)
EARLIER = date(2010, 4, 29)
USABLE = {
    "brief_2005": date(2005, 1, 1),
    "report_2007": date(2007, 7, 31),
    "camden_2010": date(2010, 4, 29),
    "summary_2010": date(2010, 7, 1),
    "update_2011": date(2011, 11, 30),
}

LABEL = {row["community"]: row["label"] for row in reference("community")}

PROGRAMMES = [
    {"fact_key": f"programme-{name}", "name": name.title(), "kind": "other", "summary": "Made for a test."}
    for name in ("one", "two")
]


def role(key: str, borough: str, name: str, programme: str = "programme-one", **more: str) -> dict[str, str]:
    return {"fact_key": f"pb-{key}", "programme": programme, "borough": borough, "role": name, **more}


ROLES = [
    role("a", "Camden", "took_part"),
    role("b", "Camden", "planned"),
    role("c", "Camden", "pilot", "programme-two", document="update_2011"),  # not yet, as at 2010
    role("d", "Barnet", "planned"),  # a plan is not taking part
    role("e", "Brent", "proposed", "programme-two"),  # a proposal is not taking part
    role("f", "Hackney", "linked"),  # and not the City, which shares its board
    role("g", "Sutton", "support"),  # thanked, did not take part
    role("h", "Camden", "planned", "programme-two"),  # beside taking part, a plan for another programme is left unsaid
    role("i", "Camden", "linked"),  # the same programme once more
    role("j", "Brent", "interested", "programme-two"),
    role("k", "Brent", "proposed", "programme-two", document="camden_2010"),  # the same role by another document
]


def act(key: str, borough: str, stage: str, theme: str = "training", **more: str) -> dict[str, str]:
    base = {
        "fact_key": f"act-{key}", "round": "none", "scope": "borough", "borough": borough, "actor_kind": "board",
        "actor": "the board", "kind": "activity", "stage": stage, "themes": theme, "summary": f"Act {key}.",
    }  # fmt: skip
    return {**base, **more}


ACTS = [
    act("a", "Camden", "planned"),
    act("b", "Camden", "done"),
    act("c", "Camden", "done", "policy; training"),  # two at the furthest stage; theme is the second of two
    act("d", "Barnet", "aspiration", communities="somali"),
    act("e", "Barnet", "done", "policy"),  # another theme
    act("f", "Brent", "not reported"),  # an act whose stage is not said
    act("g", "Ealing", "not applicable", kind="context"),  # context is no act
    act("h", "Merton", "done", document="update_2011"),  # not yet, as at 2010
    {**act("i", "", "done"), "scope": "london"},  # no area
    act("j", "Newham", "done", "funding", issues="general; fgm", communities="somali"),  # its words are left out
    act("k", "Newham", "done", "funding", issues="trafficking"),  # names no community
    act("l", "Newham", "planned", "funding", issues="honour", communities="somali"),  # not at the furthest stage
    act("m", "Newham", "done", "funding", issues="general", communities="turkish"),  # not one of the concerns
    act("n", "Hackney", "planned", "funding", round="appendix_2007"),  # the statement of a joint board
    act("o", "Camden", "done", "funding"),  # its board has a statement, and another document says this
]

RESPONSES = [
    {"fact_key": f"response-{place}", "round": "appendix_2007", "board": board, "response": response}
    for place, (board, response) in enumerate(
        [("Ealing", "entry"), ("City and Hackney", "entry"), ("Merton", "mentioned"), ("Camden", "entry")]
    )
]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    rows = {
        "programme": PROGRAMMES, "programme_borough": ROLES, "activity": ACTS, "round_response": RESPONSES,
        "training_round": ROUNDS, "pilot": PILOTS, "community_group": GROUPS, "engagement": ENGAGEMENTS,
    }  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("areas"), rows)


def usable(row: dict[str, str], as_at: date) -> bool:
    return USABLE[row.get("document", "report_2007")] <= as_at


def of_all(rows: list) -> list:
    """The same rows, once it is sure that they are of all 33 areas, each once, by name."""
    assert [(row.borough, row.gss_code) for row in rows] == sorted(CODES.items())
    return rows


@pytest.mark.parametrize("as_at", [LATEST, EARLIER])
@twin_of(areas.took_part)
def test_took_part_against_its_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    found = {row.borough: row for row in of_all(areas.took_part(cursor, as_at))}
    others = {row["borough"] for row in ACTS if usable(row, as_at) and row["borough"]}
    others |= {row["borough"] for row in ROUNDS if usable(row, as_at)} | {"Bexley", "Bromley"}
    others |= {"Harrow", "Islington"} | ({"Lewisham"} if as_at == LATEST else set())
    for borough, row in found.items():
        roles = [one for one in ROLES if one["borough"] == borough and usable(one, as_at)]
        actual = [one for one in roles if one["role"] in ACTUAL_ROLES]
        kept = actual or roles
        expected = (
            "took_part"
            if actual
            else "other_role"
            if roles
            else "otherwise_named"
            if borough in others
            else "not_named"
        )
        assert row.category == expected, borough
        if roles:
            assert row.words == tuple(sorted({one["programme"].removeprefix("programme-").title() for one in kept}))
            assert row.fact_keys == tuple(sorted(one["fact_key"] for one in roles))
        assert len(set(row.fact_keys)) == len(row.fact_keys)
    assert found["City of London"].category == "not_named"


@pytest.mark.parametrize("programme", ["programme-one", "programme-two"])
@pytest.mark.parametrize("as_at", [LATEST, EARLIER])
@twin_of(areas.one_programme)
def test_one_programme_against_its_twin(cursor: duckdb.DuckDBPyConnection, programme: str, as_at: date) -> None:
    for row in of_all(areas.one_programme(cursor, programme, as_at)):
        own = [
            one
            for one in ROLES
            if one["borough"] == row.borough and one["programme"] == programme and usable(one, as_at)
        ]
        roles = {one["role"] for one in own}
        planned, actual = "planned" in roles, bool(roles & set(ACTUAL_ROLES))
        expected = {
            (True, True): "planned_and_took_part", (False, True): "took_part_only", (True, False): "planned_only",
        }.get((planned, actual), "other_role" if roles else "not_named")  # fmt: skip
        assert (row.category, row.words) == (expected, tuple(sorted(roles))), row.borough
        assert row.fact_keys == tuple(sorted(one["fact_key"] for one in own)), row.borough


@pytest.mark.parametrize("theme", ["training", "policy", "funding"])
@pytest.mark.parametrize("as_at", [LATEST, EARLIER])
@twin_of(areas.theme_stage)
def test_theme_stage_against_its_twin(cursor: duckdb.DuckDBPyConnection, theme: str, as_at: date) -> None:
    entries = {"Ealing", "City of London", "Hackney", "Camden"}  # a joint board's entry covers both of its areas
    for row in of_all(areas.theme_stage(cursor, theme, as_at)):
        acts = [
            one
            for one in ACTS
            if one["borough"] == row.borough
            and theme in one["themes"].split("; ")
            and one["kind"] != "context"
            and usable(one, as_at)
        ]
        ranks = [STAGE.codes.index(one["stage"]) if one["stage"] in STAGE.codes else -1 for one in acts]
        if not acts:
            expected, reached = "silent" if row.borough in entries else "no_entry", []
        else:
            expected = STAGE.codes[max(ranks)] if max(ranks) >= 0 else "stage_not_reported"
            reached = [one for one, rank in zip(acts, ranks, strict=True) if rank == max(ranks)]
        open_words = [one for one in reached if not (APART & set(several(one, "issues")) and one.get("communities"))]
        assert (row.category, row.words) == (expected, tuple(one["summary"] for one in open_words)), row.borough
        concerns = {code for one in reached for code in several(one, "issues")} & APART
        kept_apart = concerns - {code for one in open_words for code in several(one, "issues")}
        assert (row.concerns, row.apart) == (tuple(sorted(concerns)), tuple(sorted(kept_apart))), row.borough
        statements = [one for one in ACTS if one["round"] == "appendix_2007" and theme in one["themes"].split("; ")]
        boards = {"City of London": "Hackney"}
        told = boards.get(row.borough, row.borough) in {one["borough"] for one in statements}
        assert (row.has_statement, row.in_statement) == (row.borough in entries, told and row.borough in entries)
        assert row.fact_keys == tuple(one["fact_key"] for one in reached), row.borough


def several(row: dict[str, str], column: str) -> list[str]:
    return [code for code in row.get(column, "").split("; ") if code]


APART = {"fgm", "honour", "spirit", "trafficking", "forced_marriage"}


@pytest.mark.parametrize("theme", ["training", "funding"])
def test_an_act_on_a_concern_that_names_a_community_leaves_its_words_out(
    cursor: duckdb.DuckDBPyConnection, theme: str
) -> None:
    rows = {row.borough: row for row in areas.theme_stage(cursor, theme, LATEST)}
    if theme == "training":
        assert {(row.concerns, row.apart) for row in rows.values()} == {((), ())}
        return
    newham = rows["Newham"]
    assert newham.fact_keys == ("act-j", "act-k", "act-m")
    assert newham.words == ("Act k.", "Act m.")
    assert (newham.concerns, newham.apart) == (("fgm", "trafficking"), ("fgm",))


def test_a_theme_tells_the_statements_of_boards_from_other_documents(cursor: duckdb.DuckDBPyConnection) -> None:
    rows = areas.theme_stage(cursor, "funding", LATEST)
    assert {row.borough for row in rows if row.has_statement} == {"Ealing", "City of London", "Hackney", "Camden"}
    assert {row.board for row in rows if row.in_statement} == {"city-and-hackney"}
    assert [row.borough for row in rows if row.in_statement] == ["City of London", "Hackney"]


def test_pilots_without_an_area_by_name(cursor: duckdb.DuckDBPyConnection) -> None:
    assert areas.pilots_without_area(cursor, LATEST) == ["C"]
    assert areas.pilots_without_area(cursor, date(2005, 1, 1)) == []


def trained(key: str, borough: str, people: str, **more: str) -> dict[str, str]:
    base = {
        "fact_key": f"training-{key}",
        "title": key,
        "borough": borough,
        "people": people,
        "content": "Made for a test.",
    }
    return {**base, "unit_of_count": "people", **more}


ROUNDS = [
    trained("a", "Camden", "100"),
    trained("b", "Camden", "78"),  # a second round of the same borough
    trained("c", "Barnet", "0"),  # a reported zero is a value
    trained("d", "Brent", "not reported"),
    trained("e", "Ealing", "50", unit_of_count="attendances"),  # attendances are not people
    trained("f", "Lewisham", "9", document="update_2011"),  # not yet, as at 2010
]


@pytest.mark.parametrize("as_at", [LATEST, EARLIER])
@twin_of(areas.people_trained)
def test_people_trained_against_its_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    for row in of_all(areas.people_trained(cursor, as_at)):
        counted = [
            one
            for one in ROUNDS
            if one["borough"] == row.borough
            and one["people"].isdigit()
            and one["unit_of_count"] != "attendances"
            and usable(one, as_at)
        ]
        total = sum(int(one["people"]) for one in counted) if counted else None
        status = "not_reported" if total is None else "zero" if total == 0 else "value"
        assert (row.value, row.status) == (total, status), row.borough
        assert row.fact_keys == tuple(one["fact_key"] for one in counted), row.borough


def pilot(key: str, kind: str, boroughs: str) -> dict[str, str]:
    base = {"fact_key": f"pilot-{key}", "name": key.upper(), "programme": "programme-one"}
    return {**base, "kind": kind, "scope": "borough" if boroughs else "unnamed", "boroughs": boroughs}


PILOTS = [
    pilot("a", "pilot", "Camden; Harrow"),
    pilot("b", "proposed", "Camden; Islington"),
    pilot("c", "pilot", ""),  # names no borough
    pilot("d", "linked", "Islington"),
    pilot("e", "bid", "Bexley"),
]


@twin_of(areas.pilots)
def test_pilots_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    for row in of_all(areas.pilots(cursor, LATEST)):
        here = [one for one in PILOTS if row.borough in one["boroughs"].split("; ")]
        kinds = {one["kind"] for one in here}
        expected = "pilot" if kinds & {"pilot", "linked"} else "proposed" if kinds else "not_named"
        assert (row.category, row.words) == (expected, tuple(sorted(one["name"] for one in here))), row.borough
        assert row.fact_keys == tuple(sorted(one["fact_key"] for one in here)), row.borough


GROUPS = [
    {
        "fact_key": "group-a",
        "name": "A Mosque",
        "kind": "place_of_worship",
        "faith": "muslim",
        "based_in": "Bexley",
        "serves_scope": "borough",
        "serves": "Bexley; Bromley",  # based there and serving it: one fact
    },
    {"fact_key": "group-b", "name": "B Women", "kind": "women", "communities": "somali", "serves_scope": "unnamed"},
]


def engagement(key: str, borough: str, community: str, **more: str) -> dict[str, str]:
    base = {"fact_key": f"engagement-{key}", "scope": "borough", "borough": borough, "step": "engaged"}
    return {**base, "summary": "Made for a test.", "communities": community, **more}


ENGAGEMENTS = [
    engagement("a", "Harrow", "somali", community_group="group-b"),
    engagement("b", "Islington", "turkish", described_as="groups that are not named"),
    # A report of contact names the group for Turkish too, and so it stands for Turkish where it is based.
    engagement("c", "Bexley", "turkish", community_group="group-a"),
    engagement("d", "Harrow", "turkish", community_group="group-b", document="update_2011"),  # not yet, as at 2010
    engagement("e", "Islington", "turkish", described_as="the same community again"),
]


@twin_of(areas.communities_and_groups)
def named_twin(community: str | None, as_at: date) -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Borough → category, words and facts; only where a group or a community is named."""

    def is_wanted(codes: str) -> bool:
        return community is None or any(community in wider(code) for code in codes.split("; ") if code)

    contacts = [row for row in ENGAGEMENTS if usable(row, as_at)]
    groups: dict[str, set[tuple[str, str]]] = {}
    for group in GROUPS:
        own = [row for row in contacts if row.get("community_group") == group["fact_key"]]
        named_for = "; ".join([group.get("faith", ""), *(row.get("communities", "") for row in (group, *own))])
        if usable(group, as_at) and is_wanted(named_for):
            named = f"{group.get('based_in', '')}; {group.get('serves', '')}".split("; ")
            places = [(borough, group["fact_key"]) for borough in named if borough]
            for borough, key in (*places, *((row["borough"], row["fact_key"]) for row in own)):
                groups.setdefault(borough, set()).add((group["name"], key))
    communities: dict[str, set[tuple[str, str]]] = {}
    for row in (*contacts, *(row for row in ACTS if usable(row, as_at))):
        for code in row.get("communities", "").split("; "):
            if code and row["borough"] and is_wanted(code):
                communities.setdefault(row["borough"], set()).add((LABEL[code], row["fact_key"]))
    found = {}
    for borough in {*groups, *communities}:
        here, said = groups.get(borough, set()), communities.get(borough, set())
        category = "both" if here and said else "groups" if here else "communities"
        words = (*sorted({label for label, _ in said}), *sorted({name for name, _ in here}))
        found[borough] = (category, words, tuple(sorted({key for _, key in here | said})))
    return found


@pytest.mark.parametrize("as_at", [LATEST, EARLIER, date(2005, 1, 1)])
@pytest.mark.parametrize("community", [None, "somali", "east_african", "african", "muslim", "turkish", "kurdish"])
def test_communities_and_groups_against_their_twin(
    cursor: duckdb.DuckDBPyConnection, community: str | None, as_at: date
) -> None:
    expected = named_twin(community, as_at)
    for row in of_all(areas.communities_and_groups(cursor, as_at, community)):
        said = (row.category, row.words, row.fact_keys)
        assert said == expected.pop(row.borough, ("not_named", (), ())), row.borough
    assert not expected


def test_a_narrower_community_stands_for_every_wider_one(cursor: duckdb.DuckDBPyConnection) -> None:
    """Somali is filed within East African, and that within African."""
    for community in ("somali", "east_african", "african"):
        found = {row.borough: row.category for row in areas.communities_and_groups(cursor, LATEST, community)}
        assert {borough for borough, category in found.items() if category == "both"} == {"Harrow"}
        assert (found["Barnet"], found["Camden"]) == ("communities", "not_named")
