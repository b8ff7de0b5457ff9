"""The commands of the write side: `python -m etl build`, `check` and the others. `--help` says what each does."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from etl import changes_command as changes
from etl import dictionary
from etl import editions_command as editions
from etl.boundaries import command as boundaries
from etl.collect import Collected, collect
from etl.faults import FaultsFound
from etl.next_command import typed
from etl.population import command as population
from etl.publish import BuildRefused, Published, publish
from etl.returns import command as returns
from etl.returns import rounds
from etl.returns import template_command as template
from etl.returns.progress import Reading
from etl.returns.report_text import in_words
from etl.returns.store import received
from etl.typed import NotALine, line
from warehouse.schema.layout import default_data, default_warehouse

MOST_OF_A_REASON = 500

EXAMPLES = f"""examples:
  python -m etl check                       read and check every fact; publish nothing
  python -m etl build                       check, then publish the facts as a new edition
  python -m etl build --warehouse FOLDER    publish into another folder of editions
  python -m etl build --accept-loss REASON  publish although facts of the live edition are left out
{editions.EXAMPLE}
{changes.EXAMPLE}
{population.EXAMPLE}
{boundaries.EXAMPLE}
{rounds.EXAMPLE}
{template.EXAMPLE}
{returns.EXAMPLE}
{dictionary.EXAMPLE}
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl",
        description="Checks the transcribed facts and the returns of boards, and publishes editions of the warehouse.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in (
        ("build", "check all facts, load the returns taken in, and publish a new edition"),
        ("check", "check all facts, or the returns named; publish nothing"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument(
            "--data", type=Path, default=default_data(), metavar="FOLDER", help="folder with sources/ and reference/"
        )
        if name == "build":
            command.add_argument(
                "--warehouse", type=Path, default=default_warehouse(), metavar="FOLDER", help="folder of editions"
            )
            command.add_argument(
                "--accept-loss", metavar="REASON", help="why facts of the live edition are left out; it is recorded"
            )
        else:
            command.add_argument(
                "files",
                type=Path,
                nargs="*",
                metavar="FILE",
                help="returns to check; without any, the facts are checked",
            )
            returns.add_return_options(command)
        command.set_defaults(run=_build_or_check)
    editions.add_commands(commands)
    changes.add_command(commands)
    population.add_command(commands)
    boundaries.add_command(commands)
    returns.add_commands(commands)
    rounds.add_command(commands)
    template.add_command(commands)
    dictionary.add_command(commands)
    return parser


def _account(collected: Collected) -> str:
    """Rows in, loaded and refused, file by file."""
    lines = [f"{'rows in':>8} {'loaded':>8} {'refused':>8}  file"]
    lines += [f"{a.rows_in:>8} {a.rows_loaded:>8} {a.rows_refused:>8}  {a.file}" for a in collected.accounts]
    total = sum(account.rows_in for account in collected.accounts)
    lines.append(f"{total:>8} {total:>8} {0:>8}  all files")
    return "\n".join(lines + [in_words(one) for one in collected.returns])


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 where it did all of its work, else 1 and the reasons on standard error."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen = _parser().parse_args(given)
    chosen.again = typed(given)
    try:
        return chosen.run(chosen)
    except FaultsFound as error:
        print(f"{error}\nMend them, then run: {chosen.again}", file=sys.stderr)
        return 1


def _build_or_check(chosen: argparse.Namespace) -> int:
    """Returns 0 only where the live edition holds what is in the files (build), or they have no fault (check)."""
    if chosen.command == "check" and chosen.files:
        return returns.run_check(chosen)
    try:
        reading = Reading(len(received(chosen.data)))
        try:
            collected = collect(chosen.data, reader=reading)
        finally:
            reading.close()
        print(_account(collected))
        if chosen.command == "check":
            print("No fault found.")
            return 0
        reason = None if chosen.accept_loss is None else line(chosen.accept_loss, "a reason", MOST_OF_A_REASON)
        done = publish(collected, chosen.warehouse, reason, chosen.again)
    except (BuildRefused, NotALine) as error:
        print(error, file=sys.stderr)
        return 1
    word = "is now live" if done.is_new else "was live already; nothing new to publish"
    print(f"Edition {done.edition} {word}: {done.rows:,} rows.")
    if chosen.accept_loss:
        print(_what_became_of_the_reason(done))
    return 0


def _what_became_of_the_reason(done: Published) -> str:
    if done.lost:
        return f"It records why {done.lost:,} of the rows of {done.compared_with} are left out."
    if done.compared_with is None:
        return "There was no edition to compare it with, so the reason was not recorded."
    return f"Nothing of {done.compared_with} is left out, so the reason was not recorded."


if __name__ == "__main__":
    sys.exit(main())
