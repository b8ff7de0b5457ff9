"""London at a glance: programmes in time, and a few figures with their denominators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.rows import AS_AT, OWN_WORDS, fetch
from warehouse.schema.vocabulary import ACTUAL_ROLES


@dataclass(frozen=True)
class Period:
    """One programme in time, planned and reported apart. Dates are as precise as known; statuses say why none."""

    fact_key: str
    name: str
    kind: str
    planned_from: str | None
    planned_to: str | None
    actual_from: str | None
    actual_to: str | None
    summary: str


def programmes(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Period]:
    """The programmes by the first of their dates, the reported before the planned; those without any date last."""
    return fetch(
        cursor,
        Period,
        f"""
        SELECT fact_key, name, kind, planned_from, planned_to, actual_from, actual_to, summary FROM programme
        WHERE {AS_AT}
        ORDER BY coalesce(actual_from, actual_to, planned_from, planned_to) NULLS LAST, name, fact_key
        """,
        [as_at],
    )


@dataclass(frozen=True)
class Share:
    """A count out of a whole, with the facts behind it."""

    part: int
    whole: int
    fact_keys: tuple[str, ...]


def boards_with_statement(cursor: duckdb.DuckDBPyConnection, as_at: date) -> Share:
    """Boards with a statement of their own, out of all boards. A board with several counts once."""
    return fetch(
        cursor,
        Share,
        f"""
        SELECT count(DISTINCT board), (SELECT count(*) FROM board), coalesce(list(fact_key ORDER BY fact_key), [])
        FROM round_response WHERE {OWN_WORDS} AND response = 'entry' AND {AS_AT}
        """,
        [as_at],
    )[0]


def boards_with_interview(cursor: duckdb.DuckDBPyConnection, as_at: date) -> Share:
    """Boards whose answers to the interviews of 2010–11 survive, out of all boards; the keys are all responses."""
    return fetch(
        cursor,
        Share,
        f"""
        SELECT count(*) FILTER (response = 'entry'), (SELECT count(*) FROM board),
            coalesce(list(fact_key ORDER BY fact_key), [])
        FROM round_response WHERE round = 'interviews_2010' AND {AS_AT}
        """,
        [as_at],
    )[0]


@dataclass(frozen=True)
class TookPart:
    """A programme, and how many areas are named as taking part in it out of all areas."""

    programme: str
    name: str
    areas: int
    whole: int
    fact_keys: tuple[str, ...]


def took_part(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[TookPart]:
    """For each programme of community partnership, or linked to one: how many areas are named as taking part, by name.

    A programme for which no area is named so is left out.
    """
    return fetch(
        cursor,
        TookPart,
        f"""
        SELECT programme.fact_key, programme.name, count(DISTINCT pb.borough), (SELECT count(*) FROM borough),
            list(pb.fact_key ORDER BY pb.fact_key)
        FROM programme_borough AS pb JOIN programme ON programme.fact_key = pb.programme
        WHERE programme.kind IN ('partnership', 'linked') AND list_contains(?, pb.role) AND pb.{AS_AT}
        GROUP BY programme.fact_key, programme.name ORDER BY programme.name, programme.fact_key
        """,
        [list(ACTUAL_ROLES), as_at],
    )


@dataclass(frozen=True)
class Trained:
    """People trained in one round. `unit_of_count` is a code of UNIT_OF_COUNT: people, attendances, or not stated."""

    fact_key: str
    title: str
    people: int | None
    people_status: str
    unit_of_count: str


def trained(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Trained]:
    """Every training round with its count of people."""
    return fetch(
        cursor,
        Trained,
        f"""
        SELECT fact_key, title, people, people_status, unit_of_count FROM training_round
        WHERE {AS_AT} ORDER BY fact_key
        """,
        [as_at],
    )


@dataclass(frozen=True)
class PilotCount:
    """How many pilots a programme names, how many of them without saying where."""

    name: str
    named: int
    unnamed: int
    fact_keys: tuple[str, ...]


def pilots(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[PilotCount]:
    """Pilots of each programme of community partnership, with named boroughs and without, by programme."""
    return fetch(
        cursor,
        PilotCount,
        f"""
        SELECT programme.name, count(*) FILTER (pilot.scope = 'borough'), count(*) FILTER (pilot.scope <> 'borough'),
            list(pilot.fact_key ORDER BY pilot.fact_key)
        FROM pilot JOIN programme ON programme.fact_key = pilot.programme
        WHERE programme.kind = 'partnership' AND pilot.kind = 'pilot' AND pilot.{AS_AT}
        GROUP BY programme.name ORDER BY programme.name
        """,
        [as_at],
    )
