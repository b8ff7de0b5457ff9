"""Cutting a file in batches gives the cells that Python's own reader gives, whatever the text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.returns import attendance_batches
from etl.returns.attendance_batches import batches

pieces = st.lists(
    st.sampled_from(["a", "b", "", " ", ",", ",", ",", "\n", "\r", "\r\n", '"', '""', ";", "é", "\u2028"])
)


def by_python(text: str) -> tuple[list[tuple[int, list[str]]], bool]:
    """Line and cells of each row, and whether the text is well-formed to its end."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, begins = [], 1
    try:
        for row in reader:
            rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error:
        return rows, False
    return rows, True


def by_batches(text: str, width: int) -> tuple[list[tuple[int, list[str]]], bool]:
    rows: list[tuple[int, list[str]]] = []
    try:
        for batch in batches(io.StringIO(text, newline=""), ",", width, 1):
            assert all(len(column) == len(batch.lines) for column in batch.columns)
            rows += [(line, list(cells)) for line, cells in batch.rows]
    except csv.Error:
        return rows, False
    return rows, True


@given(pieces.map("".join), st.integers(2, 4), st.integers(1, 4))
@example('a,b\n"c\nd",e\nf,g\n', 2, 2)
@example("a,b\r\rc,d\r\n", 2, 3)
@example("a,b\nc,d", 2, 2)
def test_rows_and_lines_are_those_of_pythons_reader(text, width, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendance_batches, "SIZE", size)
        found, is_whole = by_batches(text, width)
    expected, was_whole = by_python(text)
    assert is_whole == was_whole
    assert found == expected[: len(found)]  # where the text breaks off, rows of its last batch are not given
    assert len(found) == len(expected) or not is_whole


@given(st.lists(st.lists(st.text("ab ;é", max_size=3), min_size=3, max_size=3), min_size=1, max_size=9))
def test_lines_without_quotation_marks_do_not_go_to_pythons_reader(rows):
    text = "\r\n".join(",".join(row) for row in rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendance_batches.csv, "reader", None)
        found, _ = by_batches(text, 3)
    assert [cells for _, cells in found] == rows


def test_a_cell_that_pythons_reader_refuses_for_its_length_is_refused_here():
    assert by_batches("a," + "b" * (csv.field_size_limit() + 1) + "\n", 2) == ([], False)
    assert by_batches("a,b\n" * 199 + "a," + "b" * (csv.field_size_limit() + 1), 2) == ([], False)
