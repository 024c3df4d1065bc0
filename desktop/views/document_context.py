"""What the rules need to say what this seat may do with a document now, from what the desk knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.documents import DocContext
from domain.rules import Rules

if TYPE_CHECKING:
    from desktop.bridge import Bridge


def context_of(bridge: Bridge, rules: Rules | None) -> DocContext | None:
    """None before login or before the first tables."""
    actor = bridge.actor
    if actor is None or rules is None:
        return None
    mirror = bridge.mirror
    return DocContext(
        actor=actor,
        now=bridge.clock.now_business(),
        rules=rules,
        rate=bridge.clock.rate,
        lookup=lambda kind, doc_id: mirror.documents.get(kind, {}).get(doc_id),
        open_of=lambda kind: tuple(one for one in mirror.documents.get(kind, {}).values() if one.is_open),
        ticket=mirror.tickets.get,
    )
