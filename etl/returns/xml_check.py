"""Runs an XML of a workbook through the parser before openpyxl may see it: no document type, and well-formed."""

from __future__ import annotations

from contextlib import suppress
from xml.parsers import expat

from etl.returns.sheet_xml import MAIN, Layout, Part, StringsPart, WorkbookPart, WorksheetPart

_PARTS = {MAIN + "worksheet": WorksheetPart, MAIN + "workbook": WorkbookPart, MAIN + "sst": StringsPart}


class _Stop(Exception):
    """Nothing behind this is read."""


class XmlCheck:
    """Reads one XML, piece by piece.

    `root`: namespace and name of its first element. `has_document_type`: whether it declares one, and with it may
    declare entities; nothing is read behind that.
    """

    def __init__(self) -> None:
        self.root = ""
        self.has_document_type = False
        self._part: Part | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.StartElementHandler = self._first

    def feed(self, piece: bytes, is_last: bool = False) -> None:
        """Parse a piece. Raises `expat.ExpatError` where it is no XML, `NotAsWritten` where it is no workbook's."""
        if not self.has_document_type:
            with suppress(_Stop):
                self._parser.Parse(piece, is_last)

    @property
    def layout(self) -> Layout | None:
        """The layout, where it was a worksheet."""
        return self._part.layout if isinstance(self._part, WorksheetPart) else None

    @property
    def titles(self) -> list[str]:
        """The titles of the sheets, where it was the list of them."""
        return self._part.titles if isinstance(self._part, WorkbookPart) else []

    def _document_type(self, *_: object) -> None:
        self.has_document_type = True
        raise _Stop

    def _first(self, name: str, attributes: dict[str, str]) -> None:
        """The first element says whether this is an XML we look into."""
        self.root = name
        self._parser.StartElementHandler = None
        if name in _PARTS:
            self._part = _PARTS[name]()
            self._parser.StartElementHandler = self._part.start
            self._parser.EndElementHandler = lambda ended: None if ended == name else self._part.end(ended)
            self._parser.CharacterDataHandler = self._part.text
