"""Screens come and go: every window stays visible, and returns to its own screen when that comes back (reliability.md F34)."""

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.settings import WindowPlace
from desktop.views.window_place import home_of, keep_visible, put_back, screen_for

log = logging.getLogger("desktop")
SETTLE_MS = 300
"""Drivers report one change in several steps; windows are moved once, well within the two seconds of F34."""


class ScreenKeeper(QObject):
    """`windows` gives what is open now, by key. `remember(key, place)` before the windowing system moves anything is the
    owner's task: its last word before the change is where a window belongs. `settled` after screens changed.
    """

    settled = Signal()

    def __init__(self, windows: Callable[[], Mapping[str, QWidget]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows = windows
        self._homes: dict[str, WindowPlace] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.settle)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._on_screen_added)
        app.screenRemoved.connect(self._on_changed)
        app.primaryScreenChanged.connect(self._on_changed)
        for screen in app.screens():
            self._follow(screen)

    @property
    def settling(self) -> bool:
        """Screens just changed: where windows stand now is not where a person put them."""
        return self._timer.isActive()

    def remember(self, key: str, place: WindowPlace) -> None:
        """Where a window belongs."""
        self._homes[key] = place

    def forget(self, key: str) -> None:
        self._homes.pop(key, None)

    def home(self, key: str) -> WindowPlace | None:
        return self._homes.get(key)

    def is_away(self, key: str) -> bool:
        """Whether a window stands elsewhere because its own screen is missing: then its place is not taken anew."""
        place = self._homes.get(key)
        return place is not None and bool(place.screen) and home_of(place) is None

    def settle(self) -> None:
        """Every window to its own screen if that is there, and onto some screen in any case."""
        self._timer.stop()
        for key, window in self._windows().items():
            place = self._homes.get(key)
            screen = home_of(place) if place is not None else None
            if place is not None and screen is not None:
                if window.screen() is not screen or place.full_screen:
                    put_back(window, place, screen)
            elif place is not None and place.full_screen:
                fallback = screen_for(place)
                if fallback is not None and window.screen() is not fallback:
                    put_back(window, place, fallback)
            keep_visible(window)
        self.settled.emit()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_changed)
        screen.availableGeometryChanged.connect(self._on_changed)
        screen.logicalDotsPerInchChanged.connect(self._on_changed)

    def _on_screen_added(self, screen: QScreen) -> None:
        self._follow(screen)
        self._on_changed()

    def _on_changed(self, _what: object = None) -> None:
        log.info(
            "screens: %s", ", ".join(f"{s.name()} {s.geometry().size().toTuple()}" for s in QApplication.screens())
        )
        self._timer.start()
