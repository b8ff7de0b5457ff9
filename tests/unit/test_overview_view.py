"""The figures at the top of the overview: few rounds of training by name, many as sums of what can be added."""

from __future__ import annotations

from ui.overview_view import MOST_ROUNDS, how_many_dated, trained_headlines
from warehouse.queries.overview import Trained


def made(count: int, unit: str = "people", people: int | None = 10, first: int = 0) -> list[Trained]:
    status = "value" if people else "not_reported" if people is None else "zero"
    return [
        Trained(f"training-{place}", f"Course {place}", people, status, unit) for place in range(first, first + count)
    ]


def test_few_rounds_have_a_figure_each():
    found = trained_headlines(made(MOST_ROUNDS))
    assert [row.sentence for row in found] == [f"trained in Course {place} (people)" for place in range(MOST_ROUNDS)]
    assert [row.fact_keys for row in found] == [(f"training-{place}",) for place in range(MOST_ROUNDS)]


def test_many_rounds_are_added_where_they_count_the_same_and_never_otherwise():
    rows = (
        made(5) + made(2, "attendances", 7, first=5) + made(1, "people", None, first=7) + made(1, "people", 0, first=8)
    )
    people, attendances = trained_headlines(rows)
    assert (people.value.value, people.sentence) == (50, "trained in 6 rounds; 1 more without a number (people)")
    assert (attendances.value.value, attendances.sentence) == (14, "trained in 2 rounds (attendances)")
    assert people.fact_keys == tuple(f"training-{place}" for place in (0, 1, 2, 3, 4, 7, 8))


def test_many_rounds_without_any_number_are_not_reported_and_not_nought():
    (found,) = trained_headlines(made(MOST_ROUNDS + 1, people=None))
    assert (found.value.value, found.value.status) == (None, "not_reported")


def test_the_others_are_named_only_where_there_are_some():
    assert how_many_dated(3, 5) == (
        "3 of 5 programmes have a beginning or an end. "
        "For the others no document prints one; single events of theirs may be dated."
    )
    assert how_many_dated(1, 2).startswith("1 of 2 programmes has a beginning or an end. For the others")
    assert how_many_dated(5, 5) == "5 of 5 programmes have a beginning or an end."
    assert how_many_dated(0, 1) == "0 of 1 programme have a beginning or an end."
