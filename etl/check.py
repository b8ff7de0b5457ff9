"""Checks every row against the declarations: cells, keys, references, provenance, place. All faults, not the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from etl.allowed import a_key_of, a_name_of
from etl.cells import Unfit, parse
from etl.faults import Fault, Reach
from etl.read import RawRow
from warehouse.schema import TABLES, Table


@dataclass(frozen=True)
class Row:
    """One checked row: the values by column name, `<name>_status` beside each that may be absent.

    unfit: column → text of the cells that do not fit. They have no value, so no rule may read them.
    """

    table: str
    file: str
    line: int
    values: dict[str, object]
    unfit: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> object:
        return self.values[column]

    def fault(self, column: str, expected: str) -> Fault:
        """A fault in this row."""
        value = self.values.get(column)
        shown = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        return Fault(self.file, self.line, column, shown, expected)

    def fits(self, *columns: str) -> bool:
        """Whether a rule that reads these columns can be asked of this row."""
        return self.unfit.keys().isdisjoint(columns)


def check_row(raw: RawRow, table: Table) -> tuple[Row, list[Fault]]:
    """Parse the cells of one row, and check what can be seen from the row alone."""
    values: dict[str, object] = {}
    unfit: dict[str, str] = {}
    faults = []
    for column in table.columns:
        text = raw.cells[column.name]
        try:
            value, status = parse(text, column)
        except Unfit as error:
            expected = f"{error}. {a_name_of(column.place)}" if column.place and text else str(error)
            faults.append(Fault(raw.file, raw.line, column.name, text, expected))
            unfit[column.name] = text
            value, status = ([] if column.many else None), None
        values[column.name] = value
        if column.absent:
            values[f"{column.name}_status"] = status
    row = Row(table.name, raw.file, raw.line, values, unfit)
    return row, faults + _row_rules(row, table)


def _row_rules(row: Row, table: Table) -> list[Fault]:
    """Rules that hold for every table of facts. One that reads a cell that does not fit is not asked: what is wrong
    with the cell is said already, and the rule would only say it again in other words."""
    if not table.is_fact:
        return []
    faults = []
    if row.fits("fact_key") and not str(row["fact_key"]).startswith(f"{table.prefix}-"):
        faults.append(row.fault("fact_key", f"Expected a key that begins with {table.prefix}-."))
    if row.fits("basis", "rule") and row["basis"] in ("derived", "inferred") and not row["rule"]:
        faults.append(row.fault("rule", "Expected the rule by which it was derived or inferred."))
    place = "boroughs" if "boroughs" in row.values else "borough"
    if "scope" in row.values and row.fits("scope", place):
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
        claims = []
        if row.fits(table.key):
            claims.append((table.key, ("fact" if table.is_fact else table.name, row[table.key])))
        if table.unique and row.fits(*table.unique):
            claims.append((table.unique[0], (table.name, *(row[name] for name in table.unique))))
        for column, claim in claims:
            if claim in seen and row[column] is not None:
                first = seen[claim]
                faults.append(row.fault(column, f"Already used in {first.file}, line {first.line}."))
            seen.setdefault(claim, row)
    return faults


NONE_LOST: Mapping[str, Collection[str]] = {}


def check_references(
    rows: list[Row], lost: Mapping[str, Collection[str]] = NONE_LOST, unread: Mapping[str, str] = NONE_LOST
) -> list[Fault]:
    """Every reference points to a row that exists. A miss names what is allowed, or the closest keys.

    lost: table → keys of rows that stand in a file and could not be read; pointing to one is no fault. unread: table →
    its file of which not every row was reached. What points into that and is not found is told in one line.
    """
    keys = _keys(rows, lost)
    unread = dict(unread)
    if facts := [file for name, file in unread.items() if TABLES[name].is_fact]:
        unread["fact"] = facts[0]
    unchecked: Counter[str] = Counter()
    faults = []
    for row in rows:
        for column in TABLES[row.table].columns:
            if not column.refers_to:
                continue
            known = keys.get(column.refers_to, {})
            value = row[column.name]
            for key in value if column.many else [value] if value is not None else []:
                if key in known:
                    continue
                if column.refers_to in unread:
                    unchecked[unread[column.refers_to]] += 1
                else:
                    faults.append(Fault(row.file, row.line, column.name, key, a_key_of(column.refers_to, key, known)))
    return faults + [
        Fault(file, 0, "", "", f"So {_references(number)} to its rows could not be checked.", Reach.follows)
        for file, number in unchecked.items()
    ]


def _references(number: int) -> str:
    return "1 reference" if number == 1 else f"{number:,} references"


def _keys(rows: list[Row], lost: Mapping[str, Collection[str]]) -> dict[str, dict[str, None]]:
    """Table → its keys in order; all facts together are `fact`. One that does not fit is known as it stands there."""
    keys: dict[str, dict[str, None]] = {}
    for row in rows:
        table = TABLES[row.table]
        key = row.unfit.get(table.key, row[table.key])
        for name in (table.name, "fact") if table.is_fact else (table.name,):
            keys.setdefault(name, {})[key] = None
    for name, more in lost.items():
        for known in (name, "fact") if TABLES[name].is_fact else (name,):
            keys.setdefault(known, {}).update(dict.fromkeys(more))
    return keys
