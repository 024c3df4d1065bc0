"""What a conflict tells: who was quicker, when, and which fields are different now. Pure functions over the history."""

from collections.abc import Sequence
from typing import Any

import msgspec

from backend.store.records import LogRecord, decode_event
from domain.ids import TicketId
from domain.projection import apply
from domain.ticket import Ticket

_UNTOLD = frozenset({"id", "version", "changed_at", "private"})


def conflict_detail(ticket: Ticket, expected: int, history: Sequence[LogRecord]) -> dict[str, Any]:
    """{by, at, events, diff} for a command that expected an older version. `diff` is {field: [then, now]}.

    `history` is the whole record of the ticket, oldest first. A version from the future gives no diff.
    """
    versioned = [record for record in history if record.type != "commented"]
    later = [record for record in versioned if record.entity_version > expected]
    last = versioned[-1]
    detail: dict[str, Any] = {
        "current_version": ticket.version,
        "by": msgspec.to_builtins(last.actor),
        "at": last.occurred_at.isoformat(),
        "events": [record.type for record in later],
    }
    base = _at_version(history, expected)
    if base is not None:
        detail["diff"] = differing(base, ticket)
    return detail


def differing(then: Ticket, now: Ticket) -> dict[str, list[Any]]:
    """Field → [value then, value now], as plain JSON values."""
    found: dict[str, list[Any]] = {}
    for name in Ticket.__struct_fields__:
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
