"""An equal-area tile map of the 33 areas: each area is one square of the same size.

On an outline map the outer boroughs take most of the ink and the City of London can hardly be seen. On this one every
area weighs the same. The layout is our own and fixed, so that a reader finds a borough where it was last time. It was
searched for by shifting squares until as many neighbours as possible touched and none lay in the wrong direction, then
settled by hand.

Of the 68 pairs of areas that share a land border 65 touch here, at a side or a corner. The three that do not are
`APART`. West is left and north is up: no two neighbours point the wrong way (tested). The Thames is not drawn. It runs
below the fourth row as far as Tower Hamlets and above Greenwich and Bexley; Richmond upon Thames lies on both banks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo.names import borough_names

LAYOUT = """
    .   .   .   .   Enf .   .   .
    .   Hrw .   Bnt Hgy WF  Red Hav
    Hil Eal Bre Cam Isl Hac New B&D
    Hou H&F K&C Wes Cty TH  Gre Bex
    .   Ric Wan Lam Sou Lew .   .
    .   Kin Mer Cro Bro .   .   .
    .   .   Sut .   .   .   .   .
"""
"""The rows from north to south. A full stop is an empty place, anything else a key of `NAMES`."""

NAMES = {
    "B&D": ("Barking and Dagenham", "Barking & Dag."),
    "Bnt": ("Barnet", "Barnet"),
    "Bex": ("Bexley", "Bexley"),
    "Bre": ("Brent", "Brent"),
    "Bro": ("Bromley", "Bromley"),
    "Cam": ("Camden", "Camden"),
    "Cty": ("City of London", "City of London"),
    "Cro": ("Croydon", "Croydon"),
    "Eal": ("Ealing", "Ealing"),
    "Enf": ("Enfield", "Enfield"),
    "Gre": ("Greenwich", "Green\u00adwich"),
    "Hac": ("Hackney", "Hackney"),
    "H&F": ("Hammersmith and Fulham", "H’smith & Fulham"),
    "Hgy": ("Haringey", "Haring\u00adey"),
    "Hrw": ("Harrow", "Harrow"),
    "Hav": ("Havering", "Haver\u00ading"),
    "Hil": ("Hillingdon", "Hilling\u00addon"),
    "Hou": ("Hounslow", "Houns\u00adlow"),
    "Isl": ("Islington", "Isling\u00adton"),
    "K&C": ("Kensington and Chelsea", "Kens. & Chelsea"),
    "Kin": ("Kingston upon Thames", "Kings\u00adton"),
    "Lam": ("Lambeth", "Lambeth"),
    "Lew": ("Lewisham", "Lewis\u00adham"),
    "Mer": ("Merton", "Merton"),
    "New": ("Newham", "Newham"),
    "Red": ("Redbridge", "Red\u00adbridge"),
    "Ric": ("Richmond upon Thames", "Rich\u00admond"),
    "Sou": ("Southwark", "South\u00adwark"),
    "Sut": ("Sutton", "Sutton"),
    "TH": ("Tower Hamlets", "Tower Hamlets"),
    "WF": ("Waltham Forest", "Waltham Forest"),
    "Wan": ("Wandsworth", "Wands\u00adworth"),
    "Wes": ("Westminster", "West\u00adminster"),
}
"""Short form -> the borough's name, and the name as it is written on a square, with soft hyphens where it may break."""

APART = frozenset(frozenset(pair) for pair in (("Barnet", "Harrow"), ("Bexley", "Bromley"), ("Bromley", "Greenwich")))
"""Pairs that share a land border and do not touch on the tile map: each has one or two squares between them."""


@dataclass(frozen=True)
class Tile:
    """The square of one area. Columns count from the west and rows from the north, both from 1."""

    gss_code: str
    borough: str
    short: str
    label: str
    column: int
    row: int

    def touches(self, other: Tile) -> bool:
        """Say whether the two squares meet at a side or at a corner."""
        return max(abs(self.column - other.column), abs(self.row - other.row)) == 1


@cache
def tiles() -> dict[str, Tile]:
    """Return GSS code -> its square, for the 33 areas, row by row from the north-west: the order of reading."""
    codes = {name: code for code, name in borough_names().items()}
    found = [
        Tile(codes[NAMES[short][0]], NAMES[short][0], short, NAMES[short][1], column, row)
        for row, line in enumerate(LAYOUT.strip().splitlines(), 1)
        for column, short in enumerate(line.split(), 1)
        if short != "."
    ]
    return {tile.gss_code: tile for tile in found}


@cache
def size() -> tuple[int, int]:
    """Return how many columns and rows the layout has."""
    return max(tile.column for tile in tiles().values()), max(tile.row for tile in tiles().values())
