"""Bundled Lucide icons in the colour of a role. Only drawing and a small cache; which icon means what is the caller's matter."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

STROKE = "1.75"


@cache
def _source(name: str) -> str:
    return (
        resources.path("icons", f"{name}.svg")
        .read_text(encoding="utf-8")
        .replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    )


class IconStore:
    """Pixmaps cached per name, colour, size and device pixel ratio."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def pixmap(self, name: str, color: QColor, px: int, dpr: float = 1.0) -> QPixmap:
        """The icon, `px` logical pixels square. Raises FileNotFoundError for an icon that is not bundled."""
        key = (name, color.rgba(), px, dpr)
        known = self._pixmaps.get(key)
        if known is None:
            known = self._pixmaps[key] = self._draw(name, color, px, dpr)
        return known

    def _draw(self, name: str, color: QColor, px: int, dpr: float) -> QPixmap:
        svg = _source(name).replace("currentColor", color.name())
        pixmap = QPixmap(round(px * dpr), round(px * dpr))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, px, px))
        painter.end()
        return pixmap
