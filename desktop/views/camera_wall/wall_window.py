"""The wall copy of 视频墙: header, grid, counts. No input; a tour through the groups of one named wall."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.show import CameraShow
from desktop.views.camera_wall.wall_base import CameraWallBase
from desktop.views.link_words import not_yet, not_yet_status
from desktop.widgets.camera_panel import CameraPanel

COUNTS_MS = 500


class CameraWallWindow(CameraWallBase):
    """`name` None = the first wall of the register. `size`: 1, 4, 9, 16 or 25 cells."""

    def __init__(
        self, theme: Theme, feed: CameraFeed, name: str | None = None, size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, feed, self.tr("视频墙"), parent)
        self._panel = CameraPanel(theme)
        self._row = QHBoxLayout()
        self._row.addWidget(self._stack, 1)
        self._row.addWidget(self._panel)
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
        self.setObjectName("wall_cameras")
        self._dress()
        self._refresh()

    def _dress(self) -> None:
        super()._dress()
        self._row.setSpacing(self._theme.space("l"))
        self._panel.setFixedWidth(self._panel.sizeHint().width())

    def _refresh(self) -> None:
        feed = self._feed
        invented = any(camera.demo for camera in feed.cameras.values())
        self._show_header(self.tr("视频墙"), self.show_control.subtitle(), invented=invented)
        self._show_counts()
        if self.show_control.wall.ids:
            self._stack.setCurrentWidget(self._grid)
            return
        if feed.has_register:
            none = self.tr("没有登记视频。请管理员导入点位表。")
            self._message.set_message(self.tr("本组没有视频，在导播里添加") if feed.cameras else none)
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
