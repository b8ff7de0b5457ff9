"""Coverage in words: one state for each community and borough, the answer of the page, and what is not known.

A cell holds groups. Residents and people trained stand beside them and are never added to groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from markupsafe import Markup

from ui.cells import Absent, Cell, Figure
from ui.data import ask
from ui.denominator import NO_DENOMINATOR, how_to_load
from ui.words import counted, listed, number
from warehouse.queries import coverage_beside, coverage_reach
from warehouse.queries.coverage_beside import Residents, Trained
from warehouse.queries.coverage_reach import ALL, ELSEWHERE, LONDON, NOT_TOLD, Reach, Standing
from warehouse.queries.places import Choice
from warehouse.schema.population import NO_RATE
from warehouse.schema.vocabulary import STEP

LARGE_FROM = 5_000
"""Residents of a community in one borough from which it is called large. Ours, and stated wherever it is used."""

NOT_IN_THE_REGISTER = ("white_uk",)
"""Communities that the register of minority ethnic, culture and faith groups does not look for, so that no group of
them is to be expected. White UK stands on the list of communities because an audit of case files prints it."""

WAYS = [
    Choice("any", "serve, are based or had contact"),
    Choice("serves", "serve"),
    Choice("based", "are based"),
    Choice("contact", "had contact"),
]
"""Where a group is counted, as on the switch: a group counts where it … """

_NO_GROUP = {
    "any": "no group",
    "serves": "no group said to serve it",
    "based": "no group said to be based here",
    "contact": "no group said to be in contact",
}

PLACES = {LONDON: "London as a whole", ELSEWHERE: "Outside London", NOT_TOLD: "Place not reported"}

POLICY, TRAINED, ENGAGED, KNOWN, NAMED, LARGE, NONE, NOT_MAPPED = (
    *("policy", "trained", "engaged", "known", "named", "large", "none", "not_mapped"),
)
_BY_STEP = {
    "policy_in_place": POLICY, "trained": TRAINED, "engaged": ENGAGED,
    "contacted": KNOWN, "identified": KNOWN, "known": KNOWN,
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One state: its symbol, its word, what it means, and the class that gives it its shade or pattern."""

    symbol: str
    word: str
    meaning: str
    css: str


@cache
def looks(way: str) -> dict[str, Look]:
    """Every state with its symbol, word and meaning, the furthest first. `way`: where groups are counted."""
    without = _NO_GROUP[way]
    return {
        POLICY: Look("◆", "own policy in place", "a group here has a child protection policy of its own", "cv-policy"),
        TRAINED: Look("●", "trained", "members of a group here were trained; no own policy is reported", "cv-trained"),
        ENGAGED: Look("◑", "engaged, no training", "there was a meeting or joint work with a group", "cv-engaged"),
        KNOWN: Look("◔", "group known, not engaged", "a group is named, listed or was written to", "cv-known"),
        NAMED: Look("○", f"community named, {without}", "a document names the community for the borough", "cv-named"),
        LARGE: Look(
            "▲",
            f"large community, {without if way != 'any' else 'no group known'}",
            f"at least {LARGE_FROM:,} residents by the census, mapped or not",
            "cv-large",
        ),
        NONE: Look("–", "none named", "the borough was mapped; neither the community nor a group is named", "cv-none"),
        NOT_MAPPED: Look(
            "?",
            "not mapped, none named",
            "no board statement of 2007; neither community nor group is named, so silence says nothing",
            "cv-not",
        ),
    }


@dataclass(frozen=True)
class CoverageCell:
    """One community, or all (None), in one place: its groups, and beside them its residents and people trained.

    `residents` is None where no census table is loaded or the place is no borough; `trained` where nobody is counted.
    `standing`: its groups by name and its facts, for cells that are shown with them; None also where nothing is named.
    """

    reach: Reach
    residents: Residents | None
    trained: Trained | None
    standing: Standing | None = None

    @property
    def at_state(self) -> int:
        """The groups that came as far as its state says: of 16 groups in a borough, 15 may have been trained."""
        return sum(
            count for code, count in zip(STEP.codes, self.reach.steps, strict=True) if _BY_STEP[code] == self.state
        )

    @property
    def people(self) -> int | None:
        """Residents, where there is a number."""
        return self.residents.people if self.residents else None

    @property
    def is_large(self) -> bool:
        """Whether the community is large here. Everybody together is no community."""
        community = self.reach.community
        return (
            community is not None
            and community not in NOT_IN_THE_REGISTER
            and self.people is not None
            and self.people >= LARGE_FROM
        )

    @property
    def state(self) -> str:
        """The furthest step of its groups; without a group, the first of large, named, none named, not mapped."""
        if self.reach.furthest:
            return _BY_STEP[self.reach.furthest]
        if self.is_large:
            return LARGE
        if self.reach.is_named:
            return NAMED
        return NONE if self.reach.is_mapped else NOT_MAPPED


def cells(way: str, as_at: date) -> tuple[CoverageCell, ...]:
    """Every community, and all together, with every area and the places that are no area."""
    residents = {(row.community, row.place): row for row in ask(coverage_beside.residents)}
    trained = {(row.community, row.place): row for row in ask(coverage_beside.trained, as_at)}
    return tuple(
        CoverageCell(row, residents.get((row.community, row.place)), trained.get((row.community, row.place)))
        for row in ask(coverage_reach.reach, way, as_at)
    )


def with_groups(shown: Sequence[CoverageCell], standings: Sequence[Standing]) -> list[CoverageCell]:
    """The cells with what stands behind each, as far as it is among `standings`."""
    behind = {(row.community, row.place): row for row in standings}
    return [replace(cell, standing=behind.get((cell.reach.community, cell.reach.place))) for cell in shown]


def of_community(found: Sequence[CoverageCell], community: str | None) -> list[CoverageCell]:
    """The cells of one community, or of all together: the 33 areas by name."""
    return [cell for cell in found if cell.reach.community == community and cell.reach.borough]


def elsewhere(found: Sequence[CoverageCell], community: str | None) -> list[CoverageCell]:
    """The lines of one community that are no borough: always London as a whole, the others where they hold a group."""
    own = [cell for cell in found if cell.reach.community == community and cell.reach.place in PLACES]
    return [cell for cell in own if cell.reach.groups or cell.reach.place == LONDON]


def one(found: Sequence[CoverageCell], community: str | None, place: str) -> CoverageCell:
    """The cell of one community, or of all together, in one place."""
    return next(cell for cell in found if (cell.reach.community, cell.reach.place) == (community, place))


# --- words ---------------------------------------------------------------------------------------------------------


def in_words(cell: CoverageCell, way: str) -> str:
    """The state in words, with what it rests on; whether a borough with a large community was mapped is said."""
    word = looks(way)[cell.state].word
    if cell.reach.groups:
        of = "" if cell.at_state == cell.reach.groups else f"{cell.at_state:,} of "
        return f"{word} ({of}{counted(cell.reach.groups, 'group')})"
    if cell.state == LARGE:
        looked = "the community is named" if cell.reach.is_named else "mapped" if cell.reach.is_mapped else "not mapped"
        return f"{word} ({number(cell.people)} residents in {cell.residents.census}; {looked})"
    return word


def residents_cell(cell: CoverageCell) -> Cell:
    """Residents, or the words for why there is no number."""
    if cell.reach.place in PLACES:
        return Absent("not_asked")
    if cell.residents is None:
        return Absent("not_asked", NO_DENOMINATOR)
    if cell.people is None:
        held = f" ({cell.residents.census_row})" if cell.residents.reason == "part_of" else ""
        return Absent("not_asked", NO_RATE.label(cell.residents.reason).lower() + held)
    return cell.people


def trained_cell(cell: CoverageCell) -> Cell:
    """People trained, with the mark of a conflict, or that none is reported."""
    if cell.reach.place in PLACES:
        return Absent("not_asked")
    if cell.trained is None:
        return Absent()
    return Figure(cell.trained.people, "value" if cell.trained.people else "zero", cell.trained.fact_keys)


def answer(found: Sequence[CoverageCell], community: Choice | None, way: str) -> str:
    """The sentence at the top, with what it counts and out of how many."""
    areas = of_community(found, community.code if community else None)
    with_group = sum(cell.reach.groups > 0 for cell in areas)
    where = next(choice.label for choice in WAYS if choice.code == way)
    if community is None:
        whole = one(found, None, ALL).reach
        if not whole.groups:
            return f"No document dated by then names a group. {_mapped(areas, community)}"
        return (
            f"{counted(whole.groups, 'group is', 'groups are')} named; {_came_far(whole)}. Counted where they {where}, "
            f"groups are named in {counted(with_group, 'area')}. {_mapped(areas, community)}"
        )
    without = sum(cell.reach.is_named and not cell.reach.groups for cell in areas)
    large = sum(cell.state == LARGE for cell in areas)
    also = f"; in {without} more the community is named without one" if without else ""
    gaps = f" In {counted(large, 'area')} the community is large and no group is known." if large else ""
    return (
        f"{community.label}: groups are named in {with_group} of {len(areas)} areas, counted where they {where}{also}."
        f"{gaps} {_mapped(areas, community)}"
    )


def _came_far(whole: Reach) -> str:
    """How many groups came to training or have a policy of their own. A policy is spoken of only where there is one."""
    policy = whole.steps[STEP.codes.index("policy_in_place")]
    beyond = whole.at_least[STEP.codes.index("trained")]
    if not policy:
        return f"{beyond or 'none'} of them came to training"
    own = f"{policy} {'has' if policy == 1 else 'have'} one"
    return f"{beyond} of them came to training or have a policy of their own ({own})"


def _mapped(areas: Sequence[CoverageCell], community: Choice | None) -> str:
    """How many areas were mapped, and for how many others a document names a community: they are not drawn as such."""
    without = [cell for cell in areas if not cell.reach.is_mapped]
    if len(without) == len(areas):
        looked = f"None of the {len(areas)} areas was mapped"
    else:
        looked = f"{len(areas) - len(without)} of {len(areas)} areas were mapped, the other {len(without)} were not"
    named = sum(cell.reach.is_named for cell in without)
    what = "the community" if community else "a community"
    also = f"; for {named} of these {len(without)} a document names {what} all the same" if named else ""
    return f"{looked}{also}."


def unknown(found: Sequence[CoverageCell], community: Choice | None, way: str, unnamed: int) -> list[str | Markup]:
    """What is not known: who lives where, what was not mapped, and what is not counted here."""
    code = community.code if community else None
    areas = of_community(found, code)
    lines: list[str | Markup] = [_denominator(areas, community)]
    if not_mapped := [cell for cell in areas if not cell.reach.is_mapped]:
        lines.append(
            f"{counted(len(not_mapped), 'area')} not mapped: no board statement of 2007, and no group in the register. "
            f"That is not the same as no community activity. They are {listed(_boroughs(not_mapped))}."
        )
        if named := [cell for cell in not_mapped if cell.reach.is_named]:
            lines.append(
                f"Of these {len(not_mapped)}, a document names {'the' if community else 'a'} community for "
                f"{listed(_boroughs(named))}. They are not drawn as not mapped."
            )
    if untold := one(found, code, NOT_TOLD).reach.groups:
        place = {
            "serves": "whom they serve",
            "based": "where they are based",
            "contact": "with which borough they had contact",
        }
        whole = counted(one(found, code, ALL).reach.groups, "group")
        lines.append(f"{untold} of {whole}: {place.get(way, 'their place')} is not reported. They are on no map.")
    if unnamed:
        lines.append(f"{counted(unnamed, 'report')} of contact with groups that are not named: not counted here.")
    if counted_in := _boroughs([cell for cell in areas if cell.trained]):
        lines.append(f"People trained are counted in {listed(counted_in)} only, by ethnicity and not by faith.")
    else:
        lines.append("People trained: no document counts any of this choice.")
    return lines


def _boroughs(areas: Sequence[CoverageCell]) -> list[str]:
    return [cell.reach.borough for cell in areas]


def _denominator(areas: Sequence[CoverageCell], community: Choice | None) -> str | Markup:
    if all(cell.residents is None for cell in areas):
        return Markup(
            "How many people of a community live in a borough: {}. So a large community without a group cannot be "
            "shown. {}"
        ).format(NO_DENOMINATOR, how_to_load())
    line = areas[0].residents
    if community is None:
        return f"Residents: everybody, by the census of {line.census}. Choose a community for its own."
    if line.people is None:
        return f"How many people of this community live in a borough: {NO_RATE.label(line.reason).lower()}."
    return f"Residents are those of the census of {line.census}, not of the date of this view."
