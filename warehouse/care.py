"""What never stands beside a borough or board and a community at once: the one place of the conditions that say so.

Female genital mutilation, honour-based violence, abuse linked to belief in spirit possession, trafficking, and forced
marriage, which the documents name beside honour-based violence.
"""

from __future__ import annotations

from warehouse.queries.evidence import FOUR_AREAS

CONCERNS = (*FOUR_AREAS, "forced_marriage")
"""Codes of ISSUE: forms of abuse whose acts never stand beside a board and a community at once."""

CONCERN = """
concern AS (
    SELECT fact_key, list(issues ORDER BY position) AS codes,
        bool_or(fact_key IN (SELECT fact_key FROM activity_communities)) AS is_apart
    FROM activity_issues WHERE list_contains(?, issues) GROUP BY fact_key
)"""
"""After WITH: the acts that deal with one of CONCERNS, which is bound as a list, with the codes in the order of the
text. `is_apart`: the text names a community with the act, so nothing of it that could name the community may stand
beside its place."""

SENSITIVE = "genital mutilation|\\bfgm\\b|honour|forced marriage|spirit possession|witchcraft|traffick"
"""Words of the same concerns, for reports of contact, which have no codes of ISSUE. A contact is with a community or a
group of one: where a view is not of one place, its place is left out; where it is, what it says."""

IS_SENSITIVE = f"regexp_matches(lower(concat_ws(' ', described_as, summary)), '{SENSITIVE}')"
"""A condition on `engagement`: the report of contact deals with one of the concerns."""
