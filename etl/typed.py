"""A line that a person typed on the command line and that an edition or a list keeps: a reason, a label."""

from __future__ import annotations


class NotALine(Exception):
    """What was typed cannot be kept. The message says what was expected."""


def line(text: str, what: str, most: int) -> str:
    """`text` on one line, its blanks made single. Raises `NotALine` where it is empty, too long or cannot be printed.

    what: what it is, for the message, such as "a reason". most: characters at most.
    """
    found = " ".join(text.split())
    if not found:
        raise NotALine(f"Expected {what} in words, found nothing.")
    if len(found) > most:
        raise NotALine(f"Expected {what} of at most {most} characters, found {len(found)}.")
    if not found.isprintable():
        raise NotALine(f"Expected {what} that can be printed; it holds a control character or half of one.")
    return found
