"""Literal rows through the production loader: what a test writes is read, checked and published like the real files."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from etl.collect import collect
from etl.publish import publish
from warehouse.edition import Reader, live_edition
from warehouse.schema import TABLES
from warehouse.schema.layout import EVERYONE, ROOT

Rows = Mapping[str, Sequence[Mapping[str, str]]]

PROVENANCE = {
    "document": "report_2007",
    "section": "made for a test",
    "paragraph": "1",
    "as_at": "2007-07",
    "basis": "stated",
}


def write_sources(data: Path, rows: Rows) -> Path:
    """Write `rows`, by table name, as a data folder beside the project's own reference lists.

    A cell that a row leaves out is filled as a careful transcriber would: provenance from the 2007 report, "not
    reported" where the column may be absent, else empty. A missing fact key is made from the table's prefix.
    """
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    for name, table_rows in rows.items():
        table = TABLES[name]
        file = data / "sources" / "made_for_a_test" / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, [column.name for column in table.columns], lineterminator="\n")
            writer.writeheader()
            for number, row in enumerate(table_rows):
                filled = {column.name: "not reported" if column.absent else "" for column in table.columns}
                if row.get("dimension") == "ethnicity":
                    filled["community"] = _communities().get(row["filed"], "")
                writer.writerow({**filled, **PROVENANCE, "fact_key": f"{table.prefix}-test-{number}", **row})
    return data


@cache
def _communities() -> dict[str, str]:
    """Label or other spelling of a community → its code."""
    with (ROOT / "data" / "reference" / "community.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    others = {spelling: row["community"] for row in rows for spelling in row["printed"].split("; ")}
    return others | {row["label"]: row["community"] for row in rows}


def cursor_on(folder: Path, rows: Rows) -> duckdb.DuckDBPyConnection:
    """Build an edition of `rows` under `folder` with the production loader and open it as a reader would."""
    data = write_sources(folder / "data", rows)
    publish(collect(data), folder / "warehouse")
    return Reader(live_edition(folder / "warehouse").folder, EVERYONE).cursor()
