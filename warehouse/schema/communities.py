"""Community and faith groups, and their contact with boards and programmes."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import SCOPE, STEP

GROUP_KIND = Vocabulary(
    "group kind",
    {
        "place_of_worship": ("Place of worship", "A church, mosque, synagogue, or the body that runs one."),
        "faith_body": ("Faith body", "A faith network, alliance, forum or advisory group."),
        "community": ("Community association", "An association of an ethnic or national community."),
        "women": ("Women's group", "A group of or for women."),
        "school": ("Supplementary or faith school", "A supplementary school, madrasa or faith school."),
        "youth": ("Youth group", "A group of or for young people."),
        "forum": ("Forum or alliance", "A local network of groups."),
        "service": ("Service or project", "A service or project that works with communities."),
    },
)

COMMUNITY_GROUP = Table(
    "community_group",
    "Community and faith groups",
    "Every community or faith group a document names. Where it is based and whom it serves are two facts.",
    (
        Column("name", "The name used on screen.", required=True),
        Column("printed", "The name as printed, where it differs.", many=True),
        Column("kind", "What sort of group.", required=True, vocabulary=GROUP_KIND),
        Column("faith", "The faith it is named for.", refers_to="community"),
        Column("communities", "The communities it is named for.", refers_to="community", many=True),
        Column("based_in", "The borough it is based in, where the text says so.", place="borough", absent=True),
        Column("serves", "The boroughs it serves, where the text says so.", place="borough", many=True),
        Column("serves_scope", "How far its reach is told.", required=True, vocabulary=SCOPE),
        Column("note", "What the text adds, or why it is filed so."),
    ),
    prefix="group",
    one_row="a group",
)

ENGAGEMENT = Table(
    "engagement",
    "Contact with groups",
    "A group's contact with a board or programme, and how far it went.",
    (
        Column("community_group", "The group, where it is named.", refers_to="community_group"),
        Column("described_as", "The group or groups in our words, where none is named."),
        Column("communities", "The communities the text names with it.", refers_to="community", many=True),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough whose board or adviser had the contact.", place="borough"),
        Column("programme", "The programme it was part of.", refers_to="programme"),
        Column("step", "How far it went.", required=True, vocabulary=STEP),
        Column("happened", "When.", kind=Kind.partial_date, absent=True),
        Column("summary", "What is reported, in our words.", required=True),
    ),
    prefix="engagement",
    one_row="group × board or programme",
)

TABLES = (COMMUNITY_GROUP, ENGAGEMENT)
