"""Every table of the warehouse, declared once: `TABLES` maps its name to its declaration, in an order in which a table
follows those it refers to."""

from __future__ import annotations

from warehouse.schema import (
    bodies,
    communities,
    conflicts,
    evidence,
    mapping,
    pilots,
    places,
    population,
    programmes,
    returns,
    training,
)
from warehouse.schema.column import Column, Kind, Status, Table, Vocabulary

TABLES: dict[str, Table] = {
    table.name: table
    for module in (
        places,
        programmes,
        communities,
        mapping,
        pilots,
        training,
        population,
        evidence,
        bodies,
        conflicts,
        returns,
    )
    for table in module.TABLES
}

__all__ = ["TABLES", "Column", "Kind", "Status", "Table", "Vocabulary"]
