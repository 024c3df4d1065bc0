"""A wall host and wall and desk windows of the real program, without a backend, as a process of its own on the screens of its Qt.

`where` prints one JSON line: each screen (name, rectangle, device pixel ratio) and each window: screen, rectangle, size of its
caption type in Qt's pixels, whether it is visible. `end` ends.
"""

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.wall_host import WallHost
from desktop.app.windows import Windows
from desktop.settings import ScreenSetup, Settings, WindowPlace
from desktop.theme.assets import load_fonts
from desktop.views.window_place import facts_of
from domain.wall.kind import NAME, wall_id
from domain.wall.values import Content, Picture, Screen, Shown, Wall
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

PITCH_MM, DISTANCE_MM, WIDTH_PX = 1.89, 6000.0, 1920
WALL, DESK = "wall_queue", "queue"


class Program:
    """Both screens carry a stage; a wall window and a desk window stand beside them on the second."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.bridge = FakeBridge()
        screens = app.screens()
        measured = {s.name(): ScreenSetup(PITCH_MM, DISTANCE_MM, WIDTH_PX) for s in screens}
        chosen = Settings(screens=measured)
        shown = {n: Shown((Content(WALL),), NOW) for n in range(1, len(screens) + 1)}
        wall = Wall(
            id=wall_id("主屏"), version=1, changed_at=NOW, name="主屏",
            screens=tuple(Screen(number=n) for n in shown), picture=Picture(base=shown),
        )  # fmt: skip
        self.bridge.mirror.documents.setdefault(NAME, {})[wall.id] = wall
        self.windows = Windows(self.bridge, chosen, remember=False)  # type: ignore[arg-type]
        self.host = WallHost(self.bridge, "主屏", chosen, self.windows.wall_theme, self.windows.wall_view)  # type: ignore[arg-type]
        self.host.start()
        second = screens[-1].name()
        for key in (WALL, DESK):
            window = self.windows.open(key)
            place = WindowPlace(screen=second, position=len(screens) - 1, full_screen=key == WALL)
            self.windows.places.show(window, key, place)
        self.windows.places.layout(frozenset())

    def picture(self) -> dict[str, object]:
        facts = [facts_of(screen) for screen in self._app.screens()]
        found: dict[str, QWidget] = {f"stage {n}": stage for n, stage in self.host.stages.items()}
        found |= {f"view {n}": stage.view() or stage for n, stage in self.host.stages.items()}
        found |= self.windows.shown()
        return {
            "screens": [[s.name, s.left, s.top, s.width, s.height, s.scale] for s in facts],
            "windows": {key: self._of(widget) for key, widget in found.items()},
        }

    def _of(self, widget: QWidget) -> dict[str, object]:
        window, theme = widget.window(), widget._theme  # type: ignore[attr-defined] # every view of the program has it
        area = window.geometry()
        return {
            "screen": window.screen().name(),
            "rect": [area.left(), area.top(), area.width(), area.height()],
            "caption_px": theme.px("caption"),
            "visible": window.isVisible(),
        }


def main() -> int:
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    program = Program(app)
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def on_word() -> None:
        if sys.stdin.readline().strip() == "where":
            print(json.dumps(program.picture()), flush=True)
        else:
            program.host.close()
            program.windows.close_all()
            app.quit()

    notifier.activated.connect(on_word)
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
