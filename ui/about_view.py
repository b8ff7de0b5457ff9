"""The parts of 'About the data': documents, conflicts, caveats, the dictionary, editions, accessibility, credits.

Residents and ethnicities are in `ui.about_filing`, editions in `ui.editions_view`."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from ui.about_filing import where_filed
from ui.cells import Absent
from ui.cite import conflict_readings
from ui.data import ask, edition
from ui.denominator import FILED_PART
from ui.editions_view import editions, loss_in_words
from ui.table import Col, show_table, write
from ui.words import counted, day, partial_date
from warehouse.queries import account, sources
from warehouse.schema import TABLES
from warehouse.schema.column import BASIS, Column, Table
from warehouse.schema.conflicts import CONFLICT_KIND
from warehouse.schema.words import allowed, holds, must, terms


def documents() -> None:
    """The five documents, with their dates and how we know them."""
    show_table(
        "The documents",
        (
            Col("Document", lambda row: row.short_name, "head"),
            Col("Title", lambda row: row.title),
            Col("What it is", lambda row: row.about, "long"),
            Col("Publisher", lambda row: row.publisher),
            Col("Date printed", lambda row: row.date_text),
            Col("Date used", lambda row: f"{partial_date(row.dated)} ({BASIS.label(row.date_basis)})"),
            Col("Why that date", lambda row: row.date_rule or Absent("not_asked"), "long"),
            Col("Used in views from", lambda row: day(row.usable_from)),
            Col("Facts taken from it", lambda row: row.facts, "number"),
        ),
        ask(sources.documents),
        file="documents",
    )


def conflicts() -> None:
    """Every disagreement with its readings, the open ones first."""
    rows = ask(sources.conflicts)
    still_open = sum(row.is_open for row in rows)
    parts = Markup("").join(
        Markup('<section id="{}"><p class="note">{}, {}</p>{}</section>').format(
            row.fact_key, CONFLICT_KIND.label(row.kind), "open" if row.is_open else "settled",
            conflict_readings(row.fact_key),
        )
        for row in rows
    )  # fmt: skip
    write(
        Markup(
            "<h2>Where the documents disagree</h2><p>{}, of which {} open. Both readings stand. The number we use "
            "carries a ‡ wherever it is shown.</p>{}"
        ).format(counted(len(rows), "conflict"), still_open, parts)
    )


def caveats() -> None:
    """What every reader should know, in plain sentences."""
    lines = (
        "This is history. It says what five documents of 2005 to 2011 report, not what is so today.",
        "What no document reports may still have happened. 'Not reported' is not 'no'.",
        "No answers to the interviews of 2010–11 survive. The statements of 14 boards of July 2007 stand in for them.",
        "Boards wrote their statements as they wished. A longer statement does not mean more work.",
        "33 areas are drawn and 32 boards report: the City of London shares a board with Hackney. That is confirmed "
        "for 2012 and later, and inferred for 2010.",
        "A plan, a proposal and an interest are not activity, and are kept apart from it.",
        "Counts from case files and from the police are for London as a whole. They count files and investigations, "
        "not how often abuse happens. They are never added, and never set beside ethnicity or faith by borough.",
        "Case examples of single children and families in the 2007 report are not in the atlas.",
        "Names of people are not in the atlas, even where a document prints them.",
    )
    write(Markup("<h2>Caveats</h2><ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(x) for x in lines)))


def dictionary() -> None:
    """Every table and column as declared, with what a cell may hold."""
    labels = {table.title: table for table in TABLES.values()}
    chosen = st.selectbox("Table", list(labels), key="dictionary_table", bind="query-params")
    table: Table = labels[chosen]
    write(Markup("<h2>{}</h2><p>{} One row is {}.</p>").format(table.title, table.sentence, table.one_row))
    show_table(
        "Columns",
        (
            Col("Column", lambda column: column.name, "head"),
            Col("Meaning", lambda column: column.sentence, "long"),
            Col("Holds", holds),
            Col("Unit", lambda column: column.unit or Absent("not_asked")),
            Col("Must be filled", must),
            Col("Allowed", _allowed, "long"),
        ),
        table.columns,
        file=f"dictionary_{table.name}",
    )


def _allowed(column: Column) -> tuple[str, ...] | str | Absent:
    if column.vocabulary:
        return terms(column.vocabulary)
    return allowed(column) or Absent("not_asked")


def this_edition() -> None:
    """Which edition this is, and what became of every row of every file."""
    current = edition()
    rows = ask(account.files)
    loaded, refused = sum(row.rows_loaded for row in rows), sum(row.rows_refused for row in rows)
    write(
        Markup(
            "<h2>This edition</h2><p>Edition {}, named after its content: the same facts make the same edition "
            "anywhere. {} read, {:,} loaded, {} refused.</p>"
        ).format(current.name, counted(sum(row.rows_in for row in rows), "row"), loaded, refused)
    )
    if current.losses:
        lines = Markup("").join(Markup("<li>{}</li>").format(loss_in_words(loss)) for loss in current.losses)
        write(Markup("<h3>Left out on purpose</h3><p>The edition before it had these.</p><ul>{}</ul>").format(lines))
    show_table(
        "What became of every row",
        (
            Col("File", lambda row: row.file, "head"),
            Col("Table", lambda row: TABLES[row.table_name].title),
            Col("Rows in", lambda row: row.rows_in, "number"),
            Col("Loaded", lambda row: row.rows_loaded, "number"),
            Col("Refused", lambda row: row.rows_refused, "number"),
        ),
        rows,
        file="row_account",
    )
    show_table(
        "Refused rows",
        (
            Col("File", lambda row: row.file, "head"),
            Col("Line", lambda row: row.line, "number"),
            Col("Why", lambda row: row.reason, "long"),
        ),
        ask(account.refusals),
        file="refused_rows",
        empty="No row was refused.",
    )


def accessibility() -> None:
    """What works without a mouse, without colour and without the map."""
    write(
        Markup(
            "<h2>Accessibility</h2><ul>"
            "<li>Everything works with the keyboard. On a map: Tab to it, arrow keys to move, Enter to pick.</li>"
            "<li>Every map has a sentence and a table that say the same. A select box picks as a click does.</li>"
            "<li>Nothing is told by colour alone: absences have patterns, states have words.</li>"
            "<li>Pages print on A4 from the browser.</li>"
            "<li>No request leaves this server, so pages work without the internet.</li></ul>"
        )
    )


def credits() -> None:
    """Whose work the atlas stands on."""
    write(
        Markup(
            "<h2>Credits</h2><ul>"
            "<li>Boundaries: Greater London Authority, without the tidal Thames, from the package spData (CC0), "
            "simplified. Contains National Statistics data © Crown copyright and database right. Contains OS data © "
            "Crown copyright and database right.</li>"
            "<li>Map: Leaflet 1.9.4, BSD 2-clause licence.</li>"
            "<li>Documents: London Child Protection Committee, London Safeguarding Children Board and Camden, as "
            "listed under Documents.</li></ul>"
        )
    )


PARTS: dict[str, Callable[[], None]] = {
    "Documents": documents,
    "Conflicts": conflicts,
    "Caveats": caveats,
    FILED_PART: where_filed,
    "Dictionary": dictionary,
    "This edition": this_edition,
    "Editions": editions,
    "Accessibility": accessibility,
    "Credits": credits,
}
