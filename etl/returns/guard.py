"""Reads one file of a board in a process of its own, with limits of time and memory, so that no file can do harm.

    python -m etl.returns.guard FORM FILE RESULT SECONDS BYTES    what the process runs; FORM "-" finds it out

Where the system has no such limits (Windows), the clock alone ends it. Whatever becomes of the process, the caller
gets a `RawReturn` or `Refused`.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.returns.raw import RawReturn, Refused
from etl.returns.wire import Unreadable, read, write, write_refusal
from warehouse.schema.layout import ROOT

try:
    import resource
except ImportError:
    resource = None

LOOK_S = 0.2
"""How often the process is asked how far it is."""

NO_MEMORY = 4
"""The code that the process ends with where the memory was not enough."""

CLOSE_TO_THE_LIMIT = 256 * 1024
"""Bytes below the limit of memory where a process counts as having reached it: C's own allocator grows by half that.

Python can go round for ever where there is no memory left to leave a `with`, so it does not always say it itself.
"""

LARGEST_RESULT = 512 * 1024 * 1024
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
"""numpy sets memory aside for every processor of the machine, which on a large one is more than the limit."""

_LONGEST_ERROR = 4_000
_WHAT_NEXT = "Open it, save it again, and send it again; if that does not help, send CSV files of its sheets."


@dataclass(frozen=True)
class Limits:
    """What one file may cost: seconds, of the clock and of the processor, and bytes of memory."""

    seconds: int = 30
    memory: int = 1024 * 1024 * 1024


def read_guarded(
    path: Path,
    reader: str | None = None,
    *,
    name: str | None = None,
    start: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> RawReturn:
    """Read the return at `path`, as the form `reader` (one of `etl.returns.form.READERS`) or as what its content is.

    `name`: what messages call the file, where it is kept under another name. `start`: cells of START by column name,
    given by hand; they go before what the file says. Raises `Refused`, also where the process ran out of time or
    memory or ended in any other way. Several threads may read at once. `progress` is told now and then how many rows
    of a long file were read.
    """
    name = (name or path.name).encode(errors="replace").decode()  # the system may know it by bytes that are no text
    limits = limits or Limits()
    if not path.is_file():
        raise Refused(f"{name}: there is no such file. Look where it is, and name it again.")
    with TemporaryDirectory(prefix="atlas-return-") as folder:
        result, errors = Path(folder) / "result", Path(folder) / "errors"
        code = _run([reader or "-", str(path), str(result)], errors, limits, progress)
        if code != 0:
            raise Refused(f"{name}: {_why(code, errors, limits)} {_WHAT_NEXT}")
        try:
            with result.open(encoding="ascii", newline="\n") as lines:
                raw = read(lines)
        except Refused as refused:
            raise Refused(f"{name}: {str(refused).removeprefix(f'{path.name}: ')}") from None
        except (OSError, Unreadable) as error:
            raise Refused(f"{name}: the process that read it gave no whole answer. {_WHAT_NEXT}") from error
    return replace(raw, file_name=name, start={**raw.start, **(start or {})})


def _run(arguments: list[str], errors: Path, limits: Limits, progress: Callable[[int], None] | None) -> int | None:
    """How the process ended: its code, the negative number of the signal, or None where the clock ran out.

    One that has used up its memory and goes on is ended, and counts as one that says so.
    """
    command = [sys.executable, "-m", "etl.returns.guard", *arguments, str(limits.seconds), str(limits.memory)]
    with errors.open("wb") as stderr:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **_ENVIRONMENT}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=stderr,
        )  # fmt: skip
        end = time.monotonic() + _clock(limits)
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return process.wait(max(0.0, min(LOOK_S, end - time.monotonic())))
                if time.monotonic() >= end:
                    return None
                if _memory(process.pid) > limits.memory - CLOSE_TO_THE_LIMIT:
                    return NO_MEMORY
                told = _told(Path(arguments[-1]))
                # Empty for a moment, each time it is written anew.
                if progress and told.exists() and (rows := told.read_text(encoding="ascii")):
                    progress(int(rows))
        finally:
            process.kill()
            process.wait()


def _memory(pid: int) -> int:
    """Bytes of address space that a process has, which is what its limit counts; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _told(result: Path) -> Path:
    """The file in which the process says how many rows it has read."""
    return result.with_name("rows")


def _clock(limits: Limits) -> float:
    """Seconds of the clock. On a busy machine a process gets less of the processor than that."""
    return limits.seconds


def _why(code: int | None, errors: Path, limits: Limits) -> str:
    """Why nothing was read, for people. Of an error only its kind is told: its words may hold values of the file."""
    if code is None or (resource and code in (-signal.SIGXCPU, -signal.SIGKILL)):
        return f"reading it took longer than {limits.seconds} seconds; expected a return to take less."
    if code == NO_MEMORY:
        return f"reading it took more memory than {limits.memory // 1024 // 1024:,} MB; expected a return to take less."
    if code < 0:
        return f"reading it broke off (signal {-code}); expected a file that can be read to its end."
    last = errors.read_bytes()[-_LONGEST_ERROR:].decode("utf-8", errors="replace").strip().rpartition("\n")[2]
    kind = re.match(r"[\w.]+", last)
    return f"reading it broke off ({kind[0] if kind else f'code {code}'}); expected a file that can be read to its end."


def main(arguments: list[str]) -> int:
    """Read one file within the limits and write what was read, or the refusal. Returns the code to end with."""
    form, path, result, seconds, memory = arguments
    _set_limits(Limits(int(seconds), int(memory)))
    from etl.returns import form as forms

    with Path(result).open("w", encoding="ascii", newline="\n") as file:
        try:
            form = forms.form_of(Path(path)) if form == "-" else form
            if form == "workbook":
                _import_openpyxl()
            told = _told(Path(result))
            write(forms.read(Path(path), form, lambda rows: told.write_text(str(rows), encoding="ascii")), file)
        except Refused as refused:
            write_refusal(refused, file)
        except MemoryError:
            os._exit(NO_MEMORY)  # nothing more can be done, not even closing what is open
    return 0


def _import_openpyxl() -> None:
    """openpyxl loads two packages only to know their kinds of numbers and pictures. Without them the process starts in
    half the time and with a third of the memory."""
    not_needed = dict.fromkeys({"numpy", "PIL"} - sys.modules.keys())
    sys.modules.update(not_needed)
    import openpyxl  # noqa: F401

    for name in not_needed:
        del sys.modules[name]


def _set_limits(limits: Limits) -> None:
    if resource is None:
        return
    for kind, amount in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, highest = resource.getrlimit(kind)
        if highest != resource.RLIM_INFINITY:
            amount = min(amount, highest)
        resource.setrlimit(kind, (amount, highest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
