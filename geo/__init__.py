"""Places: boundaries, names, classes, legends and map layers. Knows neither Streamlit nor DuckDB."""
