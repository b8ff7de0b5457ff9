"""Reads and checks everything under a data folder: the rows that may be loaded, and the account of every file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.check import Row, check_keys, check_references, check_row
from etl.datasets import DATASETS
from etl.faults import Fault, FaultsFound
from etl.read import files_of, read_file, unknown_files
from warehouse.schema import TABLES
from warehouse.schema.shelf import Loss


@dataclass(frozen=True)
class FileAccount:
    """Rows in = rows loaded + rows refused, for one file and table."""

    file: str
    table: str
    rows_in: int
    rows_loaded: int
    rows_refused: int


@dataclass(frozen=True)
class Collected:
    """Everything a build loads. `losses`: what the edition before it had and this one leaves out, with the reason."""

    rows: dict[str, list[Row]]
    accounts: tuple[FileAccount, ...]
    losses: tuple[Loss, ...] = ()


def collect(data: Path) -> Collected:
    """Read and check all files under `data` (a folder with `sources/` and `reference/`).

    Raises `FaultsFound` with all faults of the run: committed facts are strict, so one fault stops the build.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    faults: list[Fault] = unknown_files(TABLES, data)
    accounts = []
    for dataset in DATASETS:
        for name in dataset.TABLES:
            for path in files_of(TABLES[name], data):
                read = read_file(path, TABLES[name], data)
                faults += read.faults
                for raw in read.rows:
                    row, row_faults = check_row(raw, TABLES[name])
                    faults += row_faults
                    rows[name].append(row)
                accounts.append(FileAccount(read.file, name, len(read.rows), len(read.rows), 0))
    every_row = [row for table_rows in rows.values() for row in table_rows]
    faults += check_keys(every_row)
    faults += check_references(every_row)
    if not faults:
        # The rules of a dataset may lean on sound cells and keys.
        for dataset in DATASETS:
            faults += dataset.check({name: rows[name] for name in dataset.TABLES})
    if faults:
        raise FaultsFound(faults)
    return Collected(rows, tuple(accounts))
