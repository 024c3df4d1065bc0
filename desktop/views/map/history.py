"""此处近 30 天: how many matters of the same kind were accepted in the same area, day by day. Asked of the server, shown as it answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.models.ticket_row import TicketRow
from desktop.services.values import Answer
from desktop.views.kpi_board.breakdown import BreakdownReply
from desktop.views.queue.feed import TicketFeed
from desktop.views.trouble import failure_text
from desktop.views.words import filled

if TYPE_CHECKING:
    from desktop.bridge import Bridge

DAYS = 30
KPI = "accepted"
_REPLY = msgspec.json.Decoder(BreakdownReply)


class PlaceHistory(QObject):
    """`answered(ticket id, counts of DAYS days, first day, last day, note)`; counts None where the server gives none now, and `note` says why."""

    answered = Signal(str, object, str, str, str)

    def __init__(self, bridge: Bridge, feed: TicketFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed = bridge, feed

    def ask(self, row: TicketRow) -> None:
        """Of the ticket's finest area and its item, up to and with today."""
        _Asking(self, self._feed, row).send(self._bridge)


class _Asking(QObject):
    """One question; it deletes itself when it is answered."""

    def __init__(self, history: PlaceHistory, feed: TicketFeed, row: TicketRow) -> None:
        super().__init__(history)
        self._history, self._feed, self._row = history, feed, row
        self._end = feed.site.local(feed.now()).date() + timedelta(days=1)
        self._start = self._end - timedelta(days=DAYS)

    def send(self, bridge: Bridge) -> None:
        ticket = self._row.ticket
        period = {"start": self._start.isoformat(), "end": self._end.isoformat(), "by": "accepted"}
        filters = {"area": [ticket.area], "item": [ticket.item]}
        bridge.ask_then("breakdown", {**period, "kpi": KPI, "dims": ["day"], "filters": filters}, self._on_answered)

    def _on_answered(self, answer: Answer) -> None:
        if not isValid(self):
            return  # the window was closed meanwhile
        counts: list[int] | None = None
        code = answer.error or "empty"
        if not answer.error and answer.body is not None:
            try:
                reply = _REPLY.decode(answer.body)
                counts = [0] * DAYS
                for row in reply.rows:
                    counts[(date.fromisoformat(row.values[0]) - self._start).days] += row.numerator
            except (msgspec.DecodeError, ValueError, IndexError):
                counts, code = None, "unreadable"
        last = self._end - timedelta(days=1)
        place = self._feed.names.area(self._row.ticket.area)
        site = self._feed.site
        if counts is None:
            since = site.minute(self._feed.now())
            note = failure_text(self.tr("近 30 天没有统计到"), code, since, self.tr("再选中这一件时重取。"))
        else:
            note = filled(self.tr("{place}同类 {n} 件"), {"place": place, "n": sum(counts)})
        self._history.answered.emit(self._row.id, counts, site.day(self._start), site.day(last), note)
        self.deleteLater()
