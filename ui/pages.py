"""The pages, by who asks: the one list behind the navigation, its tests and the links between pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page: its script under `pages/`, its title in the navigation, and its address. The first page has none:
    Streamlit serves it at the root and knows it by no other name. `has_date`: it follows the as-at date."""

    script: str
    title: str
    address: str
    is_first: bool = False
    has_date: bool = True


PAGES: dict[str, tuple[Entry, ...]] = {
    "Maps": (
        Entry("maps/overview.py", "Overview", "", is_first=True),
        Entry("maps/borough_map.py", "Borough map", "borough_map"),
        Entry("maps/coverage.py", "Coverage", "coverage"),
        Entry("maps/programmes_over_time.py", "Over time", "over_time"),
    ),
    "Boards": (
        Entry("boards/borough_profile.py", "Borough profile", "borough_profile"),
        Entry("boards/community_groups.py", "Community groups", "community_groups"),
        Entry("boards/compare.py", "Compare boards", "compare"),
        Entry("boards/learn.py", "Learn from others", "learn"),
        Entry("boards/send_return.py", "Send a return", "send_return", has_date=False),
    ),
    "Meetings": (
        Entry("meetings/training_reach.py", "Training reach", "training_reach"),
        Entry("meetings/pilot_status.py", "Pilot status", "pilot_status"),
        Entry("meetings/rounds.py", "Rounds of returns", "rounds", has_date=False),
        Entry("meetings/what_changed.py", "What changed", "what_changed", has_date=False),
    ),
    "Data": (
        Entry("data/evidence.py", "Evidence and recommendations", "evidence"),
        Entry("data/about_the_data.py", "About the data", "about_the_data", has_date=False),
    ),
}
