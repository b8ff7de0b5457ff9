"""The commands about returns: check files, take them in, and see what one would change before anything is taken in."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.collect import Collected, collect
from etl.next_command import build_of
from etl.publish import BuildRefused, publish
from etl.returns.build import Taken
from etl.returns.markup_words import Mark
from etl.returns.progress import Reading
from etl.returns.report_text import as_data, in_words
from etl.returns.store import Received, receive, received
from warehouse.schema.layout import default_data
from warehouse.schema.returns import START

EXAMPLE = """  python -m etl check RETURN.xlsx           check a return; nothing is loaded
  python -m etl receive RETURN.xlsx …       take returns in; the next build loads them"""


def add_return_options(command: argparse.ArgumentParser) -> None:
    """What a file may not say of itself: whose return it is."""
    whose = command.add_argument_group("whose return it is, for a file that cannot say it")
    for column in START.columns:
        option, words = f"--{column.name.replace('_', '-')}", column.sentence.removesuffix(".")
        whose.add_argument(option, dest=column.name, default="", metavar="WORD", help=words[0].lower() + words[1:])
    command.add_argument("--json", type=Path, metavar="FILE", help="write what was found to FILE as well, for a page")


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `receive` and `try` to those of `python -m etl`."""
    take = commands.add_parser("receive", help="take in the returns of boards")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a workbook, CSV file, report or export")
    take.add_argument("--data", type=Path, default=default_data(), metavar="FOLDER", help="folder with sources/")
    add_return_options(take)
    take.set_defaults(run=run_receive)
    attempt = commands.add_parser("try", help="build an edition with a return into a folder of its own, to compare")
    attempt.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a return")
    attempt.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="an empty folder")
    attempt.add_argument("--data", type=Path, default=default_data(), metavar="FOLDER", help="folder with sources/")
    add_return_options(attempt)
    attempt.add_argument("--mark-up", type=Path, metavar="FILE", help="write a copy with the faults marked to FILE")
    attempt.set_defaults(run=run_try)


def run_check(chosen: argparse.Namespace) -> int:
    """Check files without taking them in. Returns 0 only where every one of them can be loaded whole."""
    try:
        _, taken = _looked_at(chosen)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    _say(taken, chosen.json)
    whole = all(one.checked is not None and one.checked.is_whole for one in taken)
    print(
        "Every file can be loaded whole." if whole else "Not every row can be loaded. Mend the errors and check again."
    )
    return 0 if whole else 1


def run_receive(chosen: argparse.Namespace) -> int:
    """Keep the files and say what becomes of each at the next build. Returns 0 where at least something of every file
    can be loaded; a file of which nothing can be loaded is kept and listed all the same."""
    try:
        _, taken = _looked_at(chosen)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    said = {one.received.sha256: one.checked.raw.start for one in taken if one.checked}
    new = receive(
        [(file.path, said.get(file.sha256, file.start)) for file in _files(chosen.files, chosen)], chosen.data
    )
    _say(taken, chosen.json)
    print(f"{new} of {len(chosen.files)} are new and were taken in. To load them, run: {build_of(chosen.data)}")
    return 0 if all(one.state != "refused" for one in taken) else 1


def run_try(chosen: argparse.Namespace) -> int:
    """Build an edition that holds the files as well, in a folder that nobody reads from. The live edition is not
    touched. Returns 0 where it was built."""
    try:
        collected, taken = _looked_at(chosen)
        done = publish(collected, chosen.into)
    except (FileNotFoundError, BuildRefused) as error:
        print(error, file=sys.stderr)
        return 1
    _say(taken, chosen.json)
    if chosen.mark_up is not None and len(taken) == 1 and taken[0].checked is not None:
        from etl.returns.markup import CannotMark, mark_up  # brings openpyxl, which no other command here needs

        try:
            mark_up(taken[0].received.path, chosen.mark_up, _marks(taken[0]))
        except CannotMark as error:
            print(error)  # the list of faults stands without it
    print(f"Edition {done.edition} with these files was built for comparison only.")
    return 0


def _marks(one: Taken) -> list[Mark]:
    return [
        Mark(fault.sheet_title, fault.line, fault.column_heading, fault.expected, fault.is_error)
        for fault in one.checked.faults
    ]


def _looked_at(chosen: argparse.Namespace) -> tuple[Collected, list[Taken]]:
    """Everything a build would load if the files were taken in, and what would become of each of them."""
    files = list(_files(chosen.files, chosen))
    reading = Reading(len(files) + len(received(chosen.data)))
    try:
        collected = collect(chosen.data, files, reading)
    finally:
        reading.close()
    wanted = {file.sha256: file for file in files}
    return collected, [one for one in collected.returns if one.received.sha256 in wanted]


def _files(paths: Sequence[Path], chosen: argparse.Namespace) -> Iterator[Received]:
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(f"{path}: there is no such file. Name the file of a return.")
        with path.open("rb") as file:
            yield Received(hashlib.file_digest(file, "sha256").hexdigest(), path.name, path, _start(chosen))


def _start(chosen: argparse.Namespace) -> dict[str, str]:
    return {column.name: getattr(chosen, column.name) for column in START.columns if getattr(chosen, column.name)}


def _say(taken: Sequence[Taken], target: Path | None) -> None:
    print("\n".join(in_words(one) for one in taken))
    if target is not None:
        target.write_text(json.dumps(as_data(taken), ensure_ascii=False), encoding="utf-8")
