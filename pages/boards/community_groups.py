"""Which community and faith groups do the documents name, where are they, and what was not mapped?

Reads `community_group`, `engagement`, `community_named` and `round_response`, through `warehouse.queries.groups` and
`warehouse.queries.coverage`.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from ui import filters, frame, groups_view
from ui.column_edge import column_edge
from ui.coverage_grid import borough_columns, borough_rows, columns, kept_grid, not_in_the_grid
from ui.data import ask, kept
from ui.paging import Later
from ui.table import show_table, write
from ui.words import counted
from warehouse.queries import groups
from warehouse.queries.coverage import coverage
from warehouse.queries.places import Choice
from warehouse.schema.communities import GROUP_KIND

KINDS = sorted((Choice(code, GROUP_KIND.label(code)) for code in GROUP_KIND.codes), key=lambda kind: kind.label)

NO_GRID = Markup(
    '<p class="absent">No row to draw: no document dated by then names this community, or any, for a borough. '
    "A later date or another community would fill it.</p>"
)
NO_GROUP = "No group that is named matches. Clear a filter, or look below for contact with groups that are not named."
NO_DOCUMENT = "No document dated by then names a group. A later date would fill this table."
GRID_NOTES = (
    "A group of a narrower community stands for the wider one too: a Somali group counts for East African and African.",
    "A borough's name leads to its profile, a filled cell to the groups behind it.",
)

top = st.container()
first, second, third, fourth = st.columns(4)
with first:
    filters.borough()
    # Only a borough chosen here filters: falling back on "my borough" would hide the rest with no way to see it.
    borough = filters.by_name(st.session_state.get("borough"))
with second:
    faith = filters.choice("Faith", ask(groups.faiths), "group_faith", "All faiths")
with third:
    community = filters.choice("Community", ask(groups.communities), "group_community", "All communities")
with fourth:
    kind = filters.choice("Kind of group", KINDS, "group_kind", "All kinds")
left, right = st.columns([3, 1])
with left:
    search = st.text_input("Search names and notes", key="group_search", bind="query-params")
with right:
    as_at = filters.as_at()

wanted = groups.Wanted(
    as_at,
    search.strip(),
    borough.gss_code if borough else None,
    faith.code if faith else None,
    community.code if community else None,
    kind.code if kind else None,
)
known = ask(groups.known, as_at)
found = Later(ask(groups.matching, wanted), lambda keys: ask(groups.groups_of, as_at, keys))
cells = ask(coverage, as_at)
by_borough = borough_rows(cells)

mine = filters.my_borough()
picked = borough or mine
with top:
    frame.title("Community and faith groups", groups_view.answer(known), as_at)
write(
    Markup('<p role="status">The directory shows {} of {}. <a href="#directory">Go to the directory</a></p>').format(
        len(found), counted(known.groups, "group")
    )
)

with st.container(key="groups_picture"):
    left, right = st.columns([5, 2], gap="medium")
    with left:
        only = [chosen for chosen in (faith, community) if chosen]
        drawn = kept(kept_grid, as_at, tuple(choice.code for choice in only), mine.borough if mine else None)
        shown = list(columns(cells))
        column_edge(shown.index(picked.gss_code) if picked and picked.gss_code in shown else None)
        write(Markup("<h2>Which communities are named for which borough</h2>{}").format(drawn or NO_GRID))
        if drawn:
            frame.notes((*not_in_the_grid(cells), *GRID_NOTES))
    with right:
        not_mapped = [row.borough for row in by_borough if not row.is_mapped]
        frame.unknown(groups_view.unknown(known, not_mapped, len(by_borough)))

write(Markup('<h2 id="directory">Directory</h2>'))
with st.container(key="groups_tables"):
    show_table(
        "Groups named in the documents",
        lambda shown: groups_view.directory_columns(
            ask(groups.contacts_of, as_at, tuple(row.fact_key for row in shown))
        ),
        found,
        file="community_groups",
        is_mine=lambda row: mine is not None and mine.borough in (row.based_in, *row.serves, *row.contact_in),
        empty=NO_GROUP if known.groups else NO_DOCUMENT,
    )
    with st.container(key="long_contacts"):
        show_table(
            "Contact with groups that are not named",
            groups_view.contact_columns(),
            ask(groups.unnamed_contacts, wanted),
            file="contact_with_groups_not_named",
            empty="No contact of this kind is reported. The kind of group is not asked: what is not named has none.",
        )
    show_table(
        "The grid in words, borough by borough",
        borough_columns(),
        by_borough,
        file="communities_and_groups_by_borough",
        is_mine=lambda row: picked is not None and row.gss_code == picked.gss_code,
    )
frame.notes((groups_view.STEPS, groups_view.PLACES, groups_view.CARE))
