"""Small pictures of views: what a wall showed of one last, else the desk's own wall copy of it, painted once out of sight and kept.

Never an invented picture: each says where it is from and how old it is; a view that nobody painted yet has none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from domain.wall import targets
from domain.wall.values import Content

SCREEN = QSize(1920, 1080)
SMALL = QSize(320, 180)
EVERY_MS = 4000
"""One view at a time, so that a desk that works is not held up by several."""
READY_MS = 3000
"""What a view asks for when it is made has come by then."""
OLD_S = 600.0
"""An own picture is painted anew after so long while the director is in sight."""

MakeView = Callable[[Content, QWidget], QWidget | None]
Key = tuple[str, str]
WITHHELD = frozenset({targets.CAMERAS, targets.CAMERA})
"""A desk may see cameras that a wall may not: of these views only a wall's own picture is true."""


def key_of(content: Content) -> Key:
    """The same view of the same thing, however long it stays."""
    return content.view, content.target


@dataclass(frozen=True, slots=True)
class Preview:
    """`at` on the clock of this machine; `from_wall`: seen on a screen of a wall, not painted at this desk."""

    image: QImage
    at: float
    from_wall: bool


class Previews(QObject):
    """`changed` when there is another picture. `make` gives a view as a child, None where this desk paints none itself."""

    changed = Signal()

    def __init__(
        self, make: MakeView | None, parent: QObject | None = None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._make, self._monotonic = make, monotonic
        self._known: dict[Key, Preview] = {}
        self._wanted: dict[Key, Content] = {}
        self._failed: set[Key] = set()
        self._room: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.paint_next)

    def of(self, content: Content) -> Preview | None:
        return self._known.get(key_of(content))

    def age_s(self, preview: Preview) -> float:
        return max(0.0, self._monotonic() - preview.at)

    def take(self, content: Content, image: QImage, at: float) -> None:
        """A wall showed it so at `at`; an older picture than the one that is known changes nothing."""
        known = self._known.get(key_of(content))
        if known is None or known.at <= at:
            self._known[key_of(content)] = Preview(image, at, from_wall=True)

    def want(self, contents: Iterable[Content]) -> None:
        """Views that shall have a picture, the most urgent first."""
        self._wanted = {key_of(content): content for content in contents}

    def paint_with(self, make: MakeView) -> None:
        """From now on this desk paints what no wall has shown."""
        self._make = make

    def forget(self) -> None:
        """The language changed: what was painted is in other words."""
        self._known = {}

    def watch(self, watching: bool) -> None:
        """Paint only while somebody looks."""
        if watching and self._make is not None:
            self._timer.start()
        else:
            self._timer.stop()
            self._put_away()

    def paint_next(self) -> None:
        """Begins with the first view that has no picture or an old one of this desk's own; its picture comes later."""
        if self._room is not None or self._make is None:
            return
        due = next((content for key, content in self._wanted.items() if self._is_due(key)), None)
        if due is None:
            return
        self._room = room = QWidget()
        room.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view = self._make(due, room)
        if view is None:
            self._failed.add(key_of(due))
            self._put_away()
            return
        view.setGeometry(0, 0, SCREEN.width(), SCREEN.height())
        view.ensurePolished()
        QTimer.singleShot(READY_MS, room, lambda: self._paint(due, view))

    def _paint(self, content: Content, view: QWidget) -> None:
        view.grab()  # laid out and painted once, as on a wall before it comes on
        image = QImage(SMALL, QImage.Format.Format_RGB32)
        image.fill(view.palette().window().color())
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(SMALL.width() / SCREEN.width(), SMALL.height() / SCREEN.height())
        view.render(painter, QPoint())
        painter.end()
        self._known[key_of(content)] = Preview(image, self._monotonic(), from_wall=False)
        self._put_away()
        self.changed.emit()

    def _is_due(self, key: Key) -> bool:
        known = self._known.get(key)
        return key[0] not in WITHHELD and key not in self._failed and (known is None or self.age_s(known) > OLD_S)

    def _put_away(self) -> None:
        room, self._room = self._room, None
        if room is not None:
            for view in room.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                view.close()  # as a window that is closed: what it asked the program to keep up to date ends
            room.deleteLater()
