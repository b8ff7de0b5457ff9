"""How a table of the warehouse is declared, once, for everything that needs to know it.

One `Table` feeds the DuckDB tables with their CHECK constraints and comments (`warehouse.schema.ddl`), the checks of
the build (`etl.check`) and the data dictionary on screen. So the three cannot drift apart.

A cell that may be absent for a reason is declared with `absent=True`: its CSV cell holds a value or one of the words
in `ABSENCE_WORDS`, and the table gets a second column, `<name>_status`, that says which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. `partial_date` is YYYY, YYYY-MM or YYYY-MM-DD: the length is the precision."""

    text = "text"
    integer = "whole number"
    decimal = "number"
    date = "date"
    partial_date = "date, as precise as known"
    yes_no = "yes or no"


class Status(StrEnum):
    """The status beside a value that may be absent. A reported zero is a value, and has its own word."""

    value = "value"
    zero = "zero"
    not_reported = "not_reported"
    not_asked = "not_asked"
    withheld = "withheld"


ABSENCE_WORDS = {
    "not reported": Status.not_reported,
    "not asked": Status.not_asked,
    "not applicable": Status.not_asked,
}
"""What a source file may write in place of a value. `withheld` is never written in a source: it begins with returns."""

SHORTHAND = {
    Status.value: "",
    Status.zero: "",
    Status.not_reported: "[x]",
    Status.not_asked: "[z]",
    Status.withheld: "[c]",
}
"""Shorthand for a status column in a download (Government Analysis Function, symbols in tables)."""


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms: code → (label on screen, meaning in one sentence)."""

    name: str
    terms: dict[str, tuple[str, str]]

    def __contains__(self, code: str) -> bool:
        return code in self.terms

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(self.terms)

    def label(self, code: str) -> str:
        """The words on screen for a code."""
        return self.terms[code][0]

    def meaning(self, code: str) -> str:
        """One sentence on what a code means."""
        return self.terms[code][1]


@dataclass(frozen=True)
class Column:
    """One column: its name, what a cell holds, and a sentence for the dictionary.

    `vocabulary`: the cell is one of its codes. `refers_to`: the cell is a key of that table.
    `place`: the cell is the name of a borough ("borough") or a board ("board"), and its code is stored.
    `many`: the cell holds several, parted by "; "; they are stored in the link table `<table>_<name>`.
    `facet`: of the communities it refers to, those of this facet only.
    """

    name: str
    sentence: str
    kind: Kind = Kind.text
    required: bool = False
    unit: str | None = None
    vocabulary: Vocabulary | None = None
    refers_to: str | None = None
    place: str | None = None
    many: bool = False
    absent: bool = False
    minimum: int | None = None
    pattern: str | None = None
    facet: str | None = None


@dataclass(frozen=True)
class Table:
    """One entity. `facts` tables hold transcribed facts and carry the columns of `FACT_COLUMNS` as well.

    `prefix` begins every fact key of the table. `key` is the primary key column. `made_by`: the command that writes its
    file, or further rows for it, from what a user has; the table is well without. The file is `data/<name>/<name>.csv`,
    or `made_at` under `data/`.
    """

    name: str
    title: str
    sentence: str
    own_columns: tuple[Column, ...]
    prefix: str | None = None
    key: str = "fact_key"
    one_row: str = ""
    unique: tuple[str, ...] = field(default=())
    made_by: str | None = None
    made_at: str | None = None

    @property
    def is_fact(self) -> bool:
        """Whether its rows are transcribed facts."""
        return self.prefix is not None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns of the file, in the order of its header."""
        if not self.is_fact:
            return self.own_columns
        return (FACT_KEY, *self.own_columns, *PROVENANCE)

    @property
    def link_columns(self) -> tuple[Column, ...]:
        """The columns that hold several values each."""
        return tuple(column for column in self.columns if column.many)


BASIS = Vocabulary(
    "basis",
    {
        "stated": ("stated", "Printed in the document."),
        "derived": ("derived", "Computed by us from what is printed; the rule says how."),
        "inferred": ("inferred", "A judgement; the rule says whose and on what ground."),
    },
)

FACT_KEY = Column(
    "fact_key",
    "Stable name of this fact. Never reused for another.",
    required=True,
    pattern=r"[a-z]+(-[a-z0-9]+)+",
)

PROVENANCE = (
    Column("document", "The document that says so.", required=True, refers_to="document"),
    Column("section", "Section of the document, by its number and title or its appendix.", required=True),
    Column("paragraph", "Paragraph, bullet or table row inside the section.", required=True),
    Column(
        "as_at",
        "The date for which the document says it; the date of the document where it names no other.",
        kind=Kind.partial_date,
        required=True,
    ),
    Column("basis", "How we know it: stated, derived or inferred.", required=True, vocabulary=BASIS),
    Column("rule", "For a derived or inferred fact: how, and by whose rule."),
)
"""Where a fact comes from. Every table of transcribed facts ends with these columns."""
