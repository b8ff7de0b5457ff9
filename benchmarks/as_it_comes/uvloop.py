"""In front on PYTHONPATH, it hides uvloop: the benchmark's empty page is Streamlit as it comes, which is without it."""

from __future__ import annotations

raise ModuleNotFoundError("hidden by the benchmark")
