"""Where figures come from: documents, citations of facts, conflicts and their readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.rows import fetch


@dataclass(frozen=True)
class Document:
    """A published source. `usable_from` is the first day on which a view as at a date may use it."""

    document: str
    short_name: str
    title: str
    publisher: str
    date_text: str
    dated: str
    date_basis: str
    date_rule: str | None
    usable_from: date
    about: str
    facts: int


def documents(cursor: duckdb.DuckDBPyConnection) -> list[Document]:
    """The documents in the order of their dates, each with the number of facts first taken from it.

    Further places of a fact, conflicts and their readings are left out: they are about facts.
    """
    return fetch(
        cursor,
        Document,
        """
        SELECT document.document, short_name, title, publisher, date_text, dated, date_basis, date_rule, usable_from,
            about, (SELECT count(*) FROM fact WHERE fact.document = document.document
                AND table_name NOT IN ('also_said', 'conflict', 'conflict_reading'))
        FROM document ORDER BY usable_from, short_name
        """,
    )


FETCHED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that says a fact, with the date and the basis of that place. `usable_from` is the date of its document.
    `conflicts` are the keys of the conflicts that touch the fact."""

    fact_key: str
    short_name: str
    section: str
    paragraph: str
    basis: str
    rule: str | None
    as_at: str
    usable_from: date
    date_is_inferred: bool
    is_first: bool
    conflicts: tuple[str, ...]


def citations(
    cursor: duckdb.DuckDBPyConnection, fact_keys: Iterable[str] | None = None
) -> dict[str, tuple[Citation, ...]]:
    """Every place that says each of `fact_keys`, or each fact where none are given; the fact's own row first."""
    keys = None if fact_keys is None else sorted(set(fact_keys))
    cursor.execute(
        """
        SELECT source.fact_key, document.short_name, source.section, source.paragraph, source.basis, source.rule,
            source.as_at, document.usable_from, document.date_basis = 'inferred', source.is_first,
            coalesce((SELECT list(touched.conflict ORDER BY touched.conflict) FROM fact_conflict AS touched
                WHERE touched.fact_key = source.fact_key), [])
        FROM fact_source AS source JOIN document ON document.document = source.document
        WHERE ? OR list_contains(?, source.fact_key)
        ORDER BY source.fact_key, source.is_first DESC, document.usable_from, source.section, source.paragraph
        """,
        [keys is None, keys or []],
    )
    # All facts of an edition stand here for as long as the server runs. Most name the same few documents, sections and
    # dates, so equal texts are kept once; and rows come in parts, since all at once would double the memory needed.
    once: dict[object, object] = {}
    found: dict[str, tuple[Citation, ...]] = {}
    while rows := cursor.fetchmany(FETCHED_AT_ONCE):
        for row in rows:
            cells = (tuple(cell) if isinstance(cell, list) else cell for cell in row)
            citation = Citation(*(once.setdefault(cell, cell) for cell in cells))
            found[citation.fact_key] = (*found.get(citation.fact_key, ()), citation)
    return found


@dataclass(frozen=True)
class Reading:
    """One reading of a conflict, where it stands, and whether the atlas uses it."""

    fact_key: str
    conflict: str
    reading: str
    is_used: bool
    short_name: str
    section: str
    paragraph: str


@dataclass(frozen=True)
class Conflict:
    """One disagreement, with the reading the atlas uses and why."""

    fact_key: str
    question: str
    kind: str
    used: str
    why: str
    is_open: bool


def conflicts(cursor: duckdb.DuckDBPyConnection) -> list[Conflict]:
    """All conflicts, the open ones first, then in the order of their questions."""
    return fetch(
        cursor,
        Conflict,
        "SELECT fact_key, question, kind, used, why, is_open FROM conflict ORDER BY is_open DESC, question",
    )


def readings(cursor: duckdb.DuckDBPyConnection) -> list[Reading]:
    """All readings of all conflicts, the one that is used first."""
    return fetch(
        cursor,
        Reading,
        """
        SELECT fact_key, conflict, reading, is_used, short_name, section, paragraph
        FROM conflict_reading JOIN document USING (document)
        ORDER BY conflict, is_used DESC, usable_from, fact_key
        """,
    )
