"""Where the ethnicities that a round prints are filed in either census, by the reviewed table, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.training import NOT_KNOWN
from warehouse.rows import AS_AT, fetch

LABEL_OF_LINE = """
    LEFT JOIN ethnic_label AS l ON l.printed = coalesce(
        (SELECT printed FROM ethnic_label WHERE printed = lines.printed),
        (SELECT printed FROM ethnic_label WHERE printed = lines.filed)
    )
"""
"""Joins `lines` of training_count to the reviewed table: as printed; a spelling that is not in it, as filed."""


@dataclass(frozen=True)
class Filing:
    """One ethnicity of a round and where it is filed. `listed` is the line of the reviewed table it is found by.

    Groups are given by their labels and are None where none fits. Fits are codes of `FIT`, the rule one of
    `FILING_RULE` (warehouse.schema.population). From `listed` on all is None where the table has no line for it.
    """

    fact_key: str
    printed: str
    filed: str
    is_not_known: bool
    listed: str | None
    group_2001: str | None
    fit_2001: str | None
    group_2011: str | None
    fit_2011: str | None
    rule: str | None
    why: str | None


def of_round(cursor: duckdb.DuckDBPyConnection, training_round: str, as_at: date) -> list[Filing]:
    """One row for each ethnicity that the round prints, by its filed name, 'not known' last."""
    return fetch(
        cursor,
        Filing,
        f"""
        WITH lines AS (
            SELECT *, list_contains(?, lower(filed)) AS is_not_known FROM training_count
            WHERE training_round = ? AND dimension = 'ethnicity' AND {AS_AT}
        )
        SELECT lines.fact_key, lines.printed, lines.filed, lines.is_not_known, l.printed, early.label, l.fit_2001,
            late.label, l.fit_2011, l.rule, l.why
        FROM lines {LABEL_OF_LINE}
        LEFT JOIN census_group AS early ON early.census_group = l.group_2001
        LEFT JOIN census_group AS late ON late.census_group = l.group_2011
        ORDER BY lines.is_not_known, lines.filed, lines.printed
        """,
        [list(NOT_KNOWN), training_round, as_at],
    )
