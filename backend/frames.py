"""Log records → websocket frames, built once per scope and shared by all its clients. Pure: knows no client and no socket.

A frame here is the finished bytes of one whole websocket message, so that it can be written to any transport in turn with
the library's own frames.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec import Raw, Struct
from websockets.frames import Frame, Opcode

from backend.masking import masked_field
from backend.store.records import LogRecord
from domain.actor import Scope, ScopeKey
from protocol.codec import encode_bytes, encode_chunk, encode_delta
from protocol.cursors import short_hash
from protocol.messages import MAX_OUTBOUND, Event

DELTA_OVERHEAD = 256
"""Bytes of a delta frame beside its events."""


class Position(Struct, frozen=True):
    """A place in the log: seq and the short hash of its event."""

    seq: int
    h: str


class Encoded(Struct, frozen=True):
    """One event as a scope may see it, encoded."""

    seq: int
    h: str
    data: bytes
    tx_end: bool


def text_frame(payload: bytes) -> bytes:
    return Frame(Opcode.TEXT, payload).serialize(mask=False, extensions=[])


def chunk_frame(index: int, data: bytes) -> bytes:
    return Frame(Opcode.BINARY, encode_chunk(index, data)).serialize(mask=False, extensions=[])


def kind_of(record: LogRecord, covers: Callable[[ScopeKey], bool]) -> str | None:
    """event · enter · leave, or None where the event stays outside the scope.

    The first event of a ticket is an event and no enter: it holds everything, and the timeline wants it.
    """
    before, after = record.scope_before, record.scope_after
    inside = after is not None and covers(after)
    if before == after or before is None:
        return "event" if inside else None
    was_inside = covers(before)
    if inside:
        return "event" if was_inside else "enter"
    return "leave" if was_inside else None


class EventEncoder:
    """Encodes each record once per kind and mask, however many scopes see it. Live as long as one tick or one page."""

    def __init__(self) -> None:
        self._done: dict[tuple[int, str, bool], bytes] = {}

    def visible(self, records: Iterable[LogRecord], covers: Callable[[ScopeKey], bool], *, mask: bool) -> list[Encoded]:
        """The records that a scope sees, in order. `covers` is the scope's covers_key."""
        seen = []
        for record in records:
            kind = kind_of(record, covers)
            if kind is not None:
                data = self._encoded(record, kind, mask=mask)
                seen.append(Encoded(record.seq, short_hash(record.hash), data, record.tx_end))
        return seen

    def _encoded(self, record: LogRecord, kind: str, *, mask: bool) -> bytes:
        key = (record.seq, kind, mask)
        data = self._done.get(key)
        if data is None:
            data = self._done[key] = encode_bytes(_event(record, kind, mask=mask))
        return data


def _event(record: LogRecord, kind: str, *, mask: bool) -> Event:
    if kind == "leave":
        # Nothing new of a ticket that is outside from now on: not who moved it, not where to.
        return Event(
            seq=record.seq,
            kind=kind,
            entity=record.entity,
            id=record.entity_id,
            v=record.entity_version,
            at=record.occurred_at,
            st=record.server_time,
        )
    body = _whole(record) if kind == "enter" else record.body
    private = record.private
    if private and mask:
        private = {field: masked_field(field, value) for field, value in private.items()}
    return Event(
        seq=record.seq,
        kind=kind,
        entity=record.entity,
        id=record.entity_id,
        v=record.entity_version,
        at=record.occurred_at,
        st=record.server_time,
        actor=record.actor,
        cmd=record.cmd,
        body=Raw(body),
        private=private,
    )


def _whole(record: LogRecord) -> bytes:
    """JSON of the ticket or document that came into a scope."""
    if record.state is not None:
        return record.state
    if record.after is None:
        raise ValueError(f"record {record.seq} changed its scope but lacks the whole {record.entity}")
    return msgspec.json.encode(record.after)


def delta_frames(start: int, end: Position, events: Sequence[Encoded], max_bytes: int = MAX_OUTBOUND) -> list[bytes]:
    """Everything of a scope in (start, end], as few frames as `max_bytes` allows, cut between commands only."""
    frames: list[bytes] = []
    part: list[bytes] = []
    size = DELTA_OVERHEAD
    previous: Encoded | None = None
    for event in events:
        if previous is not None and previous.tx_end and size + len(event.data) > max_bytes:
            frames.append(text_frame(encode_delta(start, previous.seq, previous.h, part)))
            start, part, size = previous.seq, [], DELTA_OVERHEAD
        part.append(event.data)
        size += len(event.data) + 1
        previous = event
    frames.append(text_frame(encode_delta(start, end.seq, end.h, part)))
    return frames


def scope_test(scope: Scope) -> Callable[[ScopeKey], bool]:
    """`scope.covers_key`, remembering its answers: a burst asks the same few keys again and again."""
    known: dict[ScopeKey, bool] = {}

    def covers(key: ScopeKey) -> bool:
        answer = known.get(key)
        if answer is None:
            if len(known) > 4096:
                known.clear()
            answer = known[key] = scope.covers_key(key)
        return answer

    return covers
