"""The lists that returns choose from: their terms as words on paper, the codes behind them, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.faults import Fault
from etl.read import RawFile, files_of, read_file
from geo.names import areas_of, borough_names
from warehouse.schema import TABLES
from warehouse.schema.column import Column, Vocabulary
from warehouse.schema.places import COMMUNITY_FACET
from warehouse.schema.programmes import PARTNER_KIND
from warehouse.schema.returns import SHEETS, START

NOT_A_ROUND = "none"
"""The entry of the list of rounds that stands for no round; nobody can answer it."""


class FaultyLists(Exception):
    """A list cannot be read. The message names each fault by file, line, column and value."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"The lists cannot be read; nothing was written.\n{lines}\nMend them and run this again.")


@dataclass(frozen=True)
class Term:
    """One entry of a list: its code, the words for it, and what it means."""

    code: str
    label: str
    meaning: str
    facet: str = ""


@dataclass(frozen=True)
class CodeList:
    """One closed list. `name` is a word that can name a range of a workbook; `title` stands over it on paper."""

    name: str
    title: str
    terms: tuple[Term, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The words in their order."""
        return tuple(term.label for term in self.terms)

    def term(self, code: str) -> Term | None:
        """The entry with that code, or None."""
        return next((term for term in self.terms if term.code == code), None)

    def among(self, facet: str, words: str) -> CodeList:
        """The part of the list that is of one facet; `words` say which."""
        terms = tuple(term for term in self.terms if term.facet == facet)
        return CodeList(f"{self.name}_{facet}", f"{self.title}: {words.lower()}", terms)


@dataclass(frozen=True)
class Round:
    """One round: its code, its name on paper, what it is, and from when until when it is answered ("" if not said)."""

    code: str
    label: str
    meaning: str
    opens: str
    deadline: str


@dataclass(frozen=True)
class Codes:
    """All lists by their name, and the rounds that can be answered by their code."""

    lists: dict[str, CodeList]
    rounds: dict[str, Round]

    def of(self, column: Column) -> CodeList | None:
        """The list that a cell of this column chooses from; None where it is free."""
        if column.vocabulary:
            return self.lists[_name(column.vocabulary)]
        known = self.lists.get(column.refers_to or column.place or "")
        if known and column.facet:
            return known.among(column.facet, COMMUNITY_FACET.label(column.facet))
        return known

    def used(self) -> tuple[CodeList, ...]:
        """Every list that some column chooses from, once, in the order of the sheets; those of 'Start here' last."""
        columns = [column for sheet in (*SHEETS.values(), START) for column in sheet.columns]
        found = [self.of(column) for column in columns]
        return tuple({known.name: known for known in found if known}.values())


def read_codes(data: Path) -> Codes:
    """The lists under a data folder: `reference/`, the partners of all `sources/`, and the rounds of returns.

    Raises `FaultyLists`. Boroughs and boards are those that the readers of places know.
    """
    rounds = _rounds(data)
    boards = _read(data, "board")
    lists = [
        CodeList("board", TABLES["board"].title, tuple(_board(row) for row in boards)),
        CodeList("round", TABLES["round"].title, tuple(Term(one.code, one.label, one.meaning) for one in rounds)),
        CodeList("borough", TABLES["borough"].title, _boroughs(data)),
        CodeList(
            "theme", TABLES["theme"].title,
            tuple(Term(row["theme"], row["label"], row["meaning"]) for row in _read(data, "theme")),
        ),
        CodeList("community", TABLES["community"].title, tuple(map(_community, _read(data, "community")))),
        CodeList("partner", TABLES["partner"].title, tuple(sorted(map(_partner, _read(data, "partner")), key=_words))),
    ]  # fmt: skip
    columns = [column for sheet in (START, *SHEETS.values()) for column in sheet.columns]
    lists += [_closed(column.vocabulary) for column in columns if column.vocabulary]
    return Codes({known.name: known for known in lists}, {one.code: one for one in rounds})


def _rounds(data: Path) -> list[Round]:
    return [
        Round(row["round"], row["label"], row["meaning"], row["opens"], row["deadline"])
        for row in _read(data, "round")
        if row["round"] != NOT_A_ROUND
    ]


def _read(data: Path, name: str) -> list[dict[str, str]]:
    return _cells([read_file(path, TABLES[name], data) for path in files_of(TABLES[name], data)])


def _cells(files: list[RawFile]) -> list[dict[str, str]]:
    faults = [fault for file in files for fault in file.faults]
    if faults:
        raise FaultyLists(faults)
    return [row.cells for file in files for row in file.rows]


def _board(row: dict[str, str]) -> Term:
    names = borough_names()
    covers = " and ".join(names[code] for code in areas_of(row["board"]))
    return Term(row["board"], row["board_name"], f"Covers {covers}.")


def _boroughs(data: Path) -> tuple[Term, ...]:
    rows = _read(data, "borough")
    terms = (Term(row["gss_code"], row["borough"], row["official_name"]) for row in rows)
    return tuple(sorted(terms, key=_words))


def _community(row: dict[str, str]) -> Term:
    meaning = COMMUNITY_FACET.label(row["facet"]) if row["facet"] in COMMUNITY_FACET else row["facet"]
    return Term(row["community"], row["label"], meaning, row["facet"])


def _partner(row: dict[str, str]) -> Term:
    meaning = PARTNER_KIND.label(row["kind"]) if row["kind"] in PARTNER_KIND else row["kind"]
    return Term(row["fact_key"], row["name"], meaning)


def _closed(vocabulary: Vocabulary) -> CodeList:
    terms = tuple(Term(code, vocabulary.label(code), vocabulary.meaning(code)) for code in vocabulary.codes)
    return CodeList(_name(vocabulary), vocabulary.name.capitalize(), terms)


def _name(vocabulary: Vocabulary) -> str:
    return vocabulary.name.replace(" ", "_")


def _words(term: Term) -> str:
    return term.label.casefold()
