"""What a screen reader hears of a mark: ticket, group of tickets, camera, component, unit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.models.ticket_row import clock_look
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.row_text import spoken_row
from desktop.views.words import clock_word
from desktop.widgets.map_canvas.overlay import CAMERA, CLUSTER, TICKET
from desktop.widgets.map_canvas.values import CameraMark
from domain.ids import TicketId


class MarkDescriber:
    def __init__(self, feed: TicketFeed, camera: Callable[[str], CameraMark | None]) -> None:
        self._feed, self._camera = feed, camera

    def describe(self, kind: str, ident: str, count: int) -> str:
        """The words of one mark; its id where nothing more is known."""
        translate = QCoreApplication.translate
        if kind in (TICKET, CLUSTER):
            row = self._feed.row(TicketId(ident))
            if row is None:
                return ident
            now_ms = self._feed.now_ms()
            if kind == TICKET:
                return spoken_row(row, now_ms)
            worst = clock_word(clock_look(row, now_ms).state)
            return translate("map", "{n} 件工单，最紧 {worst}").format(n=count, worst=worst)
        camera = self._camera(ident) if kind == CAMERA else None
        if camera is not None:
            return translate("map", "视频 {name}").format(name=camera.name)
        return ident
