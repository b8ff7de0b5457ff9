"""What must hold between the cells of a row, and between the rows of a sheet. One list of rules for each sheet.

A rule takes the lines whose cells are sound and the GSS codes of the board's areas, and gives its faults: errors keep
a row out, warnings do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.returns.faults import ReturnFault, fault
from geo.names import borough_names
from warehouse.schema.returns import ATTENDANCE, BREAKDOWN, GROUPS, INTERVIEW_MAPPING, PILOTS, SHEETS, TRAINING, heading


@dataclass(frozen=True)
class Line:
    """One row of a sheet with its values by column name; None or [] where nothing is reported."""

    sheet: str
    line: int
    values: dict[str, object]

    def __getitem__(self, column: str) -> object:
        return self.values[column]

    @property
    def is_left_empty(self) -> bool:
        """Whether a theme that stood there in print was left empty: nothing is reported, and nothing is wrong."""
        written = {name for name, value in self.values.items() if value not in (None, [])}
        return self.sheet == INTERVIEW_MAPPING.name and written <= {"line", "theme", "borough"}

    def error(self, column: str, expected: str) -> ReturnFault:
        """An error in this row, with what stands in the cell."""
        value = self.values.get(column)
        return fault(self.sheet, self.line, column, "" if value in (None, []) else str(value), expected)

    def warning(self, column: str, expected: str) -> ReturnFault:
        """A warning about this row."""
        value = self.values.get(column)
        return fault(self.sheet, self.line, column, "" if value is None else str(value), expected, is_error=False)


Rule = Callable[[Sequence[Line], Sequence[str]], list[ReturnFault]]


def borough_of_board(lines: Sequence[Line], areas: Sequence[str]) -> list[ReturnFault]:
    """The borough is one of the board's; a board with several says which."""
    names = " or ".join(borough_names()[code] for code in areas)
    faults = []
    for line in lines:
        if line.is_left_empty:
            continue
        if line["borough"] is None and len(areas) > 1:
            faults.append(line.error("borough", f"Expected {names}, since the board has more than one."))
        elif line["borough"] is not None and line["borough"] not in areas:
            shown = borough_names()[line["borough"]]
            faults.append(fault(line.sheet, line.line, "borough", shown, f"Expected {names}, or an empty cell."))
    return faults


def needs(column: str, other: str) -> Rule:
    """Where `column` is filled, `other` must be."""

    def rule(lines: Sequence[Line], _areas: Sequence[str]) -> list[ReturnFault]:
        declared = {one.name: one for one in SHEETS[lines[0].sheet].columns} if lines else {}
        return [
            line.error(other, f"Expected a value, since {heading(declared[column])} is filled.")
            for line in lines
            if line[column] not in (None, []) and line[other] in (None, [])
        ]

    return rule


def in_order(first: str, last: str) -> Rule:
    """A period does not end before it begins, as far as both dates are known."""

    def rule(lines: Sequence[Line], _areas: Sequence[str]) -> list[ReturnFault]:
        faults = []
        for line in lines:
            begins, ends = line[first], line[last]
            if begins and ends:
                known = min(len(begins), len(ends))
                if ends[:known] < begins[:known]:
                    faults.append(line.error(last, f"Expected a date on or after {begins}."))
        return faults

    return rule


def one_answer(of: str, columns: Sequence[str]) -> Rule:
    """Lines of the same `of` (a pilot, a course) agree in what they say of it; the first line stands."""

    def rule(lines: Sequence[Line], _areas: Sequence[str]) -> list[ReturnFault]:
        first: dict[str, Line] = {}
        faults = []
        for line in lines:
            other = first.setdefault(str(line[of]).casefold(), line)
            faults += [
                line.error(column, f"Row {other.line} of the same name says otherwise. Say it once, or the same twice.")
                for column in columns
                if line[column] is not None and other[column] is not None and line[column] != other[column]
            ]
        return faults

    return rule


def once(columns: Sequence[str]) -> Rule:
    """No two lines are about the same thing."""

    def rule(lines: Sequence[Line], _areas: Sequence[str]) -> list[ReturnFault]:
        first: dict[tuple, int] = {}
        faults = []
        for line in lines:
            if line.is_left_empty:
                continue
            key = tuple(str(line[column] or "").casefold() for column in columns)
            if key in first:
                faults.append(line.error(columns[0], f"Row {first[key]} is about the same. Keep one of the two."))
            first.setdefault(key, line.line)
        return faults

    return rule


def categories(lines: Sequence[Line], _areas: Sequence[str]) -> list[ReturnFault]:
    """Every number but the total has a category; only a number by both together has a second one."""
    faults = []
    for line in lines:
        both, everybody = line["breakdown"] == "ethnicity_gender", line["breakdown"] == "all"
        if everybody and line["category"] is not None:
            faults.append(line.error("category", "Expected an empty cell, since the line is for everybody."))
        if not everybody and line["category"] is None:
            faults.append(line.error("category", "Expected a category, such as Somali, Female or Not known."))
        if both != (line["gender"] is not None):
            expected = "Expected a gender." if both else f"Only {BREAKDOWN.label('ethnicity_gender')} has a second one."
            faults.append(line.error("gender", expected))
    return faults


def sums(lines: Sequence[Line], _areas: Sequence[str]) -> list[ReturnFault]:
    """Warns where the lines of a breakdown do not add up to the line for everybody, or a percentage differs."""
    parts: dict[tuple, list[Line]] = defaultdict(list)
    totals: dict[tuple, int] = {}
    for line in lines:
        course = (str(line["course"]).casefold(), line["counts"])
        if line["breakdown"] == "all" and line["number"] is not None:
            totals[course] = line["number"]
        elif line["breakdown"] != "all":
            parts[*course, line["breakdown"]].append(line)
    faults = []
    for (*course, breakdown), own in parts.items():
        total, known = totals.get(tuple(course)), [line["number"] for line in own if line["number"] is not None]
        if total is None:
            continue
        if len(known) == len(own) and sum(known) != total:
            said = f"The lines by {BREAKDOWN.label(breakdown).lower()} add up to {sum(known)}; everybody is {total}."
            faults.append(own[-1].warning("number", said))
        faults += [
            line.warning("percentage", f"{line['number']} of {total} is {100 * line['number'] / total:.2f} per cent.")
            for line in own
            if line["percentage"] is not None and line["number"] is not None and total
            and abs(100 * line["number"] / total - line["percentage"]) > 0.05 + 1e-9
        ]  # fmt: skip
    return faults


SHEET_RULES: dict[str, tuple[Rule, ...]] = {
    INTERVIEW_MAPPING.name: (
        borough_of_board,
        needs("stage", "present_activity"),
        needs("obstacle_detail", "obstacle"),
        lambda lines, _areas: [
            line.error(
                "present_activity", "Expected what is done or wished for, since communities or partners are named."
            )
            for line in lines
            if (line["communities"] or line["partners"]) and not (line["present_activity"] or line["aspiration"])
        ],
        once(("theme", "borough", "present_activity", "aspiration", "obstacle", "obstacle_detail")),
    ),
    PILOTS.name: (
        borough_of_board,
        in_order("planned_from", "planned_to"),
        in_order("actual_from", "actual_to"),
        needs("output", "output_kind"),
        needs("output_kind", "output"),
        needs("output_stage", "output"),
        needs("output_planned_for", "output"),
        needs("where_to_find_it", "output"),
        one_answer("pilot", ("stage", "planned_from", "planned_to", "actual_from", "actual_to", "reason_for_delay")),
        once(("pilot", "output")),
    ),
    GROUPS.name: (once(("name",)),),
    TRAINING.name: (
        borough_of_board,
        in_order("held_from", "held_to"),
        categories,
        one_answer("course", ("borough", "audience", "held_from", "held_to")),
        once(("course", "counts", "breakdown", "category", "gender")),
        sums,
    ),
    ATTENDANCE.name: (),
}
