"""The tab 疑似简化办结: which closings are worth a second look, and on what evidence. It shows nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.services.values import Answer
from desktop.views.alive import while_alive
from desktop.views.evaluation import values
from desktop.views.queue.feed import TicketFeed
from desktop.views.trouble import Trouble, failure_text
from desktop.views.words import filled
from desktop.widgets.entry_list import Entry
from domain.catalogue import Evidence as Required
from domain.evaluation.hollow import HollowCode
from domain.evaluation.hollow import Signal as Hollow
from domain.evidence import Evidence, Moment
from domain.ids import TicketId
from domain.ticket import Ticket

if TYPE_CHECKING:
    from desktop.bridge import Bridge

COPIED_MOST = 200
_photos = msgspec.json.Decoder(list[Evidence])
_twins = msgspec.json.Decoder(dict[TicketId, Hollow])


class HollowTab(QObject):
    """`list_changed`: results that read alike came; `side_changed`: what is told of the shown ticket, or the trouble."""

    list_changed = Signal()
    side_changed = Signal()

    def __init__(self, bridge: Bridge, feed: TicketFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed = bridge, feed
        self._twins: dict[TicketId, Hollow] = {}
        self._asked_twins: frozenset[TicketId] = frozenset()
        self._hollow: dict[TicketId, tuple[Hollow, ...]] = {}
        self._missing_photo: set[TicketId] = set()
        self._trouble = Trouble()
        self._shown: Ticket | None = None
        self._photos_unknown = ""
        """Why nobody knows whether the shown ticket has its photos."""

    def entries(self, tickets: list[Ticket]) -> Sequence[Entry]:
        """The list as things stand."""
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        found = values.hollow(tickets, self._twins, now)
        self._hollow = {ticket.id: signs for ticket, signs in found}
        return values.hollow_entries(found, names, now, site)

    def summary(self, tickets: list[Ticket]) -> str:
        text = self.tr("信号只是再看一眼的理由，不是结论；依据见右。缺照片在打开时核对，结果雷同只比对最近 {n} 件结案")
        return filled(text, {"n": min(COPIED_MOST, sum(t.closed_at is not None for t in tickets))})

    def look_at(self, ticket: Ticket) -> None:
        """This one is shown now: has it the photos that its item asks for?"""
        self._shown, self._photos_unknown = ticket, ""
        self._bridge.ask_then("evidence", {"ticket_id": ticket.id}, self._on_photos)

    def facts(self, ticket: Ticket) -> str:
        """Its signals, one a line, and what could not be looked up."""
        signs = self._hollow.get(ticket.id, ())
        if ticket.id in self._missing_photo:
            signs = (*signs, Hollow(HollowCode.NO_PHOTO))
        lines = [values.signal_text(one) for one in signs]
        if self._photos_unknown:
            lines.append(self._photos_unknown)
        return "\n".join(lines)

    def trouble(self) -> str:
        """Why results were not compared; "" where they were."""
        if not self._trouble:
            return ""
        return self._trouble.text(self.tr("结果雷同没有比对"), self.tr("列表刷新时再比。"), self._feed.site)

    @while_alive
    def _on_photos(self, answer: Answer) -> None:
        ticket = self._shown
        if ticket is None:
            return
        self._photos_unknown = ""
        if answer.error or answer.body is None:
            self._photos_unknown = failure_text(
                self.tr("照片没有查到"),
                answer.error or "empty",
                self._feed.site.minute(self._feed.now()),
                self.tr("再选中时重查。"),
            )
        else:
            photos = [one for one in _photos.decode(answer.body) if one.ticket == ticket.id and not one.withdrawn]
            item = self._feed.names.item(ticket.item, ticket.item_version)
            required = item is not None and item.evidence is not Required.NONE and not ticket.simulated
            if required and not any(one.moment is Moment.AFTER for one in photos):
                self._missing_photo.add(ticket.id)
        self.side_changed.emit()

    def compare(self, tickets: list[Ticket]) -> None:
        """Which of the latest results read alike: the centre compares, no text comes here."""
        closed = sorted((t for t in tickets if t.closed_at is not None), key=lambda t: t.closed_at or t.changed_at)
        ids = frozenset(ticket.id for ticket in closed[-COPIED_MOST:])
        if ids and ids != self._asked_twins:
            self._asked_twins = ids
            self._bridge.ask_then("copied_results", {"ids": sorted(ids)}, self._on_twins)

    @while_alive
    def _on_twins(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._trouble.failed(answer.error, self._feed.now())
            self._asked_twins = frozenset()
            self.side_changed.emit()
            return
        self._trouble.clear()
        self._twins.update(_twins.decode(answer.body))
        self.list_changed.emit()
