"""Everything a window may need, made and joined in one place: no Qt, callbacks instead of signals.

Start order: who was I here last → cache → outbox → what the cache holds is on screen → link. The end is the other way round.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from desktop.services.cache import Cache
from desktop.services.clock import DeskClock
from desktop.services.commander import Commander
from desktop.services.drafts import Drafts
from desktop.services.files import Files
from desktop.services.find_index import FindWord, Found
from desktop.services.freshness import FreshnessBook
from desktop.services.identity import Identities, login_dir
from desktop.services.link import Link
from desktop.services.link_status import LinkPhase, LinkStatus, monotonic, wall
from desktop.services.mirror import Mirror
from desktop.services.outbox import Outbox
from desktop.services.outbox_file import Item
from desktop.services.questions import Questions
from desktop.services.sqlite_file import StorageError
from desktop.services.sync import Sync
from desktop.services.tasks import Tasks
from desktop.services.topics import Topics
from desktop.services.values import Answer, ChangeSet, DocKey, Notice, PageQuery, Refusal
from domain.actor import Actor
from domain.documents import TICKET, BlobRef, DocKind, DocumentState
from domain.ids import TicketId
from domain.kinds import KINDS
from domain.ticket import Ticket
from protocol.documents import KindBook
from protocol.messages import Cursor, Outcome, Viewing
from protocol.session import ClientSession
from protocol.session_events import ClientEvent

TICK_S = 1.0
EVICT_EVERY = 10
KEEP_CLOCK_EVERY = 30
PRUNE_EVERY = 600
PRUNE_AT = 30
"""Soon after the start, when the windows stand, and then from time to time."""
NOTICES_KEPT = 50
CLOCK_OFF_S = 30.0
log = logging.getLogger(__name__)
T = TypeVar("T")


class Listeners:
    """Who is told of what. Lists of plain callbacks; one that raises is a fault and is not hidden."""

    def __init__(self) -> None:
        self.changes: list[Callable[[ChangeSet], None]] = []
        self.topic: list[Callable[[str], None]] = []
        self.freshness: list[Callable[[str], None]] = []
        self.pending: list[Callable[[], None]] = []
        self.outcome: list[Callable[[Outcome], None]] = []
        self.notice: list[Callable[[Notice], None]] = []
        self.tick: list[Callable[[], None]] = []


class Services:
    """`open` reads what the cache holds, `connect` begins to connect, `start` is both; `stop` leaves everything safe on disk."""

    def __init__(
        self,
        data_dir: Path,
        server: str,
        token: str,
        *,
        app: str = "liandong",
        monotonic: Callable[[], float] = monotonic,
        wall: Callable[[], datetime] = wall,
        random: Callable[[], float] = random.random,
        kinds: Sequence[DocKind] = KINDS,
        cache_days: int = 400,
    ) -> None:
        self._cache_kept = timedelta(days=cache_days)
        self._kinds = KindBook(kinds)
        self._data_dir = data_dir
        self._server = server
        self._token = token
        self._wall = wall
        self._random = random
        self._identities = Identities(data_dir)
        self._tasks = Tasks()
        self._cache: Cache | None = None
        self._outbox: Outbox | None = None
        self._files: Files | None = None
        self._drafts: Drafts | None = None
        self._ticks = 0
        self._clock_off = False
        self._started = self._stopped = False
        self.actor: Actor | None = None
        self.notices: tuple[Notice, ...] = ()
        self.on = Listeners()
        self.mirror = Mirror(self._kinds)
        self.topics = Topics()
        self.clock = DeskClock(monotonic, wall)
        self.freshness = FreshnessBook(self.clock, self.topics)
        self.link = Link(
            server,
            token,
            self._identities.device_id,
            self,
            app=app,
            monotonic=monotonic,
            wall=wall,
            random=random,
        )
        self._questions = Questions(self.link.send)
        self._sync = Sync(self.mirror, self.topics, self.clock, self._questions, self, self.link.confirm, self._kinds)
        self.commander = self._new_commander()

    @property
    def online(self) -> bool:
        return self.link.status.connected

    async def start(self) -> None:
        """The last known state is in the mirror when this returns; the link goes on by itself."""
        await self.open()
        self.connect()

    async def open(self) -> None:
        """The last known state is in the mirror when this returns, and commands are kept; the line is not tried yet."""
        actor = self._identities.actor_of(self._server, self._token)
        if actor is not None:
            await self._open_login(actor)
        self._tasks.start(self.commander.run(), "commander")
        self._tasks.start(self._tick(), "tick")
        self._started = True
        self._tell_freshness()

    def connect(self) -> None:
        """Once, after `open`."""
        self._tasks.start(self.link.run(), "link")

    async def stop(self) -> None:
        if self._started:
            # What was clicked a moment ago is not on disk yet.
            await self.commander.settled()
        await self._tasks.stop()
        self._stopped = True
        self._sync.keep_clock()
        await self._close_login()

    async def ask(self, what: str, args: dict[str, Any]) -> Answer:
        return await self._questions.ask(what, args)

    def ask_then(self, what: str, args: dict[str, Any], done: Callable[[Answer], None]) -> None:
        self.then(lambda: self._questions.ask(what, args), done, f"ask {what}")

    def view_ticket(self, ticket_id: TicketId | None) -> None:
        self.link.send(Viewing(ticket_id=ticket_id))

    async def page(self, query: PageQuery, offset: int, limit: int) -> list[Ticket]:
        return [] if self._cache is None else await self._cache.page(query, offset, limit)

    async def find(self, words: Sequence[FindWord], limit: int) -> tuple[Found, list[Ticket]]:
        """Tickets of the whole cache that every word fits, the newest first, and how many there are."""
        if self._cache is None:
            return Found(ready=False), []
        found = await self._cache.find(words, limit)
        tickets = await self.cached(found.ids)
        return found, [tickets[one] for one in found.ids if one in tickets]

    async def cached(self, ids: Sequence[TicketId]) -> dict[TicketId, Ticket]:
        """Those tickets that this machine has, also those older than the working set."""
        known = {one: self.mirror.tickets[one] for one in ids if one in self.mirror.tickets}
        rest = [one for one in ids if one not in known]
        return known if self._cache is None or not rest else known | await self._cache.tickets(rest)

    async def count(self, query: PageQuery) -> int:
        return 0 if self._cache is None else await self._cache.count(query)

    async def document_page(self, kind: str, offset: int, limit: int) -> list[DocumentState]:
        return [] if self._cache is None else await self._cache.document_page(kind, offset, limit)

    def then(self, work: Callable[[], Coroutine[Any, Any, T]], done: Callable[[T], None], name: str) -> None:
        """For windows without coroutines: `done` is called later, on the loop's thread. Not after `stop`: a window's timer may
        still fire while the program ends, and nobody would wait for the answer.
        """
        if self._stopped:
            return

        async def run() -> None:
            done(await work())

        self._tasks.start(run(), name)

    async def keep_draft(self, name: str, data: bytes) -> bool:
        """Keep what is being typed, safe against a crash. False where the disk refuses, or nobody is logged in."""
        return self._drafts is not None and await self._drafts.keep(name, data)

    async def draft(self, name: str) -> bytes:
        """What was kept under this name, by this login; b"" where there is nothing."""
        return b"" if self._drafts is None else await self._drafts.read(name)

    async def put_blob(self, data: bytes) -> BlobRef | Refusal:
        if self._files is None:
            return Refusal("no_identity")
        answer = await self._files.put(data)
        self._tasks.start(self._files.bring(), "files")
        return answer

    async def get_blob(self, ref: BlobRef) -> bytes | Refusal:
        return Refusal("no_identity") if self._files is None else await self._files.get(ref)

    async def prune(self) -> None:
        """What was finished long ago leaves the cache. While the clock stands still nothing grows old."""
        if self._cache is not None and self.clock.known and not self.clock.frozen:
            count = await self._cache.prune(self.clock.now_business() - self._cache_kept)
            if count:
                log.info("%s finished tickets left the cache", count)

    def log_in(self, token: str) -> None:
        """Come back under another token; whose it is, the server says."""
        self._token = token
        self.link.log_in(token)

    def say(self, notice: Notice) -> None:
        notice = replace(notice, at=self._wall())
        self.notices = (*self.notices, notice)[-NOTICES_KEPT:]
        for callback in self.on.notice:
            callback(notice)

    # -- LinkHandler ----------------------------------------------------------------------------

    def cursor(self) -> Cursor | None:
        return self.mirror.cursor

    def topic_versions(self) -> dict[str, int]:
        return self.topics.versions()

    async def on_event(self, session: ClientSession, event: ClientEvent) -> str:
        return await self._sync.on_event(session, event)

    async def on_snapshot_refused(self, error: OSError) -> None:
        await self._sync.on_snapshot_refused(error)

    def on_link_changed(self, status: LinkStatus) -> None:
        before = self.freshness.status
        self.freshness.status = status
        if status.phase is LinkPhase.STOPPED and before.phase is not LinkPhase.STOPPED:
            self.say(
                Notice("login_needed" if status.reason == "login" else "version_unsupported", {"reason": status.reason})
            )
        if (status.phase, status.behind, status.snapshot) != (before.phase, before.behind, before.snapshot):
            self._tell_freshness()

    # -- SyncListener ---------------------------------------------------------------------------

    async def on_actor(self, actor: Actor) -> str:
        if self.actor is None or self.actor.user != actor.user:
            held_cursor = self.mirror.cursor is not None
            await self._close_login()
            await self._open_login(actor)
            if held_cursor:
                self.say(Notice("identity_changed", {"user": actor.user}))
                return "identity_changed"
        self.actor = actor
        try:
            self._identities.remember(self._server, self._token, actor)
        except OSError as error:
            log.warning("who this desk is could not be kept: %s", error)
        self._tasks.start(self.commander.pump(), "pump")
        return ""

    async def on_outcome(self, outcome: Outcome) -> None:
        await self.commander.on_outcome(outcome)

    async def on_moved_out(self, ticket_ids: tuple[TicketId, ...]) -> None:
        if ticket_ids:
            await self.commander.on_moved_out({(TICKET, ticket_id) for ticket_id in ticket_ids})

    async def on_documents_left(self, keys: tuple[DocKey, ...]) -> None:
        if keys:
            await self.commander.on_moved_out(frozenset(keys))

    def on_changes(self, changes: ChangeSet) -> None:
        self.freshness.has_tickets = self.mirror.cursor is not None or self.freshness.has_tickets
        for callback in self.on.changes:
            callback(changes)
        # After the rows: an overlay that goes before its effect is seen would flicker (I15).
        self.commander.on_seq(self.mirror.seq)

    def on_topic(self, name: str) -> None:
        for callback in self.on.topic:
            callback(name)
        self._tell_freshness()

    def on_line_lost(self) -> None:
        self.commander.line_lost()
        self._tell_pending()

    def on_clock(self) -> None:
        error_s = self.clock.wall_error_s()
        off = error_s is not None and abs(error_s) > CLOCK_OFF_S
        if off and not self._clock_off:
            self.say(Notice("clock_off", {"seconds": round(error_s or 0.0)}))
        self._clock_off = off

    # -- inside ---------------------------------------------------------------------------------

    def _new_commander(self) -> Commander:
        return Commander(
            send=self.link.send,
            online=lambda: self.online,
            ticket=self.mirror.tickets.get,
            document=self.mirror.docs.get,
            kinds=self._kinds,
            held=self._held,
            seq=lambda: self.mirror.seq,
            wall=self._wall,
            monotonic=self.clock.monotonic,
            on_pending=self._tell_pending,
            on_outcome=self._tell_outcome,
            on_notice=self.say,
        )

    async def _open_login(self, actor: Actor) -> None:
        directory = login_dir(self._data_dir, self._server, actor.user)
        self.actor = actor
        self._cache = Cache(directory, self._on_cache_notice, self.link.confirm, self._kinds)
        loaded = await self._cache.open()
        self._sync.cache = self._cache
        self.freshness.has_tickets = bool(loaded.tickets) or loaded.cursor is not None
        self._sync.start_from(loaded)
        outbox = Outbox(
            directory,
            actor.user,
            self._server,
            on_notice=self.say,
            wall=self._wall,
            monotonic=self.clock.monotonic,
            random=self._random,
        )
        self._drafts = Drafts(directory)
        files = Files(directory, self._questions, lambda: self.online, self.clock.monotonic, self._on_file_brought)
        try:
            await files.open()
            self._files = files
            await outbox.open()
        except (StorageError, OSError) as error:
            # Without a safe place nothing may be called pending: commands are refused, everything else works.
            log.warning("outbox cannot be opened: %s", error)
            self.say(Notice("storage_full", {"reason": "outbox", "text": str(error)}))
            return
        self._outbox = outbox
        await self.commander.use(outbox)

    async def _close_login(self) -> None:
        await self.commander.use(None)
        if self._outbox is not None:
            await self._outbox.close()
            self._outbox = None
        self._files = None
        self._sync.cache = None
        if self._cache is not None:
            await self._cache.close()
            self._cache = None

    def _on_cache_notice(self, notice: Notice) -> None:
        self.say(notice)
        if notice.code == "cache_rebuilt" and self.link.status.phase is not LinkPhase.OFF:
            # The rows on screen stay; the empty file can only be filled by a snapshot.
            self.mirror.cursor = None
            self.link.reconnect()

    async def _tick(self) -> None:
        """Once a second: ages grow, limits pass, things that waited are tried."""
        while True:
            await asyncio.sleep(TICK_S)
            self._ticks += 1
            for callback in self.on.tick:
                callback()
            self._tell_freshness()
            await self.commander.pump()
            if self._ticks % EVICT_EVERY == 0:
                self._sync.evict()
            if self._ticks % PRUNE_EVERY == PRUNE_AT:
                await self.prune()
            if self._ticks % KEEP_CLOCK_EVERY == 0:
                self._sync.keep_clock()
            if self._files is not None and self._files.waiting and self.online:
                self._tasks.start(self._files.bring(), "files")
            if (self.mirror.dirty or self.mirror.docs.dirty) and self.online:
                await self._sync.fetch_dirty()

    def _held(self, item: Item) -> bool:
        return self._files is not None and self._files.held(item)

    def _on_file_brought(self) -> None:
        """Commands that waited for the file may go."""
        self._tasks.start(self.commander.pump(), "pump")

    def _tell_pending(self) -> None:
        for callback in self.on.pending:
            callback()

    def _tell_outcome(self, outcome: Outcome) -> None:
        for callback in self.on.outcome:
            callback(outcome)

    def _tell_freshness(self) -> None:
        for source in self.freshness.changed():
            for callback in self.on.freshness:
                callback(source)
