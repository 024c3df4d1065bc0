"""Point → area for a report that brings a place: which grid or community it lies in, or that this is not certain.

The finest level that has polygons answers first; a point in no polygon of it is asked of the next level up. A point in two
areas of one level is ambiguous and stays so: the registrar decides, never this code. What a ticket makes of the answer is
domain.lifecycle.placing. Reading of layers is here as well; rules of geometry are in domain.geo.
"""

import gzip
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from domain.geo.datum import Datum
from domain.geo.geojson import Fields, Problem, read_areas
from domain.geo.index import AreaIndex, PlacementKind
from domain.geo.polygons import AreaShape, Bounds, Origin, contains, inner_point
from domain.ids import AreaCode
from domain.lifecycle.core import Ground
from domain.organisation import LEVEL_OF_CODE_LENGTH, AreaTree
from domain.ticket import Point
from resources import path as resource_path

FINEST_FIRST = tuple(LEVEL_OF_CODE_LENGTH[length] for length in sorted(LEVEL_OF_CODE_LENGTH, reverse=True))
DEMO_LAYERS = ("communities.geojson", "grids.geojson.gz")
_TRIES = 64


class LayerError(ValueError):
    """A map layer that cannot be used; `problems` name feature and fault by code."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        first = problems[0] if problems else Problem("empty")
        where = f", feature {first.feature} ({first.name})" if first.feature >= 0 else ""
        super().__init__(f"{file}: {first.code}{where} {first.detail or ''}; {len(problems)} fault(s) in all")
        self.problems = tuple(problems)


class Place(Struct, frozen=True):
    """Answer for one point. `area`: the certain one. `candidates`: all of the level that answered (two or more = ambiguous)."""

    kind: PlacementKind
    area: AreaCode | None = None
    candidates: tuple[AreaCode, ...] = ()
    level: str = ""
    origin: Origin | None = None
    """Of the polygon that answered: derived and demo borders are said to be so."""


OUTSIDE = Place(PlacementKind.OUTSIDE)


class Places:
    """One index per level. Immutable after making; a look-up takes some 20 µs, so it may run in the event loop."""

    def __init__(self, shapes: Iterable[AreaShape]) -> None:
        self._shapes: dict[AreaCode, AreaShape] = {shape.code: shape for shape in shapes}
        by_level: dict[str, list[AreaShape]] = {}
        for shape in self._shapes.values():
            level = LEVEL_OF_CODE_LENGTH.get(len(shape.code))
            if level is None:
                raise LayerError("areas", [Problem("code_length", name=shape.name, detail={"code": shape.code})])
            by_level.setdefault(level, []).append(shape)
        self._indexes: Mapping[str, AreaIndex] = {level: AreaIndex(found) for level, found in by_level.items()}

    def __len__(self) -> int:
        return len(self._shapes)

    def place(self, point: Point, known: AreaTree | None = None) -> Place:
        """The area of a point. `known`: the site's table; an area that is not in it stands for the nearest one above that is."""
        for level in FINEST_FIRST:
            index = self._indexes.get(level)
            placement = index.assign(point) if index is not None else None
            if placement is None or not placement.areas:
                continue
            origin = self._shapes[placement.areas[0]].origin
            codes = tuple(dict.fromkeys(_known(code, known) for code in placement.areas))
            if len(codes) > 1:
                return Place(PlacementKind.AMBIGUOUS, None, codes, level, origin)
            return Place(PlacementKind.AREA, codes[0], codes, level, origin)
        return OUTSIDE

    def ground(self, point: Point, known: AreaTree | None = None) -> Ground:
        """The same answer as the rules of a report want it."""
        place = self.place(point, known)
        surveyed = place.origin in (None, Origin.SURVEYED)
        return Ground(place.candidates, "" if surveyed else str(place.origin))

    def demo_point(self, area: AreaCode, key: str) -> Point | None:
        """An invented place inside an area, always the same for a key: for replayed records that know only their community.
        None where the area has no polygon."""
        shape = self._shapes.get(area)
        if shape is None:
            return None
        west, south, east, north = shape.bounds()
        digest = hashlib.blake2b(key.encode(), digest_size=8 * 2).digest()
        x, y = (int.from_bytes(digest[:8]) / 2**64, int.from_bytes(digest[8:]) / 2**64)
        for _ in range(_TRIES):
            point = Point(round(west + x * (east - west), 6), round(south + y * (north - south), 6))
            if contains(shape, point):
                return point
            # Steps of the golden ratio and of the square root of two fill the box evenly, so one of them lands inside.
            x, y = (x + 0.6180339887498949) % 1.0, (y + 0.41421356237309515) % 1.0
        return inner_point(shape)


def read_layer(
    file: Path, datum: Datum | None = None, *, fields: Fields | None = None, site: Bounds | None = None
) -> tuple[AreaShape, ...]:
    """Areas of a GeoJSON file (also .gz). Raises LayerError when anything in it is wrong, OSError when it cannot be read."""
    data = file.read_bytes()
    if file.suffix == ".gz":
        try:
            data = gzip.decompress(data)
        except (EOFError, gzip.BadGzipFile) as error:
            raise LayerError(file.name, [Problem("gzip_broken")]) from error
    result = read_areas(data, datum, fields=fields, site=site)
    if not result.ok:
        raise LayerError(file.name, result.problems)
    return result.areas


def demo_places() -> Places:
    """The invented layout of the demonstration (resources/maps/demo)."""
    layers = [read_layer(resource_path("maps", "demo", name)) for name in DEMO_LAYERS]
    return Places(shape for layer in layers for shape in layer)


def _known(code: AreaCode, tree: AreaTree | None) -> AreaCode:
    if tree is None:
        return code
    for length in sorted(LEVEL_OF_CODE_LENGTH, reverse=True):
        if length <= len(code) and code[:length] in tree:
            return AreaCode(code[:length])
    return code
