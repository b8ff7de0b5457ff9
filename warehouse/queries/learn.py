"""What boards did, with whom and what stood in the way; and which agencies are named with which board or programme.

The unit is the board: what a document prints for any area of a joint board is the board's, and counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.care import CONCERN, CONCERNS
from warehouse.rows import AS_AT, fetch


@dataclass(frozen=True)
class BoardAct:
    """One act of one board. `stage` is a code of STAGE, or None with `stage_status`.

    `concerns`: which of CONCERNS it deals with. `is_apart`: it deals with one of them and the text names
    a community with it, so nothing that could name the community is given: summary, actor, audience, communities.
    """

    fact_key: str
    board: str
    board_name: str
    borough: str
    stage: str | None
    stage_status: str
    concerns: tuple[str, ...]
    is_apart: bool
    summary: str | None
    actor: str | None
    audience: str | None
    communities: tuple[str, ...]
    partners: tuple[str, ...]
    partner_keys: tuple[str, ...]


def board_acts(cursor: duckdb.DuckDBPyConnection, as_at: date, keys: Sequence[str] | None = None) -> list[BoardAct]:
    """Every act of a board, by name of the board and key, each once, with communities and partners by their names.

    keys: only the acts of these fact keys; a page shows some hundred of what may be tens of thousands.
    Partners are agencies that a document links to the act itself. Agencies of its whole programme, or of the act it is
    a part of, are left out: no document says that they had a part in this one. Left out, as on the map of themes:
    context, which is no act, and acts whose borough is not named.
    """
    return fetch(
        cursor,
        BoardAct,
        f"""
        WITH wanted AS (
            SELECT fact_key FROM activity WHERE scope = 'borough' AND kind <> 'context' AND {AS_AT}
                AND (? OR fact_key IN (SELECT unnest(?::VARCHAR[])))
        ),
        {CONCERN},
        named AS (
            SELECT fact_key, list(community.label ORDER BY position) AS labels
            FROM activity_communities AS link JOIN wanted USING (fact_key)
            JOIN community ON community.community = link.communities GROUP BY fact_key
        ),
        partner_of AS (
            SELECT link.linked_to AS fact_key, list(DISTINCT partner.name ORDER BY partner.name) AS names,
                list(DISTINCT link.fact_key ORDER BY link.fact_key) AS keys
            FROM partner_link AS link JOIN partner ON partner.fact_key = link.partner
            WHERE link.linked_to IN (SELECT fact_key FROM wanted) AND link.{AS_AT} GROUP BY link.linked_to
        ),
        act AS (
            SELECT activity.*, coalesce(concern.codes, []) AS concerns, coalesce(named.labels, []) AS labels,
                coalesce(concern.is_apart, FALSE) AS is_apart
            FROM activity JOIN wanted USING (fact_key)
            LEFT JOIN concern USING (fact_key) LEFT JOIN named USING (fact_key)
        )
        SELECT act.fact_key, board.board, board.board_name, borough.borough, act.stage, act.stage_status, act.concerns,
            is_apart, if(is_apart, NULL, act.summary), if(is_apart, NULL, act.actor), if(is_apart, NULL, act.audience),
            if(is_apart, [], labels), coalesce(partner_of.names, []), coalesce(partner_of.keys, [])
        FROM act JOIN borough ON borough.gss_code = act.borough
        JOIN authority_board AS lookup ON lookup.gss_code = act.borough JOIN board ON board.board = lookup.board
        LEFT JOIN partner_of USING (fact_key)
        ORDER BY board.board_name, act.fact_key
        """,
        [as_at, keys is None, list(keys or ()), list(CONCERNS), as_at],
    )


def acts_at(cursor: duckdb.DuckDBPyConnection, stages: Sequence[str], as_at: date) -> list[str]:
    """The keys of the acts that `board_acts` gives and that came to one of these stages, codes of STAGE; by key."""
    found = cursor.execute(
        f"""
        SELECT fact_key FROM activity
        WHERE scope = 'borough' AND kind <> 'context' AND list_contains(?, stage) AND {AS_AT} ORDER BY fact_key
        """,
        [list(stages), as_at],
    ).fetchall()
    return [key for (key,) in found]


@dataclass(frozen=True)
class BoardObstacle:
    """One thing that a board, or somebody in its areas, says stands in the way. `kind` is a code of OBSTACLE_KIND."""

    fact_key: str
    board: str
    board_name: str
    kind: str
    summary: str
    said_by: str


def board_obstacles(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[BoardObstacle]:
    """What stands in the way, by name of the board. Left out: what is said of London, or of no named borough."""
    return fetch(
        cursor,
        BoardObstacle,
        f"""
        SELECT obstacle.fact_key, board.board, board.board_name, kind, summary, said_by
        FROM obstacle JOIN authority_board AS lookup ON lookup.gss_code = obstacle.borough
        JOIN board ON board.board = lookup.board
        WHERE obstacle.scope = 'borough' AND obstacle.{AS_AT}
        ORDER BY board.board_name, obstacle.fact_key
        """,
        [as_at],
    )


@dataclass(frozen=True)
class PartnerCell:
    """One agency with one board or programme: `place` is its code or key, `label` its name, `roles` codes of
    PARTNER_ROLE, each once."""

    partner: str
    name: str
    kind: str
    place: str
    label: str
    roles: tuple[str, ...]
    fact_keys: tuple[str, ...]


def partners_by_board(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[PartnerCell]:
    """Each agency with each board in one of whose areas a document names it, by name of agency and board.

    Left out: what an agency does without a borough being named.
    """
    return fetch(
        cursor,
        PartnerCell,
        f"""
        SELECT partner.fact_key, partner.name, partner.kind, board.board, board.board_name,
            list(DISTINCT link.role ORDER BY link.role), list(DISTINCT link.fact_key ORDER BY link.fact_key)
        FROM partner_link AS link JOIN partner ON partner.fact_key = link.partner
        JOIN authority_board AS lookup ON lookup.gss_code = link.borough JOIN board ON board.board = lookup.board
        WHERE link.{AS_AT}
        GROUP BY ALL ORDER BY partner.name, partner.fact_key, board.board_name
        """,
        [as_at],
    )


def partners_by_programme(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[PartnerCell]:
    """Each agency with each programme it has a role in, by name of agency and programme.

    A link counts for a programme where it is tied to the programme itself, or to an act, pilot, part of a pilot, body,
    output, commitment, statement or event of it. Left out: links to things that belong to no programme.
    """
    return fetch(
        cursor,
        PartnerCell,
        f"""
        WITH thing AS (
            SELECT fact_key, fact_key AS programme FROM programme
            UNION ALL SELECT fact_key, programme FROM activity
            UNION ALL SELECT fact_key, programme FROM pilot
            UNION ALL SELECT item.fact_key, pilot.programme
                FROM pilot_item AS item JOIN pilot ON pilot.fact_key = item.pilot
            UNION ALL SELECT fact_key, programme FROM body
            UNION ALL SELECT output.fact_key, coalesce(output.programme, pilot.programme)
                FROM output LEFT JOIN pilot ON pilot.fact_key = output.pilot
            UNION ALL SELECT fact_key, programme FROM commitment
            UNION ALL SELECT fact_key, programme FROM statement
            UNION ALL SELECT fact_key, programme FROM milestone
        )
        SELECT partner.fact_key, partner.name, partner.kind, programme.fact_key, programme.name,
            list(DISTINCT link.role ORDER BY link.role), list(DISTINCT link.fact_key ORDER BY link.fact_key)
        FROM partner_link AS link JOIN partner ON partner.fact_key = link.partner
        JOIN thing ON thing.fact_key = link.linked_to JOIN programme ON programme.fact_key = thing.programme
        WHERE link.{AS_AT}
        GROUP BY ALL ORDER BY partner.name, partner.fact_key, programme.name, programme.fact_key
        """,
        [as_at],
    )


@dataclass(frozen=True)
class Agency:
    """An agency with at least one role in something, whatever it is."""

    partner: str
    name: str
    kind: str


def agencies(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Agency]:
    """Every agency to which a document gives a role, by name: the base of the two-way tables."""
    return fetch(
        cursor,
        Agency,
        f"""
        SELECT fact_key, name, kind FROM partner
        WHERE fact_key IN (SELECT link.partner FROM partner_link AS link WHERE link.{AS_AT}) ORDER BY name, fact_key
        """,
        [as_at],
    )
