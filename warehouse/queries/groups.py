"""Community and faith groups that the documents name, and contact with groups, named or not.

Where a group is based, whom it serves, and which borough's board or adviser was in contact with it are three facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.care import IS_SENSITIVE
from warehouse.queries.places import Choice
from warehouse.rows import AS_AT, fetch
from warehouse.schema.vocabulary import STEP


def base(only: str = "TRUE") -> str:
    """What the queries on groups share, after WITH; it binds the as-at date. Only facts said by that date pass.

    only: a condition on `community_group` for a query that asks about few groups; its values are bound next.

    wider: each community with itself and every wider one it belongs to. g, e: groups and contacts. placed: where a
    group is said to be. named_for: each group with its communities, by its own entry or by a report of contact with it.
    The usable facts are put together once for all that ask for them.
    """
    return f"""
    wider AS (SELECT community, wider FROM community_wider),
    usable AS MATERIALIZED (SELECT fact_key FROM fact_usable WHERE usable_from <= ?),
    g AS (SELECT * FROM community_group WHERE fact_key IN (SELECT fact_key FROM usable) AND {only}),
    e AS (
        SELECT *, {IS_SENSITIVE} AS is_sensitive
        FROM engagement WHERE fact_key IN (SELECT fact_key FROM usable)
    ),
    placed AS (
        SELECT place.* FROM group_place AS place JOIN g ON g.fact_key = place.community_group
        WHERE place.fact_key IN (SELECT fact_key FROM usable)
    ),
    named_for AS (
        SELECT community_group, community, fact_key FROM group_community
        WHERE fact_key IN (SELECT fact_key FROM usable)
    )"""


BASE = base()


def _plain(text: str) -> str:
    """SQL for `text` in small letters, without accents and apostrophes: what a search compares."""
    return f"replace(replace(lower(strip_accents({text})), '''', ''), '’', '')"


def _all_words_in(text: str) -> str:
    """SQL that is true where every word of the search (one bound value) stands in `text`. An empty search is."""
    words = f"string_split_regex(trim({_plain('?')}), '\\s+')"
    return f"len(list_filter({words}, lambda word: NOT contains({_plain(text)}, word))) = 0"


@dataclass(frozen=True)
class Wanted:
    """The filters of the directory. `borough` is a GSS code; `faith` and `community` are codes of communities."""

    as_at: date
    search: str = ""
    borough: str | None = None
    faith: str | None = None
    community: str | None = None
    kind: str | None = None


def faiths(cursor: duckdb.DuckDBPyConnection) -> list[Choice]:
    """The faiths, and every other word that a group is filed under as its faith, by label."""
    return fetch(
        cursor,
        Choice,
        """
        SELECT community, label FROM community
        WHERE facet = 'faith' OR community IN (SELECT faith FROM community_group) ORDER BY label
        """,
    )


def communities(cursor: duckdb.DuckDBPyConnection) -> list[Choice]:
    """The communities that are not offered as faiths, by label."""
    return fetch(
        cursor,
        Choice,
        """
        SELECT community, label FROM community WHERE facet <> 'faith'
            AND community NOT IN (SELECT faith FROM community_group WHERE faith IS NOT NULL) ORDER BY label
        """,
    )


@dataclass(frozen=True)
class Group:
    """One named group. `step` is the furthest code of STEP reported, or None.

    `also_for`: communities that only a report of contact names with it. `contact_in`: the boroughs whose board or
    adviser was in contact.
    """

    fact_key: str
    name: str
    printed: tuple[str, ...]
    kind: str
    faith: str | None
    communities: tuple[str, ...]
    also_for: tuple[str, ...]
    based_in: str | None
    based_in_status: str
    serves: tuple[str, ...]
    serves_scope: str
    contact_in: tuple[str, ...]
    step: str | None
    note: str | None
    contact_keys: tuple[str, ...]


_MATCHES = f"""{BASE},
    searched AS (
        SELECT fact_key, kind, concat_ws(' ', name, note, (SELECT string_agg(printed, ' ')
            FROM community_group_printed AS p WHERE p.fact_key = g.fact_key)) AS words
        FROM g
    ),
    matching AS (
        SELECT fact_key FROM searched
        WHERE (? IS NULL OR fact_key IN (SELECT community_group FROM placed WHERE borough = ?))
            AND (? IS NULL OR fact_key IN (SELECT community_group FROM named_for JOIN wider USING (community)
                WHERE wider.wider = ?))
            AND (? IS NULL OR fact_key IN (SELECT community_group FROM named_for JOIN wider USING (community)
                WHERE wider.wider = ?))
            AND (? IS NULL OR kind = ?)
            AND {_all_words_in("words")}
    )"""


def _matching(wanted: Wanted) -> list[object]:
    """The values that `_MATCHES` binds."""
    return [
        *[wanted.as_at, wanted.borough, wanted.borough, wanted.faith, wanted.faith],
        *[wanted.community, wanted.community, wanted.kind, wanted.kind, wanted.search],
    ]


def matching(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[str]:
    """The keys of the groups that match every filter of `groups`, in the order of their names."""
    found = cursor.execute(
        f"WITH {_MATCHES} SELECT fact_key FROM g JOIN matching USING (fact_key) ORDER BY name, fact_key",
        _matching(wanted),
    ).fetchall()
    return [key for (key,) in found]


def groups(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Group]:
    """The groups that match every filter, by name.

    A borough matches where the group is based in it, serves it, or was in contact with its board or adviser. A faith
    or community matches where the group is named for it or for a narrower one. The search looks for all its words in
    the name, the printed names and the note. Groups and contacts that no document says by the as-at date are left out.
    """
    return groups_of(cursor, wanted.as_at, matching(cursor, wanted))


def groups_of(cursor: duckdb.DuckDBPyConnection, as_at: date, keys: Sequence[str]) -> list[Group]:
    """The groups of these keys that a document says by the as-at date, by name, with what it says by then."""
    return fetch(
        cursor,
        Group,
        f"""
        WITH asked AS (SELECT unnest(?::VARCHAR[]) AS fact_key),
        g AS (SELECT * FROM community_group JOIN asked USING (fact_key) WHERE community_group.{AS_AT}),
        contact AS (
            SELECT * FROM engagement
            WHERE community_group IN (SELECT fact_key FROM asked) AND engagement.{AS_AT}
        ),
        printed_as AS (
            SELECT fact_key, list(printed ORDER BY position) AS names
            FROM community_group_printed JOIN asked USING (fact_key) GROUP BY fact_key
        ),
        own AS (
            SELECT fact_key, list(label ORDER BY position) AS labels, list(communities) AS codes
            FROM community_group_communities AS link JOIN asked USING (fact_key)
            JOIN community ON community.community = link.communities GROUP BY fact_key
        ),
        also AS (
            SELECT g.fact_key, list(DISTINCT label ORDER BY label) AS labels
            FROM contact JOIN g ON g.fact_key = contact.community_group LEFT JOIN own ON own.fact_key = g.fact_key
            JOIN engagement_communities AS link ON link.fact_key = contact.fact_key
            JOIN community ON community.community = link.communities
            WHERE link.communities IS DISTINCT FROM g.faith
                AND NOT list_contains(coalesce(own.codes, []), link.communities)
            GROUP BY g.fact_key
        ),
        serving AS (
            SELECT fact_key, list(borough.borough ORDER BY borough.borough) AS names
            FROM community_group_serves AS link JOIN asked USING (fact_key)
            JOIN borough ON borough.gss_code = link.serves GROUP BY fact_key
        ),
        told AS (
            SELECT community_group AS fact_key,
                list(DISTINCT borough.borough ORDER BY borough.borough) FILTER (borough.borough IS NOT NULL) AS names,
                arg_max(step, list_position(?, step)) AS step, list(contact.fact_key ORDER BY contact.fact_key) AS keys
            FROM contact LEFT JOIN borough ON borough.gss_code = contact.borough GROUP BY community_group
        )
        SELECT g.fact_key, g.name, coalesce(printed_as.names, []), g.kind, faith.label, coalesce(own.labels, []),
            coalesce(also.labels, []), based.borough, g.based_in_status, coalesce(serving.names, []), g.serves_scope,
            coalesce(told.names, []), told.step, g.note, coalesce(told.keys, [])
        FROM g LEFT JOIN printed_as USING (fact_key) LEFT JOIN own USING (fact_key) LEFT JOIN also USING (fact_key)
        LEFT JOIN serving USING (fact_key) LEFT JOIN told USING (fact_key)
        LEFT JOIN community AS faith ON faith.community = g.faith
        LEFT JOIN borough AS based ON based.gss_code = g.based_in
        ORDER BY g.name, g.fact_key
        """,
        [list(keys), as_at, as_at, list(STEP.codes)],
    )


@dataclass(frozen=True)
class Contact:
    """One report of contact, with a named group or with none (`community_group` is None).

    `who`: the group's name, or the groups in our words. `borough` is None where none is told, and where `is_sensitive`:
    see `warehouse.care`.
    """

    fact_key: str
    community_group: str | None
    who: str
    communities: tuple[str, ...]
    scope: str
    borough: str | None
    is_sensitive: bool
    programme: str | None
    step: str
    happened: str | None
    happened_status: str
    summary: str


_CONTACT = """
    SELECT e.fact_key, e.community_group, coalesce(g.name, e.described_as, 'Groups not described'),
        coalesce((SELECT list(label ORDER BY position) FROM engagement_communities AS link
            JOIN community ON community.community = link.communities WHERE link.fact_key = e.fact_key), []),
        e.scope, CASE WHEN e.is_sensitive THEN NULL ELSE borough.borough END, e.is_sensitive,
        programme.name, e.step, e.happened, e.happened_status, e.summary
    FROM e LEFT JOIN community_group AS g ON g.fact_key = e.community_group
    LEFT JOIN borough ON borough.gss_code = e.borough
    LEFT JOIN programme ON programme.fact_key = e.programme"""


def named_contacts(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Contact]:
    """Every report of contact with the groups that `groups` gives for the same filters, by group."""
    return contacts_of(cursor, wanted.as_at, matching(cursor, wanted))


def contacts_of(cursor: duckdb.DuckDBPyConnection, as_at: date, keys: Sequence[str]) -> list[Contact]:
    """Every report of contact, by the as-at date, with the groups of these keys, by group."""
    return fetch(
        cursor,
        Contact,
        f"""
        WITH asked AS (SELECT unnest(?::VARCHAR[]) AS fact_key),
        e AS (
            SELECT *, {IS_SENSITIVE} AS is_sensitive FROM engagement
            WHERE community_group IN (SELECT fact_key FROM asked) AND engagement.{AS_AT}
        )
        {_CONTACT}
        ORDER BY g.name, g.fact_key, e.fact_key
        """,
        [list(keys), as_at],
    )


def unnamed_contacts(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Contact]:
    """Reports of contact that name no group, those with a borough first, by borough and what they are called.

    The kind is not asked: what is not named has none. A sensitive report is left out where a borough is wanted, since
    the choice alone would give its place away. The search looks into the description and the summary.
    """
    return fetch(
        cursor,
        Contact,
        f"""
        WITH {BASE} {_CONTACT}
        WHERE e.community_group IS NULL
            AND (? IS NULL OR (e.borough = ? AND NOT e.is_sensitive))
            AND (? IS NULL OR e.fact_key IN (SELECT link.fact_key FROM engagement_communities AS link
                JOIN wider ON wider.community = link.communities WHERE wider.wider = ?))
            AND (? IS NULL OR e.fact_key IN (SELECT link.fact_key FROM engagement_communities AS link
                JOIN wider ON wider.community = link.communities WHERE wider.wider = ?))
            AND {_all_words_in("concat_ws(' ', e.described_as, e.summary)")}
        ORDER BY 6 NULLS LAST, 3, e.fact_key
        """,
        [
            *[wanted.as_at, wanted.borough, wanted.borough, wanted.faith, wanted.faith],
            *[wanted.community, wanted.community, wanted.search],
        ],
    )


@dataclass(frozen=True)
class Known:
    """How much is told of all groups together. Lists hold names, for the sentences on what is not known."""

    groups: int
    based: int
    serving: int
    without_place: tuple[str, ...]
    without_community: tuple[str, ...]
    without_step: int
    unnamed_contacts: int
    unnamed_contacts_without_borough: int
    counted_not_named: tuple[str, ...]
    counted_keys: tuple[str, ...]


def known(cursor: duckdb.DuckDBPyConnection, as_at: date) -> Known:
    """Counts over all groups and contacts that a document says by the as-at date, whatever the filters.

    `serving`: groups with a borough they serve, or London as a whole. `without_place`: neither based in nor serving a
    place, nor in contact with a borough. `counted_not_named`: contacts that give a number of groups and name none.
    """
    (row,) = fetch(
        cursor,
        Known,
        f"""
        WITH {BASE},
        counted AS (SELECT * FROM e WHERE community_group IS NULL AND regexp_matches(described_as, '[0-9]'))
        SELECT (SELECT count(*) FROM g), (SELECT count(based_in) FROM g),
            (SELECT count(*) FROM g WHERE serves_scope IN ('london', 'elsewhere')
                OR fact_key IN (SELECT fact_key FROM community_group_serves)),
            coalesce((SELECT list(name ORDER BY name) FROM g
                WHERE serves_scope NOT IN ('london', 'elsewhere')
                    AND fact_key NOT IN (SELECT community_group FROM placed)), []),
            coalesce((SELECT list(name ORDER BY name) FROM g
                WHERE fact_key NOT IN (SELECT community_group FROM named_for)), []),
            (SELECT count(*) FROM g
                WHERE fact_key NOT IN (SELECT community_group FROM e WHERE community_group IS NOT NULL)),
            (SELECT count(*) FROM e WHERE community_group IS NULL),
            (SELECT count(*) FROM e WHERE community_group IS NULL AND borough IS NULL),
            coalesce((SELECT list(described_as ORDER BY fact_key) FROM counted), []),
            coalesce((SELECT list(fact_key ORDER BY fact_key) FROM counted), [])
        """,
        [as_at],
    )
    return row
