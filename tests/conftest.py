"""Fixtures that all tests share: the network guard, a warehouse built once, servers, and pages in a real browser."""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.components.v2 import manifest_scanner

from tests.support import network
from tests.support.browser import find_browser, start_browser
from tests.support.copied_tables import copied_tables
from tests.support.paths import RESULTS, ROOT
from tests.support.server import RUNNING, Server, running_server
from tests.support.tabs import Tabs
from warehouse.schema.shelf import read_pointer

BUILD_SECONDS = 120

# Shared machines stall now and then, so no deadline; the same examples each time where a red run must mean a change.
settings.register_profile("atlas", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("atlas")

FAILED = pytest.StashKey[bool]()

MOST_WORKERS = 4


def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: a test waits for its browser now and then, and most of the time both are at work."""
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


def pytest_collection_finish() -> None:
    """Search less often for objects that refer to each other in a circle. Where every test of the suite is in memory,
    each search takes a third of a second; the searches took a seventh of the time of the tests without a browser."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_unconfigure() -> None:
    """DuckDB's module complains when the process ends and what was frozen is not freed."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _copied_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with copied_tables(tmp_path_factory.mktemp("empty")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Streamlit looks through all installed packages for components at each page opened in AppTest: a tenth of a
    second, and the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


# --- the network -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _guarded_network() -> Iterator[list[str]]:
    refused: list[str] = []
    take_off = network.install(refused)
    yield refused
    take_off()


@pytest.fixture(autouse=True)
def refused_connections(_guarded_network: list[str]) -> Iterator[list[str]]:
    """Fail the test that reaches for another machine, even where the code under test swallowed the exception.

    A test that provokes this on purpose clears the list.
    """
    _guarded_network.clear()
    yield _guarded_network
    if _guarded_network:
        pytest.fail("Something reached for another machine: " + "; ".join(_guarded_network), pytrace=False)


# --- the warehouse ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def warehouse_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of editions, built once a run from the committed facts by the command people use. Tests that publish or
    note something build in a folder of their own: this one is open to all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "warehouse"
    with FileLock(folder.with_suffix(".lock")):
        if read_pointer(folder) is None:
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    build = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--warehouse", str(folder)],
        cwd=ROOT,
        env=network.offline_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=BUILD_SECONDS,
        check=False,
    )
    if build.returncode != 0 or network.MARK in build.stderr:
        pytest.fail(f"The build failed (code {build.returncode}):\n{build.stdout}\n{build.stderr}", pytrace=False)


@pytest.fixture
def use_warehouse(warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point code in this process (AppTest, queries) at that folder."""
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(warehouse_dir))
    return warehouse_dir


# --- servers ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def app_server(warehouse_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server of the dashboard for the whole run."""
    log = tmp_path_factory.mktemp("server") / "app.log"
    with running_server("app.py", log, warehouse=warehouse_dir) as server:
        yield server


@pytest.fixture
def app_url(app_server: Server) -> str:
    """The address of the dashboard that all tests share, without a slash at the end."""
    return app_server.url


@pytest.fixture
def serve(warehouse_dir: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start fresh servers: `serve("app.py").url`. Takes what `running_server` takes; all end with the test.

    An error in the log of one fails the test, unless it was started with `errors_expected=True`.
    """
    started: list[Server] = []
    with contextlib.ExitStack() as stack:

        def start(script: Path | str = "app.py", **options: object) -> Server:
            log = tmp_path / f"server-{len(started)}.log"
            started.append(stack.enter_context(running_server(script, log, **{"warehouse": warehouse_dir, **options})))
            return started[-1]

        yield start
    _fail_for(trouble_in(started))


def trouble_in(servers: list[Server], since: dict[int, int] | None = None) -> list[str]:
    """What went wrong in these servers, from the length each log had before (by `id`, 0 unless given)."""
    logs = [server.trouble((since or {}).get(id(server), 0)) for server in servers if not server.errors_expected]
    return [f"in the server's log:\n{log}" for log in logs if log]


def _fail_for(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


# --- the browser -----------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """What the pages of one test did: every address asked for, and the errors of their scripts."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """The requests that went to another machine. Addresses such as data: and blob: go nowhere."""
        return [url for url in self.requests if not network.is_this_machine(urlsplit(url).hostname)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run. Not found: an error that says what to do, never a skip."""
    executable = find_browser()
    with sync_playwright() as playwright:
        running = start_browser(playwright, executable)
        yield running
        running.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """Its tabs."""
    return Tabs(browser)


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test did."""
    return Watch()


@pytest.fixture
def open_page(tabs: Tabs, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open pages: `open_page(width=390, height=844)`.

    Every request is kept in `page.atlas_requests`, every script error in `page.atlas_errors`. When the test ends, one
    request to another machine, one script error or one error in a server's log fails it. A test that provokes script
    errors on purpose clears `page.atlas_errors`.

    A page stands in a tab that the next test gets; `own=True` gives one of its own, for listeners and init scripts.
    """
    pages: dict[Page, bool] = {}
    log_lengths = {id(server): len(server.log()) for server in RUNNING}
    listeners = {
        "request": lambda asked: watch.requests.append(asked.url),
        "pageerror": lambda error: watch.errors.append(str(error)),
        "websocket": lambda socket: watch.requests.append(socket.url),
    }

    def start(width: int = 1280, height: int = 800, *, own: bool = False) -> Page:
        page = tabs.lend(width, height)
        pages[page] = own
        for event, listener in listeners.items():
            page.on(event, listener)
        page.atlas_requests = watch.requests
        page.atlas_errors = watch.errors
        return page

    yield start

    failed = request.node.stash.get(FAILED, False)
    for number, (page, own) in enumerate(pages.items(), start=1):
        if failed:
            _keep_picture(page, request.node.name, number)
        if own:
            page.close()
            continue
        tabs.take_back(page)
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
    problems = [f"request to another machine: {url}" for url in watch.outside()]
    problems += [f"error in a page's script: {error}" for error in watch.errors]
    _fail_for(problems + trouble_in(RUNNING, log_lengths))


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page of 1280 × 800."""
    return open_page()


def _keep_picture(page: Page, test: str, number: int) -> None:
    """A picture of what a failed test saw, in test-results/."""
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", test)
    page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note on the test whether its body failed, for the fixtures that end after it."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses a browser, so that `-m "not browser"` leaves it out. Alone, the quick tests go first; where
    several workers share the files, the slow ones, so that none is left for the end, when the others have nothing."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    is_shared = hasattr(config, "workerinput")
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None) != is_shared)
