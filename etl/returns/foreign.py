"""Knows other kinds of files by their first bytes, to say what they are and what to send in their place."""

from __future__ import annotations

SEND = "Send the workbook that the atlas gives out, saved as “Excel Workbook (.xlsx)”, or CSV files of its sheets."

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BY_FIRST_BYTES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"BZh", "an archive (bzip2)"),
    (b"\xfd7zXZ", "an archive (xz)"),
    (b"PK\x05\x06", "an archive without any file in it"),
    (b"PAR1", "a table of another programme (Parquet)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"MZ", "a programme"),
    (b"\x7fELF", "a programme"),
)
_BY_FIRST_WORDS = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "an XML spreadsheet of 2003"),
    (b"<!doctype html", "a web page, whatever its name says"),
    (b"<html", "a web page, whatever its name says"),
    (b"<table", "a web page, whatever its name says"),
    (b"<?xml", "an XML file"),
)
_INSIDE_OLD_OFFICE = (
    ("EncryptedPackage", "a workbook locked with a password, which cannot be opened here. Take the password off"),
    ("WordDocument", "an old Word document (.doc)"),
    ("PowerPoint Document", "an old presentation (.ppt)"),
    ("Workbook", "an old Excel workbook (.xls)"),
    ("Book", "an old Excel workbook (.xls)"),
)
_INSIDE_ZIP = (
    ("word/document.xml", "a Word document (.docx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("Index/Document.iwa", "a document of Apple’s Numbers or Pages"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text (.odt)",
}


def kind_of(content: bytes) -> str:
    """What a file of another kind is, in words; "" where its bytes may be text or a workbook.

    `content`: all of it, or its beginning. Old Office files say what they are further down.
    """
    if content.startswith(OLD_OFFICE):
        inside = (words for name, words in _INSIDE_OLD_OFFICE if name.encode("utf-16-le") in content)
        return next(inside, "a file of an old Office programme")
    for first, words in _BY_FIRST_BYTES:
        if content.startswith(first):
            return words
    beginning = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if beginning.startswith(b"<"):
        return next((words for first, words in _BY_FIRST_WORDS if first in beginning), "")
    return ""


def kind_of_zip(names: list[str], mimetype: bytes) -> str:
    """What an archive is that is no Excel workbook, in words. `mimetype`: what its entry of that name holds."""
    if mimetype:
        return _OPEN_DOCUMENT.get(mimetype.strip(), "an archive of another programme")
    return next((words for name, words in _INSIDE_ZIP if name in names), "an archive (zip)")
