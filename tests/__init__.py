"""Tests, by what they need: unit, integration (a real DuckDB), pages (AppTest), browser (a real server and browser)."""
