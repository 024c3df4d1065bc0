"""Where a window stood, and putting it back there: screen first, geometry after the first show, never outside what is visible.

Qt 6 loses the saved screen when geometry is restored before the first show, and a monitor may be gone by now. Which screen is
meant is decided in desktop.services.screens.
"""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from desktop.services import screens as rules
from desktop.services.screens import Rect, ScreenFacts
from desktop.settings import WindowPlace
from desktop.views.shell import DeskWindow

SHARE_OF_SCREEN = 0.9
"""Size of a window that has no remembered place."""
OWN_SIZE = "own_size"
"""Property of a window that is as large as its content, not as the screen."""


def facts_of(screen: QScreen) -> ScreenFacts:
    """A screen as the rules see it."""
    area = screen.geometry()
    return ScreenFacts(
        name=screen.name(),
        serial=screen.serialNumber(),
        left=area.left(),
        top=area.top(),
        width=area.width(),
        height=area.height(),
        scale=screen.devicePixelRatio(),
    )


def all_screens() -> tuple[ScreenFacts, ...]:
    return tuple(facts_of(screen) for screen in QGuiApplication.screens())


def screen_for(place: WindowPlace | None) -> QScreen | None:
    """The screen that a place means or, failing that, names by its position; else the main one. None without any screen."""
    found = rules.best(place, all_screens()) if place is not None else None
    return QGuiApplication.primaryScreen() if found is None else QGuiApplication.screens()[found]


def home_of(place: WindowPlace) -> QScreen | None:
    """The very screen, if it is there now."""
    found = rules.home(place, all_screens())
    return None if found is None else QGuiApplication.screens()[found]


def place_of(window: QWidget, is_open: bool = True) -> WindowPlace:
    """What to remember of a window."""
    screen = window.screen()
    if screen is None:
        return WindowPlace(open=is_open)
    index = QGuiApplication.screens().index(screen)
    full = window.isFullScreen()
    # Of a full-screen window the place it would return to.
    stood = window.normalGeometry() if full or window.isMaximized() else window.geometry()
    return WindowPlace(
        geometry=base64.b64encode(bytes(window.saveGeometry().data())).decode("ascii"),
        screen=screen.name(),
        serial=screen.serialNumber(),
        position=rules.positions(all_screens())[index],
        share=rules.share_of(_rect(stood), _rect(screen.availableGeometry())),
        full_screen=full,
        open=is_open,
        shows=window.shows() if isinstance(window, DeskWindow) else "",
    )


def show_at(window: QWidget, place: WindowPlace | None) -> None:
    """Show a window where it stood; without a place in the middle of the main screen."""
    screen = screen_for(place)
    if screen is not None:
        window.setScreen(screen)
        window.setGeometry(_first_geometry(window, screen.availableGeometry()))
    if place is not None and place.full_screen and screen is not None:
        _fill(window, screen)
        return
    window.show()
    if place is not None and screen is not None:
        put_back(window, place, screen)


def put_back(window: QWidget, place: WindowPlace, screen: QScreen) -> None:
    """A shown window to its place on `screen`, which may have another size than when the place was taken."""
    if place.full_screen:
        _fill(window, screen)
        return
    geometry = _decoded(place.geometry)
    if geometry:
        window.restoreGeometry(QByteArray(geometry))
    if window.screen() is not screen or not screen.geometry().contains(window.geometry().center()):
        window.setScreen(screen)
        room = screen.availableGeometry()
        known = len(place.share) == 4
        window.setGeometry(_qrect(rules.rect_of(place.share, _rect(room))) if known else _first_geometry(window, room))
    keep_visible(window)


def keep_visible(window: QWidget) -> None:
    """Move and shrink a window so that it lies on a screen that is there; one that fills its screen fills it again."""
    if window.isFullScreen():
        screen = window.screen() or QGuiApplication.primaryScreen()
        if screen is not None and window.geometry() != screen.geometry():
            _fill(window, screen)
        return
    if window.isMaximized():
        return
    screen = QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()
    if screen is None:
        return
    wanted = _rect(window.geometry())
    inside = rules.inside(wanted, _rect(screen.availableGeometry()))
    if inside != wanted:
        window.setGeometry(_qrect(inside))


def _fill(window: QWidget, screen: QScreen) -> None:
    """Full screen without a frame, on this screen and no other: a window that is full already must leave and come back."""
    if window.isFullScreen() and window.screen() is not screen:
        window.showNormal()
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
    if window.geometry().topLeft() != screen.geometry().topLeft():
        # Some platforms fill the screen on which the window was before; moving it takes the full screen away again.
        window.setGeometry(screen.geometry())
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)


def _first_geometry(window: QWidget, room: QRect) -> QRect:
    wanted = window.sizeHint() if window.property(OWN_SIZE) else room.size() * SHARE_OF_SCREEN
    width, height = max(window.minimumWidth(), wanted.width()), max(window.minimumHeight(), wanted.height())
    width, height = min(width, room.width()), min(height, room.height())
    return QRect(room.left() + (room.width() - width) // 2, room.top() + (room.height() - height) // 2, width, height)


def _rect(area: QRect) -> Rect:
    return Rect(area.left(), area.top(), area.width(), area.height())


def _qrect(area: Rect) -> QRect:
    return QRect(area.left, area.top, area.width, area.height)


def _decoded(text: str) -> bytes:
    """The saved bytes; nothing where the settings file was edited into nonsense."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
