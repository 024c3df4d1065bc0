"""What a conflict tells: who was quicker, when, and which fields are different now. Pure functions over the history."""

from collections.abc import Sequence
from typing import Any

import msgspec

from backend.store.records import LogRecord, decode_event
from domain.documents import DocumentState, fold
from domain.ids import TicketId
from domain.projection import apply
from domain.ticket import Ticket
from protocol.documents import BoundKind

Entity = Ticket | DocumentState
_UNTOLD = frozenset({"id", "version", "changed_at", "private"})


def conflict_detail(ticket: Ticket, expected: int, history: Sequence[LogRecord]) -> dict[str, Any]:
    """{by, at, events, diff} for a command that expected an older version. `diff` is {field: [then, now]}.

    `history` is the whole record of the ticket, oldest first. A version from the future gives no diff.
    """
    versioned = [record for record in history if record.type != "commented"]
    return _detail(ticket.version, expected, versioned, _at_version(history, expected), ticket)


def document_conflict(
    bound: BoundKind, state: DocumentState, expected: int, history: Sequence[LogRecord]
) -> dict[str, Any]:
    """The same for a document."""
    base: DocumentState | None = None
    for record in history:
        if record.entity_version > expected:
            break
        event = bound.event(record.body)
        base = fold(bound.kind, base, state.id, record.entity_version, event, record.occurred_at)
    then = base if base is not None and base.version == expected else None
    return _detail(state.version, expected, history, then, state)


def _detail(
    version: int, expected: int, history: Sequence[LogRecord], then: Entity | None, now: Entity
) -> dict[str, Any]:
    last = history[-1]
    detail: dict[str, Any] = {
        "current_version": version,
        "by": msgspec.to_builtins(last.actor),
        "at": last.occurred_at.isoformat(),
        "events": [record.type for record in history if record.entity_version > expected],
    }
    if then is not None:
        detail["diff"] = differing(then, now)
    return detail


def differing(then: Entity, now: Entity) -> dict[str, list[Any]]:
    """Field → [value then, value now], as plain JSON values."""
    found: dict[str, list[Any]] = {}
    for name in now.__struct_fields__:
        old, new = getattr(then, name), getattr(now, name)
        if name not in _UNTOLD and old != new:
            found[name] = [msgspec.to_builtins(old), msgspec.to_builtins(new)]
    return found


def _at_version(history: Sequence[LogRecord], version: int) -> Ticket | None:
    ticket: Ticket | None = None
    for record in history:
        if record.entity_version > version:
            break
        ticket = apply(
            ticket, TicketId(history[0].entity_id), record.entity_version, decode_event(record.body), record.occurred_at
        )
    return ticket if ticket is not None and ticket.version == version else None
