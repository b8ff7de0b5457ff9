"""The links between agencies and boards or programmes as a picture: an image with a text in its place.

It repeats the two-way table, counts nothing, and both its sides stand by name.
"""

from __future__ import annotations

import base64
import re

from markupsafe import Markup

from ui.partner_view import ONE, SEVERAL, TwoWay
from ui.words import counted

LINE = 24
"""Pixels between two names."""
LEFT, RIGHT, WIDTH = 360, 640, 1000
"""Pixels: where the lines begin on the left and end on the right, and the width of it all."""
LONGEST_NAME = 46
"""Letters of a name that fit beside the lines. A longer one has two lines; the table has every name in full."""
NO_PART = ("invited",)
"""The roles of an agency that is only interested or invited: no part."""

# What XML cannot hold would leave the picture blank.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def picture(table: TwoWay, mine: str | None = None) -> Markup:
    """Agencies on the left, boards or programmes on the right, and a line where a document gives a role.

    Lines to `mine` are heavy; a line is dashed where the only role is an interest or an invitation.
    """
    text = (
        f"Picture: {counted(len(table.rows), 'agency', 'agencies')} on the left, "
        f"{counted(len(table.columns), ONE[table.kind], SEVERAL[table.kind])} on the right, a line where a document "
        "gives the agency a role, dashed for an interest or an invitation only. The table that follows says the same."
    )
    encoded = base64.b64encode(drawing(table, mine).encode()).decode()
    return Markup(
        '<div class="scroll network" tabindex="0" role="region" aria-label="Picture of partner agencies">'
        '<img src="data:image/svg+xml;base64,{}" alt="{}"></div>'
    ).format(encoded, text)


def drawing(table: TwoWay, mine: str | None) -> Markup:
    """The picture as SVG."""
    height = LINE * (max(len(table.rows), len(table.columns)) + 1)
    left = {row.partner: _spread(place, len(table.rows), height) for place, row in enumerate(table.rows)}
    right = {code: _spread(place, len(table.columns), height) for place, (code, _) in enumerate(table.columns)}
    lines = [
        _line(left[partner], right[code], is_mine=code == mine, is_dashed=cell.roles == NO_PART)
        for (partner, code), cell in table.cells.items()
    ]
    names = [_name(LEFT - 8, left[row.partner], "end", row.name, is_mine=False) for row in table.rows]
    names += [_name(RIGHT + 8, right[code], "start", label, is_mine=code == mine) for code, label in table.columns]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" font-family="sans-serif" '
        'font-size="14" fill="#0b0c0c">{}</svg>'
    ).format(WIDTH, height, WIDTH, height, Markup("").join(lines + names))


def _spread(place: int, of: int, height: int) -> int:
    """Where a name stands, in pixels from the top, the names of a side spread evenly."""
    return round((place + 0.5) * height / of)


def _line(from_y: int, to_y: int, *, is_mine: bool, is_dashed: bool) -> Markup:
    middle = (LEFT + RIGHT) // 2
    return Markup('<path d="M{} {}C{} {} {} {} {} {}" fill="none" stroke="{}" stroke-width="{}"{}/>').format(
        *(LEFT, from_y, middle, from_y, middle, to_y, RIGHT, to_y),
        *(("#0b0c0c", 3) if is_mine else ("#12436D", 1)),
        Markup(' stroke-dasharray="5 4"') if is_dashed else "",
    )


def _name(x: int, y: int, anchor: str, text: str, *, is_mine: bool) -> Markup:
    lines = name_lines(_NOT_XML.sub("", text))
    weight = Markup(' font-weight="700"') if is_mine else ""
    shown = Markup("{}").format(*lines)
    if len(lines) > 1:
        weight += Markup(' font-size="12"')
        shown = Markup('<tspan x="{}" dy="-6">{}</tspan><tspan x="{}" dy="12">{}</tspan>').format(
            x, lines[0], x, lines[1]
        )
    return Markup('<text x="{}" y="{}" text-anchor="{}" dominant-baseline="central"{}>{}</text>').format(
        x, y, anchor, weight, shown
    )


def name_lines(name: str) -> list[str]:
    """A name on one line or, where it is longer than LONGEST_NAME, on two, parted between words where it can be."""
    if len(name) <= LONGEST_NAME:
        return [name]
    end = name.rfind(" ", 1, LONGEST_NAME + 1)
    first, rest = (name[:end], name[end + 1 :]) if end > 0 else (name[:LONGEST_NAME], name[LONGEST_NAME:])
    return [first, rest if len(rest) <= LONGEST_NAME else f"{rest[: LONGEST_NAME - 1]}…"]
