"""The data dictionary as a document, `docs/data_dictionary.md`: every table, every sheet of a return, every list.

It is made from the declarations; `python -m etl dictionary` writes it and a test says when it is out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from warehouse.schema import TABLES
from warehouse.schema.column import ABSENCE_WORDS, FACT_KEY, PROVENANCE, Column, Table, Vocabulary
from warehouse.schema.layout import ROOT
from warehouse.schema.returns import SHEETS, START, Sheet, heading
from warehouse.schema.words import allowed, holds, must, must_in_return

PATH = ROOT / "docs" / "data_dictionary.md"
EXAMPLE = "  python -m etl dictionary                  write docs/data_dictionary.md anew from the declarations"

INTRODUCTION = f"""# Data dictionary

Made from the declarations in `warehouse/schema/`. Do not edit it: change the declaration, then run
`python -m etl dictionary`.

A table of facts is a file of that name in each folder of `data/sources/` that has such facts; a list is a file in
`data/reference/`.

A cell that may be absent holds a value or one of these words: {", ".join(ABSENCE_WORDS)}. In the
warehouse such a column has a second one beside it, `<name>_status`, that says which. A column that holds several
values has them parted by a semicolon, and in the warehouse in a table of its own, `<table>_<name>`. Every row also
keeps the file and the line it was read from (`source_file`, `source_line`).

A date that is as precise as known is a year, a month or a day: 2012, 2012-06 or 2012-06-21.
"""

ABOUT_RETURNS = """
## Sheets of a return

What a board sends in, as a workbook or as a CSV file for each sheet. The heading on paper is the name of the column in
words. A cell that chooses from a list may hold the term or its code.
"""


def document() -> str:
    """The whole document, as Markdown."""
    tables, sheets = list(TABLES.values()), [START, *SHEETS.values()]
    parts = [INTRODUCTION, "\n## Columns of every table of facts\n\n", _columns((FACT_KEY, *PROVENANCE), must)]
    parts.append("\n## Tables\n")
    for table in tables:
        parts += [f"\n### {table.title}: `{table.name}`\n", _about_table(table), _columns(table.own_columns, must)]
    parts.append(ABOUT_RETURNS)
    for sheet in sheets:
        parts += [
            f"\n### Sheet: {sheet.title}\n",
            _about_sheet(sheet),
            _columns(sheet.columns, must_in_return, heading),
        ]
    parts.append("\n## Lists\n\nThe closed lists that columns choose from.\n")
    columns = [column for one in (*tables, *sheets) for column in one.columns]
    for vocabulary in _lists(columns):
        parts.append(f"\n### {_list_title(vocabulary)}\n\n")
        rows = [(f"`{code}`", vocabulary.label(code), vocabulary.meaning(code)) for code in vocabulary.codes]
        parts.append(_table(("Code", "Term", "Meaning"), rows))
    return "".join(parts)


def _about_table(table: Table) -> str:
    facts = " It also has the columns of every table of facts." if table.is_fact else ""
    made = f" Its file is written by `{table.made_by}`." if table.made_by else ""
    unique = f" No two rows share: {', '.join(table.unique)}." if table.unique else ""
    return f"\n{table.sentence} One row is {table.one_row}.{facts} Its key is `{table.key}`.{unique}{made}\n\n"


def _about_sheet(sheet: Sheet) -> str:
    people = " Its values are never printed, only where they stand." if sheet.is_about_people else ""
    optional = " It may be left out." if sheet.is_optional else ""
    return f"\n{sheet.sentence} One row is {sheet.one_row}.{people}{optional}\n\n"


def _columns(
    columns: Iterable[Column], must_be: Callable[[Column], str], headed: Callable[[Column], str] | None = None
) -> str:
    """A table of columns; with `headed`, what stands over each on paper is named too."""
    heads = ("Column", "Meaning", "Holds", "Unit", "Must be filled", "Allowed")
    rows = [
        (f"`{c.name}`", c.sentence, holds(c), c.unit or "", must_be(c), _allowed(c), headed(c) if headed else "")
        for c in columns
    ]
    if headed is None:
        return _table(heads, [row[:-1] for row in rows])
    return _table((heads[0], "Heading", *heads[1:]), [(row[0], row[-1], *row[1:-1]) for row in rows])


def _allowed(column: Column) -> str:
    if not column.vocabulary:
        return allowed(column)
    title = _list_title(column.vocabulary)
    return f"[{title}](#{title.lower().replace(': ', '-').replace(' ', '-')})"


def _list_title(vocabulary: Vocabulary) -> str:
    return f"List: {vocabulary.name}"


def _lists(columns: Iterable[Column]) -> list[Vocabulary]:
    """The closed lists of these columns, each once, in order of name. Raises ValueError where two share a name."""
    found: dict[str, Vocabulary] = {}
    for column in columns:
        if column.vocabulary and found.setdefault(column.vocabulary.name, column.vocabulary) != column.vocabulary:
            raise ValueError(f"Two lists are named {column.vocabulary.name!r}. Rename one in its declaration.")
    return [found[name] for name in sorted(found)]


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join("| " + " | ".join(_cell(words) for words in line) + " |\n" for line in lines)


def _cell(words: str) -> str:
    """Words as a cell of Markdown: a bar would end it, and what stands in angle brackets would not be seen."""
    return words.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add this command to those of `python -m etl`."""
    command = commands.add_parser("dictionary", help="write the data dictionary from the declarations")
    command.add_argument("--out", type=Path, default=PATH, metavar="FILE", help="where to write it")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the document. Returns 0, or 1 where it cannot be written."""
    try:
        chosen.out.write_text(document(), encoding="utf-8", newline="\n")
    except OSError as error:
        print(f"Not written: {chosen.out}: {error.strerror}. Name another file with --out.", file=sys.stderr)
        return 1
    print(f"Written: {chosen.out}, {len(TABLES)} tables and {len(SHEETS) + 1} sheets.")
    return 0
