"""Community × borough: for which communities a group, or at least the community, is named in which borough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.groups import BASE
from warehouse.rows import OWN_WORDS, fetch

GROUP_NAMED = "group_named"
COMMUNITY_NAMED = "community_named"
NONE_NAMED = "none_named"
NOT_MAPPED = "not_mapped"


MAPPED = f"""
    mapped AS (
        SELECT lookup.gss_code FROM round_response JOIN authority_board AS lookup USING (board)
        WHERE {OWN_WORDS} AND response = 'entry'
            AND round_response.fact_key IN (SELECT fact_key FROM usable)
        UNION
        SELECT borough FROM placed
    )"""
"""The areas in which somebody looked, after BASE: their board has a statement of its own, or a group is named there."""


@dataclass(frozen=True)
class Coverage:
    """One community in one borough. `words`: the groups named, or the communities that are named without a group.

    `is_mapped`: somebody looked in this borough. Its board has a statement of its own, or a group is named there.
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
