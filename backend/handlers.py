"""The door for commands: a queue in front of the writer thread, and group commit.

Whatever waits is decided and written in ONE transaction (backend.acceptance); outcomes go out only after the commit, and
the sinks (hub, KPI, automation) get the committed records in seq order, on the loop thread. What lives elsewhere: rules,
SQL, sockets.
"""

import asyncio
import itertools
import logging
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec import Raw
from sqlalchemy import Connection

from backend.acceptance import Group, Submission
from backend.clock import ServerClock
from backend.outcomes import Asked, target_of
from backend.places import Places
from backend.store import reads
from backend.store.base import LogStore
from backend.store.errors import RetryableError
from backend.store.records import LogRecord
from backend.store.writes import HeadMovedError
from backend.working_set import Known
from backend.working_set_shared import SharedKnown
from domain.actor import Actor
from domain.documents import DocCommand
from domain.ids import SeatId, UserId
from domain.rules import Rules
from domain.vocabulary import Role
from protocol.documents import KindBook, encode_json
from protocol.messages import Act, Outcome

log = logging.getLogger(__name__)
Sink = Callable[[Sequence[LogRecord]], None]

GROUP_MAX = 512
"""Commands in one transaction: enough that the fsync costs little, few enough that a person behind a bulk load waits
some tens of milliseconds."""
WAITING_MAX = 20_000
"""Commands in the queue; more are answered `busy` at once."""
MOVED_HEAD_RETRIES = 5
SYSTEM = Actor(user=UserId("system"), role=Role.SYSTEM, seat=SeatId("system"))
"""Who acts where nobody does: automatic resumes, alarms, scheduled drafts."""


class CommandService:
    """Exactly-once acceptance of commands. `start` it on the loop that calls `submit`. `places`: polygons that reports with a point
    are looked up in; None = the site has none."""

    def __init__(
        self,
        store: LogStore,
        rules: Rules,
        clock: ServerClock,
        sinks: list[Sink],
        *,
        zone: str = "Asia/Shanghai",
        group_max: int = GROUP_MAX,
        kinds: KindBook | None = None,
        places: Places | None = None,
    ) -> None:
        self._store = store
        self._rules = rules
        self._clock = clock
        self._sinks = sinks
        self._zone = ZoneInfo(zone)
        self._group_max = group_max
        self._kinds = kinds or KindBook()
        self._places = places
        self._system_outbox = secrets.token_hex(16)
        self._system_numbers = itertools.count(1)
        self._known: Known | None = None
        self._waiting: deque[tuple[Submission, asyncio.Future[Outcome]]] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False
        self.last_problem = ""
        """Why the last group could not be written; empty when it was."""

    def start(self) -> asyncio.Task[None]:
        """Starts the group loop. The task ends only by `stop`, or with the FatalError that stopped it: its owner must look."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="commands")
        return self._task

    def use_rules(self, rules: Rules) -> None:
        """Decide by other tables from the next group on. Called on the loop thread, between two groups."""
        self._rules = rules

    async def stop(self) -> None:
        """Writes what waits, then ends."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def act_as_system(self, kind: str, command: DocCommand, doc_id: str | None = None) -> Outcome:
        """An automatic act on a document, or one that makes a document: as role SYSTEM, on the document as it then is.

        A creating command whose kind names its documents itself is refused with `exists` the second time, also after a restart.
        """
        act = Act(
            outbox_id=self._system_outbox,
            n=next(self._system_numbers),
            kind=kind,
            doc_id=doc_id,
            body=Raw(encode_json(command)),
            created_at=datetime.now(UTC),
        )
        return await self.submit(SYSTEM, act)

    def submit(self, actor: Actor, submit: Asked) -> "asyncio.Future[Outcome]":
        """The outcome after the commit. `busy`, `storage_full` and `unavailable` are not stored: send again later.

        A future and no coroutine: it stands in the queue when this returns, and nobody needs a task to wait for it.
        """
        self.start()
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        if self._closing or len(self._waiting) >= WAITING_MAX or self._store.failed:
            future.set_result(_retry(submit, "unavailable" if self._closing or self._store.failed else "busy"))
            return future
        self._waiting.append((Submission(actor, submit), future))
        self._wake.set()
        return future

    async def _run(self) -> None:
        group: list[tuple[Submission, asyncio.Future[Outcome]]] = []
        try:
            while True:
                if self._waiting:
                    size = min(len(self._waiting), self._group_max)
                    group = [self._waiting.popleft() for _ in range(size)]
                    await self._write(group)
                elif self._closing:
                    return
                else:
                    self._wake.clear()
                    await self._wake.wait()
        finally:
            # However this ends, nobody waits for ever. A command of the last group may have been committed all the same:
            # sent again under its id, it gives the stored answer.
            self._closing = True
            self._answer_all([*group, *self._waiting], "unavailable")

    async def _write(self, waiting: list[tuple[Submission, asyncio.Future[Outcome]]]) -> None:
        submissions = [submission for submission, _ in waiting]
        try:
            outcomes, records = await self._transaction(submissions)
        except RetryableError as problem:
            if self.last_problem != problem.code:
                log.error("commands are not accepted: %s", problem)
            self.last_problem = problem.code
            self._answer_all(waiting, problem.code)
            return
        if self.last_problem:
            log.warning("commands are accepted again")
            self.last_problem = ""
        if records:
            for sink in self._sinks:
                sink(records)
        for (_, future), outcome in zip(waiting, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)

    async def _transaction(self, submissions: list[Submission]) -> tuple[list[Outcome], list[LogRecord]]:
        for _ in range(MOVED_HEAD_RETRIES):
            remembered = self._known

            def work(
                connection: Connection, remembered: Known | None = remembered
            ) -> tuple[Group, list[Outcome], Known]:
                return self._decide(connection, remembered, submissions)

            try:
                group, outcomes, known = await self._store.run_write(work)
            except HeadMovedError:
                self._known = None  # another node wrote: look again
                continue
            group.commit_to(known)
            self._known = known
            self._store.advance(known.head)
            return outcomes, group.batch.records
        raise RetryableError("busy", "another writer is always quicker")

    def _decide(
        self, connection: Connection, known: Known | None, submissions: list[Submission]
    ) -> tuple[Group, list[Outcome], Known]:
        """In the writer thread, inside its transaction."""
        if known is None and self._store.shared:
            known = SharedKnown(reads.head(connection), self._store.epoch)
        elif known is None:
            known = Known(reads.head(connection), self._store.epoch, has_family=reads.has_family(connection))
        group = Group(connection, known, self._rules, self._clock, self._zone, self._kinds, self._places)
        return group, group.run(submissions, self._store.writer), known

    def _answer_all(self, waiting: Sequence[tuple[Submission, asyncio.Future[Outcome]]], code: str) -> None:
        for submission, future in waiting:
            if not future.done():
                future.set_result(_retry(submission.submit, code))


def _retry(submit: Asked, code: str) -> Outcome:
    target = target_of(submit)
    return Outcome(outbox_id=submit.outbox_id, n=submit.n, status=code, code=code, ticket_id=target)  # type: ignore[arg-type]
