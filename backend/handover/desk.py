"""Keeps handovers going: begins one before each shift ends, brings its draft, and finds the late ones. One task of the backend.

The rules are `domain.handover`; here is only when they are asked, and with what. A draft that cannot be made now is tried again,
and the handover says meanwhile that it has none.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from backend.answers import QueryError
from backend.facts.keeper import FactKeeper
from backend.handlers import CommandService
from backend.handover.seats import SeatBook
from backend.handover.source import Standing, standing
from backend.store import documents
from backend.store.base import LogStore
from backend.store.errors import RetryableError
from backend.store.records import LogRecord
from domain.documents import BlobRef
from domain.handover import commands
from domain.handover.drafting import Cameras, Draft, FeedDown, ShelvedAlarm, Situation, draft
from domain.handover.figures import figures
from domain.handover.kind import NAME
from domain.handover.values import Figures, Handover
from domain.handover.words import HandoverState
from domain.inspection.kind import NAME as INSPECTION
from domain.inspection.values import Inspection
from domain.shifts import roster
from domain.shifts.hours import Shift, after, before, shift_at
from protocol.documents import KindBook

log = logging.getLogger(__name__)
TICK_S = 1.0
RETRY_S = 10.0
DRAFT_BEFORE = timedelta(minutes=30)
"""A handover is drafted so long before its shift ends."""
TAKEN_UP = timedelta(hours=4)
"""A shift that ended while no server ran is still drafted if it ended no longer ago."""


class Clock(Protocol):
    def now_server(self) -> datetime: ...

    def now_business(self) -> datetime: ...


class Around:
    """What stands beside tickets, as others know it. Each is asked when a draft is made."""

    def __init__(self) -> None:
        self.cameras: Callable[[], Cameras] = Cameras
        self.alarms: Callable[[Connection], tuple[ShelvedAlarm, ...]] = lambda _: ()
        self.feeds: Callable[[Connection], tuple[FeedDown, ...]] = lambda _: ()
        self.late: Callable[[bool], None] = lambda _: None
        """Told after each look whether a handover is late."""


class _Data(msgspec.Struct, frozen=True, kw_only=True):
    """The file kept with a draft: what it was made of."""

    as_of: datetime
    seq: int
    figures: Figures
    members: dict[str, tuple[str, ...]]


class HandoverDesk:
    """`on_records` is a sink; `run` is a task of the caller's. `keep` stores a file and gives its reference.

    `begins` False: people begin handovers, the server only drafts them.
    """

    def __init__(
        self,
        store: LogStore,
        kinds: KindBook,
        service: CommandService,
        keeper: FactKeeper,
        clock: Clock,
        zone: str,
        keep: Callable[[bytes], Awaitable[BlobRef]],
        seats: SeatBook,
        *,
        begins: bool = False,
    ) -> None:
        self._store, self._kinds, self._service, self._keeper = store, kinds, service, keeper
        self._clock, self._zone, self._keep, self._seats = clock, ZoneInfo(zone), keep, seats
        self.around = Around()
        self._begins = begins
        self._open: dict[str, Handover] = {}
        self._roster: roster.Roster | None = None
        self._retry_at: dict[str, float] = {}
        self._begun: set[str] = set()
        self._wake = asyncio.Event()

    # -- what happens -----------------------------------------------------------------------------

    def on_records(self, records: Sequence[LogRecord]) -> None:
        """Committed records, in seq order, on the loop thread."""
        for record in records:
            if record.entity == NAME and isinstance(record.document, Handover):
                self._take(record.document)
                self._wake.set()
            elif record.entity == roster.NAME and isinstance(record.document, roster.Roster):
                self._roster = record.document

    def _take(self, handover: Handover) -> None:
        if handover.is_open:
            self._open[handover.id] = handover
        else:
            self._open.pop(handover.id, None)

    async def run(self) -> None:
        """Until cancelled."""
        await self._load()
        loop = asyncio.get_running_loop()
        while True:
            self._wake.clear()
            await self._look(loop.time())
            # Not wait_for: on Python 3.11 it may swallow the end of the task when both come together.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK_S):
                    await self._wake.wait()

    async def _load(self) -> None:
        def read(connection: Connection) -> tuple[list[Handover], roster.Roster | None]:
            found = documents.open_of(connection, self._kinds, NAME)
            key = (roster.NAME, roster.ID)
            known = documents.documents(connection, self._kinds, [key]).get(key)
            return (
                [one for one in found if isinstance(one, Handover)],
                known if isinstance(known, roster.Roster) else None,
            )

        found, known = await self._store.run_read(read)
        self._roster = known if self._roster is None else self._roster
        for handover in found:
            self._open.setdefault(handover.id, handover)

    # -- what is due ------------------------------------------------------------------------------

    async def _look(self, monotonic: float) -> None:
        now = self._clock.now_business()
        for shift in self.due(now) if self._begins else ():
            await self._begin(shift)
        self.around.late(any(handover.is_late(now) for handover in self._open.values()))
        for handover in tuple(self._open.values()):
            if handover.late_at is None and handover.is_late(now):
                await self._service.act_as_system(NAME, commands.MarkLate(), handover.id)
                log.error(
                    "ALARM handover_late %s: not signed %s after its shift ended",
                    handover.id,
                    now - handover.shift.ends_at,
                )
            waits = handover.state is HandoverState.DRAFTING or handover.asked_at is not None
            if waits and self._retry_at.get(handover.id, 0.0) <= monotonic:
                self._retry_at[handover.id] = monotonic + RETRY_S
                await self._draft(handover.id)

    def due(self, now: datetime) -> tuple[Shift, ...]:
        """Shifts whose handover is to be begun now, and was not by this server yet."""
        types = roster.types_of(self._roster)
        on_duty = shift_at(types, self._zone, now)
        gone = before(types, self._zone, on_duty)
        wanted = [gone] if now - gone.ends_at < TAKEN_UP else []
        if on_duty.ends_at - now <= DRAFT_BEFORE:
            wanted.append(on_duty)
        return tuple(shift for shift in wanted if _key(shift) not in self._begun)

    async def _begin(self, shift: Shift) -> None:
        """Refused with `exists` where somebody has begun it, also before a restart: that is fine."""
        outcome = await self._service.act_as_system(NAME, commands.Begin(day=shift.day, code=shift.code))
        if outcome.status in ("applied", "rejected"):
            self._begun.add(_key(shift))
            if outcome.status == "rejected" and outcome.code != "exists":
                log.error("the handover of %s %s could not be begun: %s", shift.day, shift.code, outcome.code)

    # -- the draft --------------------------------------------------------------------------------

    async def _draft(self, handover_id: str) -> None:
        handover = self._open.get(handover_id)
        if handover is None:
            return
        try:
            command = await self.fill(handover)
        except (RetryableError, QueryError, OSError) as problem:
            log.warning("%s: no draft yet, tried again: %s", handover_id, problem)
            return
        outcome = await self._service.act_as_system(NAME, command, handover_id)
        if outcome.status != "applied":
            log.warning("%s: the draft was not taken: %s", handover_id, outcome.code or outcome.status)
            return
        self._retry_at.pop(handover_id, None)

    async def fill(self, handover: Handover) -> commands.Fill:
        """The draft as of now. What it was made of is kept as a file."""
        start = handover.shift.starts_at
        await self._keeper.ready()
        found = await standing(self._keeper, self._store, start)
        numbers = await asyncio.to_thread(self._figures, found, start)
        situation = await self._store.run_read(lambda connection: self._situation(connection, found, numbers))
        made: Draft = await asyncio.to_thread(draft, situation)
        data = _Data(as_of=found.now, seq=found.seq, figures=numbers, members=dict(made.members))
        ref = await self._kept(msgspec.json.encode(data, order="sorted"))
        return commands.Fill(as_of=found.now, seq=found.seq, items=made.items, figures=numbers, data=ref)

    def _figures(self, found: Standing, start: datetime) -> Figures:
        # The instant itself belongs to the shift: what was closed by the last event is counted.
        end = max(found.now, start) + timedelta(milliseconds=1)
        return figures(
            found.moved,
            start,
            end,
            found.now,
            split=found.split,
            waiting=found.waiting,
            top_open=found.top_open,
            rules=self._keeper.rules,
        )

    def _situation(self, connection: Connection, found: Standing, numbers: Figures) -> Situation:
        inspections = documents.open_of(connection, self._kinds, INSPECTION) if self._kinds.get(INSPECTION) else []
        return Situation(
            now=found.now,
            tickets=found.open,
            inspections=tuple(one for one in inspections if isinstance(one, Inspection)),
            alarms=self.around.alarms(connection),
            cameras=self.around.cameras(),
            feeds=self.around.feeds(connection),
            seats=self._seats.unsent(),
            figures=numbers,
        )

    async def _kept(self, data: bytes) -> BlobRef | None:
        """None where the file could not be kept: the draft is worth having without it."""
        try:
            return await self._keep(data)
        except (QueryError, RetryableError, OSError) as problem:
            log.warning("the data of a handover could not be kept: %s", problem)
            return None

    # -- the question -----------------------------------------------------------------------------

    def shifts(self, now: datetime) -> tuple[Shift, Shift, Shift]:
        """The shift before, the one on duty, the next."""
        types = roster.types_of(self._roster)
        on_duty = shift_at(types, self._zone, now)
        return before(types, self._zone, on_duty), on_duty, after(types, self._zone, on_duty)


def _key(shift: Shift) -> str:
    return f"{shift.day}/{shift.code}"
