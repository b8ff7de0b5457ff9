"""The 33 areas as squares of one size, drawn as HTML: an alternative wherever an outline map stands.

It says the same as the outline map, from the same `ShadedAreas`. Each square is a link whose words hold the name and
what is reported, so it needs no pointer and no script, and it prints.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.legend import Legend, ShadedAreas
from geo.tiles import Tile, size, tiles
from ui.map_view import borough_map, swatch
from ui.table import write

OUTLINE, TILES = "Outline", "Tiles"
HELP = "Each area is one square of the same size, about where it lies. A square leads to its borough."


def area_map(
    shaded: ShadedAreas,
    *,
    picked: str | None,
    key: str,
    on_pick: Callable[[str], None],
    page: str,
    pick_as: str = "borough",
    height: int = 520,
) -> None:
    """Draw the switch between outlines and tiles, and the map that is chosen. The choice stands in the address.

    shaded, picked, key, on_pick and height: as for `ui.map_view.borough_map`.
    page: the address of this page. pick_as: the name in the address that a picked tile sets.
    """
    chosen = st.segmented_control(
        "Map as",
        [OUTLINE, TILES],
        default=OUTLINE,
        required=True,
        key="map_as",
        bind="query-params",
        label_visibility="collapsed",
    )
    if chosen == TILES:
        write(tile_map(shaded, picked=picked, to=lambda tile: here(page, **{pick_as: tile.borough})))
    else:
        borough_map(shaded, picked=picked, key=key, on_pick=on_pick, height=height)


def here(page: str, **changes: str) -> str:
    """Return the address of `page`, on which we are, with all that is chosen on it and these changes."""
    kept = [(name, value) for name in st.query_params for value in st.query_params.get_all(name) if name not in changes]
    return f"./{page}?{urlencode(kept + list(changes.items()))}"


def tile_map(shaded: ShadedAreas, *, picked: str | None, to: Callable[[Tile], str]) -> Markup:
    """Return the map as HTML: a list of links, row by row from the north-west. `to` gives the address of a square.

    Raise ValueError unless `shaded` holds exactly the 33 areas.
    """
    items = Markup("").join(_square(tile, shaded, tile.gss_code == picked, to(tile)) for tile in _checked(shaded))
    return fills(shaded.legend, "tile-fill") + Markup(
        '<p class="screen note">{} <a href="#after-the-tiles">Skip the tiles</a></p>'
        '<div class="tile-frame"><ul class="tiles" aria-label="Tile map: {}">{}</ul></div>'
        '<span id="after-the-tiles" tabindex="-1"></span>'
    ).format(HELP, shaded.legend.title, items)


def _square(tile: Tile, shaded: ShadedAreas, is_picked: bool, address: str) -> Markup:
    entry_id, words = shaded.by_area[tile.gss_code]
    return Markup(
        '<li style="grid-area: {} / {}"{}><a class="tile-fill-{}" href="{}"{}>'
        '<span class="whole" aria-hidden="true"><span>{}</span></span><span class="brief" aria-hidden="true">{}</span>'
        '<span class="vh">{}: {}</span></a></li>'
    ).format(
        *(tile.row, tile.column),
        # At the right the words open leftwards, so that they stay on a narrow page.
        Markup(' class="east"') if tile.column > size()[0] / 2 else "",
        *(_place(shaded.legend, entry_id), address),
        Markup(' aria-current="true"') if is_picked else "",
        *(tile.label, tile.short, tile.borough, words),
    )


def small_tiles(shaded: ShadedAreas, *, label: str, picked: str | None) -> Markup:
    """Return a small map without links, for several beside each other, as one picture whose words are `label`.

    What fills its squares is written once for all maps of one legend, by `fills`.
    """
    squares = Markup("").join(
        Markup('<i class="small-fill-{}{}" style="grid-area: {} / {}" title="{}: {}">{}</i>').format(
            *(_place(shaded.legend, entry_id), " picked" if tile.gss_code == picked else "", tile.row, tile.column),
            *(tile.borough, words, tile.short),
        )
        for tile in _checked(shaded)
        for entry_id, words in [shaded.by_area[tile.gss_code]]
    )
    return Markup('<div class="tiles small" role="img" aria-label="{}">{}</div>').format(label, squares)


def fills(legend: Legend, name: str = "small-fill") -> Markup:
    """Return the style of each entry of a legend as the class `<name>-<place in the legend>`.

    Colours and patterns come from `geo.patterns`, never from data.
    """
    rules = (f".atlas .{name}-{place} {{ {swatch(entry)} }}" for place, entry in enumerate(legend.entries))
    return Markup("<style>{}</style>").format(Markup("\n".join(rules)))


def _place(legend: Legend, entry_id: str) -> int:
    return legend.entries.index(legend.entry(entry_id))


def _checked(shaded: ShadedAreas) -> list[Tile]:
    if strange := sorted(shaded.by_area.keys() ^ tiles().keys()):
        raise ValueError(f"the map needs exactly the 33 areas; missing or strange: {', '.join(strange)}")
    return list(tiles().values())
