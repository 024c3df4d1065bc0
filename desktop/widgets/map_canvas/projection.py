"""Web Mercator: degrees WGS-84 ↔ units, and the viewport: units ↔ pixels. One unit is one pixel at zoom 18 (0.55 m at 22° N)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

UNIT_ZOOM = 18
WORLD_UNITS: float = 256.0 * 2**UNIT_ZOOM
EQUATOR_M = 40075016.68557849
MAX_LAT = 85.05112878
MIN_ZOOM, MAX_ZOOM = 3.0, 20.0

Floats = npt.NDArray[np.float64]


def unit_x(lon: float) -> float:
    return (lon + 180.0) / 360.0 * WORLD_UNITS


def unit_y(lat: float) -> float:
    """Down is positive, as on a screen. Latitudes beyond the projection are clamped to its edge."""
    angle = math.radians(max(-MAX_LAT, min(MAX_LAT, lat)))
    return (0.5 - math.log(math.tan(math.pi / 4 + angle / 2)) / (2 * math.pi)) * WORLD_UNITS


def unit_xy(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """The same for whole columns."""
    angle = np.radians(np.clip(lats, -MAX_LAT, MAX_LAT))
    y = (0.5 - np.log(np.tan(math.pi / 4 + angle / 2)) / (2 * math.pi)) * WORLD_UNITS
    return (lons + 180.0) / 360.0 * WORLD_UNITS, y


def lon_of(x: float) -> float:
    return x / WORLD_UNITS * 360.0 - 180.0


def lat_of(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp((0.5 - y / WORLD_UNITS) * 2 * math.pi)) - math.pi / 2)


def units_per_meter(lat: float) -> float:
    return WORLD_UNITS / (EQUATOR_M * math.cos(math.radians(lat)))


@dataclass(frozen=True, slots=True)
class Viewport:
    """What part of the world a widget shows: its middle in units, the zoom level (any fraction) and its size in pixels."""

    x: float
    y: float
    zoom: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels per unit."""
        return math.exp2(self.zoom - UNIT_ZOOM)

    @property
    def left(self) -> float:
        """World pixel at this zoom of the left edge, a whole number so that pictures are not blurred."""
        return round(self.x * self.scale - self.width / 2)

    @property
    def top(self) -> float:
        return round(self.y * self.scale - self.height / 2)

    @property
    def lat(self) -> float:
        return lat_of(self.y)

    def px_per_meter(self) -> float:
        return units_per_meter(self.lat) * self.scale

    def screen(self, x: float, y: float) -> tuple[float, float]:
        scale = self.scale
        return x * scale - self.left, y * scale - self.top

    def units(self, px: float, py: float) -> tuple[float, float]:
        scale = self.scale
        return (px + self.left) / scale, (py + self.top) / scale

    def box(self, margin_px: float = 0.0) -> tuple[float, float, float, float]:
        """West, north, east, south in units, wider by a margin."""
        west, north = self.units(-margin_px, -margin_px)
        east, south = self.units(self.width + margin_px, self.height + margin_px)
        return west, north, east, south

    def moved(self, dx_px: float, dy_px: float) -> Viewport:
        """Shows what lies that many pixels to the right and below."""
        scale = self.scale
        return replace(self, x=self.x + dx_px / scale, y=self.y + dy_px / scale)

    def zoomed(self, zoom: float, px: float, py: float) -> Viewport:
        """Another zoom, with the place under pixel (px, py) kept where it is."""
        zoom = max(MIN_ZOOM, min(MAX_ZOOM, zoom))
        x, y = self.units(px, py)
        scale = math.exp2(zoom - UNIT_ZOOM)
        return replace(self, zoom=zoom, x=x - (px - self.width / 2) / scale, y=y - (py - self.height / 2) / scale)

    def fitted(self, box: tuple[float, float, float, float], margin_px: float, most: float = 17.4) -> Viewport:
        """Shows a box (west, north, east, south in units) as large as it goes, not nearer than zoom `most`."""
        west, north, east, south = box
        wide, high = max(east - west, 1e-9), max(south - north, 1e-9)
        room = min(max(1.0, self.width - 2 * margin_px) / wide, max(1.0, self.height - 2 * margin_px) / high)
        zoom = max(MIN_ZOOM, min(most, UNIT_ZOOM + math.log2(room)))
        return replace(self, x=(west + east) / 2, y=(north + south) / 2, zoom=zoom)
