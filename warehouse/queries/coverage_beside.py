"""What stands beside the groups of a community and is never added to them: its residents, and its people trained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import duckdb

from warehouse.queries import population
from warehouse.queries.coverage_reach import ALL
from warehouse.rows import fetch


@dataclass(frozen=True)
class Trained:
    """People trained, in one community (None: all) and one area, or ALL areas. `unit` is a code of UNIT_OF_COUNT."""

    community: str | None
    place: str
    people: int
    unit: str
    fact_keys: tuple[str, ...]


def trained(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Trained]:
    """People trained by community and area, over all rounds with a count. Where nobody is counted there is no row.

    A community takes the lines of a round by ethnicity that are filed under it or under a narrower one: each person
    stands in one line. The unit is people where every round says so, else not stated. Attendances are left out.
    """
    return fetch(
        cursor,
        Trained,
        """
        WITH usable AS MATERIALIZED (SELECT fact_key FROM fact_usable WHERE usable_from <= ?),
        counted AS (
            SELECT wider.wider AS community, round.borough, line.people, line.unit_of_count, line.fact_key
            FROM training_count AS line JOIN training_round AS round ON round.fact_key = line.training_round
            JOIN community_wider AS wider USING (community)
            WHERE line.dimension = 'ethnicity' AND line.people IS NOT NULL AND line.unit_of_count <> 'attendances'
                AND line.fact_key IN (SELECT fact_key FROM usable) AND round.fact_key IN (SELECT fact_key FROM usable)
            UNION ALL
            SELECT NULL, borough, people, unit_of_count, fact_key FROM training_round
            WHERE people IS NOT NULL AND unit_of_count <> 'attendances'
                AND fact_key IN (SELECT fact_key FROM usable)
        ),
        everywhere AS (
            SELECT * FROM counted UNION ALL SELECT community, 'all', people, unit_of_count, fact_key FROM counted
        )
        SELECT community, borough, sum(people)::BIGINT, if(bool_and(unit_of_count = 'people'), 'people', 'not_stated'),
            list(fact_key ORDER BY fact_key)
        FROM everywhere GROUP BY community, borough ORDER BY community NULLS FIRST, borough
        """,
        [as_at],
    )


@dataclass(frozen=True)
class Residents:
    """Residents of one community (None: everybody) in one area, or ALL areas together, by the census of that year.

    `people` is None where there is no number; `reason` is then a code of NO_RATE (warehouse.schema.population), and
    `census_row` the row that holds the community together with others, where there is one.
    """

    community: str | None
    place: str
    people: int | None
    census: int
    census_row: str | None
    reason: str | None


def residents(cursor: duckdb.DuckDBPyConnection) -> list[Residents]:
    """Every community, and everybody, with every area and with ALL. Empty where no census table is loaded.

    Of several censuses the latest that has a number is taken, community by community. Censuses are never mixed in one
    community. A count of ALL needs a number for every area.
    """
    loaded = population.tables(cursor)
    found: dict[str | None, list[Residents]] = {}
    for table in sorted(loaded, key=lambda table: (-table.census, table.subject)):
        counts = population.residents(cursor, table.census, table.subject)
        everybody = [
            Residents(None, row.gss_code, row.people, table.census, row.label, None)
            for row in counts
            if row.level == "all"
        ]
        found.setdefault(None, everybody)
    for census in sorted({table.census for table in loaded}, reverse=True):
        own: dict[str | None, list[Residents]] = {}
        for row in population.of_communities(cursor, census):
            line = Residents(row.community, row.gss_code, row.people, census, row.group_label, row.reason)
            own.setdefault(row.community, []).append(line)
        for community, lines in own.items():
            if community not in found or (lines[0].people is not None and found[community][0].people is None):
                found[community] = lines
    return [line for lines in found.values() for line in (*lines, _everywhere(lines))]


def _everywhere(lines: list[Residents]) -> Residents:
    counts = [line.people for line in lines]
    return replace(lines[0], place=ALL, people=None if None in counts else sum(counts))
