"""Community × borough: for which communities a group, or at least the community, is named in which borough, and how far
the groups were reached. Only groups are counted here: people stand in `coverage_beside`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import duckdb

from warehouse.queries.groups import BASE
from warehouse.rows import fetch
from warehouse.schema.vocabulary import STEP

GROUP_NAMED = "group_named"
COMMUNITY_NAMED = "community_named"
NONE_NAMED = "none_named"
NOT_MAPPED = "not_mapped"


MAPPED = """
    mapped AS (
        SELECT lookup.gss_code FROM round_response JOIN authority_board AS lookup USING (board)
        WHERE round = 'appendix_2007' AND response = 'entry'
            AND round_response.fact_key IN (SELECT fact_key FROM usable)
        UNION
        SELECT borough FROM placed
    )"""
"""The areas in which somebody looked, after BASE: their board has a statement of 2007, or a group is named there."""


@dataclass(frozen=True)
class Coverage:
    """One community in one borough. `words`: the groups named, or the communities that are named without a group.

    `is_mapped`: somebody looked in this borough. Its board has a statement of 2007, or a group is named there.
    """

    community: str
    label: str
    facet: str
    gss_code: str
    borough: str
    state: str
    is_mapped: bool
    words: tuple[str, ...]
    fact_keys: tuple[str, ...]


def coverage(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Coverage]:
    """Every community with every one of the 33 areas, by facet and label of the community and name of the area.

    States: group_named (a group named for the community, or for a narrower one, is based there, serves the area, or
    was in contact with its board or adviser); community_named (a document names the community or a narrower one for
    the area, and no group); none_named (neither, though the area is mapped); not_mapped (neither, and nobody looked).
    A group without a place, or of no community, is in none of the cells.
    """
    return fetch(
        cursor,
        Coverage,
        f"""
        WITH {BASE},
        with_group AS (
            SELECT wider.wider AS community, placed.borough, list(DISTINCT g.name ORDER BY g.name) AS words,
                list_sort(list_distinct(flatten(list([placed.fact_key, named_for.fact_key])))) AS keys
            FROM placed JOIN g ON g.fact_key = placed.community_group
            JOIN named_for ON named_for.community_group = placed.community_group
            JOIN wider ON wider.community = named_for.community
            GROUP BY wider.wider, placed.borough
        ),
        with_community AS (
            SELECT wider.wider AS community, named.borough,
                list(DISTINCT community.label ORDER BY community.label) AS words,
                list(DISTINCT named.fact_key ORDER BY named.fact_key) AS keys
            FROM community_named AS named JOIN usable USING (fact_key) JOIN community USING (community)
            JOIN wider USING (community)
            WHERE named.borough IS NOT NULL GROUP BY wider.wider, named.borough
        ),
        {MAPPED}
        SELECT community.community, community.label, community.facet, borough.gss_code, borough.borough,
            CASE WHEN with_group.words IS NOT NULL THEN 'group_named'
                WHEN with_community.words IS NOT NULL THEN 'community_named'
                WHEN mapped.gss_code IS NOT NULL THEN 'none_named' ELSE 'not_mapped' END,
            mapped.gss_code IS NOT NULL,
            coalesce(with_group.words, with_community.words, []), coalesce(with_group.keys, with_community.keys, [])
        FROM community CROSS JOIN borough
        LEFT JOIN with_group ON with_group.community = community.community AND with_group.borough = borough.gss_code
        LEFT JOIN with_community
            ON with_community.community = community.community AND with_community.borough = borough.gss_code
        LEFT JOIN mapped ON mapped.gss_code = borough.gss_code
        ORDER BY community.facet, community.label, borough.borough
        """,
        [as_at],
    )


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


@dataclass(frozen=True)
class Reach:
    """The groups of one community in one place. `community` is None for all groups, also those of no community.

    `place`: a GSS code, or ALL, LONDON, ELSEWHERE or NOT_TOLD; `borough` its name, None for these four.
    `is_mapped`: somebody looked in this borough, as in `Coverage`; False for a place that is no borough.
    `is_named`: a document names the community there, or a group of it, in whatever relation.
    `names`: its groups by name, each once; `reached`: the furthest step of each, a code of STEP; `keys`: its facts.
    """

    community: str | None
    label: str | None
    facet: str | None
    place: str
    borough: str | None
    is_mapped: bool
    is_named: bool
    names: tuple[str, ...]
    reached: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    fact_keys: tuple[str, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """The groups whose furthest step is each of STEP, in its order. Each group counts once."""
        return tuple(self.reached.count(code) for code in STEP.codes)

    @property
    def at_least(self) -> tuple[int, ...]:
        """The groups that came to each step of STEP or to a later one."""
        return tuple(sum(self.steps[place:]) for place in range(len(STEP.codes)))

    @property
    def furthest(self) -> str | None:
        """The furthest step that a group came to; None where there is no group."""
        return max(self.reached, key=STEP.codes.index, default=None)


def reach(cursor: duckdb.DuckDBPyConnection, way: str, as_at: date) -> list[Reach]:
    """Every community, and all groups together, with every area and with ALL, LONDON, ELSEWHERE and NOT_TOLD.

    way: a code of WAYS; a group is in a place where it stands in one of these relations to it. A group counts once in a
    place, for each community it is named for and for each wider one, so rows of different communities or places cannot
    be added. Its step is the furthest that any report of contact gives. Where only a contact puts the group in the
    place, it is the furthest of the contacts with that place. A named group without such a report is known. Left out:
    contact with groups that are not named, and what no document says by the as-at date.

    By facet and label of the community, all groups together first; areas by name, then the four other places.
    """
    codes = list(STEP.codes)
    found = fetch(
        cursor,
        Reach,
        f"""
        WITH {BASE},
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
            SELECT community_group, scope, 'contact', list_position(?, step), [fact_key]
            FROM e WHERE community_group IS NOT NULL AND scope IN ('london', 'elsewhere')
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
            FROM named_for JOIN wider USING (community) GROUP BY community_group, wider.wider
            UNION ALL
            SELECT fact_key, NULL, [] FROM g
        ),
        one AS (
            SELECT named.community, standing.place, g.name, g.fact_key, step,
                list_sort(list_distinct(list_concat([g.fact_key], standing.keys, named.keys))) AS keys
            FROM standing JOIN g ON g.fact_key = standing.community_group JOIN named USING (community_group)
        ),
        with_group AS (
            SELECT community, place, list(name ORDER BY name, fact_key) AS names,
                list(list_extract(?, step) ORDER BY name, fact_key) AS reached,
                list(keys ORDER BY name, fact_key) AS keys
            FROM one GROUP BY community, place
        ),
        naming AS (
            SELECT community, borough, fact_key FROM community_named JOIN usable USING (fact_key)
            WHERE borough IS NOT NULL
            UNION
            SELECT named_for.community, placed.borough, placed.fact_key
            FROM placed JOIN named_for USING (community_group)
        ),
        with_community AS (
            SELECT wider.wider AS community, borough AS place, list(DISTINCT fact_key ORDER BY fact_key) AS keys
            FROM naming JOIN wider USING (community) GROUP BY wider.wider, borough
            UNION ALL
            SELECT NULL, borough, list(DISTINCT fact_key ORDER BY fact_key) FROM naming GROUP BY borough
        ),
        community_asked AS (
            SELECT community, label, facet FROM community UNION ALL SELECT NULL, NULL, NULL
        ),
        place_asked AS (
            SELECT gss_code AS place, borough, 0 AS position FROM borough
            UNION ALL
            SELECT unnest(['all', 'london', 'elsewhere', 'not_told']), NULL, unnest([1, 2, 3, 4])
        )
        SELECT c.community, c.label, c.facet, p.place, p.borough, p.place IN (SELECT gss_code FROM mapped),
            with_community.keys IS NOT NULL, coalesce(with_group.names, []), coalesce(with_group.reached, []),
            coalesce(with_group.keys, []), coalesce(with_community.keys, [])
        FROM community_asked AS c CROSS JOIN place_asked AS p
        LEFT JOIN with_group ON with_group.community IS NOT DISTINCT FROM c.community AND with_group.place = p.place
        LEFT JOIN with_community
            ON with_community.community IS NOT DISTINCT FROM c.community AND with_community.place = p.place
        ORDER BY c.facet NULLS FIRST, c.label NULLS FIRST, p.position, p.borough
        """,
        [as_at, codes, codes, codes, list(WAYS[way]), codes],
    )
    return [
        replace(row, keys=keys, fact_keys=tuple(sorted({key for own in keys for key in own})) or row.fact_keys)
        for row in found
        for keys in [tuple(tuple(own) for own in row.keys)]
    ]
