"""Which boards already do what mine does not report, what could mine offer, and which agencies work with whom?

Reads `activity`, `round_response`, `obstacle`, `partner` and `partner_link`, through `warehouse.queries.compare` and
`warehouse.queries.learn`.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import comparators, compare_view, filters, frame, learn_view, partner_picture, partner_view
from ui.data import ask
from ui.paging import Later
from ui.table import show_table, write
from warehouse.queries import compare, learn, places

top = st.container()
first, second, third, fourth = st.columns(4)
with fourth:
    as_at = filters.as_at()
boards = ask(compare.boards, as_at)
with first:
    _, mine = comparators.choose_mine(boards)
with second:
    preset = comparators.choose_preset(as_at, "Learn from")
with third:
    theme = filters.choice("Theme", ask(places.themes), "learn_theme", everything="All themes")
own_list = comparators.choose_list(boards) if preset == comparators.OWN else ()

compared = comparators.comparison(preset, mine, boards, as_at, own_list)
lines = compare_view.lines(ask(compare.board_themes, as_at), compared.boards)
gaps = learn_view.gaps(lines, compared)

with top:
    frame.title("Whom can a board learn from?", learn_view.answer(compared, gaps, len(lines), boards), as_at)
write(Markup('<p role="status">{}</p>').format(compared.note))


def acts_shown(places_of_acts: tuple[tuple[str, str], ...]) -> list[learn_view.Lesson]:
    """The acts of one page of the table, fetched when that page is shown."""
    keys = tuple(key for _, key in places_of_acts)
    return learn_view.lessons(places_of_acts, ask(learn.board_acts, as_at, keys))


if mine:
    filled = [gap for gap in gaps if gap.doing and theme in (None, places.Choice(gap.theme, gap.label))]
    doing = {cell.board for gap in filled for cell in gap.doing}
    obstacles = [row for row in ask(learn.board_obstacles, as_at) if row.board in doing]
    left, right = st.columns([5, 2], gap="medium")
    with left, st.container(key="learn_gaps"):
        show_table(
            learn_view.gap_caption(mine),
            learn_view.gap_columns(compared),
            filled,
            file="learn_gaps",
            empty=learn_view.no_gap(gaps, compared, theme),
        )
    with right:
        frame.unknown(learn_view.unknown(gaps, compared, doing, obstacles))
    places_of_acts = learn_view.lesson_places(filled, frozenset(ask(learn.acts_at, learn_view.DOING, as_at)))
    offers = learn_view.offers(lines, compared)
    told = tuple(sorted({key for offer in offers for key in learn_view.told_of(offer)}))
    with st.container(key="learn_tables"):
        show_table(
            "What they did, with whom",
            learn_view.lesson_columns(),
            Later(
                places_of_acts,
                lambda shown: learn_view.lessons(shown, ask(learn.board_acts, as_at, tuple(key for _, key in shown))),
            ),
            file="learn_acts",
            empty="No board to learn from on these themes.",
        )
        show_table(
            "What stood in the way at these boards",
            learn_view.obstacle_columns(),
            obstacles,
            file="learn_obstacles",
            empty="None of these boards says what stood in the way. That does not mean that nothing did.",
        )
        show_table(
            f"What {mine.board_name} could offer",
            learn_view.offer_columns(compared, ask(learn.board_acts, as_at, told)),
            offers,
            file="learn_offers",
            empty="Nothing that a board beside it with a statement does not report as well.",
        )

write(Markup("<h2>Partner agencies</h2>"))
kind = st.radio("Partner agencies", list(partner_view.ONE), key="partners_by", bind="query-params", horizontal=True,
                label_visibility="collapsed")  # fmt: skip
by_board = kind == partner_view.BY_BOARD
table = partner_view.two_way(kind, ask(learn.partners_by_board if by_board else learn.partners_by_programme, as_at))
my_code = mine.board if mine and by_board else None
write(Markup("<p>{}</p>").format(partner_view.not_in_it(table, ask(learn.agencies, as_at))))
if table.rows:
    write(partner_picture.picture(table, my_code))
with st.container(key="partner_tables"):
    partner_view.show_matrix(table, my_code)
frame.notes(learn_view.CAVEATS)
