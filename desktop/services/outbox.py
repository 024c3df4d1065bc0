"""The outbox as the event loop sees it: which own command may go out now, and what became of the others.

Order is kept per ticket, with one command of a ticket in flight at a time; a stuck ticket stops no other. What the server
calls busy is tried again, never more than a few at once, what it refuses goes to the tray, a lost line changes nothing: the same command id goes out again.
Items are in memory as on disk; the disk is always first, and only its own thread waits for it.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from desktop.services.outbox_file import TRAY, WAITING, DocAct, Item, ItemState, OutboxFile
from desktop.services.outbox_salvage import Salvage, salvage
from desktop.services.pace import Pace
from desktop.services.sqlite_file import CorruptFile, StorageError
from desktop.services.values import DocKey, Notice
from domain.commands import Command
from domain.documents import TICKET
from domain.ids import TicketId, UserId
from protocol.backoff import Backoff
from protocol.messages import Act, Outcome, Submit

T = TypeVar("T")
FILE_NAME = "outbox.sqlite"
CONFIRM_AFTER = timedelta(hours=72)
RETRY_STATUS = frozenset({"busy", "storage_full", "unavailable"})
FINAL_STATUS = {
    "applied": ItemState.APPLIED,
    "conflict": ItemState.CONFLICT,
    "rejected": ItemState.REJECTED,
    "expired": ItemState.EXPIRED,
}
log = logging.getLogger(__name__)


class Outbox:
    """`wall` gives aware UTC, `monotonic` seconds, `random` [0, 1). Methods that touch the disk raise StorageError.

    A damaged file is salvaged, when opened or later: the notice outbox_salvaged {saved, unreadable, kept} says so.
    """

    def __init__(
        self,
        directory: Path,
        user: UserId,
        server: str,
        *,
        on_notice: Callable[[Notice], None],
        wall: Callable[[], datetime],
        monotonic: Callable[[], float],
        random: Callable[[], float],
    ) -> None:
        self._path = directory / FILE_NAME
        self.user = user
        self.server = server
        self._on_notice = on_notice
        self._wall = wall
        self._monotonic = monotonic
        self._random = random
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._file: OutboxFile | None = None
        self._in_flight: set[int] = set()
        self._waits: dict[int, tuple[float, Backoff]] = {}
        self._pace = Pace(monotonic)
        self._settled_below = 0
        self.held: Callable[[Item], bool] = lambda _: False
        """What may not go out yet, for example because a file that it names is still on its way."""
        self.outbox_id = ""
        self.items: dict[int, Item] = {}

    async def open(self) -> None:
        """Read what waits."""
        self._take_over(*await self._run(self._open))
        old = [item for item in self.items.values() if self._too_old(item)]
        if old:
            await self._store([msgspec.structs.replace(item, state=ItemState.TOO_OLD) for item in old])

    @property
    def tray(self) -> list[Item]:
        return [item for item in self.items.values() if item.state in TRAY]

    @property
    def waiting(self) -> list[Item]:
        return [item for item in self.items.values() if item.state in WAITING]

    def last_waiting(self, ticket_id: str, kind: str = TICKET) -> Item | None:
        """The newest versioned command on the ticket or document whose outcome is not known yet."""
        target: DocKey = (kind, ticket_id)
        found = (i for i in self.items.values() if i.target == target and i.expected_version is not None)
        return max((i for i in found if i.state in WAITING), key=lambda item: item.n, default=None)

    async def add(
        self,
        command: Command | DocAct,
        ticket_id: TicketId | None,
        expected_version: int | None,
        after_n: int | None,
        replaces: int | None = None,
    ) -> Item:
        """Durable when it returns."""
        created_at = self._wall()

        def work() -> Item:
            return self._opened().add(
                command,
                ticket_id=ticket_id,
                expected_version=expected_version,
                after_n=after_n,
                created_at=created_at,
                replaces=replaces,
            )

        item = await self._run(work)
        self.items[item.n] = item
        if replaces is not None:
            self.items.pop(replaces, None)
        return item

    # -- sending --------------------------------------------------------------------------------

    def due(self) -> list[Item]:
        """What may go out now: of each ticket the oldest waiting command, unless one is in flight or has to wait."""
        heads: dict[object, Item] = {}
        for item in sorted(self.waiting, key=lambda item: item.n):
            heads.setdefault(item.target or item.n, item)
        now = self._monotonic()
        free = (item for item in heads.values() if item.n not in self._in_flight and not self.held(item))
        return [item for item in free if self._waits.get(item.n, (0.0, None))[0] <= now]

    async def put_aside_old(self) -> list[Item]:
        """What is due but too old to go out without a person's word. Gives the items that went into the tray now."""
        aside: list[Item] = []
        while old := [item for item in self.due() if self._too_old(item)]:
            # Behind each another one of its ticket may be due now.
            aside += await self._store([msgspec.structs.replace(item, state=ItemState.TOO_OLD) for item in old])
        return aside

    async def next_submits(self) -> list[Submit | Act]:
        """Take what is due: it is marked as sent on disk before a byte of it leaves."""
        await self.put_aside_old()
        due = [item for item in self.due() if not self._too_old(item)][: self._pace.room(len(self._in_flight))]
        if not due:
            return []
        numbers = [item.n for item in due]
        self._in_flight.update(numbers)
        try:
            self._settled_below = await self._run(self._mark_sent, numbers)
        except StorageError:
            self._in_flight.difference_update(numbers)
            raise
        for item in due:
            self.items[item.n] = msgspec.structs.replace(item, state=ItemState.SENT, attempts=item.attempts + 1)
        return [self._submit(item) for item in due]

    def not_sent(self, n: int) -> None:
        """The line went before this one could go out."""
        self._in_flight.discard(n)

    def line_lost(self) -> None:
        """Nothing is in flight any more; whether it arrived, only a repetition can tell."""
        self._in_flight.clear()

    async def outcome(self, outcome: Outcome) -> list[Item]:
        """Take the server's word. Gives the items that changed: the one itself, and those that counted on its success."""
        item = self.items.get(outcome.n)
        if outcome.outbox_id != self.outbox_id or item is None or item.state not in WAITING:
            log.info("outcome for %s/%s, which does not wait", outcome.outbox_id, outcome.n)
            return []
        if outcome.status in FINAL_STATUS:
            self._pace.answered()
            self._waits.pop(item.n, None)
            done = msgspec.structs.replace(
                item, state=FINAL_STATUS[outcome.status], last_error=outcome.code, outcome=outcome
            )
            failed = done.state is not ItemState.APPLIED
            try:
                return await self._store([done, *(self._blocked_by(item.n, "predecessor_failed") if failed else ())])
            finally:
                # Not before the disk knows: whoever sends meanwhile would take it for one still to be sent.
                self._in_flight.discard(item.n)
        if outcome.status not in RETRY_STATUS:
            log.warning("outcome status %r is not known: trying again", outcome.status)
        if outcome.status == "busy":
            self._pace.busy(outcome.detail)
        _, backoff = self._waits.get(item.n, (0.0, Backoff(self._random)))
        # Where the server says when, it is this person's own rate: everything waits for that, nothing longer than that.
        wait_s = 0.0 if "retry_s" in outcome.detail else max(0.2, backoff.next_s())
        self._waits[item.n] = (self._monotonic() + wait_s, backoff)
        self._in_flight.discard(item.n)
        self.items[item.n] = msgspec.structs.replace(item, last_error=outcome.code or outcome.status)
        return [self.items[item.n]]

    # -- what a person does ---------------------------------------------------------------------

    async def confirm(self, n: int) -> Item:
        """The person still wants a command that had become too old: the same one goes out, under the same id."""
        item = msgspec.structs.replace(self.items[n], state=ItemState.STORED, confirmed=True)
        await self._store([item])
        return item

    async def discard(self, n: int, why: str) -> list[Item]:
        """Give up an item of the tray, or one that was never sent. Gives the others that fall with it."""
        item = self.items[n]
        if n in self._in_flight or item.state is ItemState.SENT:
            raise ValueError(f"command {n} may have been carried out already")
        at = self._wall()
        await self._run(lambda: self._opened().discard(item, at, why))
        self.items.pop(n, None)
        return await self._store(self._blocked_by(n, "predecessor_withdrawn"))

    async def block(self, ticket_ids: Iterable[TicketId], code: str) -> list[Item]:
        """Put unsent commands on these tickets into the tray, for example because the ticket left the area."""
        return await self.block_targets({(TICKET, ticket_id) for ticket_id in ticket_ids}, code)

    async def block_targets(self, gone: Collection[DocKey], code: str) -> list[Item]:
        """The same for tickets and documents."""
        hit = [i for i in self.items.values() if i.target in gone and i.state is ItemState.STORED]
        return await self._store([msgspec.structs.replace(i, state=ItemState.BLOCKED, last_error=code) for i in hit])

    async def audit(self) -> list[tuple[int, datetime, str]]:
        return await self._run(lambda: self._opened().audit())

    async def counts(self) -> dict[ItemState, int]:
        return await self._run(lambda: self._opened().counts())

    async def close(self) -> None:
        await self._run(self._close)
        self._pool.shutdown()

    # -- inside ---------------------------------------------------------------------------------

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        try:
            return await asyncio.wrap_future(self._pool.submit(work, *args))
        except CorruptFile as error:
            self._take_over(*await asyncio.wrap_future(self._pool.submit(self._salvage, error)))
            raise StorageError("damaged", str(error)) from error

    def _take_over(self, live: list[Item], report: Salvage | None) -> None:
        self.items = {item.n: item for item in live}
        self.outbox_id = self._opened().outbox_id
        if report is not None:
            self._in_flight.clear()
            detail = {"saved": report.saved, "unreadable": report.unreadable, "kept": report.kept}
            self._on_notice(Notice("outbox_salvaged", detail))

    async def _store(self, items: list[Item]) -> list[Item]:
        if items:
            await self._run(lambda: self._opened().settle(items))
        for item in items:
            self.items[item.n] = item
            if item.state not in WAITING and item.state not in TRAY:
                del self.items[item.n]
        return items

    def _blocked_by(self, n: int, code: str) -> list[Item]:
        """Commands that counted on the success of `n`, and those that count on them."""
        found: list[Item] = []
        fallen = {n}
        for item in sorted(self.items.values(), key=lambda item: item.n):
            if item.after_n in fallen and item.state in WAITING:
                fallen.add(item.n)
                found.append(msgspec.structs.replace(item, state=ItemState.BLOCKED, last_error=code))
        return found

    def _too_old(self, item: Item) -> bool:
        return item.state in WAITING and not item.confirmed and self._wall() - item.created_at > CONFIRM_AFTER

    def _submit(self, item: Item) -> Submit | Act:
        command = item.command
        if isinstance(command, DocAct):
            return Act(
                outbox_id=self.outbox_id,
                n=item.n,
                kind=command.kind,
                doc_id=item.ticket_id,
                expected_version=item.expected_version,
                body=msgspec.Raw(command.body.encode()),
                created_at=item.created_at,
                settled_below=self._settled_below,
            )
        return Submit(
            outbox_id=self.outbox_id,
            n=item.n,
            ticket_id=item.ticket_id,
            expected_version=item.expected_version,
            command=command,
            created_at=item.created_at,
            settled_below=self._settled_below,
        )

    def _opened(self) -> OutboxFile:
        if self._file is None:
            raise StorageError("closed", "the outbox is closed")
        return self._file

    def _open(self) -> tuple[list[Item], Salvage | None]:
        """On the thread."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._file = OutboxFile(self._path, self.user, self.server)
            self._file.prune(self._wall())
            return self._file.live(), None
        except CorruptFile as error:
            return self._salvage(error)

    def _salvage(self, error: CorruptFile) -> tuple[list[Item], Salvage]:
        """On the thread."""
        log.warning("outbox damaged: %s", error)
        self._close()
        self._file, report = salvage(self._path, self.user, self.server)
        return self._file.live(), report

    def _mark_sent(self, numbers: list[int]) -> int:
        """On the thread."""
        self._opened().mark_sent(numbers)
        return self._opened().settled_below()

    def _close(self) -> None:
        """On the thread."""
        if self._file is not None:
            self._file.close()
            self._file = None
