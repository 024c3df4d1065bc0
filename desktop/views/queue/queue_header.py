"""The line above the table: view, count and rows in sight, chips for street, stage and order, the lock, new arrivals, and the age."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout

from desktop.theme.theme import Theme
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.chip import Chip, ChipRow, ChipValue
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import format_count, header_hatch
from desktop.widgets.values import Freshness

HEADER_ROWS = 50 / 36


class QueueHeader(ThemedWidget):
    """Chips by id: views · town · stage · sort · ids · query. A removable chip asks `chip_removed`."""

    chip_clicked = Signal(str)
    chip_removed = Signal(str)
    unlock_requested = Signal()
    load_requested = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._freshness = Freshness()
        self._title = plain_label(theme, size="title", weight="title")
        self._count = plain_label(theme, size="small", role="text.tertiary")
        self._chips = ChipRow(theme)
        self._chips.clicked.connect(self.chip_clicked)
        self._chips.removed.connect(self.chip_removed)
        self._values: tuple[ChipValue, ...] = ()
        self._lock = Chip(theme, self.tr("视图锁定"), selected=True, icon="lock")
        self._lock.clicked.connect(self.unlock_requested)
        self._lock.setToolTip(self.tr("有人在操作，次序不变。点击或按 Esc 回到现在线"))
        self._new = Chip(theme, "", key="N")
        self._new.clicked.connect(self.load_requested)
        self._badge = FreshnessBadge(theme, "panel")
        self._line = QHBoxLayout(self)
        for left in (self._title, self._count, self._chips):
            self._line.addWidget(left)
        self._line.addStretch(1)
        for right in (self._lock, self._new, self._badge):
            self._line.addWidget(right)
        self.set_lock(False, 0)
        self.restyle()

    def set_title(self, title: str, total: int | None, first: int, last: int) -> None:
        """全部在办  1,283 件 · 第 50–71 行."""
        self._title.set_text(title)
        count = filled(self.tr("{n} 件"), {"n": format_count(total)})
        if total and last >= first:
            count += filled(self.tr(" · 第 {first}–{last} 行"), {"first": first, "last": last})
        self._count.set_text(count)

    def set_chips(self, values: Sequence[ChipValue]) -> None:
        """Chips, rebuilt only when one of them changed."""
        if tuple(values) != self._values:
            self._values = tuple(values)
            self._chips.set_chips(self._values)

    def chip(self, chip_id: str) -> Chip:
        """A chip, to open its menu below it."""
        return self._chips.chip(chip_id)

    def set_lock(self, locked: bool, arrivals: int, urgent: int = 0) -> None:
        """Whether a hand holds the order, and how many tickets wait."""
        self._lock.setHidden(not locked)
        pattern = self.tr("新到 {n} 件，特急 {urgent}") if urgent else self.tr("新到 {n} 件")
        self._new.set_text(filled(pattern, {"n": format_count(arrivals), "urgent": format_count(urgent)}))
        self._new.set_selected(arrivals > 0)
        self._new.setHidden(not locked or not arrivals)

    def set_freshness(self, freshness: Freshness) -> None:
        """Age of the tickets; late ones hatch the line."""
        self._freshness = freshness
        self._badge.set_freshness(freshness)
        self.update()

    def restyle(self) -> None:
        theme = self._theme
        self._line.setContentsMargins(theme.space("l"), 0, theme.space("l"), 0)
        self._line.setSpacing(theme.space("m"))
        self.setFixedHeight(round(theme.row("normal") * HEADER_ROWS))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, round(self._theme.row("normal") * HEADER_ROWS))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.panel"))
        if self._freshness.late:
            painter.fillRect(self.rect(), header_hatch(theme))
        hair = theme.pen("hair")
        painter.fillRect(QRectF(0, self.height() - hair, self.width(), hair), theme.color("line.hair"))
        if self._freshness.state == "catching_up":
            width = theme.pen("focus")
            line = QRectF(0, self.height() - width, self.width() / 3, width)
            painter.fillRect(line, theme.color("freshness.catching_up"))
        painter.end()
