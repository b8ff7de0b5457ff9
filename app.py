"""The frame of the Partnership Atlas: page configuration, navigation, and what stands around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import filters, frame
from ui.data import NoEdition, edition
from ui.pages import PAGES

st.set_page_config(page_title=frame.NAME, layout="wide", initial_sidebar_state="auto")

page = st.navigation(
    {
        group: [
            st.Page(f"pages/{entry.script}", title=entry.title, url_path=entry.address, default=entry.is_first)
            for entry in entries
            if Path("pages", entry.script).exists()
        ]
        for group, entries in PAGES.items()
    }
)

try:
    edition()
except NoEdition as missing:
    st.title(frame.NAME)
    st.text(str(missing))
    st.stop()

frame.header()
filters.my_borough_in_sidebar()
page.run()
frame.footer()
