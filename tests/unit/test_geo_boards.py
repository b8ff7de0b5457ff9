"""Which boards lie beside, across the river from, north and east of which: computed, and held against known ones."""

from __future__ import annotations

import random

import geopandas as gpd
import pytest
import shapely

from geo import boards
from geo.boards import boards_across_the_thames, boards_beside, faces_in, north_to_south, west_to_east
from geo.names import areas_of

ACROSS = {
    ("barking-and-dagenham", "bexley"),
    ("barking-and-dagenham", "greenwich"),
    ("bexley", "havering"),
    ("city-and-hackney", "lambeth"),
    ("city-and-hackney", "southwark"),
    ("greenwich", "newham"),
    ("greenwich", "tower-hamlets"),
    ("hammersmith-and-fulham", "richmond-upon-thames"),
    ("hammersmith-and-fulham", "wandsworth"),
    ("kensington-and-chelsea", "wandsworth"),
    ("lambeth", "westminster"),
    ("lewisham", "tower-hamlets"),
    ("southwark", "tower-hamlets"),
    ("southwark", "westminster"),
    ("wandsworth", "westminster"),
}
"""Every pair on the shipped outlines, checked against a map of London. Two face each other aslant: the City and
Lambeth, Southwark and Westminster."""


def test_across_the_thames_are_the_known_pairs_and_no_other():
    found = {tuple(sorted((one, other))) for one, others in boards_across_the_thames().items() for other in others}
    assert found == ACROSS


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("greenwich", "southwark", "on the same bank, with Lewisham between"),
        ("hounslow", "richmond-upon-thames", "a border on land as well"),
        ("kingston-upon-thames", "richmond-upon-thames", "a border on land as well"),
        ("croydon", "southwark", "86 m apart, with Bromley and Lambeth between"),
        ("islington", "tower-hamlets", "no river between"),
        ("camden", "lambeth", "Westminster between"),
    ],
)
def test_what_is_near_and_not_across(one: str, other: str, why: str):
    assert other not in boards_across_the_thames()[one], why


@pytest.mark.parametrize("pairs", [boards_beside, boards_across_the_thames])
def test_pairs_go_both_ways_and_no_board_is_its_own_neighbour(pairs):
    assert len(pairs()) == 32
    for one, others in pairs().items():
        assert list(others) == sorted({*others} - {one})
        assert all(one in pairs()[other] for other in others)


def test_no_board_is_both_beside_and_across():
    for one, others in boards_across_the_thames().items():
        assert not {*others} & {*boards_beside()[one]}


def test_a_joint_board_has_the_neighbours_of_all_its_areas():
    assert {"camden", "westminster"} <= {*boards_beside()["city-and-hackney"]}  # of the City
    assert {"waltham-forest", "newham"} <= {*boards_beside()["city-and-hackney"]}  # of Hackney
    assert [board for board in boards.all_boards() if len(areas_of(board)) > 1] == ["city-and-hackney"]


def box(west: float, south: float, size: float = 100) -> shapely.Polygon:
    return shapely.box(west, south, west + size, south + size)


def test_shapes_face_each_other_over_a_gap_with_nothing_in_it():
    shapes = gpd.GeoSeries(
        {
            "a": box(0, 0),
            "touching": box(100, 0),
            "across": box(0, 300),
            "behind": box(0, 400),  # of "a" it sees nothing: "across" stands between
            "far": box(0, -100 - boards.WIDEST - 1),
            "near enough": box(0 - 100 - boards.WIDEST, 0),
        }
    )
    faces = faces_in(shapes)
    assert set(faces["a"]) == {"across", "near enough"}
    assert "a" not in faces["touching"]
    assert faces["far"] == ()
    assert faces["behind"] == ()


def test_orders_follow_the_middles_and_not_the_order_given():
    mixed = list(boards.all_boards())
    random.Random(7).shuffle(mixed)
    southwards, eastwards = north_to_south(mixed), west_to_east(mixed)
    assert southwards == north_to_south(boards.all_boards())
    assert (southwards[0], southwards[-1]) == ("enfield", "croydon")
    assert (eastwards[0], eastwards[-1]) == ("hillingdon", "havering")
    norths = [boards.board_middles()[board][1] for board in southwards]
    assert norths == sorted(norths, reverse=True)
    assert sorted(eastwards) == sorted(mixed)


def test_the_middle_of_a_joint_board_lies_between_those_of_its_areas():
    hackney, city = (
        shapely.centroid(boards.load_areas().to_crs(boards.NATIONAL_GRID).geometry[code])
        for code in ("E09000012", "E09000001")
    )
    east, north = boards.board_middles()["city-and-hackney"]
    assert city.y < north < hackney.y
    assert min(city.x, hackney.x) < east < max(city.x, hackney.x)
