"""The product's desktop as a process of its own, with hands: it is started as ever, reads JSON lines, and answers each with one.

`{"do": "open", "window": "wall_director"}` · `{"do": "key", "window": …, "part": "canvas", "key": "3", "held": "ctrl"}` ·
`{"do": "look"}`: what the director shows and what hangs on the stages of a wall.
"""

import json
import sys
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.app import main as program
from desktop.app import wall_host
from desktop.app.windows import Windows
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.window import DirectorWindow

HELD = {"ctrl": Qt.KeyboardModifier.ControlModifier, "shift": Qt.KeyboardModifier.ShiftModifier}


class Hands(QObject):
    """`windows` and `host` are those of the running program."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: Windows | None = None
        self.host: wall_host.WallHost | None = None
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_line)

    def _on_line(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            return
        word = json.loads(line)
        answer = {"open": self._open, "key": self._key, "look": self._look}[word.pop("do")](**word)
        print(json.dumps(answer, ensure_ascii=False), flush=True)

    def _open(self, window: str) -> dict[str, Any]:
        assert self.windows is not None
        opened = self.windows.open(window)
        opened.activateWindow()
        return {"title": opened.windowTitle()}

    def _key(self, window: str, key: str, part: str = "", held: str = "") -> dict[str, Any]:
        assert self.windows is not None
        to: QWidget = self.windows.open(window)
        for name in filter(None, part.split(".")):
            to = getattr(to, name)
        to.setFocus()
        code = getattr(Qt.Key, f"Key_{key}")
        QTest.keyClick(to, code, HELD.get(held, Qt.KeyboardModifier.NoModifier))
        return {}

    def _look(self) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        director = self.windows.shown().get("wall_director") if self.windows is not None else None
        if isinstance(director, DirectorWindow):
            seen |= _director(director.feed, director)
        if self.host is not None:
            seen["stages"] = {
                number: {
                    "view": stage.rotation.current.view if stage.rotation else "",
                    "shown": stage.view().objectName() if stage.view() is not None else "",
                    "mark": stage._mark.accessibleName() if stage._mark.isVisible() else "",
                    "notice": stage._notice.words(),
                }
                for number, stage in self.host.stages.items()
            }
        return seen


def _director(feed: WallFeed, window: DirectorWindow) -> dict[str, Any]:
    wall = feed.wall()
    return {
        "wall": wall.name if wall is not None else "",
        "screens": len(wall.screens) if wall is not None else 0,
        "holder": wall.holder if wall is not None else "",
        "shown": {number: shown.contents[0].view for number, shown in feed.shown().items()},
        "paused": {number: shown.pause.seat for number, shown in feed.shown().items() if shown.pause is not None},
        "seen": {number: picture.shows.view for number, picture in feed.pictures.items() if picture.shows is not None},
        "pictures": {number: image.width() for number, image in feed.images.items()},
        "head": window.head.text(),
        "said": window.said(),
        "changes": [change.type for change in feed.changes],
        "past": feed.past_at is not None and feed.past is not None,
    }


def main() -> int:
    hands: list[Hands] = []

    class SeenWindows(Windows):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            hands.append(Hands())
            hands[0].windows = self

    class SeenHost(wall_host.WallHost):
        def start(self) -> None:
            super().start()
            hands[0].host = self

    program.Windows = SeenWindows  # type: ignore[misc]
    wall_host.WallHost = SeenHost  # type: ignore[misc]
    return program.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
