"""What the wall copies that show cameras have in common: header, ground, no cursor, room for pictures. No input."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.grid import CameraGrid
from desktop.views.shell import wall_demo_text
from desktop.widgets.base import apply_to_children
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.wall_header import WallHeader


class CameraWallBase(QWidget):
    """The grid or, in its place, a message. Who builds on it fills `_column` and calls `_dress` at the end."""

    def __init__(self, theme: Theme, feed: CameraFeed, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._feed = theme, feed
        self._header = WallHeader(theme, title)
        self._grid = CameraGrid(theme, feed)
        self._message = PanelMessage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._message)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._header)
        self.setWindowTitle(title)

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

    def _show_header(self, title: str, subtitle: str, *, invented: bool) -> None:
        """`invented`: a camera that is shown is no real one."""
        feed = self._feed
        clock = feed.bridge.clock
        now = clock.now_business()
        self._header.set_title(title, subtitle)
        demo = feed.reference.demo if feed.reference else None
        text = wall_demo_text(clock.rate) if demo else (self.tr("演示数据") if invented else "")
        self._header.set_demo(text)
        self._header.set_freshness(feed.site.freshness(feed.bridge.freshness.of(TICKETS), now))
        if clock.known:
            self._header.set_clock(feed.site.date_of(now), feed.site.clock(now))
