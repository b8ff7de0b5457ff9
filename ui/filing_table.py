"""Where ethnicities are filed: as printed, as filed, the census group in 2001 and in 2011, by which rule, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import denominator, links
from ui.cells import Absent, Cell
from ui.data import ask
from ui.not_known import NOT_KNOWN
from ui.table import Col, show_table, write
from ui.words import counted
from warehouse.queries import filing, population
from warehouse.queries.filing import Filing
from warehouse.queries.population import Label
from warehouse.queries.training import Round
from warehouse.schema.population import FILING_RULE, FIT, NO_RATE


@dataclass(frozen=True)
class FiledLine:
    """One line as it is shown. `early` and `late` are the group and its fit in 2001 and 2011."""

    printed: Cell
    filed: str
    early: tuple[Cell, Cell]
    late: tuple[Cell, Cell]
    rule: Cell
    why: Cell


def of_label(row: Label) -> FiledLine:
    """A line of the reviewed table."""
    early, late = _placed(row.group_2001, row.fit_2001), _placed(row.group_2011, row.fit_2011)
    return FiledLine(row.printed, row.community_label, early, late, FILING_RULE.label(row.rule), row.why)


def of_filing(row: Filing) -> FiledLine:
    """A line of a round. One that nobody has filed says so."""
    if row.is_not_known:
        return not_known(row.printed, row.filed)
    if row.listed is None:
        missing = Absent("not_asked", NO_RATE.label("not_filed").lower())
        return FiledLine(row.printed, row.filed, (missing, missing), (missing, missing), missing,
                         NO_RATE.meaning("not_filed"))  # fmt: skip
    why = row.why if row.listed == row.printed else f"{row.why} Found by its filed name, {row.listed}."
    early, late = _placed(row.group_2001, row.fit_2001), _placed(row.group_2011, row.fit_2011)
    return FiledLine(row.printed, row.filed, early, late, FILING_RULE.label(row.rule), why)


def _placed(group: str | None, fit: str) -> tuple[Cell, Cell]:
    return group or Absent("not_asked", "none"), FIT.label(fit)


def not_known(printed: Cell, filed: str = NOT_KNOWN) -> FiledLine:
    """People whose ethnicity is not known: a category. Records had a place for it in 2001; no census has a row."""
    plus_one = next(group for group in ask(population.groups, 2001) if group.level == "not_stated")
    return FiledLine(
        printed,
        filed,
        (plus_one.label, "In records only"),
        _placed(None, "none"),
        "A category of its own",
        "However it is printed: not known, unknown, not stated, not recorded, not given. Counted and shown, last. "
        f"{plus_one.note}",
    )


COLUMNS: tuple[Col[FiledLine], ...] = (
    Col("As printed", lambda line: line.printed, "head"),
    Col("As filed", lambda line: line.filed),
    Col("Group of 2001", lambda line: line.early[0]),
    Col("Fit, 2001", lambda line: line.early[1]),
    Col("Group of 2011", lambda line: line.late[0]),
    Col("Fit, 2011", lambda line: line.late[1]),
    Col("Rule", lambda line: line.rule),
    Col("Why", lambda line: line.why, "long"),
)
"""As printed → as filed → 2001 → 2011 → rule → why."""


def show_round(row: Round, as_at: date) -> None:
    """The ethnicities that one round prints, with the way to the whole table."""
    rows = ask(filing.of_round, row.fact_key, as_at)
    lines = [of_filing(line) for line in rows]
    if rows and not any(line.is_not_known for line in rows):
        lines.append(not_known(Absent(words="none recorded")))
    write(
        Markup(
            '<h2 id="filing">Where these ethnicities are filed</h2><p>An ethnicity is filed under a census group by a '
            'reviewed table. <a href="{}">The whole table, {}, with its rules</a></p>'
        ).format(
            links.to("about_the_data", part=denominator.FILED_PART),
            counted(len(ask(population.labels)), "ethnicity", "ethnicities"),
        )
    )
    with st.container(key="filing_table"):
        show_table(
            f"{row.title}: where its ethnicities are filed",
            COLUMNS,
            lines,
            file="filed_ethnicities_of_round",
            empty=f"No document counts {row.title} by ethnicity.",
        )


def show_whole(rows: Sequence[Label]) -> None:
    """The whole reviewed table, 'not known' last."""
    with st.container(key="filing_table"):
        show_table(
            "Ethnicities as printed, and where they are filed",
            COLUMNS,
            [*map(of_label, rows), not_known(NOT_KNOWN)],
            file="filed_ethnicities",
        )
