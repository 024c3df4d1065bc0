"""超期未结 按街道: a small map of the towns, redder where more is overdue, with the number; a click goes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.map_canvas.projection import unit_x, unit_y
from desktop.widgets.painting import CENTER, draw_text, format_count
from domain.geo.polygons import AreaShape, inner_point

_STRONGEST = 0.6


@dataclass(slots=True)
class _Town:
    code: str
    name: str
    path: QPainterPath
    middle: QPointF
    bounds: tuple[float, float, float, float]


class TownMap(ThemedWidget):
    """`town_clicked` carries west, south, east, north of the town in degrees."""

    town_clicked = Signal(float, float, float, float)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._towns: list[_Town] = []
        self._box = QRectF()
        self._frame: tuple[float, float, float, float] | None = None
        self._counts: dict[str, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("超期未结 按街道"))

    def set_towns(self, names: Mapping[str, str], communities: Sequence[AreaShape]) -> None:
        """Town names by code, and the communities they are made of."""
        members: dict[str, list[AreaShape]] = {}
        for area in communities:
            members.setdefault(area.code[:9], []).append(area)
        self._towns = [_town(code, names.get(code, code), areas) for code, areas in members.items()]
        self._box = QRectF()
        for town in self._towns:
            self._box = self._box.united(town.path.boundingRect())
        self.updateGeometry()
        self.update()

    def set_counts(self, counts: Mapping[str, int] | None) -> None:
        """Overdue tickets by town code; None where nothing came yet."""
        if counts != self._counts:
            self._counts = None if counts is None else dict(counts)
            parts = [f"{town.name} {format_count(self._count(town.code))}" for town in self._towns]
            self.setAccessibleDescription(", ".join(parts))
            self.update()

    def total(self) -> int:
        """Sum of the numbers that are shown."""
        return sum(self._count(town.code) or 0 for town in self._towns)

    def _count(self, code: str) -> int | None:
        return None if self._counts is None else self._counts.get(code, 0)

    def set_frame(self, box: tuple[float, float, float, float]) -> None:
        """What the large map shows: west, north, east, south in units."""
        self._frame = box
        self.update()

    def sizeHint(self) -> QSize:
        wide = self._theme.space("xl") * 8
        share = self._box.height() / self._box.width() if self._box.width() else 0.6
        return QSize(wide, round(wide * min(0.9, share)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height() if self._towns else 0)

    def _scale(self) -> tuple[float, float, float]:
        pad = self._theme.space("l")
        scale = min((self.width() - 2 * pad) / self._box.width(), (self.height() - 4) / self._box.height())
        return scale, (self.width() - self._box.width() * scale) / 2, (self.height() - self._box.height() * scale) / 2

    def paintEvent(self, event) -> None:
        if not self._towns:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, left, top = self._scale()
        painter.translate(left, top)
        painter.scale(scale, scale)
        painter.translate(-self._box.topLeft())
        pen = QPen(theme.color("line.strong"), theme.pen("hair"))
        pen.setCosmetic(True)
        most = max((self._counts or {}).values(), default=0) or 1
        for town in self._towns:
            painter.setPen(pen)
            painter.setBrush(self._fill((self._count(town.code) or 0) / most))
            painter.drawPath(town.path)
        if self._frame is not None:
            self._paint_frame(painter)
        painter.resetTransform()
        for town in self._towns:
            self._paint_words(painter, town, QPointF(left, top), scale)
        painter.end()

    def _fill(self, share: float) -> QColor:
        return self._theme.color("sla.overdue", max(0.06, _STRONGEST * share))

    def _paint_frame(self, painter: QPainter) -> None:
        west, north, east, south = self._frame or (0.0, 0.0, 0.0, 0.0)
        frame = QRectF(west, north, east - west, south - north).intersected(self._box)
        pen = QPen(self._theme.color("accent.base"), self._theme.pen("series"))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    def _paint_words(self, painter: QPainter, town: _Town, corner: QPointF, scale: float) -> None:
        theme = self._theme
        middle = (town.middle - self._box.topLeft()) * scale + corner
        line = theme.px("caption") * 1.15
        wide = theme.space("xl") * 2
        box = QRectF(middle.x() - wide / 2, middle.y() - line, wide, line)
        draw_text(painter, box, _short(town.name), theme.font("caption"), theme.color("text.secondary"), CENTER)
        count = format_count(self._count(town.code))
        draw_text(
            painter,
            box.translated(0, line),
            count,
            theme.font("caption", "number"),
            theme.color("text.primary"),
            CENTER,
        )

    def mouseReleaseEvent(self, event) -> None:
        if not self._towns:
            return
        scale, left, top = self._scale()
        place = (event.position() - QPointF(left, top)) / scale + self._box.topLeft()
        for town in self._towns:
            if town.path.contains(place):
                self.town_clicked.emit(*town.bounds)
                return


def _short(name: str) -> str:
    """石浦街道 → 石浦; a long name keeps its last three characters (…综合保税区 → 保税区)."""
    for ending in ("街道", "镇", "乡"):
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name[-3:]


def _town(code: str, name: str, areas: Sequence[AreaShape]) -> _Town:
    path = QPainterPath()
    for area in areas:
        part = QPainterPath()
        for ring in area.rings():
            part.addPolygon(QPolygonF([QPointF(unit_x(lon), unit_y(lat)) for lon, lat in ring]))
        path = path.united(part)
    boxes = [area.bounds() for area in areas]
    bounds = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    center = path.boundingRect().center()
    if not path.contains(center):
        # A bent town: the community nearest to its middle carries the words.
        spots = [QPointF(unit_x(p.lon), unit_y(p.lat)) for p in map(inner_point, areas)]
        center = min(spots, key=lambda spot: (spot - center).manhattanLength())
    return _Town(code, name, path.simplified(), center, bounds)
