"""The order of a start: one window stands and is painted, with what the cache knew; then the line is tried and the other windows come,
one in a turn of the loop. What a first window does without (the line's library, Qt's network, the map) is read after it.
"""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.app.places import kind_of
from desktop.app.windows import Windows
from desktop.views.shell import QUEUE

PAINT_S = 1.0
"""A window that nobody sees (minimised, another desktop) is not painted and holds nothing up for longer."""


class FirstPaint(QObject):
    """`seen` returns when the window has been painted with all that is in it, or after a second."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._painted = asyncio.get_running_loop().create_future()
        window.installEventFilter(self)

    async def seen(self) -> None:
        await asyncio.wait((self._painted,), timeout=PAINT_S)
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._painted.done():
            # Told in a later turn of the loop: children are painted after their window, in this one.
            self._painted.set_result(None)
        return False


async def open_windows(
    windows: Windows, keys: tuple[str, ...], first_stands: Callable[[], None], done: asyncio.Event
) -> None:
    """Opens `keys`, a queue before all others, and calls `first_stands` once that is painted. The last of them is in front.

    Where each window stands is not remembered before all are open: a death on the way would forget the rest. Ends early with `done`.
    """
    first = next((key for key in keys if kind_of(key) == QUEUE), keys[0])
    windows.held = True
    try:
        await FirstPaint(windows.open(first)).seen()
        first_stands()
        for key in keys:
            await asyncio.sleep(0)
            if done.is_set():
                return
            if key != first or key in windows.shown():  # it may have been closed by hand meanwhile
                windows.open(key)
    finally:
        windows.held = False
