"""Merging at work: which open tickets lie near, what the rules say to each, and the command that is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.theme.theme import Theme
from desktop.views.queue.beside import near
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.merge_pane import MergePane
from desktop.views.queue.ticket_desk import TicketDesk
from domain import commands
from domain.evaluation.hollow import distance_m
from domain.ids import TicketId
from domain.ticket import Ticket

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class MergeControl(QObject):
    """`asked` when the pane has opened, `left` when the keyboard is the window's again."""

    asked = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, desk: TicketDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._desk = bridge, feed, desk
        self.pane = MergePane(theme, self._open_ticket, self._why_not)
        self.pane.answered.connect(self._on_answered)
        self.pane.cancelled.connect(self.left)
        self._chosen: Ticket | None = None
        desk.set_own_form("merge", self.ask, self.pane.close_pane)

    def pair(self, first: Ticket, second: Ticket) -> tuple[Ticket, Ticket]:
        """(what ends, what goes on) of two tickets: as the rules allow, and where both ways are open the later into the earlier."""
        later, earlier = sorted((first, second), key=lambda one: (one.reported_at, one.id), reverse=True)
        if self._desk.refusal_of(commands.Merge(into=earlier.id), later, earlier) and not self._desk.refusal_of(
            commands.Merge(into=later.id), earlier, later
        ):
            return earlier, later
        return later, earlier

    def ask_into(self, other: Ticket) -> None:
        """The shown ticket beside this other one."""
        self._chosen = other
        self._desk.run("merge")
        self._chosen = None

    def ask(self) -> None:
        """M: the shown ticket beside the one it would be merged into."""
        ticket = self._desk.ticket
        if ticket is None:
            return
        open_ones = [one for one in self._bridge.mirror.tickets.values() if one.is_open]
        found = near(open_ones, ticket.item, ticket.area, ticket.point, ticket.reported_at, ticket.id)
        if self._chosen is not None:
            found = [
                (self._chosen, _metres(ticket, self._chosen)),
                *(pair for pair in found if pair[0].id != self._chosen.id),
            ]
        self.pane.open_for(ticket, found, self._feed.names, self._feed.now(), self._feed.site)
        self.asked.emit()

    def _open_ticket(self, ticket_id: TicketId) -> Ticket | None:
        found = self._bridge.mirror.tickets.get(ticket_id)
        return found if found is not None and found.is_open else None

    def _why_not(self, ticket_id: TicketId) -> str:
        other = self._open_ticket(ticket_id)
        return self._desk.refusal(commands.Merge(into=ticket_id), other) if other is not None else ""

    def _on_answered(self, answers: dict[str, str]) -> None:
        if self._desk.give("merge", answers):
            self.pane.close_pane()
            self.left.emit()
        else:
            self.pane.say(self._desk.said())


def _metres(one: Ticket, other: Ticket) -> float | None:
    return distance_m(one.point, other.point) if one.point is not None and other.point is not None else None
