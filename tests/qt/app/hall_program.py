"""A hall without a backend, as a process of its own: plain windows on the screens that its Qt platform gives. Prints JSON lines.

`restore`: places windows on every screen, keeps the layout, makes all windows anew and prints both pictures of it.
`serve`: reads words from standard input (`where` prints, `end` ends) and keeps the windows visible meanwhile.
"""

import json
import sys

from PySide6.QtCore import QRect, QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.places import Places
from desktop.settings import Layout, WindowPlace
from desktop.views.window_place import facts_of

PER_SCREEN = 2


class Hall:
    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.open: dict[str, QWidget] = {}
        self.places = Places(lambda: self.open)

    def fill(self) -> None:
        """On each screen one ordinary window and one that fills it without a frame."""
        for number, screen in enumerate(self._app.screens()):
            room = screen.geometry()
            for kind in range(PER_SCREEN):
                key = f"queue#{number * PER_SCREEN + kind}"
                window = self.make(key, WindowPlace(screen=screen.name(), full_screen=bool(kind), position=number))
                if not kind:
                    window.setGeometry(QRect(room.left() + 40 + number, room.top() + 60, 600, 400))

    def make(self, key: str, place: WindowPlace) -> QWidget:
        window = self.open[key] = QWidget()
        # No window manager on a bare X server: nobody else may answer for the frame.
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.places.show(window, key, place)
        return window

    def layout(self) -> Layout:
        return self.places.layout(frozenset())

    def picture(self) -> dict[str, object]:
        screens = [facts_of(screen) for screen in self._app.screens()]
        windows = {}
        for key, window in self.open.items():
            area = window.geometry()
            rect = [area.left(), area.top(), area.width(), area.height()]
            windows[key] = {"screen": window.screen().name(), "rect": rect, "full": window.isFullScreen()}
        return {"screens": [[s.name, s.left, s.top, s.width, s.height, s.scale] for s in screens], "windows": windows}


def restore(app: QApplication) -> None:
    first = Hall(app)
    first.fill()
    print(json.dumps(first.picture()), flush=True)
    layout = first.layout()
    for window in first.open.values():
        window.close()
    second = Hall(app)
    for key, place in layout.windows.items():
        second.make(key, place)
    print(json.dumps(second.picture()), flush=True)


def serve(app: QApplication) -> int:
    hall = Hall(app)
    hall.fill()
    hall.layout()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def on_word() -> None:
        word = sys.stdin.readline().strip()
        if word == "where":
            print(json.dumps(hall.picture()), flush=True)
        else:
            app.quit()

    notifier.activated.connect(on_word)
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    sys.exit(restore(application) or 0 if sys.argv[1] == "restore" else serve(application))
