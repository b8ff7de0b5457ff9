"""The text of a PDF that Chromium printed, page by page. Enough for that, and no reader of PDFs in general.

Chromium writes one object after the other, deflates the streams, draws glyphs by their number in a font, and adds to
each font a table from glyph to character.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>\r?\n")
_RANGE = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)> (?:<([0-9A-F]+)>|\[(.*?)\])")
_SHOW = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj|\[((?:<[0-9A-F]+>|[-\d.\s]+)+)\] TJ")


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without any blanks: glyphs are placed one by one, so blanks are not to be relied on."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return [_text(body, objects) for _, body in sorted(objects.items()) if re.search(rb"/Type /Page\b", body)]


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if not found:
        return b""
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _reference(name: bytes, body: bytes) -> int | None:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return int(found[1]) if found else None


def _glyphs(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Character of each glyph of a font."""
    table = _stream(objects.get(_reference(b"ToUnicode", font) or -1, b""))
    glyphs: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in _PAIR.findall(block + b"\n"):
            glyphs[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, start, listed in _RANGE.findall(block):
            several = re.findall(rb"<([0-9A-F]+)>", listed)
            for place, glyph in enumerate(range(int(first, 16), int(last, 16) + 1)):
                code = int(several[place], 16) if several else int(start, 16) + place
                glyphs[glyph] = chr(code)
    return glyphs


def _text(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {}
    for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page):
        font = objects[int(number)]
        digits = 4 if b"/Type0" in font else 2  # a font of more than 256 glyphs numbers them with two bytes
        fonts[name] = (digits, _glyphs(font, objects))
    contents = _stream(objects[_reference(b"Contents", page) or -1])
    shown, digits, glyphs = [], 2, {}
    for name, one, several in _SHOW.findall(contents):
        if name:
            digits, glyphs = fonts[name]
        for run in [one] if one else re.findall(rb"<([0-9A-F]+)>", several):
            codes = [int(run[place : place + digits], 16) for place in range(0, len(run), digits)]
            shown += [glyphs.get(code, "") for code in codes]
    # A ligature of the font is read as its letters.
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", "".join(shown)))
