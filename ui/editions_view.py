"""The part of 'About the data' that lists every edition, with its label, its state and a link that reopens it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from ui import links
from ui.cells import Absent, Cell, Link
from ui.table import Col, show_table, write
from ui.words import counted, moment
from warehouse.edition import all_editions
from warehouse.schema import TABLES
from warehouse.schema.layout import default_warehouse
from warehouse.schema.shelf import Listed, Loss, Unreadable, read_labels


def editions() -> None:
    """Every edition that is kept, the newest first, and how long each is kept."""
    rows = all_editions(default_warehouse())
    write(
        Markup(
            "<h2>Editions</h2><p>Every build makes an edition, which never changes. {} kept. A link opens the atlas as "
            "it was in that edition, and says so on every page. Labelled editions are kept for ever; so are the live "
            'one and the one before it. <a href="{}">What changed between two editions</a></p>'
        ).format(counted(len(rows), "edition is", "editions are"), links.to("what_changed"))
    )
    _say_if_labels_are_lost()
    with st.container(key="editions"):
        _table(rows)
    write(
        Markup(
            '<p class="note">To label one: <code>python -m etl editions label EDITION "Operations group, 21 June '
            '2012"</code>. To make another one live: <code>python -m etl editions use EDITION</code>.</p>'
        )
    )


def _table(rows: Sequence[Listed]) -> None:
    show_table(
        "All editions, the newest first",
        (
            Col("Edition", _name, "head"),
            Col("Label", lambda row: row.label or Absent("not_asked", "none")),
            Col("Built", lambda row: moment(row.manifest.built) if row.manifest else Absent(words="cannot be told")),
            Col("Rows", lambda row: row.manifest.row_count if row.manifest else Absent(words="cannot be told"),
                "number"),
            Col("Which", _which),
            Col("Files", lambda row: row.state),
            Col("Left out against the edition before it", _losses, "long"),
        ),
        rows,
        file="editions",
    )  # fmt: skip


def _say_if_labels_are_lost() -> None:
    try:
        read_labels(default_warehouse())
    except Unreadable as error:
        write(Markup('<p class="notice">{}.</p>').format(error))


def _name(row: Listed) -> Cell:
    return Link(row.name, links.to("", edition=row.name)) if row.can_be_opened else row.name


def _which(row: Listed) -> Cell:
    return "live" if row.is_live else "the one before" if row.is_before else Absent("not_asked", "earlier")


def _losses(row: Listed) -> Cell:
    if row.manifest is None:
        return Absent(words="cannot be told")
    return tuple(loss_in_words(loss) for loss in row.manifest.losses) or Absent("not_asked", "nothing")


def loss_in_words(loss: Loss) -> str:
    """3 rows of Activities: the reason."""
    title = TABLES[loss.table].title if loss.table in TABLES else loss.table
    return f"{counted(len(loss.facts), 'row')} of {title}: {loss.reason}"
