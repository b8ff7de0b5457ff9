"""Start a real Streamlit server for a test, and stop it with everything it started.

The server runs with the project's own settings, on a free port, cut off from the network, on the warehouse it is
given. Everything it writes is kept: what pages hide from readers (errors) stands in that log.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.network import MARK, offline_environment
from tests.support.paths import ROOT

START_SECONDS = 60
STOP_SECONDS = 5
SIGNS_OF_TROUBLE = ("Traceback (most recent call last)", "Uncaught app execution", MARK)


class ServerFailed(RuntimeError):
    """A server did not start, or ended by itself. The message holds the end of its log."""


@dataclass
class Server:
    """A running server: its address (no slash at the end), its process and the file its output goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log_file: Path
    errors_expected: bool = False

    def log(self) -> str:
        """All that the server has written so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def trouble(self, since: int = 0) -> str:
        """The log from character `since` on, if it tells of an error or of a try at another host; else an empty string.

        Pages show no details of an error, so this is how a test learns of one.
        """
        new = self.log()[since:]
        return new if any(sign in new for sign in SIGNS_OF_TROUBLE) else ""


RUNNING: list[Server] = []
"""Servers running now. The `page` fixture looks through their logs when a test ends."""


@contextlib.contextmanager
def running_server(
    script: Path | str,
    log_file: Path,
    *,
    warehouse: Path | None = None,
    env: dict[str, str] | None = None,
    flags: tuple[str, ...] = (),
    folder: str = "",
    errors_expected: bool = False,
) -> Iterator[Server]:
    """Run a Streamlit script until the `with` block ends.

    script: the entry script; a relative one is looked for in the project.
    warehouse: the folder of editions to read (ATLAS_WAREHOUSE); the project's own unless given.
    env: further environment variables.  flags: further words for `streamlit run`.
    folder: where on its host the dashboard stands, as `/atlas`; at the top unless given.
    errors_expected: the test provokes errors in the script, so `page` should not fail because of them.

    Raises ServerFailed when it is not answering within a minute.
    """
    script = ROOT / script
    if not script.is_file():
        raise ServerFailed(f"There is no script {script} to serve.")
    server = _start(script, log_file, warehouse, env or {}, flags, folder)
    server.errors_expected = errors_expected
    RUNNING.append(server)
    try:
        yield server
    finally:
        RUNNING.remove(server)
        _stop(server.process)


def _start(
    script: Path, log_file: Path, warehouse: Path | None, env: dict[str, str], flags: tuple[str, ...], folder: str
) -> Server:
    """Start on a free port, and once more on another if somebody took that port in between."""
    environment = offline_environment() | env
    # The project's rooms can be imported by a script that stands elsewhere.
    environment["PYTHONPATH"] = os.pathsep.join([environment["PYTHONPATH"], str(ROOT)])
    environment["PYTHONUNBUFFERED"] = "1"
    if warehouse is not None:
        environment["ATLAS_WAREHOUSE"] = str(warehouse)
    log_file.parent.mkdir(parents=True, exist_ok=True)
    for attempt in (1, 2, 3):
        port = free_port()
        # No file watcher: nothing changes under a test, and each watcher costs a thread per folder.
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        command += ["--server.fileWatcherType", "none", "--server.baseUrlPath", folder, *flags]
        with log_file.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=os.name == "posix",
            )
        server = Server(f"http://127.0.0.1:{port}{folder}", process, log_file)
        try:
            _wait_until_healthy(server)
        except ServerFailed:
            _stop(process)
            if attempt == 3 or "port" not in server.log().lower():
                raise
        else:
            return server
    raise AssertionError("unreachable")


def free_port() -> int:
    """A port that nothing on this machine listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise ServerFailed(f"The server ended with code {server.process.returncode}:\n{server.log()[-3000:]}")
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise ServerFailed(f"The server did not answer within {START_SECONDS} s:\n{server.log()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started: politely, then not."""
    if os.name != "posix":
        process.kill()
        process.wait()
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            break
    # A child may outlive its parent; the group's number is still theirs.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
