"""The people who live in each area, by census group, and which group a locally recorded ethnicity is filed under.

The census tables themselves are not part of the project: people load those they have (`python -m etl population`).
Without them `population` has no row, and no rate can be worked out.
"""

from __future__ import annotations

from warehouse.schema.column import BASIS, Column, Kind, Table, Vocabulary

CENSUS_SUBJECT = Vocabulary(
    "census subject",
    {
        "ethnic_group": ("Ethnic group", "The census's question on ethnic group."),
        "religion": ("Religion", "The census's question on religion, which people may leave out."),
    },
)

CENSUS_LEVEL = Vocabulary(
    "census level",
    {
        "all": ("Everybody", "The total of the table."),
        "broad": ("Heading", "A heading that several groups stand under."),
        "group": ("Group", "One of the groups that add up to everybody."),
        "not_stated": ("Not stated", "A category of records that the census table does not have."),
    },
)

FIT = Vocabulary(
    "fit to the census",
    {
        "own_row": ("A row of its own", "The census counts this group by itself: a rate can be worked out."),
        "part_of": (
            "Part of a row",
            "The census counts it together with others: how many live here is not known, so there is no rate for it.",
        ),
        "none": ("No census row", "No row can be said to hold it: there is no rate for it."),
    },
)

FILING_RULE = Vocabulary(
    "filing rule",
    {
        "named_row": ("Named in the census", "The census has a row or heading for it."),
        "african_by_country": (
            "African by country",
            "A people of Africa south of the Sahara, Sudan included, is filed under Black African, the box that both "
            "census forms offer. The health service's extended list differs: it has Somali and Nigerian under Other "
            "Black.",
        ),
        "extended_list": (
            "Extended list",
            "Filed as the extended list of ethnic categories does that the health service used around 2010 with the "
            "2001 groups.",
        ),
        "cannot_be_placed": (
            "Cannot be placed",
            "The Office for National Statistics names it among the answers of 2001 that cannot be placed in one group: "
            "they were counted under whichever heading they were written in.",
        ),
    },
)

NO_RATE = Vocabulary(
    "why there is no rate",
    {
        "no_population": (
            "No denominator loaded",
            "No census table of this subject and year is loaded. Download one from Nomis by local authority district "
            "and run: python -m etl population FILE, then python -m etl build.",
        ),
        "part_of": (
            "Counted with others",
            "The census counts it in a row together with others, so how many of it live here is not known.",
        ),
        "no_row": ("No census row", "No row of the census can be said to hold it."),
        "not_filed": (
            "Not filed yet",
            "This ethnicity is not in the list of where ethnicities are filed (data/reference/ethnic_label.csv).",
        ),
        "not_known": ("Not known", "The ethnicity of these people is not known, so nobody can say whom to divide by."),
        "not_counted": ("No number", "The document prints no number for it, or for one of those filed together."),
        "attendances": (
            "Attendances",
            "Attendances are counted, and residents are people: one is no share of the other.",
        ),
        "nobody": ("Nobody counted", "The census counted nobody of this group in this area."),
    },
)

GROUP_KEY = r"(2001|2011)-(ethnic|religion)-[a-z_]+"

CENSUS_GROUP = Table(
    "census_group",
    "Census groups",
    "The ethnic groups and religions of the censuses of 2001 (16 groups, and 'not stated' in records) and 2011 (18).",
    (
        Column("census_group", "Short code of the group.", required=True, pattern=GROUP_KEY),
        Column("census", "The census.", kind=Kind.integer, required=True, minimum=2001),
        Column("subject", "What was asked.", required=True, vocabulary=CENSUS_SUBJECT),
        Column("position", "Its place in the table.", kind=Kind.integer, required=True, minimum=1),
        Column("level", "Total, heading or group.", required=True, vocabulary=CENSUS_LEVEL),
        Column("label", "The name used on screen.", required=True),
        Column("within", "The heading or total it adds to.", refers_to="census_group"),
        Column("record_code", "Its letter in the 16+1 list that services record by.", pattern="[A-Z]"),
        Column("nearest_2001", "For a group of 2011: the nearest group of 2001.", refers_to="census_group"),
        Column("community", "For a religion: the faith community it counts.", refers_to="community"),
        Column("printed", "How census tables print it.", many=True),
        Column("note", "What to know when comparing it."),
    ),
    key="census_group",
    one_row="a group of one census",
    unique=("census", "subject", "position"),
)

ETHNIC_LABEL = Table(
    "ethnic_label",
    "Where ethnicities are filed",
    "Each ethnicity as printed, the community it is filed as, its group in either census, by which rule, and why.",
    (
        Column("printed", "The ethnicity as printed, misspellings included.", required=True),
        Column("community", "The community it is filed as.", required=True, refers_to="community"),
        Column("group_2001", "Its group in the 2001 census.", refers_to="census_group", absent=True),
        Column("fit_2001", "How well that group fits.", required=True, vocabulary=FIT),
        Column("group_2011", "Its group in the 2011 census.", refers_to="census_group", absent=True),
        Column("fit_2011", "How well that group fits.", required=True, vocabulary=FIT),
        Column("rule", "The rule it is filed by.", required=True, vocabulary=FILING_RULE),
        Column("why", "Why it is filed so.", required=True),
    ),
    key="printed",
    one_row="an ethnicity as printed",
)

POPULATION = Table(
    "population",
    "Residents",
    "The residents of each area by census group, from the census tables that were loaded. Empty until one is.",
    (
        Column("population", "Short name of the row: group and area.", required=True),
        Column("gss_code", "The area.", required=True, refers_to="borough"),
        Column("census_group", "The group.", required=True, refers_to="census_group"),
        Column("year", "The census it counts.", kind=Kind.integer, required=True, minimum=2001),
        Column("people", "Residents.", kind=Kind.integer, unit="people", absent=True, minimum=0),
        Column("basis", "Stated: printed in the table. Derived: added up by us.", required=True, vocabulary=BASIS),
        Column("rule", "For a derived count: what was added up."),
        Column("census_table", "The table, as it calls itself.", required=True),
        Column("table_file", "The file it was read from.", required=True),
        Column("file_sha256", "The hash of that file.", required=True, pattern="[0-9a-f]{64}"),
        Column("note", "What the file says of its numbers."),
    ),
    key="population",
    one_row="area × census group",
    unique=("gss_code", "census_group"),
    made_by="python -m etl population FILE",
)

TABLES = (CENSUS_GROUP, ETHNIC_LABEL, POPULATION)
