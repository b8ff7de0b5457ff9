"""Programmes over the years: which borough was planned for which programme in which year, and which took part.

A document gives a borough's role and the date for which it says so; few give the years of the work. How a role is put
into years is our rule, stated in `by_year`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.areas import ONE_PROGRAMME
from warehouse.rows import AS_AT, fetch
from warehouse.schema.vocabulary import ACTUAL_ROLES

CATEGORIES = tuple(ONE_PROGRAMME)
"""The categories of a borough in a programme, the furthest first: of several programmes the first of these is shown."""


@dataclass(frozen=True)
class YearArea:
    """One area in one year. `category` is the furthest over the programmes, of CATEGORIES, or not_named.

    `programmes`: the names of those that name the area in that year; `categories`: what each says, in the same order.
    """

    year: int
    gss_code: str
    borough: str
    category: str
    programmes: tuple[str, ...]
    categories: tuple[str, ...]
    fact_keys: tuple[str, ...]


def by_year(
    cursor: duckdb.DuckDBPyConnection, programmes: Sequence[str], first: int, last: int, as_at: date
) -> list[YearArea]:
    """Every year from `first` to `last` with every one of the 33 areas, by year and name of the area.

    programmes: fact keys. A role stands in these years: where it is one of taking part and the programme's reported
    beginning and end are both known, all years from one to the other; where it is planned and both planned dates are
    known, likewise; else the years for which a document says it. Taking part is planned_and_took_part where a document
    planned the area for that programme, for whatever year. Left out: other years, what no document says by the as-at
    date, and the dates of a programme whose own entry is later.
    """
    return fetch(
        cursor,
        YearArea,
        f"""
        WITH roles AS (
            SELECT pb.fact_key, pb.programme, programme.name, pb.borough,
                CASE WHEN list_contains(?, role) THEN 'actual' WHEN role = 'planned' THEN role ELSE 'other' END AS part,
                programme.fact_key IN (SELECT fact_key FROM fact_usable WHERE usable_from <= ?) AS is_dated,
                CASE part WHEN 'actual' THEN actual_from WHEN 'planned' THEN planned_from END AS begins,
                CASE part WHEN 'actual' THEN actual_to WHEN 'planned' THEN planned_to END AS ends
            FROM programme_borough AS pb JOIN programme ON programme.fact_key = pb.programme
            WHERE list_contains(?, pb.programme) AND pb.{AS_AT}
        ),
        placed AS (
            SELECT *, unnest(range(left(begins, 4)::BIGINT, left(ends, 4)::BIGINT + 1)) AS year
            FROM roles WHERE is_dated AND begins IS NOT NULL AND ends IS NOT NULL
            UNION
            SELECT roles.*, left(said.as_at, 4)::BIGINT
            FROM roles JOIN fact_source AS said USING (fact_key) JOIN document USING (document)
            WHERE document.usable_from <= ? AND NOT (is_dated AND begins IS NOT NULL AND ends IS NOT NULL)
        ),
        plans AS (
            SELECT programme, borough, list(fact_key) AS keys FROM roles WHERE part = 'planned' GROUP BY ALL
        ),
        one AS (
            SELECT year, borough, programme, name,
                CASE WHEN bool_or(part = 'actual') THEN if(any_value(plans.keys) IS NOT NULL, 1, 2)
                    WHEN bool_or(part = 'planned') THEN 3 ELSE 4 END AS place,
                list(fact_key) || if(place = 1, any_value(plans.keys), []) AS keys
            FROM placed LEFT JOIN plans USING (programme, borough) GROUP BY year, borough, programme, name
        ),
        together AS (
            SELECT year, borough, min(place) AS place, list(name ORDER BY name, programme) AS names,
                list(list_extract(?, place) ORDER BY name, programme) AS categories,
                list_sort(list_distinct(flatten(list(keys)))) AS keys
            FROM one GROUP BY year, borough
        )
        SELECT years.year, borough.gss_code, borough.borough, coalesce(list_extract(?, together.place), 'not_named'),
            coalesce(names, []), coalesce(categories, []), coalesce(keys, [])
        FROM (SELECT unnest(range(?, ?)) AS year) AS years CROSS JOIN borough
        LEFT JOIN together ON together.year = years.year AND together.borough = borough.gss_code
        ORDER BY years.year, borough.borough
        """,
        [
            *[list(ACTUAL_ROLES), as_at, list(programmes), as_at, as_at],
            *[list(CATEGORIES), list(CATEGORIES), first, last + 1],
        ],
    )
