"""Every messy and hostile file is read exactly, or refused with the reason. Nothing is silently another shape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.returns import form
from etl.returns.raw import Refused
from tests.support.returns import book_cells, book_shapes, csv_cases, hostile_files
from tests.support.returns.case import Case, Loads, Refuses, came

CASES = [
    *(("csv", case) for case in csv_cases.CASES),
    *(("workbook", case) for case in (*book_cells.CASES, *book_shapes.CASES)),
    *(("file", case) for case in hostile_files.CASES),
]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{kind}: {case.shows}") for kind, case in CASES])
def test_a_messy_file_is_read_exactly_or_refused_with_the_reason(case: Case, tmp_path: Path):
    path = tmp_path / case.file_name
    case.make(path)
    if isinstance(case.comes, Refuses):
        with pytest.raises(Refused) as refused:
            form.read(path)
        must_say(str(refused.value), (f"{case.file_name}: ", *case.comes.words))
    else:
        must_be(came(form.read(path), case.comes.sheet), case.comes)


def must_be(found: Loads, wanted: Loads) -> None:
    """Lines, non-data and the rows with faults are exactly these; each fault says the word it must."""
    assert replace(found, faults={}) == replace(wanted, faults={})
    assert {row: len(words) for row, words in found.faults.items()} == {
        row: len(words) for row, words in wanted.faults.items()
    }, found.faults
    for row, words in wanted.faults.items():
        for word, said in zip(words, found.faults[row], strict=True):
            assert word in said


def must_say(reason: str, words: tuple[str, ...]) -> None:
    """The reason begins with the first of `words` and holds the others in their order."""
    assert reason.startswith(words[0])
    rest = reason
    for word in words:
        assert word in rest, reason
        rest = rest.partition(word)[2]
