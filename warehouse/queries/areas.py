"""What the documents say of each of the 33 areas: one function for each lens of the borough map.

Every function gives all 33 areas in the order of their names, each with a category, the words that say why, and the
keys of the facts behind it. A category is never a number of rows: that would rank boroughs by how much was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.care import CONCERN, CONCERNS
from warehouse.queries.groups import BASE
from warehouse.rows import AS_AT, OWN_WORDS, fetch
from warehouse.schema.vocabulary import ACTUAL_ROLES, STAGE

NOT_NAMED = "not_named"


@dataclass(frozen=True)
class Area:
    """One area in one lens. `words` are short phrases; `fact_keys` the facts they rest on."""

    gss_code: str
    borough: str
    category: str
    words: tuple[str, ...]
    fact_keys: tuple[str, ...]


@dataclass(frozen=True)
class AreaFigure:
    """One area with a number, or the status that stands in its place."""

    gss_code: str
    borough: str
    value: int | None
    status: str
    fact_keys: tuple[str, ...]


TOOK_PART = {"took_part": "Took part in a programme", "other_role": "Planned, proposed or interested only"}
TOOK_PART_OTHERWISE = {"otherwise_named": "Named in other ways only"}


def took_part(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Area]:
    """Each area by whether a document names it as taking part in any programme.

    Categories: took_part (a role in ACTUAL_ROLES), other_role (planned, proposed, interested, support),
    otherwise_named (only an act, obstacle, group, event or figure names it), not_named.
    """
    return fetch(
        cursor,
        Area,
        f"""
        WITH roles AS (
            SELECT pb.borough, pb.fact_key, pb.role, programme.name,
                list_contains(?, pb.role) AS is_actual
            FROM programme_borough AS pb JOIN programme ON programme.fact_key = pb.programme
            WHERE pb.{AS_AT}
        ),
        by_area AS (
            SELECT borough, bool_or(is_actual) AS took_part,
                CASE WHEN bool_or(is_actual) THEN list(DISTINCT name ORDER BY name) FILTER (is_actual)
                    ELSE list(DISTINCT name ORDER BY name) END AS names,
                list(fact_key ORDER BY fact_key) AS keys
            FROM roles GROUP BY borough
        ),
        otherwise AS (
            SELECT borough, list(DISTINCT fact_key ORDER BY fact_key) AS keys FROM area_named
            WHERE table_name <> 'programme_borough' AND {AS_AT} GROUP BY borough
        )
        SELECT borough.gss_code, borough.borough,
            CASE WHEN by_area.took_part THEN 'took_part' WHEN by_area.borough IS NOT NULL THEN 'other_role'
                WHEN otherwise.borough IS NOT NULL THEN 'otherwise_named' ELSE 'not_named' END,
            coalesce(by_area.names, []),
            coalesce(by_area.keys, otherwise.keys, [])
        FROM borough
        LEFT JOIN by_area ON by_area.borough = borough.gss_code
        LEFT JOIN otherwise ON otherwise.borough = borough.gss_code
        ORDER BY borough.borough
        """,
        [list(ACTUAL_ROLES), as_at, as_at],
    )


ONE_PROGRAMME = {
    "planned_and_took_part": "Planned and took part",
    "took_part_only": "Took part, no plan found",
    "planned_only": "Planned, taking part not reported",
    "other_role": "Proposed, interested or gave support",
}


def one_programme(cursor: duckdb.DuckDBPyConnection, programme: str, as_at: date) -> list[Area]:
    """Each area by its part in one programme, planned against actual. Categories: ONE_PROGRAMME and not_named."""
    return fetch(
        cursor,
        Area,
        f"""
        WITH roles AS (
            SELECT borough, bool_or(role = 'planned') AS planned, bool_or(list_contains(?, role)) AS actual,
                list(DISTINCT role ORDER BY role) AS roles, list(fact_key ORDER BY fact_key) AS keys
            FROM programme_borough WHERE programme = ? AND {AS_AT} GROUP BY borough
        )
        SELECT gss_code, borough.borough,
            CASE WHEN roles.borough IS NULL THEN 'not_named' WHEN planned AND actual THEN 'planned_and_took_part'
                WHEN actual THEN 'took_part_only' WHEN planned THEN 'planned_only' ELSE 'other_role' END,
            coalesce(roles.roles, []), coalesce(roles.keys, [])
        FROM borough LEFT JOIN roles ON roles.borough = borough.gss_code ORDER BY borough.borough
        """,
        [list(ACTUAL_ROLES), programme, as_at],
    )


NO_ENTRY = "no_entry"
STAGE_NOT_SAID = "stage_not_reported"
SILENT = "silent"


@dataclass(frozen=True)
class ThemeArea(Area):
    """One area in the lens of themes. `words` and `fact_keys`: the acts at its furthest stage.

    board: the code of its board. has_statement: the board has a statement of its own. in_statement: that statement
    reports something on the theme. concerns: codes of CONCERNS that the acts of `fact_keys` deal with; apart: those of
    acts with which the text names a community, and whose words are therefore left out.
    """

    board: str
    has_statement: bool
    in_statement: bool
    concerns: tuple[str, ...]
    apart: tuple[str, ...]


def theme_stage(cursor: duckdb.DuckDBPyConnection, theme: str, as_at: date) -> list[ThemeArea]:
    """Each area by the furthest stage its board or council reports for one theme.

    Categories: a code of STAGE; stage_not_reported (an act without a stage); silent (its board has an entry in the
    2007 statements and says nothing on the theme); no_entry (its board has none). The words are the acts at that stage.
    """
    return fetch(
        cursor,
        ThemeArea,
        f"""
        WITH {CONCERN},
        acts AS (
            SELECT activity.borough, activity.fact_key, activity.summary, {OWN_WORDS} AS is_own,
                coalesce(stage, 'stage_not_reported') AS stage,
                coalesce(list_position(?, stage), 0) AS place,
                coalesce(concern.codes, []) AS codes, coalesce(concern.is_apart, FALSE) AS is_apart
            FROM activity JOIN activity_themes USING (fact_key) LEFT JOIN concern USING (fact_key)
            WHERE activity_themes.themes = ? AND scope = 'borough' AND kind <> 'context' AND activity.{AS_AT}
        ),
        furthest AS (
            SELECT borough, arg_max(stage, place) AS stage, max(place) AS place FROM acts GROUP BY borough
        ),
        reached AS (
            SELECT acts.borough, furthest.stage,
                list(acts.summary ORDER BY acts.fact_key) FILTER (NOT is_apart) AS words,
                list(acts.fact_key ORDER BY acts.fact_key) AS keys,
                list_sort(list_distinct(flatten(list(codes)))) AS concerns,
                list_sort(list_distinct(flatten(list(codes) FILTER (is_apart)))) AS apart
            FROM acts JOIN furthest ON furthest.borough = acts.borough AND furthest.place = acts.place
            GROUP BY acts.borough, furthest.stage
        ),
        entries AS (
            SELECT DISTINCT board FROM round_response
            WHERE {OWN_WORDS} AND response = 'entry' AND round_response.{AS_AT}
        ),
        told AS (
            SELECT DISTINCT board FROM acts JOIN authority_board ON authority_board.gss_code = acts.borough
            WHERE is_own AND board IN (SELECT board FROM entries)
        )
        SELECT borough.gss_code, borough.borough,
            CASE WHEN reached.borough IS NOT NULL THEN reached.stage
                WHEN lookup.board IN (SELECT board FROM entries) THEN 'silent' ELSE 'no_entry' END,
            coalesce(reached.words, []), coalesce(reached.keys, []), lookup.board,
            lookup.board IN (SELECT board FROM entries), lookup.board IN (SELECT board FROM told),
            coalesce(reached.concerns, []), coalesce(reached.apart, [])
        FROM borough JOIN authority_board AS lookup ON lookup.gss_code = borough.gss_code
        LEFT JOIN reached ON reached.borough = borough.gss_code
        ORDER BY borough.borough
        """,
        [list(CONCERNS), list(STAGE.codes), theme, as_at, as_at],
    )


NAMED = {
    "both": "Groups and communities named",
    "groups": "Groups named, no community",
    "communities": "Communities named, no group",
}


def communities_and_groups(cursor: duckdb.DuckDBPyConnection, as_at: date, community: str | None = None) -> list[Area]:
    """Each area by whether a document names a community or a group there, for one community or for all.

    A group counts for an area where the text says that it is based there, serves it, or had contact with its board. It
    counts for a community where its own entry or a report of contact names that community or a narrower one.
    Categories: NAMED and not_named.
    """
    return fetch(
        cursor,
        Area,
        f"""
        WITH {BASE},
        groups AS (
            SELECT placed.borough, list(DISTINCT g.name ORDER BY g.name) AS names,
                list(DISTINCT placed.fact_key ORDER BY placed.fact_key) AS keys
            FROM placed JOIN g ON g.fact_key = placed.community_group
            WHERE ? IS NULL OR g.fact_key IN (
                SELECT community_group FROM named_for JOIN wider USING (community) WHERE wider.wider = ?)
            GROUP BY placed.borough
        ),
        communities AS (
            SELECT named.borough, list(DISTINCT community.label ORDER BY community.label) AS names,
                list(DISTINCT named.fact_key ORDER BY named.fact_key) AS keys
            FROM community_named AS named JOIN usable USING (fact_key) JOIN community USING (community)
            WHERE ? IS NULL OR named.community IN (SELECT community FROM wider WHERE wider.wider = ?)
            GROUP BY named.borough
        )
        SELECT borough.gss_code, borough.borough,
            CASE WHEN groups.borough IS NOT NULL AND communities.borough IS NOT NULL THEN 'both'
                WHEN groups.borough IS NOT NULL THEN 'groups'
                WHEN communities.borough IS NOT NULL THEN 'communities' ELSE 'not_named' END,
            list_concat(coalesce(communities.names, []), coalesce(groups.names, [])),
            list_sort(list_distinct(list_concat(coalesce(communities.keys, []), coalesce(groups.keys, []))))
        FROM borough LEFT JOIN groups ON groups.borough = borough.gss_code
        LEFT JOIN communities ON communities.borough = borough.gss_code
        ORDER BY borough.borough
        """,
        [as_at, community, community, community, community],
    )


def people_trained(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[AreaFigure]:
    """People trained in each area over all its training rounds; not reported where no document counts any."""
    return fetch(
        cursor,
        AreaFigure,
        f"""
        WITH trained AS (
            SELECT borough, sum(people)::BIGINT AS people, list(fact_key ORDER BY fact_key) AS keys FROM training_round
            WHERE people IS NOT NULL AND unit_of_count <> 'attendances' AND {AS_AT} GROUP BY borough
        )
        SELECT gss_code, borough.borough, people,
            CASE WHEN people IS NULL THEN 'not_reported' WHEN people = 0 THEN 'zero' ELSE 'value' END,
            coalesce(keys, [])
        FROM borough LEFT JOIN trained ON trained.borough = borough.gss_code ORDER BY borough.borough
        """,
        [as_at],
    )


PILOT_ROLES = {
    "pilot": "Named in a pilot",
    "proposed": "Named in a proposal or bid only",
}


def pilots(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Area]:
    """Each area by whether a document names it in a pilot. Categories: PILOT_ROLES and not_named."""
    return fetch(
        cursor,
        Area,
        f"""
        WITH named AS (
            SELECT place.boroughs AS borough, bool_or(kind IN ('pilot', 'linked')) AS is_pilot,
                list(DISTINCT name ORDER BY name) AS names,
                list(DISTINCT pilot.fact_key ORDER BY pilot.fact_key) AS keys
            FROM pilot JOIN pilot_boroughs AS place USING (fact_key) WHERE pilot.{AS_AT} GROUP BY place.boroughs
        )
        SELECT gss_code, borough.borough,
            CASE WHEN is_pilot THEN 'pilot' WHEN named.borough IS NOT NULL THEN 'proposed' ELSE 'not_named' END,
            coalesce(names, []), coalesce(keys, [])
        FROM borough LEFT JOIN named ON named.borough = borough.gss_code ORDER BY borough.borough
        """,
        [as_at],
    )


def pilots_without_area(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[str]:
    """The names of the pilots, proposals and bids that name no area, by name: no map can show them."""
    found = cursor.execute(
        f"""
        SELECT name FROM pilot WHERE fact_key NOT IN (SELECT fact_key FROM pilot_boroughs) AND pilot.{AS_AT}
        ORDER BY name, fact_key
        """,
        [as_at],
    ).fetchall()
    return [name for (name,) in found]
