"""The command to run next, as it has to be typed: with the folders that this one was given."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from warehouse.schema.layout import default_data

COMMAND = "python -m etl"
BUILD = f"{COMMAND} build"


def typed(arguments: Sequence[str]) -> str:
    """The command with these arguments, quoted where a shell would part or change them."""
    # Windows' own shells know double quotation marks only.
    quoted = subprocess.list2cmdline(arguments) if os.name == "nt" else shlex.join(arguments)
    return f"{COMMAND} {quoted}"


def build_of(data: Path) -> str:
    """The build of what lies in the folder `data`."""
    return BUILD if data == default_data() else typed(["build", "--data", str(data)])
