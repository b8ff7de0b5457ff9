"""What is kept for all readers: the same answer again, never another's, and no more than fits."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from markupsafe import Markup

from ui.kept import LETTERS, Kept, weight


@dataclass(frozen=True)
class Row:
    """A row as the queries give them."""

    name: str
    keys: tuple[str, ...] = ()


def test_an_answer_is_made_once_for_each_key():
    kept, made = Kept(), []
    for key in ("a", "b", "a"):
        assert kept.get(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b"]


def test_a_failure_is_passed_on_and_not_kept():
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: "better") == "better"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, 1),
        ("a long text", 1),
        ((), 1),
        ((1, 2, 3), 4),
        (Row("a"), 2),
        ((Row("a", ("x", "y")), Row("b")), 7),
        ({"a": (1, 2), "b": ()}, 5),
        (Markup("x") * (3 * LETTERS), 4),
    ],
)
def test_an_answer_weighs_what_it_is_made_of(answer: object, expected: int):
    assert weight(answer) == expected


def test_the_oldest_go_when_it_gets_too_heavy_and_the_latest_always_stays():
    kept = Kept(most=40)
    for key in ("a", "b", "c"):
        kept.get(key, lambda: tuple(range(10)))
    kept.get("a", lambda: pytest.fail("kept"))  # used again, so it is the youngest now
    kept.get("d", lambda: tuple(range(10)))
    kept.get("a", lambda: pytest.fail("kept"))
    assert kept.get("b", lambda: "made anew") == "made anew"
    kept.get("giant", lambda: tuple(range(1_000)))
    assert len(kept) == 1
    assert kept.get("giant", lambda: "made anew") != "made anew"


def test_many_small_answers_do_not_pile_up():
    kept = Kept(most=100)
    for number in range(1_000):
        kept.get((number,), lambda: None)
    assert len(kept) <= 50
