"""Which spellings of boroughs and boards are accepted, and what is said about the others."""

from __future__ import annotations

import pytest

from geo.names import UnknownPlace, areas_of, authority_boards, board_of, borough_names, match_board, match_borough

CAMDEN, CITY, GREENWICH, HACKNEY = "E09000007", "E09000001", "E09000011", "E09000012"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Camden", CAMDEN),
        ("LB Camden", CAMDEN),
        ("L.B. Camden", CAMDEN),
        ("london borough of CAMDEN", CAMDEN),
        ("The London Borough of Camden Council", CAMDEN),
        ("  Camden \t\n", CAMDEN),
        ("\u00a0Camden\u00a0", CAMDEN),
        ("LB\u00a0 Camden\u200b", CAMDEN),
        ("\ufeffCam\u00adden", CAMDEN),
        ("\uff23amden", CAMDEN),
        ("Hammersmith & Fulham", "E09000013"),
        ("Hammersmith&Fulham", "E09000013"),
        ("Royal Borough of Kensington & Chelsea", "E09000020"),
        ("RB Kingston", "E09000021"),
        ("Kingston-upon-Thames", "E09000021"),
        ("LB Richmond", "E09000027"),
        ("London Borough of Greenwich", GREENWICH),
        ("Royal Borough of Greenwich", GREENWICH),
        ("City of Westminster", "E09000033"),
        ("Westminster City Council", "E09000033"),
        ("City of London Corporation", CITY),
        ("CITY OF LONDON", CITY),
        ("Corporation of London", CITY),
        ("Corporation of the City of London", CITY),
        ("LBC Camden", CAMDEN),
        ("LB of Camden", CAMDEN),
        ("Camden LB", CAMDEN),
        ("London Borough Camden", CAMDEN),
        ("Camden Council", CAMDEN),
        ("Camden Borough Council", CAMDEN),
        ("Camden London Borough Council", CAMDEN),
        ("Royal Borough Greenwich", GREENWICH),
        ("Kensington & Chelsea Royal Borough Council", "E09000020"),
    ],
)
def test_usual_spellings_of_a_borough_are_accepted(text, code):
    assert match_borough(text) == code


def test_every_short_and_official_name_is_accepted():
    for code, name in borough_names().items():
        assert match_borough(name) == code
        assert match_borough(f" {name.upper()}\u00a0") == code
        if code != CITY:
            assert match_borough(f"London Borough of {name.replace(' and ', ' & ')}") == code


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Camdn", "Camden"),
        ("LB Towr Hamlets", "Tower Hamlets"),
        ("City", "City of London"),
        ("LB City of London", "City of London"),
        ("Royal Borough of Camden", "Camden"),
        ("\u0421amden", "Camden"),  # a Cyrillic letter that looks like C
        ("\u202eCamden", "Camden"),  # a mark that turns the writing round
        ("Camden and Islington", "Islington"),
        ("Barking", "Barking and Dagenham"),
        ("LB Dagenham", "Barking and Dagenham"),
        ("Fulham Borough Council", "Hammersmith and Fulham"),
        ("City of Camden", "Camden"),
        ("Camden Town", "Camden"),
        ("London Borough of Camdn", "Camden"),
        ("Camdn London Borough Council", "Camden"),
        ("London", "City of London"),
        ("Greater London", "City of London"),
        ("Camden Royal Borough Council", "Camden"),
        ("Chelsea and Kensington", "Kensington and Chelsea"),
    ],
)
def test_the_rest_is_refused_with_the_closest_name(text, suggestion):
    with pytest.raises(UnknownPlace) as refused:
        match_borough(text)
    assert refused.value.text == text
    assert refused.value.suggestion == suggestion
    assert repr(suggestion) in str(refused.value)
    assert "borough" in str(refused.value)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "LB", "London", "Unknown", "<script>alert(1)</script>", "0"])
def test_what_names_no_borough_is_refused(text):
    with pytest.raises(UnknownPlace):
        match_borough(text)


def test_an_empty_cell_is_called_empty():
    with pytest.raises(UnknownPlace, match="is empty"):
        match_borough(" \u00a0")


def test_a_huge_text_is_refused_with_a_short_message():
    with pytest.raises(UnknownPlace) as refused:
        match_borough("Camden" * 100_000)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("text", "board"),
    [
        ("Camden", "camden"),
        ("LB Bexley", "bexley"),
        ("Camden LSCB", "camden"),
        ("Camden Safeguarding Children Board", "camden"),
        ("London Borough of Brent Local Safeguarding Children Board", "brent"),
        ("kingston-upon-thames", "kingston-upon-thames"),
        ("City & Hackney", "city-and-hackney"),
        ("City and Hackney Safeguarding Children Board", "city-and-hackney"),
        ("Hackney", "city-and-hackney"),
        ("LB Hackney LSCB", "city-and-hackney"),
        ("City of London", "city-and-hackney"),
    ],
)
def test_usual_spellings_of_a_board_are_accepted(text, board):
    assert match_board(text) == board


@pytest.mark.parametrize("text", ["LSCB", "Safeguarding Children Board", "Camden LSCB LSCB", "City"])
def test_what_names_no_board_is_refused(text):
    with pytest.raises(UnknownPlace, match="board"):
        match_board(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Hackney and City", "City and Hackney"), ("City", "City and Hackney"), ("Barking LSCB", "Barking and Dagenham")],
)
def test_the_closest_board_has_the_words_of_the_text(text, suggestion):
    with pytest.raises(UnknownPlace) as refused:
        match_board(text)
    assert refused.value.suggestion == suggestion


def test_no_spelling_stands_for_two_boroughs_and_none_for_a_kind_of_council_alone():
    for code, name in borough_names().items():
        for spelling in (f"{name} Borough", f"LBC of {name}", f"London Borough {name} Council"):
            if code != CITY:
                assert match_borough(spelling) == code
    for text in ("London Borough", "Borough Council", "LB of", "Corporation", "City Council", "Royal Borough"):
        with pytest.raises(UnknownPlace):
            match_borough(text)


def test_33_authorities_have_32_boards():
    boards = {board_of(code) for code in borough_names()}
    assert len(boards) == 32
    assert sorted(code for board in boards for code in areas_of(board)) == list(borough_names())
    assert areas_of("city-and-hackney") == (CITY, HACKNEY)
    assert [board for board in boards if len(areas_of(board)) > 1] == ["city-and-hackney"]


def test_every_line_of_the_lookup_has_a_source_and_a_date():
    for line in authority_boards().values():
        assert line.source
        assert line.basis in {"stated", "inferred"}
        assert line.valid_from[:4].isdigit()


def test_unknown_codes_are_refused():
    with pytest.raises(KeyError):
        board_of("E09000034")
    with pytest.raises(KeyError):
        areas_of("hackney")
