"""The LSCB interview mapping: what boards do, wish to do, and what stands in the way.

No answers to the 2010–11 interviews survive in the documents. The report's 2007 appendix, 14 boards' own statements,
stands in and is labelled so on screen.
"""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import ACTIVITY_KIND, ACTOR_KIND, ISSUE, SCOPE, STAGE

ROUND = Table(
    "round",
    "Rounds",
    "The occasions on which boards reported, or were to. Rounds of returns are added by the operations group.",
    (
        Column("round", "Short code of the round.", required=True, pattern="[a-z0-9]+(_[a-z0-9]+)*"),
        Column("label", "The name used on screen.", required=True),
        Column("meaning", "What the round was.", required=True),
        Column(
            "is_statement",
            "Whether an entry in it is the board's own statement of what it does, so that the board counts as one that "
            "reported.",
            kind=Kind.yes_no,
            required=True,
        ),
        Column("opens", "For a round of returns: the day from which boards are asked.", kind=Kind.date),
        Column("deadline", "For a round of returns: the last day for an answer.", kind=Kind.date),
    ),
    key="round",
    one_row="an occasion on which boards reported",
    made_by="python -m etl rounds",
    made_at="returns/rounds.csv",
)

RESPONSE = Vocabulary(
    "response",
    {
        "entry": ("Has an entry", "The round holds a statement of this board."),
        "mentioned": ("Only mentioned", "No entry of its own, but the document names its borough elsewhere."),
        "none": ("No entry", "No entry, and the document does not name its borough elsewhere."),
        "unknown": ("Not known", "The documents do not say whether it took part in the round."),
    },
)

ROUND_RESPONSE = Table(
    "round_response",
    "Who answered each round",
    "Whether a board has an entry in a round: the denominator of everything said about boards.",
    (
        Column("round", "The round.", required=True, refers_to="round"),
        Column("board", "The board.", required=True, place="board"),
        Column("asked", "Whether the document says that it was asked or was to be.", kind=Kind.yes_no, absent=True),
        Column("response", "What is there.", required=True, vocabulary=RESPONSE),
        Column("note", "What the text adds."),
    ),
    prefix="response",
    one_row="board × round",
    unique=("round", "board"),
)

ACTIVITY = Table(
    "activity",
    "Activities",
    "One actor, one act, one audience, as a document reports it.",
    (
        Column("round", "The round it was reported in.", required=True, refers_to="round"),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough named.", place="borough"),
        Column("actor_kind", "What sort of actor.", required=True, vocabulary=ACTOR_KIND),
        Column("actor", "Who acts: a body or a role, never a person.", required=True),
        Column("kind", "An act, its context, or taking part in another's.", required=True, vocabulary=ACTIVITY_KIND),
        Column("stage", "How far it had come. Not applicable for context.", absent=True, vocabulary=STAGE),
        Column("themes", "What it is about.", refers_to="theme", many=True, required=True),
        Column("issues", "Forms of abuse or concerns it deals with.", vocabulary=ISSUE, many=True),
        Column("communities", "Communities the text names with it.", refers_to="community", many=True),
        Column("audience", "For whom.", absent=True),
        Column("summary", "What is reported, in our words.", required=True),
        Column("happened", "When, as precise as known.", kind=Kind.partial_date, absent=True),
        Column("happened_text", "When, in the words of the text where they are relative."),
        Column("part_of", "The act it is a part of.", refers_to="activity"),
        Column("programme", "The programme it was part of, where the text says so.", refers_to="programme"),
    ),
    prefix="act",
    one_row="one actor, one act, one audience",
)

OBSTACLE_KIND = Vocabulary(
    "obstacle kind",
    {
        "staff_time": ("Staff time", "Too few staff, or too little of their time."),
        "money": ("Money", "Lack of funds or of a budget."),
        "unaffiliated": ("Unaffiliated groups", "Many small or new groups that belong to no umbrella body."),
        "trust": ("Trust", "Suspicion, mistrust or reluctance to engage."),
        "short_term": ("Short-term funding or posts", "A project or post too short to build a relation."),
        "recruitment": ("Recruitment", "Difficulty in filling a post."),
        "knowledge": ("Knowledge", "Lack of knowledge of law, services or communities."),
        "language": ("Language", "Lack of a common language."),
        "mobility": ("Mobility", "Groups or families that move between boroughs."),
        "access": ("Access and timing", "Unusual hours, no office, religious holidays, no reply."),
        "structure": ("Structure and leadership", "Hierarchies, politics within or between groups, no regulation."),
        "climate": ("Political climate", "Media attention, terrorism, immigration policy."),
        "data": ("Lack of data", "No figures, or figures that are out of date."),
        "capacity_of_group": ("Capacity of groups", "Little money, time or infrastructure on the group's side."),
        "services": ("Services", "Gaps in services or in how agencies work."),
    },
)

OBSTACLE = Table(
    "obstacle",
    "What stands in the way",
    "What a board or a group says makes the work hard.",
    (
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough named.", place="borough"),
        Column("said_by", "Who says so: a body or a role.", required=True),
        Column("kind", "What sort of obstacle.", required=True, vocabulary=OBSTACLE_KIND),
        Column("summary", "What is reported, in our words.", required=True),
    ),
    prefix="obstacle",
    one_row="one thing that stands in the way",
)

TABLES = (ROUND, ROUND_RESPONSE, ACTIVITY, OBSTACLE)
