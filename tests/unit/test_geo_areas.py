"""The shipped boundaries, who is whose neighbour, and the command that rebuilds them."""

from __future__ import annotations

import io
import tarfile

import geopandas as gpd
import pytest
import shapely

from geo import areas, outlines
from geo import rebuild_boundaries as rebuild
from geo.areas import (
    ARROWS,
    BOUNDARIES,
    arrow_steps,
    boundaries_file,
    boundary_credit,
    land_neighbours,
    load_areas,
    neighbours_in,
    read_areas,
)
from geo.names import borough_names


def named(*names: str) -> set[str]:
    codes = {name: code for code, name in borough_names().items()}
    return {codes[name] for name in names}


def test_33_areas_with_the_codes_and_names_of_the_reference_list():
    assert len(load_areas()) == 33
    assert dict(load_areas()["borough"]) == borough_names()
    assert load_areas().crs == "EPSG:4326"


def test_the_areas_are_valid_and_meet_without_gap_or_overlap():
    shapes = load_areas().geometry
    assert shapes.is_valid.all()
    assert shapely.coverage_is_valid(shapes.array)


def test_the_areas_lie_in_london_and_have_its_size():
    west, south, east, north = load_areas().total_bounds
    assert (-0.52 < west < -0.5, 51.28 < south < 51.3, 0.32 < east < 0.35, 51.68 < north < 51.7) == (True,) * 4
    assert load_areas().to_crs("EPSG:27700").area.sum() / 1e6 == pytest.approx(1572, rel=0.005)  # without the Thames


def test_the_file_is_small_rounded_and_credited():
    text = BOUNDARIES.read_text(encoding="utf-8")
    assert len(text.encode()) < 120_000
    assert boundary_credit() == outlines.CREDIT
    coordinates = shapely.get_coordinates(read_areas(BOUNDARIES).geometry.array)
    assert (coordinates.round(5) == coordinates).all()


def test_outlines_that_a_user_brought_are_preferred(tmp_path, monkeypatch):
    monkeypatch.setattr(areas, "REPLACEMENT", tmp_path / "own.geojson")
    assert boundaries_file() == BOUNDARIES
    (tmp_path / "own.geojson").write_bytes(BOUNDARIES.read_bytes())
    assert boundaries_file() == tmp_path / "own.geojson"


def test_neighbours_share_a_land_border():
    neighbours = land_neighbours()
    assert set(neighbours["E09000028"]) == named("Lambeth", "Lewisham", "Bromley")  # Southwark, none across the Thames
    assert set(neighbours["E09000016"]) == named("Barking and Dagenham", "Redbridge")  # Havering
    for code, others in neighbours.items():
        assert others, code
        assert code not in others
        assert all(code in neighbours[other] for other in others)


def test_an_area_met_only_in_a_point_is_no_neighbour():
    board = {"NW": (0, 1), "NE": (1, 1), "SW": (0, 0), "SE": (1, 0)}
    squares = gpd.GeoSeries({name: shapely.box(x, y, x + 1, y + 1) for name, (x, y) in board.items()})
    assert neighbours_in(squares) == {"NW": ("NE", "SW"), "NE": ("NW", "SE"), "SW": ("NW", "SE"), "SE": ("NE", "SW")}


def test_the_arrow_keys_reach_every_area_from_every_other():
    steps = arrow_steps()
    for start in steps:
        reached, waiting = {start}, [start]
        while waiting:
            new = set(steps[waiting.pop()].values()) - reached
            reached |= new
            waiting += new
        assert reached == set(steps), borough_names()[start]


def test_an_arrow_key_leads_its_own_way():
    middles = load_areas().to_crs("EPSG:27700").representative_point()
    for code, ways in arrow_steps().items():
        for key, other in ways.items():
            east, north = ARROWS[key]
            assert (middles[other].x - middles[code].x) * east + (middles[other].y - middles[code].y) * north > 0


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [("Camden", "ArrowRight", "Islington"), ("Lambeth", "ArrowUp", "Westminster"), ("Sutton", "ArrowUp", "Merton")],
)
def test_arrow_keys_as_a_reader_expects(start, key, end):
    assert {arrow_steps()[code][key] for code in named(start)} == named(end)


def test_the_edge_of_london_is_an_end():
    assert "ArrowRight" not in arrow_steps()["E09000016"]  # Havering
    assert "ArrowLeft" not in arrow_steps()["E09000017"]  # Hillingdon


# The command that rebuilds the file. The package itself is not in the repository.


def test_the_shipped_file_is_what_the_command_writes():
    text = outlines.as_geojson(read_areas(BOUNDARIES).reset_index(), borough_names(), rebuild.SOURCE)
    assert text == BOUNDARIES.read_text(encoding="utf-8")


def test_a_file_too_large_for_a_map_is_refused(monkeypatch):
    monkeypatch.setattr(outlines, "LARGEST_BYTES", 90_000)
    with pytest.raises(outlines.BoundaryFault, match=r"would be 97,788 bytes; it must stay under 90,000"):
        outlines.as_geojson(read_areas(BOUNDARIES).reset_index(), borough_names(), rebuild.SOURCE)


def squares(**changes: shapely.Geometry) -> gpd.GeoDataFrame:
    shapes = {"A": shapely.box(-0.1, 51.5, 0, 51.6), "B": shapely.box(0, 51.5, 0.1, 51.6)} | changes
    frame = {"gss_code": list(shapes), "borough": [f"Borough {code}" for code in shapes]}
    return gpd.GeoDataFrame(frame, geometry=list(shapes.values()), crs="EPSG:4326")


def test_faithful_areas_pass_the_checks():
    outlines.check(squares(), squares(), {"A": "Borough A", "B": "Borough B"})


@pytest.mark.parametrize(
    ("changes", "expected", "message"),
    [
        ({}, {"A": "Borough A"}, r"differ from borough.csv: \['B'\]"),
        ({"B": shapely.Polygon([(0, 51.5), (0.1, 51.6), (0.1, 51.5), (0, 51.6)])}, None, "not valid.*Borough B"),
        ({"B": shapely.box(-0.01, 51.5, 0.1, 51.6)}, None, "overlap"),
        ({"B": shapely.box(0, 51.5, 0.103, 51.6)}, None, "Borough B changed its area by 3.0%"),
    ],
)
def test_unfaithful_areas_are_refused(changes, expected, message):
    with pytest.raises(outlines.BoundaryFault, match=message):
        outlines.check(squares(**changes), squares(), expected or {"A": "Borough A", "B": "Borough B"})


def test_thinning_keeps_shared_borders_shared():
    wavy = [(0 + 0.0001 * (step % 2), 51.5 + step * 0.001) for step in range(101)]
    left = shapely.Polygon([(-0.1, 51.5), *wavy, (-0.1, 51.6)])
    right = shapely.Polygon([(0.1, 51.5), *wavy, (0.1, 51.6)])
    thinned = outlines.thin(squares(A=left, B=right))
    assert shapely.get_num_coordinates(thinned.geometry.array).sum() < 30
    assert shapely.coverage_is_valid(thinned.geometry.array)


def ar(**members: bytes) -> bytes:
    parts = [b"!<arch>\n"]
    for name, content in members.items():
        parts.append(f"{name.replace('_', '.'):<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode())
        parts.append(content + b"\n" * (len(content) % 2))
    return b"".join(parts)


def test_members_of_odd_and_even_length_are_read():
    assert rebuild.ar_members(ar(odd=b"abc", even=b"abcd", last=b"x")) == {"odd": b"abc", "even": b"abcd", "last": b"x"}


def empty_tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:xz"):
        pass
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"something else", "not a Debian package"),
        (ar(debian_binary=b"2.0\n"), "holds no data.tar.xz"),
        (ar(data_tar_xz=empty_tar()), "not the spData package"),
    ],
)
def test_another_file_is_refused_and_nothing_written(tmp_path, capsys, content, message):
    before = BOUNDARIES.read_bytes()
    (tmp_path / "other.deb").write_bytes(content)
    assert rebuild.main([str(tmp_path / "other.deb")]) == 1
    assert message in capsys.readouterr().err
    assert BOUNDARIES.read_bytes() == before


def test_the_command_explains_itself(capsys):
    assert rebuild.main(["--help"]) == 0
    assert rebuild.main([]) == 2
    assert "python -m geo.rebuild_boundaries" in capsys.readouterr().out
