"""Looks a workbook over as strictly as can be without Excel: what Excel would offer to repair, it names."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from defusedxml.ElementTree import fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
"""The elements of a worksheet in the order that ISO/IEC 29500 (CT_Worksheet) asks for."""

LIMITS = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 225}
"""Letters that Excel takes in the help of a cell."""


def troubles(path: Path) -> list[str]:
    """Everything that is wrong with the workbook at `path`, as sentences; none where it is sound."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        found = [f"{name} is in the archive twice" for name in set(names) if names.count(name) > 1]
        parts = {name: archive.read(name) for name in names}
    found += _untyped(parts)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            fromstring(content)  # raises where it is not well formed
        if name.endswith(".rels"):
            found += _dangling(name, content, parts)
        if name.startswith("xl/worksheets/sheet"):
            found += [f"{name}: {words}" for words in _sheet(content)]
    return found


def _untyped(parts: dict[str, bytes]) -> Iterator[str]:
    types = fromstring(parts["[Content_Types].xml"])
    endings = {one.get("Extension", "").lower() for one in types.iter(f"{TYPES}Default")}
    named = {one.get("PartName", "").lstrip("/") for one in types.iter(f"{TYPES}Override")}
    for name in parts:
        if name not in {*named, "[Content_Types].xml"} and name.rpartition(".")[2].lower() not in endings:
            yield f"{name} has no type"
    yield from (f"{name} has a type and is not there" for name in named - set(parts))


def _dangling(name: str, content: bytes, parts: dict[str, bytes]) -> Iterator[str]:
    base = dirname(dirname(name))
    for link in fromstring(content):
        target = link.get("Target", "")
        if link.get("TargetMode") == "External":
            yield f"{name}: a link to {target}, outside the file"
            continue
        part = target.lstrip("/") if target.startswith("/") else normpath(join(base, target))
        if part not in parts:
            yield f"{name}: {target} is not there"


def _sheet(content: bytes) -> Iterator[str]:
    sheet = fromstring(content)
    tags = [element.tag.removeprefix(MAIN) for element in sheet]
    places = [ORDER.index(tag) for tag in tags]
    if places != sorted(places):
        yield f"its elements stand in the wrong order: {', '.join(tags)}"
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        for word, limit in LIMITS.items():
            if len(rule.get(word, "")) > limit:
                yield f"{word} of {rule.get('sqref')} is longer than {limit}"
        for formula in rule:
            if len(formula.text or "") > 255:
                yield f"the rule of {rule.get('sqref')} is longer than 255"
    rows = [int(row.get("r", 0)) for row in sheet.iter(f"{MAIN}row")]
    if rows != sorted(set(rows)):
        yield "its rows stand in the wrong order"
    yield from (
        f"{cell.get('r')} holds a formula" for cell in sheet.iter(f"{MAIN}c") if cell.find(f"{MAIN}f") is not None
    )
