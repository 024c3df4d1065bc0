"""重复高发点: the layer of places where the same item came again and again, computed of the tickets that this desk keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.views.alive import while_alive
from desktop.views.queue.feed import TicketFeed
from desktop.views.words import filled
from desktop.widgets.map_canvas.values import PlaceMark
from desktop.widgets.values import DASH
from domain.geo.repeats import SPOT_LEAST, SPOT_M, RepeatSpot, repeat_spots
from domain.ids import TicketId

EVERY_MS = 60_000


class RepeatSpots(QObject):
    """Looked for only while somebody looks at the layer: at once, then once a minute. `changed` with every look."""

    changed = Signal()

    def __init__(self, feed: TicketFeed, seen: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._seen = feed, seen
        self._spots: dict[str, RepeatSpot] = {}
        self._as_of: datetime | None = None
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def on(self) -> bool:
        return self._timer.isActive()

    def set_on(self, on: bool) -> None:
        """Whether the layer is shown."""
        if on and not self.on:
            self._timer.start()
            self.look()
        elif not on:
            self._timer.stop()

    def look(self) -> None:
        """Computed beside the windows: a hundred thousand tickets take about a second."""
        if not self._seen() or self._looking:
            return
        self._looking = True
        tickets, now = [row.ticket for row in self._feed.book], self._feed.now()

        async def find() -> tuple[datetime, list[RepeatSpot]]:
            return now, await asyncio.to_thread(repeat_spots, tickets)

        self._feed.bridge.work_then(find, self._on_found)

    @while_alive
    def _on_found(self, answer: tuple[datetime, list[RepeatSpot]]) -> None:
        self._looking = False
        self._as_of, found = answer
        self._spots = {f"spot {spot.ids[0]}": spot for spot in found}
        self.changed.emit()

    def marks(self) -> list[PlaceMark]:
        """Named by item and count: 雨水井盖 4 件."""
        return [
            PlaceMark(ident, self._name(spot), spot.point.lon, spot.point.lat, len(spot.ids))
            for ident, spot in self._spots.items()
        ]

    def tickets(self, ident: str) -> tuple[TicketId, ...]:
        """Its tickets; none for a mark that is no repeat spot."""
        spot = self._spots.get(ident)
        return spot.ids if spot is not None else ()

    def rule(self) -> str:
        """How they are found, in words."""
        words = {
            "m": round(SPOT_M),
            "n": SPOT_LEAST,
            "time": DASH if self._as_of is None else self._feed.site.minute(self._as_of),
        }
        return filled(self.tr("重复高发点：同一事项 {m} 米内 {n} 件以上，按本机现有工单，{time} 计算"), words)

    def _name(self, spot: RepeatSpot) -> str:
        row = self._feed.row(spot.ids[-1])
        item = self._feed.names.matter(spot.item, row.ticket.item_version if row is not None else 1)[1]
        return filled(self.tr("{item} {n} 件"), {"item": item, "n": len(spot.ids)})
