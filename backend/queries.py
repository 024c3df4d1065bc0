"""Questions beside the stream that the log itself answers: tickets by id, and the record (timeline) of one ticket.

Every answer passes the asker's scope; private values are masked as in the stream. KPI questions are backend.kpi_runner's.
"""

from typing import Any

import msgspec

from backend.connection import QueryError, QueryHandler
from backend.frames import EventEncoder
from backend.store.store import Store
from domain.actor import Actor
from domain.ids import TicketId

IDS_MAX = 200
_json = msgspec.json.Encoder()


class LogQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def handlers(self) -> dict[str, QueryHandler]:
        return {"tickets": self.tickets, "record": self.record}

    async def tickets(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"ids": [...]} → list of tickets; those unknown or out of scope are left out without a word."""
        ids = args.get("ids")
        if not isinstance(ids, list) or len(ids) > IDS_MAX or not all(isinstance(each, str) for each in ids):
            raise QueryError("bad_args")
        found = await self._store.tickets(TicketId(each) for each in ids)
        return _json.encode([ticket for ticket in found.values() if actor.scope.covers(ticket)])

    async def record(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"ticket_id": id} → list of protocol.messages.Event, oldest first, each with its body and private texts."""
        ticket_id = args.get("ticket_id")
        if not isinstance(ticket_id, str):
            raise QueryError("bad_args")
        ticket = await self._store.ticket(TicketId(ticket_id))
        if ticket is None or not actor.scope.covers(ticket):
            raise QueryError("unknown_ticket")
        records = await self._store.record(TicketId(ticket_id))
        # Who may see the ticket now may read its whole way, also the part before it came into the scope.
        events = EventEncoder().visible(records, lambda _: True, mask=actor.scope.masked)
        return b"[" + b",".join(event.data for event in events) + b"]"
