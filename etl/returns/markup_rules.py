"""The rules of cells that openpyxl drops from a workbook, so that a marked-up copy can have them again.

Excel keeps a drop-down that names another sheet by its address in an extension of the sheet, which openpyxl passes
over. Our own drop-downs name their ranges, so it is others that stand there.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl.worksheet.datavalidation import DataValidation

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_CELLS = "{http://schemas.microsoft.com/office/excel/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORDS = ("type", "operator", "errorStyle", "errorTitle", "error", "promptTitle", "prompt")
_FLAGS = ("allowBlank", "showErrorMessage", "showInputMessage", "showDropDown")


def lost_rules(path: Path) -> dict[str, list[DataValidation]]:
    """Title of a sheet → its rules that stand in an extension. The file is a workbook that a reader accepted."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        found = {}
        for title, part in _sheets(archive):
            content = archive.read(part) if part in names else b""
            # Most sheets have none, and a sheet may be long: look before it is parsed.
            if b"dataValidations" in content and _X14[1:-1].encode() in content:
                found[title] = [_rule(element) for element in fromstring(content).iter(f"{_X14}dataValidation")]
    return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Title of each sheet and the name of its part."""
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _rule(element: Element) -> DataValidation:
    options: dict[str, object] = {word: element.get(word) for word in _WORDS if element.get(word)}
    options |= {flag: element.get(flag) in ("1", "true") for flag in _FLAGS}
    for number in (1, 2):
        formula = element.find(f"{_X14}formula{number}/{_CELLS}f")
        if formula is not None and formula.text:
            options[f"formula{number}"] = formula.text
    return DataValidation(sqref=element.findtext(f"{_CELLS}sqref", ""), **options)
