"""The map as text: constant base, nothing from other hosts, and data that cannot become script."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import streamlit_folium

import geo
from geo.areas import arrow_steps
from geo.folium_map import LEAFLET, area_layer, base_map, pattern_defs
from geo.legend import Absence, ShadedAreas, classify_categories, classify_numbers
from geo.names import borough_names
from geo.patterns import EDGES

ROOM = Path(geo.__file__).parent
STATIC = ROOM.parent / "static"
HOSTILE = "</script><img src=x onerror=alert(1)> ${alert(2)} `+alert(3)+` {{7*7}} {% x %} {# y #} \\ ' \" \u2028"


def shaded(words: str = "took part") -> ShadedAreas:
    values = dict.fromkeys(borough_names(), "a") | {"E09000007": Absence.not_reported, "E09000012": Absence.not_asked}
    return classify_categories("Part", values, [("a", words)])


def scripts(layer_of: ShadedAreas, **options: object) -> tuple[str, str]:
    """The script of the base map and of the layer, made as the component makes them."""
    fig = base_map()
    fig.get_root().render()
    base = streamlit_folium._get_map_string(fig)
    return base, streamlit_folium._get_feature_group_string(area_layer(layer_of, **options), map=fig)


def view(layer: str) -> dict:
    """The last argument of the layer's script: what changes from run to run."""
    start = layer.index('{"title":')
    return json.JSONDecoder().raw_decode(layer, start)[0]


def test_the_base_map_is_always_the_same():
    one, other = scripts(shaded())[0], scripts(shaded("something else"), picked="E09000007", answered=5)[0]
    assert one == other
    assert "map_div" in one


def test_the_layer_does_not_grow_into_the_base_map():
    fig = base_map()
    streamlit_folium._get_feature_group_string(area_layer(shaded()), map=fig)
    assert not base_map()._children


def test_nothing_is_loaded_from_another_host():
    header = streamlit_folium._get_header(base_map())
    for text in (*scripts(shaded()), header, *(path.read_text(encoding="utf-8") for path in ROOM.glob("*.*s"))):
        assert not re.search(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text)


def test_leaflet_is_the_only_script_and_lies_in_the_static_folder():
    loaded = [url for _, url in base_map().default_js + base_map().default_css]
    assert loaded == [f"{LEAFLET}/leaflet.js", f"{LEAFLET}/leaflet.css"]
    for url in loaded:
        assert (STATIC / url.removeprefix("../../app/static/")).is_file()


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("leaflet.js", "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a"),
        ("leaflet.css", "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6"),
    ],
)
def test_leaflet_is_unchanged(name, digest):
    assert hashlib.sha256((STATIC / "leaflet-1.9.4" / name).read_bytes()).hexdigest() == digest


def test_no_tiles_and_no_link_outside():
    base, _ = scripts(shaded())
    assert "tileLayer" not in base
    assert "attributionControl: false" in base


def test_one_layer_of_33_areas_with_words_and_fill():
    _, layer = scripts(shaded(), picked="E09000007", answered=12)
    told = view(layer)
    assert told["areas"].keys() == borough_names().keys()
    assert told["areas"]["E09000007"] == {
        "name": "Camden",
        "words": "not reported",
        "fill": "url(#atlas-fill-1)",
        "edge": EDGES[1],
    }
    assert told["areas"]["E09000012"]["edge"] == EDGES[0]
    assert told["areas"]["E09000003"]["fill"] == "#12436D"
    assert (told["picked"], told["answered"]) == ("E09000007", 12)
    assert layer.count('"type":"Feature"') == 33
    assert '"E09000033":{"Arrow' in layer


def test_every_fill_that_the_areas_use_is_defined():
    everything = classify_numbers(
        "t",
        dict(zip(borough_names(), [*range(29), *Absence], strict=True)),
        "people",
    )
    used = {area["fill"] for area in view(scripts(everything)[1])["areas"].values()}
    patterns = {fill[5:-1] for fill in used if fill.startswith("url")}
    assert len(patterns) == 4
    assert patterns == set(re.findall(r'<pattern id="([^"]+)"', pattern_defs(everything)))


def test_hostile_words_arrive_as_they_are_and_only_as_text():
    values = classify_categories(HOSTILE, dict.fromkeys(borough_names(), "a"), [("a", HOSTILE)])
    _, layer = scripts(values)
    told = view(layer)
    assert told["title"] == HOSTILE
    assert {area["words"] for area in told["areas"].values()} == {HOSTILE}
    written = layer[layer.index('{"title":') :]
    assert not re.search(r"</script|<img|\$\{|`|\{\{|\{%|\{#|\u2028", written.replace(told["defs"], ""))


@pytest.mark.parametrize("text", ["_0 _div map_div feature_group_0", "alert(coords);", "{{'map_div'}}", "a\n  b"])
def test_the_component_does_not_rewrite_words(text):
    values = classify_categories("t", dict.fromkeys(borough_names(), "a"), [("a", text)])
    assert view(scripts(values)[1])["areas"]["E09000007"]["words"] == text


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.js")), ids=lambda path: path.name)
def test_scripts_are_one_expression_that_no_template_engine_acts_on(path):
    text = path.read_text(encoding="utf-8").strip()
    assert not re.search(r"\{\{|\{%|\{#", text)
    assert text.isascii()
    assert text.rstrip().endswith("})")
    assert re.search(r"^\(function \(", text, re.MULTILINE)
    assert not re.search(r"\binnerHTML\b(?! = next\.defs)|document\.write|insertAdjacentHTML|bindPopup", text)


def test_an_area_without_a_shade_is_refused():
    known = shaded()
    some = ShadedAreas(known.legend, {code: shade for code, shade in known.by_area.items() if code != "E09000001"})
    more = ShadedAreas(known.legend, {**known.by_area, "E06000001": ("a", "words")})
    with pytest.raises(ValueError, match="E09000001"):
        area_layer(some)
    with pytest.raises(ValueError, match="E06000001"):
        area_layer(more)


def test_a_strange_pick_is_refused():
    with pytest.raises(ValueError, match="'Camden' is no area"):
        area_layer(shaded(), "Camden")


def test_the_keyboard_begins_with_the_first_name():
    assert borough_names()[view(scripts(shaded())[1])["first"]] == "Barking and Dagenham"
    assert set(arrow_steps()) == set(borough_names())
