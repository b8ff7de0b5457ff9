"""Opens a file of outlines and gives its layers, whatever the format: GeoJSON, TopoJSON, shapefile, zipped or not."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd

from geo.outlines import BoundaryFault

FORMATS = (".shp", ".geojson", ".json", ".topojson", ".gpkg")


@dataclass(frozen=True)
class Layer:
    """One layer: its name for people, and where to read it."""

    name: str
    place: str
    layer: str

    def read(self) -> gpd.GeoDataFrame:
        """Read it. Raises `BoundaryFault` where it cannot be read or has no shapes."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # rings that are not closed, say: they are mended or refused later
                frame = gpd.read_file(self.place, layer=self.layer)
        except (RuntimeError, OSError, ValueError) as error:
            raise BoundaryFault(f"{self.name} cannot be read: {error}") from error
        if not isinstance(frame, gpd.GeoDataFrame):
            raise BoundaryFault(f"{self.name} holds a table without shapes")
        return frame


def layers(path: Path) -> list[Layer]:
    """Every layer of the file. Raises `BoundaryFault` where there is none."""
    if not path.is_file():
        raise BoundaryFault(f"{path.name} is not there, or is a folder; name the file")
    found = [layer for inner, place in _places(path) for layer in _layers_at(inner, place)]
    if not found:
        raise BoundaryFault(f"{path.name} holds no outlines; expected {', '.join(FORMATS)}, or a .zip with one of them")
    return found


def _places(path: Path) -> Iterator[tuple[str, str]]:
    """Name and place of each thing to open: the file itself, or the members of an archive that may hold outlines."""
    if not zipfile.is_zipfile(path):
        yield path.name, str(path.resolve())  # an absolute path is never taken for an address
        return
    with zipfile.ZipFile(path) as archive:
        members = sorted(name for name in archive.namelist() if PurePosixPath(name).suffix.lower() in FORMATS)
    for member in members:
        yield f"{path.name}/{member}", f"/vsizip/{{{path.resolve()}}}/{member}"


def _layers_at(name: str, place: str) -> list[Layer]:
    try:
        inside = [str(layer) for layer in gpd.list_layers(place)["name"]]
    except (RuntimeError, OSError, ValueError):
        return []
    return [Layer(name if len(inside) == 1 else f"{name}, layer {layer}", place, layer) for layer in inside]
