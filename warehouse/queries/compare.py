"""Boards beside one another: who reported, the furthest stage of each theme, and figures of which a board has one.

The unit is the board, of which there are 32. A joint board counts once: what a document prints for any of its areas is
the board's. No row holds a number of acts: that would rank boards by how much was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.areas import NO_ENTRY, SILENT, STAGE_NOT_SAID
from warehouse.rows import AS_AT, OWN_WORDS, fetch
from warehouse.schema.vocabulary import ACTUAL_ROLES, STAGE

STATEMENT = f"{OWN_WORDS} AND response = 'entry' AND round_response.{AS_AT}"
"""A condition on `round_response`: the board has a statement of its own. Bind the as-at date."""


@dataclass(frozen=True)
class Board:
    """One board: the names and codes of its areas, in order of name, and the parts of London they lie in.

    `rings_ons` and `rings_statutory` hold codes of RING, each once. `fact_keys` say whether it has a statement.
    """

    board: str
    board_name: str
    areas: tuple[str, ...]
    gss_codes: tuple[str, ...]
    rings_ons: tuple[str, ...]
    rings_statutory: tuple[str, ...]
    has_statement: bool
    fact_keys: tuple[str, ...]


def boards(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Board]:
    """The 32 boards by name, each with whether it is one of those that reported: it has a statement of its own."""
    return fetch(
        cursor,
        Board,
        f"""
        WITH own AS (
            SELECT lookup.board, list(borough.borough ORDER BY borough.borough) AS names,
                list(borough.gss_code ORDER BY borough.borough) AS codes,
                list(DISTINCT borough.ring_ons ORDER BY borough.ring_ons) AS ons,
                list(DISTINCT borough.ring_statutory ORDER BY borough.ring_statutory) AS statutory
            FROM authority_board AS lookup JOIN borough USING (gss_code) GROUP BY lookup.board
        ),
        answers AS (
            SELECT board, bool_or(response = 'entry') AS has_statement, list(fact_key ORDER BY fact_key) AS keys
            FROM round_response WHERE {OWN_WORDS} AND {AS_AT} GROUP BY board
        )
        SELECT board.board, board_name, own.names, own.codes, own.ons, own.statutory,
            coalesce(has_statement, FALSE), coalesce(answers.keys, [])
        FROM board JOIN own USING (board) LEFT JOIN answers USING (board) ORDER BY board_name
        """,
        [as_at],
    )


@dataclass(frozen=True)
class BoardTheme:
    """One board on one theme. `state` is a code of STAGE, STAGE_NOT_SAID, SILENT or NO_ENTRY.

    `reached` are the keys of the acts at the furthest stage, `further` those of its other acts on the theme, the
    furthest stage first.
    """

    board: str
    board_name: str
    theme: str
    label: str
    state: str
    reached: tuple[str, ...]
    further: tuple[str, ...]

    @property
    def is_reported(self) -> bool:
        """Whether any document reports an act of this board on the theme, at whatever stage."""
        return self.state not in (SILENT, NO_ENTRY)


def board_themes(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[BoardTheme]:
    """Each of the 32 boards on each theme, by name of the board and label of the theme.

    The state is the furthest stage that a document reports in one of the board's areas, whoever acts, as on the map.
    Where none is reported it is SILENT for a board with a statement of 2007 and NO_ENTRY for one without. Left out:
    context, which is no act, and acts whose borough is not named.
    """
    return fetch(
        cursor,
        BoardTheme,
        f"""
        WITH acts AS (
            SELECT lookup.board, link.themes AS theme, act.fact_key, coalesce(list_position(?, act.stage), 0) AS place,
                max(coalesce(list_position(?, act.stage), 0)) OVER (PARTITION BY lookup.board, link.themes) AS furthest
            FROM activity AS act JOIN activity_themes AS link USING (fact_key)
            JOIN authority_board AS lookup ON lookup.gss_code = act.borough
            WHERE act.scope = 'borough' AND act.kind <> 'context' AND act.{AS_AT}
        ),
        reported AS (
            SELECT board, theme, any_value(furthest) AS furthest,
                coalesce(list(fact_key ORDER BY fact_key) FILTER (place = furthest), []) AS reached,
                coalesce(list(fact_key ORDER BY place DESC, fact_key) FILTER (place < furthest), []) AS further
            FROM acts GROUP BY board, theme
        )
        SELECT board.board, board.board_name, theme.theme, theme.label,
            CASE WHEN furthest > 0 THEN list_extract(?, furthest) WHEN furthest = 0 THEN ?
                WHEN board.board IN (SELECT board FROM round_response WHERE {STATEMENT}) THEN ? ELSE ? END,
            coalesce(reached, []), coalesce(further, [])
        FROM board CROSS JOIN theme
        LEFT JOIN reported ON reported.board = board.board AND reported.theme = theme.theme
        ORDER BY board.board_name, theme.label
        """,
        [list(STAGE.codes)] * 2 + [as_at, list(STAGE.codes), STAGE_NOT_SAID, as_at, SILENT, NO_ENTRY],
    )


@dataclass(frozen=True)
class Together:
    """A board that took part in a programme together with another, and the names of these programmes."""

    board: str
    programmes: tuple[str, ...]
    fact_keys: tuple[str, ...]


def took_part_together(cursor: duckdb.DuckDBPyConnection, board: str, as_at: date) -> list[Together]:
    """The other boards that took part in a programme in which `board` took part, by code, with these programmes.

    Taking part is a role in ACTUAL_ROLES in one of the board's areas. A plan, a proposal or support is not.
    """
    return fetch(
        cursor,
        Together,
        f"""
        WITH roles AS (
            SELECT lookup.board, pb.programme, pb.fact_key
            FROM programme_borough AS pb JOIN authority_board AS lookup ON lookup.gss_code = pb.borough
            WHERE list_contains(?, pb.role) AND pb.{AS_AT}
        )
        SELECT roles.board, list(DISTINCT programme.name ORDER BY programme.name),
            list(DISTINCT roles.fact_key ORDER BY roles.fact_key)
        FROM roles JOIN programme ON programme.fact_key = roles.programme
        WHERE roles.board <> ? AND roles.programme IN (SELECT programme FROM roles WHERE board = ?)
        GROUP BY roles.board ORDER BY roles.board
        """,
        [list(ACTUAL_ROLES), as_at, board, board],
    )


@dataclass(frozen=True)
class BoardFigure:
    """A number printed about one board. `measure` and `unit` say what it counts, `period` the years it counts over."""

    measure: str
    unit: str
    period: str | None
    board: str
    board_name: str
    value: float
    fact_keys: tuple[str, ...]


def board_figures(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[BoardFigure]:
    """Every number that is printed about a board, by measure and name of the board: people trained, then the others.

    People trained is the sum over the training rounds of the board's areas, in `people` where every round says that it
    counts people and in `not_stated` where one does not. Left out: attendances, numbers printed as a range or as about
    so many, and boards of which no number is printed, which is no zero.
    """
    return fetch(
        cursor,
        BoardFigure,
        f"""
        WITH figures AS (
            SELECT 'People trained' AS measure,
                if(bool_and(unit_of_count = 'people'), 'people', 'not_stated') AS unit,
                min(left(coalesce(tables_from, narrative_from), 4)) AS first_year,
                max(left(coalesce(tables_to, narrative_to), 4)) AS last_year,
                lookup.board, sum(people)::DOUBLE AS value, list(fact_key ORDER BY fact_key) AS keys, 0 AS place
            FROM training_round JOIN authority_board AS lookup ON lookup.gss_code = training_round.borough
            WHERE people IS NOT NULL AND unit_of_count <> 'attendances' AND training_round.{AS_AT}
            GROUP BY lookup.board
            UNION ALL
            SELECT title, unit, left(as_at, 4), left(as_at, 4), lookup.board, value, [fact_key], 1
            FROM printed_figure JOIN authority_board AS lookup ON lookup.gss_code = printed_figure.borough
            WHERE value IS NOT NULL AND value_high IS NULL AND precision = 'exact' AND printed_figure.{AS_AT}
        )
        SELECT measure, unit, if(first_year = last_year, first_year, first_year || '–' || last_year), board, board_name,
            value, keys
        FROM figures JOIN board USING (board) ORDER BY place, measure, board_name, keys
        """,
        [as_at, as_at],
    )
