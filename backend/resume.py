"""May a client go on from where it stands? All or nothing: every event since its cursor, or a fresh snapshot."""

from collections.abc import Callable

from msgspec import Struct

from backend.stream_store import StreamStore
from protocol.cursors import short_hash
from protocol.messages import Cursor

Alarm = Callable[[str, dict[str, object]], None]
"""Called with a code and details for what an operator must hear: ahead · fork · position."""


class DearRules(Struct, frozen=True, kw_only=True):
    """When catching up costs more than a snapshot (all [D] of reliability.md §3)."""

    max_events: int = 100_000
    event_bytes: int = 600
    """What one event weighs on the wire, about."""
    free_bytes: int = 4 * 1024**2
    """Below this a delta is never too dear."""
    share: float = 0.5


async def reset_reason(
    store: StreamStore,
    cursor: Cursor | None,
    scope_hash: str,
    snapshot_size: int | None,
    rules: DearRules,
    alarm: Alarm,
) -> str:
    """ "" = resume. Otherwise why not: first · scope · epoch · ahead · low_watermark · fork · dear.

    `snapshot_size`: compressed bytes of the scope's last snapshot where known. "ahead" and "fork" mean that the server lost
    or changed acknowledged data: they raise an alarm.
    """
    if cursor is None:
        return "first"
    if cursor.scope_hash != scope_hash:
        return "scope"
    if cursor.epoch != store.epoch:
        return "epoch"
    head = store.head
    if cursor.seq < store.low_watermark:
        return "low_watermark"
    # The log itself is asked, not what this process last saw of it: a snapshot may already hold the newest commit.
    expected = short_hash(head.hash) if cursor.seq == head.seq else await store.h_at(cursor.seq)
    if expected is None:
        alarm("ahead", {"cursor": cursor.seq, "head": head.seq})
        return "ahead"
    if expected != cursor.h:
        alarm("fork", {"cursor": cursor.seq, "client_h": cursor.h, "server_h": expected})
        return "fork"
    return "dear" if _dear(head.seq - cursor.seq, snapshot_size, rules) else ""


def _dear(behind: int, snapshot_size: int | None, rules: DearRules) -> bool:
    if behind > rules.max_events:
        return True
    size = behind * rules.event_bytes
    return size > rules.free_bytes and snapshot_size is not None and size > rules.share * snapshot_size
