"""The wall copy of 视频墙: header, grid, counts. No input; a tour through the groups of one named wall."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.grid import CameraGrid
from desktop.views.camera_wall.show import CameraShow
from desktop.views.link_words import not_yet, not_yet_status
from desktop.views.shell import wall_demo_text
from desktop.widgets.base import apply_to_children
from desktop.widgets.camera_panel import CameraPanel
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.wall_header import WallHeader

COUNTS_MS = 500


class CameraWallWindow(QWidget):
    """`name` None = the first wall of the register. `size`: 1, 4, 9, 16 or 25 cells."""

    def __init__(
        self, theme: Theme, feed: CameraFeed, name: str | None = None, size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._feed = theme, feed
        self._header = WallHeader(theme, self.tr("视频墙"))
        self._grid = CameraGrid(theme, feed)
        self._panel = CameraPanel(theme)
        self._message = PanelMessage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._message)
        self._row = QHBoxLayout()
        self._row.addWidget(self._stack, 1)
        self._row.addWidget(self._panel)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._header)
        self._column.addLayout(self._row, 1)
        self.show_control = CameraShow(feed, self._grid, wall=True, parent=self)
        if name is not None:
            self.show_control.show_wall(name)
        self.show_control.show_size(size)
        self.show_control.set_tour(True)
        self.show_control.changed.connect(self._refresh)
        self._counts = QTimer(self)
        self._counts.setInterval(COUNTS_MS)
        self._counts.timeout.connect(self._show_counts)
        feed.bridge.clock_ticked.connect(self._refresh)
        feed.bridge.freshness_changed.connect(self._refresh)
        self.setWindowTitle(self.tr("视频墙"))
        self.setObjectName("wall_cameras")
        self._dress()
        self._refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Another scale or scene."""
        self._theme = theme
        apply_to_children(self, theme)
        self._dress()

    def _dress(self) -> None:
        theme = self._theme
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        self.setAutoFillBackground(True)
        self.setCursor(Qt.CursorShape.BlankCursor)
        # Pictures want room: the margin of this wall is the space around its texts, not the page's.
        pad = theme.space("l")
        self._column.setContentsMargins(pad, theme.space("s"), pad, pad)
        self._column.setSpacing(theme.space("s"))
        self._row.setSpacing(theme.space("l"))
        self._panel.setFixedWidth(self._panel.sizeHint().width())

    def _refresh(self) -> None:
        feed = self._feed
        clock = feed.bridge.clock
        now = clock.now_business()
        self._header.set_title(self.tr("视频墙"), self.show_control.subtitle())
        demo = feed.reference.demo if feed.reference else None
        invented = any(camera.demo for camera in feed.cameras.values())
        text = wall_demo_text(clock.rate) if demo else (self.tr("演示数据") if invented else "")
        self._header.set_demo(text)
        self._header.set_freshness(feed.site.freshness(feed.bridge.freshness.of(TICKETS), now))
        if clock.known:
            self._header.set_clock(feed.site.date_of(now), feed.site.clock(now))
        self._show_counts()
        if self.show_control.wall.ids:
            self._stack.setCurrentWidget(self._grid)
            return
        if feed.has_register:
            self._message.set_message(self.tr("本组没有视频，在导播里添加"))
        else:
            link = feed.bridge.freshness.of()
            why = not_yet(link) or self.tr("还没有收到视频点位表，收到后自动显示")
            self._message.set_message(why, status=not_yet_status(link) or ("freshness", "catching_up"))
        self._stack.setCurrentWidget(self._message)

    def _show_counts(self) -> None:
        self._panel.set_counts(self.show_control.counts())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_control.set_visible(True)
        self._counts.start()
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._counts.stop()
        self.show_control.set_visible(False)
        super().hideEvent(event)
