"""From checked returns to facts: each row of a sheet becomes rows of the warehouse's own tables, with its return as the
document, its sheet as the section and its row as the paragraph.

What a return says stays apart by round: an act of June and the same act of September are two reports. A community group
is one group in all rounds; its contact is reported anew in each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.returns.check import Checked, Start
from etl.returns.rules import Line
from etl.returns.words import Codes
from geo.names import areas_of, borough_names
from warehouse.schema.returns import ATTENDANCE, GROUPS, INTERVIEW_MAPPING, PILOTS, SHEETS, TRAINING
from warehouse.schema.vocabulary import STATE, STEP

NOT_REPORTED, NOT_ASKED = "not reported", "not applicable"
LASTING = ("document", "community_group", "pilot", "output")
"""Tables whose facts are the same in every round; the others hold reports, one a round."""

OWN_PILOTS = "programme-own-pilots"
"""The programme that a pilot belongs to which only a return names."""


@dataclass(frozen=True)
class Fact:
    """One row for a table: its cells as a source file would hold them, and the row of the return it comes from."""

    table: str
    cells: dict[str, str]
    sheet: str
    line: int


def document_code(start: Start) -> str:
    """The code under which a return is a document."""
    return f"return_{start.board.replace('-', '_')}_{start.round.code}"


def facts_of(checked: Checked, codes: Codes, pilots: Mapping[str, str], board_name: str) -> list[Fact]:
    """Everything that one return says, its document first. Empty for a return that is refused.

    codes: as for `check_return`. pilots: names of pilots in small letters → fact key, of those that documents name.
    """
    if checked.start is None:
        return []
    totals = {
        course_sign(line): line["number"]
        for sheet in (TRAINING.name, ATTENDANCE.name)
        for line in checked.lines.get(sheet, ())
        if line["breakdown"] == "all"
    }
    writer = _Writer(checked.start, codes, pilots, board_name, totals)
    found = [writer.document()]
    for sheet, lines in checked.lines.items():
        for line in lines:
            if not line.is_left_empty:
                found += SHEET_FACTS[sheet](writer, line)
    return found


SIGNS = {
    INTERVIEW_MAPPING.name: ("theme", "present_activity", "aspiration", "obstacle_detail"),
    PILOTS.name: ("pilot", "output"),
    GROUPS.name: ("name",),
}
"""Sheet → the columns from which a row gets its sign where it has none yet."""


def sign_of(line: Line) -> str:
    """The sign by which a row stays the same row from return to return: its own, or one made of what it says."""
    return line.values.get("line") or _sign(*(line[column] for column in SIGNS[line.sheet]))


@lru_cache(20_000)  # thousands of lines are about the same course or category
def _sign(*words: object) -> str:
    """A short sign for a thing that has none of its own: the same words give the same sign on any machine."""
    text = "\x1f".join(" ".join(str(word or "").casefold().split()) for word in words)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@dataclass
class _Writer:
    """Makes the facts of one return. `totals`: sign of a course → the number for everybody. `seen` holds what was said
    already: a pilot or course stands on many lines."""

    start: Start
    codes: Codes
    pilots: Mapping[str, str]
    board_name: str
    totals: Mapping[str, int | None]

    def __post_init__(self) -> None:
        self.seen: set[str] = set()
        self.board_as_actor = f"{self.board_name} safeguarding children board"

    def document(self) -> Fact:
        start = self.start
        deadline = start.round.deadline
        usable = max(start.sent, deadline) if deadline else start.sent
        return Fact(
            "document",
            {
                "document": document_code(start),
                "short_name": f"{self.board_name} return, {start.round.label}",
                "title": f"Return of {self.board_name} for the round {start.round.label}",
                "publisher": self.board_as_actor.capitalize(),
                "date_text": f"Sent {start.sent.day} {start.sent:%B %Y}",
                "dated": start.sent.isoformat(),
                "date_basis": "stated",
                "date_rule": "",
                "usable_from": usable.isoformat(),
                "about": "What the board reports of its own work, as it was sent in.",
            },
            "start",
            0,
        )

    def key(self, prefix: str, *parts: str, dated: bool = True) -> str:
        """A fact key. With `dated`, one of this round."""
        middle = (self.start.board, self.start.round.code.replace("_", "-")) if dated else (self.start.board,)
        return "-".join((prefix, "ret", *middle, *parts))

    def fact(self, table: str, key: str, line: Line, cells: Mapping[str, object]) -> Fact:
        """A row of `table`; what is None is not reported."""
        sheet = SHEETS[line.sheet]
        title, is_counted = sheet.title, sheet.is_about_people
        written = {name: NOT_REPORTED if value is None else str(value) for name, value in cells.items()}
        provenance = {
            "fact_key": key,
            "document": document_code(self.start),
            "section": title,
            "paragraph": "counted from all rows" if is_counted else f"row {line.line}",
            "as_at": self.start.as_at.isoformat(),
            "basis": "derived" if is_counted else "stated",
            "rule": "Counted on the way in, row by row; the rows are not kept." if is_counted else "",
        }
        return Fact(table, {**written, **provenance}, line.sheet, line.line)

    def first(self, key: str) -> bool:
        """Whether this key has not been written yet; from now on it has."""
        is_new = key not in self.seen
        self.seen.add(key)
        return is_new

    def borough(self, line: Line) -> str:
        """The name of the borough that a line is about: its own, or the only one of the board."""
        code = line["borough"] or areas_of(self.start.board)[0]
        return borough_names()[code]


def _mapping(writer: _Writer, line: Line) -> list[Fact]:
    sign = sign_of(line)
    borough = writer.borough(line)
    act = {
        "round": writer.start.round.code, "scope": "borough", "borough": borough, "actor_kind": "board",
        "actor": writer.board_as_actor, "kind": "activity", "themes": line["theme"], "issues": "",
        "communities": "; ".join(line["communities"]), "audience": None, "happened": None, "happened_text": "",
        "part_of": "", "programme": "",
    }  # fmt: skip
    found: list[Fact] = []
    keys = []
    if line["present_activity"]:
        keys.append(writer.key("act", sign))
        cells = {**act, "stage": line["stage"], "summary": line["present_activity"]}
        found.append(writer.fact("activity", keys[-1], line, cells))
    if line["aspiration"]:
        keys.append(writer.key("act", sign, "wish"))
        cells = {**act, "stage": "aspiration", "summary": line["aspiration"]}
        found.append(writer.fact("activity", keys[-1], line, cells))
    for place, partner in enumerate(line["partners"] if keys else (), start=1):
        cells = {"partner": partner, "role": "support", "linked_to": keys[0], "borough": borough, "note": ""}
        found.append(writer.fact("partner_link", writer.key("pl", sign, str(place)), line, cells))
    if line["obstacle"]:
        cells = {
            "scope": "borough", "borough": borough, "said_by": writer.board_as_actor, "kind": line["obstacle"],
            "summary": line["obstacle_detail"] or "The board names it and says no more of it.",
        }  # fmt: skip
        found.append(writer.fact("obstacle", writer.key("obstacle", sign), line, cells))
    return found


def _pilots(writer: _Writer, line: Line) -> list[Fact]:
    known = writer.pilots.get(str(line["pilot"]).casefold())
    pilot = known or writer.key("pilot", _sign(line["pilot"]), dated=False)
    borough, sign = writer.borough(line), _sign(line["pilot"])
    found: list[Fact] = []
    if writer.first(f"pilot {pilot}"):
        if known is None:
            found.append(
                writer.fact(
                    "pilot", pilot, line,
                    {"name": line["pilot"], "kind": "pilot", "programme": OWN_PILOTS, "scope": "borough",
                     "boroughs": borough, "set_out_to": None, "planned_from": line["planned_from"],
                     "planned_to": line["planned_to"]},
                )
            )  # fmt: skip
        if line["stage"]:
            found.append(_status(writer, line, "status", sign, pilot, line["stage"]))
        for column, words, state in (
            ("planned_from", "planned beginning", "planned"), ("planned_to", "planned end", "planned"),
            ("actual_from", "beginning", "actual"), ("actual_to", "end", "actual"),
        ):  # fmt: skip
            if line[column]:
                cells = {
                    "title": f"{line['pilot']}: {words}", "happens": line[column], "happens_to": "", "date_text": "",
                    "state": state, "programme": "", "subject": pilot, "scope": "borough", "borough": borough,
                }  # fmt: skip
                key = writer.key("milestone", sign, column.replace("_", "-"))
                found.append(writer.fact("milestone", key, line, cells))
    if line["output"]:
        output = writer.key("output", sign_of(line), dated=False)
        where = f" Where to find it: {line['where_to_find_it']}" if line["where_to_find_it"] else ""
        cells = {
            "name": line["output"], "kind": line["output_kind"], "programme": "", "pilot": pilot, "scope": "borough",
            "borough": borough, "by_whom": writer.board_as_actor, "planned_for": line["output_planned_for"],
            "planned_text": "", "summary": f"{line['output'].rstrip('.')}.{where}",
        }  # fmt: skip
        found.append(writer.fact("output", output, line, cells))
        if line["output_stage"]:
            found.append(_status(writer, line, "status-output", _sign(line["pilot"], line["output"]), output,
                                 line["output_stage"]))  # fmt: skip
    return found


def _status(writer: _Writer, line: Line, prefix: str, sign: str, subject: str, state: str) -> Fact:
    soon = f" By the next meeting: {line['by_next_meeting']}" if line["by_next_meeting"] else ""
    cells = {
        "subject": subject, "state": state, "happened": line["actual_to"] or line["actual_from"],
        "summary": f"The board reports it as {STATE.label(state).lower()}.{soon}", "reason": line["reason_for_delay"],
    }  # fmt: skip
    return writer.fact("status_report", writer.key(prefix, sign), line, cells)


def _groups(writer: _Writer, line: Line) -> list[Fact]:
    known = writer.codes["community_group"].codes.get(str(line["name"]).casefold())
    group = known or writer.key("group", sign_of(line), dated=False)
    names = borough_names()
    found: list[Fact] = []
    if known is None:
        serves = "; ".join(names[code] for code in line["serves"])
        cells = {
            "name": line["name"], "printed": "", "kind": line["kind"], "faith": line["faith"] or "",
            "communities": "; ".join(line["communities"]), "based_in": line["based_in"] and names[line["based_in"]],
            "serves": serves, "serves_scope": "borough" if serves else "unnamed", "note": "",
        }  # fmt: skip
        found.append(writer.fact("community_group", group, line, cells))
    areas = areas_of(writer.start.board)
    # Of a board with two boroughs the sheet says which had the contact only where the group is based in one of them.
    place = line["based_in"] if line["based_in"] in areas else areas[0] if len(areas) == 1 else None
    cells = {
        "community_group": group, "described_as": "", "communities": "", "scope": "borough" if place else "unnamed",
        "borough": names[place] if place else "", "programme": "", "step": line["step"],
        "happened": line["last_confirmed"],
        "summary": f"The board reports the step: {STEP.label(line['step']).lower()}.",
    }  # fmt: skip
    found.append(writer.fact("engagement", writer.key("engagement", _sign(group)), line, cells))
    return found


def course_sign(line: Line) -> str:
    """The sign of a course and of what is counted: people and attendances are two rounds, never one."""
    return _sign(line["course"], line["counts"])


def _training(writer: _Writer, line: Line) -> list[Fact]:
    sign = course_sign(line)
    course = writer.key("training", sign)
    found: list[Fact] = []
    if writer.first(course):
        audience = f" For: {line['audience']}." if line["audience"] else ""
        words = " (attendances)" if line["counts"] == "attendances" else ""
        cells = {
            "title": f"{line['course']}{words}", "programme": "", "borough": writer.borough(line),
            "round_number": None, "people": writer.totals.get(sign), "unit_of_count": line["counts"], "sessions": None,
            "session_size_low": None, "session_size_high": None, "budget_gbp": None,
            "narrative_from": line["held_from"], "narrative_to": line["held_to"], "tables_from": None,
            "tables_to": None, "content": f"{str(line['course']).rstrip('.')}.{audience}",
        }  # fmt: skip
        found.append(writer.fact("training_round", course, line, cells))
    category = line["category"] or "Total"
    if line["breakdown"] == "ethnicity_gender":
        category = f"{category}, {line['gender']}"
    small = str(line["category"] or "").casefold()
    cells = {
        "training_round": course, "dimension": line["breakdown"], "printed": category, "filed": category,
        "community": writer.codes["community"].codes.get(small, "") if line["breakdown"] == "ethnicity" else "",
        "community_group": writer.codes["community_group"].codes.get(small, "") if line["breakdown"] == "group" else "",
        "people": line["number"], "unit_of_count": line["counts"], "printed_percentage": line["percentage"],
    }  # fmt: skip
    found.append(
        writer.fact("training_count", writer.key("count", sign, _sign(line["breakdown"], category)), line, cells)
    )
    return found


SHEET_FACTS: dict[str, Callable[[_Writer, Line], Sequence[Fact]]] = {
    INTERVIEW_MAPPING.name: _mapping,
    PILOTS.name: _pilots,
    GROUPS.name: _groups,
    TRAINING.name: _training,
    ATTENDANCE.name: _training,
}


def latest_only(facts: Iterable[Fact]) -> list[Fact]:
    """Of what lasts from round to round, the last: a group that several rounds report is one group, as last reported.

    `facts` stand in the order of their rounds. Any other key that is said twice stays twice, and is refused.
    """
    kept: dict[tuple, Fact] = {}
    for place, fact in enumerate(facts):
        key = fact.cells.get("fact_key") or fact.cells["document"]
        known = (fact.table, key) if fact.table in LASTING else (place,)
        kept.pop(known, None)
        kept[known] = fact
    return list(kept.values())
