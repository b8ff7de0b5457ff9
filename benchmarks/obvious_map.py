"""The map page as most people would write it with streamlit-folium: the measure for ours, and never part of the app.

Everything is on one map object that is built anew in every run: a choropleth in a GeoJSON layer with tooltips, the
picked borough in a table beside it, the data in a cached frame.

Out of the box such a page asks content delivery networks for its scripts, and without internet its map stays blank. To
be fair it gets the same local files as our page: Leaflet from `static/`, which Streamlit serves from beside the entry
script; so the benchmark copies this script and that folder into a folder of their own. jQuery, Bootstrap, icons and the
script of the colour scale are left out, which makes this page lighter than it would be.
"""

from __future__ import annotations

import os

import duckdb
import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

LEAFLET = "../../app/static/leaflet-1.9.4"  # as seen from the component's frame
folium.Map.default_js = [("leaflet", f"{LEAFLET}/leaflet.js")]
folium.Map.default_css = [("leaflet_css", f"{LEAFLET}/leaflet.css")]

SHADES = ("#ffffff", "#cfdeec", "#6bace6", "#12436d")


@st.cache_data
def areas() -> gpd.GeoDataFrame:
    """The outlines of the boroughs."""
    return gpd.read_file(os.environ["OBVIOUS_OUTLINES"])


@st.cache_data
def roles() -> pd.DataFrame:
    """Each borough's roles in programmes."""
    with duckdb.connect(os.environ["OBVIOUS_DATABASE"], read_only=True) as connection:
        return connection.execute(
            "SELECT pb.borough AS gss_code, programme.name AS programme, pb.role FROM programme_borough AS pb "
            "JOIN programme ON programme.fact_key = pb.programme ORDER BY programme.name"
        ).df()


st.set_page_config(layout="wide")
st.title("Where has partnership work been reported?")
data = areas().merge(roles().groupby("gss_code").size().rename("programmes").reset_index(), on="gss_code", how="left")
data["programmes"] = data["programmes"].fillna(0)

left, right = st.columns([3, 2])
with left:
    london = folium.Map(location=[51.49, -0.1], zoom_start=10, tiles=None)
    folium.GeoJson(
        data,
        style_function=lambda feature: {
            "fillColor": SHADES[min(int(feature["properties"]["programmes"]), len(SHADES) - 1)],
            "color": "#0b0c0c",
            "weight": 1,
            "fillOpacity": 1,
        },
        tooltip=folium.GeoJsonTooltip(["borough", "programmes"]),
    ).add_to(london)
    clicked = st_folium(london, height=520, use_container_width=True)
with right:
    picked = (clicked or {}).get("last_active_drawing")
    if picked:
        st.subheader(picked["properties"]["borough"])
        st.table(roles()[roles()["gss_code"] == picked["properties"]["gss_code"]][["programme", "role"]])
    else:
        st.write("Click a borough.")
st.table(data[["borough", "programmes"]])
