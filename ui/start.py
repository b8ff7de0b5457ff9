"""What is done once, when the server starts and before anybody asks: the first reader should not wait for it."""

from __future__ import annotations

import atexit
import contextlib
import gc
import logging

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

import geo.folium_map  # noqa: F401  Imported for its weight: geopandas and folium come with it.
from geo.areas import load_areas
from ui.data import NoEdition, ask
from warehouse.queries.places import boroughs
from warehouse.queries.sources import citations, conflicts, documents, readings

ASKED_BY_EVERY_PAGE = (boroughs, documents, conflicts, readings, citations)


def prepare() -> None:
    """Load what all readers share, and take it out of the way of the garbage collector.

    The sources of all facts are the most of it. Of 50,000 facts they take half a second, once.

    Not the map component itself: it has to be declared to a server that runs already.

    While Python collects garbage all readers wait. Over the whole heap of imports that takes about 90 ms; a frozen heap
    is passed over.
    """
    # Streamlit takes a folder called pages/ for pages of its old kind until the first script has said otherwise: to the
    # first reader of a fresh server who follows a link it says "Page not found". Said here, before anybody asks.
    PagesManager.uses_pages_directory = False
    load_areas()
    with contextlib.suppress(NoEdition):  # every page says so, and how to make one
        for query in ASKED_BY_EVERY_PAGE:
            ask(query)
    gc.collect()
    gc.freeze()
    # What is frozen is not freed when the server ends, and DuckDB's module then prints fifty lines about it.
    atexit.register(gc.unfreeze)


def say_sorry(error: Exception) -> bool:
    """What a reader sees in place of a page that failed. The fault itself goes to the server's log, with its place."""
    logging.getLogger(__name__).error("A page failed.", exc_info=error)
    st.error(
        "This page could not be drawn. The data are not harmed. Try another choice or go back; if it happens again, "
        "tell whoever looks after the atlas when it happened and what was chosen: the server's log says why."
    )
    return True
