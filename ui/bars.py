"""Horizontal bars as lists, on one scale, with the words at the end of each bar."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

LONGEST_PER_CENT = 50
"""Length of the longest bar in per cent of its column: the words need the rest, at the end of the bar."""


def bar(label: str | Markup, value: float | None, longest: float, end: Markup) -> Markup:
    """One bar. `value` on a scale that ends at `longest`, in the same unit; `end` is the number in words."""
    width = LONGEST_PER_CENT * (value or 0) / longest if longest else 0
    return Markup(
        '<li><span>{}</span><span class="track"><span class="bar" style="width: {:.1f}%" aria-hidden="true"></span>'
        "{}</span></li>"
    ).format(label, width, end)


def silent(label: str | Markup, words: str) -> Markup:
    """A line without a bar, and why."""
    return Markup('<li><span>{}</span><span class="absent">{}</span></li>').format(label, words)


def panel(heading: Markup, items: Iterable[Markup], empty: str = "not reported") -> Markup:
    """The bars under their heading, or in words that there are none."""
    lines = Markup("").join(items)
    return heading + (Markup("<ul>{}</ul>") if lines else Markup('<p class="absent">{}</p>')).format(lines or empty)
