"""Rows of any kind for the tables that pages count in, made at random: a few boroughs, two of which share a board."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tests.support.compare_twin import CODES, JOINT
from warehouse.schema.training import UNIT_OF_COUNT
from warehouse.schema.vocabulary import ROLE, STAGE, STEP

LATEST = date(2011, 11, 30)
DOCUMENTS = ("report_2007", "camden_2010", "update_2011")
CITY, HACKNEY = CODES["City of London"], CODES["Hackney"]
PLACES = (CODES["Camden"], CITY, HACKNEY, CODES["Barnet"])
BOARDS = ("camden", JOINT, "barnet", "brent")
Rows = dict[str, list[dict]]

place = st.sampled_from([*PLACES, CITY, HACKNEY])  # the two that share a board more often, so that they meet
maybe_place = st.sampled_from([None, *PLACES, CITY, HACKNEY])
communities = st.lists(st.sampled_from(["somali", "east_african", "turkish"]), max_size=2, unique=True)
number = st.sampled_from([None, *range(10)])


def table(prefix: str, *unique: str, **columns: object) -> st.SearchStrategy[list[dict]]:
    """Some rows of a table, with a key each. A column that is no strategy has the same value in every row."""
    cells = {name: cell if isinstance(cell, st.SearchStrategy) else st.just(cell) for name, cell in columns.items()}
    rows = st.lists(
        st.fixed_dictionaries({**cells, "document": st.sampled_from(DOCUMENTS)}), min_size=3, max_size=8,
        unique_by=(lambda row: tuple(row[name] for name in unique)) if unique else None,
    )  # fmt: skip
    return rows.map(
        lambda found: [{"fact_key": f"{prefix}-{at}", "scope": _scope(row), **row} for at, row in enumerate(found)]
    )


def _scope(row: dict) -> str:
    return "borough" if row.get("borough") else "london"


names = st.sampled_from(["Alpha", "Beta"])
worlds = st.fixed_dictionaries(
    {
        "programme": st.just([
            {"fact_key": f"programme-{name}", "name": name, "kind": kind, "summary": "Made."}
            for name, kind in (("one", "partnership"), ("two", "linked"))
        ]),
        "programme_borough": table(
            "pb", "programme", "borough", "role", "document", borough=place, role=st.sampled_from(ROLE.codes),
            programme=st.sampled_from(["programme-one", "programme-two"]),
        ),
        "activity": table(
            "act", borough=maybe_place, round="none", actor="The board", actor_kind="board", communities=communities,
            kind=st.sampled_from(["activity", "activity", "context"]), stage=st.sampled_from([None, *STAGE.codes]),
            themes=st.lists(st.sampled_from(["training", "policy"]), min_size=1, unique=True), summary=names,
            issues=st.lists(st.sampled_from(["fgm", "general"]), max_size=1),
        ),
        "round_response": table(
            "response", "round", "board", round=st.sampled_from(["appendix_2007", "interviews_2010"]),
            board=st.sampled_from(BOARDS), response=st.sampled_from(["entry", "mentioned", "none"]),
        ),
        "obstacle": table("obstacle", borough=maybe_place, said_by=names, kind="money", summary="It."),
        "training_round": table(
            "training", title=names, borough=place, people=number, content="It.",
            unit_of_count=st.sampled_from(UNIT_OF_COUNT.codes),
        ),
        "training_count": table(
            "count", "training_round", "dimension", "printed", dimension=st.sampled_from(["all", "ethnicity"]),
            training_round=st.sampled_from(["training-0", "training-1"]),
            printed=st.sampled_from(["Somali", "Turkish", "Not known"]),
            filed=st.sampled_from(["Somali", "Not known"]), community=st.sampled_from([None, "somali"]), people=number,
            unit_of_count=st.sampled_from(UNIT_OF_COUNT.codes),
        ),
        "printed_figure": table(
            "figure", borough=maybe_place, title=names, kind=st.sampled_from(["attendance", "posts"]), value=number,
            precision="exact", unit="people",
        ),
        "community_group": table(
            "group", name=names, kind="women", based_in=maybe_place, serves_scope="borough", communities=communities,
            serves=st.lists(place, max_size=2, unique=True), faith=st.sampled_from([None, "muslim"]),
        ),
        "engagement": table(
            "engagement", borough=maybe_place, step=st.sampled_from(STEP.codes), communities=communities,
            community_group=st.sampled_from([None, "group-0", "group-1"]), described_as=names, summary="It.",
        ),
        "pilot": table(
            "pilot", name=names, kind=st.sampled_from(["pilot", "proposed"]), programme="programme-one",
            boroughs=st.lists(place, max_size=2, unique=True),
        ),
        "partner": st.just([{"fact_key": f"partner-{at}", "name": "Same", "kind": "voluntary"} for at in range(2)]),
        "partner_link": table(
            "pl", partner=st.sampled_from(["partner-0", "partner-1"]), borough=maybe_place,
            role=st.sampled_from(["host", "support"]), linked_to=st.sampled_from(["act-0", "programme-one"]),
        ),
    }
)  # fmt: skip
