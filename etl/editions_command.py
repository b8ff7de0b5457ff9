"""The commands on editions that are there already: `python -m etl editions [label | prune | use]` and `verify`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from etl.keeping import KEEP, NotDone, find, label, prune, use
from etl.lock import Busy
from etl.typed import NotALine
from warehouse.schema.layout import default_warehouse
from warehouse.schema.shelf import Listed, Unreadable, listed, read_labels, read_pointer
from warehouse.words import moment

EXAMPLE = f"""  python -m etl editions                    list the editions: built, rows, label, sound or damaged
  python -m etl editions label EDITION "Operations group, 21 June 2012"
  python -m etl editions use EDITION        make another edition the live one
  python -m etl editions prune --dry-run    say what would be taken away; labelled ones and the newest {KEEP} stay
  python -m etl verify                      read every edition whole and compare it with its hashes"""


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add these commands to those of `python -m etl`."""
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument(
        "--warehouse", type=Path, metavar="FOLDER", help="folder of editions", default=argparse.SUPPRESS
    )
    verify = commands.add_parser("verify", help="read every edition whole and say which are damaged", parents=[folder])
    verify.set_defaults(run=_guarded(_verify))
    top = commands.add_parser("editions", help="list, label, prune or choose editions", parents=[folder])
    top.set_defaults(run=_guarded(_list))
    parts = top.add_subparsers(metavar="ACTION")
    parts.add_parser("list", help="list them (the same without ACTION)", parents=[folder])
    name = parts.add_parser("label", help="give an edition a name; it is then kept for ever", parents=[folder])
    name.add_argument("edition", metavar="EDITION", help="its name, the beginning of it, or its label")
    name.add_argument("label", metavar="LABEL", nargs="?", help='such as "Operations group, 21 June 2012"')
    name.add_argument("--remove", action="store_true", help="take its label away")
    name.set_defaults(run=_guarded(_label))
    less = parts.add_parser("prune", help="take old editions away that nobody labelled", parents=[folder])
    less.add_argument("--keep", type=_count, default=KEEP, metavar="N", help=f"how many others to keep ({KEEP})")
    less.add_argument("--dry-run", action="store_true", help="say what would go; take nothing away")
    less.set_defaults(run=_guarded(_prune))
    live = parts.add_parser("use", help="make an edition the live one", parents=[folder])
    live.add_argument("edition", metavar="EDITION", help="its name, the beginning of it, or its label")
    live.set_defaults(run=_guarded(_use))


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a whole number, 0 or more, found {text!r}")
    return int(text)


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """`run`, with what went wrong on standard error and 1 in place of a failure that is told in words."""

    def guarded(chosen: argparse.Namespace) -> int:
        chosen.warehouse = getattr(chosen, "warehouse", None) or default_warehouse()
        try:
            return run(chosen)
        except (NotDone, Busy, NotALine, Unreadable, OSError) as error:
            print(error, file=sys.stderr)
            return 1

    return guarded


def _list(chosen: argparse.Namespace) -> int:
    found = listed(chosen.warehouse)
    if not found:
        print(f"There is no edition in {chosen.warehouse}. Run: python -m etl build")
        return 0
    for row in found:
        print(in_words(row))
    for sentence in _trouble(chosen.warehouse):
        print(sentence, file=sys.stderr)
    return 0


def in_words(row: Listed) -> str:
    """One edition in one line."""
    which = "live" if row.is_live else "before" if row.is_before else ""
    built = moment(row.manifest.built) if row.manifest else "built: cannot be told"
    rows = f"{row.manifest.row_count:,} rows" if row.manifest else ""
    lost = sum(len(loss.facts) for loss in row.manifest.losses) if row.manifest else 0
    words = [f"{row.name}  {which:<6}  {built:<28}  {rows:>12}  {row.state}"]
    words += [f'"{row.label}"'] if row.label else []
    words += [f"{lost:,} rows left out on purpose"] if lost else []
    return "; ".join(words)


def _trouble(warehouse: Path) -> list[str]:
    """What is wrong with the pointer and the labels."""
    found = []
    try:
        pointer = read_pointer(warehouse)
        if pointer is None:
            found.append("No edition is live. Run: python -m etl build")
        elif pointer.edition not in {row.name for row in listed(warehouse, lambda _: None)}:
            found.append(f"The live edition {pointer.edition} is not there. Run: python -m etl build")
    except Unreadable as error:
        found.append(f"Which edition is live cannot be told: {error}. Run: python -m etl build")
    try:
        read_labels(warehouse)
    except Unreadable as error:
        found.append(f"{error}.")
    return found


def _verify(chosen: argparse.Namespace) -> int:
    """Returns 1 where an edition is damaged, or the pointer or the labels cannot be read."""
    found = listed(chosen.warehouse)
    bad = [row for row in found if row.fault]
    for row in found:
        print(f"{row.name}: {row.state}")
    trouble = _trouble(chosen.warehouse)
    for row in bad:
        trouble.append(
            f"{row.name} is damaged{' and live' if row.is_live else ''}: {row.fault}. "
            + ("Run: python -m etl build" if row.is_live else "Build its data again, or take it away: "
               "python -m etl editions prune")
        )  # fmt: skip
    for sentence in trouble:
        print(sentence, file=sys.stderr)
    print(f"{len(found)} read, {len(found) - len(bad)} as published, {len(bad)} damaged.")
    return 1 if trouble else 0


def _label(chosen: argparse.Namespace) -> int:
    if (chosen.label is None) != chosen.remove:
        raise NotDone("Expected a label, or --remove to take it away.")
    row = find(chosen.warehouse, chosen.edition)
    text = label(chosen.warehouse, row.name, chosen.label)
    print(f'{row.name} is now "{text}" and kept for ever.' if text else f"{row.name} has no label now.")
    return 0


def _prune(chosen: argparse.Namespace) -> int:
    gone = prune(chosen.warehouse, keep=chosen.keep, is_trial=chosen.dry_run)
    word = "Would be taken away" if chosen.dry_run else "Taken away"
    for name in gone:
        print(f"{word}: {name}")
    if not gone:
        print("Nothing to take away.")
    return 0


def _use(chosen: argparse.Namespace) -> int:
    row = find(chosen.warehouse, chosen.edition)
    was = use(chosen.warehouse, row.name)
    if was == row.name:
        print(f"{row.name} was live already.")
    else:
        print(f"{row.name} is live now" + (f"; before it was {was}." if was else "."))
    return 0
