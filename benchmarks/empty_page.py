"""The floor for a page of this dashboard: a Streamlit page that shows one line of text."""

from __future__ import annotations

import streamlit as st

st.text("Empty page")
