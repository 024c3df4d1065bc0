"""Questions beside the stream that the log itself answers: tickets and documents by id, and the record (timeline) of one.

Every answer passes the asker's scope; private values are masked as in the stream. KPI questions are backend.kpi_runner's.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection

from backend.connection import QueryError, QueryHandler
from backend.frames import EventEncoder
from backend.store import documents, reads
from backend.store.base import LogStore
from backend.store.records import LogRecord
from domain import evidence
from domain.actor import Actor
from domain.documents import covers
from domain.evaluation import hollow
from domain.ids import TicketId
from protocol.documents import KindBook

IDS_MAX = 200
_json = msgspec.json.Encoder()


class LogQueries:
    def __init__(self, store: LogStore, kinds: KindBook | None = None) -> None:
        self._store = store
        self._kinds = kinds or KindBook()

    def handlers(self) -> dict[str, QueryHandler]:
        return {
            "tickets": self.tickets,
            "record": self.record,
            "documents": self.documents,
            "document_record": self.document_record,
            "evidence": self.evidence,
            "copied_results": self.copied_results,
        }

    async def tickets(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"ids": [...]} → list of tickets; those unknown or out of scope are left out without a word."""
        ids = _ids(args)
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
        return _timeline(actor, records)

    async def documents(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"kind": kind, "ids": [...]} → list of states; those unknown or out of scope are left out without a word."""
        ids, kind = _ids(args), args.get("kind")
        if not isinstance(kind, str) or self._kinds.get(kind) is None:
            raise QueryError("unknown_kind")
        keys = [(kind, doc_id) for doc_id in ids]
        found = await self._store.run_read(lambda connection: documents.documents(connection, self._kinds, keys))
        return _json.encode([state for state in found.values() if covers(actor.scope, state)])

    async def document_record(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"kind": kind, "id": id} → list of protocol.messages.Event, oldest first, each with its body and private texts."""
        kind, doc_id = args.get("kind"), args.get("id")
        if not isinstance(kind, str) or not isinstance(doc_id, str):
            raise QueryError("bad_args")

        def read(connection: Connection) -> list[LogRecord]:
            state = documents.documents(connection, self._kinds, [(kind, doc_id)]).get((kind, doc_id))
            if state is None or not covers(actor.scope, state):
                return []
            return reads.events_of(connection, doc_id, kind)

        records = await self._store.run_read(read)
        if not records:
            raise QueryError("unknown_document")
        return _timeline(actor, records)

    async def evidence(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"ticket_id": id} → the photos of a ticket, as domain.evidence.Evidence: for all who see the ticket today."""
        ticket_id = args.get("ticket_id")
        if not isinstance(ticket_id, str) or not ticket_id:
            raise QueryError("bad_args")
        if self._kinds.get(evidence.NAME) is None:
            raise QueryError("unknown_kind")
        ticket = await self._store.ticket(TicketId(ticket_id))
        if ticket is None or not actor.scope.covers(ticket):
            raise QueryError("unknown_ticket")
        prefix = evidence.prefix_of(ticket.id)
        found = await self._store.run_read(
            lambda connection: documents.beginning_with(connection, self._kinds, evidence.NAME, prefix, IDS_MAX)
        )
        return _json.encode(found)

    async def copied_results(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"ids": [...]} → ticket id → domain.evaluation.hollow.Signal, for those whose result reads like that of another of
        these tickets. The texts are compared here and go nowhere."""
        found = await self._store.tickets(TicketId(each) for each in _ids(args))
        texts: dict[TicketId, str] = {}
        for ticket in found.values():
            if not actor.scope.covers(ticket):
                continue
            for record in await self._store.record(ticket.id):
                if record.type == "result_reported" and record.private.get("text"):
                    texts[ticket.id] = record.private["text"]
        return _json.encode(hollow.copied(texts))


def _timeline(actor: Actor, records: list[LogRecord]) -> bytes:
    """Who may see the thing now may read its whole way, also the part before it came into the scope."""
    events = EventEncoder().visible(records, lambda _: True, mask=actor.scope.masked)
    return b"[" + b",".join(event.data for event in events) + b"]"


def _ids(args: dict[str, Any]) -> list[str]:
    ids = args.get("ids")
    if not isinstance(ids, list) or len(ids) > IDS_MAX or not all(isinstance(each, str) for each in ids):
        raise QueryError("bad_args")
    return ids
