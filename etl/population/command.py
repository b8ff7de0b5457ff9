"""The command `python -m etl population FILE…`: all files are checked before anything is written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from etl.faults import Fault
from etl.next_command import build_of
from etl.population.forms import read_download
from etl.population.grid import Refused, read_grid
from etl.population.groups import questions
from etl.population.reckon import Reckoned, reckon
from etl.population.store import merged, read_held, target, write
from warehouse.schema.layout import default_data

EXAMPLE = "  python -m etl population TABLE.csv        take in a census table downloaded from Nomis, for rates"


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add this command to those of `python -m etl`."""
    command = commands.add_parser("population", help="load census tables as downloaded from Nomis")
    command.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a table by local authority district, CSV")
    command.add_argument("--data", type=Path, default=default_data(), metavar="FOLDER", help="folder with reference/")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check every file, then write them all. Returns 0, or 1 with every fault on standard error and nothing written."""
    path = target(chosen.data)
    try:
        tables = read_tables(chosen.files, chosen.data)
        rows = merged(read_held(path), tables)
    except Refused as refused:
        count = "1 fault" if len(refused.faults) == 1 else f"{len(refused.faults)} faults"
        lines = "\n".join(f"  {fault}" for fault in refused.faults)
        print(
            f"{count} found; nothing was written and what was loaded before stays.\n{lines}\n"
            f"Download the tables again rather than editing them, then run: {chosen.again}",
            file=sys.stderr,
        )
        return 1
    write(path, rows)
    for table in tables:
        print(_account(table))
    print(f"Written: data/population/{path.name}, {len(rows):,} rows. To load them, run: {build_of(chosen.data)}")
    return 0


def read_tables(files: list[Path], data: Path) -> list[Reckoned]:
    """Read and check every file. Raises `Refused` with the faults of all of them."""
    known = questions(data)
    tables: list[Reckoned] = []
    faults: list[Fault] = []
    for file in files:
        try:
            table = reckon(read_download(read_grid(file)), known)
        except Refused as refused:
            faults += refused.faults
            continue
        twin = next((other for other in tables if other.question == table.question), None)
        if twin is not None:
            expected = (
                f"{twin.download.grid.file} holds the same question ({table.question.name}). Give one of the two."
            )
            faults.append(table.download.grid.fault(0, "", "", expected))
        tables.append(table)
    if faults:
        raise Refused(faults)
    return tables


def _account(table: Reckoned) -> str:
    download = table.download
    if table.totals_checked:
        checked = f"{table.totals_checked} printed totals agree with the sum of their parts"
    else:
        checked = "it prints no totals that could be checked"
    rules = {count.rule for count in table.counts if count.group.level == "group"}
    summed = f" {rules.pop()}" if rules != {""} else ""
    return (
        f"{download.grid.file}: {table.question.name}; {download.title}; {download.form}, 33 of "
        f"{download.areas_in_file} areas; {checked}.{summed}"
    )
