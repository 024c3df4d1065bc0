"""What the wall copies that stand as a header above one body have in common: look, ground, no cursor, and the facts of the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.shell import wall_demo_text
from desktop.views.site_time import SiteTime
from desktop.widgets.base import apply_to_children
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.values import Freshness
from desktop.widgets.wall_header import WallHeader
from protocol.reference import Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

TOP_SHARE = 0.7
"""Of the page's margin: the header brings room of its own."""


class WallView(QWidget):
    """`content` or, in its place, a message. Who builds on it fills `_column` below the header and calls `_dress` at the end; `gap`
    is the space between its parts."""

    def __init__(
        self, theme: Theme, title: str, content: QWidget, parent: QWidget | None = None, *, gap: str = "gutter"
    ) -> None:
        super().__init__(parent)
        self._theme, self._gap = theme, gap
        self._header = WallHeader(theme, title)
        self._message = PanelMessage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
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
        pad = theme.space("page")
        self._column.setContentsMargins(pad, round(pad * TOP_SHARE), pad, pad)
        self._column.setSpacing(theme.space(self._gap))

    def _show_facts(
        self, bridge: Bridge, site: SiteTime, reference: Reference | None, *, invented: bool = False
    ) -> Freshness:
        """Demo, age and time in the header; gives how fresh the tickets are. `invented`: something that is shown is no real one."""
        clock, now = bridge.clock, bridge.clock.now_business()
        demo = reference.demo if reference else None
        self._header.set_demo(wall_demo_text(clock.rate) if demo else self.tr("演示数据") if invented else "")
        fresh = site.freshness(bridge.freshness.of(TICKETS), now)
        self._header.set_freshness(fresh)
        if clock.known:
            self._header.set_clock(site.date_of(now), site.clock(now))
        return fresh
