"""Rows in which every free text of every table is hostile: markup, scripts, template literals, Markdown, formulas.

Where one of these texts is taken for anything but text, `top.ran` is set, an element appears, or a request goes out.
"""

from __future__ import annotations

from warehouse.schema import TABLES
from warehouse.schema.column import PROVENANCE, Column, Kind

SCRIPTS = (
    "<img src=x onerror=\"top.ran='img'\"></script><script>top.ran='script'</script>"
    "\"onmouseover=\"top.ran='attribute'\" ${top.ran='literal'} `+(top.ran='backtick')+` {{7*7}} {% raw %} {# x #} \\"
)
MARKDOWN = (
    "![p](http://x.test/a.png) [x](javascript:top.ran='link') [y](http://x.test/y) <http://x.test/z> :material/face: "
    ":smile: <b>bold</b> **strong** $x^2$ :red[red] :blue-badge[badge] # head <!-- comment --> "
    "<style>*{color:red}</style>"
)
HOSTILE = f"- [x] {MARKDOWN} {SCRIPTS}"
"""It begins as a task list and, for a spreadsheet, as a formula."""


def hostile(where: str) -> str:
    """The text, with a word by which it can be found again."""
    return f"{HOSTILE} {where}"


def _is_free_text(column: Column) -> bool:
    closed = column.vocabulary or column.refers_to or column.place or column.pattern or column.many
    return column.kind is Kind.text and not closed


def row(table: str, key: str, **given: str) -> dict[str, str]:
    """A row of `table` with hostile text wherever text is free, and `given` (codes, places, dates) beside it."""
    columns = [*TABLES[table].own_columns, *PROVENANCE]
    free = {column.name: hostile(f"{table}.{column.name}") for column in columns if _is_free_text(column)}
    return {**free, "fact_key": f"{TABLES[table].prefix}-{key}", "basis": "inferred", **given}


ROUND = {
    "round": "a", "label": hostile("round.label"), "meaning": hostile("round.meaning"), "is_statement": "yes",
    "opens": "2012-05-01", "deadline": "2012-06-14",
}  # fmt: skip
"""A round of returns, as the operations group would name it."""

_HERE = {"scope": "borough", "borough": "Camden"}

ROWS = {
    "programme": [row("programme", "a", kind="partnership", planned_from="2006", actual_from="2007-07")],
    "programme_borough": [
        row("programme_borough", "a", programme="programme-a", borough="Camden", role="took_part"),
        row("programme_borough", "b", programme="programme-a", borough="Barnet", role="planned"),
    ],
    "partner": [row("partner", "a", kind="voluntary")],
    "partner_link": [
        row("partner_link", "a", partner="partner-a", role="funder", linked_to="programme-a", borough="Camden"),
        row("partner_link", "b", partner="partner-a", role="member", linked_to="pilot-a"),
    ],
    "budget_line": [row("budget_line", "a", programme="programme-a", amount_gbp="5", is_total="no")],
    "community_group": [
        row("community_group", "a", kind="women", printed=SCRIPTS, communities="somali", based_in="Camden",
            serves="Camden", serves_scope="borough"),
    ],
    "engagement": [
        row("engagement", "a", community_group="group-a", step="trained", described_as="", **_HERE),
        row("engagement", "b", step="contacted", communities="somali", **_HERE),
    ],
    "round_response": [row("round_response", "a", round="appendix_2007", board="Camden", response="entry")],
    "activity": [
        row("activity", "a", round="appendix_2007", actor_kind="board", kind="activity", stage="done",
            themes="training", communities="somali", **_HERE),
        row("activity", "b", round="none", actor_kind="board", kind="activity", stage="planned", themes="policy",
            happened_text="", **_HERE),
    ],
    "obstacle": [row("obstacle", "a", kind="money", **_HERE)],
    "pilot": [row("pilot", "a", kind="pilot", programme="programme-a", scope="borough", boroughs="Camden")],
    "pilot_item": [row("pilot_item", "a", pilot="pilot-a", kind="activity", stage="planned", communities="somali")],
    "output": [
        row("output", "a", kind="report", programme="programme-a", pilot="pilot-a", planned_for="2008", **_HERE),
    ],
    "commitment": [row("commitment", "a", programme="programme-a", kind="objective")],
    "status_report": [
        row("status_report", key, subject=subject, state="changed", happened="2009", document="update_2011")
        for key, subject in (
            ("a", "output-a"), ("b", "commitment-a"), ("c", "pilot-a"), ("d", "statement-recommendation"),
        )
    ],
    "milestone": [row("milestone", "a", happens="2007", state="actual", programme="programme-a", **_HERE)],
    "training_round": [
        row("training_round", "a", programme="programme-a", borough="Camden", people="10", unit_of_count="people",
            budget_gbp="100"),
    ],
    "training_count": [
        row("training_count", "a", training_round="training-a", dimension="ethnicity", community="somali", people="10",
            unit_of_count="people", printed_percentage="100"),
        row("training_count", "b", training_round="training-a", dimension="group", community_group="group-a",
            people="10", unit_of_count="people"),
    ],
    "printed_figure": [row("printed_figure", "a", kind="reach", value="7", precision="exact", **_HERE)],
    "evidence_count": [
        row("evidence_count", key, origin=origin, issue="fgm", value="3", is_total="no")
        for key, origin in (("a", "case_files"), ("b", "police"), ("c", "referrals"))
    ],
    "statement": [
        row("statement", kind.replace("_", "-"), kind=kind, number="", communities="somali", **_HERE)
        for kind in ("finding", "recommendation", "other_recommendation", "practice_example", "community_view", "risk",
                     "method", "context")
    ],
    "audit_question": [row("audit_question", "a", number="1")],
    "body": [
        row("body", "a", kind="subgroup", **_HERE),
        row("body", "b", kind="network", scope="london", chair_borough="Camden", programme="programme-a"),
    ],
    "meeting": [row("meeting", "a", body="body-a", happens="2011-12-05", state="planned")],
    "conflict": [row("conflict", "a", kind="between", is_open="yes")],
    "conflict_reading": [
        row("conflict_reading", key, conflict="conflict-a", is_used=used,
            facts="programme-a; training-a; figure-a; act-a; pb-a; statement-finding; evidence-a; pilot-a; output-a")
        for key, used in (("a", "yes"), ("b", "no"))
    ],
    "also_said": [row("also_said", "a", subject="programme-a", document="update_2011")],
}  # fmt: skip
"""One borough, one programme, one of everything."""
