"""Slow plain-Python twins of the borough profile, on literal rows of two boroughs and of London."""

from __future__ import annotations

from datetime import date

from tests.support.coverage_twin import reference
from tests.support.twins import twin_of
from warehouse.queries import profile

LATEST = date(2011, 11, 30)
EARLIER = date(2010, 4, 29)
LATER = {"document": "update_2011"}
"""Said in November 2011 only, so not yet as at April 2010."""

HERE = {"scope": "borough", "borough": "Camden"}
THERE = {"scope": "borough", "borough": "Barnet"}
LONDON = {"scope": "london"}

ROWS = {
    "programme": [
        {"fact_key": f"programme-{name}", "name": name.title(), "kind": "other", "summary": "Made."}
        for name in ("one", "two")
    ],
    "programme_borough": [
        {"fact_key": "pb-b", "programme": "programme-two", "borough": "Camden", "role": "planned", "note": "Why."},
        {"fact_key": "pb-a", "programme": "programme-two", "borough": "Camden", "role": "took_part"},
        {"fact_key": "pb-c", "programme": "programme-one", "borough": "Camden", "role": "pilot", **LATER},
        {"fact_key": "pb-d", "programme": "programme-one", "borough": "Barnet", "role": "pilot"},
    ],
    "round_response": [
        {"fact_key": "response-a", "round": "appendix_2007", "board": "Camden", "response": "entry"},
        {"fact_key": "response-b", "round": "interviews_2010", "board": "Camden", "response": "unknown", **LATER},
    ],
    "activity": [
        {
            "fact_key": f"act-{key}", "actor_kind": "board", "actor": "the board", "summary": f"Act {key}.",
            "round": "none", "kind": "activity", "stage": "done", "themes": "training", **HERE, **more,
        }
        for key, more in {
            "a": {},
            "b": {"round": "appendix_2007", "themes": "policy; training", "communities": "somali; african"},
            "c": {"round": "appendix_2007", "stage": "not reported", "part_of": "act-b"},
            "d": {"kind": "context", "stage": "not applicable"},
            "e": {"happened": "2006-03", "happened_text": "last spring", "audience": "imams", **LATER},
            "f": THERE,
            "g": {"scope": "london", "borough": ""},  # all boroughs alike is not Camden by name
            "h": {"issues": "general; fgm", "communities": "kurdish", "audience": "parents"},  # stands apart
            "i": {"issues": "spirit"},  # names no community
            "j": {"issues": "general", "communities": "tamil"},  # not one of the concerns
        }.items()
    ],
    "obstacle": [
        {"fact_key": "obstacle-a", "said_by": "the board", "kind": "money", "summary": "No money.", **HERE},
        {"fact_key": "obstacle-b", "said_by": "the board", "kind": "trust", "summary": "No trust.", **THERE},
        {"fact_key": "obstacle-c", "said_by": "all boards", "kind": "trust", "summary": "No trust.", **LONDON},
    ],
    "pilot": [
        {
            "fact_key": f"pilot-{key}", "name": name, "kind": "pilot", "programme": "programme-one",
            "scope": "borough", "boroughs": places, **more,
        }
        for key, name, places, more in (
            ("a", "Second", "Barnet; Camden", {"set_out_to": "Learn."}),
            ("b", "First", "Camden", {}),
            ("c", "Third", "Barnet", {"set_out_to": "Learn."}),
        )
    ],
    "pilot_item": [
        {"fact_key": f"item-{key}", "pilot": f"pilot-{pilot}", "kind": kind, "stage": stage, "summary": f"Item {key}.",
         "communities": communities, **more}
        for key, pilot, kind, stage, communities, more in (
            ("a", "a", "aim", "not applicable", "", {}),
            ("b", "a", "activity", "not reported", "turkish", {}),
            ("c", "b", "output", "planned", "", LATER),
            ("d", "c", "output", "planned", "", {}),
        )
    ],
    "community_group": [
        {"fact_key": "group-a", "name": "Zeal", "kind": "women", "based_in": "Camden", "serves": "Barnet; Camden",
         "serves_scope": "borough"},
        {"fact_key": "group-b", "name": "Amity", "kind": "women", "based_in": "Barnet", "serves_scope": "unnamed"},
        # A place in a name is no place.
        {"fact_key": "group-c", "name": "Camden Bells", "kind": "women", "serves_scope": "unnamed"},
    ],
    "engagement": [
        {"fact_key": f"engagement-{key}", "summary": f"Contact {key}.", "step": step, **more}
        for key, step, more in (
            ("a", "engaged", {"community_group": "group-b", **HERE}),
            ("b", "contacted", {"community_group": "group-b", **HERE}),
            ("c", "trained", {"community_group": "group-b", **THERE}),  # a step of Barnet's
            ("d", "contacted", {"described_as": "mosques", "happened": "2006", "communities": "muslim", **HERE}),
            ("e", "contacted", {"described_as": "churches", **THERE}),
            ("f", "contacted", {"described_as": "schools", **LONDON}),
            ("g", "trained", {"described_as": "men for an end to forced marriage", **HERE}),  # stands apart
            ("h", "trained", {"described_as": "young men", "summary": "A talk on FGM.", **HERE}),  # so does this
        )
    ],
    "training_round": [
        {"fact_key": f"training-{key}", "title": key, "borough": place, "people": people, "unit_of_count": unit,
         "content": "Made."}
        for key, place, people, unit in (
            ("a", "Camden", "178", "not_stated"),
            ("b", "Camden", "not reported", "attendances"),
            ("c", "Barnet", "5", "people"),
        )
    ],
    "training_count": [
        {"fact_key": "count-a", "training_round": "training-a", "dimension": "ethnicity", "printed": "Bengali",
         "filed": "Bengali", "community": "bangladeshi", "people": "178", "unit_of_count": "not_stated"},
    ],
    "printed_figure": [
        {"fact_key": f"figure-{key}", "title": key, "kind": "reach", "value": value, "value_high": high,
         "precision": precision, "unit": "groups", **more}
        for key, value, high, precision, more in (
            ("a", "40", "50", "range", HERE),
            ("b", "not reported", "", "exact", {**HERE, **LATER}),
            ("c", "3", "", "exact", THERE),
            ("d", "4", "", "exact", LONDON),
        )
    ],
    "output": [
        {"fact_key": f"output-{key}", "name": f"Output {key}", "kind": "report", "by_whom": "the board",
         "summary": "Made.", "planned_for": planned, **more}
        for key, planned, more in (
            ("a", "2011-07", HERE),
            ("b", "not reported", {"planned_text": "next year", **HERE}),
            ("c", "2010", THERE),
        )
    ],
    "status_report": [
        {"fact_key": f"status-{key}", "subject": "output-a", "state": state, "summary": "Made.", "document": document}
        for key, state, document in (
            ("c", "planned", "update_2011"), ("a", "under_way", "report_2007"), ("b", "done", "report_2007"),
        )
    ],
    "milestone": [
        {"fact_key": f"milestone-{key}", "title": f"Event {key}", "happens": happens, "state": "actual", **more}
        for key, happens, more in (
            ("a", "2006-10-12", {"happens_to": "2006-11", **HERE}),
            ("b", "not reported", {"date_text": "18 months ago", **HERE}),
            ("c", "2006", THERE),
        )
    ],
    "body": [
        {"fact_key": f"body-{key}", "name": name, "kind": "subgroup", "members": "Some.", **more}
        for key, name, more in (
            ("a", "Zone", HERE),
            ("b", "Network", {"chair_borough": "Camden", **LONDON}),
            ("c", "Forum", {"chair_borough": "Camden", **HERE}),
            ("d", "Joint", {"chair_borough": "Camden", **THERE}),
            ("e", "Circle", {"chair_borough": "Barnet", **LONDON}),
        )
    ],
    "partner": [{"fact_key": "partner-a", "name": "NSPCC", "kind": "voluntary"}],
    "partner_link": [
        {"fact_key": "pl-a", "partner": "partner-a", "role": "host", "linked_to": "act-a", "borough": "Camden"},
        {"fact_key": "pl-b", "partner": "partner-a", "role": "funder", "linked_to": "act-a"},
    ],
    "statement": [
        {"fact_key": "statement-a", "kind": "risk", "headline": "A.", "said_by": "an imam", "communities": "somali",
         **HERE},
        {"fact_key": "statement-b", "kind": "risk", "headline": "B.", **LONDON},
    ],
}  # fmt: skip


LABELS = {table: {row[table]: row["label"] for row in reference(table)} for table in ("theme", "community")}
DOCUMENTS = {row["document"]: date.fromisoformat(row["usable_from"]) for row in reference("document")}


def usable_from(row: dict[str, str]) -> date:
    return DOCUMENTS[row.get("document", "report_2007")]


def of(table: str, as_at: date, borough: str | None = None) -> list[dict[str, str]]:
    """The rows of a document dated by then, in the order of their keys; with a borough, those that name it."""
    rows = [row for row in ROWS[table] if usable_from(row) <= as_at and borough in (None, row.get("borough"))]
    return sorted(rows, key=lambda row: row["fact_key"])


def several(row: dict[str, str], column: str) -> list[str]:
    return [part for part in row.get(column, "").split("; ") if part]


@twin_of(profile.acts)
def acts_twin(borough: str, as_at: date) -> list[tuple]:
    found = []
    for row in sorted(of("activity", as_at, borough), key=lambda row: (row["round"], row["fact_key"])):
        stage = row["stage"] if row["stage"] not in ("not reported", "not applicable") else None
        labels = [tuple(LABELS[column][code] for code in several(row, name))
                  for column, name in (("theme", "themes"), ("community", "communities"))]  # fmt: skip
        concerns = tuple(
            code
            for code in several(row, "issues")
            if code in ("fgm", "honour", "spirit", "trafficking", "forced_marriage")
        )
        is_apart = bool(concerns and labels[1])
        words = (None, None, None) if is_apart else (row["summary"], row["actor"], row.get("audience"))
        shown = () if is_apart else labels[1]
        found.append(
            (row["fact_key"], row["round"], stage, labels[0], shown, "part_of" in row, concerns, is_apart, *words)
        )
    return found


@twin_of(profile.groups)
def groups_twin(borough: str, as_at: date) -> list[profile.GroupHere]:
    found = []
    for group in sorted(of("community_group", as_at), key=lambda row: row["name"]):
        contacts = [row for row in of("engagement", as_at, borough) if row.get("community_group") == group["fact_key"]]
        how = {"based"} if group.get("based_in") == borough else set()
        how |= {"serves"} if borough in several(group, "serves") else set()
        keys = [group["fact_key"]] if how else []
        how |= {"contact"} if contacts else set()
        steps = {row["step"] for row in contacts}
        if how:
            keys = sorted([*keys, *(row["fact_key"] for row in contacts)])
            found.append(
                profile.GroupHere(
                    group["fact_key"], group["name"], tuple(sorted(how)), tuple(sorted(steps)), tuple(keys)
                )
            )
    return found


@twin_of(profile.communities)
def communities_twin(borough: str, as_at: date) -> list[profile.Named]:
    naming = [row for table in ("activity", "engagement", "statement") for row in of(table, as_at, borough)]
    pilots = {row["fact_key"] for row in ROWS["pilot"] if borough in several(row, "boroughs")}
    naming += [row for row in of("pilot_item", as_at) if row["pilot"] in pilots]
    rounds = {row["fact_key"] for row in ROWS["training_round"] if row["borough"] == borough}
    counted = [row for row in of("training_count", as_at) if row["training_round"] in rounds]
    found: dict[str, set[str]] = {}
    for row in naming + counted:
        for code in (*several(row, "communities"), *several(row, "community")):
            found.setdefault(LABELS["community"][code], set()).add(row["fact_key"])
    return [profile.Named(label, tuple(sorted(found[label]))) for label in sorted(found)]


@twin_of(profile.dated)
def dated_twin(borough: str, as_at: date) -> list[tuple]:
    found = []
    for row in of("output", as_at, borough):
        reports = [one for one in of("status_report", as_at) if one["subject"] == row["fact_key"]]
        last = max(reports, key=lambda one: (usable_from(one), one["fact_key"]), default={"state": "not_reported"})
        found.append((row["fact_key"], "output", row["planned_for"], None, last["state"]))
    found += [
        (row["fact_key"], "event", row["happens"], row.get("happens_to"), row["state"])
        for row in of("milestone", as_at, borough)
    ]
    found = [(key, kind, None if when == "not reported" else when, to, state) for key, kind, when, to, state in found]
    return sorted(found, key=lambda row: (row[2] is None, row[2], row[0]))
