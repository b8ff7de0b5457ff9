"""The map of London as folium objects, made to be shown by streamlit-folium without a network.

Two parts. `base_map()` is empty and constant: the component mounts its frame anew whenever the base map's script
changes, and then zoom, focus and clicks are lost. `area_layer()` holds everything that changes. Texts from data reach
the browser as JSON strings and are put on the page as text, never as HTML.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.areas import arrow_steps, load_areas
from geo.escape import script_json
from geo.legend import ShadedAreas
from geo.names import borough_names
from geo.patterns import EDGES, TILE, edge, tile

LEAFLET = "../../app/static/leaflet-1.9.4"  # as seen from the component's frame; relative, so a base path works
HELP = "Arrow keys move between areas, Enter picks one, plus and minus zoom, 0 shows all of London."


@cache
def _script(name: str) -> str:
    """Return a script or style sheet of this folder. A script is called in place, so it must be one expression."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()


class OfflineMap(folium.Map):
    """A folium map that loads Leaflet from the dashboard's own static folder and nothing else from anywhere."""

    # The page-wide meta element of folium's own header is left out: it forbids zooming with two fingers.
    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>{{ this.look }}</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                zoom: 9.5,
                minZoom: 8,
                maxZoom: 14,
                zoomSnap: 0,
                maxBounds: {{ this.limits|tojson }},
                attributionControl: false,
                zoomControl: false,
                keyboard: false,
                boxZoom: false,
                doubleClickZoom: false,
                scrollWheelZoom: false,
                trackResize: false,
                dragging: !window.matchMedia("(pointer: coarse)").matches,
                zoomAnimation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches
            });
            {{ this.behaviour }}({{ this.get_name() }}, {{ this.london|tojson }});
        {% endmacro %}
        """
    )
    default_js = [("leaflet", f"{LEAFLET}/leaflet.js")]  # noqa: RUF012 - folium reads plain lists
    default_css = [("leaflet_css", f"{LEAFLET}/leaflet.css")]  # noqa: RUF012

    def __init__(self, london: list[list[float]]) -> None:
        (south, west), (north, east) = london
        super().__init__(location=((south + north) / 2, (west + east) / 2), tiles=None)
        self._name = "Map"  # streamlit-folium finds the map's names in the script by it
        self.london = london
        self.limits = [[south - 0.2, west - 0.3], [north + 0.2, east + 0.3]]
        self.behaviour, self.look = _script("base_map.js"), _script("base_map.css")


def base_map() -> OfflineMap:
    """Return a new empty map, white and fitted to London. Always the same script; never share one between two runs,
    since streamlit-folium adds the layers to it."""
    return OfflineMap(_london())


@cache
def _london() -> list[list[float]]:
    """Return the bounds of the 33 areas as [[south, west], [north, east]], WGS84."""
    west, south, east, north = (round(float(limit), 5) for limit in load_areas().total_bounds)
    return [[south, west], [north, east]]


class _AreaScript(MacroElement):
    """A call of area_layer.js with its arguments, all of them safe JSON."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this.behaviour }}({{ this.map_name() }}, function () { return {{ this.shapes }}; }, {{ this.steps }},
            {{ this.view }});
        {% endmacro %}
        """
    )

    def __init__(self, view: dict[str, object]) -> None:
        super().__init__()
        self._name = "Areas"
        self.behaviour, self.shapes, self.steps = _script("area_layer.js"), *_constants()
        self.view = script_json(view)

    def render(self, **kwargs: object) -> None:
        """Do nothing. streamlit-folium takes the script above as it is; branca would take the result, with the data
        in it, for another template and compile that: slow, and data is no template."""

    def map_name(self) -> str:
        """Return the JavaScript name of the map that the group was added to."""
        return self._parent._parent.get_name()


@cache
def _constants() -> tuple[str, str]:
    """Return the shapes (GeoJSON, one feature an area, with its code) and the steps of the arrow keys, as JSON."""
    shapes = load_areas()[["geometry"]].reset_index()
    return script_json(shapes.to_geo_dict(drop_id=True)), script_json(arrow_steps())


def area_layer(shaded: ShadedAreas, picked: str | None = None, answered: int = 0) -> folium.FeatureGroup:
    """Return the layer of the 33 areas: fill and pattern from the legend, border, tooltip, label, and what picks one.

    shaded: an entry and words for each of the 33 GSS codes; ValueError when one is missing or strange.
    picked: the code of the area with the heavy outline, or None.
    answered: `last_object_clicked_count` of the last pick that the page has worked on; a pick that the browser made
    since then is not taken back by this layer.
    """
    names = borough_names()
    if strange := sorted(shaded.by_area.keys() ^ names.keys()):
        raise ValueError(f"the map needs exactly the 33 areas; missing or strange: {', '.join(strange)}")
    if picked is not None and picked not in names:
        raise ValueError(f"{picked!r} is no area on the map")
    entries = shaded.legend.entries
    fills = {
        entry.id: entry.fill if entry.pattern == "solid" else f"url(#atlas-fill-{place})"
        for place, entry in enumerate(entries)
    }
    edges = {entry.id: edge(entry.pattern) for entry in entries}
    view = {
        "title": shaded.legend.title,
        "help": HELP,
        "picked": picked,
        "answered": answered,
        "first": min(names, key=names.get),
        "defs": pattern_defs(shaded),
        "edges": EDGES,
        "areas": {
            code: {"name": names[code], "words": words, "fill": fills[entry_id], "edge": edges[entry_id]}
            for code, (entry_id, words) in shaded.by_area.items()
        },
    }
    group = folium.FeatureGroup(name="areas", control=False)
    _AreaScript(view).add_to(group)
    return group


def pattern_defs(shaded: ShadedAreas) -> str:
    """Return an SVG element that defines the pattern of each entry which has one, as `atlas-fill-<place in legend>`."""
    defs = "".join(
        f'<pattern id="atlas-fill-{place}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse">'
        f"{tile(entry.fill, entry.pattern)}</pattern>"
        for place, entry in enumerate(shaded.legend.entries)
        if entry.pattern != "solid"
    )
    return f'<svg width="0" height="0" focusable="false"><defs>{defs}</defs></svg>'
