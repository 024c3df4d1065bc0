"""Fan-out: what is committed goes to every client that may see it. Clients of one scope share one frame.

Each tick (at once when idle, then every 11 ms, in bursts every 33 ms) makes one delta per scope, encodes it once, frames it once and writes
the same bytes to every transport of the scope. Runs on the loop's thread only; never waits for a client.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Raw

from backend.frames import Encoded, EventEncoder, Position, delta_frames, scope_test, text_frame
from backend.store.records import LogRecord
from domain.actor import Scope
from protocol.codec import encode_bytes
from protocol.cursors import short_hash
from protocol.messages import QUEUE_MAX_BYTES, Latest

TICK_S = 0.033
FEW = 4
"""Joining pays in bursts: a tick that carried no more than these is followed by the next after a third of the time."""
LEVEL_S = 2.5
"""Clients hear at least this often that the log moved on without anything for them, long before BEHIND_S."""
KEPT_LATEST = 4096
MAX_TOPIC = QUEUE_MAX_BYTES // 2
"""Bytes of one value, so that a gauge alone never makes a client look slow."""


class Loop(Protocol):
    """The part of an asyncio loop that the hub needs."""

    def time(self) -> float: ...

    def call_later(self, delay: float, callback: Callable[[], Any]) -> Any: ...


class Outlet(Protocol):
    """Where a client's frames go (backend.lane.Lane)."""

    def push(self, frames: bytes, events: int = 0) -> None: ...

    def put(self, key: str, frame: bytes) -> None: ...

    def put_all(self, frames: Mapping[str, bytes]) -> None: ...


class Client(Protocol):
    @property
    def lane(self) -> Outlet: ...

    @property
    def scope(self) -> Scope: ...

    @property
    def scope_hash(self) -> str: ...


class _Group:
    """The clients of one scope. Those in `level` have all up to `position`; a newcomer stands where its catch-up ended."""

    def __init__(self, scope: Scope, position: int) -> None:
        self.scope = scope
        self.covers = scope_test(scope)
        self.position = position
        self.level: set[Client] = set()
        self.newcomers: dict[Client, int] = {}


class _Topic:
    def __init__(self, version: int, body: bytes, frame: bytes) -> None:
        self.version = version
        self.body = body
        self.frame = frame


class Hub:
    """`head` is where the log stands when the hub starts; `now` gives business time for values without an `as_of`;
    `first_version` must be higher after each restart (milliseconds of the start): versions of topics count up from it.

    `on_scope(scope_hash, scope, opened)` callbacks hear when the first client of a scope comes and the last one goes.
    """

    def __init__(
        self, loop: Loop, head: Position, now: Callable[[], datetime], first_version: int, tick_s: float = TICK_S
    ) -> None:
        self.head = head
        self.on_scope: list[Callable[[str, Scope, bool], None]] = []
        self._loop = loop
        self._now = now
        self._last_version = first_version
        self._tick_s = tick_s
        self._pause_s = tick_s
        self._groups: dict[str, _Group] = {}
        self._pending: list[LogRecord] = []
        self._topics: dict[tuple[str, str | None], _Topic] = {}
        self._flushed_at = float("-inf")
        self._scheduled = False
        self._level_due = False

    # -- clients ----------------------------------------------------------------------------------

    @property
    def scopes(self) -> Mapping[str, Scope]:
        """Scopes with at least one live client, by hash."""
        return {key: group.scope for key, group in self._groups.items()}

    def add(self, client: Client, position: int, known_topics: Mapping[str, int]) -> None:
        """A client that has everything up to `position`, which is not below `head`: from now on it is live.

        `known_topics`: versions it holds already; those are not sent again.
        """
        if position < self.head.seq:
            raise ValueError(f"client stands at {position}, the hub at {self.head.seq}: catch up first")
        group = self._groups.get(client.scope_hash)
        opened = group is None
        if group is None:
            group = self._groups[client.scope_hash] = _Group(client.scope, position)
        group.newcomers[client] = position
        unknown = {
            name: topic.frame
            for (name, scope_hash), topic in self._topics.items()
            if scope_hash in (None, client.scope_hash) and known_topics.get(name) != topic.version
        }
        client.lane.put_all(unknown)
        if opened:
            self._tell(client.scope_hash, client.scope, opened=True)

    def remove(self, client: Client) -> None:
        """Safe to call for a client that is not, or no longer, live."""
        group = self._groups.get(client.scope_hash)
        if group is None or (client not in group.level and client not in group.newcomers):
            return
        group.level.discard(client)
        group.newcomers.pop(client, None)
        if not group.level and not group.newcomers:
            del self._groups[client.scope_hash]
            self._tell(client.scope_hash, client.scope, opened=False)

    def clients(self) -> list[Client]:
        return [client for group in self._groups.values() for client in (*group.level, *group.newcomers)]

    # -- the stream -------------------------------------------------------------------------------

    def publish(self, records: Sequence[LogRecord]) -> None:
        """What was just committed, in seq order and without a hole behind the last call."""
        if not records:
            return
        if records[0].seq != self.head.seq + 1:
            raise ValueError(f"record {records[0].seq} does not follow the hub's head {self.head.seq}")
        last = records[-1]
        self.head = Position(last.seq, short_hash(last.hash))
        self._pending += records
        self._schedule()

    def publish_latest(
        self,
        topic: str,
        scope_hash: str | None,
        body: bytes,
        *,
        as_of: datetime | None = None,
        version: int | None = None,
    ) -> None:
        """The newest value of a topic, as JSON, for one scope or (None) for everybody. An equal body without a new `as_of`
        is not sent again. A topic that rarely changes may bring its own `version`, equal where the value is equal also
        after a restart: a desk that holds it needs no copy then.
        """
        key = (topic, scope_hash)
        old = self._topics.get(key)
        if old is not None and old.body == body and as_of is None:
            return
        as_of = as_of or self._now()
        if version is None:
            version = self._last_version = self._last_version + 1
        payload = encode_bytes(Latest(topic=topic, version=version, as_of=as_of, body=Raw(body)))
        if len(payload) > MAX_TOPIC:
            raise ValueError(f"topic {topic} of {len(payload)} bytes, at most {MAX_TOPIC}")
        self._topics.pop(key, None)
        self._topics[key] = _Topic(version, body, text_frame(payload))
        if len(self._topics) > KEPT_LATEST:
            del self._topics[next(iter(self._topics))]
        for group_hash, group in self._groups.items():
            if scope_hash in (None, group_hash):
                for client in (*group.level, *group.newcomers):
                    client.lane.put(topic, self._topics[key].frame)

    def level(self) -> None:
        """Tell everybody whose scope was quiet how far the log is. Call every LEVEL_S."""
        self._level_due = True
        self.flush()

    def flush(self) -> None:
        """One tick: a delta for each scope that has something, and for every scope where leveling is due."""
        self._scheduled = False
        self._flushed_at = self._loop.time()
        records, self._pending = self._pending, []
        self._pause_s = self._tick_s if len(records) > FEW else self._tick_s / 3
        level_due, self._level_due = self._level_due, False
        encoder = EventEncoder()
        for group in tuple(self._groups.values()):
            events = encoder.visible(records, group.covers, mask=group.scope.masked) if records else []
            if events or level_due:
                self._send(group, events)

    def _send(self, group: _Group, events: list[Encoded]) -> None:
        head = self.head
        if group.position < head.seq and group.level:
            data = b"".join(delta_frames(group.position, head, events))
            # A copy: a client that turns out too slow leaves the group while we walk over it.
            for client in tuple(group.level):
                client.lane.push(data, len(events))
        self._send_to_newcomers(group, events)
        group.position = max(group.position, head.seq)

    def _send_to_newcomers(self, group: _Group, events: list[Encoded]) -> None:
        head = self.head
        made: dict[int, tuple[bytes, int]] = {}
        for client, position in tuple(group.newcomers.items()):
            if position > head.seq:
                continue  # its snapshot is ahead of what is published here: the next ticks reach it
            del group.newcomers[client]
            group.level.add(client)
            if position < head.seq:
                if position not in made:
                    later = [event for event in events if event.seq > position]
                    made[position] = b"".join(delta_frames(position, head, later)), len(later)
                client.lane.push(*made[position])

    def _schedule(self) -> None:
        if self._scheduled:
            return
        self._scheduled = True
        wait = self._flushed_at + self._pause_s - self._loop.time()
        self._loop.call_later(max(0.0, wait), self.flush)

    def _tell(self, scope_hash: str, scope: Scope, *, opened: bool) -> None:
        for callback in self.on_scope:
            callback(scope_hash, scope, opened)
