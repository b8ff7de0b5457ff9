"""What did case files, police figures and people show, what was recommended, and what came of it?

Reads `evidence_count`, `statement`, `status_report`, `audit_question` and `printed_figure` (referrals and meetings).
"""

from __future__ import annotations

import streamlit as st

from ui import evidence_figures, evidence_view, filters, frame
from ui.data import ask
from ui.table import write
from warehouse.queries.places import Choice, themes
from warehouse.schema.vocabulary import ISSUE

top = st.container()
first, second, third, fourth = st.columns(4)
with first:
    label = st.selectbox("Part", list(evidence_view.PARTS), key="evidence_part", bind="query-params")
with fourth:
    as_at = filters.as_at()
part = evidence_view.PARTS[label]

if part is None:
    answer = evidence_figures.answer(as_at)
else:
    with second:
        issue = filters.choice(
            "Concern",
            sorted((Choice(code, ISSUE.label(code)) for code in ISSUE.codes), key=lambda choice: choice.label),
            "evidence_concern",
            everything="All concerns",
        )
    with third:
        theme = filters.choice("Theme", ask(themes), "evidence_theme", everything="All themes")
    chosen = evidence_view.choose(part, as_at, issue.code if issue else None, theme.label if theme else None)
    answer = evidence_view.answer(part, chosen)

with top:
    frame.title("Evidence and recommendations", answer, as_at)
    write(evidence_view.CARE)

if part is None:
    evidence_figures.show_figures(as_at)
else:
    evidence_view.show_part(part, chosen, as_at)

frame.notes(
    (
        "The four areas of abuse are those the project of 2006 and 2007 dealt with: female genital mutilation, "
        "honour-based violence, abuse linked to belief in spirit possession, and child trafficking and exploitation.",
        "A borough is given only where the text names it, and never beside one of the four areas.",
    ),
)
