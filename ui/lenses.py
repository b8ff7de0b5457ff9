"""The lenses of the borough map: each turns one query into a sentence, shaded areas, what is missing, and a table.

A lens never shows a number of rows: it would rank boroughs by how much was written about them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from geo.legend import Absence, ShadedAreas, classify_categories, classify_numbers
from ui import filters
from ui.act_list import CARE, apart_text
from ui.cells import Absent, Cell, Figure, Marked, Several, Sources
from ui.cite import inline_mark
from ui.data import ask
from ui.table import Col
from ui.words import counted, listed, number, parted
from warehouse.queries import areas, overview, places
from warehouse.queries.areas import Area, AreaFigure, ThemeArea
from warehouse.queries.places import Choice
from warehouse.schema.vocabulary import ROLE, STAGE


@dataclass(frozen=True)
class View:
    """One lens at work: what the page shows, in the order it shows it."""

    answer: str
    shaded: ShadedAreas
    unknown: tuple[str, ...]
    columns: tuple[Col, ...]
    rows: Sequence[Area | AreaFigure]
    caveats: tuple[str, ...] = ()

    @property
    def marked_answer(self) -> Markup:
        """The sentence, with the mark of a conflict where one touches a fact that it counts."""
        return Markup("{}{}").format(self.answer, inline_mark(key for row in self.rows for key in row.fact_keys))


PROGRAMMES, PILOTS, TRAINED = "Programmes", "Pilots and proposals", "People trained"
"""Heads of what the panel tells of a borough on every lens."""

MOST_NAMED = 20
"""Rounds or pilots named in one sentence."""

NOT_NAMED = "not named in any document"
NO_PROGRAMME = "not named for this programme"
NO_COMMUNITY = "no community or group named"
NOT_THIS_COMMUNITY = "not named with this community"
NO_PILOT = "not named in a pilot or proposal"
"""What it means on each lens that an area is not named. Only the first lens asks of everything that names an area."""

CITY = "The City of London shared a board with Hackney. What a document prints for Hackney is shown for Hackney alone."


def _named(rows: Sequence[Area], *categories: str) -> int:
    return sum(row.category in categories for row in rows)


def _be(count: int) -> str:
    """1 is, 2 are."""
    return f"{count} {'is' if count == 1 else 'are'}"


def _of_areas(count: int, rows: Sequence[Area]) -> str:
    """1 of 33 areas is, 2 of 33 areas are."""
    return f"{count} of {len(rows)} areas {'is' if count == 1 else 'are'}"


def _columns(
    labels: dict[str, str], words_head: str, words: Callable[[Area], Cell], not_named: str = NOT_NAMED
) -> tuple[Col, ...]:
    absent_as = _absent_as(not_named)
    return (
        Col("Borough", lambda row: row.borough, "head"),
        Col(
            "What is reported",
            lambda row: (
                Marked(labels[row.category], row.fact_keys, leads=True)
                if row.category in labels
                else Absent(words=absent_as[ABSENT_CATEGORIES[row.category]])
            ),
        ),
        Col(words_head, words, "long"),
        Col("Source", lambda row: Sources(row.fact_keys)),
    )


ABSENT_CATEGORIES = {
    areas.NOT_NAMED: Absence.not_named,
    areas.SILENT: Absence.not_reported,
    areas.NO_ENTRY: Absence.not_asked,
}


def _absent_as(not_named: str) -> dict[Absence, str]:
    """The words for an absence on these maps; `not_named`: what that means on this one.

    Whether a board was asked in 2007 is not reported, so 'not asked' would say more than is known.
    """
    return {
        Absence.not_named: not_named,
        Absence.not_reported: "the board's statement does not mention it",
        Absence.not_asked: "no statement of its board",
    }


def _words(row: Area) -> Cell:
    return Several(row.words) or Absent(words="none named")


def _shade(
    title: str,
    rows: Sequence[Area],
    labels: dict[str, str],
    *,
    ordinal: bool = False,
    unranked: Sequence[str] = (),
    not_named: str = NOT_NAMED,
) -> ShadedAreas:
    values = {row.gss_code: row.category if row.category in labels else ABSENT_CATEGORIES[row.category] for row in rows}
    return classify_categories(
        title, values, list(labels.items()), ordinal=ordinal, unranked=unranked, absent_as=_absent_as(not_named)
    )


def took_part(as_at: date) -> View:
    """Took part in any programme."""
    labels = {**areas.TOOK_PART, **areas.TOOK_PART_OTHERWISE}
    rows = ask(areas.took_part, as_at)
    took, other, otherwise = (_named(rows, key) for key in labels)
    missing = len(rows) - took - other - otherwise
    return View(
        f"{_of_areas(took + other + otherwise, rows)} named in at least one document; {_be(missing)} not. "
        f"{_be(took)} reported as taking part in a programme.",
        _shade("Part in any programme", rows, labels),
        (
            f"{counted(missing, 'area')}: no document names them. That is not the same as no work there.",
            f"{counted(other, 'area')}: a document plans, proposes or notes interest, and none reports taking part.",
            f"{counted(otherwise, 'area')}: named for their own work or for a meeting, not for a programme.",
            CITY,
        ),
        _columns(labels, PROGRAMMES, _words),
        rows,
    )


def _only_other(count: int) -> str:
    """The areas that a document only proposes, that were interested or gave support: they are on the map too."""
    return f" {count} more {'was' if count == 1 else 'were'} proposed, interested or gave support." if count else ""


def one_programme(as_at: date) -> View:
    """One programme, planned against actual."""
    nothing = Choice("", "No document names a borough for a programme")
    programme = filters.choice("Programme", ask(places.programmes), "programme") or nothing
    labels = areas.ONE_PROGRAMME
    rows = ask(areas.one_programme, programme.code, as_at)
    took = _named(rows, "planned_and_took_part", "took_part_only")
    planned = _named(rows, "planned_and_took_part", "planned_only")
    return View(
        f"{programme.label}: {_of_areas(took, rows)} reported as taking part; {planned} "
        f"{'was' if planned == 1 else 'were'} planned.{_only_other(_named(rows, 'other_role'))}",
        _shade(programme.label, rows, labels, not_named=NO_PROGRAMME),
        (
            f"{counted(_named(rows, areas.NOT_NAMED), 'area')}: no document names them for this programme.",
            f"{counted(_named(rows, 'planned_only'), 'area')}: planned, and no document reports their taking part.",
            "A programme may have reached areas that no document names.",
        ),
        _columns(
            labels, "Roles", lambda row: tuple(ROLE.label(role) for role in row.words) or _words(row), NO_PROGRAMME
        ),
        rows,
    )


def _acts(row: ThemeArea) -> Cell:
    """The acts at the furthest stage; in place of those kept apart, what they deal with."""
    return Several((*row.words, *([apart_text(row.apart, "a borough")] if row.apart else []))) or _words(row)


def who_reports(rows: Sequence[ThemeArea]) -> str:
    """How many of the boards with a statement report something in it, and which areas another document names.

    The base is who had a say: a board without a statement did not keep silent. A joint board counts once.
    """
    boards = {row.board for row in rows if row.has_statement}
    told = {row.board for row in rows if row.in_statement}
    others = [row for row in rows if row.fact_keys and not row.in_statement]
    if not boards:
        named = counted(len(others), "area is", "areas are") if others else "no area is"
        return f"no board has a statement dated by then; {named} named by another document."
    verb = "reports" if len(told) == 1 else "report"
    more = f"; {counted(len(others), 'more area is', 'more areas are')} named by another document" if others else ""
    return f"{len(told)} of the {counted(len(boards), 'board')} with a statement {verb} something{more}."


def theme(as_at: date) -> View:
    """One theme by its furthest stage."""
    chosen = filters.choice("Theme", ask(places.themes), "theme")
    labels = {code: STAGE.label(code) for code in STAGE.codes}
    labels[areas.STAGE_NOT_SAID] = "Reported, stage not said"
    rows = ask(areas.theme_stage, chosen.code, as_at)
    silent, none = _named(rows, areas.SILENT), _named(rows, areas.NO_ENTRY)
    asked = len({row.board for row in rows if row.has_statement})
    return View(
        f"{chosen.label}: {who_reports(rows)} The shade is the furthest stage reported.",
        _shade(f"{chosen.label}: furthest stage", rows, labels, ordinal=True, unranked=(areas.STAGE_NOT_SAID,)),
        (
            *(
                [f"{counted(silent, 'area')}: the board has a statement that does not mention this theme."]
                if asked
                else []
            ),
            f"{counted(none, 'area')}: nothing is reported, and the board has no statement dated by then.",
            *(
                [
                    "The answers to the interviews of 2010–11 do not survive. The statements of "
                    f"{counted(asked, 'board')} stand in."
                ]
                if asked
                else []
            ),
        ),
        _columns(labels, "What is reported at that stage", _acts),
        rows,
        (
            "A stage is what the document reports at its date. Under way in 2007 may have ended since.",
            *([CARE] if any(row.concerns for row in rows) else []),
        ),
    )


def communities(as_at: date) -> View:
    """Communities and groups named."""
    community = filters.choice("Community", ask(places.communities), "community", everything="All communities")
    labels = areas.NAMED
    rows = ask(areas.communities_and_groups, as_at, community.code if community else None)
    missing = _named(rows, areas.NOT_NAMED)
    not_named = NOT_THIS_COMMUNITY if community else NO_COMMUNITY
    subject = f"{community.label}: a" if community else "A"
    return View(
        f"{subject} community or group is named for {len(rows) - missing} of {len(rows)} areas.",
        _shade("Communities and groups named", rows, labels, not_named=not_named),
        (
            f"{counted(missing, 'area')}: no community or group is named there. Communities live in every borough; the "
            "documents did not map them all.",
            "A group counts for an area where the text says that it is based there, serves it or had contact with its "
            "board. A borough in a group's name is not enough.",
        ),
        _columns(labels, "Named", _words, not_named),
        rows,
    )


def _unit(round_keys: Collection[str], as_at: date) -> str:
    """What these rounds count: where one does not say whether people or attendances, neither does their sum."""
    units = {row.unit_of_count for row in ask(overview.trained, as_at) if row.fact_key in round_keys}
    return "people" if units <= {"people"} else "people or attendances"


def trained_words(row: AreaFigure, as_at: date) -> str:
    """178 people; nothing where no count is known."""
    return "" if row.value is None else f"{number(row.value)} {_unit(row.fact_keys, as_at)}"


def people_trained(as_at: date) -> View:
    """People trained."""
    rows = ask(areas.people_trained, as_at)
    known = [row for row in rows if row.value is not None]
    values = {row.gss_code: Absence.not_reported if row.value is None else row.value for row in rows}
    named = listed([f"{row.borough} ({number(row.value)})" for row in known])
    keys = {key for row in known for key in row.fact_keys}
    rounds = [row.title for row in ask(overview.trained, as_at) if row.fact_key in keys]
    return View(
        f"{len(known)} of {len(rows)} areas {'has' if len(known) == 1 else 'have'} a count of people trained"
        f"{': ' + named if named else ''}.",
        classify_numbers(TRAINED, values, _unit(keys, as_at)),
        (
            f"{counted(len(rows) - len(known), 'area')}: not reported. A document may speak of training there and give "
            "no count.",
            *([f"Counted: {parted(rounds, MOST_NAMED)}. No other round has a count of people."] if rounds else []),
        ),
        (
            Col("Borough", lambda row: row.borough, "head"),
            Col(TRAINED, lambda row: Figure(row.value, row.status, row.fact_keys), "number"),
            Col("Source", lambda row: Sources(row.fact_keys)),
        ),
        rows,
    )


def pilots(as_at: date) -> View:
    """Pilots."""
    labels = areas.PILOT_ROLES
    rows, nowhere = ask(areas.pilots, as_at), ask(areas.pilots_without_area, as_at)
    return View(
        f"{_of_areas(_named(rows, 'pilot'), rows)} named in a pilot; {_named(rows, 'proposed')} more in a "
        "proposal or bid only.",
        _shade("Pilots", rows, labels, not_named=NO_PILOT),
        (
            f"{counted(_named(rows, areas.NOT_NAMED), 'area')}: no document names them in a pilot or proposal.",
            *([f"Named without an area: {parted(nowhere, MOST_NAMED)}."] if nowhere else []),
            "A proposal is not activity.",
        ),
        _columns(labels, PILOTS, _words, NO_PILOT),
        rows,
    )


LENSES: dict[str, Callable[[date], View]] = {
    "Took part in any programme": took_part,
    "One programme: planned and actual": one_programme,
    "Theme: furthest stage reported": theme,
    "Communities and groups named": communities,
    "People trained": people_trained,
    "Pilots": pilots,
}


def lens() -> Callable[[date], View]:
    """The lens chosen."""
    return LENSES[st.selectbox("Lens", list(LENSES), key="lens", bind="query-params")]
