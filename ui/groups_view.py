"""The tables of the community groups page, and its sentences on what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ui.cells import Absent, Cell, Marked, Opening, Sources
from ui.cite import mark, source_details, source_text
from ui.table import Col
from ui.words import counted, listed, partial_date
from warehouse.queries.groups import Contact, Group, Known
from warehouse.schema.communities import GROUP_KIND
from warehouse.schema.vocabulary import SCOPE, STEP

MOST_NAMED = 60
"""Groups named in one sentence. The directory has all of them."""

PLACE_LEFT_OUT = "a borough, not shown beside this concern"

STEPS = (
    "The furthest step is the last of these that a document reports: "
    f"{listed([STEP.label(code).lower() for code in STEP.codes])}. A group that protects its children well and is "
    "in no report has no step here."
)
PLACES = (
    "Based in, serves and in contact with are three facts. In contact with is the borough whose board, council or "
    "adviser had to do with the group. It does not say that the group is there."
)
CARE = (
    "Some contact was about female genital mutilation, honour-based violence, forced marriage, belief in spirit "
    "possession or trafficking. Those reports say what a meeting or a training was about. They do not say that this "
    "abuse was found in that community, and they stand here without their borough."
)


def directory_columns(contacts: Sequence[Contact]) -> tuple[Col[Group], ...]:
    """The columns of the directory. `contacts`: the reports of contact with its groups."""
    by_group: dict[str | None, list[Contact]] = {}
    for contact in contacts:
        by_group.setdefault(contact.community_group, []).append(contact)
    return (
        Col("Group", lambda row: Marked(row.name, _keys(row)), "head"),
        Col("Kind", lambda row: GROUP_KIND.label(row.kind)),
        Col("Faith", lambda row: row.faith or Absent(words="none named")),
        Col("Communities", lambda row: _communities(row) or Absent(words="none named")),
        Col("Based in", lambda row: row.based_in or Absent(row.based_in_status)),
        Col("Serves", _serves),
        Col("In contact with", lambda row: row.contact_in or Absent(words="no borough named")),
        Col("Furthest step", lambda row: STEP.label(row.step) if row.step else Absent(words="no contact reported")),
        Col("Note and contact", lambda row: _more(row, by_group.get(row.fact_key, ()))),
        Col("Source", lambda row: Sources(_keys(row))),
    )


def _keys(group: Group) -> tuple[str, ...]:
    return (group.fact_key, *group.contact_keys)


def _communities(group: Group) -> tuple[str, ...]:
    """Those it is named for, its faith aside; and, marked, those that only a report of contact names with it."""
    own = tuple(label for label in group.communities if label != group.faith)
    return (*own, *(f"{label} (in contact)" for label in group.also_for))


def _serves(group: Group) -> Cell:
    if group.serves:
        return group.serves
    return Absent() if group.serves_scope in ("borough", "unnamed") else SCOPE.label(group.serves_scope)


def _more(group: Group, contacts: Sequence[Contact]) -> Cell:
    """The printed names, the note and each contact of one group, behind one line."""
    printed = [f"“{name}”" for name in group.printed]
    about = [text for text in (printed and f"Printed: {listed(printed)}", group.note) if text]
    lines = (*about, *(_contact_line(contact) for contact in contacts))
    parts = [*(["note"] if about else []), *([counted(len(contacts), "contact")] if contacts else [])]
    return Opening(", ".join(parts), lines) if lines else Absent("not_asked", "nothing to add")


def _contact_line(contact: Contact) -> Markup:
    where, when = place(contact), happened(contact)
    return Markup("<b>{}</b>, {}, when: {}. {}{} <small>{}</small>").format(
        STEP.label(contact.step),
        where.text if isinstance(where, Absent) else where,
        when.text if isinstance(when, Absent) else when,
        contact.summary,
        mark((contact.fact_key,)),
        source_text((contact.fact_key,)),
    )


def place(contact: Contact) -> str | Absent:
    """The borough of a contact, or in words why there is none."""
    if contact.is_sensitive and contact.scope == "borough":
        return Absent("not_asked", PLACE_LEFT_OUT)
    if contact.borough:
        return contact.borough
    return Absent(words="borough not named") if contact.scope in ("borough", "unnamed") else SCOPE.label(contact.scope)


def happened(contact: Contact) -> str | Absent:
    """When a contact was, as precise as known."""
    return partial_date(contact.happened) if contact.happened else Absent(contact.happened_status)


def contact_columns() -> tuple[Col[Contact], ...]:
    """The columns of the table of contacts with groups that are not named."""
    return (
        Col("Groups, as described", lambda row: row.who, "head"),
        Col("Communities named", lambda row: row.communities or Absent(words="none named")),
        Col("Where", place),
        Col("Step", lambda row: STEP.label(row.step)),
        Col("When", happened),
        Col("What is reported", lambda row: Marked(row.summary, (row.fact_key,)), "long"),
        Col("Programme", lambda row: row.programme or Absent(words="none named")),
        Col("Source", lambda row: Sources((row.fact_key,))),
    )


def answer(known: Known) -> str:
    """The sentence under the title."""
    if not known.groups:
        return "No group is named in the documents dated by then."
    return (
        f"{counted(known.groups, 'group is', 'groups are')} named in the documents; {known.based} "
        f"{'has a borough where it is' if known.based == 1 else 'have a borough where they are'} based."
    )


def unknown(known: Known, not_mapped: Sequence[str], boroughs: int) -> list[str | Markup]:
    """What the documents leave open, each number with its base. `boroughs`: how many areas there are."""
    of = f"of the {counted(known.groups, 'group')}"
    lines: list[str | Markup] = []
    if known.groups:
        lines += [
            f"{known.groups - known.based} {of}: where they are based is not reported. A borough in a group’s name is "
            "not a place.",
            f"{known.groups - known.serving} {of}: whom they serve is not reported.",
        ]
    if known.without_place:
        lines.append(_named(f"{of}: no place at all, not even a board or adviser in contact.", known.without_place))
    if known.without_community:
        lines.append(_named(f"{of}: no faith or community told, so no cell of the grid.", known.without_community))
    if known.without_step:
        lines.append(f"{known.without_step} {of}: no contact is reported.")
    if known.unnamed_contacts:
        lines.append(
            f"{counted(known.unnamed_contacts, 'report')} of contact name no group; "
            f"{known.unnamed_contacts_without_borough} of them name no borough either."
        )
    if known.counted_not_named:
        lines.append(
            Markup("Groups counted and not named: {}. {}").format(
                _joined(known.counted_not_named), source_details(known.counted_keys)
            )
        )
    if not_mapped:
        lines.append(
            _named(
                f"of the {boroughs} boroughs are not mapped: no statement of 2007, no group named. Communities live in "
                "all of them.",
                not_mapped,
            )
        )
    return lines


def _joined(words: Sequence[str]) -> str:
    more = [f"and {len(words) - MOST_NAMED:,} more"] if len(words) > MOST_NAMED else []
    return "; ".join([*words[:MOST_NAMED], *more])


def _named(sentence: str, names: Sequence[str]) -> Markup:
    """How many, the sentence, and behind it which."""
    return Markup('{} {} <details class="more"><summary>Which</summary>{}</details>').format(
        len(names), sentence, listed(names, MOST_NAMED)
    )
