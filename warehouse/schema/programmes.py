"""Programmes: who planned, funded and ran them, where, and what they cost."""

from __future__ import annotations

from warehouse.schema.column import Column, Kind, Table, Vocabulary
from warehouse.schema.vocabulary import ROLE

PROGRAMME_KIND = Vocabulary(
    "programme kind",
    {
        "partnership": ("Community partnership", "Work with minority ethnic, culture and faith communities."),
        "linked": ("Linked", "A project of others that a partnership programme links to."),
        "police": ("Police", "A project or unit of the Metropolitan Police."),
        "other": ("Other London Board work", "Other work that the London Board reports beside it."),
    },
)

PROGRAMME = Table(
    "programme",
    "Programmes",
    "Named projects and initiatives.",
    (
        Column("name", "The name used on screen.", required=True),
        Column("kind", "What sort of programme it is.", required=True, vocabulary=PROGRAMME_KIND),
        Column("aliases", "Other names the documents use.", many=True),
        Column("planned_from", "Planned beginning.", kind=Kind.partial_date, absent=True),
        Column("planned_to", "Planned end.", kind=Kind.partial_date, absent=True),
        Column("actual_from", "Reported beginning.", kind=Kind.partial_date, absent=True),
        Column("actual_to", "Reported end.", kind=Kind.partial_date, absent=True),
        Column("summary", "What it set out to do, in our words.", required=True),
    ),
    prefix="programme",
    one_row="a named project or initiative",
)

PROGRAMME_BOROUGH = Table(
    "programme_borough",
    "Boroughs in programmes",
    "Which borough had which role in which programme. Plans, proposals and interest are kept apart from taking part.",
    (
        Column("programme", "The programme.", required=True, refers_to="programme"),
        Column("borough", "The borough.", required=True, place="borough"),
        Column("role", "Its role.", required=True, vocabulary=ROLE),
        Column("note", "What the text adds."),
    ),
    prefix="pb",
    one_row="borough × programme × role",
    unique=("programme", "borough", "role", "document"),
)

PARTNER_KIND = Vocabulary(
    "partner kind",
    {
        "voluntary": ("Voluntary sector", "A charity or voluntary body."),
        "government": ("Government", "A department or agency of central government."),
        "police": ("Police and justice", "Police, prosecution, youth justice."),
        "health": ("Health", "NHS bodies."),
        "local": ("Local government", "A council or its umbrella body."),
        "regional": ("London-wide body", "A body for the whole of London."),
        "faith": ("Faith body", "A church, mosque or faith umbrella body."),
        "funder": ("Funder", "A grant-making body or fund."),
        "other": ("Other", "Another body."),
    },
)

PARTNER = Table(
    "partner",
    "Partner agencies",
    "Agencies named as funders, co-ordinators, providers or members.",
    (
        Column("name", "The name used on screen.", required=True),
        Column("kind", "What sort of agency.", required=True, vocabulary=PARTNER_KIND),
        Column("aliases", "Other names the documents use.", many=True),
    ),
    prefix="partner",
    one_row="an agency",
)

PARTNER_ROLE = Vocabulary(
    "partner role",
    {
        "funder": ("Funder", "Pays for it, or is to pay."),
        "co_ordinator": ("Co-ordinator", "Runs or co-ordinates it."),
        "employer": ("Employer", "Employs its staff."),
        "commissioned": ("Commissioned", "Paid to do a part of it."),
        "delivery": ("Delivery partner", "Helps to carry it out."),
        "member": ("Member", "Sits on it."),
        "host": ("Host", "Hosts or co-hosts it."),
        "support": ("Support", "Gives advice, material or expertise."),
        "invited": ("Interested or invited", "Interested or to be approached; not agreed."),
    },
)

PARTNER_LINK = Table(
    "partner_link",
    "What each partner does",
    "An agency's role in a programme, pilot, body, output or event.",
    (
        Column("partner", "The agency.", required=True, refers_to="partner"),
        Column("role", "Its role.", required=True, vocabulary=PARTNER_ROLE),
        Column("linked_to", "The fact it is linked to.", required=True, refers_to="fact"),
        Column("borough", "The borough, where the text names one.", place="borough"),
        Column("note", "What the text adds."),
    ),
    prefix="pl",
    one_row="agency × thing × role",
)

BUDGET_LINE = Table(
    "budget_line",
    "Budgets",
    "Lines of a printed budget, and sums of money printed elsewhere.",
    (
        Column("programme", "The programme.", required=True, refers_to="programme"),
        Column("line", "What the money is for.", required=True),
        Column("posts", "Number of posts in the line.", kind=Kind.integer, absent=True, minimum=0),
        Column("amount_gbp", "Amount.", kind=Kind.integer, unit="pounds", absent=True, minimum=0),
        Column("is_total", "Whether the line is the printed total.", kind=Kind.yes_no, required=True),
        Column("note", "What the text adds."),
    ),
    prefix="budget",
    one_row="a line of a budget",
)

TABLES = (PROGRAMME, PROGRAMME_BOROUGH, PARTNER, PARTNER_LINK, BUDGET_LINE)
