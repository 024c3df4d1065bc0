"""One ticket on a screen of a wall: matter, street, both clocks, the seven stages and the units. No id, no caller, no place finer than
a street, no free text, no input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ticket_row import TicketRow
from desktop.theme.theme import Theme
from desktop.views.queue.detail_values import clock_views, stage_steps, unit_rows
from desktop.views.queue.feed import TicketFeed
from desktop.views.wall_view import WallView
from desktop.views.words import filled
from desktop.widgets.clock_card import ClockCard
from desktop.widgets.labels import plain_label
from desktop.widgets.participants import Participants
from desktop.widgets.section import SectionHeader
from desktop.widgets.status_chip import StatusChip
from desktop.widgets.timeline import StageTrack
from domain.ids import TicketId

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class WallTicket(WallView):
    """Shows the ticket as it is now; a ticket that this wall does not know is said to be so, and shown when it comes."""

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, ticket_id: str, parent: QWidget | None = None
    ) -> None:
        body = QWidget()
        super().__init__(theme, self.tr("工单"), body, parent)
        self._bridge, self._feed, self._id = bridge, feed, TicketId(ticket_id)
        self._urgency = StatusChip(theme, "urgency", "normal", "title", colored_word=True)
        self._stage = plain_label(theme, size="title", role="text.secondary", elide=True)
        self._clocks = (ClockCard(theme), ClockCard(theme))
        self._track = StageTrack(theme)
        self._units_head = SectionHeader(theme, self.tr("参与单位"))
        self._units = Participants(theme)
        self._row: TicketRow | None = None
        self._lay_out(body)
        self.setObjectName("wall_ticket")
        bridge.tickets_changed.connect(self._refresh)
        bridge.topic_changed.connect(self._refresh)
        bridge.clock_ticked.connect(self._refresh)
        bridge.freshness_changed.connect(self._refresh)
        self._dress()
        self._refresh()

    def _lay_out(self, body: QWidget) -> None:
        column = self._body = QVBoxLayout(body)
        head = QHBoxLayout()
        head.addWidget(self._urgency)
        head.addWidget(self._stage, 1)
        clocks = QHBoxLayout()
        for card in self._clocks:
            clocks.addWidget(card, 1)
        self._rows = (head, clocks)
        column.addLayout(head)
        column.addLayout(clocks)
        column.addStretch(1)
        column.addWidget(self._track)
        column.addStretch(1)
        column.addWidget(self._units_head)
        column.addWidget(self._units)
        column.addStretch(2)
        self._column.addWidget(self._stack, 1)

    def _dress(self) -> None:
        super()._dress()
        self._body.setContentsMargins(0, 0, 0, 0)
        for row in (self._body, *self._rows):
            row.setSpacing(self._theme.space("gutter"))

    def _refresh(self, *_: object) -> None:
        feed = self._feed
        link = self._show_facts(self._bridge, feed.site, feed.reference)
        # What left the working set keeps its last values; its stage says that it ended.
        self._row = feed.row(self._id) or self._row
        if self._row is None:
            self._header.set_title(self.tr("工单"))
            known = link.has_values
            self._message.set_message(
                self.tr("这面墙看不到这件工单，在导播里换一件") if known else self.tr("启动以来未接通"),
                status=None if known else ("freshness", "never"),
            )
            self._stack.setCurrentWidget(self._message)
            return
        self._show(self._row)
        self._stack.setCurrentIndex(0)

    def _show(self, row: TicketRow) -> None:
        feed, now = self._feed, self._feed.now()
        self._header.set_title(row.matter, row.town)
        self._urgency.set_status("urgency", row.urgency)
        self._stage.set_text(" · ".join(part for part in (row.stage, row.unit, row.category) if part))
        for card, view in zip(self._clocks, clock_views(row.ticket, now, feed.site), strict=True):
            card.set_clock(view.title, view.state, view.text, view.used, view.beyond, view.note)
        self._track.set_stages(stage_steps(row.ticket, now, feed.site))
        units = unit_rows(row.ticket, feed.names, now, feed.site)
        self._units.set_units(units)
        arrived = sum(1 for unit in units if unit.arrived)
        note = filled(self.tr("{n} / {total} 已报到"), {"n": arrived, "total": len(units)})
        self._units_head.set_note(note if units else self.tr("尚未派遣"))
