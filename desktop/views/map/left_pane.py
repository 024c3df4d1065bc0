"""The left pane of the map: layers with counts, which tickets, legend, overdue by town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.map.legend import Legend
from desktop.views.map.mark_book import ALL, DUE, FILTERS, OVERDUE
from desktop.views.map.town_map import TownMap
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.facet_list import FacetItem, FacetList
from desktop.widgets.labels import plain_label
from desktop.widgets.map_canvas.values import Layer
from desktop.widgets.scrolled import scrolled


class LeftPane(ThemedWidget):
    """`layers_changed` carries the ids that are on; `filter_changed` one of mark_book.FILTERS."""

    layers_changed = Signal(tuple)
    filter_changed = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._filter = ALL
        self.layers = FacetList(theme, self.tr("图层"))
        self.layers.changed.connect(self.layers_changed)
        self._rule = plain_label(theme, "", "caption", "text.secondary", wrap=True)
        self._rule.hide()
        self._filter_title = plain_label(theme, self.tr("工单筛选"), "small", "text.secondary")
        self._chips = ChipRow(theme)
        self._chips.clicked.connect(self._on_chip_clicked)
        self.legend = Legend(theme)
        self._towns_title = plain_label(theme, self.tr("超期未结 按街道"), "small", "text.secondary")
        self.towns = TownMap(theme)
        self._unplaced = plain_label(theme, "", "caption", "text.secondary", wrap=True)
        self._towns_note = plain_label(
            theme, self.tr("蓝框为当前范围，点击街道跳转"), "caption", "text.tertiary", wrap=True
        )
        self._lay_out()
        self._show_chips()
        self.setAccessibleName(self.tr("图层与筛选"))

    def _lay_out(self) -> None:
        self._body = QWidget()
        column = self._column = QVBoxLayout(self._body)
        column.setSpacing(0)
        self._padded: list[QHBoxLayout] = []
        column.addWidget(self.layers)
        self._add(column, self._rule)
        upper: tuple[QWidget, ...] = (_Rule(self._theme), self._filter_title, self._chips, _Rule(self._theme))
        for part in upper:
            self._add(column, part)
        column.addWidget(self.legend)
        lower: tuple[QWidget, ...] = (
            _Rule(self._theme),
            self._towns_title,
            self.towns,
            self._unplaced,
            self._towns_note,
        )
        for part in lower:
            self._add(column, part)
        column.addStretch(1)
        scroll = scrolled(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.restyle()

    def _add(self, column: QVBoxLayout, part: QWidget) -> None:
        if isinstance(part, _Rule):
            column.addWidget(part)
            return
        row = QHBoxLayout()
        row.addWidget(part)
        self._padded.append(row)
        column.addLayout(row)

    def set_layers(self, items: Sequence[tuple[str, int | None]], on: frozenset[str]) -> None:
        """(layer, how many) in their fixed order; those in `on` are ticked."""
        self.layers.set_items([FacetItem(layer, self._word(layer), count, layer in on) for layer, count in items])

    def _word(self, layer: str) -> str:
        return {
            Layer.TICKETS.value: self.tr("工单"),
            Layer.GRIDS.value: self.tr("网格边界"),
            Layer.CAMERAS.value: self.tr("视频与扇区"),
            Layer.COMPONENTS.value: self.tr("部件"),
            Layer.UNITS.value: self.tr("到场力量（按报到）"),
            Layer.SITES.value: self.tr("联检现场"),
            Layer.SPOTS.value: self.tr("重复高发点"),
            Layer.FACILITIES.value: self.tr("养老与便民设施"),
            Layer.HEAT.value: self.tr("热力"),
            Layer.SATELLITE.value: self.tr("瓦片底图"),
        }[layer]

    def set_rule(self, text: str) -> None:
        """How the marks of a layer are found; "" = that layer is off."""
        self._rule.set_text(text)
        set_shown(self._rule, bool(text))

    def set_overdue(self, counts: Mapping[str, int] | None, unplaced: int = 0) -> None:
        """Overdue tickets by town code, and how many of them are nowhere on the map; None where nothing came yet."""
        self.towns.set_counts(counts)
        elsewhere = sum((counts or {}).values()) - self.towns.total()
        notes = []
        if unplaced:
            notes.append(filled(self.tr("含 {n} 件无坐标，不在大图上"), {"n": unplaced}))
        if elsewhere:
            notes.append(filled(self.tr("另有 {n} 件未落到街道"), {"n": elsewhere}))
        self._unplaced.set_text(self.tr("；").join(notes))
        set_shown(self._unplaced, bool(notes))

    def filter(self) -> str:
        return self._filter

    def _show_chips(self) -> None:
        words = {ALL: self.tr("在办"), DUE: self.tr("临期以上"), OVERDUE: self.tr("超期")}
        self._chips.set_chips([ChipValue(name, words[name], selected=name == self._filter) for name in FILTERS])

    def _on_chip_clicked(self, name: str) -> None:
        self._filter = name
        self._show_chips()
        self.filter_changed.emit(name)

    def restyle(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(0, theme.space("xs"), 0, theme.space("m"))
        for row in self._padded:
            row.setContentsMargins(theme.space("page"), theme.space("xs"), theme.space("s"), theme.space("xs"))

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 9.2), self._theme.space("xl") * 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 9), 0)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        hair = self._theme.pen("hair")
        painter.fillRect(QRectF(self.width() - hair, 0, hair, self.height()), self._theme.color("line.hair"))
        painter.end()


class _Rule(ThemedWidget):
    """The line between two parts."""

    def sizeHint(self) -> QSize:
        return QSize(1, self._theme.space("l"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        hair = round(self._theme.pen("hair"))
        painter.fillRect(0, self.height() // 2, self.width(), hair, self._theme.color("line.hair"))
        painter.end()
