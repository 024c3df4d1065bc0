"""The desktop side of benchmarks.slice: real services and windows, offscreen, and what they take to show a change."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from desktop import settings
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.values import ChangeSet
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import BOARD, OVERVIEW, QUEUE
from domain.ids import TicketId

TURN_MS = 2
CYCLE_S = 0.5
"""Each ticket of the load changes about once in this time, so that those in sight are among them all the while."""


class Painted(QObject):
    """Latency of rows in sight: from the log's server_time of the event to the end of the paint that shows it."""

    def __init__(self, window: QueueWindow, bridge: Bridge, services: Services) -> None:
        super().__init__()
        self.latencies_ms: list[float] = []
        self._services = services
        self._in_sight: set[TicketId] = set()
        self._waiting: list[float] = []
        self._viewport = window.table_pane.view.viewport()
        self._view = window.table_pane.view
        self._table = window.table
        self._viewport.installEventFilter(self)
        bridge.tickets_changed.connect(self._on_changed)

    def watch(self, ids: set[TicketId]) -> None:
        self._in_sight = ids
        self.latencies_ms.clear()

    def _on_changed(self, changes: ChangeSet) -> None:
        """`changed_at` of a reminder is the business time of its acceptance; at rate 1 that is server time."""
        clock = self._services.clock
        now, wall = clock.now_business(), time.perf_counter()
        for ticket in changes.upserted:
            if ticket.id in self._in_sight:
                self._waiting.append(wall - (now - ticket.changed_at).total_seconds())
                # A second reminder may change no text: its row is painted all the same, so that there is a paint to wait for.
                row = self._table.position(ticket.id)
                if row is not None:
                    self._viewport.update(self._view.visualRect(self._table.index(row, self._table.columnCount() - 1)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._waiting:
            begun, self._waiting = self._waiting, []
            QTimer.singleShot(0, lambda: self._note(begun))
        return False

    def _note(self, begun: list[float]) -> None:
        now = time.perf_counter()
        self.latencies_ms += [1000 * (now - at) for at in begun]


class Turns(QObject):
    """How late a 2 ms timer comes: the longest time the loop gave nobody else a turn."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def _on_turn(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, 1000 * (now - self._last) - TURN_MS))
        self._last = now


async def measure(
    folder: Path,
    url: str,
    token: str,
    start_load: "Callable[[int, list[str]], subprocess.Popen[str]]",
    rates: tuple[int, ...],
    seconds: float,
    warm_up_s: float,
) -> dict[str, Any]:
    folder.mkdir(parents=True)
    services = Services(folder, url, token)
    bridge = Bridge(services)
    windows = Windows(bridge, settings.Settings(server=url), remember=False)
    await services.start()
    windows.start((QUEUE, OVERVIEW, BOARD))
    for window in windows.shown().values():
        window.resize(1920, 1080)
    queue = windows.shown()[QUEUE]
    assert isinstance(queue, QueueWindow)
    deadline = time.monotonic() + 30
    while queue.table.rowCount() < 100:
        if time.monotonic() > deadline:
            raise RuntimeError("no tickets came")
        await asyncio.sleep(0.05)
    painted, turns = Painted(queue, bridge, services), Turns()
    found: dict[str, Any] = {}
    for rate in rates:
        ids = _chosen(queue, bridge, max(0, round(rate * CYCLE_S)))
        seq = bridge.mirror.seq
        process = start_load(rate, [str(i) for i in ids[0] + ids[1]])
        await asyncio.sleep(warm_up_s)
        painted.watch(set(ids[0]))
        turns.late_ms.clear()
        begun, seq = time.perf_counter(), bridge.mirror.seq
        await asyncio.sleep(max(1.0, seconds - warm_up_s))
        took = time.perf_counter() - begun
        found[str(rate)] = _figures(painted, turns, (bridge.mirror.seq - seq) / took)
        while process.poll() is None:
            await asyncio.sleep(0.1)
    windows.close_all()
    await services.stop()
    return found


def _chosen(queue: QueueWindow, bridge: Bridge, total: int) -> tuple[list[TicketId], list[TicketId]]:
    """Tickets in sight, and others."""
    view = queue.table_pane.view
    first, last = view.visible_rows()
    rows = [queue.table.ticket_row(place) for place in range(first, last + 1)]
    seen = [row.id for row in rows if row is not None]
    others = [t.id for t in bridge.mirror.tickets.values() if t.is_open and t.id not in seen]
    return seen, others[: max(0, total - len(seen))]


def _figures(painted: Painted, turns: Turns, rate: float) -> dict[str, Any]:
    if not painted.latencies_ms:
        raise RuntimeError("no change of a ticket in sight was painted")
    return {
        "rate": rate,
        "painted": len(painted.latencies_ms),
        "paint_p50_ms": _percentile(painted.latencies_ms, 0.5),
        "paint_p99_ms": _percentile(painted.latencies_ms, 0.99),
        "stall_p99_ms": _percentile(turns.late_ms, 0.99),
        "stall_worst_ms": max(turns.late_ms),
        "load": os.getloadavg()[0],
        "at": datetime.now(UTC).isoformat(),
    }


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
