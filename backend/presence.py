"""Which seats have which ticket open, told to those who may see the ticket. A gauge: coalesced, never logged.

Only the seat is named, never the account (screens.md §1.7).
"""

from collections.abc import Sequence

import msgspec

from backend.hub import Client, Hub
from backend.store.records import LogRecord
from domain.actor import Scope, ScopeKey
from domain.documents import TICKET
from domain.ids import SeatId, TicketId
from protocol.reference import PRESENCE_TOPIC, Presence

TICK_S = 1.0
"""Presence may be this late; it never costs more than one small frame a second and scope."""


class PresenceBoard:
    """Fed by the connections and by the log; `publish` is called every TICK_S and does nothing where nothing changed."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._viewing: dict[Client, tuple[TicketId, SeatId]] = {}
        self._keys: dict[TicketId, ScopeKey] = {}
        self._dirty = False

    def view(self, client: Client, seat: SeatId, ticket_id: TicketId, key: ScopeKey) -> None:
        """`client` opened a ticket that it may see; `key` says who else may."""
        self._viewing[client] = (ticket_id, seat)
        self._keys[ticket_id] = key
        self._dirty = True

    def leave(self, client: Client) -> None:
        """The ticket was closed, or the client went."""
        if self._viewing.pop(client, None) is not None:
            self._dirty = True

    def follow(self, records: Sequence[LogRecord]) -> None:
        """A ticket moved: those who see it from now on are others. A sink of the command service."""
        for record in records:
            ticket_id = TicketId(record.entity_id)
            if ticket_id in self._keys and record.entity == TICKET and record.scope_after is not None:
                self._keys[ticket_id] = record.scope_after
                self._dirty = True

    def publish(self) -> None:
        if not self._dirty:
            return
        self._dirty = False
        open_tickets = {ticket_id for ticket_id, _ in self._viewing.values()}
        self._keys = {ticket_id: key for ticket_id, key in self._keys.items() if ticket_id in open_tickets}
        for scope_hash, scope in self._hub.scopes.items():
            self._hub.publish_latest(PRESENCE_TOPIC, scope_hash, self._body(scope))

    def _body(self, scope: Scope) -> bytes:
        viewing: dict[str, list[str]] = {}
        for ticket_id, seat in self._viewing.values():
            if scope.covers_key(self._keys[ticket_id]):
                viewing.setdefault(ticket_id, []).append(seat)
        value = Presence({ticket_id: tuple(sorted(set(seats))) for ticket_id, seats in sorted(viewing.items())})
        return msgspec.json.encode(value)
