"""Reads and checks everything under a data folder: the rows that may be loaded, and the account of every file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.check import Row, check_keys, check_references, check_row
from etl.datasets import DATASETS
from etl.faults import Fault, FaultsFound, Reach
from etl.read import files_of, read_file, unknown_files
from etl.returns.build import Read, Taken, take_in
from etl.returns.record import record
from etl.returns.store import Received, read_received, received
from geo import names
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
    _check_places()
    held = _held(data, [name for dataset in DATASETS for name in dataset.TABLES])
    faults = [*unknown_files(TABLES, data), *held.faults()]
    if faults:
        raise FaultsFound(faults)
    rows = {name: held.rows.get(name, []) for name in TABLES}
    files = {file.sha256: file for file in (*received(data), *more)}
    taken, returned = take_in(list(files.values()), rows, reader)
    for name, more_rows in (*returned.items(), *record(taken).items()):
        rows[name] = [*rows[name], *more_rows]
    return Collected(rows, tuple(held.accounts), tuple(taken))


PLACES = ("borough", "board", "authority_board")
"""The lists in which `geo.names` looks up what people write."""


def _check_places() -> None:
    """Raises `FaultsFound` where those lists have a fault: without them no name can be told right from wrong."""
    faults = _held(names.REFERENCE.parent, PLACES).faults()
    if faults:
        expected = "So nothing else could be checked: every name of a borough or board is looked up there."
        raise FaultsFound([*faults, Fault("data/reference", 0, "", "", expected, Reach.follows)])


@dataclass
class _Held:
    """What stands in the files of some tables, and what is wrong with single files and rows.

    lost, unread: as for `check_references`.
    """

    rows: dict[str, list[Row]]
    own_faults: list[Fault] = field(default_factory=list)
    accounts: list[FileAccount] = field(default_factory=list)
    lost: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unread: dict[str, str] = field(default_factory=dict)

    def faults(self) -> list[Fault]:
        """Everything that is wrong, each thing once."""
        every_row = [row for table_rows in self.rows.values() for row in table_rows]
        faults = self.own_faults + check_keys(every_row) + check_references(every_row, self.lost, self.unread)
        return faults + self._of_datasets(faults)

    def _of_datasets(self, faults: list[Fault]) -> list[Fault]:
        """What the rules of the datasets find. A rule leans on sound cells, keys and references: it is asked where the
        tables it reads have no fault so far, whatever is wrong with others."""
        table_of = {account.file: account.table for account in self.accounts}
        sound = self.rows.keys() - {table_of[fault.file] for fault in faults}
        return [
            fault
            for dataset in DATASETS
            for rule in dataset.RULES
            if sound.issuperset(rule.tables)
            for fault in rule.faults(*(self.rows[name] for name in rule.tables))
        ]


def _held(data: Path, tables: Sequence[str]) -> _Held:
    """Read the files of these tables, row by row."""
    held = _Held({name: [] for name in tables})
    for name in tables:
        for path in files_of(TABLES[name], data):
            read = read_file(path, TABLES[name], data)
            held.own_faults += read.faults
            held.lost[name] |= read.lost_keys
            if not read.is_whole:
                held.unread[name] = read.file
            for raw in read.rows:
                row, row_faults = check_row(raw, TABLES[name])
                held.own_faults += row_faults
                held.rows[name].append(row)
            held.accounts.append(FileAccount(read.file, name, len(read.rows), len(read.rows), 0))
    return held
