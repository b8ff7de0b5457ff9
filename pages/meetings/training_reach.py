"""Who was reached by counted training, at what cost, per how many residents, and what can the numbers not say?

Reads `training_round`, `training_count`, `statement` (remarks on the count), `printed_figure` (attendance, reach),
`ethnic_label`, `census_group` and `population`.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import filing_table, filters, frame, links, training_rates, training_rounds, training_view
from ui.data import ask
from ui.table import write
from ui.words import day
from warehouse.queries import training
from warehouse.queries.places import Choice

HEADING = "Who was reached by training?"

top = st.container()
first, second, third = st.columns(3)
with third:
    as_at = filters.as_at()
everything = ask(training.rounds, as_at)
with first:
    filters.borough()
# The reader's own borough does not narrow this page: most boroughs have no count, and a page without any helps nobody.
borough = filters.by_name(st.session_state.get("borough"))
own = borough or filters.my_borough()
here = [row for row in everything if borough is None or row.borough == borough.borough]
chosen = here[0] if here else None
if len(here) > 1:
    with second:
        picked = filters.choice(
            "Training round", [Choice(row.fact_key, row.title) for row in here], "training_round"
        )  # fmt: skip
    chosen = next(row for row in here if row.fact_key == picked.code)

areas = len(filters.all_boroughs())
counted_areas = len({row.borough for row in everything})
with top:
    if chosen:
        frame.title(HEADING, training_view.answer(chosen, counted_areas, areas), as_at)
    else:
        place = borough.borough if borough else "any borough"
        frame.title(
            HEADING,
            f"No document dated by {day(as_at)} counts who was trained in {place}. "
            + (training_view.have_a_count(counted_areas, areas) if counted_areas else "No area has a count."),
            as_at,
        )

if own and own.borough not in {row.borough for row in everything}:
    write(Markup("<p><b>{}:</b> who was trained is not reported.</p>").format(own.borough))

if chosen:
    lines = ask(training.lines, chosen.fact_key, as_at)
    training_view.figures(chosen)
    write(training_view.contents())
    left, right = st.columns([2, 1], gap="medium")
    with left:
        training_view.bars(lines)
        training_view.show_remarks(ask(training.remarks, chosen.fact_key, as_at))
    with right:
        frame.unknown(training_view.unknown_lines(chosen, everything, lines))
    mine = filters.my_borough()
    write(
        Markup('<p>{}</p><p><a href="{}">Community groups named for {}</a></p>').format(
            training_view.checked(chosen, lines),
            links.to("community_groups", borough=chosen.borough, mine=mine.borough if mine else None),
            chosen.borough,
        )
    )
    training_view.tables(chosen, lines)
    with st.container(key="training_rates"):
        training_rates.show(chosen, as_at)
        filing_table.show_round(chosen, as_at)
    with st.container(key="training_rounds"):
        # Rounds of one borough: panels of several, side by side, would be read as a contest.
        training_rounds.show(chosen.borough, as_at)
    training_rounds.show_figures(chosen.borough, as_at)
else:
    elsewhere = Markup("").join(
        Markup('<li><a href="{}">{}</a></li>').format(links.to("training_reach", borough=row.borough), row.title)
        for row in everything
    )
    write(
        Markup("<p>A return that counts who was trained there would fill this page, or a later date above.</p>"
               "<ul>{}</ul>").format(elsewhere)
    )  # fmt: skip

reached = [row for row in ask(training.reached, as_at) if borough is None or row.borough == borough.borough]
training_view.show_reached(reached)
frame.notes(training_view.caveats(has_round=chosen is not None, has_reached=bool(reached)))
