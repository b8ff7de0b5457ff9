"""Looks into the archive that a workbook is, before anything is unpacked or believed.

An .xlsx is a zip of XML files. Here its list of entries is checked, then every entry is unpacked once, within limits,
and every XML in it is run through the parser: no DOCTYPE, no entity, well-formed to the end.
"""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from xml.parsers import expat

from etl.returns.foreign import SEND, kind_of_zip
from etl.returns.raw import Refused
from etl.returns.sheet_xml import Layout, NotAsWritten
from etl.returns.text import shown
from etl.returns.xml_check import XmlCheck

MOST_BYTES = 16 * 1024 * 1024
MOST_ENTRIES = 1_000
MOST_UNPACKED = 64 * 1024 * 1024
HIGHEST_RATIO = 200  # times that an entry grows; a sheet grows tenfold, a bomb a thousandfold
_RATIO_MATTERS_FROM = 1024 * 1024
_PIECE = 1024 * 1024

_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OTHER_MAINS = (
    (b"macroEnabled.main+xml", "a workbook with macros (.xlsm, .xltm)"),
    (b"spreadsheetml.template.main+xml", "a template of a workbook (.xltx)"),
    (b"sheet.binary", "a binary Excel workbook (.xlsb)"),
)
_READ_BY_NOBODY = (".svg", ".vml")  # drawings; Excel's are not always well-formed
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, ValueError)
DAMAGED = "The file is damaged or cut short. Open it in Excel or LibreOffice, save it again, and send it again."


@dataclass(frozen=True)
class Inside:
    """What an archive holds: the layout of every worksheet by the name of its entry, and the titles of all sheets."""

    layouts: dict[str, Layout]
    titles: tuple[str, ...]


def check_archive(archive: zipfile.ZipFile, file_name: str) -> Inside:
    """Look through the archive of a workbook.

    Raises `Refused` where the archive is no plain workbook, is larger than its limits or damaged, or an XML in it
    declares a document type or entities.
    """
    entries = archive.infolist()
    _check_list(entries, file_name)
    _check_kind(archive, [entry.filename for entry in entries], file_name)
    layouts, titles = {}, []
    for entry in entries:
        check = XmlCheck()
        try:
            _run_through(archive, entry, check)
        except (expat.ExpatError, NotAsWritten, *_DAMAGES) as error:
            raise_for_memory(error)
            raise Refused(
                f"{file_name}: {shown(entry.filename)} inside it cannot be read: {error}. {DAMAGED}"
            ) from error
        if check.has_document_type:
            raise Refused(
                f"{file_name}: {shown(entry.filename)} inside it declares a document type, which no workbook needs and "
                f"an attack may use. Make the return anew. {SEND}"
            )
        if check.root.startswith(_STRICT):
            raise Refused(f"{file_name}: it is saved as “Strict Open XML Spreadsheet”. {SEND}")
        if check.layout:
            layouts[entry.filename] = check.layout
        titles += check.titles
    return Inside(layouts, tuple(titles))


def raise_for_memory(error: Exception) -> None:
    """Raise MemoryError where an XML parser says of itself that it had too little memory."""
    if getattr(error, "code", None) == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
        raise MemoryError from error


def _check_list(entries: list[zipfile.ZipInfo], file_name: str) -> None:
    """The list of entries, before any is unpacked. `zipfile` unpacks no more of an entry than this list says."""
    if len(entries) > MOST_ENTRIES:
        raise Refused(
            f"{file_name}: {len(entries):,} files inside it; expected {MOST_ENTRIES:,} at most in a workbook. {SEND}"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise Refused(
            f"{file_name}: it unpacks to {unpacked:,} bytes; expected {MOST_UNPACKED:,} at most. Delete what is not of "
            "the return, or send CSV files of its sheets."
        )
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused(f"{file_name}: it is locked with a password. Take the password off and send it again.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(f"{file_name}: {shown(entry.filename)} inside it is packed as no workbook is. {SEND}")
        packed = max(entry.compress_size, 1)
        if entry.file_size > _RATIO_MATTERS_FROM and entry.file_size / packed > HIGHEST_RATIO:
            raise Refused(
                f"{file_name}: {shown(entry.filename)} inside it grows {entry.file_size // packed:,} times when "
                f"unpacked; expected {HIGHEST_RATIO} times at most. {SEND}"
            )
    twice = [name for name, count in Counter(entry.filename.casefold() for entry in entries).items() if count > 1]
    if twice:
        raise Refused(f"{file_name}: {shown(twice[0])} stands in it twice. {DAMAGED}")


def _check_kind(archive: zipfile.ZipFile, names: list[str], file_name: str) -> None:
    """That it is an Excel workbook without macros."""
    types = _content(archive, _TYPES, file_name) if _TYPES in names else b""
    if "xl/vbaProject.bin" in names:
        raise Refused(f"{file_name}: a workbook with macros. {SEND}")
    for main, words in _OTHER_MAINS:
        if main in types:
            raise Refused(f"{file_name}: {words}. {SEND}")
    if _MAIN not in types:
        mimetype = _content(archive, "mimetype", file_name) if "mimetype" in names else b""
        raise Refused(f"{file_name}: {kind_of_zip(names, mimetype)}, not a workbook of a return. {SEND}")


def _content(archive: zipfile.ZipFile, name: str, file_name: str) -> bytes:
    try:
        return archive.read(name)
    except _DAMAGES as error:
        raise Refused(f"{file_name}: {name} inside it cannot be read. {DAMAGED}") from error


def _run_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, check: XmlCheck) -> None:
    """Unpack an entry, and parse it where it is XML."""
    with archive.open(entry) as file:
        piece = file.read(_PIECE)
        begins = piece[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
        is_xml = b"<" in begins[:4] or piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        is_xml &= not entry.filename.endswith(_READ_BY_NOBODY)
        while piece:
            if is_xml:
                check.feed(piece)
            piece = file.read(_PIECE)
    if is_xml:
        check.feed(b"", is_last=True)
