"""Documents, places and themes: the lists everything else refers to (`data/reference/`)."""

from __future__ import annotations

from warehouse.schema.column import BASIS, Column, Kind, Table, Vocabulary

RING = Vocabulary(
    "inner or outer",
    {
        "inner": ("Inner London", "Inner London by the definition named."),
        "outer": ("Outer London", "Outer London by the definition named."),
        "city": ("City of London", "Neither, by statute."),
    },
)

DOCUMENT = Table(
    "document",
    "Documents",
    "The published sources that the atlas is transcribed from.",
    (
        Column("document", "Short code of the document.", required=True, pattern=r"[a-z]+(_[a-z0-9]+)+"),
        Column("short_name", "The name used on screen.", required=True),
        Column("title", "What the document calls itself.", required=True),
        Column("publisher", "Who issued it.", required=True),
        Column("date_text", "Its date as printed, or that it is undated.", required=True),
        Column("dated", "Its date.", kind=Kind.partial_date, required=True),
        Column("date_basis", "Whether that date is printed there.", required=True, vocabulary=BASIS),
        Column("date_rule", "For an inferred date: on what ground."),
        Column(
            "usable_from",
            "The first day on which a view as at a date may use it: the last day of a printed month, or the inferred "
            "earliest date.",
            kind=Kind.date,
            required=True,
        ),
        Column("about", "What it is and what it covers.", required=True),
    ),
    key="document",
    one_row="a published source",
)

BOROUGH = Table(
    "borough",
    "Boroughs",
    "The 33 local authorities of London, which are the areas on the maps.",
    (
        Column("gss_code", "Code of the Office for National Statistics.", required=True, pattern=r"E09\d{6}"),
        Column("ons_old_code", "Its code before 2009, in older tables.", required=True, pattern=r"00[A-Z]{2}"),
        Column("borough", "Short name.", required=True),
        Column("official_name", "Full name of the authority.", required=True),
        Column(
            "ring_ons", "Inner or outer London by the Office for National Statistics.", required=True, vocabulary=RING
        ),
        Column("ring_statutory", "Inner or outer by the London Government Act 1963.", required=True, vocabulary=RING),
    ),
    key="gss_code",
    one_row="a local authority",
)

BOARD = Table(
    "board",
    "Local safeguarding children boards",
    "The 32 local safeguarding children boards (LSCBs), which are the bodies that report.",
    (
        Column("board", "Short code of the board.", required=True, pattern=r"[a-z]+(-[a-z]+)*"),
        Column("board_name", "The area it is named after.", required=True),
    ),
    key="board",
    one_row="a board",
)

AUTHORITY_BOARD = Table(
    "authority_board",
    "Which board covers which borough",
    "The lookup from 33 authorities to 32 boards, around 2010.",
    (
        Column("gss_code", "The authority.", required=True, refers_to="borough"),
        Column("board", "Its board.", required=True, refers_to="board"),
        Column("verified", "How far the line is verified.", required=True),
        Column("basis", "How we know it.", required=True, vocabulary=BASIS),
        Column("source", "Where the line comes from.", required=True),
        Column("valid_from", "First year the source speaks for.", kind=Kind.partial_date, required=True),
    ),
    key="gss_code",
    one_row="an authority",
)

THEME = Table(
    "theme",
    "Themes of activity",
    "What an activity is about. A list of our own, made to hold what the 14 boards' statements report.",
    (
        Column("theme", "Short code of the theme.", required=True, pattern=r"[a-z]+(_[a-z]+)*"),
        Column("label", "The name used on screen.", required=True),
        Column("meaning", "What belongs under it.", required=True),
    ),
    key="theme",
    one_row="a theme",
)

COMMUNITY_FACET = Vocabulary(
    "community facet",
    {
        "ethnic": ("Ethnic or national", "A community named after a people, a nation or a region."),
        "faith": ("Faith", "A community named after a faith or a church."),
        "language": ("Language", "A community named after a language."),
        "umbrella": ("Umbrella", "A word for many communities at once."),
    },
)

COMMUNITY = Table(
    "community",
    "Communities",
    "Every ethnic, national, faith or language community that a document names.",
    (
        Column("community", "Short code of the community.", required=True, pattern=r"[a-z]+(_[a-z]+)*"),
        Column("label", "The name used on screen.", required=True),
        Column("facet", "What kind of community it is.", required=True, vocabulary=COMMUNITY_FACET),
        Column("printed", "The names and spellings in the documents that are filed here.", many=True),
        Column("within", "The wider community it belongs to.", refers_to="community"),
        Column("why", "Why a printed name that is not the label is filed here."),
    ),
    key="community",
    one_row="a community",
)

TABLES = (DOCUMENT, BOROUGH, BOARD, AUTHORITY_BOARD, THEME, COMMUNITY)
