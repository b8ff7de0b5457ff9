"""Holds outlines against the shipped ones: sizes and places, gaps and overlaps. Then thins them for the map."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import shapely

from geo.names import borough_names
from geo.outlines import NATIONAL_GRID, BoundaryFault, check, thin

SIZE_TOLERANCE = 0.05
"""How far an area may differ in size from the shipped one."""

LEAST_COVERED = 0.9
"""How much of the shipped area the new one must cover; less, and it is another place."""

GAP_OR_OVERLAP_M2 = 10_000
"""A gap or an overlap larger than this (1 hectare) and wider than `NARROW_M` is refused. Narrow ones are closed."""

NARROW_M = 10.0
SNAP_M = 1.0
TOLERANCES_M = (60, 80, 100)

RIVER = (
    "Outlines to the middle of the tidal Thames, or to the extent of the realm, are larger along the river than the "
    "shipped ones, which end at its banks. Take outlines clipped to the coastline or high water, or those of the GLA"
)


def compare(areas: gpd.GeoDataFrame, shipped: gpd.GeoDataFrame) -> None:
    """Raise BoundaryFault with every fault, unless each area has the size and place of the shipped one and there is no
    gap or overlap past the tolerance.

    areas: gss_code, borough, geometry in order of code; shipped: index gss_code, geometry; both EPSG:4326.
    """
    new = gpd.GeoSeries(areas.geometry.array, index=areas["gss_code"], crs=areas.crs).to_crs(NATIONAL_GRID)
    old = shipped.geometry.to_crs(NATIONAL_GRID)
    faults = _sizes_and_places(new, old)
    faults += _overlaps(new) + _gaps(new, old)
    if faults:
        raise BoundaryFault("\n".join(faults))


def _sizes_and_places(new: gpd.GeoSeries, old: gpd.GeoSeries) -> list[str]:
    land = shapely.union_all(old.array)
    faults = []
    by_the_river = False
    for code, name in borough_names().items():
        size, was = new[code].area, old[code].area
        change = size / was - 1
        if abs(change) > SIZE_TOLERANCE:
            added = shapely.difference(new[code], old[code]).area
            by_the_river |= change > 0 and shapely.difference(new[code], land).area > added / 2
            faults.append(
                f"{name}: {size / 1e6:.2f} km² in this file, {was / 1e6:.2f} km² in the shipped outlines, "
                f"{abs(change):.1%} {'larger' if change > 0 else 'smaller'}; at most {SIZE_TOLERANCE:.0%} may differ"
            )
            continue
        covered = shapely.intersection(new[code], old[code]).area / was
        if covered < LEAST_COVERED:
            faults.append(
                f"{name}: the shape covers {covered:.0%} of {name} in the shipped outlines, expected "
                f"{LEAST_COVERED:.0%} or more; it may carry another borough's code"
            )
    return [*faults, RIVER] if by_the_river else faults


def _matters(shape: shapely.Geometry) -> bool:
    """Whether a gap or overlap is too large and too wide to be a matter of drawing."""
    return shape.area > GAP_OR_OVERLAP_M2 and not shapely.buffer(shape, -NARROW_M / 2).is_empty


def _overlaps(new: gpd.GeoSeries) -> list[str]:
    faults = []
    names = borough_names()
    left, right = new.sindex.query(new.array, predicate="intersects")
    for one, other in sorted(zip(left.tolist(), right.tolist(), strict=True)):
        if one < other:
            shared = shapely.intersection(new.iloc[one], new.iloc[other])
            if _matters(shared):
                pair = f"{names[new.index[one]]} and {names[new.index[other]]}"
                faults.append(f"{pair}: they overlap by {shared.area / 1e4:.1f} hectares; at most 1 is accepted")
    return faults


def _gaps(new: gpd.GeoSeries, old: gpd.GeoSeries) -> list[str]:
    """What the areas surround and none covers, where the shipped outlines have land. The tidal Thames is not land."""
    land = shapely.union_all(old.array)
    covered = shapely.union_all(new.array)
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(covered)])
    faults = []
    for gap in shapely.get_parts(shapely.difference(filled, covered)):
        on_land = shapely.intersection(gap, land)
        if _matters(on_land) and on_land.area > gap.area / 2:
            beside = ", ".join(borough_names()[code] for code in new.index[new.distance(gap) < SNAP_M])
            faults.append(
                f"{beside}: a gap of {gap.area / 1e4:.1f} hectares that no area covers; at most 1 is accepted"
            )
    return faults


def for_map(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Close small gaps and overlaps, simplify all areas together, and check the outcome. Raises BoundaryFault."""
    clean = areas
    if not shapely.coverage_is_valid(areas.to_crs(NATIONAL_GRID).geometry.array, gap_width=NARROW_M):
        grid = areas.to_crs(NATIONAL_GRID)
        grid["geometry"] = shapely.coverage_clean(grid.geometry.array, snapping_distance=SNAP_M, gap_width=NARROW_M)
        clean = grid.to_crs("EPSG:4326")
    for tolerance, coarser in pairwise((*TOLERANCES_M, None)):
        thinned = thin(clean, tolerance)
        try:
            check(thinned, clean, borough_names())
        except BoundaryFault:
            if coarser is None:
                raise
            continue  # rounding may close a narrow neck; a little coarser, and the neck is gone
        return thinned
    raise AssertionError("TOLERANCES_M is empty")
