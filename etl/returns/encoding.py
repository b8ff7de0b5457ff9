"""Which encoding a text is in: told by rule, never by likelihood.

A byte order mark, else UTF-8, else CP1252, which Excel on Windows writes. Where two of them are mixed, or a byte stands
for nothing, the file is refused with the place.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from etl.returns.raw import Refused

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes without a line end that are read at once. A line of a return is never near it."""

Chunks = Callable[[], Iterator[bytes]]

_SAVE_AS = "Save it again as “CSV UTF-8”."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def pieces(content: bytes) -> Chunks:
    """What `encoding_of` takes, for bytes that are in memory."""
    return lambda: (content[begin : begin + LONGEST_LINE] for begin in range(0, len(content), LONGEST_LINE))


def file_chunks(path: Path) -> Chunks:
    """What `encoding_of` takes, for a file that is read piece by piece."""

    def chunks() -> Iterator[bytes]:
        with path.open("rb") as file:
            while piece := file.read(LONGEST_LINE):
                yield piece

    return chunks


def encoding_of(chunks: Chunks, file_name: str) -> str:
    """The encoding of a text, as Python names it, after going through all of it once or twice.

    `chunks` gives its bytes from the beginning each time it is called, in pieces of `LONGEST_LINE`.
    Raises `Refused` where no encoding fits the whole text, it holds a NUL, or a line is longer than a piece.
    """
    head = next(chunks(), b"")
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Refused(f"{file_name}: the text is UTF-32; expected UTF-8, UTF-16 or CP1252. {_SAVE_AS}")
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    encoding = marked or "utf-8"
    wrong = _first_wrong_byte(chunks, encoding, file_name)
    if wrong is None:
        return encoding
    if marked:
        raise Refused(
            f"{file_name}: it begins as {_NAMES[marked]}, but byte {wrong + 1:,} is none. The file is damaged or cut "
            f"short. {_SAVE_AS}"
        )
    if _has_utf8_letters(chunks):
        raise Refused(
            f"{file_name}: part of the text is UTF-8, but byte {wrong + 1:,} is not; expected one encoding in a file. "
            f"{_SAVE_AS}"
        )
    wrong = _first_wrong_byte(chunks, "cp1252", file_name)
    if wrong is not None:
        raise Refused(
            f"{file_name}: byte {wrong + 1:,} is no letter in UTF-8 or CP1252, the encodings we read. {_SAVE_AS}"
        )
    return "cp1252"


def _first_wrong_byte(chunks: Chunks, encoding: str, file_name: str) -> int | None:
    """Where the first byte stands that is wrong in this encoding, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    for piece in chunks():
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError as error:
            return before - held + error.start
        if "\0" in text:
            raise Refused(_nul(chunks, encoding, file_name))
        if len(piece) == LONGEST_LINE and "\n" not in text and "\r" not in text:
            raise Refused(
                f"{file_name}: a line has more than {LONGEST_LINE // 1024 // 1024} million characters; expected "
                f"a row of a return. Send the workbook, or a CSV file of one of its sheets."
            )
        before += len(piece)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return before - len(decoder.getstate()[0])
    return None


def _nul(chunks: Chunks, encoding: str, file_name: str) -> str:
    """The message for the first NUL: where it stands."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, last = 1, ""
    for piece in chunks():
        text = decoder.decode(piece)
        before, nul, _ = text.partition("\0")
        line += len(re.findall(r"\r\n?|\n", before)) - (last == "\r" and before.startswith("\n"))
        if nul:
            break
        last = text[-1:]
    return (
        f"{file_name}: line {line} holds a NUL, a byte that stands in no text. The file is damaged, or in another "
        f"encoding than UTF-8, UTF-16 or CP1252. {_SAVE_AS}"
    )


def _has_utf8_letters(chunks: Chunks) -> bool:
    """Whether any letter beyond ASCII is written in UTF-8."""
    tail = b""
    for piece in chunks():
        if _UTF8_LETTER.search(tail + piece):
            return True
        tail = piece[-3:]
    return False
