"""Pictures at places: drawn with one numpy step for where they fall and one call each for those in sight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QPainter, QPixmap

from desktop.widgets.map_canvas.projection import Floats, Viewport


class Placed:
    """Fixed pictures, each centred at a place in units."""

    def __init__(self, x: Floats, y: Floats, pictures: Sequence[QPixmap]) -> None:
        self._x, self._y = x, y
        self._pictures = tuple(pictures)
        self._half_width = np.array([picture.width() / picture.devicePixelRatio() / 2 for picture in pictures])
        self._half_height = np.array([picture.height() / picture.devicePixelRatio() / 2 for picture in pictures])

    @classmethod
    def of(cls, xs: Sequence[float], ys: Sequence[float], pictures: Sequence[QPixmap]) -> Placed:
        return cls(np.array(xs, float), np.array(ys, float), pictures)

    @classmethod
    def joined(cls, parts: Sequence[Placed]) -> Placed:
        """All of them as one, so that a frame costs one step instead of one for each."""
        xs = [part._x for part in parts] or [np.empty(0)]
        ys = [part._y for part in parts] or [np.empty(0)]
        return cls(np.concatenate(xs), np.concatenate(ys), [picture for part in parts for picture in part._pictures])

    def paint(self, painter: QPainter, view: Viewport) -> None:
        if not self._pictures:
            return
        left = self._x * view.scale - view.left - self._half_width
        top = self._y * view.scale - view.top - self._half_height
        seen = (left < view.width) & (left + 2 * self._half_width > 0)
        seen &= (top < view.height) & (top + 2 * self._half_height > 0)
        indexes = np.flatnonzero(seen)
        draw, pictures = painter.drawPixmap, self._pictures
        # Whole pixels: words between two pixels would be blurred.
        spots = zip(
            indexes.tolist(),
            np.rint(left[indexes]).astype(int).tolist(),
            np.rint(top[indexes]).astype(int).tolist(),
            strict=True,
        )
        for index, x, y in spots:
            draw(x, y, pictures[index])
