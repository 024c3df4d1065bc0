"""Pictures at places: drawn with one numpy step for where they fall and one call each for those in sight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter, QPixmap

from desktop.widgets.map_canvas.projection import Floats, Viewport

Flags = npt.NDArray[np.bool_]
_STEPS = (
    (0.0, 1.3),
    (0.0, -1.3),
    (0.0, 2.0),
    (0.0, -2.0),
    (1.2, 0.0),
    (-1.2, 0.0),
    (0.6, 1.3),
    (-0.6, 1.3),
    (0.6, -1.3),
    (-0.6, -1.3),
)
"""Where a name looks for room, in widths and heights of itself, the nearest first; each is clear of where it stood."""
_CELL_PX = 6.0


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
        marks = _Cells(boxes)
        under = np.flatnonzero(self._movable & marks.inside(own) & (marks.count(own) > 0))
        if not len(under):
            return self
        marks.add(own[marks.inside(own)])
        wide, high = own[under, 2] - own[under, 0], own[under, 3] - own[under, 1]
        moved_x, moved_y = self._x.copy(), self._y.copy()
        waiting = np.ones(len(under), bool)
        for right, down in _STEPS:
            dx, dy = right * wide, down * high
            spots = own[under] + np.stack((dx, dy, dx, dy), axis=1)
            # The free ones of this step, of which two may want the same place: the second looks on.
            for at in np.flatnonzero(waiting & (marks.count(spots) == 0)).tolist():
                if marks.claim(spots[at]):
                    waiting[at] = False
                    moved_x[under[at]] += dx[at] / scale
                    moved_y[under[at]] += dy[at] / scale
            if not waiting.any():
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


class _Cells:
    """What is covered, in cells of some pixels: how much of a box is covered is four look-ups, however much there is."""

    def __init__(self, boxes: Floats) -> None:
        self._left, self._top = boxes[:, :2].min(axis=0)
        size = np.ceil((boxes[:, 2:].max(axis=0) - (self._left, self._top)) / _CELL_PX).astype(int) + 1
        self._bounds = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
        self._covered = np.zeros((size[1], size[0]), np.int32)
        self.add(boxes)

    def inside(self, boxes: Floats) -> Flags:
        left, top, right, bottom = self._bounds
        across: Flags = (boxes[:, 2] > left) & (boxes[:, 0] < right)
        along: Flags = (boxes[:, 3] > top) & (boxes[:, 1] < bottom)
        return across & along

    def add(self, boxes: Floats) -> None:
        for x0, y0, x1, y1 in self._spans(boxes).tolist():
            self._covered[y0:y1, x0:x1] = 1
        self._sums = np.zeros((self._covered.shape[0] + 1, self._covered.shape[1] + 1), np.int32)
        np.cumsum(np.cumsum(self._covered, axis=0), axis=1, out=self._sums[1:, 1:])

    def count(self, boxes: Floats) -> npt.NDArray[np.int32]:
        """Covered cells of each box; what lies outside is free."""
        x0, y0, x1, y1 = self._spans(boxes).T
        sums = self._sums
        return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])

    def claim(self, box: Floats) -> bool:
        """Cover it, if it is still free; `count` does not know of it."""
        x0, y0, x1, y1 = self._spans(box[np.newaxis])[0].tolist()
        if self._covered[y0:y1, x0:x1].any():
            return False
        self._covered[y0:y1, x0:x1] = 1
        return True

    def _spans(self, boxes: Floats) -> npt.NDArray[np.int64]:
        high, wide = self._covered.shape
        x = (boxes[:, (0, 2)] - self._left) / _CELL_PX
        y = (boxes[:, (1, 3)] - self._top) / _CELL_PX
        x = np.clip(np.stack((np.floor(x[:, 0]), np.ceil(x[:, 1])), axis=1), 0, wide)
        y = np.clip(np.stack((np.floor(y[:, 0]), np.ceil(y[:, 1])), axis=1), 0, high)
        return np.stack((x[:, 0], y[:, 0], x[:, 1], y[:, 1]), axis=1).astype(np.int64)
