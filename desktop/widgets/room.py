"""Room for a content that needs more than its window has: it scrolls rather than being cut (a small screen, 200 %)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class _Holder(QWidget):
    """Hands its whole size to the content. It has no layout: a scroll area would ask that for the height at a width, and answer wrapped
    words with two scroll bars where all of it fits."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())


class Room(QScrollArea):
    """Takes no focus itself; what is focused inside comes into sight. `least` is the size below which the content scrolls."""

    def __init__(self, content: QWidget, least: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self._holder = _Holder(content)
        self.setWidget(self._holder)
        self._holder.setAutoFillBackground(False)  # a scroll area fills what it is given
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._content = content
        self.set_least(least)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Letters move the keyboard as well as Tab does: where it goes must be seen."""
        if now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def fit(self) -> None:
        """Give the content its size now: Qt keeps a resize back until the first show, and panes are shared out before."""
        self._holder.resize(self.maximumViewportSize().expandedTo(self._holder.minimumSize()))
        self._content.setGeometry(self._holder.rect())
        layout = self._content.layout()
        if layout is not None and not self._content.isVisible():
            layout.setGeometry(self._content.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the window around it: a key that nobody inside wants must not end in a scroll bar."""
        event.ignore()

    def set_least(self, least: QSize) -> None:
        """Another least size of the content."""
        self._holder.setMinimumSize(least)
