"""Every page on an edition of the size of years of returns: how it answers a changed filter, and the server's memory.

Printed beside it is the same on a page that does nothing (the floor): what Streamlit, the browser and the machine take
at the time of the run. On a busy machine all lines grow together; the processor time of the server does not.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.filter_changes import Answer, answers
from benchmarks.process import peak_memory_mb
from benchmarks.report import Line, percentile
from tests.support.server import running_server
from tests.support.streamlit_page import visit
from ui.pages import PAGES

MOST_MEDIAN_MS = 300
MOST_P95_MS = 800
MOST_MEMORY_MB = 600
P95 = 0.95


def scale_lines(browser: Browser, folder: Path, warehouse: Path, seed: int) -> Iterator[Line]:
    """Change the filters of every page in one warm process, and look at its memory at the end."""
    limits = f"limits: {MOST_MEDIAN_MS} ms at the median, {MOST_P95_MS} ms at p95; all times in ms"
    yield Line(None, f"changed filter to answer   {limits}")
    with (
        running_server("benchmarks/one_filter_page.py", folder / "floor.log") as floor,
        running_server("app.py", folder / "scale.log", warehouse=warehouse) as app,
    ):
        found = answers(browser, floor.url, floor.process.pid, random.Random(seed))
        yield Line(None, _words("a page that does nothing", found))
        entries = [entry for group in PAGES.values() for entry in group]
        for entry in entries:  # warm: every page was drawn once, for one reader
            _open_once(browser, app.url, entry.address)
        for entry in entries:
            found = answers(browser, f"{app.url}/{entry.address}", app.process.pid, random.Random(seed))
            if not found:
                yield Line(None, f"{entry.title:<28} has no filter")
                continue
            times = [one.answer_ms for one in found]
            is_met = statistics.median(times) <= MOST_MEDIAN_MS and percentile(times, P95) <= MOST_P95_MS
            yield Line(is_met, _words(entry.title, found))
        yield _memory(peak_memory_mb(app.process.pid))
        trouble = app.trouble()
    if trouble:
        raise RuntimeError(f"A page failed while it was measured:\n{trouble[-3000:]}")


def _open_once(browser: Browser, url: str, address: str) -> None:
    page = browser.new_page()
    try:
        visit(page, url, address)
    finally:
        page.close()


def _words(title: str, found: Sequence[Answer]) -> str:
    times = [one.answer_ms for one in found]
    before = [one.answer_ms for one in found if one.is_repeated]
    used = [one.server_cpu_ms for one in found if one.server_cpu_ms is not None]
    return (
        f"{title:<28} median {statistics.median(times):5.0f}   p95 {percentile(times, P95):5.0f}   "
        f"asked before {statistics.median(before) if before else 0:5.0f}   "
        f"server {statistics.median(one.server_ms for one in found):5.0f}"
        f"{f' (processor {statistics.median(used):.0f})' if used else ''}   "
        f"{statistics.median(one.size for one in found) / 1000:5.0f} kB   {len(found)} changes"
    )


def _memory(peak: float | None) -> Line:
    if peak is None:
        return Line(None, "memory of the server       not available here: it is read from /proc, which is Linux's")
    return Line(peak <= MOST_MEMORY_MB, f"memory of the server, peak {peak:.0f} MB   (at most {MOST_MEMORY_MB} MB)")
