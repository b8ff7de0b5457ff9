"""A time line drawn as HTML: one thin row a thing, planned and reported apart, on one scale of years.

A date that is known only to the month or year covers all of it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui.words import day


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


@dataclass(frozen=True)
class Lane:
    """One thin row: what it says beside the scale, and what is drawn on it. The words hold all that is drawn."""

    label: str | Markup
    note: str | Markup
    spans: tuple[Span, ...]


STEPS = (1, 2, 5, 10, 50)
"""Every year is named on a scale, or every second, fifth and so on. The last serves the longest span that dates of
facts can have, 1900 to 2099."""


def lanes(title: str, rows: Sequence[Lane], as_at: date, years: Sequence[int] = (), *, most_named: int = 20) -> Markup:
    """Thin rows on one scale of whole years, wide enough for every span, for `years`, and for `as_at`, which is a
    vertical rule.

    The words stand beside the scale, so that they wrap and nothing is cut off; on a phone they stand above it. The
    drawing says nothing that the words do not. At most `most_named` years are named: a narrow scale holds few.
    """
    moments = [as_at]
    for span in (span for row in rows for span in row.spans):
        moments += [earliest(span.begins), latest(span.ends or span.begins)]
    shown = [*years, *(moment.year for moment in moments)]
    first, last = min(shown), max(shown)
    step = next(step for step in STEPS if (last - first + first % step) // step < most_named)
    first -= first % step
    named = range(first, last + 1, step)
    start, days = date(first, 1, 1), (date(named[-1] + step, 1, 1) - date(first, 1, 1)).days

    def place(moment: date) -> float:
        return 100 * (moment - start).days / days

    rule = Markup('<span class="rule" style="left: {:.2f}%"></span>').format(place(as_at))
    track = Markup('<span class="track" aria-hidden="true" style="background-size: {:.4f}% 100%">{}</span>')
    items = Markup("").join(
        Markup('<li class="lane"><span class="label">{} <small>{}</small></span>{}</li>').format(
            row.label,
            row.note,
            track.format(100 / len(named), Markup("").join(_mark(span, place) for span in row.spans) + rule),
        )
        for row in rows
    )
    scale = Markup("").join(Markup("<i>{}</i>").format(year) for year in named)
    return Markup(
        '<h2>{}</h2><div class="lanes"><div class="lane scale" aria-hidden="true"><span class="label"></span>'
        '<span class="track">{}</span></div><ul>{}</ul></div>'
        '<p class="note">Filled: reported. Dashed: planned. The vertical rule is {}.</p>'
    ).format(title, scale, items, day(as_at))


def _mark(span: Span, place: Callable[[date], float]) -> Markup:
    left, right = place(earliest(span.begins)), place(latest(span.ends or span.begins))
    return Markup('<span class="mark{}" style="left: {:.2f}%; width: {:.2f}%"></span>').format(
        " planned" if span.is_planned else "", left, max(0.0, right - left)
    )
