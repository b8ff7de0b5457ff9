"""The sections of the borough profile, each a heading and a table, or the words that nothing is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ui.act_list import apart_text
from ui.cells import Absent, Cell, Figure, Marked, Sources
from ui.data import ask
from ui.table import Col, show_table
from ui.words import listed, number, partial_date
from warehouse.queries import profile
from warehouse.queries.places import Borough
from warehouse.queries.profile import Dated
from warehouse.schema.evidence import STATEMENT_KIND
from warehouse.schema.mapping import OBSTACLE_KIND, RESPONSE
from warehouse.schema.pilots import MILESTONE_STATE, PILOT_ITEM_KIND
from warehouse.schema.programmes import PARTNER_ROLE
from warehouse.schema.training import PRECISION
from warehouse.schema.vocabulary import ACTIVITY_KIND, ROLE, STAGE, STATE, STEP, UNIT_OF_COUNT


@dataclass(frozen=True)
class Section:
    """One section: its heading, the rows, the columns, and what an empty one means."""

    heading: str
    file: str
    rows: Sequence
    columns: tuple[Col, ...]
    empty: str


def _source() -> Col:
    return Col("Source", lambda row: Sources(row.fact_keys if hasattr(row, "fact_keys") else (row.fact_key,)))


def _or_absent(text: str | None) -> Cell:
    return text or Absent()


def _stage(row: profile.Act) -> Cell:
    if row.stage:
        return STAGE.label(row.stage)
    return ACTIVITY_KIND.label("context") if row.kind == "context" else Absent(row.stage_status)


def _when(row: profile.Act) -> Cell:
    return row.happened_text or (partial_date(row.happened) if row.happened else Absent())


def _number(row: profile.NumberHere) -> Cell:
    if row.value_high is not None:
        return Marked(f"{number(row.value)} to {number(row.value_high)}", (row.fact_key,))
    if PRECISION.label(row.precision):
        return Marked(f"{PRECISION.label(row.precision)}{number(row.value)}", (row.fact_key,))
    return Figure(row.value, row.value_status, (row.fact_key,))


def _act(row: profile.Act) -> Cell:
    if row.is_apart:  # without the mark of a conflict, whose readings may name the community
        return apart_text(row.concerns, "a borough")
    return Marked(row.summary, (row.fact_key,))


def _act_columns() -> tuple[Col, ...]:
    return (
        Col("What is reported", _act, "long"),
        Col("Stage", _stage),
        Col("Themes", lambda row: row.themes),
        Col("By", lambda row: KEPT_APART if row.is_apart else row.actor),
        Col("Communities", lambda row: KEPT_APART if row.is_apart else row.communities or Absent(words="none named")),
        Col("When", _when),
        _source(),
    )


def _part_summary(row: profile.PilotPart) -> Cell:
    return Marked(row.summary, (row.fact_key,)) if row.summary else Absent(row.summary_status)


def _unit(row: profile.NumberHere) -> str:
    return UNIT_OF_COUNT.label(row.unit) if row.unit in UNIT_OF_COUNT else row.unit


def _dated_when(row: Dated) -> Cell:
    dates = " to ".join(partial_date(one) for one in (row.happens, row.happens_to) if one)
    return Marked(row.date_text or dates, (row.fact_key,)) if row.date_text or dates else Absent()


def _dated_state(row: profile.Dated) -> Cell:
    if row.kind == "event":
        return MILESTONE_STATE.label(row.state)
    return Absent() if row.state == "not_reported" else STATE.label(row.state)


KEPT_APART = Absent("withheld", "not shown beside this concern")
CONTACT_APART = (
    "Contact about one of the concerns named at the end of this page. Who was met is not shown beside a borough."
)

HOW = {"based": "based here", "contact": "in contact here", "serves": "serves it"}


def sections(borough: Borough, as_at: date) -> list[Section]:
    """All sections of one borough's profile, in order. None is left out: an empty one says that it is empty."""

    def of(query: Callable) -> Sequence:
        return ask(query, borough.gss_code, as_at)

    acts = of(profile.acts)
    own = [act for act in acts if act.round != "none"]
    other = [act for act in acts if act.round == "none"]
    return [
        Section(
            "Programmes", "programmes", of(profile.roles),
            (
                Col("Programme", lambda row: row.programme, "head"),
                Col("Role", lambda row: Marked(ROLE.label(row.role), (row.fact_key,))),
                Col("Note", lambda row: row.note or Absent("not_asked", "nothing to add"), "long"),
                _source(),
            ),
            "No document names it for a programme.",
        ),
        Section(
            "What its board stated in 2007", "statement_2007", own, _act_columns(),
            "The board has no statement in the appendix of 2007. No document says why.",
        ),
        Section(
            "What else is reported of its work", "other_acts", other, _act_columns(),
            "No document reports other work of this borough.",
        ),
        Section(
            "What stands in the way", "obstacles", of(profile.obstacles),
            (
                Col("What stands in the way", lambda row: row.summary, "long"),
                Col("Kind", lambda row: OBSTACLE_KIND.label(row.kind)),
                Col("Said by", lambda row: row.said_by),
                _source(),
            ),
            "Nothing is reported to stand in the way. That does not mean that nothing did.",
        ),
        Section(
            "Pilots", "pilots", of(profile.pilot_parts),
            (
                Col("Pilot", lambda row: row.pilot, "head"),
                Col("Part", lambda row: "Set out to" if row.kind == "pilot" else PILOT_ITEM_KIND.label(row.kind)),
                Col("What is reported", _part_summary, "long"),
                Col("Stage", lambda row: STAGE.label(row.stage) if row.stage else Absent(row.stage_status)),
                _source(),
            ),
            "No document names it in a pilot.",
        ),
        Section(
            "Community and faith groups", "groups", of(profile.groups),
            (
                Col("Group", lambda row: row.name, "head"),
                Col("How it belongs here", lambda row: listed([HOW[how] for how in row.how])),
                Col(
                    "Steps reported",
                    lambda row: tuple(STEP.label(code) for code in STEP.codes if code in row.steps) or Absent(),
                ),
                _source(),
            ),
            "No group is named. That does not mean that there are none.",
        ),
        Section(
            "Contact with groups that are not named", "contacts", of(profile.contacts),
            (
                Col("Groups", lambda row: KEPT_APART.words if row.is_apart else row.described_as, "head"),
                Col("Step", lambda row: STEP.label(row.step)),
                Col("What is reported", lambda row: CONTACT_APART if row.is_apart else row.summary, "long"),
                _source(),
            ),
            "None is reported.",
        ),
        Section(
            "Communities named", "communities", of(profile.communities),
            (Col("Community", lambda row: row.community, "head"), _source()),
            "No community is named for it. That does not mean that none lives there.",
        ),
        Section(
            "Numbers", "numbers", of(profile.numbers),
            (
                Col("What is counted", lambda row: row.title, "head"),
                Col("Number", _number, "number"),
                Col("Of", _unit),
                _source(),
            ),
            "No number is printed about it: people trained are not reported.",
        ),
        Section(
            "Promised and dated", "dated", of(profile.dated),
            (
                Col("What", lambda row: row.name, "head"),
                Col("Sort", lambda row: "Promised output" if row.kind == "output" else "Event"),
                Col("When", _dated_when),
                Col("State", _dated_state),
                _source(),
            ),
            "Nothing is promised or dated for it.",
        ),
        Section(
            "Sub-groups, and bodies it chairs", "bodies", of(profile.bodies),
            (
                Col("Body", lambda row: row.name, "head"),
                Col("Part", lambda row: "Chairs it" if row.is_chaired_here else "Its own"),
                Col("Members", lambda row: _or_absent(row.members), "long"),
                Col("Purpose", lambda row: _or_absent(row.purpose), "long"),
                _source(),
            ),
            "None is named.",
        ),
        Section(
            "Partner agencies", "partners", of(profile.partners),
            (
                Col("Agency", lambda row: row.partner, "head"),
                Col("Role", lambda row: PARTNER_ROLE.label(row.role)),
                Col("Note", lambda row: row.note or Absent("not_asked", "nothing to add"), "long"),
                _source(),
            ),
            "None is named with it.",
        ),
        Section(
            "What was said", "statements", of(profile.statements),
            (
                Col("Statement", lambda row: Marked(row.headline, (row.fact_key,)), "long"),
                Col("Kind", lambda row: STATEMENT_KIND.label(row.kind)),
                Col("Said by", lambda row: row.said_by or Absent("not_asked", "the document itself")),
                _source(),
            ),
            "No finding, view or example names it. The report leaves most of them without a borough.",
        ),
        Section(
            "What its board answered", "answers", ask(profile.answers, borough.board, as_at),
            (
                Col("Round", lambda row: row.round_label, "head"),
                Col("Answer", lambda row: Marked(RESPONSE.label(row.response), (row.fact_key,))),
                Col("Note", lambda row: row.note or RESPONSE.meaning(row.response), "long"),
                _source(),
            ),
            "No document of this date speaks of a round.",
        ),
    ]  # fmt: skip


def deals_with_a_concern(found: Sequence[Section]) -> bool:
    """Whether an act or a contact of these sections deals with a form of abuse that calls for the line of care."""
    rows = [row for section in found for row in section.rows]
    return any(
        (isinstance(row, profile.Act) and row.concerns) or (isinstance(row, profile.Contact) and row.is_apart)
        for row in rows
    )


def show(section: Section) -> None:
    """Draw one section."""
    show_table(section.heading, section.columns, section.rows, file=f"profile_{section.file}", empty=section.empty)
