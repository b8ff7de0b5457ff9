"""The borough map and its legend on a page.

A click, or Enter on the keyboard, reaches the page as a changed component value. `on_pick` runs before the page does,
so the panel beside the map is drawn in the same run, and the map itself is never built anew.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import streamlit as st
import streamlit_folium

from geo.escape import html_text
from geo.folium_map import area_layer, base_map
from geo.legend import Entry, ShadedAreas
from geo.names import borough_names
from geo.patterns import TILE, edge, tile

RETURNED = ["last_active_drawing", "last_object_clicked_count"]

_FRAME_STYLE = """<style>
.st-key-{frame} iframe {{ outline: 1px solid #b1b4b6; outline-offset: -1px;
  height: auto; aspect-ratio: 4 / 3; max-height: {height}px; }}
</style>"""
_LEGEND_STYLE = """<style>
.atlas-legend p { font-weight: 600; margin: 0 0 4px; font-size: 14px; }
.atlas-legend ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 24px; }
.atlas-legend li { display: flex; align-items: center; gap: 8px; margin: 0; font-size: 14px; color: #0b0c0c; }
.atlas-legend i { flex: none; width: 32px; height: 16px; border: 1px solid; print-color-adjust: exact; }
.atlas-legend b { font-weight: 400; color: #505a5f; }
</style>"""


def borough_map(
    shaded: ShadedAreas, *, picked: str | None, key: str, on_pick: Callable[[str], None], height: int = 520
) -> None:
    """Draw the map of the 33 areas.

    shaded: fill and words of each area. picked: code of the area with the heavy outline, or None.
    key: names this map on the page and holds its last message in session state; letters, digits, `-` and `_`.
    on_pick: called with the GSS code of a picked area before the page runs, so it may set session state and query
    parameters; the page then passes the new `picked`. height: pixels at most; a narrow map is lower.
    """

    def report() -> None:
        code = picked_code(st.session_state.get(key))
        if code is not None:
            on_pick(code)

    frame = f"{key}-frame"
    with st.container(key=frame):
        st.html(_FRAME_STYLE.format(frame=frame, height=height))
        streamlit_folium.st_folium(
            base_map(),
            key=key,
            height=height,
            use_container_width=True,
            returned_objects=RETURNED,
            feature_group_to_add=area_layer(shaded, picked, _answered(st.session_state.get(key))),
            on_change=report,
        )


def picked_code(message: object) -> str | None:
    """Return the GSS code in a message of the map, or None. The browser can send anything: only the 33 codes pass."""
    drawing = message.get("last_active_drawing") if isinstance(message, dict) else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    code = properties.get("gss_code") if isinstance(properties, dict) else None
    return code if isinstance(code, str) and code in borough_names() else None


def _answered(message: object) -> int:
    count = message.get("last_object_clicked_count") if isinstance(message, dict) else None
    return count if isinstance(count, int) else 0


def legend(shaded: ShadedAreas) -> None:
    """Draw the legend of a map: for each entry its swatch, its word and the number of its areas."""
    st.html(legend_html(shaded))


def legend_html(shaded: ShadedAreas) -> str:
    """Return the legend as HTML: a titled list."""
    counts = shaded.counts()
    lines = "".join(
        f'<li><i style="{swatch(entry)}"></i>{html_text(entry.label)} <b>{_areas(counts[entry.id])}</b></li>'
        for entry in shaded.legend.entries
    )
    title = html_text(shaded.legend.title)
    return f'{_LEGEND_STYLE}<div class="atlas-legend"><p>{title}</p><ul aria-label="Legend: {title}">{lines}</ul></div>'


def swatch(entry: Entry) -> str:
    """Return the style of a swatch, or of a square on the tile map: the pattern that fills the areas on the map."""
    shapes = tile(entry.fill, entry.pattern)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{TILE}" height="{TILE}">{shapes}</svg>'
    return f"border-color:{edge(entry.pattern)};background:{entry.fill} url('data:image/svg+xml,{quote(svg, safe='')}')"


def _areas(count: int) -> str:
    return "1 area" if count == 1 else f"{count} areas"
