"""Everything the documents report of one borough and its board: one function for each section of the profile.

All take the GSS code of the area (`answers` the code of its board) and the as-at date; all rows carry the keys of the
facts they show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.care import CONCERN, CONCERNS, IS_SENSITIVE
from warehouse.rows import AS_AT, fetch


@dataclass(frozen=True)
class Role:
    """One role of the borough in one programme."""

    fact_key: str
    programme: str
    role: str
    note: str | None


def roles(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Role]:
    """The borough's roles in programmes, by programme."""
    return fetch(
        cursor,
        Role,
        f"""
        SELECT pb.fact_key, programme.name, pb.role, pb.note
        FROM programme_borough AS pb JOIN programme ON programme.fact_key = pb.programme
        WHERE pb.borough = ? AND pb.{AS_AT} ORDER BY programme.name, pb.fact_key
        """,
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class Act:
    """One act, context or participation. `stage` is a code of STAGE or None with `stage_status`.

    `concerns`: which of CONCERNS it deals with. `is_apart`: it deals with one of them and the text names a community
    with it, so nothing that could name the community is given: summary, actor, audience, communities.
    """

    fact_key: str
    round: str
    actor: str | None
    kind: str
    stage: str | None
    stage_status: str
    summary: str | None
    audience: str | None
    happened: str | None
    happened_text: str | None
    themes: tuple[str, ...]
    communities: tuple[str, ...]
    is_part: bool
    concerns: tuple[str, ...]
    is_apart: bool


def acts(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Act]:
    """The acts reported of the borough, its board's own statement first; themes and communities by their labels."""
    return fetch(
        cursor,
        Act,
        f"""
        WITH {CONCERN},
        act AS (
            SELECT activity.*, coalesce(concern.codes, []) AS concerns, coalesce(concern.is_apart, FALSE) AS is_apart
            FROM activity LEFT JOIN concern USING (fact_key) WHERE borough = ? AND activity.{AS_AT}
        )
        SELECT act.fact_key, act.round, if(is_apart, NULL, act.actor), act.kind, act.stage, act.stage_status,
            if(is_apart, NULL, act.summary), if(is_apart, NULL, act.audience), act.happened, act.happened_text,
            coalesce((SELECT list(theme.label ORDER BY link.position) FROM activity_themes AS link
                JOIN theme ON theme.theme = link.themes WHERE link.fact_key = act.fact_key), []),
            if(is_apart, [], coalesce((SELECT list(community.label ORDER BY link.position)
                FROM activity_communities AS link JOIN community ON community.community = link.communities
                WHERE link.fact_key = act.fact_key), [])),
            act.part_of IS NOT NULL, concerns, is_apart
        FROM act ORDER BY act.round, act.fact_key
        """,
        [list(CONCERNS), gss_code, as_at],
    )


@dataclass(frozen=True)
class Obstacle:
    """One thing that is said to stand in the way."""

    fact_key: str
    said_by: str
    kind: str
    summary: str


def obstacles(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Obstacle]:
    """What stands in the way in the borough, as its board or a group says."""
    return fetch(
        cursor,
        Obstacle,
        f"SELECT fact_key, said_by, kind, summary FROM obstacle WHERE borough = ? AND {AS_AT} ORDER BY fact_key",
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class PilotPart:
    """One pilot of the borough, or one part of it: `kind` is 'pilot' for its own line, which has no stage.

    `stage` and `summary` may be absent; the statuses say why.
    """

    fact_key: str
    pilot: str
    kind: str
    stage: str | None
    stage_status: str
    summary: str | None
    summary_status: str


def pilot_parts(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[PilotPart]:
    """The pilots that name the borough, each followed by its parts."""
    return fetch(
        cursor,
        PilotPart,
        f"""
        WITH own AS (
            SELECT pilot.* FROM pilot JOIN pilot_boroughs AS place USING (fact_key)
            WHERE place.boroughs = ? AND pilot.{AS_AT}
        )
        SELECT fact_key, pilot, kind, stage, stage_status, summary, summary_status FROM (
            SELECT fact_key, name AS pilot, 'pilot' AS kind, NULL AS stage, 'not_asked' AS stage_status,
                set_out_to AS summary, set_out_to_status AS summary_status, 0 AS place FROM own
            UNION ALL
            SELECT item.fact_key, own.name, item.kind, item.stage, item.stage_status, item.summary, 'value', 1
            FROM pilot_item AS item JOIN own ON own.fact_key = item.pilot WHERE item.{AS_AT}
        ) ORDER BY pilot, place, fact_key
        """,
        [gss_code, as_at, as_at],
    )


@dataclass(frozen=True)
class GroupHere:
    """A group that is said to be based in the borough, to serve it, or to have been in contact there."""

    community_group: str
    name: str
    how: tuple[str, ...]
    steps: tuple[str, ...]
    fact_keys: tuple[str, ...]


def groups(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[GroupHere]:
    """The named groups of the borough by name, with how they belong to it and the steps of engagement reported."""
    return fetch(
        cursor,
        GroupHere,
        f"""
        SELECT place.community_group, g.name, list(DISTINCT place.how ORDER BY place.how),
            coalesce(list(DISTINCT engagement.step ORDER BY engagement.step)
                FILTER (engagement.step IS NOT NULL), []),
            list(DISTINCT place.fact_key ORDER BY place.fact_key)
        FROM group_place AS place JOIN community_group AS g ON g.fact_key = place.community_group
        LEFT JOIN engagement ON engagement.fact_key = place.fact_key
        WHERE place.borough = ? AND place.{AS_AT}
        GROUP BY place.community_group, g.name ORDER BY g.name, place.community_group
        """,
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class Contact:
    """A contact with groups that the text describes and does not name.

    `is_apart`: it deals with a concern that never stands beside a borough and a community at once, see
    `warehouse.care`; then neither who was met nor what is reported is given.
    """

    fact_key: str
    described_as: str | None
    step: str
    happened: str | None
    summary: str | None
    is_apart: bool


def contacts(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Contact]:
    """Contacts in the borough with groups that are not named."""
    return fetch(
        cursor,
        Contact,
        f"""
        SELECT fact_key, if(is_apart, NULL, described_as), step, happened, if(is_apart, NULL, summary), is_apart
        FROM (SELECT *, {IS_SENSITIVE} AS is_apart FROM engagement)
        WHERE borough = ? AND community_group IS NULL AND {AS_AT} ORDER BY fact_key
        """,
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class Named:
    """A community that some fact names for the borough."""

    community: str
    fact_keys: tuple[str, ...]


def communities(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Named]:
    """The communities named for the borough, by label."""
    return fetch(
        cursor,
        Named,
        f"""
        SELECT community.label, list(DISTINCT named.fact_key ORDER BY named.fact_key)
        FROM community_named AS named JOIN community USING (community)
        WHERE named.borough = ? AND named.{AS_AT} GROUP BY community.label ORDER BY community.label
        """,
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class NumberHere:
    """A printed number about the borough. `value_high` is the end of a range. `unit` is a word, or a code of
    UNIT_OF_COUNT."""

    fact_key: str
    title: str
    value: float | None
    value_status: str
    value_high: float | None
    precision: str
    unit: str


def numbers(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[NumberHere]:
    """The numbers printed about the borough: people trained in each round, then other printed figures."""
    return fetch(
        cursor,
        NumberHere,
        f"""
        SELECT fact_key, if(unit_of_count = 'attendances', 'Attendances: ', 'People trained: ') || title,
            people::DOUBLE, people_status, NULL, 'exact', unit_of_count
        FROM training_round WHERE borough = ? AND {AS_AT}
        UNION ALL
        SELECT fact_key, title, value, value_status, value_high, precision, unit
        FROM printed_figure WHERE borough = ? AND {AS_AT}
        ORDER BY 1
        """,
        [gss_code, as_at, gss_code, as_at],
    )


@dataclass(frozen=True)
class Dated:
    """Something promised or dated in the borough: `kind` is 'output' or 'event'. `happens_to`: the end of an event that
    lasts."""

    fact_key: str
    kind: str
    name: str
    happens: str | None
    happens_to: str | None
    date_text: str | None
    state: str


def dated(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Dated]:
    """Outputs promised and events, by date, the undated last. The state of an output is the last one reported."""
    return fetch(
        cursor,
        Dated,
        f"""
        SELECT output.fact_key, 'output' AS kind, output.name, output.planned_for, NULL, output.planned_text,
            coalesce((SELECT arg_max(report.state, (document.usable_from, report.fact_key))
                FROM status_report AS report JOIN document USING (document)
                WHERE report.subject = output.fact_key AND report.{AS_AT}), 'not_reported')
        FROM output WHERE output.borough = ? AND output.{AS_AT}
        UNION ALL
        SELECT fact_key, 'event', title, happens, happens_to, date_text, state FROM milestone
        WHERE borough = ? AND {AS_AT}
        ORDER BY 4 NULLS LAST, 1
        """,
        [as_at, gss_code, as_at, gss_code, as_at],
    )


@dataclass(frozen=True)
class BodyHere:
    """A body of the borough, or a body of London or elsewhere that the borough chairs (`is_chaired_here`)."""

    fact_key: str
    name: str
    is_chaired_here: bool
    members: str | None
    purpose: str | None


def bodies(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[BodyHere]:
    """The bodies of the borough and those that it chairs elsewhere, by name."""
    return fetch(
        cursor,
        BodyHere,
        f"""
        SELECT fact_key, name, borough IS DISTINCT FROM ?, members, purpose
        FROM body WHERE (borough = ? OR chair_borough = ?) AND {AS_AT} ORDER BY name, fact_key
        """,
        [gss_code, gss_code, gss_code, as_at],
    )


@dataclass(frozen=True)
class Said:
    """A statement that names the borough. `said_by` is a role."""

    fact_key: str
    kind: str
    said_by: str | None
    headline: str


def statements(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[Said]:
    """Statements that name the borough: views, examples, findings."""
    return fetch(
        cursor,
        Said,
        f"SELECT fact_key, kind, said_by, headline FROM statement WHERE borough = ? AND {AS_AT} ORDER BY fact_key",
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class PartnerHere:
    """An agency's role in something, where the text names the borough."""

    fact_key: str
    partner: str
    role: str
    note: str | None


def partners(cursor: duckdb.DuckDBPyConnection, gss_code: str, as_at: date) -> list[PartnerHere]:
    """Agencies named with the borough, by name."""
    return fetch(
        cursor,
        PartnerHere,
        f"""
        SELECT link.fact_key, partner.name, link.role, link.note
        FROM partner_link AS link JOIN partner ON partner.fact_key = link.partner
        WHERE link.borough = ? AND link.{AS_AT} ORDER BY partner.name, link.fact_key
        """,
        [gss_code, as_at],
    )


@dataclass(frozen=True)
class Answer:
    """Whether the board answered one round."""

    fact_key: str
    round: str
    round_label: str
    response: str
    note: str | None


def answers(cursor: duckdb.DuckDBPyConnection, board: str, as_at: date) -> list[Answer]:
    """What is known of the board's part in each round."""
    return fetch(
        cursor,
        Answer,
        f"""
        SELECT fact_key, round, label, response, note FROM round_response JOIN round USING (round)
        WHERE board = ? AND {AS_AT} ORDER BY round, fact_key
        """,
        [board, as_at],
    )
