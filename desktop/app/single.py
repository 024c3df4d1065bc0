"""One program per data folder: a second start raises the windows of the first and ends."""

import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

log = logging.getLogger("desktop")
CONNECT_MS = 1_500
LOCK = "desktop.lock"


class OnlyOne(QObject):
    """`take` says whether this program is the first; it listens from `listen` on. `asked` comes when a second one was started.

    The lock names its process: one that died, also by kill -9, leaves nothing that stands in the way.
    """

    asked = Signal()

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "liandong-" + hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(data / LOCK))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """False: another program has this folder; it was asked to come forward."""
        if not self._lock.tryLock(0):
            self._ask_the_first()
            return False
        return True

    def listen(self) -> None:
        """Hear of a second start. Call it when the first window stands: reading Qt's network costs 10 ms."""
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(self._name)
        if not server.listen(self._name):
            log.warning("a second start will not be heard: %s", server.errorString())

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _ask_the_first(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CONNECT_MS):
            log.warning("the program that has this data folder does not answer: %s", socket.errorString())
        socket.disconnectFromServer()

    def _on_connection(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnectFromServer()
            socket.deleteLater()
            self.asked.emit()
