"""Pictures of every window, for a machine without a screen: what the windows show after some seconds of real running."""

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.app.windows import Windows
from desktop.views.shell import LAUNCHER

SIZE = QSize(1920, 1080)


async def take_shots(windows: Windows, folder: Path, seconds: int, stop: asyncio.Event) -> int:
    """Writes a PNG of each open window after `seconds`. Returns 0, 1 when told to stop before, 3 when the folder refuses."""
    for name, window in windows.shown().items():
        if name != LAUNCHER:
            window.resize(SIZE)
    try:
        await asyncio.wait_for(stop.wait(), max(1, seconds))
        return 1
    except TimeoutError:
        pass
    for name, window in windows.shown().items():
        file = folder / f"{name}.png"
        if not _save(window, file):
            print(f"{file}: 写不了 / cannot be written: choose another --shots folder", file=sys.stderr)
            return 3
        print(f"{file} {window.width()}x{window.height()}", flush=True)
    return 0


def _save(window: QWidget, file: Path) -> bool:
    file.parent.mkdir(parents=True, exist_ok=True)
    return window.grab().save(str(file), "PNG")
