"""The frame of the Partnership Atlas: page configuration, navigation, and what stands around every page.

`streamlit run app.py` uses this file twice. It imports it once, to start the server; and it runs it as a script for
every reader and every change.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from ui import filters, frame
from ui.data import NoEdition, begin_run
from ui.kept_files import KeptFiles
from ui.server_address import ServerAddress
from ui.start import prepare, say_sorry

SIDE = 272
"""The width of the navigation, in CSS pixels: its longest title in one line. On a phone it stays closed, as ever."""


def draw() -> None:
    """One run for one reader: the navigation, the page chosen, and what stands around it."""
    st.set_page_config(layout="wide", initial_sidebar_state=SIDE)
    asked = filters.asked_first()
    missing = None
    try:
        begin_run()
    except NoEdition as error:
        missing = error
    page = frame.navigation()
    st.set_page_config(page_title=f"{page.title} – {frame.NAME}")
    if missing:
        st.title(frame.NAME)
        st.text(str(missing))
        st.stop()
    frame.header()
    filters.my_borough_in_sidebar()
    above = st.empty()
    page.run()
    with above:
        frame.say_refused(filters.refused(asked))
    frame.short_forms()
    frame.footer()


if __name__ == "__main__":
    draw()
else:
    prepare()
    app = st.App(__file__, on_script_error=say_sorry, middleware=[Middleware(ServerAddress), Middleware(KeptFiles)])
