"""The panel beside the map: what the documents report of the borough that is picked."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from ui import links
from ui.cells import shown
from ui.cite import inline_mark
from ui.data import ask
from ui.filters import my_borough
from ui.lenses import NO_PILOT, PILOTS, PROGRAMMES, TRAINED, View, trained_words
from ui.table import write
from ui.words import listed
from warehouse.queries import areas
from warehouse.queries.areas import AreaFigure
from warehouse.queries.places import Borough


def borough_panel(borough: Borough | None, view: View, as_at: date) -> None:
    """What the lens says of `borough`, and the rest in short, with a link to its profile."""
    if borough is None:
        write(
            Markup(
                "<h2>No borough picked</h2><p>Click an area on the map, or choose a borough above. Keyboard: go to the "
                "map with Tab, move with the arrow keys, pick with Enter.</p>"
            )
        )
        return
    row = next(row for row in view.rows if row.gss_code == borough.gss_code)
    lines = Markup("").join(
        Markup("<li><b>{}:</b> {}</li>").format(column.head, shown(column.cell(row)))
        for column in view.columns
        if column.kind != "head"
    )
    board = f"Board: {borough.board_name}" + (" (shared by two areas)" if borough.shares_board else "")
    mine = my_borough()
    link = links.to("borough_profile", borough=borough.borough, mine=mine.borough if mine else None)
    write(
        Markup('<h2>{}</h2><p class="note">{}</p><ul>{}</ul>{}<p><a href="{}">Open the profile of {}</a></p>').format(
            borough.borough, board, lines, _in_short(borough, view, as_at), link, borough.borough
        )
    )


def _in_short(borough: Borough, view: View, as_at: date) -> Markup:
    """Programmes, pilots and people trained of the borough, but for what the lens shows already."""
    heads = {column.head for column in view.columns}
    parts = []
    for heading, query, none in (
        (PROGRAMMES, areas.took_part, "not named for a programme"),
        (PILOTS, areas.pilots, NO_PILOT),
        (TRAINED, areas.people_trained, "not reported"),
    ):
        row = next(row for row in ask(query, as_at) if row.gss_code == borough.gss_code)
        said = trained_words(row, as_at) if isinstance(row, AreaFigure) else listed(row.words)
        mark = inline_mark(row.fact_keys) if said else ""
        if heading not in heads:
            parts.append(Markup('<p class="note"><b>{}:</b> {}{}</p>').format(heading, said or none, mark))
    return Markup("").join(parts)
