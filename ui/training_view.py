"""The pieces of the training page: figures, bars on one scale, tables, and what cannot be read from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from ui import bars as drawn
from ui.cells import Absent, Cell, Figure, Marked, Sources
from ui.cite import inline_mark, mark, source_details
from ui.not_known import NONE_RECORDED, NOT_KNOWN, recorded, with_not_known
from ui.sentences import printed_number, sentence, unit_words
from ui.table import Col, show_table, write
from ui.words import counted, listed, number, partial_date, share
from warehouse.queries.training import Line, Reached, Remark, Round
from warehouse.schema.training import DIMENSION
from warehouse.schema.vocabulary import SCOPE, UNIT_OF_COUNT

BREAKDOWNS = {"ethnicity": "by ethnicity", "gender": "by gender", "group": "by community group"}


SAID_OF = {
    "people": "people are reported as trained",
    "attendances": "attendances are counted",
    "not_stated": "people or attendances (the document does not say which) are reported",
}
"""What the number of a round counts, as the sentence at the top says it. What may be an attendance is no person."""

COUNTED_HEAD = {"people": "People", "attendances": "Attendances", "not_stated": "People or attendances"}

ONE = {"people": "a person", "attendances": "an attendance", "not_stated": "a person or attendance"}


def span(first: str | None, last: str | None) -> str:
    """Two dates as precise as known: November 2009 to 26 April 2010."""
    if first and last:
        return f"{partial_date(first)} to {partial_date(last)}"
    if first:
        return f"from {partial_date(first)}; the end is not reported"
    return f"to {partial_date(last)}; the beginning is not reported" if last else "not reported"


def session_size(row: Round) -> str:
    """The document's estimate of participants a session."""
    sizes = [str(size) for size in (row.session_size_low, row.session_size_high) if size is not None]
    return " to ".join(dict.fromkeys(sizes)) or "not reported"


def answer(row: Round, counted_areas: int, areas: int) -> Markup:
    """The sentence under the title, with its denominator."""
    return Markup("{}{} {} in {}. {}").format(
        number(row.people), inline_mark(row.fact_keys), SAID_OF[row.unit_of_count], row.title,
        have_a_count(counted_areas, areas),
    )  # fmt: skip


def have_a_count(counted_areas: int, areas: int) -> str:
    """How many of the areas have a count of a training round."""
    return f"{counted_areas} of the {areas} areas {'has' if counted_areas == 1 else 'have'} a count."


def figures(row: Round) -> None:
    """The round in figures: people, both date ranges side by side, cost of each, session size."""
    cells = [
        (Markup("{}{}").format(number(row.people), mark(row.fact_keys)), "big", f"{_unit(row)}: {row.title}"),
        (Markup("{}{}").format(span(row.narrative_from, row.narrative_to), mark((row.fact_key,))), "mid",
         "dates in the narrative"),
        (Markup("{}{}").format(span(row.tables_from, row.tables_to), mark((row.fact_key,))), "mid",
         "dates over the tables"),
        (Markup("{}{}").format(*_cost(row)), "big", _cost_words(row)),
        (Markup("{}{}").format(session_size(row), mark((row.fact_key,))), "big" if row.session_size_low else "mid",
         "participants a session, as the document estimates; number of sessions: "
         + (number(row.sessions) if row.sessions is not None else "not reported")),
    ]  # fmt: skip
    boxes = Markup("").join(
        Markup('<div><div class="{}">{}</div><div>{}</div></div>').format(size, value, words)
        for value, size, words in cells
    )
    write(
        Markup('<div class="figures reach">{}</div><p><b>What was taught:</b> {}</p>{}').format(
            boxes, row.content, source_details(row.fact_keys)
        )
    )


def _unit(row: Round) -> str:
    return UNIT_OF_COUNT.label(row.unit_of_count)


def _cost(row: Round) -> tuple[str, Markup]:
    return ("not reported", Markup("")) if row.cost_gbp is None else (f"£{row.cost_gbp:,.2f}", mark(row.fact_keys))


def _cost_words(row: Round) -> str:
    if row.cost_gbp is None:
        return f"cost {ONE[row.unit_of_count]}: no budget is printed"
    return f"of budget {ONE[row.unit_of_count]}: our division, £{number(row.budget_gbp)} by {number(row.people)}"


def bars(lines: Sequence[Line]) -> None:
    """The breakdowns as bars. One scale for all, so that equal lengths are equal counts."""
    longest = max((line.people or 0 for line in lines), default=0)
    parts = {code: _multiple(code, [line for line in lines if line.dimension == code], longest) for code in BREAKDOWNS}
    write(
        Markup(
            '<div class="multiples"><div>{}{}</div><div>{}</div></div>'
            '<p class="note">One scale for all three: the longest bar is {}. Each of the three counts everybody '
            "again.</p>"
        ).format(parts["ethnicity"], parts["gender"], parts["group"], number(longest))
    )


def _multiple(code: str, lines: Sequence[Line], longest: int) -> Markup:
    items = [drawn.bar(line.filed, line.people, longest, _bar_end(line)) for line in lines]
    if lines and not any(line.is_not_known for line in lines):
        items.append(drawn.silent(NOT_KNOWN, NONE_RECORDED))
    return drawn.panel(Markup("<h2>{}</h2>").format(BREAKDOWNS[code].capitalize()), items)


def _bar_end(line: Line) -> Markup:
    if line.people is None:
        return Markup('<span class="absent">{}</span>').format(Absent(line.people_status).text)
    return Markup("<span><b>{}</b>{} <small>{}</small></span>").format(
        number(line.people), mark((line.fact_key,)), share(line.people, line.base or 0)
    )


def tables(row: Round, lines: Sequence[Line]) -> None:
    """The same numbers, one table for each breakdown, with what is printed beside what we filed and recomputed."""
    for code, by in BREAKDOWNS.items():
        own = [line for line in lines if line.dimension == code]
        show_table(
            f"{row.title}: {by}",
            _line_columns(DIMENSION.label(code), counted_head(row)),
            # A row of its own says that no line is 'not known', for a table must not be silent on it.
            with_not_known(own, lambda line: line.is_not_known),
            file=f"training_by_{code}",
            empty=f"No document counts {row.title} {by}.",
        )


def counted_head(row: Round) -> str:
    """The heading of a column of numbers of this round: nothing that may be an attendance is headed as people."""
    return COUNTED_HEAD[row.unit_of_count]


def _line_columns(head: str, number_head: str) -> tuple[Col, ...]:
    return (
        Col(head, recorded(lambda line: line.filed, NOT_KNOWN), "head"),
        Col("As printed", recorded(lambda line: line.printed, Absent(words=NONE_RECORDED))),
        Col(number_head, recorded(_people, Absent()), "number"),
        Col("Share", recorded(_share, Absent()), "number"),
        Col("Printed percentage", recorded(_printed, Absent()), "number"),
        Col("Against recomputed", recorded(_agrees, Absent("not_asked", "nothing to check"))),
        Col("Source", recorded(lambda line: Sources((line.fact_key,)), Sources(()))),
    )


def _people(line: Line) -> Figure:
    return Figure(line.people, line.people_status, (line.fact_key,))


def _share(line: Line) -> Cell:
    return Absent(line.people_status) if line.people is None else share(line.people, line.base or 0)


def _printed(line: Line) -> Cell:
    if line.printed_percentage is None:
        return Absent(line.percentage_status)
    return f"{line.printed_percentage:.2f}%"


def _agrees(line: Line) -> Cell:
    if line.agrees is None:
        return Absent("not_asked", "nothing to check")
    return "agrees" if line.agrees else f"differs: {line.share:.2f}% recomputed"


def checked(row: Round, lines: Sequence[Line]) -> str:
    """What each breakdown sums to, and how many printed percentages agree, with the denominator."""
    sums = {line.dimension: number(line.lines_sum) for line in lines}
    said = listed([f"{by} {sums[code]}" for code, by in BREAKDOWNS.items() if code in sums])
    printed = [line for line in lines if line.agrees is not None]
    agree = (
        f"{sum(line.agrees is True for line in printed)} of {counted(len(printed), 'printed percentage')} agree with "
        "the count divided by the total of the round, to two decimals."
        if printed
        else "No percentage is printed to check."
    )
    return f"Sum of the lines: {said or 'no lines'}. Total printed under the tables: {number(row.table_total)}. {agree}"


Printed = tuple[str, Callable[[Round], Cell]]
"""A figure that is printed of rounds: its name, and the cell of a round."""


def printed_figures(rows: Sequence[Round]) -> tuple[list[Col[Printed]], tuple[Printed, ...]]:
    """The columns and rows of the table of everything that is printed of the rounds, one a column."""
    facts: tuple[Printed, ...] = (
        ("Number counted", lambda row: Figure(row.people, row.people_status, row.fact_keys)),
        ("What is counted", _unit),
        ("Total printed under the tables", _table_total),
        ("Dates in the narrative", lambda row: Marked(span(row.narrative_from, row.narrative_to), (row.fact_key,))),
        ("Dates over the tables", lambda row: Marked(span(row.tables_from, row.tables_to), (row.fact_key,))),
        ("Sessions", lambda row: Figure(row.sessions, row.sessions_status, (row.fact_key,))),
        ("Participants a session, estimated by the document", lambda row: Marked(session_size(row), (row.fact_key,))),
        ("Budget, pounds", lambda row: Figure(row.budget_gbp, row.budget_status, (row.fact_key,))),
        ("Budget by the number counted, pounds (derived by us)", _cost_cell),
        ("Source", lambda row: Sources(row.fact_keys)),
    )
    columns = [Col("Figure", lambda fact: fact[0], "head")]
    columns += [Col(row.title, lambda fact, row=row: fact[1](row)) for row in rows]
    return columns, facts


def _table_total(row: Round) -> Cell:
    return Absent() if row.table_total is None else Figure(row.table_total, fact_keys=row.total_keys)


def _cost_cell(row: Round) -> Cell:
    return Absent() if row.cost_gbp is None else Marked(f"{row.cost_gbp:.2f}", row.fact_keys)


def contents() -> Markup:
    """The ways to the parts further down the page."""
    parts = {"rates": "Training counts per 1,000 residents", "filing": "Where ethnicities are filed",
             "rounds": "Rounds over time"}  # fmt: skip
    found = Markup(" · ").join(Markup('<a href="#{}">{}</a>').format(place, words) for place, words in parts.items())
    return Markup('<p class="screen">Further down: {}</p>').format(found)


def unknown_lines(row: Round, others: Sequence[Round], lines: Sequence[Line]) -> list[str]:
    """In words, what cannot be read from the round and its tables."""
    found = [
        "Who they were in two respects at once. The three tables cannot be joined: no line says how many women came "
        "from one group, or were of one ethnicity. Equal numbers in two tables need not be the same people."
    ]
    found += [
        f"Round {earlier}: no count of people is reported."
        for earlier in range(1, row.round_number or 1)
        if not any(other.borough == row.borough and other.round_number == earlier for other in others)
    ]
    if row.sessions is None:
        found.append("How many sessions were held. The size of a session is an estimate, so it cannot be worked out.")
    if row.unit_of_count == "not_stated":
        found.append("Whether these are people or attendances: who came twice may be counted twice.")
    narrative, over_tables = (row.narrative_from, row.narrative_to), (row.tables_from, row.tables_to)
    if any(narrative) and any(over_tables) and narrative != over_tables:
        found.append("Which of the two date ranges is right. Both stand, and the number is the same for both.")
    if lines and not any(line.is_not_known for line in lines):
        found.append("Whether anyone's ethnicity, gender or group was not known: no table has such a line.")
    return [
        *found,
        f"Whether those trained lived in {row.borough}: no table parts them from those who worked there. A rate per "
        "1,000 residents compares two numbers; it is no share of the residents.",
        "What people knew or did afterwards: no result is measured.",
    ]


def show_remarks(remarks: Sequence[Remark]) -> None:
    """What the document itself says of its count, each with its source."""
    items = Markup("").join(
        Markup("<li><b>{}:</b> {} {}{}</li>").format(
            remark.section, sentence(remark.headline), remark.summary or "", source_details((remark.fact_key,))
        )
        for remark in remarks
    )
    if items:
        write(Markup("<h2>What the document says of its count</h2><ul>{}</ul>").format(items))


def show_reached(rows: Sequence[Reached]) -> None:
    """The other printed numbers of people and groups, by place."""
    show_table(
        "Other printed numbers of people and groups reached",
        (
            Col("Place", lambda row: row.borough or SCOPE.label(row.scope), "head"),
            Col("What is counted", lambda row: (row.title, row.programme) if row.programme else row.title, "long"),
            Col("Number", printed_number, "number"),
            Col("Of what", lambda row: unit_words(row.value, row.unit)),
            Col("What the text adds", lambda row: row.note or Absent("not_asked", "nothing to add")),
            Col("Source", lambda row: Sources((row.fact_key,))),
        ),
        rows,
        file="people_reached",
        empty="No document dated by then prints another number of people or groups reached here.",
    )


def caveats(*, has_round: bool, has_reached: bool) -> list[str]:
    """What limits the numbers that this view shows: those of a round, and those of the last table, where it has any."""
    of_a_round = (
        "The budget by the number counted is derived by us: the budget printed for the round divided by its count. The "
        "budget is what was received, not what was spent. What it paid for is not said, and the time that other bodies "
        "gave is not in it. If some people were counted twice, the cost of each is higher.",
        "Categories and groups are filed in their usual spelling; the column 'As printed' keeps that of the document.",
    )
    of_the_reached = (
        "The numbers in the last table count different things on different days, some of them groups. They are never "
        "added.",
    )
    return [*(of_a_round if has_round else ()), *(of_the_reached if has_reached else ())]
