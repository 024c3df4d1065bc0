"""Units on site and joint-inspection sites of the map window, kept in step with tickets, inspections and device positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.values import ChangeSet
from desktop.views.map.on_site import inspection_sites, units_on_site
from desktop.views.queue.feed import TicketFeed
from desktop.views.words import filled
from desktop.widgets.map_canvas.values import PlaceMark, UnitMark
from domain.inspection.kind import NAME
from domain.inspection.values import Inspection
from domain.ticket import Ticket

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class Presence(QObject):
    """`changed` when marks may be others; `refresh` then gives them. Nothing is computed while nobody looks."""

    changed = Signal()

    def __init__(self, bridge: Bridge, feed: TicketFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed = bridge, feed
        self._positions: tuple[UnitMark, ...] = ()
        self._stale = True
        self._joint = {ticket.id: ticket for ticket in bridge.mirror.tickets.values() if ticket.parts}
        """Few of all the tickets: those with co-units."""
        self.units: tuple[UnitMark, ...] = ()
        self.sites: tuple[PlaceMark, ...] = ()
        bridge.tickets_changed.connect(self._on_tickets_changed)
        bridge.documents_changed.connect(self._on_documents_changed)

    def set_positions(self, units: Sequence[UnitMark]) -> None:
        """Of devices; a mark's id is its unit's, unless `unit` says another."""
        self._positions, self._stale = tuple(units), True

    def refresh(self) -> bool:
        """True where `units` and `sites` are new."""
        if not self._stale:
            return False
        self._stale = False
        before = self.units, self.sites
        mirror, names, site = self._bridge.mirror, self._feed.names, self._feed.site
        inspections = [each for each in mirror.documents.get(NAME, {}).values() if isinstance(each, Inspection)]
        since = self.tr("{time} 到场")
        here = units_on_site(
            self._joint, inspections, mirror.tickets, names.unit, lambda at: filled(since, {"time": site.minute(at)})
        )
        self.units = (*self._positions, *here)
        self.sites = tuple(inspection_sites(inspections, mirror.tickets))
        return before != (self.units, self.sites)

    def _on_tickets_changed(self, changes: ChangeSet) -> None:
        if changes.reset:
            self._joint = {}
        for ticket_id in changes.removed:
            self._joint.pop(ticket_id, None)
        joint = {ticket.id: ticket for ticket in changes.upserted if ticket.parts}
        moved = any(_stands(ticket) != _stands(self._joint.get(ticket_id)) for ticket_id, ticket in joint.items())
        self._joint.update(joint)
        if changes.reset or changes.removed or moved:
            self._stale = True

    def _on_documents_changed(self, kind: str) -> None:
        if kind == NAME:
            self._stale = True
            self.changed.emit()


def _stands(ticket: Ticket | None) -> object:
    """What the marks of a ticket are made of: a change of anything else moves nobody."""
    return None if ticket is None else (ticket.parts, ticket.point, ticket.is_open)
