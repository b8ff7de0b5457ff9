"""Our queries against the same questions in plain pandas, on one edition and in the same run: equal, and how long."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from benchmarks import pandas_twins
from benchmarks.report import Line
from warehouse.edition import Reader, live_edition
from warehouse.queries import areas, compare, coverage_beside, coverage_reach
from warehouse.queries.sources import documents
from warehouse.schema.layout import EVERYONE

ROUNDS = 7
THEME = "training"
Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Question:
    """One question: its name, our query as rows of plain values, and its twin in pandas."""

    name: str
    ours: Callable[[Cursor, date], list[tuple]]
    twin: Callable[[pandas_twins.Frames, date], list[tuple]]


QUESTIONS = (
    Question(
        "board × theme, furthest stage",
        lambda cursor, as_at: [(row.board, row.theme, row.state) for row in compare.board_themes(cursor, as_at)],
        pandas_twins.board_themes,
    ),
    Question(
        "map lens: one theme by area",
        lambda cursor, as_at: [
            (row.gss_code, row.category, row.fact_keys) for row in areas.theme_stage(cursor, THEME, as_at)
        ],
        lambda data, as_at: pandas_twins.theme_stage(data, as_at, THEME),
    ),
    Question(
        "people trained by ethnicity",
        lambda cursor, as_at: [
            (row.community, row.place, row.people, row.unit, row.fact_keys)
            for row in coverage_beside.trained(cursor, as_at)
        ],
        pandas_twins.trained,
    ),
    Question(
        "coverage: groups by step",
        lambda cursor, as_at: [
            (row.community, row.place, row.steps) for row in coverage_reach.reach(cursor, "any", as_at) if row.groups
        ],
        pandas_twins.reach,
    ),
)


def pandas_lines(warehouse: Path) -> Iterator[Line]:
    """Ask each question both ways, in turn, of the same edition; the answers have to be equal."""
    reader = Reader(live_edition(warehouse).folder, EVERYONE)
    as_at = max(row.usable_from for row in documents(reader.cursor()))
    begun = time.perf_counter()
    data = pandas_twins.frames(reader.cursor())
    yield Line(None, f"plain pandas, same edition  {time.perf_counter() - begun:.1f} s to load the frames, once")
    for question in QUESTIONS:
        ours, twin = [], []
        is_equal = True
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            answer = question.ours(reader.cursor(), as_at)
            between = time.perf_counter()
            other = question.twin(data, as_at)
            ours.append(between - begun)
            twin.append(time.perf_counter() - between)
            is_equal = is_equal and sorted(answer, key=_order) == sorted(other, key=_order)
        ratio = statistics.median(one / two for one, two in zip(ours, twin, strict=True))
        yield Line(
            is_equal,
            f"{question.name:<30} {'same answer' if is_equal else 'ANOTHER ANSWER'}   "
            f"ours {1000 * statistics.median(ours):5.0f} ms   pandas {1000 * statistics.median(twin):5.0f} ms   "
            f"ours / pandas {ratio:.2f}",
        )
    reader.close()


def _order(row: tuple) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in row[:2])
