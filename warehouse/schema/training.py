"""Training reach: courses, the people counted in them, and other printed numbers of people and groups reached."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import SCOPE, UNIT_OF_COUNT

DIMENSION = Vocabulary(
    "dimension",
    {
        "all": ("All", "The total of the round."),
        "group": ("Community group", "By the group people came from."),
        "ethnicity": ("Ethnicity", "By ethnicity as recorded locally."),
        "gender": ("Gender", "By gender as recorded locally."),
        "ethnicity_gender": ("Ethnicity and gender", "Both together, where a return knows them together."),
    },
)

GENDER = Vocabulary(
    "gender",
    {
        "Female": ("Female", "Recorded as female, or as a woman or girl."),
        "Male": ("Male", "Recorded as male, or as a man or boy."),
    },
)
"""What `filed` of a line by gender may say, beside the words of UNPLACED."""

UNPLACED = Vocabulary(
    "people of no named category",
    {
        "Not known": ("Not known", "What they are was not recorded."),
        "Unknown": ("Unknown", "The same, as some documents say it."),
        "Not stated": ("Not stated", "They were asked and did not say, or the document does not tell."),
        "Not recorded": ("Not recorded", "Nobody wrote it down."),
        "Not given": ("Not given", "They did not give it."),
        "Other": ("Other", "All who are in none of the categories named."),
    },
)
"""What `filed` of a line may say where the people in it belong to no community, group or gender that is named."""

TRAINING_ROUND = Table(
    "training_round",
    "Training rounds",
    "A course or series of training sessions with counted participants.",
    (
        Column("title", "The name used on screen.", required=True),
        Column("programme", "The programme it belongs to.", refers_to="programme"),
        Column("borough", "The borough.", required=True, place="borough"),
        Column("round_number", "Its number, where printed.", kind=Kind.integer, absent=True, minimum=1),
        Column("people", "People trained, as printed.", kind=Kind.integer, unit="people", absent=True, minimum=0),
        Column("unit_of_count", "What the total counts.", required=True, vocabulary=UNIT_OF_COUNT),
        Column("sessions", "Number of sessions.", kind=Kind.integer, absent=True, minimum=0),
        Column("session_size_low", "Estimated participants a session, lowest.", kind=Kind.integer, absent=True),
        Column("session_size_high", "Estimated participants a session, highest.", kind=Kind.integer, absent=True),
        Column("budget_gbp", "Budget.", kind=Kind.integer, unit="pounds", absent=True, minimum=0),
        Column("narrative_from", "Beginning, in the narrative.", kind=Kind.partial_date, absent=True),
        Column("narrative_to", "End, in the narrative.", kind=Kind.partial_date, absent=True),
        Column("tables_from", "Beginning, over the tables.", kind=Kind.partial_date, absent=True),
        Column("tables_to", "End, over the tables.", kind=Kind.partial_date, absent=True),
        Column("content", "What was taught, in our words.", required=True),
    ),
    prefix="training",
    one_row="a course or series",
)

TRAINING_COUNT = Table(
    "training_count",
    "People trained",
    "A count in one category of one dimension of a training round. The dimensions cannot be joined.",
    (
        Column("training_round", "The round.", required=True, refers_to="training_round"),
        Column("dimension", "Which breakdown.", required=True, vocabulary=DIMENSION),
        Column("printed", "The category as printed.", required=True),
        Column(
            "filed",
            f"The category as filed: usual spelling. A gender is {' or '.join(GENDER.codes)}, or not known.",
            required=True,
        ),
        Column(
            "community",
            "The community, for an ethnicity. Empty only for people of no named one, such as Not known.",
            refers_to="community",
        ),
        Column(
            "community_group",
            "The group, for a group. Empty only for people of no named one.",
            refers_to="community_group",
        ),
        Column("people", "The count.", kind=Kind.integer, unit="people", absent=True, minimum=0),
        Column("unit_of_count", "What it counts.", required=True, vocabulary=UNIT_OF_COUNT),
        Column("printed_percentage", "The percentage as printed.", kind=Kind.decimal, unit="per cent", absent=True),
    ),
    prefix="count",
    one_row="a count in one category of one dimension",
    unique=("training_round", "dimension", "printed"),
)

FIGURE_KIND = Vocabulary(
    "figure kind",
    {
        "attendance": ("Attendance", "People at an event or course."),
        "reach": ("Reach", "Groups or people written to, listed or reached."),
        "participants": ("Participants", "Boroughs, boards or agencies taking part."),
        "posts": ("Posts", "Posts, appointments and staff."),
        "population": ("Population", "London's people, children, languages."),
        "caseload": ("Referrals and meetings", "Referrals and meetings about children, without a person."),
        "members": ("Members", "Members of a body."),
        "money": ("Money", "Sums or shares of money outside a budget."),
        "other": ("Other", "Another printed number."),
    },
)

PRECISION = Vocabulary(
    "precision",
    {
        "exact": ("", "Printed as an exact number."),
        "about": ("about ", "Printed as approximate."),
        "more_than": ("more than ", "Printed as a lower bound."),
        "at_least": ("at least ", "Printed as a lower bound, itself included."),
        "up_to": ("up to ", "Printed as an upper bound."),
        "range": ("", "Printed as a range."),
    },
)

PRINTED_FIGURE = Table(
    "printed_figure",
    "Other printed numbers",
    "A number that a document prints outside a table: people at a conference, groups written to, share of Londoners.",
    (
        Column("title", "What is counted.", required=True),
        Column("kind", "What sort of number.", required=True, vocabulary=FIGURE_KIND),
        Column("value", "The number, or the lower end of a range.", kind=Kind.decimal, absent=True, minimum=0),
        Column("value_high", "The upper end of a range.", kind=Kind.decimal),
        Column("precision", "How exact it is.", required=True, vocabulary=PRECISION),
        Column("unit", "Of what.", required=True),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough named.", place="borough"),
        Column("programme", "The programme it belongs to.", refers_to="programme"),
        Column("note", "What the text adds."),
    ),
    prefix="figure",
    one_row="a printed number",
)

TABLES = (TRAINING_ROUND, TRAINING_COUNT, PRINTED_FIGURE)
