"""What boards did, with whom and what stood in the way, against slow plain-Python twins, on rows of which some must be
left out and say why; and what is made of them, on rows made at random."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import authority_boards, borough_names
from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from ui import learn_view
from ui.comparators import Comparison
from ui.compare_view import lines
from warehouse.queries import compare, learn
from warehouse.queries.areas import NO_ENTRY, SILENT, STAGE_NOT_SAID
from warehouse.schema.vocabulary import STAGE

LATEST, EARLIER = date(2011, 11, 30), date(2010, 4, 29)
DATES = (date(2005, 1, 1), EARLIER, LATEST)
USABLE = {"report_2007": date(2007, 7, 31), "camden_2010": EARLIER, "update_2011": LATEST}
CODES = {name: code for code, name in borough_names().items()}
BOARD = {name: authority_boards()[code].board for name, code in CODES.items()}
BOARD_NAME = {"Hackney": "City and Hackney", "City of London": "City and Hackney"}
JOINT = "city-and-hackney"
LABEL = {"somali": "Somali", "muslim": "Muslim", "turkish": "Turkish"}
APART = {"fgm", "honour", "spirit", "trafficking", "forced_marriage"}


def several(row: dict[str, str], column: str) -> list[str]:
    return [part for part in row.get(column, "").split("; ") if part]


def usable(row: dict[str, str], as_at: date) -> bool:
    return USABLE[row.get("document", "report_2007")] <= as_at


def act(key: str, borough: str, stage: str = "done", **more: str) -> dict[str, str]:
    base = {
        "fact_key": f"act-{key}", "round": "none", "scope": "borough", "borough": borough, "actor_kind": "board",
        "actor": f"Actor {key}", "kind": "activity", "stage": stage, "themes": "training", "summary": f"Act {key}.",
        "audience": f"Audience {key}",
    }  # fmt: skip
    return {**base, **more}


ACTS = [
    act("a", "Camden", communities="somali; muslim"),
    act("b", "Camden", "under_way", issues="general; fgm", communities="somali"),  # kept apart
    act("c", "Camden", issues="fgm"),  # names no community, so nothing is kept apart
    act("d", "Hackney", issues="forced_marriage; trafficking", communities="turkish"),  # kept apart, for two concerns
    act("e", "City of London", themes="training; policy", part_of="act-d"),  # two themes, and once all the same
    act("f", "Brent", "not reported"),
    act("g", "Ealing", "not applicable", kind="context"),  # context is no act
    act("h", "Merton", document="update_2011"),  # not yet, as at 2010
    act("i", "", scope="london"),  # names no borough
]

OBSTACLES = [
    {
        "fact_key": f"obstacle-{key}", "scope": "borough" if borough else "london", "borough": borough,
        "said_by": f"Speaker {key}", "kind": "money", "summary": f"Obstacle {key}.", "document": document,
    }
    for key, borough, document in [
        ("a", "Hackney", "report_2007"),
        ("b", "City of London", "report_2007"),  # the same board
        ("c", "Camden", "update_2011"),  # not yet, as at 2010
        ("d", "", "report_2007"),  # of London
    ]
]  # fmt: skip

PROGRAMMES = [
    {"fact_key": f"programme-{name}", "name": f"Programme {name}", "kind": "other", "summary": "Made for a test."}
    for name in ("one", "two")
]
PILOTS = [{"fact_key": "pilot-a", "name": "Pilot", "programme": "programme-one", "kind": "pilot", "scope": "unnamed"}]
PROMISED = {"kind": "report", "scope": "unnamed", "by_whom": "Somebody", "summary": "Made for a test."}
OUTPUTS = [
    {**PROMISED, "fact_key": "output-a", "name": "Of a pilot", "pilot": "pilot-a"},
    {**PROMISED, "fact_key": "output-b", "name": "Of nothing"},
    {**PROMISED, "fact_key": "output-c", "name": "Of a programme", "programme": "programme-two"},
]
BODIES = [{"fact_key": "body-a", "name": "Body", "kind": "board", "scope": "london", "programme": "programme-two"}]
PARTNERS = [
    {"fact_key": f"partner-{name.lower()}", "name": name, "kind": "voluntary"}
    for name in ("Zebra", "Aardvark", "Middle", "Nobody")
]


def link(key: str, partner: str, linked_to: str, role: str = "support", **more: str) -> dict[str, str]:
    return {"fact_key": f"pl-{key}", "partner": f"partner-{partner}", "linked_to": linked_to, "role": role, **more}


LINKS = [
    link("a", "zebra", "act-a", borough="Camden"),
    link("b", "aardvark", "act-a", "host"),
    link("c", "zebra", "act-a", "funder", borough="Camden"),  # a second role beside the first
    link("d", "middle", "act-d", borough="Hackney"),
    link("e", "middle", "programme-one", borough="City of London", document="camden_2010"),  # the same board again
    link("f", "aardvark", "act-a", "member", document="update_2011"),  # not yet, as at 2010
    link("g", "zebra", "output-a"),  # of a pilot of programme one
    link("h", "zebra", "output-b", "host"),  # of no programme
    link("i", "aardvark", "body-a", "member"),
    link("j", "aardvark", "programme-one", "invited"),
    link("k", "aardvark", "programme-one", "invited", document="camden_2010"),  # the same role, said once more
    link("l", "zebra", "output-c", "host"),
]
PROGRAMME_OF = {
    "programme-one": "programme-one", "programme-two": "programme-two", "pilot-a": "programme-one",
    "output-a": "programme-one", "output-c": "programme-two", "body-a": "programme-two",
}  # fmt: skip
PARTNER_NAME = {row["fact_key"]: row["name"] for row in PARTNERS}


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    rows = {
        "activity": ACTS, "obstacle": OBSTACLES, "programme": PROGRAMMES, "pilot": PILOTS, "output": OUTPUTS,
        "body": BODIES, "partner": PARTNERS, "partner_link": LINKS,
    }  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("learn"), rows)


@pytest.mark.parametrize("as_at", DATES)
@twin_of(learn.board_acts)
def test_board_acts_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    kept = [row for row in ACTS if row["scope"] == "borough" and row["kind"] != "context" and usable(row, as_at)]
    kept.sort(key=lambda row: (BOARD_NAME.get(row["borough"], row["borough"]), row["fact_key"]))
    found = learn.board_acts(cursor, as_at)
    assert [row.fact_key for row in found] == [row["fact_key"] for row in kept]
    for row, own in zip(found, kept, strict=True):
        linked = [one for one in LINKS if one["linked_to"] == own["fact_key"] and usable(one, as_at)]
        concerns = tuple(issue for issue in several(own, "issues") if issue in APART)
        is_apart = bool(concerns and several(own, "communities"))
        assert (row.board, row.borough) == (BOARD[own["borough"]], own["borough"])
        assert row.stage == (own["stage"] if own["stage"] in STAGE.codes else None)
        assert (row.concerns, row.is_apart) == (concerns, is_apart)
        assert (row.summary, row.actor, row.audience) == (
            (None, None, None) if is_apart else (own["summary"], own["actor"], own["audience"])
        )
        assert row.communities == (() if is_apart else tuple(LABEL[code] for code in several(own, "communities")))
        assert row.partners == tuple(sorted({PARTNER_NAME[one["partner"]] for one in linked}))
        assert row.partner_keys == tuple(sorted(one["fact_key"] for one in linked))


def test_nothing_of_an_act_kept_apart_can_name_its_community(cursor: duckdb.DuckDBPyConnection):
    apart = {row.fact_key: row for row in learn.board_acts(cursor, LATEST) if row.is_apart}
    assert set(apart) == {"act-b", "act-d"}
    for row in apart.values():
        assert (row.summary, row.actor, row.audience, row.communities) == (None, None, None, ())


def test_a_part_of_an_act_has_not_the_agencies_of_the_whole(cursor: duckdb.DuckDBPyConnection):
    by_key = {row.fact_key: row for row in learn.board_acts(cursor, LATEST)}
    assert by_key["act-d"].partners == ("Middle",)
    assert by_key["act-e"].partners == ()


@pytest.mark.parametrize("as_at", DATES)
def test_board_obstacles_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    kept = [row for row in OBSTACLES if row["borough"] and usable(row, as_at)]
    expected = sorted((BOARD_NAME.get(row["borough"], row["borough"]), row["fact_key"]) for row in kept)
    found = learn.board_obstacles(cursor, as_at)
    assert [(row.board_name, row.fact_key) for row in found] == expected
    by_key = {row["fact_key"]: row for row in kept}
    for row in found:
        own = by_key[row.fact_key]
        assert (row.board, row.said_by, row.summary) == (BOARD[own["borough"]], own["said_by"], own["summary"])


@twin_of(learn.partners_by_board, learn.partners_by_programme)
def twin_partners(places: dict[str, tuple[str, str]]) -> list[tuple]:
    """Cells of the two-way table: `places` gives the column of each link, by its key."""
    cells: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in LINKS:
        if row["fact_key"] in places:
            code, label = places[row["fact_key"]]
            cells.setdefault((PARTNER_NAME[row["partner"]], label, code), []).append(row)
    return [
        (name, label, code, tuple(sorted({row["role"] for row in own})), tuple(sorted(row["fact_key"] for row in own)))
        for (name, label, code), own in sorted(cells.items())
    ]


def as_tuples(found: list[learn.PartnerCell]) -> list[tuple]:
    return [(row.name, row.label, row.place, row.roles, row.fact_keys) for row in found]


@pytest.mark.parametrize("as_at", DATES)
def test_partners_by_board_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    places = {
        row["fact_key"]: (BOARD[row["borough"]], BOARD_NAME.get(row["borough"], row["borough"]))
        for row in LINKS
        if row.get("borough") and usable(row, as_at)
    }
    assert as_tuples(learn.partners_by_board(cursor, as_at)) == twin_partners(places)


@pytest.mark.parametrize("as_at", DATES)
def test_partners_by_programme_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    places = {
        row["fact_key"]: (
            PROGRAMME_OF[row["linked_to"]],
            PROGRAMME_OF[row["linked_to"]].replace("programme-", "Programme "),
        )
        for row in LINKS
        if row["linked_to"] in PROGRAMME_OF and usable(row, as_at)
    }
    assert as_tuples(learn.partners_by_programme(cursor, as_at)) == twin_partners(places)


@pytest.mark.parametrize("as_at", DATES)
def test_agencies_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    linked = {PARTNER_NAME[row["partner"]] for row in LINKS if usable(row, as_at)}
    assert [row.name for row in learn.agencies(cursor, as_at)] == sorted(linked)
    assert "Nobody" not in linked


# --- gaps and offers, on cells made at random --------------------------------------------------------------------

STATES = (*STAGE.codes, STAGE_NOT_SAID, SILENT, NO_ENTRY)
NAMES = ("alpha", "beta", "gamma", "delta")
THEMES = ("one", "two", "three")


@st.composite
def compared_cells(draw) -> tuple[list[compare.Board], list[compare.BoardTheme]]:
    """Boards with and without a statement, and a state for each theme that such a board can have."""
    boards, cells = [], []
    for name in NAMES:
        has_statement = draw(st.booleans())
        boards.append(compare.Board(name, name.title(), (name,), (), (), (), has_statement, ()))
        for theme in THEMES:
            state = draw(st.sampled_from([one for one in STATES if one != (NO_ENTRY if has_statement else SILENT)]))
            keys = () if state in (SILENT, NO_ENTRY) else (f"act-{name}-{theme}",)
            cells.append(compare.BoardTheme(name, name.title(), theme, theme.title(), state, keys, ()))
    return boards, cells


@given(compared_cells(), st.randoms(use_true_random=False))
def test_gaps_against_their_twin(made, chance):
    boards, cells = made
    mine, others = boards[0], boards[1:]
    chance.shuffle(others)
    compared = Comparison(mine, tuple(others), "")
    state = {(cell.board, cell.theme): cell.state for cell in cells}
    chance.shuffle(cells)
    found = learn_view.gaps(lines(cells, compared.boards), compared)
    expected = [theme for theme in sorted(THEMES) if state["alpha", theme] in (SILENT, NO_ENTRY, "aspiration")]
    assert [gap.theme for gap in found] == expected
    for gap in found:
        doing = [name for name in sorted(NAMES[1:]) if state[name, gap.theme] in ("under_way", "done")]
        reported = [board.board for board in others if board.has_statement]
        assert [cell.board for cell in gap.doing] == doing
        assert gap.base == len(reported)
        assert learn_view.with_statement(gap, compared) == [name.title() for name in doing if name in reported]


@given(compared_cells(), st.randoms(use_true_random=False))
def test_offers_against_their_twin_and_the_unknown_are_no_gap(made, chance):
    boards, cells = made
    mine, others = boards[0], boards[1:]
    chance.shuffle(others)
    compared = Comparison(mine, tuple(others), "")
    state = {(cell.board, cell.theme): cell.state for cell in cells}
    found = {row.theme: row for row in learn_view.offers(lines(cells, compared.boards), compared)}
    for theme in THEMES:
        silent = tuple(name.title() for name in sorted(NAMES[1:]) if state[name, theme] == SILENT)
        wishing = tuple(name.title() for name in sorted(NAMES[1:]) if state[name, theme] == "aspiration")
        if state["alpha", theme] in ("under_way", "done") and silent + wishing:
            assert (found[theme].silent, found[theme].wishing) == (silent, wishing)
        else:
            assert theme not in found


@given(compared_cells())
def test_a_theme_is_a_gap_of_one_side_only(made):
    """What mine could offer is never what it could learn."""
    boards, cells = made
    compared = Comparison(boards[0], tuple(boards[1:]), "")
    told = lines(cells, compared.boards)
    learned = {gap.theme for gap in learn_view.gaps(told, compared)}
    assert not learned & {row.theme for row in learn_view.offers(told, compared)}


def test_lessons_are_the_acts_under_way_or_done_and_nothing_else():
    cell = compare.BoardTheme("beta", "Beta", "one", "One", "done", ("act-c",), ("act-b", "act-a"))
    own = compare.BoardTheme("alpha", "Alpha", "one", "One", SILENT, (), ())
    gap = learn_view.Gap("one", "One", own, (cell,), 1)
    assert learn_view.lesson_places([gap], {"act-b", "act-c", "act-d"}) == [("One", "act-b"), ("One", "act-c")]


@pytest.mark.parametrize("as_at", DATES)
def test_acts_at_a_stage_and_acts_of_some_keys_are_among_all_acts(cursor: duckdb.DuckDBPyConnection, as_at: date):
    acts = learn.board_acts(cursor, as_at)
    for stages in (("done",), ("under_way", "done"), STAGE.codes):
        assert learn.acts_at(cursor, stages, as_at) == sorted(act.fact_key for act in acts if act.stage in stages)
    some = [act.fact_key for act in acts][::2]
    assert learn.board_acts(cursor, as_at, [*some, "act-of-nobody"]) == acts[::2]
    assert learn.board_acts(cursor, as_at, ()) == []
