"""A column that may be taller than its pane: it scrolls up and down only and has no frame."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolled(body: QWidget, name: str = "") -> QScrollArea:
    """`body` in a scroll area that shows the ground behind it.

    With a `name` (what a reader is told) it is a stop of the Tab key itself; without, only what is inside it takes the keys.
    """
    return _set_up(QScrollArea(), body, name)


class Column(QScrollArea):
    """`scrolled`, and as wide as its body needs at least: what cannot scroll sideways must not be cut at the side."""

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        _set_up(self, body, "")
        self._body = body

    def sizeHint(self) -> QSize:
        """All of it, where there is room."""
        return self._body.sizeHint()

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._body.minimumSizeHint().width() + bar, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks a scroll area for its size once: that its body came to need more is told here."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _set_up(area: QScrollArea, body: QWidget, name: str) -> QScrollArea:
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    if not name:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    body.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def scrolled_list(entries: QWidget) -> QScrollArea:
    """A list that grows with its entries, at the top of a scroll area."""
    body = QWidget()
    inner = QVBoxLayout(body)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.addWidget(entries)
    inner.addStretch(1)
    return scrolled(body)
