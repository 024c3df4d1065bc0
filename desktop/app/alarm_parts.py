"""The alarms of a running desktop, joined: the feed that windows share, and the bell of a desk seat."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.bridge import Bridge
from desktop.views.alarms.bell import AlarmBell, Player
from desktop.views.alarms.feed import AlarmFeed


class AlarmParts(QObject):
    """`bell` is None on a wall and where pictures are taken: they make no sound."""

    def __init__(self, bridge: Bridge, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._player: Player | None = None
        self._speaks = False
        self.feed = AlarmFeed(bridge, language, self)
        self.bell: AlarmBell | None = None

    def use_player(self, player: Player, *, speaks: bool = False) -> None:
        """Before the first window."""
        self._player, self._speaks = player, speaks
        self.bell = AlarmBell(self.feed, player, self, speaks=speaks)

    def on_device_changed(self) -> None:
        if self.bell is not None:
            self.bell.device_changed()

    def speak(self, language: str) -> None:
        """Words in another language. Alarms that this machine made are found again within a second."""
        if self.bell is not None:
            self.bell.stop()
            self.bell.deleteLater()
        self.feed.deleteLater()
        self.feed = AlarmFeed(self._bridge, language, self)
        if self._player is not None:
            self.bell = AlarmBell(self.feed, self._player, self, speaks=self._speaks)
