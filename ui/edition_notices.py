"""What stands at the top of a page that does not show the live edition: which one it shows, and why."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from ui import links
from ui.data import EDITION
from ui.words import moment
from warehouse.edition import Edition, Served
from warehouse.schema.layout import default_warehouse
from warehouse.schema.shelf import Unreadable, read_labels

MEND = "python -m etl build"


def notices(shown: Served) -> Markup:
    """The notices that this reader needs; none for one who sees the live edition."""
    lines = []
    if shown.not_live:
        lines.append(
            Markup(
                "The newest edition cannot be read. {} You see the edition of {}. Whoever looks after the atlas: run "
                "<code>{}</code>"
            ).format(shown.not_live, when(shown.standing), MEND)
        )
    if shown.not_given:
        lines.append(
            Markup('{} You see the edition of {}. <a href="{}">All editions</a>').format(
                shown.not_given[1], when(shown.standing), links.to("about_the_data", part="Editions")
            )
        )
    if shown.edition.name != shown.standing.name:
        lines.append(_other(shown))
    return Markup("").join(Markup('<p class="notice" role="status">{}</p>').format(line) for line in lines)


def _other(shown: Served) -> Markup:
    label = label_of(shown.edition.name)
    is_older = shown.standing.built > shown.edition.built
    return Markup('You see {}the edition of {}, opened by its link. {}: <a href="{}">see the edition of {}</a>').format(
        f"“{label}”, " if label else "",
        when(shown.edition),
        "Newer data exist" if is_older else "It is not the live one",
        _here_live(),
        when(shown.standing),
    )


def when(of: Edition) -> str:
    """When an edition was built, with its name."""
    return f"{moment(of.built)} ({of.name})"


def label_of(name: str) -> str | None:
    """The label that somebody gave to the edition of this name."""
    try:
        return read_labels(default_warehouse()).get(name)
    except Unreadable:
        return None  # the list of editions says so, and what to do


def _here_live() -> str:
    """The address of this view in the edition that readers see who ask for none."""
    kept = [(key, value) for key in st.query_params for value in st.query_params.get_all(key) if key != EDITION]
    return f"./{st.session_state.get('page', '')}" + (f"?{urlencode(kept)}" if kept else "")
