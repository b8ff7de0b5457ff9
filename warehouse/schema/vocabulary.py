"""The closed lists that several tables share. A code outside its list stops the build and is printed."""

from __future__ import annotations

from warehouse.schema.column import Vocabulary

SCOPE = Vocabulary(
    "scope",
    {
        "borough": ("A named borough", "The text names the borough or boroughs it is about."),
        "unnamed": ("A borough not named", "It is about one borough or more, and the text does not say which."),
        "london": ("London as a whole", "It is about London, or about all boroughs alike."),
        "elsewhere": ("Outside London", "It is about a place outside London or the country as a whole."),
    },
)

STAGE = Vocabulary(
    "stage",
    {
        "aspiration": ("Aspiration", "Something wished for, with no step reported."),
        "planned": ("Planned", "Something announced for later."),
        "under_way": ("Under way", "Something reported as happening at the time."),
        "done": ("Done", "Something reported as finished, or in place."),
    },
)
"""In order, the least advanced first. A 'furthest stage' is the last of these that is reported."""

STATE = Vocabulary(
    "state",
    {
        "proposed": ("Proposed", "Put forward, not agreed."),
        "planned": ("Planned", "Agreed and announced for later."),
        "under_way": ("Under way", "Reported as happening at the time."),
        "partly_done": ("Partly done", "Reported as done in part."),
        "done": ("Done", "Reported as finished, or in place."),
        "changed": ("Changed", "Reported as done or planned in another form, place or number than first said."),
        "not_done": ("Not done", "Reported as not having happened."),
    },
)
"""What one document reports of a pilot, output, commitment, recommendation or event. 'Not reported' is the absence
of any such report and is never written in a source file."""

ISSUE = Vocabulary(
    "issue",
    {
        "fgm": ("Female genital mutilation", "One of the four areas the 2006–07 project dealt with."),
        "honour": ("Honour-based violence", "One of the four areas the 2006–07 project dealt with."),
        "spirit": (
            "Abuse linked to belief in spirit possession",
            "One of the four areas the 2006–07 project dealt with.",
        ),
        "trafficking": ("Child trafficking and exploitation", "One of the four areas the 2006–07 project dealt with."),
        "forced_marriage": ("Forced marriage", "Named beside honour-based violence."),
        "domestic_violence": ("Domestic violence", "Raised by communities and by later projects."),
        "sexual_abuse": ("Sexual abuse and exploitation", "Child sexual abuse or sexual exploitation."),
        "private_fostering": ("Private fostering", "Children cared for by others than close relatives."),
        "discipline": ("Discipline and parenting", "Tensions between generations, discipline, lack of respect."),
        "youth_crime": ("Youth crime and gangs", "Gangs, weapons, anti-social behaviour."),
        "substance_misuse": ("Substance misuse", "Drugs, alcohol, smoking."),
        "male_circumcision": ("Male circumcision", "Named as a subject of dialogue or advice."),
        "immigration": ("Immigration", "Immigration status and its effect on safeguarding children."),
        "disproportionality": ("Disproportionality", "More or fewer interventions for some groups than for others."),
        "general": ("Safeguarding in general", "Child protection without a particular form of abuse."),
    },
)

ACTIVITY_KIND = Vocabulary(
    "activity kind",
    {
        "activity": ("Activity", "Something done, under way, planned or wished for."),
        "context": ("Context", "Background the document gives: a priority, a need, a reaction. Not an act."),
        "participation": ("Participation", "Taking part in something that another actor leads."),
    },
)

ACTOR_KIND = Vocabulary(
    "actor kind",
    {
        "board": ("Board", "A local safeguarding children board, its executive or one of its sub-groups."),
        "council": ("Council", "A borough council or one of its departments or services."),
        "adviser": ("Community partnership adviser", "A CPA, or the officer who stood in for one."),
        "group": ("Community or faith group", "A community, faith or voluntary group."),
        "school": ("School", "A school, supplementary school or cluster of schools."),
        "police": ("Police", "The Metropolitan Police or one of its units."),
        "london_board": ("London Board", "The London Safeguarding Children Board or its subgroups."),
        "partnership": ("Several together", "Named bodies acting together, none of them alone."),
        "other": ("Other", "Another agency."),
    },
)

ROLE = Vocabulary(
    "programme role",
    {
        "planned": ("Planned to take part", "Named for a part that was still to come, a pilot for example."),
        "took_part": ("Took part", "Named as a participant by the programme's own report."),
        "pilot": ("Ran a pilot", "Named as running a pilot of the programme."),
        "linked": ("Linked project", "Named in a project that a programme is linked to."),
        "proposed": ("Proposed", "Identified as a possible participant; not agreed."),
        "interested": ("Interested", "Reported as interested in supporting a bid."),
        "co_ordinator": ("Co-ordinated", "Named as co-ordinating the programme, wholly or with another."),
        "delivery": ("Helped deliver", "Its officers helped to deliver the programme in another borough."),
        "support": ("Gave support", "Thanked or named for support, without taking part."),
    },
)
"""A proposal or an interest is not activity: see `ACTUAL_ROLES`."""

ACTUAL_ROLES = ("took_part", "pilot", "linked", "co_ordinator", "delivery")
"""Roles that count as taking part in any programme. Planned, proposed, interested and support do not."""

STEP = Vocabulary(
    "engagement step",
    {
        "known": ("Known", "The document names the group as being there."),
        "identified": ("Identified", "It was mapped or listed as one to be reached."),
        "contacted": ("Contacted", "Someone wrote, rang or called."),
        "engaged": ("Engaged", "There was a meeting or joint work."),
        "trained": ("Trained", "Its members were trained."),
        "policy_in_place": ("Policy in place", "It has a child protection policy of its own."),
    },
)
"""In order. From 'mapped' to 'protecting its own children'."""

UNIT_OF_COUNT = Vocabulary(
    "unit of count",
    {
        "people": ("people", "Each person counted once."),
        "attendances": ("attendances", "A person who came twice is counted twice."),
        "not_stated": ("people or attendances, not stated", "The document does not say which of the two it counts."),
    },
)
