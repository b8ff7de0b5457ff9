"""LibreOffice, where it is installed: converts files as a person's own copy would read and write them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

OFFICE = shutil.which("soffice")
"""The program, or None. Debian: apt-get install libreoffice-calc."""

SECONDS = 120


def convert(files: Sequence[Path], kind: str, out: Path, profile: Path) -> None:
    """Write each of `files` as `kind` ("xlsx", "csv") into `out`. `profile` is a folder for settings, not the user's.

    Raises AssertionError with what the program said where a file is missing afterwards.
    """
    done = subprocess.run(
        [
            str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to", kind, "--outdir", str(out), *map(str, files),
        ],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    missing = [file.name for file in files if not (out / file.with_suffix(f".{kind}").name).exists()]
    assert not missing, f"LibreOffice wrote no {missing}: {done.stdout}{done.stderr}"
