"""Real HTML tables, and the same numbers as a file. `st.dataframe` is a picture to a keyboard or a screen reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import streamlit as st
from markupsafe import Markup

from ui.cells import Absent, Cell, Figure, Opening, Sources, downloaded, shown
from ui.cite import MOST_SHOWN
from ui.data import keeping_view
from ui.fill import fill
from ui.paging import choose_page, page_count
from ui.written import keep

Row = TypeVar("Row")
DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins with one of these as a formula."""

MOST_IN_TABLE = 400
"""Lines under the sources and in the lists of a whole table. The browser cleans every element of a page before it draws
any."""


@dataclass(frozen=True)
class Col(Generic[Row]):
    """One column: its heading and the cell it makes of a row. `kind`: text, long, number, date, bars or head."""

    head: str
    cell: Callable[[Row], Cell]
    kind: str = "text"


Columns = Sequence[Col[Row]] | Callable[[Sequence[Row]], Sequence[Col[Row]]]
"""The columns of a table; or what makes them of the rows at hand, where a cell needs more than its row."""


def table(
    caption: str,
    columns: Sequence[Col[Row]],
    rows: Sequence[Row],
    *,
    is_mine: Callable[[Row], bool] | None = None,
    part: str = "",
) -> Markup:
    """The rows as an HTML table with a caption, scopes, and the reader's own borough shaded.

    part: which rows of a longer table these are, in words."""
    heads = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_class(column.kind), column.head) for column in columns
    )
    cells = _fewer_lines([[column.cell(row) for column in columns] for row in rows])
    body = Markup("").join(
        fill(
            "<tr{}>{}</tr>",
            Markup(' class="mine"') if is_mine and is_mine(row) else "",
            Markup("").join(_cell(column, cell) for column, cell in zip(columns, line, strict=True)),
        )
        for row, line in zip(rows, cells, strict=True)
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table><caption>{}{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(f"Table: {caption}", caption, Markup(" <small>{}</small>").format(part) if part else "", heads, body)


def _class(kind: str) -> Markup:
    return fill(' class="{}"', kind) if kind in ("number", "date", "bars", "long") else Markup("")


def _fewer_lines(lines: list[list[Cell]]) -> list[list[Cell]]:
    """The cells, with fewer lines under each source and in each list, where the whole table would hold too many."""
    long = [cell for line in lines for cell in line if isinstance(cell, Sources | Opening)]
    if sum(min(cell.count, cell.most) for cell in long) <= MOST_IN_TABLE:
        return lines
    most = max(MOST_SHOWN, MOST_IN_TABLE // len(long))
    return [
        [replace(cell, most=min(most, cell.most)) if isinstance(cell, Sources | Opening) else cell for cell in line]
        for line in lines
    ]


def _cell(column: Col[Row], cell: Cell) -> Markup:
    content = shown(cell)
    if column.kind == "head":
        return fill('<th scope="row">{}</th>', content)
    return fill("<td{}>{}</td>", _class(column.kind), content)


def csv_text(columns: Sequence[Col[Row]], rows: Sequence[Row]) -> str:
    """Exactly the table as CSV. A column that may be absent is followed by its status column."""
    columns = [column for column in columns if column.kind != "bars"]
    cells = [[column.cell(row) for column in columns] for row in rows]
    has_status = [any(isinstance(line[place], Absent | Figure) for line in cells) for place in range(len(columns))]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    header: list[str] = []
    for column, status in zip(columns, has_status, strict=True):
        header += [column.head, f"{column.head}: status"] if status else [column.head]
    writer.writerow([_harmless(head) for head in header])
    for line in cells:
        record: list[object] = []
        for cell, status in zip(line, has_status, strict=True):
            value, code = downloaded(cell)
            record += [_harmless(value), code] if status else [_harmless(value)]
        writer.writerow(record)
    return out.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS_STARTS) else value


def show_table(
    caption: str,
    columns: Columns,
    rows: Sequence[Row],
    *,
    file: str,
    is_mine: Callable[[Row], bool] | None = None,
    empty: str = "Nothing is reported here.",
    drawn: Callable[[], Markup] | None = None,
) -> None:
    """Draw the table, page by page where it is long, with its download below, which holds every row.

    `file` names the download, and the page in the address; `empty` says why there is nothing. `drawn` gives what
    `table` makes of these rows, where it is kept.
    """
    if not rows:
        write(Markup('<h3>{}</h3><p class="absent">{}</p>').format(caption, empty))
        return
    is_whole = page_count(len(rows)) == 1
    if is_whole:
        shown_rows, part = rows[:], ""
    else:
        place = choose_page(file, len(rows))
        shown_rows, part = rows[place], f"rows {place.start + 1:,} to {place.stop:,} of {len(rows):,}"
    if is_whole and drawn:
        write(drawn())
    else:
        write(table(caption, _of(columns, shown_rows), shown_rows, is_mine=is_mine, part=part))
    download(columns, rows, file)


def download(
    columns: Sequence[Col[Row]], rows: Sequence[Row], file: str, label: str = "Download this table (CSV)"
) -> None:
    """The link that gives the rows as CSV. The file is made only when somebody asks for it, from the edition shown."""
    st.download_button(
        label,
        keeping_view(lambda: ("\ufeff" + csv_text(_of(columns, rows[:]), rows[:])).encode()),
        file_name=f"{file}.csv",
        mime="text/csv",
        key=f"download_{file}",
        type="tertiary",
        on_click="ignore",
    )


def _of(columns: Columns, rows: Sequence[Row]) -> Sequence[Col[Row]]:
    return columns(rows) if callable(columns) else columns


def write(content: Markup) -> None:
    """Draw escaped HTML. Takes `Markup` only, so that plain text from data cannot slip in."""
    if not isinstance(content, Markup):
        raise TypeError("write() takes Markup; build it with Markup('…{}…').format(text), which escapes text")
    keep(content)
    st.html(Markup('<div class="atlas">{}</div>').format(content))
