"""What boards send in: the sheets of a return, and what an edition keeps of every return it was built from.

A sheet is declared once, with the columns that everything else is declared with. The workbook, the readers, the checks
and the dictionary are made from it. Headings on paper are `heading(column)`; drop-downs show labels, facts hold codes.
An empty cell of a return means that the board did not report it.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.communities import GROUP_KIND
from warehouse.schema.mapping import OBSTACLE_KIND
from warehouse.schema.pilots import OUTPUT_KIND
from warehouse.schema.vocabulary import STAGE, STATE, STEP

PEOPLE_OR_ATTENDANCES = Vocabulary(
    "what is counted",
    {
        "people": ("People", "Each person counted once."),
        "attendances": ("Attendances", "A person who came twice is counted twice."),
        "not_stated": ("Not stated", "A printed report that does not say which of the two it counts."),
    },
)

BREAKDOWN = Vocabulary(
    "breakdown",
    {
        "all": ("Everybody", "The total of the course."),
        "group": ("Community group", "By the group people came from."),
        "ethnicity": ("Ethnicity", "By ethnicity as recorded locally."),
        "gender": ("Gender", "By gender as recorded locally."),
        "ethnicity_gender": ("Ethnicity and gender", "Both together, where they are known together."),
    },
)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a return. `name` is its code, `title` what stands on its tab.

    `sums`: columns of numbers whose sums are accounted for, as the rows are. `is_about_people`: its values are never
    printed, only where they stand. `is_optional`: a return without it is whole.
    """

    name: str
    title: str
    sentence: str
    one_row: str
    columns: tuple[Column, ...]
    sums: tuple[str, ...] = ()
    is_about_people: bool = False
    is_optional: bool = False


def heading(column: Column) -> str:
    """What stands over a column: its name as words."""
    return column.name.replace("_", " ").capitalize()


LINE = Column(
    "line",
    "Leave this as it is: it says which line this was last time. Leave it empty in a new line.",
    pattern="[a-z0-9]{1,12}",
)

START = Sheet(
    "start",
    "Start here",
    "Which board this return is from, and for which round.",
    "the return",
    (
        Column("board", "The board that sends it.", required=True, place="board"),
        Column("round", "The round it answers, as the operations group named it.", required=True, refers_to="round"),
        Column("as_at", "The date for which the return speaks.", kind=Kind.date, required=True),
        Column("sent", "The day on which it is sent.", kind=Kind.date, required=True),
        Column(
            "version", "1 for the first time; one more each time it is sent again.", kind=Kind.integer, required=True,
            minimum=1,
        ),
    ),
)  # fmt: skip
"""The one row that says whose return it is. In the workbook it stands on its own sheet, a line a column; in a CSV file
its columns stand first in every row."""

INTERVIEW_MAPPING = Sheet(
    "interview_mapping",
    "Interview mapping",
    "What the board does with minority ethnic, culture and faith communities, what it wishes to do, and what stands in "
    "the way: one line or more for each theme.",
    "one theme, with what is done, wished for or in the way",
    (
        LINE,
        Column("theme", "What it is about.", required=True, refers_to="theme"),
        Column("borough", "Which borough, where the board has more than one.", place="borough"),
        Column("present_activity", "What is done or prepared now. No names of people.", absent=True),
        Column("stage", "How far it has come.", absent=True, vocabulary=STAGE),
        Column("communities", "With which communities.", refers_to="community", many=True),
        Column("partners", "With which partner agencies.", refers_to="partner", many=True),
        Column("obstacle", "What stands in the way, as a kind.", absent=True, vocabulary=OBSTACLE_KIND),
        Column("obstacle_detail", "What stands in the way, in words.", absent=True),
        Column("aspiration", "What the board wishes to do.", absent=True),
    ),
)

PILOTS = Sheet(
    "pilots",
    "Pilots",
    "Where each pilot stands, and what became of what it promised: one line for each output, or one for a pilot that "
    "has none.",
    "one output of a pilot, or a pilot without one",
    (
        LINE,
        Column("pilot", "The name of the pilot.", required=True),
        Column("borough", "Which borough, where the board has more than one.", place="borough"),
        Column("stage", "Where the pilot stands.", absent=True, vocabulary=STATE),
        Column("planned_from", "Planned beginning.", kind=Kind.partial_date, absent=True),
        Column("planned_to", "Planned end.", kind=Kind.partial_date, absent=True),
        Column("actual_from", "When it began.", kind=Kind.partial_date, absent=True),
        Column("actual_to", "When it ended.", kind=Kind.partial_date, absent=True),
        Column("reason_for_delay", "Why it is later than planned, in words.", absent=True),
        Column("output", "What it is to produce.", absent=True),
        Column("output_kind", "What sort of output.", absent=True, vocabulary=OUTPUT_KIND),
        Column("output_stage", "Where the output stands.", absent=True, vocabulary=STATE),
        Column("output_planned_for", "When it is promised for.", kind=Kind.partial_date, absent=True),
        Column("where_to_find_it", "Where others can find it. No names or addresses of people.", absent=True),
        Column("by_next_meeting", "What to expect by the next meeting.", absent=True),
    ),
)

GROUPS = Sheet(
    "community_groups",
    "Community groups",
    "The community and faith groups the board knows of, and how far contact with each has come.",
    "one group",
    (
        LINE,
        Column("name", "The name of the group.", required=True),
        Column("kind", "What sort of group.", required=True, vocabulary=GROUP_KIND),
        Column("faith", "The faith it is named for.", refers_to="community", facet="faith"),
        Column("communities", "The communities it is named for.", refers_to="community", many=True),
        Column("based_in", "The borough it is based in.", place="borough", absent=True),
        Column("serves", "The boroughs it serves.", place="borough", many=True),
        Column("step", "How far contact has come.", required=True, vocabulary=STEP),
        Column("last_confirmed", "When that was last confirmed.", kind=Kind.partial_date, absent=True),
    ),
)

TRAINING = Sheet(
    "training",
    "Training",
    "How many were trained: one line for each number. The lines of a breakdown add up to its line 'Everybody'.",
    "one number of one course",
    (
        LINE,
        Column("course", "The name of the course or series.", required=True),
        Column("borough", "Which borough, where the board has more than one.", place="borough"),
        Column("audience", "For whom it was.", absent=True),
        Column("held_from", "Its first day.", kind=Kind.partial_date, absent=True),
        Column("held_to", "Its last day.", kind=Kind.partial_date, absent=True),
        Column(
            "counts", "People, or attendances. Not stated only where nobody knows any more.", required=True,
            vocabulary=PEOPLE_OR_ATTENDANCES,
        ),
        Column("breakdown", "By what.", required=True, vocabulary=BREAKDOWN),
        Column("category", "Which group, ethnicity or gender. 'Not known' is one. Empty for Everybody."),
        Column("gender", "Which gender, for Ethnicity and gender."),
        Column("number", "How many.", kind=Kind.integer, unit="people", absent=True, minimum=0),
        Column(
            "percentage", "The percentage printed beside it, if there is one.", kind=Kind.decimal, unit="per cent",
            absent=True, minimum=0,
        ),
    ),
    sums=("number",),
)  # fmt: skip

ATTENDANCE = Sheet(
    "attendance",
    "Attendance",
    "Instead of Training, or beside it: one line for each time somebody came. It is counted as it is read, and no line "
    "of it is kept in the atlas.",
    "one person at one session",
    (
        Column(
            "pseudonym", "A made-up sign that is the same for the same person. Never a name.", required=True,
            pattern="[A-Za-z_/-]*[0-9][A-Za-z0-9_/-]*",
        ),
        Column("course", "The name of the course or series.", required=True),
        Column("session", "The day of the session.", kind=Kind.date, required=True),
        Column("community_group", "The group the person came from."),
        Column("ethnicity", "Ethnicity as recorded locally."),
        Column("gender", "Gender as recorded locally."),
    ),
    is_about_people=True,
    is_optional=True,
)  # fmt: skip

SHEETS: dict[str, Sheet] = {sheet.name: sheet for sheet in (INTERVIEW_MAPPING, PILOTS, GROUPS, TRAINING, ATTENDANCE)}
"""The sheets of a return in the order of the workbook; 'Start here' stands before them and the codes behind them."""

SURVEY = "survey"
"""The code under which what was counted from the export of a survey stands among the sheets."""


def title_of(sheet: str) -> str:
    """What a sheet is called on screen, by its code; the code itself for a sheet that is not ours."""
    if sheet == SURVEY:
        return "Survey"
    known = {START.name: START, **SHEETS}.get(sheet)
    return known.title if known else sheet


def is_counted_sheet(sheet: str) -> bool:
    """Whether the rows of a sheet are counted and not kept."""
    return sheet == SURVEY or SHEETS[sheet].is_about_people


RETURN_STATE = Vocabulary(
    "state of a return",
    {
        "accepted": ("Accepted", "Every row of it is in this edition."),
        "partly": ("Accepted in part", "Some rows are in this edition; the others are listed with the reason."),
        "replaced": ("Replaced", "A later return of the same board and round stands in its place."),
        "refused": ("Refused", "Nothing of it could be loaded; the reason is listed."),
    },
)

STANDS = ("accepted", "partly")
"""States of a return whose rows are in the edition."""

RETURN_FILE = Table(
    "return_file",
    "Returns received",
    "Every file that boards sent in, and what became of it.",
    (
        Column("return_file", "The hash of its bytes.", required=True, pattern="[0-9a-f]{64}"),
        Column("file_name", "The name it came under.", required=True),
        Column("form", "What sort of file it is.", required=True),
        Column("board", "The board that sent it, where that could be read.", place="board"),
        Column("round", "The round it answers, where that could be read.", refers_to="round"),
        Column("as_at", "The date for which it speaks.", kind=Kind.date),
        Column("sent", "The day on which it was sent, as it says.", kind=Kind.date),
        Column("version", "Its number among those of the same board and round.", kind=Kind.integer),
        Column("state", "What became of it.", required=True, vocabulary=RETURN_STATE),
        Column("reason", "For a refused file: why."),
    ),
    key="return_file",
    made_by="python -m etl receive FILE",
    one_row="a file received",
)

RETURN_ACCOUNT = Table(
    "return_account",
    "What became of every row of a return",
    "Rows in = loaded + refused + declared non-data, and sums in = sums loaded + sums refused, file by file and sheet "
    "by sheet.",
    (
        Column("return_account", "Short name of the line: file and sheet.", required=True),
        Column("return_file", "The file.", required=True, refers_to="return_file"),
        Column("sheet", "The sheet.", required=True),
        Column("rows_in", "Rows below the heading.", kind=Kind.integer, required=True, minimum=0),
        Column("rows_loaded", "Rows loaded, or counted in.", kind=Kind.integer, required=True, minimum=0),
        Column("rows_refused", "Rows refused with a reason.", kind=Kind.integer, required=True, minimum=0),
        Column("rows_not_data", "Empty rows and rows of totals.", kind=Kind.integer, required=True, minimum=0),
        Column("sum_in", "Sum of the numbers in those rows.", kind=Kind.integer, required=True),
        Column("sum_loaded", "Sum of the numbers loaded.", kind=Kind.integer, required=True),
        Column("sum_refused", "Sum of the numbers refused.", kind=Kind.integer, required=True),
    ),
    key="return_account",
    made_by="python -m etl receive FILE",
    one_row="file × sheet",
)

RETURN_FAULT = Table(
    "return_fault",
    "Faults in returns",
    "Every fault found in a return: an error keeps its row out, a warning does not.",
    (
        Column("return_fault", "Short name of the line.", required=True),
        Column("return_file", "The file.", required=True, refers_to="return_file"),
        Column("sheet", "The sheet.", required=True),
        Column("line", "The row on the sheet; 0 speaks of the whole sheet.", kind=Kind.integer, required=True),
        Column("column_name", "The column, by its heading."),
        Column("value", "What stands there; never of a column about people."),
        Column("expected", "What was expected, and how to mend it.", required=True),
        Column("is_error", "Whether it keeps the row out.", kind=Kind.yes_no, required=True),
    ),
    key="return_fault",
    made_by="python -m etl receive FILE",
    one_row="one fault of one file",
)

SURVEY_COUNTS = Vocabulary(
    "what a line of a survey counts",
    {
        "respondents": ("Everybody who answered", "All who answered the survey; each counted once."),
        "answered": ("Answered the question", "Those who answered this question in any way."),
        "chose": ("Chose an option", "Those who chose this option. Somebody who chose two is counted under both."),
        "other": ("Gave another answer", "Those whose answer fewer than five gave, where no options are listed."),
        "wrote": ("Wrote in their own words", "Those who wrote something. What they wrote is not kept."),
    },
)

SURVEY_COUNT = Table(
    "survey_count",
    "Answers to surveys",
    "How many answered what in an online survey. Nothing of a single respondent is kept, nor any text they wrote.",
    (
        Column("survey_count", "Short name of the line: file and number.", required=True),
        Column("return_file", "The export it was counted from.", required=True, refers_to="return_file"),
        Column("question_number", "The question's place in the export; 0 for all.", kind=Kind.integer, required=True),
        Column("question", "The question as printed; empty for the line on all respondents."),
        Column("option", "The option as printed; empty where the line counts no option."),
        Column("counts", "What is counted.", required=True, vocabulary=SURVEY_COUNTS),
        Column(
            "respondents", "How many. The options of a question do not add up to those who answered it where several "
            "could be chosen.", kind=Kind.integer, unit="people", required=True, minimum=0,
        ),
    ),
    key="survey_count",
    made_by="python -m etl receive FILE",
    one_row="file × question × option",
)  # fmt: skip

CHASE_STATE = Vocabulary(
    "step of a round",
    {
        "asked": ("Asked", "The board was asked for a return."),
        "opened": ("Opened", "The board took the workbook."),
        "queried": ("Queried", "The operations group asked the board about its return."),
        "accepted": ("Accepted", "The operations group accepted the return."),
    },
)
"""Steps that the operations group notes. Received and silent follow from the files and the deadline."""

CHASE = Table(
    "chase",
    "Steps of a round",
    "What the operations group noted of a board in a round.",
    (
        Column("chase", "Short name of the line: round, board and step.", required=True),
        Column("round", "The round.", required=True, refers_to="round"),
        Column("board", "The board.", required=True, place="board"),
        Column("step", "What happened.", required=True, vocabulary=CHASE_STATE),
        Column("happened", "On which day.", kind=Kind.date, required=True),
    ),
    key="chase",
    made_by="python -m etl rounds",
    made_at="returns/chase.csv",
    one_row="round × board × step",
)

TABLES = (RETURN_FILE, RETURN_ACCOUNT, RETURN_FAULT, SURVEY_COUNT, CHASE)
