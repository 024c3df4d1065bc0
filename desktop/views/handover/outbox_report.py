"""Tells the server what this desk has not sent yet, so that a handover can say it: after a change, and every minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.services.values import Answer

if TYPE_CHECKING:
    from desktop.bridge import Bridge

EVERY_S, LEAST_S = 60, 5


class OutboxReport(QObject):
    """Lives as long as the program; a line that is down is no loss, the next minute tells again."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._told: tuple[int, int] | None = None
        self._waited_s = EVERY_S
        bridge.clock_ticked.connect(self._on_tick)

    def _on_tick(self) -> None:
        self._waited_s += 1
        pending = self._bridge.commander.pending
        now = pending.queued, len(pending.tray)
        changed = now != self._told and self._waited_s >= LEAST_S
        if not self._bridge.online or not (changed or self._waited_s >= EVERY_S):
            return
        self._waited_s, self._told = 0, now
        self._bridge.ask_then("outbox", {"queued": now[0], "failed": now[1]}, self._on_answer)

    def _on_answer(self, _answer: Answer) -> None:
        """An older server knows no such question; a lost answer is made good within a minute."""
