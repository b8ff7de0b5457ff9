"""The pilot outputs: pilots, what they set out to do, what was promised, and what became of it."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import ISSUE, SCOPE, STAGE, STATE

PILOT_KIND = Vocabulary(
    "pilot kind",
    {
        "pilot": ("Pilot", "A pilot of a programme."),
        "linked": ("Linked pilot", "A pilot of others, linked to a programme."),
        "proposed": ("Proposed pilot", "Put forward, not agreed when the document was written."),
        "bid": ("Bid", "A bid for money, not a pilot yet."),
    },
)

PILOT = Table(
    "pilot",
    "Pilots",
    "Pilots, linked pilots, proposals and bids.",
    (
        Column("name", "The name used on screen.", required=True),
        Column("kind", "What sort of pilot.", required=True, vocabulary=PILOT_KIND),
        Column("programme", "The programme it belongs to.", required=True, refers_to="programme"),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("boroughs", "The boroughs named.", place="borough", many=True),
        Column("set_out_to", "What it set out to do, in one line.", absent=True),
        Column("planned_from", "Planned beginning.", kind=Kind.partial_date, absent=True),
        Column("planned_to", "Planned end.", kind=Kind.partial_date, absent=True),
    ),
    prefix="pilot",
    one_row="a pilot",
)

PILOT_ITEM_KIND = Vocabulary(
    "pilot item kind",
    {
        "aim": ("Aim", "What it is meant to achieve."),
        "activity": ("Activity", "What is done to that end."),
        "community": ("Community", "Whom it works with."),
        "issue": ("Issue", "The concern it deals with."),
        "audience": ("Audience", "Whom it trains or addresses."),
        "partner": ("Partner", "With which body."),
        "output": ("Output", "What it is to produce."),
        "milestone": ("Milestone", "What is to happen when."),
        "link": ("Link", "How it feeds into other work."),
    },
)

PILOT_ITEM = Table(
    "pilot_item",
    "Parts of pilots",
    "One aim, activity, community, issue, partner or output of a pilot.",
    (
        Column("pilot", "The pilot.", required=True, refers_to="pilot"),
        Column("kind", "What sort of part.", required=True, vocabulary=PILOT_ITEM_KIND),
        Column(
            "stage",
            "How far the document says it is. Not applicable for aims, communities and issues.",
            absent=True,
            vocabulary=STAGE,
        ),
        Column("summary", "What is reported, in our words.", required=True),
        Column("communities", "Communities the text names.", refers_to="community", many=True),
        Column("issues", "Forms of abuse or concerns the text names.", vocabulary=ISSUE, many=True),
    ),
    prefix="item",
    one_row="one part of a pilot",
)

OUTPUT_KIND = Vocabulary(
    "output kind",
    {
        "report": ("Report", "A report or study."),
        "guidance": ("Guidance", "Guidance, procedures or a protocol."),
        "toolkit": ("Toolkit", "A toolkit, pack or training material."),
        "strategy": ("Strategy", "A strategy or action plan."),
        "event": ("Conference or event", "A conference, seminar, launch or workshop."),
        "media": ("DVD, leaflet or web page", "Material for a wider audience."),
        "network": ("Network or group", "A network, group or post to be set up."),
        "data": ("Data or survey", "A data collection, survey, audit or database."),
        "training": ("Training", "A course or programme of training."),
    },
)

OUTPUT = Table(
    "output",
    "Promised outputs",
    "A thing promised: a report, guidance, a toolkit, a DVD, a conference.",
    (
        Column("name", "The name used on screen.", required=True),
        Column("kind", "What sort of output.", required=True, vocabulary=OUTPUT_KIND),
        Column("programme", "The programme it belongs to.", refers_to="programme"),
        Column("pilot", "The pilot it belongs to.", refers_to="pilot"),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough named.", place="borough"),
        Column("by_whom", "Who promised it.", required=True),
        Column("planned_for", "When it was promised for.", kind=Kind.partial_date, absent=True),
        Column("planned_text", "When, in the words of the text where they are relative."),
        Column("summary", "What it is, in our words.", required=True),
    ),
    prefix="output",
    one_row="a thing promised",
)

COMMITMENT_KIND = Vocabulary(
    "commitment kind",
    {
        "aim": ("Aim", "The purpose the document states."),
        "objective": ("Objective", "A stated objective."),
        "outcome": ("Anticipated outcome", "A change the document expects."),
        "method": ("Method", "A way of working the document announces."),
        "arrangement": ("Arrangement", "A post, group or rule of management the document announces."),
    },
)

COMMITMENT = Table(
    "commitment",
    "Objectives and anticipated outcomes",
    "What a programme said it would do or change.",
    (
        Column("programme", "The programme.", required=True, refers_to="programme"),
        Column("pilot", "The pilot, where it is one pilot's.", refers_to="pilot"),
        Column("kind", "What sort of commitment.", required=True, vocabulary=COMMITMENT_KIND),
        Column("number", "Its number or letter in the document."),
        Column("summary", "What it says, in our words.", required=True),
    ),
    prefix="commitment",
    one_row="an objective, outcome or announced method",
)

STATUS_REPORT = Table(
    "status_report",
    "What became of it",
    "What one document reports of a pilot, output, commitment, recommendation or event. Nothing here means that no "
    "document reports on it.",
    (
        Column("subject", "The fact it reports on.", required=True, refers_to="fact"),
        Column("state", "What is reported.", required=True, vocabulary=STATE),
        Column("happened", "When it happened or is to happen.", kind=Kind.partial_date, absent=True),
        Column("summary", "What is reported, in our words.", required=True),
        Column("reason", "Reason given for a delay or change.", absent=True),
    ),
    prefix="status",
    one_row="thing × document that reports on it",
)

MILESTONE_STATE = Vocabulary(
    "milestone state",
    {
        "planned": ("Planned", "Announced for that date."),
        "provisional": ("Provisional", "Announced, and marked as not firm."),
        "actual": ("Happened", "Reported as having happened."),
    },
)

MILESTONE = Table(
    "milestone",
    "Dated events",
    "Everything dated: beginnings, ends, conferences, launches, publications.",
    (
        Column("title", "What happened or was to happen.", required=True),
        Column("happens", "The date, as precise as known.", kind=Kind.partial_date, absent=True),
        Column("happens_to", "The last date, for something that lasts.", kind=Kind.partial_date),
        Column("date_text", "The date in the words of the text where they are relative or vague."),
        Column("state", "Planned, provisional or happened.", required=True, vocabulary=MILESTONE_STATE),
        Column("programme", "The programme it belongs to.", refers_to="programme"),
        Column("subject", "The pilot, output or body it belongs to.", refers_to="fact"),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough named.", place="borough"),
    ),
    prefix="milestone",
    one_row="something dated",
)

TABLES = (PILOT, PILOT_ITEM, OUTPUT, COMMITMENT, STATUS_REPORT, MILESTONE)
