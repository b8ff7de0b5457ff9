"""A slow plain-Python twin of the boards beside one another, and how its rows are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo.names import authority_boards, borough_names
from tests.support.twins import twin_of
from warehouse.queries import compare
from warehouse.queries.areas import NO_ENTRY, SILENT, STAGE_NOT_SAID
from warehouse.schema.vocabulary import STAGE

LATEST, EARLIER = date(2011, 11, 30), date(2010, 4, 29)
USABLE = {"report_2007": date(2007, 7, 31), "camden_2010": EARLIER, "update_2011": LATEST}
DATES = (date(2005, 1, 1), EARLIER, LATEST)

CODES = {name: code for code, name in borough_names().items()}
BOARD = {name: authority_boards()[code].board for name, code in CODES.items()}
JOINT = "city-and-hackney"
THEMES = ("training", "policy", "funding")


def act(key: str, borough: str, stage: str | None, themes: str = "training", **more: str) -> dict:
    base = {
        "fact_key": f"act-{key}", "round": "none", "scope": "borough", "borough": borough, "actor_kind": "board",
        "actor": "the board", "kind": "activity", "stage": stage, "themes": themes.split("; "),
        "summary": f"Act {key}.",
    }  # fmt: skip
    return {**base, **more}


def response(key: str, board: str, answer: str, **more: str) -> dict:
    return {"fact_key": f"response-{key}", "board": board, "round": "appendix_2007", "response": answer, **more}


def usable(row: dict, as_at: date) -> bool:
    return USABLE[row.get("document", "report_2007")] <= as_at


def has_statement(board: str, responses: Sequence[dict], as_at: date) -> bool:
    return any(
        row["board"] == board and row["round"] == "appendix_2007" and row["response"] == "entry" and usable(row, as_at)
        for row in responses
    )


@twin_of(compare.board_themes)
def twin_cell(
    board: str, theme: str, acts: Sequence[dict], responses: Sequence[dict], as_at: date
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The state of one cell, its keys at the furthest stage, and its other keys, the furthest first."""
    own = [
        act
        for act in acts
        if act["scope"] == "borough"
        and BOARD[act["borough"]] == board
        and theme in act["themes"]
        and act["kind"] != "context"
        and usable(act, as_at)
    ]
    if not own:
        return (SILENT if has_statement(board, responses, as_at) else NO_ENTRY), (), ()

    def rank(act: dict) -> int:
        return STAGE.codes.index(act["stage"]) + 1 if act["stage"] else 0

    furthest = max(map(rank, own))
    reached = sorted(act["fact_key"] for act in own if rank(act) == furthest)
    further = sorted((-rank(act), act["fact_key"]) for act in own if rank(act) < furthest)
    return (
        STAGE.codes[furthest - 1] if furthest else STAGE_NOT_SAID,
        tuple(reached),
        tuple(key for _, key in further),
    )
