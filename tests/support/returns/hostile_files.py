"""Hostile, damaged and foreign files sent as returns. Each must be refused with what it is and what to send."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from etl.returns import archive as limits
from tests.support.returns.book_case import PLAIN, SHEET, STRINGS, made
from tests.support.returns.books import archive, book, replacing, rewritten, save
from tests.support.returns.case import COURSE, Case, Loads, Refuses, refuses

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEND = "Send the workbook that the atlas gives out"
DAMAGED = "The file is damaged or cut short"
TYPES = "[Content_Types].xml"
MAIN = "spreadsheetml.sheet.main+xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def orderly() -> bytes:
    """A workbook with one orderly row."""
    return book([COURSE])


def _case(shows: str, content: bytes | Callable[[], bytes], comes: Loads | Refuses, name: str = "return.xlsx") -> Case:
    return Case(shows, name, made(content), comes)


def _with(shows: str, entry: str, old: str, new: str, comes: Loads | Refuses) -> Case:
    return _case(shows, lambda: rewritten(orderly(), {entry: replacing(old, new)}), comes)


def _beginning(content: bytes, part: float) -> bytes:
    return content[: int(len(content) * part)]


# --- foreign ----------------------------------------------------------------------------------------------------------


def _old_office(stream: str) -> bytes:
    return OLD_OFFICE + bytes(1_000) + stream.encode("utf-16-le") + bytes(3_000)


def _zip_of(**entries: bytes) -> Callable[[], bytes]:
    return lambda: archive(
        {name.replace("__", "/").replace("_dot_", "."): content for name, content in entries.items()}
    )


def _open_document() -> bytes:
    return archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"})


FOREIGN = (
    _case("an old Excel workbook", _old_office("Workbook"), refuses("an old Excel workbook", SEND), "return.xls"),
    _case("a workbook locked with a password", _old_office("EncryptedPackage"), refuses("locked with a password")),
    _case("an old Word document", _old_office("WordDocument"), refuses("an old Word document", SEND), "return.doc"),
    _case("an old file of another kind", _old_office("Contents"), refuses("a file of an old Office programme", SEND)),
    _case("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", refuses("a PDF document", SEND), "return.pdf"),
    _case("a picture", b"\x89PNG\r\n\x1a\n" + bytes(20), refuses("a picture (PNG)", SEND)),
    _case("a web page called .xls", b"\r\n<HTML><table><tr><td>Board", refuses("a web page", SEND), "return.xls"),
    _case("an XML spreadsheet of 2003",
          b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
          b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
          refuses("an XML spreadsheet of 2003", SEND), "return.xml"),
    _case("a gzip archive", b"\x1f\x8b\x08" + bytes(20), refuses("an archive (gzip)", SEND)),
    _case("an empty zip archive", archive({}), refuses("an archive without any file in it", SEND), "return.zip"),
    _case("a programme", b"MZ" + bytes(100), refuses("a programme", SEND), "return.exe"),
    _case("an OpenDocument spreadsheet", _open_document, refuses("an OpenDocument spreadsheet", SEND), "return.ods"),
    _case("a Word document", _zip_of(word__document_dot_xml=b"<w/>"), refuses("a Word document (.docx)", SEND)),
    _case("a presentation", _zip_of(ppt__presentation_dot_xml=b"<p/>"), refuses("a presentation (.pptx)", SEND)),
    _case("a document of Numbers", _zip_of(Index__Document_dot_iwa=b"x"), refuses("Apple’s Numbers", SEND)),
    _case("a zip of workbooks", lambda: archive({"return.xlsx": orderly()}), refuses("an archive (zip)", SEND)),
    _with("a workbook with macros", TYPES, MAIN, "ms-excel.sheet.macroEnabled.main+xml", refuses("with macros", SEND)),
    _case("macros in a workbook without", lambda: rewritten(orderly(), {"xl/vbaProject.bin": lambda _: OLD_OFFICE}),
          refuses("a workbook with macros", SEND)),
    _with("a template", TYPES, MAIN, "spreadsheetml.template.main+xml", refuses("a template of a workbook", SEND)),
    _with("a binary workbook", TYPES, MAIN, "ms-excel.sheet.binary.macroEnabled.main", refuses("a binary Excel", SEND)),
    _with("the strict form of a workbook", "xl/workbook.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
          "http://purl.oclc.org/ooxml/spreadsheetml/main", refuses("Strict Open XML Spreadsheet", SEND)),
)  # fmt: skip


# --- damaged ----------------------------------------------------------------------------------------------------------


def _flipped(content: bytes) -> bytes:
    """One bit of the packed sheet turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        info = old.getinfo(SHEET)
    place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :]


def _twice(content: bytes) -> bytes:
    """An archive that holds a sheet twice: programmes differ in which one they take."""
    made_twice = io.BytesIO(content)
    with zipfile.ZipFile(made_twice, "a") as new:
        new.writestr(SHEET.upper(), new.read(SHEET))
    return made_twice.getvalue()


DAMAGES = (
    _case("a workbook cut in half", lambda: _beginning(orderly(), 0.5), refuses("BadZipFile", DAMAGED)),
    _case("a workbook without its last byte", lambda: orderly()[:-1], refuses(DAMAGED)),
    _case("the first four bytes of a workbook", b"PK\x03\x04", refuses(DAMAGED)),
    _case("a bit turned over", lambda: _flipped(orderly()), refuses(SHEET, DAMAGED)),
    _with("XML that is not closed", SHEET, "</worksheet>", "", refuses(SHEET, "no element found", DAMAGED)),
    _case("random bytes behind the mark of an archive", b"PK\x03\x04" + bytes(range(256)) * 20, refuses(DAMAGED)),
    _case("an entry twice", lambda: _twice(orderly()), refuses("stands in it twice", DAMAGED)),
    _case("a workbook with bytes behind its end", lambda: orderly() + b"\0" * 100, PLAIN),
)


# --- hostile ----------------------------------------------------------------------------------------------------------


def _bomb() -> bytes:
    """A sheet that grows a thousandfold."""
    return rewritten(
        orderly(), {SHEET: lambda sheet: sheet.replace(b"</worksheet>", b" " * 40_000_000 + b"</worksheet>")}
    )


def _many_bombs() -> bytes:
    """Parts that are each within the limits, and together are not."""
    filler = bytes(range(256)) * 4_000
    return rewritten(orderly(), {f"xl/media/{number}.bin": lambda _: filler for number in range(70)})


def _long_cell() -> bytes:
    """200 MB in one cell, 200 kB on the way."""
    return rewritten(orderly(), {STRINGS: replacing("Keeping children safe", "x" * 200_000_000)})


def _lying_bomb() -> bytes:
    """A sheet of 40 MB whose entry says that it has 1,000 bytes."""
    content = bytearray(_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as old:
        info = old.getinfo(SHEET)
    size = struct.pack("<I", info.file_size)
    for place in (content.index(size, info.header_offset), content.rindex(size)):
        content[place : place + 4] = struct.pack("<I", 1_000)
    return bytes(content)


def _other_packing() -> bytes:
    return rewritten_as(orderly(), zipfile.ZIP_LZMA)


def rewritten_as(content: bytes, compression: int) -> bytes:
    """The same workbook packed in another way."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return archive({name: old.read(name) for name in old.namelist()}, compression)


def _locked(content: bytes) -> bytes:
    """A workbook whose entries say that they need a password."""
    changed = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark)
        changed[place + flags] |= 1
    return bytes(changed)


def _declaring(entry: str, root: str, declared: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """A workbook in which one XML declares a document type."""

    def change(xml: bytes) -> bytes:
        text = xml.decode().removeprefix(DECLARATION)
        return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE {root} [{declared}]>{text}'.encode(encoding)

    return lambda: rewritten(orderly(), {entry: change})


LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/hostname">'
DECLARES = refuses("declares a document type", SEND)


def _nested() -> bytes:
    """An XML nested 60,000 deep."""
    depth = 60_000
    return rewritten(orderly(), {
        "docProps/custom.xml": lambda _: b"<a>" * depth + b"</a>" * depth,
        SHEET: replacing("</worksheet>", "<extLst>" + "<a>" * depth + "</a>" * depth + "</extLst></worksheet>"),
    })  # fmt: skip


def _links_outside(content: bytes) -> bytes:
    """A workbook that takes its texts from another place."""
    return rewritten(content, {
        "xl/_rels/workbook.xml.rels": replacing('Target="sharedStrings.xml"',
                                                'Target="http://192.0.2.1/strings.xml" TargetMode="External"'),
    })  # fmt: skip


def _too_large(path: Path) -> object:
    save(path, orderly())
    with path.open("r+b") as file:
        return file.truncate(limits.MOST_BYTES + 1)


HOSTILE = (
    _case("a bomb", _bomb, refuses(SHEET, "times when unpacked", "200 times at most")),
    _case("many small bombs", _many_bombs, refuses("it unpacks to 71,", "67,108,864 at most")),
    _case("a bomb that says it is small", _lying_bomb, refuses(SHEET, DAMAGED)),
    _case("a cell of 200 MB", _long_cell, refuses("it unpacks to 200,", "67,108,864 at most")),
    _case("thousands of entries", lambda: rewritten(orderly(), {f"x/{n}": lambda _: b"" for n in range(2_000)}),
          refuses("2,01", "files inside it", "1,000 at most")),
    _case("another way of packing", _other_packing, refuses("is packed as no workbook is")),
    _case("entries locked with a password", lambda: _locked(orderly()), refuses("locked with a password")),
    Case("more bytes than a workbook may have", "return.xlsx", _too_large, refuses("16,777,217 bytes", "16,777,216")),
    _case("a billion laughs", _declaring(STRINGS, "sst", LAUGHS), DECLARES),
    _case("a file from outside", _declaring(SHEET, "worksheet", OUTSIDE), DECLARES),
    _case("a document type only", _declaring("xl/styles.xml", "styleSheet", ""), DECLARES),
    _case("a document type in UTF-16", _declaring(STRINGS, "sst", LAUGHS, "utf-16"), DECLARES),
    _case("a document type in the list of parts", _declaring(TYPES, "Types", LAUGHS), DECLARES),
    _case("elements nested 60,000 deep", _nested, PLAIN),
    _case("texts from another machine", lambda: _links_outside(orderly()), PLAIN),
)  # fmt: skip

CASES = (*FOREIGN, *DAMAGES, *HOSTILE)
