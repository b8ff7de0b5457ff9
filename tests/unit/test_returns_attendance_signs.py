"""Signs of persons are told apart as a dictionary would, and told from names and contact details."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.returns.attendance_signs import Signs, is_plain
from etl.returns.people import contact_details, sign_trouble

signs = st.sampled_from(
    ["1", "2", "01", "P1", "P2", "p1", "-1", "P-1", "Person01", "Person02", "Person01a", "1Person-0123456x",
     "Person1-0123456x", "Person1-0123456y", "Person1-0123456x0123456789", "Person1-0123456x0123456780", "1" * 40]
)  # fmt: skip


@given(st.lists(st.lists(signs, max_size=6), max_size=6))
def test_two_rows_are_one_person_where_their_signs_are_the_same(groups):
    found = Signs()
    for group in groups:
        if not group or not found.take_alike(group):
            for sign in group:
                found.take(sign)
    codes = found.codes().tolist()
    taken = [sign for group in groups for sign in group]
    assert len(codes) == len(taken)
    assert len(set(zip(codes, taken, strict=True))) == len(set(codes)) == len(set(taken))


@given(st.text("Ab1-07/4 .@é", max_size=12))
def test_a_plain_sign_is_a_sign(text):
    if is_plain(text):
        assert sign_trouble(text) == ""
        assert contact_details(text) == "" or not text.isdigit()


def test_a_refused_sign_keeps_its_place():
    found = Signs()
    for sign in ("P2", "", "P1", "Amal", "P2", "Sam"):
        found.take(sign)
    codes = found.codes().tolist()
    assert codes[0] == codes[4] != codes[2]
    assert min(codes[0], codes[2]) >= 0
    assert ["empty" in found.expected[-1 - codes[1]], "name" in found.expected[-1 - codes[3]]] == [True, True]
    assert codes[3] == codes[5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring (020) 7946" + " 0001 today", "a telephone number"),
        ("+44 (0)20 7946" + " 0001", "a telephone number"),
        ("write to a.b" + "@c.org", "an e-mail address"),
        ("Group @ Home", ""),
        ("2012-06-01 to 2012-06-30", ""),
        ("Course 01234" + "56789 of 2012", "a telephone number"),
        ("1,234,567,890", ""),
        ("Mosque of 1 High Road, N15 4QN", ""),
    ],
)
def test_contact_details_in_words(text, expected):
    assert contact_details(text) == expected
