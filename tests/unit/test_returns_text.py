"""From bytes to text and from text as typed to text as kept."""

from __future__ import annotations

import codecs
import unicodedata
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.returns import encoding
from etl.returns.encoding import encoding_of, file_chunks, pieces
from etl.returns.raw import Refused
from etl.returns.text import decode, lines_of, shown, tidy, tidy_cell, trouble
from warehouse.schema.column import Column, Kind

NUMBER = Column("number", "", kind=Kind.integer)
SHARE = Column("share", "", kind=Kind.decimal)
WORDS = Column("words", "")

anything = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
cp1252 = st.text(st.characters(codec="cp1252", exclude_characters="\0"))


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        decode(content, "a.csv")
    return str(refused.value)


@given(anything)
def test_utf_8_and_utf_16_come_back_whole(text):
    assert decode(text.encode("utf-8-sig"), "a.csv") == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "a.csv") == text
    if not text.startswith("\ufeff"):  # then it begins as if with a mark, which is taken off
        assert decode(text.encode(), "a.csv") == text
    # UTF-16 that begins with its mark and a NUL would be the mark of UTF-32.
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "a.csv") == text


@given(cp1252)
def test_cp1252_comes_back_whole_or_is_refused_never_as_other_letters(text):
    content = text.encode("cp1252")
    if encoding._UTF8_LETTER.search(content):
        return  # such bytes are UTF-8, wholly or in part, and nothing tells them apart
    assert decode(content, "a.csv") == text


@given(st.binary())
def test_any_bytes_give_text_without_nul_or_a_refusal(content):
    try:
        assert "\0" not in decode(content, "a.csv")
    except Refused as refused:
        words = str(refused)
        assert words.startswith("a.csv: ") and words.endswith("Save it again as “CSV UTF-8”.")  # noqa: PT018


@given(st.binary(max_size=200), st.integers(1, 7))
def test_the_size_of_the_pieces_makes_no_difference(content, size):
    def small() -> object:
        return (content[begin : begin + size] for begin in range(0, len(content), size))

    def answer(chunks: object) -> str:
        try:
            return encoding_of(chunks, "a.csv")
        except Refused:
            return "refused"  # for which of several reasons, the pieces may decide

    # All marks of order are at most four bytes long, and pieces of a real file are far longer.
    if size >= 4:
        assert answer(small) == answer(pieces(content))


def test_a_file_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "LONGEST_LINE", 10)
    path = tmp_path / "a.csv"
    path.write_bytes("äöü,\n".encode("cp1252") * 9)
    assert encoding_of(file_chunks(path), "a.csv") == "cp1252"
    path.write_bytes(b"abcdefghij" * 3)
    with pytest.raises(Refused, match="a line has more than"):
        encoding_of(file_chunks(path), "a.csv")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a\r\nb\rc\nd\0", "line 4 holds a NUL"),
        ("\ufeffa\r\n\0".encode("utf-16-le"), "line 2 holds a NUL"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
        ("é".encode() + b"\xe9 ", "byte 3 is not"),
        (b"\x81", "byte 1 is no letter"),
        (b"\xff\xfea", "cut short"),
        (b"\xff\xfe\x00\xd8", "cut short"),
        (b"\xef\xbb\xbf\xe9", "byte 4 is none"),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(content, words):
    assert words in refusal(content)


def test_lines_end_where_a_file_says_so_and_nowhere_else():
    assert list(lines_of("a\r\nb\rc\n\n\rd\x0be\x0cf\x1cg\x85h\u2028i")) == [
        "a\r\n", "b\r", "c\n", "\n", "\r", "d\x0be\x0cf\x1cg\x85h\u2028i",
    ]  # fmt: skip


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    once = tidy(text)
    assert tidy(once) == once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)


letters = st.characters(min_codepoint=0xA1, max_codepoint=0x24F, exclude_characters="\xad") | st.sampled_from("aZ09,.-")


@given(st.text(letters, min_size=1))
def test_letters_stay_as_they_are(text):
    assert tidy(f"\u3000{text} {text}\u200b ") == f"{text} {text}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a\xa0b\u2009c ", "a b c"),
        ("z\u200be\u00adr\u2060o\ufeff\u200e\u200f", "zero"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("a\u200cb\u200d", "ab"),
        ("Cаmden", "Cаmden"),
        ("\u200b", ""),
    ],
)
def test_tidy(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        (NUMBER, "1,234", "1234"),
        (NUMBER, "-12,345,678", "-12345678"),
        (NUMBER, "1\xa0234", "1 234"),  # a blank may part two numbers
        (NUMBER, "1,23", "1,23"),
        (NUMBER, "1234,567", "1234,567"),
        (NUMBER, "1.234", "1.234"),
        (NUMBER, ",123", ",123"),
        (NUMBER, "12%", "12%"),
        (SHARE, "12.5\xa0%", "12.5"),
        (SHARE, "1,234", "1,234"),
        (WORDS, "1,234", "1,234"),
        (WORDS, "12%", "12%"),
    ],
)
def test_numbers_lose_what_only_people_need(column, typed, kept):
    assert tidy_cell(column, typed) == kept


@given(st.integers(0, 10**12))
def test_thousands_commas_change_no_number(number):
    assert tidy_cell(NUMBER, f"{number:,}") == str(number)


REORDERING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize("mark", REORDERING, ids=lambda mark: f"U+{ord(mark):04X}")
def test_marks_that_reorder_text_are_named(mark):
    assert f"U+{ord(mark):04X} is a mark that reorders it" in trouble(f"a{mark}b")
    assert shown(f"a{mark}b") == f"a<U+{ord(mark):04X}>b"


@pytest.mark.parametrize("letter", ["\0", "\x07", "\x1f", "\x7f", "\x92", "\ud800", "\uffff"], ids=ascii)
def test_what_is_no_letter_is_named(letter):
    assert f"U+{ord(letter):04X} is no character" in trouble(f"a{letter}b")


@pytest.mark.parametrize(
    "error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", " #N/A ", "Err:502"]
)
def test_errors_of_formulas_are_no_values(error):
    assert trouble(error).startswith("Expected a value")


@pytest.mark.parametrize("text", ["", "a", "#N/A in words", "No. #1", "العربية", "a\tb\nc", "é", "😀", "\u200f"])
def test_ordinary_text_has_nothing_wrong(text):
    assert trouble(text) == ""


def test_a_cell_has_a_longest_length():
    assert trouble("a" * 32_767) == ""
    assert "found 32,768" in trouble("a" * 32_768)


def test_messages_cut_long_text():
    assert shown("a" * 80) == "a" * 80
    assert shown("a" * 81) == "a" * 80 + "…"


def test_pieces_cover_everything():
    content = bytes(range(256)) * 100_000
    assert b"".join(partial(pieces(content))()) == content
