"""The layout of the tile map: every area has a square of its own, and neighbours lie where a reader looks for them."""

from __future__ import annotations

import pytest

from geo.areas import BOUNDARIES, NATIONAL_GRID, neighbours_in, read_areas
from geo.names import borough_names
from geo.tiles import APART, size, tiles


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    """Each pair of areas that share a land border on the shipped outlines, once."""
    beside = neighbours_in(read_areas(BOUNDARIES).geometry)
    return sorted({tuple(sorted((one, other))) for one, others in beside.items() for other in others})


def test_each_of_the_33_areas_has_a_square_of_its_own():
    assert {code: tile.borough for code, tile in tiles().items()} == borough_names()
    places = [(tile.column, tile.row) for tile in tiles().values()]
    assert len(set(places)) == 33
    columns, rows = size()
    assert all(1 <= column <= columns and 1 <= row <= rows for column, row in places)
    assert places == sorted(places, key=lambda place: (place[1], place[0])), "squares are given in the order of reading"
    assert len({tile.short for tile in tiles().values()}) == 33


def test_all_land_neighbours_touch_but_the_three_that_are_named(pairs: list[tuple[str, str]]):
    apart = {
        frozenset((tiles()[one].borough, tiles()[other].borough))
        for one, other in pairs
        if not tiles()[one].touches(tiles()[other])
    }
    assert len(pairs) == 68
    assert apart == APART


def test_most_land_neighbours_share_a_side(pairs: list[tuple[str, str]]):
    sides = [
        abs(tiles()[one].column - tiles()[other].column) + abs(tiles()[one].row - tiles()[other].row) == 1
        for one, other in pairs
    ]
    assert sum(sides) >= 42


def test_no_neighbour_lies_in_the_wrong_direction(pairs: list[tuple[str, str]]):
    """Less than a right angle between the way on the ground and the way on the tile map, for each pair."""
    middles = read_areas(BOUNDARIES).geometry.to_crs(NATIONAL_GRID).centroid
    for one, other in pairs:
        east, north = middles[other].x - middles[one].x, middles[other].y - middles[one].y
        right = tiles()[other].column - tiles()[one].column
        up = tiles()[one].row - tiles()[other].row
        assert east * right + north * up > 0, (tiles()[one].borough, tiles()[other].borough)


def test_the_squares_hang_together():
    reached, waiting = set(), ["E09000007"]
    while waiting:
        code = waiting.pop()
        reached.add(code)
        waiting += [other for other, tile in tiles().items() if tile.touches(tiles()[code]) and other not in reached]
    assert reached == set(tiles())


def test_a_square_does_not_touch_itself_or_one_further_off():
    camden, islington = tiles()["E09000007"], tiles()["E09000019"]
    assert camden.touches(islington)
    assert not camden.touches(camden)
    assert not camden.touches(tiles()["E09000012"])  # Hackney, past Islington
