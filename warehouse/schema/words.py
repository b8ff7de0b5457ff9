"""A declaration in words, for everything that explains a column: the dictionary on screen, on paper and in Excel."""

from __future__ import annotations

from warehouse.schema import TABLES
from warehouse.schema.column import Column, Vocabulary


def holds(column: Column) -> str:
    """What a cell holds, such as "whole number" or "text, several"."""
    return column.kind.value + (", several" if column.many else "")


def must(column: Column) -> str:
    """Whether a cell of a table must be filled."""
    return "yes, or the word for its absence" if column.absent else "yes" if column.required else "no"


def must_in_return(column: Column) -> str:
    """Whether a cell of a return must be filled. There an empty cell says that the board did not report it."""
    return "yes" if column.required else "no; empty is read as not reported" if column.absent else "no"


def terms(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Each term of a closed list with its meaning."""
    return tuple(f"{vocabulary.label(code) or code}: {vocabulary.meaning(code)}" for code in vocabulary.codes)


def allowed(column: Column) -> str:
    """What limits a cell beside its kind and its closed list; "" where nothing does."""
    if column.refers_to:
        known = TABLES[column.refers_to].title if column.refers_to in TABLES else "any fact"
        return f"a key of: {known}" + (f", of the facet {column.facet}" if column.facet else "")
    if column.place:
        return f"the name of a {column.place}"
    if column.minimum is not None:
        return f"{column.minimum} or more"
    return ""
