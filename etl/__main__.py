"""The commands of the write side: `python -m etl build`, `check`, `population`, `boundaries`, `template` and
`dictionary`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from etl import dictionary
from etl.boundaries import command as boundaries
from etl.collect import Collected, collect
from etl.faults import FaultsFound
from etl.population import command as population
from etl.publish import BuildRefused, publish
from etl.returns import command as returns
from etl.returns import rounds
from etl.returns import template_command as template
from etl.returns.report_text import in_words
from warehouse.schema.layout import ROOT, default_warehouse

EXAMPLES = f"""examples:
  python -m etl check                       read and check every fact; publish nothing
  python -m etl build                       check, then publish the facts as a new edition
  python -m etl build --warehouse FOLDER    publish into another folder of editions
{population.EXAMPLE}
{boundaries.EXAMPLE}
{returns.EXAMPLE}
{rounds.EXAMPLE}
{template.EXAMPLE}
{dictionary.EXAMPLE}
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl",
        description="Loads the transcribed facts into an edition of the warehouse.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in (
        ("build", "check all facts and publish a new edition"),
        ("check", "check facts or returns only"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument(
            "--data", type=Path, default=ROOT / "data", metavar="FOLDER", help="folder with sources/ and reference/"
        )
        if name == "build":
            command.add_argument(
                "--warehouse", type=Path, default=default_warehouse(), metavar="FOLDER", help="folder of editions"
            )
        else:
            command.add_argument("files", type=Path, nargs="*", metavar="FILE", help="returns to check instead")
            returns.add_return_options(command)
        command.set_defaults(run=_build_or_check)
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
    chosen = _parser().parse_args(arguments)
    return chosen.run(chosen)


def _build_or_check(chosen: argparse.Namespace) -> int:
    """Returns 0 only where the live edition holds what is in the files (build), or they have no fault (check)."""
    if chosen.command == "check" and chosen.files:
        return returns.run_check(chosen)
    try:
        collected = collect(chosen.data)
        print(_account(collected))
        if chosen.command == "check":
            print("No fault found.")
            return 0
        done = publish(collected, chosen.warehouse)
    except (FaultsFound, BuildRefused) as error:
        print(error, file=sys.stderr)
        return 1
    word = "is now live" if done.is_new else "was live already; nothing new to publish"
    print(f"Edition {done.edition} {word}: {done.rows:,} rows.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
