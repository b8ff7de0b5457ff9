"""A page with nothing but the map, its legend, a select box and a panel, to try the map in a browser.

`?data=` chooses what is drawn: numbers (the default), ranks, hostile.
"""

from __future__ import annotations

import gc

import streamlit as st

from geo.legend import Absence, classify_categories, classify_numbers
from geo.names import borough_names
from ui.map_view import borough_map, legend

HOSTILE = (
    "<img src=x onerror=top.ran=1><script>top.ran=2</script></script><script>top.ran=3</script> "
    "${top.ran=4} `+(top.ran=5)+` {{7*7}} {% raw %} {# x #} \\ ' \" ![p](http://example.org/p) [x]"
)
NAMES = borough_names()


def values():
    """Shade the 33 areas with what the address asks for."""
    wanted = st.query_params.get("data", "numbers")
    if wanted == "hostile":
        return classify_categories(HOSTILE, dict.fromkeys(NAMES, "a"), [("a", HOSTILE)])
    if wanted == "ranks":
        ranks = [("low", "planned"), ("high", "done")]
        return classify_categories("Stage", dict(zip(NAMES, ["low", "high"] * 17, strict=False)), ranks, ordinal=True)
    numbers = [place if place < 25 else list(Absence)[place % 4] for place in range(33)]
    return classify_numbers("People trained", dict(zip(NAMES, numbers, strict=True)), "people trained")


@st.cache_resource
def freeze() -> None:
    """Take what is loaded by now out of the collection that Streamlit makes after every run."""
    gc.collect()
    gc.freeze()


def pick(code: str) -> None:
    """Keep the picked area, and a list of all picks."""
    st.session_state["borough"] = code
    st.session_state.setdefault("history", []).append(NAMES[code])


st.set_page_config(layout="wide")
freeze()
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
shaded = values()
picked = st.selectbox("Borough", [None, *NAMES], format_func=lambda code: NAMES.get(code, "none"), key="borough")
left, right = st.columns([3, 2])
with left:
    borough_map(shaded, picked=picked, key="map", on_pick=pick)
    legend(shaded)
with right:
    st.html(f"<h2 id='panel'>{NAMES.get(picked, 'none')}</h2>")
    st.html(f"<p id='history'>{', '.join(st.session_state.get('history', []))}</p>")
    st.html(f"<p id='runs'>{st.session_state['runs']}</p>")
