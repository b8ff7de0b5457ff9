"""A cell becomes exactly the value its column declares, or is refused with what was expected."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.cells import Unfit, parse
from warehouse.schema.column import BASIS, Column, Kind, Status


def column(kind: Kind = Kind.text, **more: object) -> Column:
    return Column("made_for_a_test", "Made for a test.", kind=kind, **more)


@pytest.mark.parametrize(
    ("text", "of", "value"),
    [
        ("words", column(), "words"),
        ("two\nlines and a\ttab", column(), "two\nlines and a\ttab"),
        ("Zo\u00eb\u2019s \u00a0 na\u00efve caf\u00e9", column(), "Zo\u00eb\u2019s \u00a0 na\u00efve caf\u00e9"),
        ("", column(), None),
        ("7", column(Kind.integer), 7),
        ("2.50", column(Kind.decimal), 2.5),
        ("2011-12-05", column(Kind.date), date(2011, 12, 5)),
        ("2011", column(Kind.partial_date), "2011"),
        ("2011-12", column(Kind.partial_date), "2011-12"),
        ("2012-02-29", column(Kind.partial_date), "2012-02-29"),
        ("1900", column(Kind.partial_date), "1900"),
        ("2099-12-31", column(Kind.date), date(2099, 12, 31)),
        ("yes", column(Kind.yes_no), True),
        ("stated", column(vocabulary=BASIS), "stated"),
        ("LB Camden", column(place="borough"), "E09000007"),
        ("Hackney", column(place="board"), "city-and-hackney"),
        ("a; b ;c", column(many=True), ["a", "b", "c"]),
        ("", column(many=True), []),
    ],
)
def test_a_cell_that_fits(text: str, of: Column, value: object) -> None:
    assert parse(text, of) == (value, None)


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("", column(required=True), "may not be empty"),
        ("1,000", column(Kind.integer), "digits only"),
        ("1e3", column(Kind.integer), "digits only"),
        ("٣", column(Kind.decimal), "digits"),
        ("5/12/2011", column(Kind.date), "YYYY-MM-DD"),
        ("2011-13", column(Kind.partial_date), "YYYY-MM-DD"),
        ("2011-02-30", column(Kind.partial_date), "YYYY-MM-DD"),
        ("11", column(Kind.partial_date), "YYYY"),
        ("20111205", column(Kind.date), "YYYY-MM-DD"),
        ("2011-W49-1", column(Kind.date), "YYYY-MM-DD"),
        ("0201-12-05", column(Kind.date), "from 1900 to 2099"),
        ("2100", column(Kind.partial_date), "from 1900 to 2099"),
        ("true", column(Kind.yes_no), "yes or no"),
        ("Stated", column(vocabulary=BASIS), "stated, derived, inferred"),
        ("Camdem", column(place="borough"), "Camden"),
        ("-1", column(Kind.integer, minimum=0), "0 or more"),
        ("a; a", column(many=True), "once"),
        ("", column(many=True, required=True), "one or more"),
        ("", column(absent=True), "not reported"),
        ("unknown", column(Kind.integer, absent=True), "digits only"),
        ("Some Key", column(pattern=r"[a-z]+"), "[a-z]+"),
        ("red \x1b[31mtext", column(), "Expected text; U+001B is a sign that nobody sees"),
        ("cut\x00off", column(), "U+0000"),
        ("form\x0cfeed", column(), "U+000C"),
        ("a; b\x85", column(many=True), "U+0085"),
        ("\u202eturned", column(absent=True), "U+202E"),
    ],
)
def test_a_cell_that_does_not_fit(text: str, of: Column, expected: str) -> None:
    with pytest.raises(Unfit) as refused:
        parse(text, of)
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("178", 178, Status.value),
        ("0", 0, Status.zero),
        ("not reported", None, Status.not_reported),
        ("not applicable", None, Status.not_asked),
        ("not asked", None, Status.not_asked),
    ],
)
def test_a_number_or_the_word_for_its_absence(text: str, value: int | None, status: Status) -> None:
    assert parse(text, column(Kind.integer, absent=True)) == (value, status)


@given(st.integers(min_value=0))
def test_every_whole_number_survives(number: int) -> None:
    value, status = parse(str(number), column(Kind.integer, absent=True))
    assert (value, status) == (number, Status.value if number else Status.zero)


@given(st.text(alphabet=st.characters(whitelist_categories=("Nd", "Nl", "No"))))
def test_only_ordinary_digits_make_a_number(text: str) -> None:
    ordinary = text.isascii() and text.isdigit()
    try:
        value, _ = parse(text, column(Kind.integer, absent=True))
    except Unfit:
        assert not ordinary
    else:
        assert ordinary
        assert value == int(text)
