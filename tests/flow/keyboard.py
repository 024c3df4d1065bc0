"""Where a key goes that a person presses: to the list that hangs open, else to the part of the window that has the keyboard."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier


def holder(window: QWidget) -> QWidget:
    """Qt gives keys to an open popup first; one that a test goes past stays open and takes the keyboard later."""
    return QApplication.activePopupWidget() or window.focusWidget() or window


def press(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(holder(window), key, held)


def letters(window: QWidget, text: str) -> None:
    QTest.keyClicks(holder(window), text)


async def turn() -> None:
    """Between two keys of a person the loop has turned: a list that opened has its keyboard before it closes again."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
