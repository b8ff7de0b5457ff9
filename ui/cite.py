"""From a figure to its source in one click, and the mark of a conflict that opens its readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from markupsafe import Markup

from ui import links
from ui.data import ask, kept, view_date
from ui.fill import fill
from ui.words import counted, partial_date
from warehouse.queries.sources import Citation, citations, conflicts, readings

MOST_SHOWN = 12
"""Lines listed at once under one source link. The others open with one more click."""

MOST_LISTED = 80
"""Places listed one by one under one source link. Where a number rests on more, they stand section by section with how
many of each, and where that is too long, document by document: none is left off, and the download names every one."""

_SAME_LINE = attrgetter("short_name", "section", "paragraph", "as_at", "date_is_inferred", "basis", "rule")


def _cited(fact_keys: Iterable[str]) -> list[Citation]:
    """Every place that says these facts; in a view as at a date, only those of documents dated by then."""
    keys, last = tuple(sorted(set(fact_keys))), view_date() or date.max
    found = ask(citations) if keys else {}
    return [citation for key in keys for citation in found.get(key, ()) if citation.usable_from <= last]


def _place(citation: Citation) -> str:
    return f"{citation.short_name}, {citation.section}, {citation.paragraph}"


def source_text(fact_keys: Iterable[str]) -> str:
    """All places in one line, for a download."""
    return "; ".join(dict.fromkeys(_place(citation) for citation in _cited(fact_keys)))


def source_details(fact_keys: Iterable[str], *, is_open: bool = False, most: int = MOST_LISTED) -> Markup:
    """A line that names the documents and opens to section, paragraph, basis and rule.

    most: how many places are listed one by one, MOST_LISTED or fewer.
    """
    keys = tuple(fact_keys)
    # A long line is the same from one filter to the next, and takes a millisecond to make; a short one is made anew.
    return kept(_details, keys, is_open, most) if len(keys) > MOST_SHOWN else _details(keys, is_open, most)


def _details(fact_keys: tuple[str, ...], is_open: bool, most: int) -> Markup:
    cited = _cited(fact_keys)
    if not cited:
        return Markup('<span class="absent">no source: nothing is reported</span>')
    names = ", ".join(dict.fromkeys(citation.short_name for citation in cited))
    lines = [fill("<li>{}</li>", line) for line in _lines(cited, most)]
    shown, more = Markup("").join(lines[:MOST_SHOWN]), Markup("").join(lines[MOST_SHOWN:])
    if more:
        count = counted(len(lines) - MOST_SHOWN, "more place")
        more = fill("<details><summary>and {}</summary><ul>{}</ul></details>", count, more)
    return fill(
        '<details class="source"{}><summary>{}</summary><div><ul>{}</ul>{}</div></details>',
        *(Markup(" open") if is_open else "", names, shown, more),
    )


def _lines(cited: Sequence[Citation], most: int) -> list[str]:
    """Every place once; of too many, every section or every document with the number of its places."""
    places = {_SAME_LINE(citation): citation for citation in cited}
    if len(places) <= most:
        return list(dict.fromkeys(_line(citation) for citation in places.values()))
    sections = Counter((place[0], place[1]) for place in places)
    if len(sections) <= most:
        return [f"{name}, {section}: {counted(count, 'place')}" for (name, section), count in sections.items()]
    documents = Counter(place[0] for place in places)
    return [f"{name}: {counted(count, 'place')}" for name, count in documents.items()]


def _line(citation: Citation) -> str:
    text = f"{_place(citation)}; as at {partial_date(citation.as_at)}"
    if citation.date_is_inferred:
        text += " (undated document, date inferred)"
    if citation.basis != "stated":
        text += f"; {citation.basis}: {citation.rule}"
    return text


def mark(fact_keys: Iterable[str]) -> Markup:
    """A double dagger that opens the readings of every conflict that touches these facts; nothing where none does."""
    keys = dict.fromkeys(key for citation in _cited(fact_keys) for key in citation.conflicts)
    if not keys:
        return Markup("")
    return Markup(
        '<details class="conflict"><summary aria-label="The documents disagree: show the readings">‡</summary>'
        "{}</details>"
    ).format(Markup("").join(conflict_readings(key) for key in keys))


def inline_mark(fact_keys: Iterable[str]) -> Markup:
    """The mark of a conflict inside a paragraph, where its readings cannot open in place: it leads to all readings."""
    if not any(citation.conflicts for citation in _cited(fact_keys)):
        return Markup("")
    return Markup('<a class="mark" href="{}" aria-label="The documents disagree: go to the readings">‡</a>').format(
        links.to("about_the_data", part="Conflicts")
    )


def conflict_readings(key: str) -> Markup:
    """One conflict: its question, every reading with its place, the one that is used, and why."""
    conflict = next(row for row in ask(conflicts) if row.fact_key == key)
    lines = Markup("").join(
        Markup("<li>{}{} <small>{}, {}, {}</small></li>").format(
            Markup("<b>Used: </b>") if row.is_used else "", row.reading, row.short_name, row.section, row.paragraph
        )
        for row in ask(readings)
        if row.conflict == key
    )
    return Markup("<div><p><b>{}</b></p><ul>{}</ul><p>We use: {}. {}{}</p></div>").format(
        conflict.question,
        lines,
        conflict.used.rstrip("."),
        conflict.why,
        " Still open." if conflict.is_open else "",
    )
