"""Keeps people out: what tells a made-up sign from a name, and finds contact details in a text.

A sign for a person holds a digit and neither a blank nor a full stop. That is stricter than a sign need be, and leaves
no room for a name, which no rule could tell from a word.
"""

from __future__ import annotations

import re

from warehouse.schema.returns import ATTENDANCE

EXPECTED_SIGN = (
    "Expected a made-up sign such as P0123, the same for the same person: letters, digits and hyphens, with a digit in "
    "it and no blank, 40 characters at most."
)

LONGEST_SIGN = 40

_SIGN = re.compile(next(column.pattern for column in ATTENDANCE.columns if column.name == "pseudonym"))
_EMAIL = re.compile(r"[^\s@]@[^\s@]")
# Ten or eleven digits from 0 or +44 on, in the usual spellings, with blanks, hyphens or brackets between.
_TELEPHONE = re.compile(
    r"(?<![\w.])(?:\+?44[ -]?(?:\(0\))?|\(?0)[ -]?[12378](?:[ ()/-]{0,2}[0-9]){8,9}(?![\w]|\.[0-9])"
)
_NUMBER = re.compile(r"[+0-9 ()/-]+")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def contact_details(text: str) -> str:
    """What `text`, tidied, holds that reaches a person ("an e-mail address", "a telephone number"), or ""."""
    if _EMAIL.search(text):
        return "an e-mail address"
    return "a telephone number" if _TELEPHONE.search(text) else ""


def sign_trouble(text: str) -> str:
    """What was expected in place of the pseudonym `text`, tidied and not empty; "" where it can be taken for one."""
    found = ""
    if _EMAIL.search(text):
        found = "an e-mail address"
    elif _NUMBER.fullmatch(text) and _TELEPHONE.search(text):  # with a letter in it, it is a sign like any other
        found = "a telephone number"
    elif len(text) <= LONGEST_SIGN and _SIGN.fullmatch(text):
        return ""
    elif text.replace(" ", "").isalpha() or len(_WORDS.findall(text)) > 1:
        found = "a name"
    return f"{EXPECTED_SIGN} This looks like {found}." if found else EXPECTED_SIGN
