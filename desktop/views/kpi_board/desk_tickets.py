"""Figures whose tickets are all on this desk, and which no question about a period asks for: the queue shows exactly those."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.views.kpi_board import board_values as values
from desktop.views.site_time import SiteTime

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class DeskTickets(QObject):
    """`requested(title, ids)`: show exactly these in the queue. Of now only: while the board looks back, `live` is False."""

    requested = Signal(str, tuple)

    def __init__(
        self, bridge: Bridge, site: Callable[[], SiteTime], live: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._site, self._live = bridge, site, live

    def open_band(self, band: str) -> None:
        """The open tickets of an age band."""
        if not self._live() or not self._bridge.clock.known:
            return
        ids = values.tickets_of_age(self._bridge.mirror.tickets.values(), band, self._bridge.clock.now_business())
        if ids:
            name = next((row.name for row in values.backlog_rows(((band, len(ids)),))), band)
            self.requested.emit(self.tr("在办龄期 {band}").format(band=name), ids)

    def open_hour(self, hour: int) -> None:
        """What was accepted today in that hour."""
        if not self._live() or not self._bridge.clock.known:
            return
        site = self._site()
        today = site.local(self._bridge.clock.now_business()).date()
        ids = values.tickets_of_hour(self._bridge.mirror.tickets.values(), today, hour, site)
        if ids:
            self.requested.emit(self.tr("今日 {hour} 时受理").format(hour=hour), ids)
