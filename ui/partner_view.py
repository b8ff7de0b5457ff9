"""Partner agencies by board and by programme: a two-way table with the roles in words, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ui.cells import Absent, Cell, Sources
from ui.cite import source_details
from ui.table import Col, download, write
from ui.words import counted, listed
from warehouse.queries.learn import Agency, PartnerCell
from warehouse.schema.programmes import PARTNER_KIND, PARTNER_ROLE

BY_PROGRAMME, BY_BOARD = "By programme", "By board"
ONE = {BY_PROGRAMME: "programme", BY_BOARD: "board"}
SEVERAL = {BY_PROGRAMME: "programmes", BY_BOARD: "boards"}

NO_ROLE = "no role named"


@dataclass(frozen=True)
class TwoWay:
    """Agencies down, boards or programmes across (code and name), and the cells in which a document gives a role."""

    kind: str
    rows: tuple[Agency, ...]
    columns: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], PartnerCell]


def two_way(kind: str, found: Sequence[PartnerCell]) -> TwoWay:
    """The two-way table of these cells, both sides by name. `kind` is BY_PROGRAMME or BY_BOARD."""
    rows = {cell.partner: Agency(cell.partner, cell.name, cell.kind) for cell in found}
    columns = {cell.place: cell.label for cell in found}
    return TwoWay(
        kind,
        tuple(sorted(rows.values(), key=lambda row: (row.name, row.partner))),
        tuple(sorted(columns.items(), key=lambda column: (column[1], column[0]))),
        {(cell.partner, cell.place): cell for cell in found},
    )


def roles(cell: PartnerCell) -> str:
    """The roles of an agency in words."""
    return listed([PARTNER_ROLE.label(role).lower() for role in cell.roles])


def matrix(table: TwoWay, mine: str | None = None) -> Markup:
    """The two-way table as HTML. Each role opens to its source; a dash with hidden words stands where none is named.

    mine: code of the board whose column has the heavy edge.
    """
    heads = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_mine(code, mine), label) for code, label in table.columns
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{} <small>{}</small></th>{}</tr>').format(
            row.name,
            PARTNER_KIND.label(row.kind).lower(),
            Markup("").join(_cell(table, row, code, label, mine) for code, label in table.columns),
        )
        for row in table.rows
    )
    name = f"Two-way table: partner agencies by {ONE[table.kind]}"
    return Markup(
        '<div class="grid partners" tabindex="0" role="region" aria-label="{}"><table><caption class="vh">{}</caption>'
        '<thead><tr><th scope="col">Agency</th>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(name, name, heads, body)


def _mine(code: str, mine: str | None) -> Markup:
    return Markup(' class="mine"') if code == mine else Markup("")


def _cell(table: TwoWay, row: Agency, code: str, label: str, mine: str | None) -> Markup:
    cell = table.cells.get((row.partner, code))
    if cell is None:
        return Markup('<td{}><span aria-hidden="true">–</span><span class="vh">{}</span></td>').format(
            _mine(code, mine), f"{row.name}, {label}: {NO_ROLE}"
        )
    return Markup("<td{}>{}{}</td>").format(_mine(code, mine), roles(cell), source_details(cell.fact_keys))


def columns(table: TwoWay) -> tuple[Col[Agency], ...]:
    """The two-way table as columns for a download."""

    def place(code: str, label: str) -> Col[Agency]:
        def cell(row: Agency) -> Cell:
            found = table.cells.get((row.partner, code))
            return roles(found) if found else Absent(words=NO_ROLE)

        return Col(label, cell)

    def sources(row: Agency) -> Sources:
        keys = {key for (partner, _), cell in table.cells.items() if partner == row.partner for key in cell.fact_keys}
        return Sources(tuple(sorted(keys)))

    return (
        Col("Agency", lambda row: row.name, "head"),
        Col("Sort of agency", lambda row: PARTNER_KIND.label(row.kind)),
        *(place(code, label) for code, label in table.columns),
        Col("Source", sources),
    )


def show_matrix(table: TwoWay, mine: str | None = None) -> None:
    """Draw the two-way table with its download, or the words that there is none."""
    if not table.rows:
        write(
            Markup('<p class="absent">{}</p>').format(
                f"No document of this date names an agency with a {ONE[table.kind]}. A later date may fill this table."
            )
        )
        return
    paper = "The table of agencies, with a source for each role, is on screen and in the download."
    write(Markup('<p class="note paper">{}</p>').format(paper) + matrix(table, mine))
    download(columns(table), table.rows, f"partners_by_{ONE[table.kind]}")


def not_in_it(table: TwoWay, everyone: Sequence[Agency]) -> str:
    """The sentence on the agencies that have a role in something else, so that the table leaves them out."""
    rest = [row.name for row in everyone if row not in table.rows]
    every = counted(len(everyone), "agency", "agencies")
    if not rest:
        return f"Each of the {every} that a document gives a role is named with a {ONE[table.kind]}."
    return (
        f"{len(table.rows)} of the {every} that a document gives a role are named with a {ONE[table.kind]}. The others "
        f"have their role elsewhere: {listed(rest)}."
    )
