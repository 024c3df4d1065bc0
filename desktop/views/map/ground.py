"""What of a map package lies below the marks: ground and borders, the same on every map."""

from __future__ import annotations

from desktop.services.maps.package import MapPackage
from desktop.widgets.map_canvas.surface import MapSurface

STYLES = (("grids", "grid"), ("communities", "community"), ("towns", "town"), ("districts", "district"))
"""Layers of borders in a package, finest first, and how they are drawn."""


def fill_ground(canvas: MapSurface, package: MapPackage, note: str = "") -> None:
    """`note` is said on the canvas where the ground is missing."""
    canvas.set_ground(package.ground.features if package.ground else (), note)
    canvas.set_areas([(style, package.areas[layer]) for layer, style in STYLES if layer in package.areas])
