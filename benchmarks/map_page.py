"""The map page against an empty Streamlit page, from click to panel, and the build of the shipped facts."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browser_times import clicks, first_map, first_text
from benchmarks.report import Line
from etl.collect import collect
from etl.publish import publish
from tests.support.network import offline_environment
from tests.support.server import running_server
from warehouse.schema.layout import ROOT

AS_IT_COMES = Path(__file__).with_name("as_it_comes")
MOST_RATIO = 1.6
MOST_CLICK_MS = 150
MOST_MARK_MS = 50
MOST_BUILD_S = 5
BUILDS = 3


def build_lines(folder: Path) -> list[Line]:
    """Read, check and publish the shipped facts, each time into an empty folder: the median of a few times."""
    times = []
    for number in range(BUILDS):
        begun = time.perf_counter()
        publish(collect(ROOT / "data"), folder / f"built-{number}")
        times.append(time.perf_counter() - begun)
    build_s = statistics.median(times)
    return [Line(build_s <= MOST_BUILD_S, f"build of the shipped facts {build_s:.2f} s   (at most {MOST_BUILD_S} s)")]


def map_lines(browser: Browser, folder: Path, warehouse: Path, rounds: int, clicked: int) -> list[Line]:
    """Open an empty page and the map page in turn, `rounds` times, then click `clicked` areas.

    The empty page is Streamlit as it comes. Beside it stands the same page on uvloop, which serves our pages.
    """
    as_it_comes = offline_environment({"PYTHONPATH": str(AS_IT_COMES)})["PYTHONPATH"]
    with (
        running_server("benchmarks/empty_page.py", folder / "empty.log", env={"PYTHONPATH": as_it_comes}) as empty,
        running_server("benchmarks/empty_page.py", folder / "quick.log") as quick,
        running_server("app.py", folder / "map.log", warehouse=warehouse) as app,
    ):

        def one_round() -> tuple[float, float, float]:
            bare, bare_quick = first_text(browser, empty.url), first_text(browser, quick.url)
            return bare, bare_quick, first_map(browser, f"{app.url}/borough_map")

        one_round()  # all servers warm
        taken = [one_round() for _ in range(rounds)]
        found = clicks(browser, app.url, clicked)
    empty_s, quick_s, map_s = (statistics.median(column) for column in zip(*taken, strict=True))
    ratio = statistics.median(mapped / bare for bare, _, mapped in taken)
    quick_ratio = statistics.median(mapped / bare for _, bare, mapped in taken)
    click_ms = statistics.median(found.panel_ms) if found.panel_ms else float("inf")
    marked_ms = statistics.median(found.marked_ms) if found.marked_ms else float("inf")
    return [
        Line(
            ratio <= MOST_RATIO,
            f"first map / empty page     {ratio:.2f}   (at most {MOST_RATIO}; {map_s:.2f} s / {empty_s:.2f} s)",
        ),
        Line(None, f"the same page on uvloop    {quick_ratio:.2f}   ({map_s:.2f} s / {quick_s:.2f} s)"),
        Line(click_ms <= MOST_CLICK_MS, f"click to panel, median     {click_ms:.0f} ms   (at most {MOST_CLICK_MS} ms)"),
        Line(marked_ms <= MOST_MARK_MS, f"click to mark, median      {marked_ms:.0f} ms   (at once: within 50 ms)"),
        Line(found.lost == 0, f"clicks lost                {found.lost} of {clicked}   (none)"),
        Line(not found.remounted, f"map mounted anew           {'yes' if found.remounted else 'no'}   (no)"),
    ]
