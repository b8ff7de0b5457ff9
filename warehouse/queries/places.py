"""The lists that filters offer: boroughs, themes, communities, programmes."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.rows import fetch


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its code or key, and its label on screen."""

    code: str
    label: str


@dataclass(frozen=True)
class Borough:
    """An area and its board. `shares_board` where the board covers another area as well."""

    gss_code: str
    borough: str
    official_name: str
    board: str
    board_name: str
    shares_board: bool
    board_verified: str
    board_basis: str
    board_source: str


def boroughs(cursor: duckdb.DuckDBPyConnection) -> list[Borough]:
    """The 33 areas by name, each with its board and how far that is verified."""
    return fetch(
        cursor,
        Borough,
        """
        SELECT borough.gss_code, borough.borough, borough.official_name, board.board, board.board_name,
            count(*) OVER (PARTITION BY board.board) > 1, lookup.verified, lookup.basis, lookup.source
        FROM borough JOIN authority_board AS lookup USING (gss_code) JOIN board ON board.board = lookup.board
        ORDER BY borough.borough
        """,
    )


def themes(cursor: duckdb.DuckDBPyConnection) -> list[Choice]:
    """The themes of activity, by label."""
    return fetch(cursor, Choice, "SELECT theme, label FROM theme ORDER BY label")


def programmes(cursor: duckdb.DuckDBPyConnection) -> list[Choice]:
    """The programmes for which a document names at least one borough, by name."""
    return fetch(
        cursor,
        Choice,
        """
        SELECT fact_key, name FROM programme
        WHERE fact_key IN (SELECT programme FROM programme_borough) ORDER BY name
        """,
    )


def communities(cursor: duckdb.DuckDBPyConnection) -> list[Choice]:
    """The communities, by label."""
    return fetch(cursor, Choice, "SELECT community, label FROM community ORDER BY label")
