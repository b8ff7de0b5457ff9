"""The officer's side of the returns desk: take the workbook, have a filled one checked, and see what it would change.

Reading a stranger's file is the work of `python -m etl`, in a process of its own: what goes wrong there cannot take the
dashboard down. Nothing that is sent here is kept; it is gone when the answer stands on the page.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.edition import Edition, NoEdition, live_edition
from warehouse.schema.layout import ROOT

SECONDS = 120
"""How long one answer may take: a return is read in 30 seconds at most, and the facts are read beside it."""


class NoAnswer(Exception):
    """The desk could not do what was asked. The message says why and what to do."""


@dataclass(frozen=True)
class Answer:
    """What was found in one file: a line on whose it is, the account of its sheets and its faults as plain data, the
    marked-up copy where one could be made, and the edition that it would make, None where it would make none."""

    heading: str
    is_whole: bool
    reason: str
    accounts: Sequence[dict]
    faults: Sequence[dict]
    marked_up: bytes | None
    edition: Edition | None


def workbook(board_name: str, round_code: str) -> bytes:
    """The workbook that a board fills in, with what it sent last time. Raises `NoAnswer`."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "return.xlsx"
        _run("template", board_name, "--round", round_code, "--out", str(target))
        return target.read_bytes()


def looked_at(name: str, content: bytes, into: Path, start: dict[str, str]) -> Answer:
    """Check one file and build, in the folder `into`, the edition that would follow. Raises `NoAnswer`.

    start: whose return it is, for a file that cannot say it.
    """
    file = into / (Path(name).name or "return")
    found, marked = into / "found.json", into / "marked_up.xlsx"
    file.write_bytes(content)
    options = [word for key, text in start.items() if text for word in (f"--{key.replace('_', '-')}", text)]
    _run("try", str(file), "--into", str(into / "warehouse"), "--json", str(found), "--mark-up", str(marked), *options)
    (one,) = json.loads(found.read_text(encoding="utf-8"))
    try:
        made = live_edition(into / "warehouse")
    except NoEdition:
        made = None
    return Answer(
        one["heading"], one["is_whole"], one["reason"], one["accounts"], one["faults"],
        marked.read_bytes() if marked.exists() else None, made,
    )  # fmt: skip


def _run(*words: str) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "etl", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
            timeout=SECONDS, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoAnswer(
            f"This took longer than {SECONDS} seconds and was stopped. Try again with a smaller file."
        ) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NoAnswer(
            said[0] if said else "The desk gave no answer. Try again; if it stays so, send the file as it is."
        )
