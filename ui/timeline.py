"""A time line drawn as HTML: one line a thing, planned and reported apart, on one scale of years.

A date that is known only to the month or year covers all of it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui.words import day, partial_date


@dataclass(frozen=True)
class Span:
    """A period or a point. Dates are as precise as known; `ends` is None for a point."""

    name: str
    begins: str
    ends: str | None
    is_planned: bool


def earliest(text: str) -> date:
    """The first day that a date as precise as known can mean."""
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


def latest(text: str) -> date:
    """The last day that a date as precise as known can mean."""
    first = earliest(text)
    if len(text) == 10:
        return first
    if len(text) == 7:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first.replace(month=12, day=31)


def timeline(title: str, spans: Sequence[Span], first_year: int, last_year: int, as_at: date) -> Markup:
    """`spans` from 1 January of `first_year` to 31 December of `last_year`, with `as_at` as a vertical rule.

    A picture with a text of its own for each line; the table below it on the page holds the same dates.
    """
    start, end = date(first_year, 1, 1), date(last_year + 1, 1, 1)

    def place(moment: date) -> float:
        return max(0.0, min(100.0, 100 * (moment - start).days / (end - start).days))

    rows = []
    for span in spans:
        left = place(earliest(span.begins))
        right = place(latest(span.ends or span.begins))
        word = "planned" if span.is_planned else "reported"
        dates = partial_date(span.begins) + (f" to {partial_date(span.ends)}" if span.ends else "")
        # A name near the right edge is anchored there, so that it is not cut off.
        anchor = f"left: {left:.2f}%" if left < 55 else f"right: {100 - max(right, left):.2f}%"
        rows.append(
            Markup(
                '<li class="row"><span class="name" style="{}">{} <small>{}, {}</small></span>'
                '<span class="span {}" style="left: {:.2f}%; width: {:.2f}%"></span></li>'
            ).format(anchor, span.name, dates, word, word, left, max(0.4, right - left))
        )
    years = Markup("").join(Markup("<span>{}</span>").format(year) for year in range(first_year, last_year + 1))
    return Markup(
        '<h2>{}</h2><div class="years" aria-hidden="true">{}</div>'
        '<div class="timeline"><span class="rule" style="left: {:.2f}%" title="as at {}"></span><ul>{}</ul></div>'
        '<p class="note">Filled: reported. Dashed: planned. The vertical rule is {}.</p>'
    ).format(title, years, place(as_at), day(as_at), Markup("").join(rows), day(as_at))


@dataclass(frozen=True)
class Lane:
    """One thin row: what it says beside the scale, and what is drawn on it. The words hold all that is drawn."""

    label: str
    note: str
    spans: tuple[Span, ...]


def lanes(title: str, rows: Sequence[Lane], as_at: date) -> Markup:
    """Thin rows on one scale of whole years, wide enough for every span and for `as_at`, which is a vertical rule.

    The words stand beside the scale, so that they wrap and nothing is cut off; on a phone they stand above it. The
    drawing says nothing that the words do not.
    """
    moments = [as_at]
    for span in (span for row in rows for span in row.spans):
        moments += [earliest(span.begins), latest(span.ends or span.begins)]
    first, last = min(moments).year, max(moments).year
    start, days = date(first, 1, 1), (date(last + 1, 1, 1) - date(first, 1, 1)).days

    def place(moment: date) -> float:
        return 100 * (moment - start).days / days

    rule = Markup('<span class="rule" style="left: {:.2f}%"></span>').format(place(as_at))
    track = Markup('<span class="track" aria-hidden="true" style="background-size: {:.4f}% 100%">{}</span>')
    year_share = 100 / (last + 1 - first)
    items = Markup("").join(
        Markup('<li class="lane"><span class="label">{} <small>{}</small></span>{}</li>').format(
            row.label,
            row.note,
            track.format(year_share, Markup("").join(_mark(span, place) for span in row.spans) + rule),
        )
        for row in rows
    )
    years = Markup("").join(Markup("<i>{}</i>").format(year) for year in range(first, last + 1))
    return Markup(
        '<h2>{}</h2><div class="lanes"><div class="lane scale" aria-hidden="true"><span class="label"></span>'
        '<span class="track">{}</span></div><ul>{}</ul></div>'
        '<p class="note">Filled: reported. Dashed: planned. The vertical rule is {}.</p>'
    ).format(title, years, items, day(as_at))


def _mark(span: Span, place: Callable[[date], float]) -> Markup:
    left, right = place(earliest(span.begins)), place(latest(span.ends or span.begins))
    return Markup('<span class="mark{}" style="left: {:.2f}%; width: {:.2f}%"></span>').format(
        " planned" if span.is_planned else "", left, right - left
    )
