"""Filling the gaps of our own HTML: everything that is not HTML of our own comes out as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.support.hostile import HOSTILE
from ui.fill import fill


@given(st.text(), st.one_of(st.text(), st.integers(), st.none()))
def test_it_says_what_format_says(one: str, other: object) -> None:
    piece = '<td title="{}">{}</td>'
    assert fill(piece, one, other) == Markup(piece).format(one, other)
    assert fill(piece, Markup("<b>{}</b>").format(one), other) == Markup(piece).format(
        Markup("<b>{}</b>").format(one), other
    )


def test_text_from_data_is_escaped_and_braces_in_it_are_text() -> None:
    assert fill("<p>{}</p>", HOSTILE) == Markup("<p>{}</p>").format(HOSTILE)
    assert fill("<p>{}</p>", "{}{0}{x}") == "<p>{}{0}{x}</p>"
    assert isinstance(fill("<p>{}</p>", "a"), Markup)


@pytest.mark.parametrize(("piece", "values"), [("<p>{}</p>", ()), ("<p>{}</p>", ("a", "b")), ("<p></p>", ("a",))])
def test_a_value_for_each_gap(piece: str, values: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="gaps and"):
        fill(piece, *values)


@pytest.mark.parametrize("piece", ["<p>{0}</p>", "<p>{name}</p>", "<p>{:.1f}</p>", "<style>p { color: red }</style>"])
def test_other_gaps_are_refused(piece: str) -> None:
    with pytest.raises(ValueError, match="plain gaps only"):
        fill(piece, "a")
