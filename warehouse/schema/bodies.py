"""Networks, subgroups and committees, and their meetings. A chair is a borough or an organisation, never a person."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import SCOPE

BODY_KIND = Vocabulary(
    "body kind",
    {
        "network": ("Network", "A standing network of people in the same role."),
        "subgroup": ("Subgroup", "A subgroup of the London Board or of a local board."),
        "steering": ("Steering or operations group", "A group that directs a programme."),
        "working": ("Working group", "A group set up for one task."),
        "board": ("Board", "A board or strategic body."),
    },
)

BODY = Table(
    "body",
    "Networks, subgroups and committees",
    "Every network, subgroup or committee a document names.",
    (
        Column("name", "The name used on screen.", required=True),
        Column("kind", "What sort of body.", required=True, vocabulary=BODY_KIND),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough it belongs to.", place="borough"),
        Column("programme", "The programme it directs.", refers_to="programme"),
        Column("chair", "The organisation that chairs it.", absent=True),
        Column("chair_borough", "The borough of the chair, where it is one.", place="borough"),
        Column("members", "Who sits on it, in our words.", absent=True),
        Column("member_count", "How many members, where printed.", kind=Kind.integer, absent=True, minimum=0),
        Column("purpose", "What it is for, in our words.", absent=True),
    ),
    prefix="body",
    one_row="a network, subgroup or committee",
)

MEETING_STATE = Vocabulary(
    "meeting state",
    {
        "held": ("Held", "Reported as having taken place."),
        "planned": ("Planned", "Announced."),
        "provisional": ("Provisional", "Announced, and marked as not firm."),
        "to_be_confirmed": ("To be confirmed", "Announced without a date."),
    },
)

MEETING = Table(
    "meeting",
    "Meetings",
    "One meeting of a body.",
    (
        Column("body", "The body.", required=True, refers_to="body"),
        Column("happens", "Its date.", kind=Kind.partial_date, absent=True),
        Column("time_text", "Time of day, or how often."),
        Column("state", "Held, planned or provisional.", required=True, vocabulary=MEETING_STATE),
        Column("note", "What the text adds."),
    ),
    prefix="meeting",
    one_row="one meeting",
)

TABLES = (BODY, MEETING)
