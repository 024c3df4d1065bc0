"""Which names are written where: areas at their upper left corner, streets along themselves. Nearer the front wins a clash.

The world is cut into blocks of pixels of one zoom; the names of a block are chosen once, whatever part of it is in sight, so no
name jumps while the map pans. Blocks are made between frames, a few names at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, exp2, floor, hypot
from time import perf_counter

import numpy as np
from PySide6.QtGui import QPainter, QPixmap

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.placed import Placed
from desktop.widgets.map_canvas.projection import UNIT_ZOOM, Floats, Viewport, unit_x, unit_y
from desktop.widgets.map_canvas.sprites import Sprites
from desktop.widgets.painting import text_width
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape, contains, inner_point
from domain.ticket import Point

_STREET_EVERY_PX = 760.0
_STREETS_FROM_ZOOM = 14.8
_CELL_PX = 16.0
BLOCK_PX = 512.0
_BLOCKS_KEPT = 80
STREET_ROLE = "map.label"


@dataclass(frozen=True, slots=True)
class AreaName:
    """A name and where its area lies (units); `style` grid · community · town · district."""

    text: str
    style: str
    x: float
    y: float
    middle_x: float
    middle_y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class StreetName:
    text: str
    line: tuple[tuple[float, float], ...]
    water: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A chosen name: middle in units, how it is painted."""

    text: str
    x: float
    y: float
    size: str
    role: str
    angle: float = 0.0
    upright: bool = False


def area_names(style: str, areas: Sequence[AreaShape]) -> list[AreaName]:
    """Anchors of areas: near the upper left corner where that is inside, else a point that is."""
    names = []
    for area in areas:
        west, south, east, north = area.bounds()
        corner = Point(west + 0.09 * (east - west), north - 0.13 * (north - south))
        middle = inner_point(area)
        anchor = corner if contains(area, corner) else middle
        x, y = unit_x(anchor.lon), unit_y(anchor.lat)
        wide, high = unit_x(east) - unit_x(west), unit_y(south) - unit_y(north)
        names.append(AreaName(area.name, style, x, y, unit_x(middle.lon), unit_y(middle.lat), wide, high))
    return names


def street_names(features: Iterable[GroundFeature]) -> list[StreetName]:
    return [
        StreetName(feature.name, tuple((unit_x(lon), unit_y(lat)) for lon, lat in line), feature.kind == "water")
        for feature in features
        if feature.name
        for line in feature.lines
    ]


class _Taken:
    """Screen cells that a name already covers."""

    def __init__(self) -> None:
        self._cells: set[tuple[int, int]] = set()

    def claim(self, x: float, y: float, wide: float, high: float) -> bool:
        """Take a box around (x, y) unless some of it is taken."""
        cells = {
            (column, row)
            for column in range(floor((x - wide / 2) / _CELL_PX), floor((x + wide / 2) / _CELL_PX) + 1)
            for row in range(floor((y - high / 2) / _CELL_PX), floor((y + high / 2) / _CELL_PX) + 1)
        }
        if cells & self._cells:
            return False
        self._cells |= cells
        return True


class Names:
    """All names of a map, with their boxes in columns: which concern a block is one numpy step."""

    def __init__(self, areas: Sequence[AreaName] = (), streets: Sequence[StreetName] = ()) -> None:
        self.areas, self.streets = tuple(areas), tuple(streets)
        self._x = np.array([name.x for name in areas])
        self._y = np.array([name.y for name in areas])
        lines = [np.array(street.line) for street in streets]
        self._street_box = np.array([(*line.min(axis=0), *line.max(axis=0)) for line in lines]).reshape(-1, 4)

    def chosen(self, theme: Theme, zoom: float, box: tuple[float, float, float, float], grids: bool) -> Iterator[Label]:
        """Names whose anchor lies in `box` (west, north, east, south in units), those in front first."""
        west, north, east, south = box
        taken = _Taken()
        scale = exp2(zoom - UNIT_ZOOM)
        inside = (self._x >= west) & (self._x < east) & (self._y >= north) & (self._y < south)
        for index in np.flatnonzero(inside):
            name = self.areas[index]
            label = _area_label(scale, theme, name, taken) if grids or name.style != "grid" else None
            if label is not None:
                yield label
        if zoom < _STREETS_FROM_ZOOM:
            return
        boxes = self._street_box
        near = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= south) & (boxes[:, 3] >= north)
        for index in np.flatnonzero(near):
            yield from _street_labels(scale, theme, self.streets[index], taken, box)


def _area_label(scale: float, theme: Theme, name: AreaName, taken: _Taken) -> Label | None:
    """None where its area is too small for it at this zoom, or so large that a finer name says more."""
    size = {"grid": "small", "community": "small", "town": "body", "district": "body"}[name.style]
    wide_px, high_px, line = name.wide * scale, name.high * scale, theme.px(size)
    # A Chinese character is as wide as its size: nearly right, and a thousand times cheaper than measuring.
    if wide_px < line * len(name.text) * 0.8 or high_px < line * 2.2:
        return None
    width = text_width(theme.font(size), name.text)
    if wide_px < width * 1.15 or (name.style != "grid" and wide_px > width * 14):
        return None
    if name.style == "grid":
        px, py = name.x * scale + width / 2, name.y * scale + line / 2
    else:
        px, py = name.middle_x * scale, name.middle_y * scale
    if not taken.claim(px, py, width, line * 1.3):
        return None
    role = "text.secondary" if name.style == "grid" else "text.primary"
    return Label(name.text, px / scale, py / scale, size, role)


def _street_labels(
    scale: float, theme: Theme, street: StreetName, taken: _Taken, box: tuple[float, float, float, float]
) -> Iterator[Label]:
    west, north, east, south = box
    length = text_width(theme.font("small"), street.text)
    every = max(_STREET_EVERY_PX, length * 4) / scale
    gone, due = 0.0, every * 0.35
    for (x1, y1), (x2, y2) in pairwise(street.line):
        step = hypot(x2 - x1, y2 - y1)
        while step and gone + step >= due:
            share = (due - gone) / step
            due += every
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            if not (west <= x < east and north <= y < south):
                continue
            angle = degrees(atan2(y2 - y1, x2 - x1))
            angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
            upright = abs(angle) > 50
            line = theme.px("small") * 1.2
            wide, high = (line, line * len(street.text)) if upright else (length, line + abs(angle) / 45 * length)
            if taken.claim(x * scale, y * scale, wide, high):
                yield Label(street.text, x, y, "small", STREET_ROLE, 0.0 if upright else round(angle / 3) * 3, upright)
        gone += step


Block = tuple[int, int]


class LabelBlocks:
    """Names by block for one zoom, with their pictures. `work` makes what is missing for a view; `paint` copies."""

    def __init__(self, names: Names, theme: Theme, zoom: float, grids: bool, sprites: Sprites) -> None:
        self._names, self._theme, self._zoom, self._grids, self._sprites = names, theme, zoom, grids, sprites
        self._blocks: dict[Block, Placed] = {}
        self._joined: Placed | None = None
        self._cleared = Placed.joined(())
        self._fresh: list[Placed] = []
        """Blocks made since names last stepped aside: their names do so the next time, not in the middle of a pan."""
        self._marks = np.empty((0, 4))
        self._making: tuple[Block, Iterator[Label], list[Label]] | None = None

    def work(self, view: Viewport, until: float) -> bool:
        """Make blocks until that instant of perf_counter; True while some are missing. Never more than a few names too late."""
        while True:
            if self._making is None:
                block = next((block for block in self._in_sight(view) if block not in self._blocks), None)
                if block is None:
                    return False
                while len(self._blocks) >= _BLOCKS_KEPT:
                    del self._blocks[next(iter(self._blocks))]
                    self._cleared, self._fresh = Placed.joined(()), list(self._blocks.values())
                self._making = (block, self._chosen(block), [])
            block, labels, made = self._making
            for label in labels:
                self._picture(label)
                made.append(label)
                if perf_counter() >= until:
                    return True
            made_block = self._blocks[block] = Placed.of(
                [label.x for label in made],
                [label.y for label in made],
                [self._picture(label) for label in made],
                # A street's name belongs on its street; an area's may stand anywhere inside.
                [label.role != STREET_ROLE for label in made],
            )
            self._fresh.append(made_block)
            self._making, self._joined = None, None
            if perf_counter() >= until:
                return True

    def keep_clear(self, marks: Floats) -> None:
        """Boxes (left, top, right, bottom in world pixels of this zoom) that names step aside for; the same ones change nothing."""
        if np.array_equal(marks, self._marks) and not self._fresh:
            return
        self._marks, self._joined, self._fresh = marks, None, []
        joined = Placed.joined(tuple(self._blocks.values()))
        self._cleared = joined.clear_of(marks, exp2(self._zoom - UNIT_ZOOM))

    def paint(self, painter: QPainter, view: Viewport) -> None:
        if self._joined is None:
            self._joined = Placed.joined((self._cleared, *self._fresh))
        self._joined.paint(painter, view)

    def _picture(self, label: Label) -> QPixmap:
        return self._sprites.label(label.text, label.size, label.role, label.angle, label.upright)

    def _chosen(self, block: Block) -> Iterator[Label]:
        size = BLOCK_PX / exp2(self._zoom - UNIT_ZOOM)
        box = (block[0] * size, block[1] * size, (block[0] + 1) * size, (block[1] + 1) * size)
        return self._names.chosen(self._theme, self._zoom, box, self._grids)

    def _in_sight(self, view: Viewport) -> list[Block]:
        """Blocks of the view and half a block around it: a name may reach over the edge of its block."""
        size = BLOCK_PX / exp2(self._zoom - UNIT_ZOOM)
        west, north, east, south = view.box(BLOCK_PX / 2)
        columns = range(floor(west / size), floor(east / size) + 1)
        return [(column, row) for column in columns for row in range(floor(north / size), floor(south / size) + 1)]
