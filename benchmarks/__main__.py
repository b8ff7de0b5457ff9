"""`make bench`: the map page, the build, returns, every page on a large edition, plain pandas, the obvious map page.

Prints medians and ratios of one run. Exits 1 where a figure that the project set itself is not met. Parts can be
chosen: `make bench ARGS="--only scale"`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.beside_obvious import obvious_lines
from benchmarks.beside_pandas import pandas_lines
from benchmarks.generator import SEED, publish_generated
from benchmarks.map_page import build_lines, map_lines
from benchmarks.report import Line
from benchmarks.returns import returns_lines
from benchmarks.scale import scale_lines
from etl.collect import collect
from etl.publish import publish
from tests.support.browser import find_browser, start_browser
from warehouse.schema.layout import ROOT


class Run:
    """One run: its folder, its options, and the warehouses it needs, each made when first asked for."""

    def __init__(self, folder: Path, chosen: argparse.Namespace, browser: Browser) -> None:
        self.folder, self.chosen, self.browser = folder, chosen, browser

    def shipped(self) -> Path:
        """A warehouse of the shipped facts."""
        warehouse = self.folder / "shipped"
        if not warehouse.exists():
            publish(collect(ROOT / "data"), warehouse)
        return warehouse

    def large(self) -> Path:
        """A warehouse of generated returns beside the shipped facts."""
        folder = self.folder / "large"
        if not folder.exists():
            publish_generated(folder, seed=self.chosen.seed)
        return folder / "warehouse"


def _map(run: Run) -> list[Line]:
    return map_lines(run.browser, run.folder, run.shipped(), run.chosen.rounds, run.chosen.clicks)


def _build(run: Run) -> list[Line]:
    return build_lines(run.folder)


def _returns(run: Run) -> Iterator[Line]:
    return returns_lines(run.folder / "returns")


def _scale(run: Run) -> Iterator[Line]:
    return scale_lines(run.browser, run.folder, run.large(), run.chosen.seed)


def _pandas(run: Run) -> Iterator[Line]:
    return pandas_lines(run.large())


def _obvious(run: Run) -> Iterator[Line]:
    return obvious_lines(run.browser, run.folder, run.shipped(), run.chosen.rounds, run.chosen.clicks)


PARTS: dict[str, Callable[[Run], Iterable[Line]]] = {
    "map": _map,
    "build": _build,
    "returns": _returns,
    "obvious": _obvious,
    "scale": _scale,
    "pandas": _pandas,
}


def main() -> int:
    """Run the chosen parts and print each when it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run (default: all)")
    parser.add_argument("--rounds", type=int, default=9, help="pages opened of each kind, in turn (default 9)")
    parser.add_argument("--clicks", type=int, default=24, help="areas clicked (default 24)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the generated returns (default {SEED})")
    chosen = parser.parse_args()
    met = True
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        run = Run(Path(temporary), chosen, start_browser(playwright, find_browser()))
        for name in chosen.only:
            for line in PARTS[name](run):
                print(line, flush=True)
                met = met and line.is_met is not False
        run.browser.close()
    print(f"         {_machine()}")
    return 0 if met else 1


def _machine() -> str:
    """How many processors, and how busy: times by the clock mean little on a machine that others use."""
    load = f", load of the last minute {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} processors{load}"


if __name__ == "__main__":
    sys.exit(main())
