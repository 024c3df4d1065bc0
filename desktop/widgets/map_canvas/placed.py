"""Pictures at places: drawn with one numpy step for where they fall and one call each for those in sight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter, QPixmap

from desktop.widgets.map_canvas.projection import Floats, Viewport

Flags = npt.NDArray[np.bool_]
_STEPS: tuple[tuple[float, float], ...] = (
    (0.0, 0.9),
    (0.0, -0.9),
    (0.0, 1.5),
    (0.0, -1.5),
    (0.6, 0.0),
    (-0.6, 0.0),
    (0.6, 0.9),
    (-0.6, 0.9),
)
_STEPS += ((0.6, -0.9), (-0.6, -0.9), (0.0, 2.2), (0.0, -2.2), (1.0, 0.0), (-1.0, 0.0))
"""Where a name looks for room, in widths and heights of itself, the nearest first."""


class Placed:
    """Fixed pictures, each centred at a place in units. `movable`: those that may step aside (`clear_of`)."""

    def __init__(self, x: Floats, y: Floats, pictures: Sequence[QPixmap], movable: Flags) -> None:
        self._x, self._y, self._movable = x, y, movable
        self._pictures = tuple(pictures)
        self._half_width = np.array([picture.width() / picture.devicePixelRatio() / 2 for picture in pictures])
        self._half_height = np.array([picture.height() / picture.devicePixelRatio() / 2 for picture in pictures])

    @classmethod
    def of(
        cls, xs: Sequence[float], ys: Sequence[float], pictures: Sequence[QPixmap], movable: Sequence[bool] = ()
    ) -> Placed:
        flags = np.array(movable, bool) if movable else np.zeros(len(pictures), bool)
        return cls(np.array(xs, float), np.array(ys, float), pictures, flags)

    @classmethod
    def joined(cls, parts: Sequence[Placed]) -> Placed:
        """All of them as one, so that a frame costs one step instead of one for each."""
        xs = [part._x for part in parts] or [np.empty(0)]
        ys = [part._y for part in parts] or [np.empty(0)]
        flags = [part._movable for part in parts] or [np.empty(0, bool)]
        pictures = [picture for part in parts for picture in part._pictures]
        return cls(np.concatenate(xs), np.concatenate(ys), pictures, np.concatenate(flags))

    def clear_of(self, boxes: Floats, scale: float) -> Placed:
        """Those that lie under a box (left, top, right, bottom in world pixels of that scale) step to the nearest free spot; one that
        finds none stays. Names among themselves keep apart as well."""
        if not len(boxes) or not self._movable.any():
            return self
        own = self._boxes(scale)
        moved_x, moved_y = self._x.copy(), self._y.copy()
        for index in np.flatnonzero(self._movable).tolist():
            box = own[index]
            if not _meets(box, boxes):
                continue
            wide, high = box[2] - box[0], box[3] - box[1]
            for right, down in _STEPS:
                spot = box + np.array([right * wide, down * high] * 2)
                others = np.delete(own, index, axis=0)
                if not _meets(spot, boxes) and not _meets(spot, others):
                    own[index] = spot
                    moved_x[index] += right * wide / scale
                    moved_y[index] += down * high / scale
                    break
        return Placed(moved_x, moved_y, self._pictures, self._movable)

    def _boxes(self, scale: float) -> Floats:
        x, y = self._x * scale, self._y * scale
        sides = (x - self._half_width, y - self._half_height, x + self._half_width, y + self._half_height)
        return np.stack(sides, axis=1)

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


def _meets(box: Floats, boxes: Floats) -> bool:
    apart = (boxes[:, 0] >= box[2]) | (boxes[:, 2] <= box[0]) | (boxes[:, 1] >= box[3]) | (boxes[:, 3] <= box[1])
    return not bool(apart.all())
