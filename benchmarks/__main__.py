"""`make bench`: the map page against an empty Streamlit page, click to panel, and the build of the shipped facts.

Prints medians and ratios of one run. Exits 1 where a figure that the project set itself is not met.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.browser_times import clicks, first_map, first_text
from etl.collect import collect
from etl.publish import publish
from tests.support.browser import find_browser, start_browser
from tests.support.server import running_server
from warehouse.schema.layout import ROOT

MOST_RATIO = 1.6
MOST_CLICK_MS = 150
MOST_BUILD_S = 5


def bench_build(folder: Path, rounds: int) -> float:
    """Median seconds to read, check and publish the shipped facts, each time into an empty folder."""
    times = []
    for number in range(rounds):
        begun = time.perf_counter()
        publish(collect(ROOT / "data"), folder / str(number))
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> int:
    """Run all benchmarks and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="pages opened of each kind, in turn (default 9)")
    parser.add_argument("--clicks", type=int, default=24, help="areas clicked (default 24)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        build_s = bench_build(folder, 3)
        browser = start_browser(playwright, find_browser())
        with (
            running_server("benchmarks/empty_page.py", folder / "empty.log") as empty,
            running_server("app.py", folder / "app.log", warehouse=folder / "0") as app,
        ):
            first_text(browser, empty.url), first_map(browser, app.url)  # both servers warm
            pairs = [(first_text(browser, empty.url), first_map(browser, app.url)) for _ in range(chosen.rounds)]
            found = clicks(browser, app.url, chosen.clicks)
        browser.close()
    empty_s, map_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mapped / bare for bare, mapped in pairs)
    click_ms = statistics.median(found.panel_ms) if found.panel_ms else float("inf")
    marked_ms = statistics.median(found.marked_ms) if found.marked_ms else float("inf")
    results = (
        (
            ratio <= MOST_RATIO,
            f"first map / empty page     {ratio:.2f}   (at most {MOST_RATIO}; {map_s:.2f} s / {empty_s:.2f} s)",
        ),
        (click_ms <= MOST_CLICK_MS, f"click to panel, median     {click_ms:.0f} ms   (at most {MOST_CLICK_MS} ms)"),
        (marked_ms <= 50, f"click to mark, median      {marked_ms:.0f} ms   (at once: within 50 ms)"),
        (found.lost == 0, f"clicks lost                {found.lost} of {chosen.clicks}   (none)"),
        (not found.remounted, f"map mounted anew           {'yes' if found.remounted else 'no'}   (no)"),
        (build_s <= MOST_BUILD_S, f"build of the shipped facts {build_s:.2f} s   (at most {MOST_BUILD_S} s)"),
    )
    for met, line in results:
        print(f"{'met    ' if met else 'NOT MET'}  {line}")
    return 0 if all(met for met, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
