"""One entry of the log in memory, its row, and the hash chain over it. Pure values: no connection, no rules."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from domain import events
from domain.actor import ActorRef, ScopeKey
from domain.documents import TICKET, DocumentState
from domain.ticket import Ticket
from protocol.snapshot import body_of, instant, millis, ticket_of

GENESIS = b"liandong log 1"
_json = msgspec.json.Encoder()
_msgpack = msgspec.msgpack.Encoder()
_event_decoder: msgspec.json.Decoder[events.TicketEvent] = msgspec.json.Decoder(events.TicketEvent)
_actor_decoder = msgspec.json.Decoder(ActorRef)


class LogRecord(Struct, kw_only=True, gc=False):  # a tree of values: no cycle can start here
    """One event as committed. `before` and `after` are set on live records; on records read back from the log `after` is
    set only where the ticket moved to another scope, because then a session may need the whole ticket.

    `entity` is "ticket" or the kind of a document; of a document `document_before` and `document` are set on live records only
    (before and after are for tickets), and `state` is its whole JSON where its scope changed.
    """

    seq: int
    epoch: str
    type: str
    entity: str = TICKET
    entity_id: str
    entity_version: int
    actor: ActorRef
    user: str
    cmd: tuple[str, int] | None = None
    occurred_at: datetime
    server_time: datetime
    body: bytes
    """JSON of the domain event."""
    private: dict[str, str] = {}
    scope_before: ScopeKey | None = None
    scope_after: ScopeKey | None = None
    hash: bytes = b""
    tx_end: bool = True
    """Last of its command: a frame may be cut here. One command makes one event, so it is always set today."""
    before: Ticket | None = None
    after: Ticket | None = None
    document_before: DocumentState | None = None
    document: DocumentState | None = None
    state: bytes | None = None


class Head(Struct, frozen=True):
    """Where the log stands: seq and hash of its last event, and the log's clock."""

    seq: int
    hash: bytes
    server_time: datetime


def genesis_hash(epoch: str) -> bytes:
    """The hash before event 1."""
    return hashlib.sha256(GENESIS + epoch.encode()).digest()


def encode_event(event: events.Base) -> bytes:
    return _json.encode(event)


def decode_event(body: bytes) -> events.TicketEvent:
    return _event_decoder.decode(body)


@lru_cache(maxsize=4096)
def actor_text(actor: ActorRef) -> str:
    return _json.encode(actor).decode()


@lru_cache(maxsize=4096)
def actor_of(text: str) -> ActorRef:
    return _actor_decoder.decode(text)


@lru_cache(maxsize=16384)
def scope_text(key: ScopeKey | None) -> str | None:
    return None if key is None else f"{key.area}|{','.join(key.units)}"


@lru_cache(maxsize=16384)
def scope_of(text: str | None) -> ScopeKey | None:
    if text is None:
        return None
    area, _, units = text.partition("|")
    return ScopeKey(area, tuple(units.split(",")) if units else ())


def chained(previous: bytes, covered: tuple[Any, ...]) -> bytes:
    """hash_n = SHA-256(hash_{n-1} || canonical(event_n)). Canonical = msgpack of the row's columns in order."""
    return hashlib.sha256(previous + _msgpack.encode(covered)).digest()


def row_of(record: LogRecord, previous: bytes) -> tuple[Any, ...]:
    """The record as a row of table `event` in column order; sets `record.hash`.

    The whole ticket is kept with the event where its scope changed, except at its first event, from which it can be made.
    """
    moved = record.scope_before is not None and record.scope_before != record.scope_after
    covered = (
        record.seq,
        record.epoch,
        record.type,
        record.entity,
        record.entity_id,
        record.entity_version,
        scope_text(record.scope_before),
        scope_text(record.scope_after),
        actor_text(record.actor),
        record.user,
        record.cmd[0] if record.cmd else None,
        record.cmd[1] if record.cmd else None,
        millis(record.occurred_at),
        millis(record.server_time),
        record.body,
        ",".join(record.private),
        body_of(record.after) if moved and record.after is not None else record.state,
        int(record.tx_end),
    )
    record.hash = chained(previous, covered)
    return (*covered, record.hash)


def record_of(row: Any, private: dict[str, str]) -> LogRecord:
    """A row of table `event` (all columns in order) → record."""
    (
        seq,
        epoch,
        type_,
        entity,
        entity_id,
        version,
        before,
        after,
        actor,
        user,
        outbox,
        n,
        at,
        st,
        body,
        _,
        kept,
        end,
        hash_,
    ) = row
    # Of a document bytes are enough here: the types of its kind are known elsewhere.
    ticket = ticket_of(kept) if entity == TICKET and kept is not None else None
    return LogRecord(
        seq=seq,
        epoch=epoch,
        type=type_,
        entity=entity,
        entity_id=entity_id,
        entity_version=version,
        actor=actor_of(actor),
        user=user,
        cmd=None if outbox is None else (outbox, n),
        occurred_at=instant(at),
        server_time=instant(st),
        body=body,
        private=private,
        scope_before=scope_of(before),
        scope_after=scope_of(after),
        hash=hash_,
        tx_end=bool(end),
        after=ticket,
        state=None if entity == TICKET else kept,
    )
