"""The command `python -m etl template BOARD --round ROUND`: the workbook that a board fills in, written to a file."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.returns.codes import Codes, FaultyLists, read_codes
from etl.returns.previous import previous
from geo.names import UnknownPlace, match_board
from warehouse.schema.layout import default_data
from warehouse.schema.returns import SHEETS

EXAMPLE = "  python -m etl template Camden --round 2012q2  write the workbook that Camden fills in for a round"


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add this command to those of `python -m etl`."""
    command = commands.add_parser("template", help="write the workbook that a board fills in for a round")
    command.add_argument("board", metavar="BOARD", help="the board, by its name or that of its borough")
    command.add_argument("--round", required=True, metavar="ROUND", help="the round, by its code or its name")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it, a file or a folder; else return_BOARD_ROUND.xlsx"
    )
    command.add_argument("--data", type=Path, default=default_data(), metavar="FOLDER", help="folder with reference/")
    command.set_defaults(run=run)


class _Unknown(Exception):
    """The board or round is none that is known, or the file cannot be written. Says which, and what to do."""


def run(chosen: argparse.Namespace) -> int:
    """Write the workbook. Returns 0, or 1 with the reason on standard error and no file changed."""
    try:
        codes = read_codes(chosen.data)
        board, asked = _board(chosen.board), _round(chosen.round, codes)
        path = _target(chosen.out, f"return_{board}_{asked}.xlsx")
        before = previous(chosen.data, board, asked, codes) or {}
        _write_aside(path, board, asked, codes, before)
    except (_Unknown, FaultyLists) as error:
        print(error, file=sys.stderr)
        return 1
    filled = sum(len(rows) for name, rows in before.items() if name in SHEETS)
    told = "nothing was sent before, so nothing is filled in"
    if filled:
        told = "1 line of last time is filled in" if filled == 1 else f"{filled:,} lines of last time are filled in"
    name = codes.lists["board"].term(board)
    print(f"Written: {path}, for {name.label if name else board}, {codes.rounds[asked].label}; {told}.")
    return 0


def _board(text: str) -> str:
    try:
        return match_board(text)
    except UnknownPlace as error:
        raise _Unknown(f"Nothing was written: {error}. Run it again with the name of one of the 32 boards.") from error


def _round(text: str, codes: Codes) -> str:
    """The code of the round that the text names, by code or by label, in any case."""
    names = {one.code.casefold(): one.code for one in codes.rounds.values()}
    names |= {one.label.casefold(): one.code for one in codes.rounds.values()}
    wanted = " ".join(text.split()).casefold()
    if wanted in names:
        return names[wanted]
    closest = difflib.get_close_matches(wanted, names, n=1, cutoff=0)
    suggestion = f" The closest is {names[closest[0]]}." if closest else ""
    known = ", ".join(codes.rounds) or "none"
    raise _Unknown(
        f"Nothing was written: {text!r} is no round.{suggestion} Rounds that are known: {known}. "
        "A new one is named with: python -m etl rounds add"
    )


def _target(out: Path | None, name: str) -> Path:
    """The file to write. One that is there already stays: it may be a workbook that somebody has filled in."""
    path = Path(name) if out is None else out / name if out.is_dir() else out
    if path.exists():
        raise _Unknown(f"Nothing was written: {path} is there already. Move it away, or name another file with --out.")
    if path.suffix.lower() != ".xlsx":
        raise _Unknown(f"Nothing was written: {path} does not end in .xlsx. Name a file that does with --out.")
    return path


def _write_aside(path: Path, board: str, asked: str, codes: Codes, previous: Mapping[str, Sequence]) -> None:
    """Write under another name and put it in place at once, so that half a workbook is never found."""
    from etl.returns.template import write_workbook  # brings XlsxWriter, which no other command needs

    aside = path.with_suffix(".xlsx.new")
    try:
        write_workbook(aside, board, asked, codes, previous)
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise _Unknown(f"Nothing was written: {path}: {error.strerror}. Name another file with --out.") from error
