"""The heat layer: how dense tickets lie, as one small picture that is stretched over a part of the map. Numpy, then one QImage."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from desktop.widgets.map_canvas.projection import Floats

COLUMNS = 256
_SPREAD = 3
_PASSES = 3
_STRONGEST = 0.62
_FAINTEST = 0.05
_STEEP = 1.4


def heat_picture(x: Floats, y: Floats, box: QRectF, color: QColor) -> QImage:
    """Density of points in `box` (units): `color`, the more opaque the denser; nothing where nothing is near."""
    # Square cells, or a spot would be an oblong.
    rows = max(8, round(COLUMNS * box.height() / box.width()))
    counts, _, _ = np.histogram2d(
        y, x, bins=(rows, COLUMNS), range=((box.top(), box.bottom()), (box.left(), box.right()))
    )
    smooth = counts
    for _ in range(_PASSES):
        smooth = _blurred(smooth)
    top = np.percentile(smooth[smooth > 0], 99) if smooth.any() else 1.0
    # Above one: what is merely usual stays faint, so that the dense spots stand out.
    share = np.clip(smooth / max(top, 1e-9), 0.0, 1.0) ** _STEEP
    share = np.clip((share - _FAINTEST) / (1 - _FAINTEST), 0.0, 1.0)
    alpha = (share * _STRONGEST * 255).astype(np.uint32)
    red, green, blue = (np.uint32(c) for c in (color.red(), color.green(), color.blue()))
    pixels = alpha << 24 | (red * alpha // 255) << 16 | (green * alpha // 255) << 8 | (blue * alpha // 255)
    image = QImage(pixels.tobytes(), COLUMNS, rows, COLUMNS * 4, QImage.Format.Format_ARGB32_Premultiplied)
    # The bytes above die with this call; a copy owns its own.
    return image.copy()


def _blurred(counts: Floats) -> Floats:
    """A box of 7 × 7; three times applied it is near enough to a bell, and round."""
    size = 2 * _SPREAD + 1
    for axis in (0, 1):
        padded = np.insert(
            np.cumsum(np.pad(counts, [(size // 2,) * 2 if a == axis else (0, 0) for a in (0, 1)]), axis), 0, 0, axis
        )
        high = np.take(padded, range(size, padded.shape[axis]), axis)
        low = np.take(padded, range(padded.shape[axis] - size), axis)
        counts = (high - low) / size
    return counts
