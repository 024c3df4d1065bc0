"""Where a window stood, and putting it back there: screen first, geometry after the first show, never outside what is visible.

Qt 6 loses the saved screen when geometry is restored before the first show, and a monitor may be gone by now.
"""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from desktop.settings import WindowPlace

SHARE_OF_SCREEN = 0.9
"""Size of a window that has no remembered place."""
OWN_SIZE = "own_size"
"""Property of a window that is as large as its content, not as the screen."""


def place_of(window: QWidget, is_open: bool = True) -> WindowPlace:
    """What to remember of a window."""
    screen = window.screen()
    return WindowPlace(
        geometry=base64.b64encode(bytes(window.saveGeometry().data())).decode("ascii"),
        screen=screen.name() if screen else "",
        full_screen=window.isFullScreen(),
        open=is_open,
    )


def show_at(window: QWidget, place: WindowPlace | None) -> None:
    """Show a window where it stood; without a place in the middle of the main screen."""
    screen = _screen_named(place.screen if place else "")
    if screen is not None:
        window.setScreen(screen)
        window.setGeometry(_first_geometry(window, screen.availableGeometry()))
    window.show()
    if place is None:
        return
    geometry = _decoded(place.geometry)
    if geometry:
        window.restoreGeometry(QByteArray(geometry))
    keep_visible(window)
    if place.full_screen and not window.isFullScreen():
        window.showFullScreen()


def keep_visible(window: QWidget) -> None:
    """Move and shrink a window so that it lies on a screen that is there."""
    if window.isFullScreen() or window.isMaximized():
        return
    screen = QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()
    if screen is None:
        return
    room = screen.availableGeometry()
    wanted = window.geometry()
    width, height = min(wanted.width(), room.width()), min(wanted.height(), room.height())
    left = max(room.left(), min(wanted.left(), room.right() + 1 - width))
    top = max(room.top(), min(wanted.top(), room.bottom() + 1 - height))
    inside = QRect(left, top, width, height)
    if inside != wanted:
        window.setGeometry(inside)


def _screen_named(name: str) -> QScreen | None:
    return next((one for one in QGuiApplication.screens() if one.name() == name), QGuiApplication.primaryScreen())


def _first_geometry(window: QWidget, room: QRect) -> QRect:
    wanted = window.sizeHint() if window.property(OWN_SIZE) else room.size() * SHARE_OF_SCREEN
    width, height = max(window.minimumWidth(), wanted.width()), max(window.minimumHeight(), wanted.height())
    width, height = min(width, room.width()), min(height, room.height())
    return QRect(room.left() + (room.width() - width) // 2, room.top() + (room.height() - height) // 2, width, height)


def _decoded(text: str) -> bytes:
    """The saved bytes; nothing where the settings file was edited into nonsense."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
