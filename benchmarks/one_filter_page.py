"""The floor for a changed filter: a Streamlit page with one select box and a line of text that repeats the choice."""

from __future__ import annotations

import streamlit as st

st.text(st.selectbox("Choice", [f"Option {number}" for number in range(1, 11)]))
