"""Evidence and what was said about it: counts from case files and police, statements, the file audit's questions."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import ISSUE, SCOPE

ORIGIN = Vocabulary(
    "origin of a count",
    {
        "case_files": ("Case files reviewed", "Files of children's social care and police that the audit read."),
        "police": ("Police figures", "Figures the Metropolitan Police published."),
        "referrals": ("Referrals", "Referrals to statutory services."),
    },
)

EVIDENCE_COUNT = Table(
    "evidence_count",
    "Case-file and police figures",
    "A count from case files or the police, with its period and unit. London level only; never added across sources.",
    (
        Column("origin", "Where the count comes from.", required=True, vocabulary=ORIGIN),
        Column("issue", "The form of abuse; none for all together.", vocabulary=ISSUE),
        Column("value", "The count.", kind=Kind.integer, absent=True, minimum=0),
        Column("unit", "What is counted.", required=True),
        Column("period_from", "Beginning of the period.", kind=Kind.partial_date, absent=True),
        Column("period_to", "End of the period.", kind=Kind.partial_date, absent=True),
        Column("is_total", "Whether it is a printed total.", kind=Kind.yes_no, required=True),
        Column("caveat", "What it is and is not.", required=True),
    ),
    prefix="evidence",
    one_row="a count with its period and unit",
)

STATEMENT_KIND = Vocabulary(
    "statement kind",
    {
        "finding": ("Finding", "One of the 16 numbered findings of the report."),
        "recommendation": ("Recommendation", "One of the 13 numbered recommendations of the report."),
        "other_recommendation": ("Other recommendation", "A recommendation or suggestion made elsewhere."),
        "key_message": ("Key message from the file audits", "One of the numbered messages of section 4.5."),
        "method": ("What worked", "A method of engagement found effective."),
        "detail": ("Supporting finding", "A finding in the text that supports or adds to a numbered one."),
        "practice_example": ("Practice example", "An example of practice. Unattributed where the text is."),
        "good_practice": ("Good practice in case files", "Good practice that the file audit noted."),
        "practice_concern": ("Concern from case files", "A weakness in practice that the file audit noted."),
        "community_view": ("Community view", "What community and faith representatives said, without names."),
        "practitioner_view": ("Practitioner view", "What professionals said in discussion groups."),
        "family_view": ("Family view", "What accounts of parents and carers on file said."),
        "priority": ("Priority communities bring", "A concern that communities raised themselves."),
        "achievement": ("Achievement", "What the project says it achieved."),
        "risk": ("Risk of withdrawal", "What the report says would be lost if the work ended."),
        "context": ("Context", "Background to the work."),
        "conclusion": ("Conclusion", "A conclusion of the document as a whole."),
    },
)

STATEMENT = Table(
    "statement",
    "Findings, recommendations, examples and views",
    "What a document finds, recommends, gives as an example, or reports that others said.",
    (
        Column("kind", "What sort of statement.", required=True, vocabulary=STATEMENT_KIND),
        Column("number", "Its number in the document, where it has one."),
        Column("headline", "The statement in one line, in our words.", required=True),
        Column("summary", "What more the text says, in our words."),
        Column("scope", "Which place it is about.", required=True, vocabulary=SCOPE),
        Column("borough", "The borough, only where the text names it.", place="borough"),
        Column("programme", "The programme it comes from.", refers_to="programme"),
        Column("to_whom", "Whom a recommendation addresses."),
        Column("said_by", "Who said it: a role, never a name."),
        Column("issues", "Forms of abuse or concerns it deals with.", vocabulary=ISSUE, many=True),
        Column("themes", "Themes it touches.", refers_to="theme", many=True),
        Column("communities", "Communities the text names with it.", refers_to="community", many=True),
    ),
    prefix="statement",
    one_row="a finding, recommendation, example or view",
)

AUDIT_QUESTION = Table(
    "audit_question",
    "Questions of the file audit tool",
    "What the file audit asked of each case file.",
    (
        Column("part", "Part of the tool.", required=True),
        Column("number", "Number in that part.", kind=Kind.integer, required=True),
        Column("question", "What it asks, in our words.", required=True),
    ),
    prefix="audit",
    one_row="a question",
    unique=("part", "number"),
)

TABLES = (EVIDENCE_COUNT, STATEMENT, AUDIT_QUESTION)
