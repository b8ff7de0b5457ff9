"""The overview as a reader finds it, without a browser: the map first, and nothing that no document says by then."""

from __future__ import annotations

import html
from datetime import date

from tests.support.page_run import opened

PAGE = "pages/maps/overview.py"


def written(as_at: date | None = None) -> str:
    return html.unescape("\n".join(element.proto.body for element in opened(PAGE, as_at).main.get("html")))


def test_the_map_stands_above_the_figures_and_no_figure_repeats_the_sentence(use_warehouse):
    page = written()
    assert page.index("atlas-legend") < page.index("<h2>In figures</h2>") < page.index("<h2>Programmes in time</h2>")
    assert page.count("named in at least one document") == 1
    assert "have a beginning or an end. For the others no document prints one;" in page


def test_before_any_programme_is_described_no_empty_time_line_is_drawn(use_warehouse):
    page = written(date(2005, 1, 1))
    assert "6 of 33 areas are named in at least one document" in page
    assert '<div class="lanes">' not in page
    assert "0 of 0" not in page
    assert "For the others" not in page
    assert "Nothing is reported here" not in page
    assert "No document dated by then describes a programme with its dates" in page
    assert "No document dated by then counts any of it." in page


def test_the_map_leads_to_its_table_as_at_the_same_date(use_warehouse):
    page = written(date(2010, 7, 1))
    assert '<a href="./borough_map?as_at=1+July+2010">Every area in words' in page
