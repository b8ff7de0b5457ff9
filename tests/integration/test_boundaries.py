"""`python -m etl boundaries FILE` on every format, column and coordinate system that people bring, and every refusal.

The files are made from the shipped outlines, so whatever their form, the outcome must look like those.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from etl.__main__ import main
from etl.boundaries import measure
from etl.boundaries.command import FILE
from geo.areas import BOUNDARIES, REPLACEMENT, neighbours_in, read_areas
from geo.names import borough_names
from geo.outlines import CREDIT, BoundaryFault, thin
from tests.support import outlines
from tests.support.outlines import changed, geojson, in_grid, shipped, with_bow_tie

BEXLEY, CAMDEN, HAVERING, SUTTON, TOWER_HAMLETS = (f"E090000{number:02}" for number in (4, 7, 16, 29, 30))


def take(folder: Path, file: Path, *more: str) -> int:
    return main(["boundaries", str(file), "--data", str(folder / "data"), *more])


def taken(folder: Path) -> gpd.GeoDataFrame:
    return read_areas(folder / "data" / "boundaries" / "london_boroughs.geojson")


FORMS = {
    outlines.of_ons: "found by LAD13CD, WGS 84",
    outlines.lower_case: "found by lad19cd, WGS 84",
    outlines.names_only: "found by name, WGS 84",
    outlines.undeclared_metres_with_old_codes: "found by code, British National Grid (not declared)",
    outlines.national: "found by LAD22CD, WGS 84",
    outlines.shapefile: "found by GSS_CODE, British National Grid",
    outlines.shapefile_without_projection: "found by GSS_CODE, British National Grid (not declared)",
    outlines.zipped_shapefile: "found by GSS_CODE, British National Grid",
    outlines.web_mercator: "found by gss_code, WGS 84 / Pseudo-Mercator",
    outlines.topojson: "found by id, WGS84 (not declared)",
    outlines.halves: "33 areas from 66 rows, found by LB_GSS_CD",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_outlines_of_this_form_are_taken(tmp_path, capsys, form):
    assert take(tmp_path, form(tmp_path)) == 0
    said = capsys.readouterr().out
    assert FORMS[form] in said
    assert "Restart the dashboard" in said
    assert "delete that file" in said
    areas = taken(tmp_path)
    assert dict(areas["borough"]) == borough_names()
    assert areas.crs == "EPSG:4326"
    assert shapely.coverage_is_valid(areas.geometry.array)
    old = read_areas(BOUNDARIES)
    assert neighbours_in(areas.geometry) == neighbours_in(old.geometry)
    ratio = in_grid(areas).area / in_grid(old).area
    assert ratio.between(0.99, 1.01).all()
    meets = shapely.intersection(areas.geometry.array, old.geometry.array)
    assert (shapely.area(meets) / shapely.area(old.geometry.array) > 0.98).all()


def test_the_file_names_its_source_and_the_credit_and_comes_out_the_same_again(tmp_path):
    path = outlines.of_ons(tmp_path)
    target = tmp_path / "data" / "boundaries" / "london_boroughs.geojson"
    assert take(tmp_path, path) == 0
    first = target.read_bytes()
    head = json.loads(first)
    assert head["credit"] == CREDIT
    assert head["source"].startswith("brought.geojson, sha256 ")
    assert len(first) < 120_000
    assert take(tmp_path, path) == 0
    assert target.read_bytes() == first


def test_a_ring_that_crosses_itself_is_mended_and_said(tmp_path, capsys):
    path = changed(tmp_path, CAMDEN, with_bow_tie)
    assert not gpd.read_file(path).is_valid.all()
    assert take(tmp_path, path) == 0
    assert "Broken rings were mended in: Camden." in capsys.readouterr().out
    assert taken(tmp_path).is_valid.all()


@pytest.mark.parametrize("metres", [0.5, -0.5, -3])
def test_a_narrow_overlap_or_gap_is_closed(tmp_path, metres):
    assert take(tmp_path, changed(tmp_path, CAMDEN, lambda shape: shape.buffer(metres))) == 0
    areas = taken(tmp_path)
    assert neighbours_in(areas.geometry) == neighbours_in(read_areas(BOUNDARIES).geometry)
    assert shapely.coverage_is_valid(areas.geometry.array)


# --- refusals --------------------------------------------------------------------------------------------------------


def refused(folder: Path, capsys: pytest.CaptureFixture[str], file: Path, *more: str) -> str:
    """What the command says of a file it must not take. Nothing may be written."""
    assert take(folder, file, *more) == 1
    assert not (folder / "data").exists()
    said = capsys.readouterr().err
    assert said.startswith("Not taken; nothing was written and the outlines in use stay.\n")
    assert "python -m etl boundaries FILE" in said
    assert ".." not in said.replace("…", "")
    return said


def test_another_size_is_refused_with_both_sizes(tmp_path, capsys):
    grid = in_grid(shipped()).set_index("gss_code").geometry
    smaller = changed(tmp_path, SUTTON, lambda shape: shape.buffer(-200))
    was, now = grid[SUTTON].area / 1e6, grid[SUTTON].buffer(-200).area / 1e6
    said = refused(tmp_path, capsys, smaller)
    assert (
        f"Sutton: {now:.2f} km² in this file, {was:.2f} km² in the shipped outlines, {1 - now / was:.1%} smaller"
        in said
    )
    assert "Thames" not in said


def test_outlines_to_the_middle_of_the_river_are_refused_and_explained(tmp_path, capsys):
    others = shapely.union_all(in_grid(shipped()).set_index("gss_code").geometry.drop(TOWER_HAMLETS).array)
    river = changed(tmp_path, TOWER_HAMLETS, lambda shape: shape.buffer(300).difference(others))
    said = refused(tmp_path, capsys, river)
    assert "Tower Hamlets: 23.23 km² in this file, 19.78 km² in the shipped outlines, 17.5% larger; at most 5%" in said
    assert "Outlines to the middle of the tidal Thames" in said


def test_codes_on_the_wrong_shapes_are_refused(tmp_path, capsys):
    shapes = in_grid(shipped()).set_index("gss_code").geometry
    pairs = [(one, other) for one in shapes.index for other in shapes.index
             if one < other and abs(shapes[one].area / shapes[other].area - 1) < 0.03]  # fmt: skip
    one, other = pairs[0]
    areas = shipped()
    swap = {one: other, other: one}
    path = geojson(tmp_path, areas, {"GSS_CODE": [swap.get(code, code) for code in areas["gss_code"]]})
    said = refused(tmp_path, capsys, path)
    for code in (one, other):
        assert (
            f"{borough_names()[code]}: the shape covers 0% of {borough_names()[code]} in the shipped outlines" in said
        )
    assert "it may carry another borough's code" in said


def test_an_overlap_is_refused_with_both_names(tmp_path, capsys):
    said = refused(tmp_path, capsys, changed(tmp_path, CAMDEN, lambda shape: shape.buffer(30)))
    assert "Camden and Islington: they overlap by" in said
    assert "hectares; at most 1 is accepted." in said
    assert "Sutton" not in said


def test_a_gap_is_refused_with_the_names_beside_it(tmp_path, capsys):
    path = changed(tmp_path, CAMDEN, lambda shape: shape.difference(shape.centroid.buffer(200)))
    assert "Camden: a gap of 12.5 hectares that no area covers; at most 1 is accepted." in refused(
        tmp_path, capsys, path
    )


def test_the_river_is_no_gap_even_where_the_areas_close_it_off():
    old = in_grid(read_areas(BOUNDARIES)).geometry
    new = old.copy()
    crossing = shapely.shortest_line(new[BEXLEY], new[HAVERING]).buffer(50)
    new[BEXLEY] = shapely.union(new[BEXLEY], crossing)
    covered = shapely.union_all(new.array)
    holes = [shapely.Polygon(ring).area for part in shapely.get_parts(covered) for ring in part.interiors]
    assert max(holes) > 1e6  # the tidal Thames has become a hole of some square kilometres
    assert measure._gaps(new, old) == []


def test_a_missing_area_is_named(tmp_path, capsys):
    areas = shipped()[lambda frame: frame["gss_code"] != CAMDEN]
    said = refused(tmp_path, capsys, geojson(tmp_path, areas, {"GSS_CODE": list(areas["gss_code"])}))
    assert "brought.geojson: 1 of the 33 areas are missing from column GSS_CODE: Camden." in said


def test_an_area_that_is_there_twice_is_refused(tmp_path, capsys):
    areas = gpd.GeoDataFrame(pd.concat([shipped(), shipped().iloc[[6]]], ignore_index=True), crs="EPSG:4326")
    said = refused(tmp_path, capsys, geojson(tmp_path, areas, {"GSS_CODE": list(areas["gss_code"])}))
    assert "Camden is there 2 times, and the shapes overlap; expected one." in said


def test_no_column_of_codes_or_names_is_refused(tmp_path, capsys):
    said = refused(tmp_path, capsys, geojson(tmp_path, shipped(), {"ward": ["x"] * 33, "id": list(range(33))}))
    assert "no column holds codes or names of London boroughs; its columns are ward, id." in said


def test_points_are_refused(tmp_path, capsys):
    areas = in_grid(shipped())
    areas["geometry"] = areas.centroid
    said = refused(tmp_path, capsys, geojson(tmp_path, areas.to_crs("EPSG:4326"), {"code": list(areas["gss_code"])}))
    assert "City of London is a Point, expected a polygon." in said


def test_an_area_without_a_shape_is_refused(tmp_path, capsys):
    path = outlines.of_ons(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][6]["geometry"] = None
    path.write_text(json.dumps(content), encoding="utf-8")
    assert "Camden has no shape." in refused(tmp_path, capsys, path)


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (
            lambda points: points[:, ::-1],
            "do not lie in London. The file may declare the wrong coordinates, or have north and east",
        ),
        (lambda points: points * 1e5, "are neither degrees nor British National Grid in London"),
        (lambda points: points - [1, 0], "do not lie in London"),
    ],
    ids=["exchanged", "another grid", "elsewhere"],
)
def test_coordinates_that_are_not_of_london_are_refused(tmp_path, capsys, move, words):
    areas = shipped()
    areas["geometry"] = shapely.transform(areas.geometry.array, move)
    said = refused(tmp_path, capsys, geojson(tmp_path, areas, {"code": list(areas["gss_code"])}, declare=False))
    assert words in said


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.geojson", b"hello", "x.geojson holds no outlines; expected .shp, .geojson"),
        ("x.csv", b"code,name\nE09000007,Camden\n", "x.csv holds a table without shapes."),
        ("x.geojson", b"", "x.geojson holds no outlines"),
    ],
)
def test_a_file_that_holds_no_outlines_is_refused(tmp_path, capsys, name, content, words):
    (tmp_path / name).write_bytes(content)
    assert words in refused(tmp_path, capsys, tmp_path / name)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path, capsys):
    assert "no.shp is not there, or is a folder; name the file." in refused(tmp_path, capsys, tmp_path / "no.shp")
    assert "is not there, or is a folder" in refused(tmp_path, capsys, tmp_path)


def test_several_layers_ask_for_a_name(tmp_path, capsys):
    one, other = (
        outlines.of_ons(tmp_path).rename(tmp_path / "one.geojson"),
        outlines.topojson(tmp_path).rename(tmp_path / "two.json"),
    )
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.write(one, "one.geojson")
        archive.write(other, "inner/two.json")
        archive.writestr("broken.geojson", "{")
    said = refused(tmp_path, capsys, tmp_path / "both.zip")
    assert (
        "2 layers hold the 33 areas: both.zip/inner/two.json; both.zip/one.geojson. Name one of them with --layer."
        in said
    )
    assert "has no layer three" in refused(tmp_path, capsys, tmp_path / "both.zip", "--layer", "three")
    assert take(tmp_path, tmp_path / "both.zip", "--layer", "both.zip/one.geojson") == 0


def test_thinning_that_fails_at_every_tolerance_is_refused(monkeypatch):
    tried = []

    def spoil(areas: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
        tried.append(tolerance)
        thinned = thin(areas, tolerance)
        thinned.loc[6, "geometry"] = thinned.loc[6, "geometry"].buffer(0.01)
        return thinned

    monkeypatch.setattr(measure, "thin", spoil)
    with pytest.raises(BoundaryFault, match="overlap"):
        measure.for_map(shipped())
    assert tried == list(measure.TOLERANCES_M)


def test_the_command_writes_where_the_maps_look_first():
    assert REPLACEMENT.parts[-3:] == ("data", *FILE.parts)


def test_the_commands_and_an_example_of_each_are_in_the_help(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    for command in ("build", "check", "population", "boundaries"):
        assert f"  python -m etl {command}" in said
