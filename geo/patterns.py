"""The fills of the maps: colours and patterns, drawn once as a small SVG tile for the map and its legend alike.

A pattern tells states apart that would be one grey on paper: light hatch is always "no answer", plain white "not
asked", dots "withheld". The categories carry a pattern too, since two of the four colours have the same grey.
"""

from __future__ import annotations

BLUES = ("#D4E4F2", "#A3C7E8", "#6BACE6", "#2073BC", "#12436D")  # the first is the step for zero
CATEGORIES = (("#12436D", "solid"), ("#28A197", "solid"), ("#801650", "bars"), ("#F46A25", "grid"))
REST = ("#3D3D3D", "rows")
WHITE = "#FFFFFF"
_MARK = "#767B80"  # the grey of hatch and dots: 4:1 on white
EDGES = (_MARK, "#3D3D3D")  # of the areas not asked, and of all others, whose border is drawn over it

TILE = 8  # pixels, each way

_DRAWN = {
    "solid": "",
    "plain": "",
    "hatch": f'<path d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4" stroke="{_MARK}" stroke-width="1.2" fill="none"/>',
    "backhatch": f'<path d="M-2,6l4,4M0,0l8,8M6,-2l4,4" stroke="{_MARK}" stroke-width="1.2" fill="none"/>',
    "dots": f'<circle cx="2" cy="2" r="1.3" fill="{_MARK}"/><circle cx="6" cy="6" r="1.3" fill="{_MARK}"/>',
    "bars": '<path d="M2,0v8M6,0v8" stroke="#FFFFFF" stroke-width="1"/>',
    "grid": '<path d="M0,4h8M4,0v8" stroke="#FFFFFF" stroke-width="1"/>',
    "rows": '<path d="M0,2h8M0,6h8" stroke="#FFFFFF" stroke-width="1"/>',
}
PATTERNS = frozenset(_DRAWN)


def tile(fill: str, pattern: str) -> str:
    """Return the SVG shapes of one 8 × 8 tile. Raise KeyError for a pattern that is not one of PATTERNS."""
    return f'<rect width="{TILE}" height="{TILE}" fill="{fill}"/>{_DRAWN[pattern]}'


def edge(pattern: str) -> str:
    """Return the colour of the border round an area with this pattern."""
    return EDGES[0] if pattern == "plain" else EDGES[1]
