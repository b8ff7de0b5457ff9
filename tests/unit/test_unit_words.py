"""What is counted, as it stands after its number."""

from __future__ import annotations

import pytest

from ui.sentences import unit_words


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("investigations", "investigation"),
        ("allegations of violence against children under 18", "allegation of violence against children under 18"),
        ("case files in which it was a concern", "case file in which it was a concern"),
        ("part-time workers", "part-time worker"),
        ("local authorities", "local authority"),
        ("people", "person"),
        ("parents noted as having a diagnosis", "parent noted as having a diagnosis"),
        ("case counted under two areas", "case counted under two areas"),
        ("per cent of children", "per cent of children"),
        ("of the eight authorities", "of the eight authorities"),
        ("times the investment", "time the investment"),
        ("bus", "bus"),
        ("", ""),
    ],
)
def test_one_of_a_thing_is_singular_and_anything_else_stays_as_printed(unit: str, one: str):
    assert unit_words(1, unit) == one
    for value in (0, 2, 0.5, None):
        assert unit_words(value, unit) == unit
