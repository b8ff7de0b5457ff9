"""From what people write to the codes of boroughs and boards, and which board covers which borough.

The usual spellings are accepted, everything else is refused with the closest name: a wrong borough that loads quietly
is worse than a row that comes back with a question.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"

# Marks of no width that spreadsheets and web pages leave behind. Marks that reorder text are not among them: what
# they show is not what is stored, so such a name is refused.
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BOARD_SUFFIX = re.compile(r" (?:lscb|(?:local )?safeguarding children board)$")
_KIND = r"(?:lbc?|l\.b\.|rb|(?:(?:london|royal) )?borough(?: council)?|council|corporation)"
_BEFORE_NAME = re.compile(rf"^(?:the )?{_KIND}(?: of)?(?: the)? ")
_BEHIND_NAME = re.compile(rf"(?: {_KIND})+$")
_SMALL_WORDS = {"and", "of", "the", "upon"}

# What councils are called, before the name and behind it. Each may be followed by "council", too.
_BEFORE = ("lb", "lb of", "l.b.", "lbc", "lbc of", "london borough", "london borough of", "london borough council of")
_BEFORE_ROYAL = ("rb", "rb of", "royal borough", "royal borough of", "royal borough council of")
_BEHIND = ("lb", "lbc", "borough", "borough council", "london borough", "london borough council")
_BEHIND_ROYAL = ("rb", "royal borough", "royal borough council")
_ROYAL = {"E09000011", "E09000020", "E09000021"}  # Greenwich since 2012; Kensington and Chelsea; Kingston
_CITY = "E09000001"  # of London
_WESTMINSTER = "E09000033"  # the other city
_SHORTER = {"kingston": "E09000021", "richmond": "E09000027"}  # no other place in London is meant by these
_LONGEST_SHOWN = 60


class UnknownPlace(ValueError):
    """The text names no borough or board that we know. `text` is what was given, `suggestion` the closest name."""

    def __init__(self, text: str, suggestion: str, kind: str) -> None:
        shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
        self.text, self.suggestion = text, suggestion
        if text.strip():
            super().__init__(f"{shown!r} is no {kind}; the closest is {suggestion!r}")
        else:
            super().__init__(f"the {kind} is empty; write its name, for example {suggestion!r}")


@dataclass(frozen=True)
class AuthorityBoard:
    """One line of the lookup: an authority, its board, and how we know. `valid_from` is a year or a date."""

    gss_code: str
    board: str
    verified: str
    basis: str
    source: str
    valid_from: str


def match_borough(text: str) -> str:
    """Return the GSS code of the borough that `text` names, or raise UnknownPlace.

    Accepted, in any case and with stray blanks: the short and the official name; "LB", "LBC" or "London Borough (of)"
    before it, "Borough", "London Borough" or "LB" behind it, "Royal Borough" and "RB" where it is one; "City of
    Westminster", "Corporation of London"; "&" for "and"; each with or without "Council".
    """
    found = find_borough(text)
    if found is not None:
        return found
    closest = _closest(_plain(text)[:_LONGEST_SHOWN], tuple(borough_names().values()))
    raise UnknownPlace(text, closest, "London borough")


def find_borough(text: str) -> str | None:
    """Return what `match_borough` returns, or None: for national lists, where most names are no London borough."""
    return _borough_spellings().get(_plain(text))


def match_board(text: str) -> str:
    """Return the code of the board that `text` names, or raise UnknownPlace.

    Accepted: the board's name or code, any spelling of a borough it covers ("Hackney" and "City of London" are both
    City and Hackney), each with or without "LSCB" or "(Local) Safeguarding Children Board" behind it.
    """
    plain = _BOARD_SUFFIX.sub("", _plain(text))
    if plain in _board_spellings():
        return _board_spellings()[plain]
    closest = _closest(plain[:_LONGEST_SHOWN], tuple(board_names().values()))
    raise UnknownPlace(text, closest, "London safeguarding children board")


def board_of(gss_code: str) -> str:
    """Return the code of the board that covers an authority. Raise KeyError for a code that is none of the 33."""
    return authority_boards()[gss_code].board


def areas_of(board: str) -> tuple[str, ...]:
    """Return the GSS codes of the authorities a board covers, in order. Raise KeyError for an unknown board."""
    codes = tuple(line.gss_code for line in authority_boards().values() if line.board == board)
    if not codes:
        raise KeyError(board)
    return codes


@cache
def authority_boards() -> dict[str, AuthorityBoard]:
    """Return the dated lookup from 33 authorities to 32 boards: GSS code -> line, in order of code."""
    return {row["gss_code"]: AuthorityBoard(**row) for row in _read("authority_board.csv")}


@lru_cache(maxsize=4096)
def _closest(plain: str, names: tuple[str, ...]) -> str:
    """Return the name most like `plain`: of those that have all of its words or all of whose words it has, if any.

    Remembered, since a faulty file repeats its faults row by row.
    """
    bare = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", plain)) or plain
    words = set(bare.split()) - _SMALL_WORDS
    by_plain = {_plain(name): name for name in names}
    own = {one: set(one.split()) - _SMALL_WORDS for one in by_plain}
    alike = [one for one in by_plain if words and (words <= own[one] or own[one] <= words)]
    return by_plain[difflib.get_close_matches(bare, alike or by_plain, n=1, cutoff=0)[0]]


def _plain(text: str) -> str:
    """Return the text in the one form that spellings are compared in: lower case, single blanks, "and" for "&"."""
    folded = unicodedata.normalize("NFKC", text).translate(_NO_WIDTH).casefold()
    return " ".join(re.sub("[-\u2010\u2013]", " ", folded.replace("&", " and ")).split())


@cache
def _borough_spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for row in _read("borough.csv"):
        code, name = row["gss_code"], _plain(row["borough"])
        names = {name} | {short for short, meant in _SHORTER.items() if meant == code}
        forms = {_plain(row["official_name"]), *names}
        if code == _CITY:
            forms |= {"corporation of london", "corporation of the city of london", "london corporation"}
        else:
            forms |= _called(names, _BEFORE, _BEHIND)
        if code in _ROYAL:
            forms |= _called(names, _BEFORE_ROYAL, _BEHIND_ROYAL)
        if code == _WESTMINSTER:
            forms |= {f"city of {name}", f"{name} city"}
        forms |= {f"{form} council" for form in forms}
        forms |= {f"the {form}" for form in forms}
        spellings |= dict.fromkeys(forms, code)
    return spellings


def _called(names: set[str], before: tuple[str, ...], behind: tuple[str, ...]) -> set[str]:
    return {f"{word} {one}" for word in before for one in names} | {f"{one} {word}" for word in behind for one in names}


@cache
def _board_spellings() -> dict[str, str]:
    names = {_plain(name): board for board, name in board_names().items()}
    names |= {_plain(board): board for board in board_names()}
    names |= {spelling: board_of(code) for spelling, code in _borough_spellings().items()}
    return names


@cache
def borough_names() -> dict[str, str]:
    """Return GSS code -> short name of the borough, in order of code."""
    return {row["gss_code"]: row["borough"] for row in _read("borough.csv")}


@cache
def area_codes() -> dict[str, str]:
    """Return every code of an area, today's (E09000007) and that before 2009 (00AG) -> its GSS code."""
    rows = _read("borough.csv")
    return {row["gss_code"]: row["gss_code"] for row in rows} | {row["ons_old_code"]: row["gss_code"] for row in rows}


@cache
def board_names() -> dict[str, str]:
    """Return code -> name of the board, in the order of the list."""
    return {row["board"]: row["board_name"] for row in _read("board.csv")}


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
