"""Writing so that it survives: nothing counts as written until it is on the disk, and no reader sees half of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def sync(path: Path) -> None:
    """Flush a file or folder to the disk. Windows cannot open a folder, and needs no flush of it."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, each entered in its parent for good."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        sync(folder.parent)


def replace_text(path: Path, text: str) -> None:
    """Make `text` the content of `path`: written aside, flushed, put in place at once, and the place flushed too."""
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    sync(aside)
    os.replace(aside, path)
    sync(path.parent)


def remove_folder(folder: Path) -> None:
    """Take a folder away: first from its name, then from the disk, so that nobody finds half of it under that name."""
    gone = folder.with_name(f".gone-{folder.name.lstrip('.')}")
    if gone.exists():  # left by a removal that was cut short
        shutil.rmtree(gone)
    os.replace(folder, gone)
    shutil.rmtree(gone)
