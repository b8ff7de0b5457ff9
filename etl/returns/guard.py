"""Reads one file of a board in a process of its own. The readers are not in yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from etl.returns.raw import RawReturn, Refused


def read_guarded(path: Path, *, name: str, start: Mapping[str, str]) -> RawReturn:
    """Refuse every file, saying so."""
    raise Refused(f"{name}: no reader of returns is in this version.")
