"""What every page has around it: navigation, band, the line on history, footer, and the words for short forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st
from markupsafe import Markup
from streamlit.navigation.page import StreamlitPage

from ui import filters, links
from ui.data import EDITION, ask, asked_edition, edition, served
from ui.denominator import FILED_PART, has_residents
from ui.edition_notices import notices
from ui.pages import PAGES
from ui.table import write
from ui.words import counted, day, listed
from ui.written import of_those_written
from warehouse.queries import returns
from warehouse.queries.sources import conflicts

NAME = "Partnership Atlas"

STYLE = Path(__file__).with_name("style.css")
SOFT_LINKS = f"<script>{Path(__file__).with_name('soft_links.js').read_text(encoding='utf-8')}</script>"

HISTORY = (
    "This is what documents of 2005 to 2011 report. It is history, not the position today. "
    "What no document reports may still have happened."
)

RETURNED = " Returns of boards stand beside them, each with its own date."
"""Added where the edition holds returns."""

OPERATIONS_ONLY = (
    "Operations group only. This edition holds counts of people from boards' returns. Small counts in it are not "
    "protected yet: do not pass it on."
)

SHORT_FORMS = {
    "AIM": "Assessment, Intervention, Moving on: a response to young people who display sexually harmful behaviour",
    "AFRUCA": "Africans Unite Against Child Abuse, a charity",
    "BME": "Black and minority ethnic",
    "CDOP": "child death overview panel",
    "CPA": "community partnership adviser",
    "CPO": "community partnership officer, the name of the post in the plan of 2005",
    "DCSF": "Department for Children, Schools and Families",
    "DfES": "Department for Education and Skills",
    "DV": "domestic violence",
    "ECPAT": "End Child Prostitution, Child Pornography and the Trafficking of Children for Sexual Purposes, a charity",
    "FGM": "female genital mutilation",
    "FORWARD": "Foundation for Women's Health, Research and Development, a charity",
    "GLA": "Greater London Authority",
    "LB": "London Borough",
    "LCPC": "London Child Protection Committee, before the London Safeguarding Children Board",
    "LSCB": "local safeguarding children board",
    "MARAC": "multi-agency risk assessment conference",
    "MASH": "multi-agency safeguarding hub",
    "NCH": "a children's charity, formerly National Children's Home",
    "NHS": "National Health Service",
    "NSPCC": "National Society for the Prevention of Cruelty to Children",
    "SCIE": "Social Care Institute for Excellence",
    "SCR": "serious case review",
    "YJB": "Youth Justice Board",
}


def navigation() -> StreamlitPage:
    """The pages, in four groups at the side, in words. Returns the page that the reader asked for.

    Streamlit's own grouped navigation puts headings inside a list, which a screen reader cannot follow; so the list is
    hidden and drawn here.
    """
    groups = {
        group: [
            st.Page(f"pages/{entry.script}", title=entry.title, url_path=entry.address, default=entry.is_first)
            for entry in entries
        ]
        for group, entries in PAGES.items()
    }
    st.html(STYLE)
    chosen = st.navigation([page for pages in groups.values() for page in pages], position="hidden")
    filters.take_along(chosen.url_path)
    shared = {key: st.query_params[key] for key in filters.SHARED if key in st.query_params}
    if asked := asked_edition():
        shared[EDITION] = asked
    with st.sidebar:
        for group, pages in groups.items():
            write(Markup('<h2 class="group">{}</h2>').format(group))
            for page in pages:
                st.page_link(page, query_params=shared)
        st.html(SOFT_LINKS, unsafe_allow_javascript=True)
    return chosen


def header() -> None:
    """The band at the top of every page: name, edition, and what these documents are. Below it, why the edition is not
    the live one, where it is not."""
    current = edition()
    write(
        Markup(
            '<div class="band"><b>{}</b><span>Edition {}</span><a href="{}">What these documents are</a></div>{}'
        ).format(NAME, current.name, links.to("about_the_data"), notices(served()))
    )
    if ask(returns.counts_people):
        write(Markup('<p class="banner" role="note">{}</p>').format(OPERATIONS_ONLY))


def title(heading: str, answer: str | Markup, as_at: date | None = None) -> None:
    """The heading, one sentence of answer with its denominator, and the line on history."""
    dated = Markup(' <span class="note dated">as at {}</span>').format(day(as_at)) if as_at else ""
    write(
        Markup('<h1>{}{}</h1><div class="answer">{}</div><p class="history">{}{}</p>').format(
            heading, dated, answer, HISTORY, RETURNED if ask(returns.files) else ""
        )
    )


def say_refused(words: Sequence[str]) -> None:
    """That the link asks for what is no choice here; nothing where `words` is empty."""
    if words:
        named = listed([f"“{word}”" for word in words])
        is_one = len(words) == 1
        text = Markup('<p class="banner" role="note">The link asks for {}, which {} no choice here. {}</p>')
        write(text.format(named, "is" if is_one else "are", "The usual choice stands; choose anew below."))


def unknown(lines: Sequence[str | Markup]) -> None:
    """What we don't know, said as plainly as what we do."""
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    write(Markup("<div class='unknown'><h2>What we don't know</h2><ul>{}</ul></div>").format(items))


def notes(caveats: Sequence[str | Markup] = ()) -> None:
    """What to bear in mind when reading a page."""
    said = Markup("").join(Markup("<p>{}</p>").format(caveat) for caveat in caveats)
    write(Markup('<div class="note">{}</div>').format(said))


def short_forms() -> None:
    """The short forms that the page holds, with their meanings; nothing where it holds none."""
    forms = of_those_written(SHORT_FORMS)
    if forms:
        meanings = Markup("").join(Markup("<li><b>{}</b>: {}</li>").format(form, SHORT_FORMS[form]) for form in forms)
        told = Markup("<details><summary>Short forms on this page</summary><ul>{}</ul></details>").format(meanings)
        write(Markup('<div class="note">{}</div>').format(told))


def footer() -> None:
    """Sources, open conflicts, where no census table is loaded the way to load one, accessibility and credits."""
    still_open = sum(conflict.is_open for conflict in ask(conflicts))
    about = "about_the_data"
    how_to_load = Markup('<a href="{}">No denominator loaded: how to load one</a>').format(
        links.to(about, part=FILED_PART)
    )
    write(
        Markup(
            '<footer><a href="{}">Sources</a><a href="{}">{}</a>{}'
            '<a href="{}">Accessibility</a><a href="{}">Credits</a></footer>'
        ).format(
            links.to(about),
            links.to(about, part="Conflicts"),
            f"{counted(still_open, 'conflict')} open",
            "" if has_residents() else how_to_load,
            links.to(about, part="Accessibility"),
            links.to(about, part="Credits"),
        )
    )
