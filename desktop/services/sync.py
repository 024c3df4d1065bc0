"""From session events to what the desk knows: folds deltas into the mirror, rows into the cache, values into topics, time into
the clock. Deltas are applied in order, one by one; what the mirror cannot fold is asked for anew.
"""

import logging
from collections.abc import Callable
from typing import Protocol

import msgspec

from desktop.services.cache import Cache
from desktop.services.cache_file import META_CLOCK, META_DIRTY, META_DIRTY_DOCUMENTS, Batch, Loaded
from desktop.services.clock import DeskClock
from desktop.services.mirror import Applied, Mirror
from desktop.services.questions import Questions
from desktop.services.snapshot_file import SnapshotFile
from desktop.services.sqlite_file import CorruptFile, StorageError
from desktop.services.topics import Topics
from desktop.services.values import ChangeSet, DocKey
from domain.actor import Actor
from domain.documents import DocumentState
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.codec import ProtocolError
from protocol.documents import BoundKind, KindBook
from protocol.messages import BusinessClock, Cursor, Delta, Outcome
from protocol.session import ClientSession
from protocol.session_events import (
    ClientEvent,
    DeltaApplied,
    Failed,
    HeartbeatArrived,
    LatestArrived,
    OutcomeArrived,
    ReplyArrived,
    ResetBegun,
    SnapshotComplete,
    Welcomed,
)

MOST_ASKED = 200
NEWER_SNAPSHOT_S = 30.0
"""Longer than any server keeps a snapshot ready."""
_tickets_decoder = msgspec.json.Decoder(tuple[Ticket, ...])
_raws_decoder = msgspec.json.Decoder(tuple[msgspec.Raw, ...])
log = logging.getLogger(__name__)


class SyncListener(Protocol):
    """What others must hear of. All are called on the event loop."""

    async def on_actor(self, actor: Actor) -> str:
        """The server says who we are. Gives "", or the code why this session cannot go on."""
        ...

    async def on_outcome(self, outcome: Outcome) -> None: ...
    async def on_moved_out(self, ticket_ids: tuple[TicketId, ...]) -> None: ...
    async def on_documents_left(self, keys: tuple[DocKey, ...]) -> None: ...
    def on_changes(self, changes: ChangeSet) -> None: ...
    def on_topic(self, name: str) -> None: ...
    def on_line_lost(self) -> None: ...
    def on_clock(self) -> None: ...


class Sync:
    """`cache` may be exchanged between sessions (another login). `confirm` is told which cursor is on disk."""

    def __init__(
        self,
        mirror: Mirror,
        topics: Topics,
        clock: DeskClock,
        questions: Questions,
        listener: SyncListener,
        confirm: Callable[[Cursor], None],
        kinds: KindBook | None = None,
    ) -> None:
        self._kinds = kinds or KindBook()
        self._confirm = confirm
        self.cache: Cache | None = None
        self._mirror = mirror
        self._topics = topics
        self._clock = clock
        self._questions = questions
        self._listener = listener
        self._snapshot: SnapshotFile | None = None
        self._waits_since: float | None = None
        self._dirty_on_disk: frozenset[TicketId] = frozenset()
        self._dirty_documents_on_disk: frozenset[DocKey] = frozenset()

    def start_from(self, loaded: Loaded) -> None:
        """Show what the cache kept."""
        self._clock.restore(loaded.clock)
        for name in self._topics.restore(loaded.topics):
            self._listener.on_topic(name)
        self._dirty_on_disk, self._dirty_documents_on_disk = loaded.dirty, loaded.dirty_documents
        self._listener.on_changes(self._mirror.reset(loaded))

    async def on_event(self, session: ClientSession, event: ClientEvent) -> str:
        """Gives "", or the code why the session cannot go on."""
        match event:
            case DeltaApplied():
                await self._on_delta(event)
            case HeartbeatArrived():
                if event.t0 is not None:
                    self._clock.sync.add(event.t0, event.heartbeat.server_time, event.t3)
                self._set_clock(event.heartbeat.clock)
            case LatestArrived():
                self._on_latest(event)
            case OutcomeArrived():
                await self._listener.on_outcome(event.outcome)
            case ReplyArrived():
                self._questions.answered(event.reply)
            case Welcomed():
                return await self._on_welcome(event)
            case ResetBegun():
                return await self._on_reset(session, event)
            case SnapshotComplete():
                return await self._on_snapshot(event)
            case Failed():
                await self._on_failed()
        return ""

    async def on_snapshot_refused(self, error: OSError) -> None:
        if self.cache is not None:
            await self.cache.snapshot_refused(error)

    def evict(self) -> None:
        """Let old finished tickets go; while the clock stands still nothing grows old."""
        if not self._clock.frozen:
            changes = self._mirror.evict(self._clock.now_business())
            if changes.removed or changes.documents:
                self._listener.on_changes(changes)

    def keep_clock(self) -> None:
        """Put the clock beside the rows, so that a start without a line knows what `as of` means."""
        stored = self._clock.stored()
        if stored is not None and self.cache is not None:
            batch = Batch()
            batch.meta[META_CLOCK] = stored
            self.cache.put(batch)

    async def fetch_dirty(self) -> None:
        """Ask for what could not be folded. What stays dirty is asked again at the next call."""
        await self._fetch_dirty_tickets()
        for bound in self._kinds:
            await self._fetch_dirty_documents(bound)

    async def _fetch_dirty_documents(self, bound: BoundKind) -> None:
        asked = [doc_id for kind, doc_id in self._mirror.docs.dirty if kind == bound.name][:MOST_ASKED]
        if not asked:
            return
        answer = await self._questions.ask("documents", {"kind": bound.name, "ids": asked})
        if answer.body is None:
            log.info("dirty documents not answered: %s", answer.error)
            return
        try:
            states = [bound.state_of_frame(raw) for raw in _raws_decoder.decode(answer.body)]
        except msgspec.DecodeError as error:
            log.warning("answer about dirty documents not readable: %s", error)
            return
        await self._publish(self._mirror.put_documents(bound.name, asked, states))

    async def _fetch_dirty_tickets(self) -> None:
        asked = list(self._mirror.dirty)[:MOST_ASKED]
        if not asked:
            return
        answer = await self._questions.ask("tickets", {"ids": asked})
        if answer.body is None:
            log.info("dirty tickets not answered: %s", answer.error)
            return
        try:
            tickets = _tickets_decoder.decode(answer.body)
        except msgspec.DecodeError as error:
            log.warning("answer about dirty tickets not readable: %s", error)
            return
        await self._publish(self._mirror.put(asked, tickets))

    # -- inside ---------------------------------------------------------------------------------

    async def _on_welcome(self, event: Welcomed) -> str:
        # Another server, or the same after a pause of any length: old samples prove nothing.
        self._clock.sync.restart()
        self._clock.sync.add(event.t0, event.welcome.server_time, event.t3)
        self._set_clock(event.welcome.clock)
        return await self._listener.on_actor(event.welcome.actor)

    async def _on_reset(self, session: ClientSession, event: ResetBegun) -> str:
        if self.cache is None:
            return "no_cache"
        if self._would_go_back(event):
            return "snapshot_old"
        log.info("snapshot of %s tickets, because: %s", event.begin.tickets, event.reason)
        try:
            self._snapshot = await self.cache.snapshot_begin()
            session.snapshot_to(self._snapshot)
        except StorageError as error:
            return error.code
        except ProtocolError as error:
            return error.code
        return ""

    def _would_go_back(self, event: ResetBegun) -> bool:
        """The server keeps a snapshot for some seconds. Where the cache was lost under a living screen it may stand before what is
        shown, and rows must not go back (I7): a newer one is made soon. Not waited for for ever, whatever the reason is.
        """
        shown, new, now = self._mirror.shown, event.begin.cursor, self._clock.monotonic()
        if event.reason != "first" or shown is None or (shown.epoch, shown.scope_hash) != (new.epoch, new.scope_hash):
            return False
        if new.seq >= shown.seq:
            self._waits_since = None
            return False
        if self._waits_since is None:
            self._waits_since = now
        return now - self._waits_since < NEWER_SNAPSHOT_S

    async def _on_snapshot(self, event: SnapshotComplete) -> str:
        file, self._snapshot = self._snapshot, None
        if self.cache is None or file is None:
            return "no_cache"
        try:
            loaded = await self.cache.snapshot_finish(file, event.cursor, self._mirror.tickets)
        except StorageError as error:
            return error.code
        except CorruptFile as error:
            log.warning("snapshot refused: %s", error)
            return "snapshot_bad"
        self._confirm(event.cursor)
        self._dirty_on_disk, self._dirty_documents_on_disk = loaded.dirty, loaded.dirty_documents
        changes = self._mirror.reset(loaded)
        self._mirror.as_of = self._clock.now_business()
        self._listener.on_changes(changes)
        # What only grew old is still in the new file; the rest left the scope.
        old = await self.cache.tickets(changes.removed)
        await self._listener.on_moved_out(tuple(i for i in changes.removed if i not in old))
        gone = [(kind, doc_id) for kind, doc_id, state in changes.documents if state is None]
        kept = await self.cache.documents(gone)
        await self._listener.on_documents_left(tuple(key for key in gone if key not in kept))
        return ""

    async def _on_delta(self, event: DeltaApplied) -> None:
        older = await self._older(event.delta)
        older_documents = await self._older_documents(event.delta)
        if self._mirror.cursor is None:
            return  # the cache was lost meanwhile; the link is about to start anew
        now = self._clock.now_business()
        await self._publish(self._mirror.apply(event.delta, event.cursor, older, now, older_documents))

    async def _older(self, delta: Delta) -> dict[TicketId, Ticket]:
        missing = self._mirror.missing(delta)
        return await self.cache.tickets(missing) if missing and self.cache is not None else {}

    async def _older_documents(self, delta: Delta) -> dict[DocKey, DocumentState]:
        missing = self._mirror.docs.missing(delta.events)
        return await self.cache.documents(missing) if missing and self.cache is not None else {}

    async def _publish(self, applied: Applied) -> None:
        """Rows to the disk with the cursor they belong to, changes to the windows."""
        batch = Batch()
        batch.rows, batch.documents = applied.rows, applied.documents
        batch.cursor = self._mirror.cursor
        dirty = frozenset(self._mirror.dirty)
        if dirty != self._dirty_on_disk:
            batch.meta[META_DIRTY] = msgspec.json.encode(sorted(dirty)).decode()
            self._dirty_on_disk = dirty
        dirty_documents = frozenset(self._mirror.docs.dirty)
        if dirty_documents != self._dirty_documents_on_disk:
            batch.meta[META_DIRTY_DOCUMENTS] = msgspec.json.encode(sorted(dirty_documents)).decode()
            self._dirty_documents_on_disk = dirty_documents
        if self.cache is not None:
            self.cache.put(batch)
        self._listener.on_changes(applied.changes)
        if applied.changes.moved_out:
            await self._listener.on_moved_out(applied.changes.moved_out)
        if left := tuple(key for key, state in applied.documents.items() if state is None):
            await self._listener.on_documents_left(left)

    def _on_latest(self, event: LatestArrived) -> None:
        row = self._topics.arrived(event.latest, self._clock.monotonic())
        if row is not None and self.cache is not None:
            batch = Batch()
            batch.topics[row.name] = row
            self.cache.put(batch)
        self._listener.on_topic(event.latest.topic)

    async def _on_failed(self) -> None:
        if self._snapshot is not None and self.cache is not None:
            await self.cache.snapshot_abort(self._snapshot)
        self._snapshot = None
        self._questions.line_lost()
        self._listener.on_line_lost()
        self.keep_clock()

    def _set_clock(self, clock: BusinessClock) -> None:
        self._clock.sync.set_clock(clock)
        self._listener.on_clock()
