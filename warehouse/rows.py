"""Runs a query with bound values and gives its rows as instances of a frozen dataclass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TypeVar

import duckdb

T = TypeVar("T")

AS_AT = "fact_key IN (SELECT fact_key FROM fact_usable WHERE usable_from <= ?)"
"""A condition: only facts that a document dated by then says. Bind the as-at date."""

OWN_WORDS = "round IN (SELECT round FROM round WHERE is_statement)"
"""A condition on `round_response`: the round holds boards' own statements. Until there are returns, that of 2007."""


def fetch(cursor: duckdb.DuckDBPyConnection, row_type: type[T], sql: str, values: Sequence[object] = ()) -> list[T]:
    """The rows of `sql` as `row_type`. Its columns stand in the order of the fields; a list becomes a tuple."""
    result = cursor.execute(sql, list(values)).fetchall()
    width = len(fields(row_type))
    if result and len(result[0]) != width:
        raise ValueError(f"{row_type.__name__} has {width} fields, the query gives {len(result[0])} columns")
    return [row_type(*(tuple(cell) if isinstance(cell, list) else cell for cell in row)) for row in result]
