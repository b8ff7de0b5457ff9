"""Reads and checks everything under a data folder: the rows that may be loaded, and the account of every file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.check import Row, check_keys, check_references, check_row
from etl.datasets import DATASETS
from etl.faults import Fault, FaultsFound
from etl.read import files_of, read_file, unknown_files
from etl.returns.build import Read, Taken, take_in
from etl.returns.record import record
from etl.returns.store import Received, read_received, received
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
    """Everything a build loads. `returns`: what became of every file that boards sent in. `losses`: what the edition
    before it had and this one leaves out, with the reason."""

    rows: dict[str, list[Row]]
    accounts: tuple[FileAccount, ...]
    returns: tuple[Taken, ...] = ()
    losses: tuple[Loss, ...] = ()


def collect(data: Path, more: Sequence[Received] = (), reader: Read = read_received) -> Collected:
    """Read and check all files under `data` (a folder with `sources/` and `reference/`), and the returns received.

    more: returns that were not received yet, to see what they would change. reader: how one return is read.

    Raises `FaultsFound` with all faults of the run: committed facts are strict, so one fault stops the build. Returns
    are lenient: what is faulty in them stays out with its reason.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    faults: list[Fault] = unknown_files(TABLES, data)
    accounts = []
    lost: dict[str, set[str]] = defaultdict(set)
    unread: dict[str, str] = {}
    for dataset in DATASETS:
        for name in dataset.TABLES:
            for path in files_of(TABLES[name], data):
                read = read_file(path, TABLES[name], data)
                faults += read.faults
                lost[name] |= read.lost_keys
                if not read.is_whole:
                    unread[name] = read.file
                for raw in read.rows:
                    row, row_faults = check_row(raw, TABLES[name])
                    faults += row_faults
                    rows[name].append(row)
                accounts.append(FileAccount(read.file, name, len(read.rows), len(read.rows), 0))
    every_row = [row for table_rows in rows.values() for row in table_rows]
    faults += check_keys(every_row)
    faults += check_references(every_row, lost, unread)
    faults += _of_datasets(rows, faults, {account.file: account.table for account in accounts})
    if faults:
        raise FaultsFound(faults)
    files = {file.sha256: file for file in (*received(data), *more)}
    taken, returned = take_in(list(files.values()), rows, reader)
    for name, more_rows in (*returned.items(), *record(taken).items()):
        rows[name] = [*rows[name], *more_rows]
    return Collected(rows, tuple(accounts), tuple(taken))


def _of_datasets(rows: dict[str, list[Row]], faults: list[Fault], table_of: dict[str, str]) -> list[Fault]:
    """What the rules of the datasets find. A rule leans on sound cells, keys and references: it is asked where the
    tables it reads have no fault so far, whatever is wrong with others."""
    faulty = {table_of[fault.file] for fault in faults if fault.file in table_of}
    return [
        fault
        for dataset in DATASETS
        for rule in dataset.RULES
        if faulty.isdisjoint(rule.tables)
        for fault in rule.faults(*(rows[name] for name in rule.tables))
    ]
