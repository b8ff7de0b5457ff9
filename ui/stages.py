"""How far something had come, as a symbol, a word and a shade: the same on every grid of boards by themes."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from warehouse.queries.areas import NO_ENTRY, SILENT, STAGE_NOT_SAID
from warehouse.schema.vocabulary import STAGE


@dataclass(frozen=True)
class Look:
    """One state: its symbol, its word, the same before a list of boards, what it means, and the class of its shade."""

    symbol: str
    word: str
    of_several: str
    meaning: str
    css: str


STATES = {
    "done": Look("●", "done", "Done", STAGE.meaning("done"), "st-done"),
    "under_way": Look("◑", "under way", "Under way", STAGE.meaning("under_way"), "st-way"),
    "planned": Look("◔", "planned", "Planned", STAGE.meaning("planned"), "st-plan"),
    "aspiration": Look("○", "aspiration", "Aspiration", STAGE.meaning("aspiration"), "st-wish"),
    STAGE_NOT_SAID: Look(
        "◌",
        "reported, stage not said",
        "Stage not said",
        "Reported without saying how far it had come.",
        "st-unsaid",
    ),
    SILENT: Look(
        "–",
        "its statement does not mention it",
        "Not mentioned in their statements",
        "The board has a statement of 2007, and it is silent on this.",
        "st-silent",
    ),
    NO_ENTRY: Look(
        "?",
        "no statement of its board",
        "No statement of their own",
        "The board has none of 2007, and no document says why. What it did is not known.",
        "st-none",
    ),
}
"""Every state of a cell, the furthest stage first, the absences last."""


def legend() -> Markup:
    """Each state with its symbol on its shade and its word; what the words mean opens below."""
    entries = Markup("").join(
        Markup('<li><i class="{}" aria-hidden="true">{}</i> {}</li>').format(look.css, look.symbol, look.word)
        for look in STATES.values()
    )
    meanings = Markup("").join(
        Markup("<li><b>{}</b>: {}</li>").format(look.word, look.meaning) for look in STATES.values()
    )
    return Markup(
        '<ul class="legend stage-legend" aria-label="Legend of the grid">{}</ul>'
        '<details class="note"><summary>What these words mean</summary><ul>{}</ul></details>'
    ).format(entries, meanings)
