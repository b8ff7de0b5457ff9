"""The command `python -m etl rounds`: who was asked, who answered, who is silent; and the operations group's notes."""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from etl.cells import Unfit
from etl.collect import Collected, collect
from etl.faults import FaultsFound
from etl.next_command import build_of
from etl.returns.known import words_of
from etl.returns.store import FOLDER, write_rows
from etl.returns.words import read_cell
from geo.names import UnknownPlace, board_names, match_board
from warehouse.schema import TABLES
from warehouse.schema.column import Column, Kind
from warehouse.schema.layout import default_data
from warehouse.schema.returns import CHASE_STATE, STANDS
from warehouse.schema.standing import STANDING, standing

EXAMPLE = """  python -m etl rounds                      every board in every round of returns
  python -m etl rounds add 2012q2 --label "June 2012" --opens 2012-05-01 --deadline 2012-06-14
  python -m etl rounds note Camden 2012q2 asked --on 2012-05-01"""


@dataclass(frozen=True)
class Standing:
    """One board in one round: the word for it, and since when, where a day is known."""

    board_name: str
    word: str
    day: date | None


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add `rounds` with its three forms."""
    command = commands.add_parser("rounds", help="who answered which round, and the notes on it")
    command.add_argument("--data", type=Path, default=default_data(), metavar="FOLDER", help="folder with sources/")
    command.add_argument(
        "--on", type=date.fromisoformat, metavar="DAY", help="how it stood on that day, YYYY-MM-DD; else today"
    )
    command.set_defaults(run=run, what=None)
    forms = command.add_subparsers(dest="what", metavar="add | note")
    add = forms.add_parser("add", help="name a new round")
    add.add_argument("round", metavar="CODE", help="a short code, such as 2012q2")
    for name, metavar, sentence in (
        ("label", "WORDS", "the name used on screen"),
        ("opens", "DAY", "its first day, YYYY-MM-DD"),
        ("deadline", "DAY", "its last day, YYYY-MM-DD"),
    ):
        add.add_argument(f"--{name}", required=True, metavar=metavar, help=sentence)
    add.set_defaults(run=run_add)
    note = forms.add_parser("note", help="note what happened with a board")
    note.add_argument("board", metavar="BOARD", help="the board, by its name or that of its borough")
    note.add_argument("round", metavar="ROUND", help="the round, by its code or its name")
    note.add_argument("step", choices=CHASE_STATE.codes, metavar="STEP", help=", ".join(CHASE_STATE.codes))
    note.add_argument("--on", type=date.fromisoformat, required=True, metavar="DAY", help="the day, YYYY-MM-DD")
    note.set_defaults(run=run_note)


def standings(collected: Collected, round_code: str, on: date) -> list[Standing]:
    """Every board by name in one round, as it stood on a day."""
    noted: dict[str, dict[str, date]] = defaultdict(dict)
    for row in collected.rows["chase"]:
        if row["round"] == round_code:
            noted[row["board"]][row["step"]] = row["happened"]
    sent = {
        row["board"]: row["sent"]
        for row in collected.rows["return_file"]
        if row["round"] == round_code and row["state"] in STANDS
    }
    deadline = next(row["deadline"] for row in collected.rows["round"] if row["round"] == round_code)
    found = []
    for board, name in board_names().items():
        word, day = standing(noted[board], sent.get(board), deadline, on)
        found.append(Standing(name, STANDING.label(word).lower(), day))
    return found


def run(chosen: argparse.Namespace) -> int:
    """Print the table of boards and rounds. Raises `FaultsFound` where the data have some."""
    collected = collect(chosen.data)
    rounds = [row for row in collected.rows["round"] if row["opens"] or row["deadline"]]
    if not rounds:
        print("There is no round of returns yet. Name one, for example:\n" + EXAMPLE.splitlines()[1])
        return 0
    for row in rounds:
        until = f", deadline {row['deadline']:%d %B %Y}".replace(" 0", " ") if row["deadline"] else ""
        print(f"{row['label']} ({row['round']}){until}")
        for one in standings(collected, row["round"], chosen.on or datetime.now(UTC).date()):
            print(f"  {one.board_name:<28} {one.word}" + (f", {one.day.isoformat()}" if one.day else ""))
    return 0


def run_add(chosen: argparse.Namespace) -> int:
    """Add a round to the list. Returns 1 where the code is taken or a date is wrong."""
    day = Column("day", "", kind=Kind.date, required=True)
    try:
        opens, deadline = (read_cell(text, day, {}) for text in (chosen.opens, chosen.deadline))
    except Unfit as error:
        print(f"{chosen.opens} to {chosen.deadline}: {error}", file=sys.stderr)
        return 1
    columns = TABLES["round"].columns
    path = chosen.data / FOLDER / "rounds.csv"
    row = {
        "round": chosen.round, "label": chosen.label, "is_statement": "yes", "opens": opens.isoformat(),
        "meaning": "A round of returns of the boards.", "deadline": deadline.isoformat(),
    }  # fmt: skip
    return _add(path, [column.name for column in columns], row, ("round",), chosen.data)


def run_note(chosen: argparse.Namespace) -> int:
    """Note a step of a board in a round. Returns 1 where the board or round is not known."""
    try:
        board = match_board(chosen.board)
        round_code = words_of(collect(chosen.data).rows)["round"].code(chosen.round)
    except (UnknownPlace, Unfit) as error:
        print(f"{chosen.board}, {chosen.round}: {error}", file=sys.stderr)
        return 1
    columns = TABLES["chase"].columns
    row = {
        "chase": f"{round_code} {board} {chosen.step}", "round": round_code, "board": board_names()[board],
        "step": chosen.step, "happened": chosen.on.isoformat(),
    }  # fmt: skip
    return _add(chosen.data / FOLDER / "chase.csv", [column.name for column in columns], row, ("chase",), chosen.data)


def _add(path: Path, columns: list[str], row: dict[str, str], key: tuple[str, ...], data: Path) -> int:
    """Add a row to a file of the operations group, in the place of one with the same key, and check the whole.

    Raises `FaultsFound` where it has faults then; the file is as it was before.
    """
    before = path.read_bytes() if path.exists() else None
    held: list[dict[str, str]] = []
    if before is not None:
        with path.open(encoding="utf-8", newline="") as lines:
            held = list(csv.DictReader(lines))
    kept = [one for one in held if any(one[name] != row[name] for name in key)]
    write_rows(path, columns, sorted([*kept, row], key=lambda one: tuple(one[name] for name in key)))
    try:
        collect(data)
    except FaultsFound:
        # Put back as it was: a file that stops every build must not stay.
        path.write_bytes(before) if before is not None else path.unlink()
        raise
    print(f"Noted. To show it, run: {build_of(data)}")
    return 0
