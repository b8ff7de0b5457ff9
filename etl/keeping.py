"""Keeping editions: which one is meant, what it is called, which one is live, and which are taken away.

The rule for taking away: labelled editions stay for ever; so do the live one and the one that was live before it; of
the others the newest `KEEP` stay. Damaged ones count like the rest. What builds left half done or put away as damaged
goes as well.
"""

from __future__ import annotations

import json
from pathlib import Path

from etl.disk import remove_folder, replace_text
from etl.lock import held
from etl.publish import BuildRefused, point_to
from etl.typed import line
from warehouse.schema.layout import EDITIONS, LABELS, POINTER
from warehouse.schema.shelf import Listed, Unreadable, listed, read_labels, read_pointer

KEEP = 10
MOST_OF_A_LABEL = 120
SHORTEST_BEGINNING = 4


class NotDone(Exception):
    """A command on editions did nothing, for the reason in the message."""


def find(warehouse: Path, text: str) -> Listed:
    """The edition that `text` names: by its name, the beginning of it, its label, or "live" or "before".

    Raises `NotDone` where there is none, or more than one.
    """
    rows = listed(warehouse)
    found = [row for row in rows if text in (row.name, row.label)]
    found = found or [row for row in rows if (text == "live" and row.is_live) or (text == "before" and row.is_before)]
    if not found and len(text) >= SHORTEST_BEGINNING:
        found = [row for row in rows if row.name.startswith(text)]
    if len(found) == 1:
        return found[0]
    what = "More than one edition begins with" if found else "There is no edition"
    raise NotDone(f"{what} {text!r}. List them with: python -m etl editions")


def label(warehouse: Path, edition: str, text: str | None) -> str | None:
    """Give an edition a label, or take it away where `text` is None. Returns the label as it is kept.

    Labels stand beside the editions: an edition never changes, and its name does not depend on what people call it.
    Raises `NotDone` where another edition has that label.
    """
    said = None if text is None else line(text, "a label", MOST_OF_A_LABEL)
    with held(warehouse, "python -m etl editions label"):
        labels = read_labels(warehouse)
        other = next((name for name, known in labels.items() if known == said and name != edition), None)
        if other:
            raise NotDone(f'The edition {other} is called "{said}". Choose other words, or take its label away first.')
        labels.pop(edition, None)
        if said:
            labels[edition] = said
        replace_text(warehouse / LABELS, json.dumps(labels, indent=1, ensure_ascii=False) + "\n")
    return said


def use(warehouse: Path, edition: str) -> str | None:
    """Make an edition the live one, and return the one that was. Nothing is built, and nothing is lost.

    Raises `NotDone` where it cannot be shown.
    """
    with held(warehouse, "python -m etl editions use"):
        row = find(warehouse, edition)
        if not row.can_be_opened:
            raise NotDone(f"The edition {row.name} cannot be made live: {row.state}.")
        was = _live(warehouse)
        if was != edition:
            try:
                point_to(warehouse, edition, before=was)
            except BuildRefused as error:
                raise NotDone(str(error)) from error
        return was


def _live(warehouse: Path) -> str | None:
    try:
        pointer = read_pointer(warehouse)
    except Unreadable:
        return None
    return pointer.edition if pointer else None


def prune(warehouse: Path, *, keep: int = KEEP, is_trial: bool = False) -> list[str]:
    """Take away what the rule does not keep, and return the names. With `is_trial`, only say what would go.

    Raises `Unreadable` where the pointer or the labels cannot be read: then nobody can say what is to be kept.
    """
    with held(warehouse, "python -m etl editions prune"):
        read_labels(warehouse)
        if read_pointer(warehouse) is None and listed(warehouse, lambda _: None):
            raise NotDone(f"No edition is live, since there is no {POINTER}. Run first: python -m etl build")
        others = [row for row in listed(warehouse, lambda _: None) if _may_go(row)]
        editions = warehouse / EDITIONS
        leftovers = (
            sorted(path for path in editions.iterdir() if path.name.startswith(".")) if editions.is_dir() else []
        )
        gone = [*(row.folder for row in others[keep:]), *leftovers]
        if not is_trial:
            for folder in gone:
                remove_folder(folder)
        return [folder.name for folder in gone]


def _may_go(row: Listed) -> bool:
    return not (row.label or row.is_live or row.is_before)
