"""The pages, by who asks: the one list behind the navigation, its tests and the links between pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Entry:
    """One page: its script under `pages/` and its title in the navigation. `has_date`: it follows the as-at date."""

    script: str
    title: str
    is_first: bool = False
    has_date: bool = True

    @property
    def address(self) -> str:
        """The name of its script. The first page has none: Streamlit serves it at the root and knows it by no other."""
        return "" if self.is_first else PurePosixPath(self.script).stem


PAGES: dict[str, tuple[Entry, ...]] = {
    "Maps": (
        Entry("maps/overview.py", "Overview", is_first=True),
        Entry("maps/borough_map.py", "Borough map"),
        Entry("maps/coverage.py", "Coverage"),
        Entry("maps/over_time.py", "Over time"),
    ),
    "Boards": (
        Entry("boards/borough_profile.py", "Borough profile"),
        Entry("boards/community_groups.py", "Community groups"),
        Entry("boards/compare.py", "Compare boards"),
        Entry("boards/learn.py", "Learn from others"),
        Entry("boards/send_return.py", "Send a return", has_date=False),
    ),
    "Meetings": (
        Entry("meetings/training_reach.py", "Training reach"),
        Entry("meetings/pilot_status.py", "Pilot status"),
        Entry("meetings/rounds.py", "Rounds of returns", has_date=False),
        Entry("meetings/what_changed.py", "What changed", has_date=False),
    ),
    "Data": (
        Entry("data/evidence.py", "Evidence and recommendations"),
        Entry("data/about_the_data.py", "About the data", has_date=False),
    ),
}
