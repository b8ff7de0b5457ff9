"""The training page run without a browser, and its words, tables and bars as a reader finds them."""

from __future__ import annotations

import html
import re
from functools import partial

from streamlit.testing.v1 import AppTest

from tests.support import page_run

PAGE = "pages/meetings/training_reach.py"

opened = partial(page_run.opened, PAGE)
"""The page with this query in its address, as at a date."""


def bodies(page: AppTest) -> list[str]:
    """Each piece of HTML on the page beside the navigation, the band and the footer."""
    found = [element.proto.body for element in page.main.get("html")]
    return [body for body in found if 'class="band"' not in body and "<footer" not in body]


def plain(markup: str) -> str:
    """The words of a piece of HTML, without marks of conflicts, sources and tags, blanks made one."""
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", markup.replace("‡", ""), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def words(page: AppTest) -> str:
    """The words of the page."""
    return plain(" ".join(bodies(page)))


def table(page: AppTest, caption: str) -> list[list[str]]:
    """The rows of the one table whose caption holds these words, headings left out."""
    (body,) = [body for body in bodies(page) if re.search(rf"<caption>[^<]*{re.escape(caption)}", body)]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, flags=re.DOTALL)[1:]
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)] for row in rows]


def captions(page: AppTest) -> list[str]:
    """The captions of all tables, as they stand."""
    return [html.unescape(found) for body in bodies(page) for found in re.findall(r"<caption>(.*?)</caption>", body)]


def bar_lines(markup: str) -> list[tuple[str, float | None, str]]:
    """Label, length in per cent and words at the end of each line of bars; no length where there is no bar."""
    found = []
    for item in re.findall(r"<li>(<span>.*?)</li>", re.sub(r"<details.*?</details>", "", markup, flags=re.DOTALL)):
        label, rest = re.fullmatch(r"<span>(.*?)</span>(<span class=.*)", item).groups()
        width = re.search(r"width: ([\d.]+)%", rest)
        found.append((plain(label), float(width[1]) if width else None, plain(rest)))
    return found
