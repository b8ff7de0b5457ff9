"""Counts from case files and police, statements, and the file audit's questions."""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("evidence_count", "statement", "audit_question")

NUMBERED = {"finding": 16, "recommendation": 13, "key_message": 9}
"""How many of each the Community Partnership Report numbers (sections 7.1 and 7.2, 8.3, 4.5)."""


def _numbered(statements: list[Row]) -> list[Fault]:
    """Numbered statements run from 1 without a gap."""
    faults = []
    for kind, expected in NUMBERED.items():
        numbers = sorted(int(row["number"]) for row in statements if row["kind"] == kind and row["number"])
        if numbers and numbers != list(range(1, expected + 1)):
            shown = ", ".join(map(str, numbers))
            faults.append(Fault("statement", 0, "number", shown, f"Expected {kind} 1 to {expected}, each once."))
    return faults


RULES = (Rule(("statement",), _numbered),)
