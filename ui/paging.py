"""Long tables page by page: 50 rows at a time, with the page in the address.

A table of thousands of rows takes seconds to draw and nobody reads it to the end. The download always holds every row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

import streamlit as st

Row = TypeVar("Row")
Key = TypeVar("Key")

PAGE_ROWS = 50
MOST_ON_ONE_PAGE = 60
"""A table that is only a little longer than a page is shown whole: a second page of three rows helps nobody."""


class Later(Sequence[Row], Generic[Row, Key]):
    """Rows that are fetched only once they are shown. Known are their keys, in order; `fetch` gives the rows of some
    keys, in the same order."""

    def __init__(self, keys: Sequence[Key], fetch: Callable[[tuple[Key, ...]], Sequence[Row]]) -> None:
        self.keys = tuple(keys)
        self.fetch = fetch

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            wanted = self.keys[place]
            return self.fetch(wanted) if wanted else ()
        return self.fetch((self.keys[place],))[0]


def page_count(rows: int) -> int:
    """How many pages a table of so many rows has."""
    return 1 if rows <= MOST_ON_ONE_PAGE else -(-rows // PAGE_ROWS)


def choose_page(name: str, rows: int) -> slice:
    """Draw the choice of a page for the table `name` of so many rows, and give the rows of that page.

    Another number of rows means another choice of filters, and that begins at its first page.
    """
    pages = page_count(rows)
    key, of = f"page_{name}", f"rows_of_{name}"
    if st.session_state.get(of, rows) != rows:
        st.session_state[key] = 1
    st.session_state[of] = rows
    page = st.pagination(pages, key=key, bind="query-params")
    first = (min(page, pages) - 1) * PAGE_ROWS
    return slice(first, min(first + PAGE_ROWS, rows))
