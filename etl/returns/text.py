"""From bytes to text, and from text as people type it to text as we keep it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

from etl.returns.encoding import encoding_of, pieces
from warehouse.schema.column import Column, Kind

LONGEST_CELL = 32_767
"""Characters in a cell: no more fit into one of Excel's."""

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NO_WIDTH = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]")
# Joiners are letters' business in the scripts from Arabic to Mongolian; elsewhere they are leftovers.
_STRAY_JOINER = re.compile("(?<![\u0600-\u18ff])[\u200c\u200d]+")
_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_REORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(f"{_REORDERS.pattern}|{_NO_TEXT.pattern}")
_ERROR_VALUE = re.compile(
    r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)|Err:[0-9]{3}"
)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+")
_LONGEST_SHOWN = 80


def decode(content: bytes, file_name: str) -> str:
    """The text in `content`, without its byte order mark. Raises `Refused`, naming the file by `file_name`."""
    return content.decode(encoding_of(pieces(content), file_name))


def lines_of(text: str) -> Iterator[str]:
    """The physical lines of `text` with their ends: CR, LF or CRLF, mixed as they come, and nothing else."""
    return iter(io.StringIO(text, newline=""))


def tidy(text: str) -> str:
    """`text` as we keep it: composed (NFC), without marks of no width, blanks plain and none at the ends.

    Line ends inside it become LF. Letters stay as they are, look-alikes too: what they mean is for others to say.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _BLANK.sub(" ", _STRAY_JOINER.sub("", _NO_WIDTH.sub("", text)))
    return _LINE_END.sub("\n", unicodedata.normalize("NFC", text)).strip()


def tidy_cell(column: Column, text: str) -> str:
    """`text` tidied for its column: whole numbers without thousands commas, other numbers without a percent sign.

    A comma that parts no thousands stays and is refused later. In a number that may have decimals it is ambiguous
    (12,345), so it stays there too.
    """
    text = tidy(text)
    if column.kind is Kind.integer and _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if column.kind is Kind.decimal and text.endswith("%"):
        return text[:-1].rstrip()
    return text


def trouble(text: str) -> str:
    """What was expected in place of `text`, where no cell may hold it whatever its column; else "".

    Give it the text before `tidy`, which would trim some of what this looks for.
    """
    if text.isprintable() and not text.startswith(("#", "Err:", " ")) and len(text) <= LONGEST_CELL:
        return ""
    if len(text) > LONGEST_CELL:
        return f"Expected {LONGEST_CELL:,} characters at most, found {len(text):,}. Shorten the text."
    if _ERROR_VALUE.fullmatch(text.strip()):
        return "Expected a value; this is an error that a formula left. Mend the formula, or type the value."
    unseen = _UNSEEN.search(text)
    if unseen is None:
        return ""
    code = f"U+{ord(unseen[0]):04X}"
    if _REORDERS.match(unseen[0]):
        return f"Expected text that reads as it is stored; {code} is a mark that reorders it. Type the cell again."
    return f"Expected text; {code} is no character of one. Type the cell again."


def shown(text: str) -> str:
    """`text` for a message: unseen characters written out, and not too long."""
    text = _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text[: _LONGEST_SHOWN + 1])
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
