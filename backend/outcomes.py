"""The answers of the writer, and the one rule on when a command can have happened: shared by tickets and documents."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from backend.clock import in_millis
from domain.actor import Actor
from protocol.messages import Act, Outcome, Submit

_encode = msgspec.msgpack.Encoder().encode
Asked = Submit | Act


def target_of(asked: Asked) -> str | None:
    """Id of the ticket or document that the command names."""
    return asked.doc_id if isinstance(asked, Act) else asked.ticket_id


def hash_of(asked: Asked) -> bytes:
    """What makes a request the same request; `settled_below` may differ between two sends of it."""
    what: tuple[Any, ...]
    if isinstance(asked, Act):
        what = (asked.kind, asked.doc_id, asked.expected_version, bytes(asked.body))
    else:
        what = (asked.ticket_id, asked.expected_version, asked.command)
    return hashlib.sha256(_encode((*what, asked.created_at, asked.occurred_at))).digest()


def applied(asked: Asked, entity_id: str, seq: int, version: int, code: str = "") -> Outcome:
    return _outcome(asked, "applied", entity_id, code=code, seq=seq, version=version)


def rejected(asked: Asked, code: str, detail: dict[str, Any] | None = None) -> Outcome:
    return _outcome(asked, "rejected", target_of(asked), code=code, detail=detail or {})


def conflict(asked: Asked, entity_id: str, version: int, detail: dict[str, Any]) -> Outcome:
    return _outcome(asked, "conflict", entity_id, code="version", version=version, detail=detail)


def moment(actor: Actor, asked: Asked, changed_at: datetime | None, business_now: datetime) -> datetime | str:
    """Business instant of the command, or the code why it cannot have been then. `changed_at`: last change of its target."""
    stated = asked.occurred_at
    if stated is None:
        # Business time may have been set back by a restart: a history still never runs back.
        return max(business_now, changed_at) if changed_at else business_now
    if stated.tzinfo is None:
        return "bad_time"
    if not actor.import_right:
        return "no_import_right"
    at = in_millis(stated.astimezone(UTC))
    if at > business_now:
        return "in_future"
    if changed_at is not None and at < changed_at:
        return "before_last_change"
    return at


def _outcome(asked: Asked, status: str, entity_id: str | None, **fields: Any) -> Outcome:
    return Outcome(outbox_id=asked.outbox_id, n=asked.n, status=status, ticket_id=entity_id, **fields)  # type: ignore[arg-type]
