"""The windows of the KPI board: in the frame of the desk, and on a wall with nothing to press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views import overview_values
from desktop.views.kpi_board.board import KpiBoard
from desktop.views.launch_entries import WALL_BOARD
from desktop.views.shell import BOARD, DeskWindow, wall_demo_text
from desktop.views.site_time import SiteTime
from desktop.widgets.base import apply_to_children
from desktop.widgets.wall_header import WallHeader
from domain.wall.values import Content
from protocol.reference import TOPIC, Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class KpiBoardWindow(DeskWindow):
    """F8. `tickets_requested(title, ids)`: the queue shows exactly these."""

    tickets_requested = Signal(str, tuple)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, BOARD, self.tr("统计看板"), parent)
        self.board = KpiBoard(bridge, theme, self)
        self.board.tickets_requested.connect(self.tickets_requested)
        self.set_central(self.board)

    def home(self) -> QWidget:
        return self.board

    def wall_content(self) -> Content:
        """The month."""
        return Content(WALL_BOARD)


class KpiBoardWall(QWidget):
    """The month on a wall: header, rates, trend, days, ranking."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._site = SiteTime(language=theme.language)
        self.setWindowTitle(self.tr("统计看板"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAutoFillBackground(True)
        self._header = WallHeader(theme, self.tr("本月统计"), parent=self)
        self.board = KpiBoard(bridge, theme, self)
        page = theme.space("page")
        column = QVBoxLayout(self)
        # A wall has the size it has: a long list is cut, the window never grows over its screen.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(page, page // 2, page, page // 2)
        column.setSpacing(theme.space("gutter"))
        column.addWidget(self._header)
        column.addWidget(self.board, 1)
        self.apply_theme(theme)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.clock_ticked.connect(self._show_header)
        bridge.freshness_changed.connect(self._on_freshness_changed)
        self._on_topic_changed(TOPIC)
        self._show_header()

    def apply_theme(self, theme: Theme) -> None:
        """Another theme for the whole window."""
        self._theme = theme
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        apply_to_children(self, theme)

    def _on_topic_changed(self, name: str) -> None:
        topic = self._bridge.topics.get(TOPIC)
        if name != TOPIC or topic is None:
            return
        reference: Reference = topic.value
        self._site = SiteTime(reference.zone, self._theme.language)
        self._header.set_title(self.tr("本月统计"), reference.site)
        self._header.set_demo(wall_demo_text(self._bridge.clock.rate) if reference.demo is not None else "")

    def _on_freshness_changed(self, source: str) -> None:
        self._show_header()

    def _show_header(self) -> None:
        clock = self._bridge.clock
        now = clock.now_business() if clock.known else None
        link = self._site.freshness(self._bridge.freshness.of(), now)
        self._header.set_freshness(link, overview_values.link_detail(link))
        if now is None:
            self._header.set_clock("", "")
        else:
            self._header.set_clock(self._site.date_of(now), self._site.clock(now))
