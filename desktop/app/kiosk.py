"""A screen that nobody operates: no cursor, no screen saver, no window that can be closed by hand."""

import logging
import shutil

from PySide6.QtCore import QEvent, QObject, QProcess, Qt
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.windows import Windows

log = logging.getLogger("desktop")
SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
X_SETTINGS = ("s", "off", "-dpms")


class Kiosk(QObject):
    """From its making to `end`. Events of closing that no program asked for are swallowed; the supervisor ends by a signal."""

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self._windows = windows
        self._cookie: int | None = None
        self._ending = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.setOverrideCursor(Qt.CursorShape.BlankCursor)
        app.installEventFilter(self)
        self._keep_awake()

    def end(self) -> None:
        """Before the windows are closed: everything as it was."""
        self._ending = True
        self._app.removeEventFilter(self)
        self._app.restoreOverrideCursor()
        if self._cookie is not None:
            self._screen_saver().call("UnInhibit", self._cookie)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Close and isinstance(watched, QWidget) and watched.isWindow() and event.spontaneous():
            event.ignore()
            return True
        return kind in (QEvent.Type.ContextMenu, QEvent.Type.ToolTip) and not self._ending

    def _keep_awake(self) -> None:
        """By the session's own service where there is one, else by the X server; a machine with neither is said in the log."""
        if QDBusConnection.sessionBus().isConnected():
            answer = self._screen_saver().call("Inhibit", "liandong", "wall")
            if answer.type() == QDBusMessage.MessageType.ReplyMessage and answer.arguments():
                self._cookie = int(answer.arguments()[0])
                return
        if QApplication.platformName() == "xcb" and (program := shutil.which("xset")):
            QProcess.startDetached(program, list(X_SETTINGS))
            return
        log.warning("the screen saver could not be switched off: no session service and no xset; switch it off by hand")

    def _screen_saver(self) -> QDBusInterface:
        return QDBusInterface(SERVICE, PATH, SERVICE, QDBusConnection.sessionBus())
