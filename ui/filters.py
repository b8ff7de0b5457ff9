"""Filters that several pages share. Each is bound to the address, so that a copied link reopens the same view.

The address carries the label of a choice: labels are a public promise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.data import ask, look_as_at
from ui.words import day
from warehouse.queries.places import Borough, Choice, boroughs
from warehouse.queries.sources import documents

SHARED = {"borough": str, "as_at": day}
"""Filters that pages share: key -> the word for a choice in the address. My borough is on every page, and goes along by
itself."""


def all_boroughs() -> list[Borough]:
    """The 33 areas by name."""
    return ask(boroughs)


def by_name(name: str | None) -> Borough | None:
    """The area of this name, or None."""
    return next((row for row in all_boroughs() if row.borough == name), None)


def my_borough_in_sidebar() -> None:
    """The reader's own borough: chosen once, kept across pages and in the address."""
    st.sidebar.selectbox(
        "My borough",
        [row.borough for row in all_boroughs()],
        index=None,
        placeholder="Choose a borough",
        key="mine",
        bind="query-params",
    )


def my_borough() -> Borough | None:
    """The reader's own borough, where one is chosen."""
    return by_name(st.session_state.get("mine"))


def take_along(page: str) -> None:
    """Before the page at this address is drawn: where the reader comes from another one, the choices that pages share
    go along, into the address and so into the filters.

    Streamlit takes such a choice for one of the page that was left: it strikes it out of the address, on the way back
    as well, and hands it to the filter of the same key only when the next page has run once.
    """
    before, st.session_state["page"] = st.session_state.get("page", page), page
    if before == page:
        return
    context = get_script_run_ctx()
    going_back = parse_qs(context.query_string) if context.is_history_navigation else None
    with context.session_state.query_params() as address:
        for key, word in SHARED.items():
            choice_made = st.session_state.get(key)
            said = None if choice_made is None else word(choice_made)
            if going_back is not None:
                said = going_back.get(key, [None])[-1]
            if said is not None:
                address.set_corrected_value(key, said, "string_value")
        address.set_initial_query_params_from_current()


def correct(key: str, said: str) -> None:
    """Write in the address `said` for a filter that is not drawn yet, in place of older words that mean the same."""
    with get_script_run_ctx().session_state.query_params() as address:
        address.set_corrected_value(key, said, "string_value")
        address.set_initial_query_params_from_current()


def asked_first() -> dict[str, list[str]]:
    """What the link asks for with which a reader comes, by name; empty later on. To be read before anything is drawn:
    Streamlit strikes out of the address what is no choice of its filter, without a word."""
    return {} if "page" in st.session_state else parse_qs(get_script_run_ctx().query_string)


def refused(asked: Mapping[str, Sequence[str]]) -> list[str]:
    """The words of `asked` that name no choice of the filter they are meant for, after the page was drawn."""
    return [
        word
        for name, words in asked.items() if name in st.session_state and name not in st.query_params
        for word in words if word not in _labels(st.session_state[name])
    ]  # fmt: skip


def _labels(value: object) -> list[str]:
    """What the address would say for the value of a filter."""
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, date):
        return [day(value)]
    if isinstance(value, list):
        return [label for one in value for label in _labels(one)]
    return [str(getattr(value, "label", value))]


def borough(label: str = "Borough") -> Borough | None:
    """The borough to look at. It falls back on the reader's own."""
    chosen = st.selectbox(
        label,
        [row.borough for row in all_boroughs()],
        index=None,
        placeholder="Choose a borough",
        key="borough",
        bind="query-params",
    )
    return by_name(chosen) or my_borough()


def as_at() -> date:
    """The date of the view: only documents dated by then are used. The latest document's date unless chosen."""
    dates = sorted({document.usable_from for document in ask(documents)}, reverse=True)
    chosen = st.selectbox("As at", dates, format_func=day, key="as_at", bind="query-params")
    look_as_at(None if chosen == dates[0] else chosen)
    return chosen


def choice(label: str, choices: Sequence[Choice], key: str, everything: str | None = None) -> Choice | None:
    """One of `choices`. With `everything`, that label comes first and gives None."""
    # An option that is None would show as an empty box on the way back through the pages.
    all_of_them = Choice("", everything or "")
    chosen = st.selectbox(
        label,
        [*([all_of_them] if everything else []), *choices],
        format_func=lambda option: option.label,
        key=key,
        bind="query-params",
    )
    return None if chosen == all_of_them else chosen


def in_address(without: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """What is chosen, as it stands in the address: name and label, without some names and without pages of tables."""
    names = [name for name in st.query_params if name not in without and not name.startswith("page_")]
    return tuple((name, value) for name in names for value in st.query_params.get_all(name))


def choose_mine(gss_code: str) -> None:
    """Make an area the reader's own borough. For a callback: it runs before the widgets are drawn."""
    st.session_state["mine"] = _name_of(gss_code)


def choose_borough(gss_code: str) -> None:
    """Pick an area to look at. For a callback: it runs before the widgets are drawn."""
    st.session_state["borough"] = _name_of(gss_code)


def _name_of(gss_code: str) -> str:
    return next(row.borough for row in all_boroughs() if row.gss_code == gss_code)
