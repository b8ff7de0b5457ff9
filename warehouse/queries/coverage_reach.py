"""Community × borough: how far groups were reached, by where they serve, are based or had contact.

Only groups are counted here. People, residents and trained, stand in `coverage_beside`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.coverage import MAPPED
from warehouse.queries.groups import base
from warehouse.rows import fetch
from warehouse.schema.vocabulary import STEP

WAYS = {
    "any": ("serves", "based", "contact"),
    "serves": ("serves",),
    "based": ("based",),
    "contact": ("contact",),
}
"""The ways in which a group can have to do with a place: code -> the relations that count."""

ALL, LONDON, ELSEWHERE, NOT_TOLD = "all", "london", "elsewhere", "not_told"
"""Places that are no area. All: the whole register, each group once. London: groups for London as a whole, which are in
none of the boroughs for that. Elsewhere: outside London. Not told: groups without a place of the kind asked for."""


def _standing_of(only: str) -> str:
    """Where each group stands and how far it came, for `reach` and its details; stands after WITH. only: as in `base`.

    own: each group with its furthest step and the facts of all its contacts. standing: each group in each place, once.
    named: each group under each community, and under NULL for all. named_in: facts that name a community in a borough.
    """
    return f"""
    {base(only)},
    {MAPPED},
    own AS (
        SELECT g.fact_key AS community_group, coalesce(max(list_position(?, e.step)), 1) AS step,
            list_distinct(list_concat([g.fact_key], coalesce(list(e.fact_key) FILTER (e.fact_key IS NOT NULL), [])))
                AS keys
        FROM g LEFT JOIN e ON e.community_group = g.fact_key GROUP BY g.fact_key
    ),
    stands AS (
        SELECT placed.community_group, placed.borough AS place, placed.how,
            CASE placed.how WHEN 'contact' THEN list_position(?, e.step) ELSE own.step END AS step,
            CASE placed.how WHEN 'contact' THEN [placed.fact_key] ELSE own.keys END AS keys
        FROM placed JOIN own USING (community_group) LEFT JOIN e ON e.fact_key = placed.fact_key
        UNION ALL
        SELECT fact_key, serves_scope, 'serves', own.step, own.keys
        FROM g JOIN own ON own.community_group = g.fact_key WHERE serves_scope IN ('london', 'elsewhere')
        UNION ALL
        SELECT community_group, scope, 'contact', list_position(?, e.step), [e.fact_key]
        FROM e JOIN own USING (community_group) WHERE scope IN ('london', 'elsewhere')
    ),
    asked AS (SELECT * FROM stands WHERE list_contains(?, how)),
    standing AS (
        SELECT community_group, place, max(step) AS step, flatten(list(keys)) AS keys FROM asked
        GROUP BY community_group, place
        UNION ALL
        SELECT community_group, 'all', step, keys FROM own
        UNION ALL
        SELECT community_group, 'not_told', step, keys FROM own
        WHERE community_group NOT IN (SELECT community_group FROM asked)
    ),
    named AS (
        SELECT community_group, wider.wider AS community, list(named_for.fact_key) AS keys
        FROM named_for JOIN wider USING (community) WHERE community_group IN (SELECT fact_key FROM g)
        GROUP BY community_group, wider.wider
        UNION ALL
        SELECT fact_key, NULL, [] FROM g
    ),
    naming AS (
        SELECT community, borough AS place, fact_key FROM community_named JOIN usable USING (fact_key)
        WHERE borough IS NOT NULL
        UNION
        SELECT named_for.community, placed.borough, placed.fact_key
        FROM placed JOIN named_for USING (community_group)
    ),
    named_in AS (
        SELECT wider.wider AS community, place, fact_key FROM naming JOIN wider USING (community)
        UNION
        SELECT NULL, place, fact_key FROM naming
    )"""


def _values(way: str, as_at: date, only: Sequence[str] = ()) -> list[object]:
    """The values that `_standing_of` binds. only: those of its condition."""
    codes = list(STEP.codes)
    return [as_at, *only, codes, codes, codes, list(WAYS[way])]


@dataclass(frozen=True)
class Reach:
    """How many groups of one community came how far in one place. `community` is None for all groups together.

    `place`: a GSS code, or ALL, LONDON, ELSEWHERE or NOT_TOLD; `borough` its name, None for these four.
    `is_mapped`: somebody looked in this borough, as in `Coverage`; False for a place that is no borough.
    `is_named`: a document names the community there, or a group of it, in whatever relation.
    `steps`: the groups whose furthest step is each of STEP, in its order. Each group counts once.
    """

    community: str | None
    label: str | None
    facet: str | None
    place: str
    borough: str | None
    is_mapped: bool
    is_named: bool
    steps: tuple[int, ...]

    @property
    def groups(self) -> int:
        """How many groups."""
        return sum(self.steps)

    @property
    def at_least(self) -> tuple[int, ...]:
        """The groups that came to each step of STEP or to a later one."""
        return tuple(sum(self.steps[place:]) for place in range(len(STEP.codes)))

    @property
    def furthest(self) -> str | None:
        """The furthest step that a group came to; None where there is no group."""
        return next((code for code, count in reversed([*zip(STEP.codes, self.steps, strict=True)]) if count), None)


_COUNTS = ", ".join(f"count(*) FILTER (step = {place})" for place in range(1, len(STEP.codes) + 1))


def reach(cursor: duckdb.DuckDBPyConnection, way: str, as_at: date) -> list[Reach]:
    """Every community, and all groups together, with every area and with ALL, LONDON, ELSEWHERE and NOT_TOLD.

    way: a code of WAYS; a group is in a place where it stands in one of these relations to it. A group counts once in a
    place, for each community it is named for and for each wider one, so rows of different communities or places cannot
    be added. Its step is the furthest that any report of contact gives. Where only a contact puts the group in the
    place, it is the furthest of the contacts with that place. A named group without such a report is known. Left out:
    contact with groups that are not named, and what no document says by the as-at date.

    By facet and label of the community, all groups together first; areas by name, then the four other places.
    """
    return fetch(
        cursor,
        Reach,
        f"""
        WITH {_standing_of("TRUE")},
        counted AS (
            SELECT named.community, standing.place, [{_COUNTS}] AS steps
            FROM standing JOIN named USING (community_group) GROUP BY named.community, standing.place
        ),
        said AS (SELECT DISTINCT community, place FROM named_in),
        community_asked AS (SELECT community, label, facet FROM community UNION ALL SELECT NULL, NULL, NULL),
        place_asked AS (
            SELECT gss_code AS place, borough, 0 AS position FROM borough
            UNION ALL
            SELECT unnest(['all', 'london', 'elsewhere', 'not_told']), NULL, unnest([1, 2, 3, 4])
        )
        SELECT c.community, c.label, c.facet, p.place, p.borough, p.place IN (SELECT gss_code FROM mapped),
            said.place IS NOT NULL, coalesce(counted.steps, list_transform(?, lambda code: 0))
        FROM community_asked AS c CROSS JOIN place_asked AS p
        LEFT JOIN counted ON counted.community IS NOT DISTINCT FROM c.community AND counted.place = p.place
        LEFT JOIN said ON said.community IS NOT DISTINCT FROM c.community AND said.place = p.place
        ORDER BY c.facet NULLS FIRST, c.label NULLS FIRST, p.position, p.borough
        """,
        [*_values(way, as_at), list(STEP.codes)],
    )


@dataclass(frozen=True)
class Standing:
    """The groups behind one row of `reach`, by name, and the facts it rests on.

    `reached`: the furthest step of each group, a code of STEP; `keys`: the facts of each. `fact_keys`: those of all
    groups, or, where there is no group, those that name the community.
    """

    community: str | None
    place: str
    names: tuple[str, ...]
    reached: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    fact_keys: tuple[str, ...]


def of_community(cursor: duckdb.DuckDBPyConnection, way: str, as_at: date, community: str | None) -> list[Standing]:
    """What stands behind the rows of `reach` for one community, or for all groups together (None).

    By place; places in which nothing is named are left out.
    """
    only = "TRUE" if community is None else _OF_COMMUNITY
    return _standings(cursor, "community IS NOT DISTINCT FROM ?", only, way, as_at, community)


def of_place(cursor: duckdb.DuckDBPyConnection, way: str, as_at: date, place: str) -> list[Standing]:
    """What stands behind the rows of `reach` for one place, by community; all groups together (None) stand first.

    Communities of which nothing is named there are left out.
    """
    only = "TRUE" if place in (ALL, LONDON, ELSEWHERE, NOT_TOLD) else _OF_PLACE
    return _standings(cursor, "place = ?", only, way, as_at, place)


_OF_COMMUNITY = """fact_key IN (
    SELECT community_group FROM group_community JOIN community_wider USING (community) WHERE wider = ?)"""
_OF_PLACE = "fact_key IN (SELECT community_group FROM group_place WHERE borough = ?)"


def _standings(
    cursor: duckdb.DuckDBPyConnection, condition: str, only: str, way: str, as_at: date, wanted: str | None
) -> list[Standing]:
    """`condition`: which rows are wanted, by community and place. `only`: the groups that need a look for them."""
    of_only = [] if only == "TRUE" else [wanted]
    found = cursor.execute(
        f"""
        WITH {_standing_of(only)},
        one AS (
            SELECT named.community, standing.place, g.name, g.fact_key, list_extract(?, step) AS step,
                list_sort(list_distinct(list_concat([g.fact_key], standing.keys, named.keys))) AS keys
            FROM standing JOIN named USING (community_group) JOIN g ON g.fact_key = standing.community_group
            WHERE {condition}
        )
        SELECT community, place, name, step, keys, fact_key FROM one
        UNION ALL
        SELECT community, place, NULL, NULL, list(DISTINCT fact_key ORDER BY fact_key), NULL FROM named_in
        WHERE {condition} GROUP BY community, place
        ORDER BY community NULLS FIRST, place, name, fact_key
        """,
        [*_values(way, as_at, of_only), list(STEP.codes), wanted, wanted],
    ).fetchall()
    behind: dict[tuple[str | None, str], list[tuple]] = {}
    for community, place, *rest in found:
        behind.setdefault((community, place), []).append(rest)
    return [_standing(community, place, rows) for (community, place), rows in behind.items()]


def _standing(community: str | None, place: str, rows: list[tuple]) -> Standing:
    groups = [(name, step, tuple(keys)) for name, step, keys, _ in rows if name is not None]
    every = {key for name, _, keys, _ in rows if (name is not None) == bool(groups) for key in keys}
    names, reached, keys = zip(*groups, strict=True) if groups else ((), (), ())
    return Standing(community, place, names, reached, keys, tuple(sorted(every)))
