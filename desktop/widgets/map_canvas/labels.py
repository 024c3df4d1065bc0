"""Which names are written where: areas at their upper left corner, streets along themselves. Nearer the front wins a clash.

Chosen for a part of the world larger than the view and kept while the map only pans, so that no name jumps under the hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, degrees, floor, hypot

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.projection import Viewport, unit_x, unit_y
from desktop.widgets.painting import text_width
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape, contains, inner_point
from domain.ticket import Point

_STREET_EVERY_PX = 760.0
_STREETS_FROM_ZOOM = 14.8
_CELL_PX = 16.0


@dataclass(frozen=True, slots=True)
class AreaName:
    """A name and where its area lies (units); `style` grid · community · town."""

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


def chosen_labels(
    view: Viewport, theme: Theme, areas: Sequence[AreaName], streets: Sequence[StreetName], margin_px: float
) -> list[Label]:
    """Names for the view and a margin around it, those in front first."""
    west, north, east, south = view.box(margin_px)
    taken = _Taken()
    labels: list[Label] = []
    for name in areas:
        if west <= name.x <= east and north <= name.y <= south:
            label = _area_label(view, theme, name, taken)
            if label is not None:
                labels.append(label)
    if view.zoom >= _STREETS_FROM_ZOOM:
        for street in streets:
            labels += _street_labels(view, theme, street, taken, (west, north, east, south))
    return labels


def _area_label(view: Viewport, theme: Theme, name: AreaName, taken: _Taken) -> Label | None:
    """None where its area is too small for it at this zoom, or so large that a finer name says more."""
    size = {"grid": "small", "community": "small", "town": "body"}[name.style]
    wide_px, high_px = name.wide * view.scale, name.high * view.scale
    width = text_width(theme.font(size), name.text)
    if wide_px < width * 1.15 or high_px < theme.px(size) * 2.2:
        return None
    if name.style != "grid" and wide_px > width * 14:
        return None
    if name.style == "grid":
        px, py = name.x * view.scale + width / 2, name.y * view.scale + theme.px(size) / 2
    else:
        px, py = name.middle_x * view.scale, name.middle_y * view.scale
    if not taken.claim(px, py, width, theme.px(size) * 1.3):
        return None
    role = "text.secondary" if name.style == "grid" else "text.primary"
    return Label(name.text, px / view.scale, py / view.scale, size, role)


def _street_labels(
    view: Viewport, theme: Theme, street: StreetName, taken: _Taken, box: tuple[float, float, float, float]
) -> Iterable[Label]:
    west, north, east, south = box
    scale = view.scale
    length = text_width(theme.font("small"), street.text)
    every = max(_STREET_EVERY_PX, length * 4) / scale
    gone, due = 0.0, every * 0.35
    for (x1, y1), (x2, y2) in zip(street.line, street.line[1:], strict=False):
        step = hypot(x2 - x1, y2 - y1)
        while step and gone + step >= due:
            share = (due - gone) / step
            due += every
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            if not (west <= x <= east and north <= y <= south):
                continue
            angle = degrees(atan2(y2 - y1, x2 - x1))
            angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
            upright = abs(angle) > 50
            line = theme.px("small") * 1.2
            wide, high = (line, line * len(street.text)) if upright else (length, line + abs(angle) / 45 * length)
            if taken.claim(x * scale, y * scale, wide, high):
                yield Label(street.text, x, y, "small", "map.label", 0.0 if upright else round(angle / 3) * 3, upright)
        gone += step
