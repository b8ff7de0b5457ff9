"""Where the documents disagree, and where else a fact is said. Both readings stand; one is used, and we say why."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary

CONFLICT_KIND = Vocabulary(
    "conflict kind",
    {
        "between": ("Between documents", "Two documents say different things."),
        "within": ("Within a document", "One document says different things in two places."),
        "arithmetic": ("Arithmetic", "Printed parts do not add up to the printed whole."),
        "impossible": ("Impossible as printed", "What is printed cannot be right as it stands."),
        "plan_actual": ("Plan and outcome", "What was planned and what is reported differ."),
    },
)

CONFLICT = Table(
    "conflict",
    "Conflicts",
    "One disagreement between or within documents.",
    (
        Column("question", "What they disagree about, as a question.", required=True),
        Column("kind", "What sort of disagreement.", required=True, vocabulary=CONFLICT_KIND),
        Column("used", "The reading the atlas uses, in words.", required=True),
        Column("why", "Why that one.", required=True),
        Column("is_open", "Whether it is still open.", kind=Kind.yes_no, required=True),
    ),
    prefix="conflict",
    one_row="one disagreement",
)

CONFLICT_READING = Table(
    "conflict_reading",
    "Readings of conflicts",
    "One reading of a disagreement, tied to the fact that carries it.",
    (
        Column("conflict", "The disagreement.", required=True, refers_to="conflict"),
        Column("reading", "What is said, in our words.", required=True),
        Column("facts", "The facts on screen that this disagreement touches.", refers_to="fact", many=True),
        Column("is_used", "Whether the atlas uses this reading.", kind=Kind.yes_no, required=True),
    ),
    prefix="reading",
    one_row="one reading of a disagreement",
)

FACT_SOURCE = Table(
    "also_said",
    "Where else a fact is said",
    "Further places that say the same as a fact, beside the one on its own row.",
    (
        Column("subject", "The fact.", required=True, refers_to="fact"),
        Column("note", "What this place adds or leaves out."),
    ),
    prefix="also",
    one_row="fact × further place in a document",
)

TABLES = (CONFLICT, CONFLICT_READING, FACT_SOURCE)
