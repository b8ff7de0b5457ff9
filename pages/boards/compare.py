"""How does my board differ from those near it, or like it, or from all that reported?

Reads `activity`, `round_response`, `programme_borough`, `training_round` and `printed_figure`, through
`warehouse.queries.compare` and `warehouse.queries.learn`, and the outlines, through `geo.boards`.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import act_list, comparators, compare_view, filters, frame, links
from ui.compare_grid import grid
from ui.data import ask
from ui.strip import show_strips
from ui.table import show_table, write
from ui.words import day
from warehouse.queries import compare, places

top = st.container()
first, second, third, fourth = st.columns(4)
with fourth:
    as_at = filters.as_at()
boards = ask(compare.boards, as_at)
with first:
    borough, mine = comparators.choose_mine(boards)
with second:
    preset = comparators.choose_preset(as_at)
with third:
    order = st.selectbox(
        "Order of boards", compare_view.orders(ask(places.themes)), key="compare_order", bind="query-params"
    )
own_list = comparators.choose_list(boards) if preset == comparators.OWN else ()
left, middle, _ = st.columns(3)
with left:
    boards_as_columns = st.toggle("Boards as columns", key="boards_as_columns", bind="query-params")
with middle:
    only_differences = st.toggle("Only themes that differ", key="only_differences", bind="query-params")

compared = comparators.comparison(preset, mine, boards, as_at, own_list)
cells = ask(compare.board_themes, as_at)
shown, how = compare_view.ordered(compared.boards, order, mine, cells)
lines = compare_view.lines(cells, shown)
drawn = [line for line in lines if compare_view.differs(line, mine)] if only_differences else lines
state = {"mine": borough.borough if borough else None, "as_at": day(as_at)}

with top:
    frame.title("How does a board compare?", compare_view.answer(compared, lines, boards), as_at)
write(Markup('<p role="status">{} {}</p>').format(compared.note, how if shown else ""))

with st.container(key="compare_picture"):
    picture, beside = st.columns([5, 2], gap="medium")
with picture:
    if shown and drawn:
        write(grid(drawn, shown, mine, boards_as_columns=boards_as_columns))
        write(act_list.boxes([cell for line in drawn for cell in line.cells], shown, as_at, state))
    else:
        write(
            Markup('<p class="absent">{}</p>').format(
                "No theme differs between boards of which anything is known. Turn off “Only themes that differ”."
                if shown
                else "No board to draw. Choose your borough, or boards for a list of your own."
            )
        )
with beside:
    told = compare_view.in_words(compared, lines)
    if told:
        items = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in told)
        onward = links.to("learn", compare_with=None if own_list else preset, **state)
        write(Markup('<h2>In words</h2><ul>{}</ul><p><a href="{}">What the others did</a></p>').format(items, onward))
    frame.unknown(
        [
            compare_view.without_statement(boards, shown),
            *compare_view.stand_in(boards),
            *(() if comparators.mix_table(as_at) else (comparators.no_mix(),)),
        ]
    )

if shown:
    with st.container(key="compare_tables"):
        show_table(
            "The same, theme by theme",
            compare_view.theme_columns(compared, drawn),
            drawn,
            file="compare_boards",
            empty="No theme differs.",
        )
    show_strips(ask(compare.board_figures, as_at), shown, mine)
frame.notes(compare_view.CAVEATS)
