"""Checks every row against the declarations: cells, keys, references, provenance, place. All faults, not the first."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from etl.cells import Unfit, parse
from etl.faults import Fault
from etl.read import RawRow
from warehouse.schema import TABLES, Column, Table


@dataclass(frozen=True)
class Row:
    """One checked row: the values by column name, `<name>_status` beside each that may be absent."""

    table: str
    file: str
    line: int
    values: dict[str, object]

    def __getitem__(self, column: str) -> object:
        return self.values[column]

    def fault(self, column: str, expected: str) -> Fault:
        """A fault in this row."""
        value = self.values.get(column)
        return Fault(self.file, self.line, column, "" if value is None else str(value), expected)


def check_row(raw: RawRow, table: Table) -> tuple[Row, list[Fault]]:
    """Parse the cells of one row, and check what can be seen from the row alone."""
    values: dict[str, object] = {}
    faults = []
    for column in table.columns:
        text = raw.cells[column.name]
        try:
            value, status = parse(text, column)
        except Unfit as error:
            faults.append(Fault(raw.file, raw.line, column.name, text, str(error)))
            value, status = ([] if column.many else None), None
        values[column.name] = value
        if column.absent:
            values[f"{column.name}_status"] = status
    row = Row(table.name, raw.file, raw.line, values)
    return row, faults + _row_rules(row, table)


def _row_rules(row: Row, table: Table) -> list[Fault]:
    """Rules that hold for every table of facts."""
    if not table.is_fact:
        return []
    faults = []
    key = row["fact_key"]
    if key and not str(key).startswith(f"{table.prefix}-"):
        faults.append(row.fault("fact_key", f"Expected a key that begins with {table.prefix}-."))
    if row["basis"] in ("derived", "inferred") and not row["rule"]:
        faults.append(row.fault("rule", "Expected the rule by which it was derived or inferred."))
    if "scope" in row.values:
        place = "boroughs" if "boroughs" in row.values else "borough"
        named = bool(row[place])
        if row["scope"] == "borough" and not named:
            faults.append(row.fault(place, "Expected a borough, since the scope is a named borough."))
        if row["scope"] in ("unnamed", "elsewhere") and named:
            faults.append(row.fault(place, "Expected no borough, since the scope says that none is named."))
    return faults


def check_keys(rows: list[Row]) -> list[Fault]:
    """Keys are unique in the whole warehouse for facts, and in its table for lists; so are declared combinations."""
    faults = []
    seen: dict[tuple, Row] = {}
    for row in rows:
        table = TABLES[row.table]
        claims = [(table.key, ("fact" if table.is_fact else table.name, row[table.key]))]
        if table.unique:
            claims.append((table.unique[0], (table.name, *(row[name] for name in table.unique))))
        for column, claim in claims:
            if claim in seen and row[column] is not None:
                first = seen[claim]
                faults.append(row.fault(column, f"Already used in {first.file}, line {first.line}."))
            seen.setdefault(claim, row)
    return faults


def check_references(rows: list[Row]) -> list[Fault]:
    """Every reference points to a row that exists. A miss names the closest key."""
    keys: dict[str, set] = {}
    for row in rows:
        table = TABLES[row.table]
        keys.setdefault(table.name, set()).add(row[table.key])
        if table.is_fact:
            keys.setdefault("fact", set()).add(row["fact_key"])
    faults = []
    for row in rows:
        for column in TABLES[row.table].columns:
            if column.refers_to:
                faults += _misses(row, column, keys.get(column.refers_to, set()))
    return faults


def _misses(row: Row, column: Column, keys: set) -> list[Fault]:
    value = row[column.name]
    wanted = value if column.many else [value] if value is not None else []
    faults = []
    for key in wanted:
        if key not in keys:
            close = get_close_matches(str(key), [str(known) for known in keys], n=1, cutoff=0.6)
            hint = f" The closest is {close[0]}." if close else ""
            expected = f"Expected a key of the table {column.refers_to}.{hint}"
            faults.append(Fault(row.file, row.line, column.name, str(key), expected))
    return faults
