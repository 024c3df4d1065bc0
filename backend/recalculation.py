"""After a change of the calendar: every open ticket whose limits fall elsewhere now gets an event that says so.

Looks at each open ticket with the rules of the moment and gives SYSTEM commands only where something moves; so it may be run
again at any time, also after a crash in the middle, and does nothing twice.
"""

import asyncio
import itertools
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from backend.clock import ServerClock
from backend.handlers import SYSTEM, CommandService
from backend.store.base import LogStore
from domain import commands
from domain.actor import Scope
from domain.rules import Rules
from domain.tables.calendar_effect import recalculated
from domain.ticket import Ticket
from protocol.messages import Outcome, Submit

log = logging.getLogger(__name__)
AT_ONCE = 200
"""Commands in flight: people's commands go between them."""
PASSES = 20
"""Tickets move while it works; each pass looks at those that were missed."""
RETRY_S = 2.0


class Recalculation:
    """`wake` after a change; `run` is its task."""

    def __init__(
        self, service: CommandService, store: LogStore, clock: ServerClock, rules: Callable[[], Rules]
    ) -> None:
        self._service = service
        self._store = store
        self._clock = clock
        self._rules = rules
        self._outbox_id = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        self._due = asyncio.Event()

    def wake(self) -> None:
        self._due.set()

    async def run(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            count = await self.recalculate()
            log.info("the calendar changed: the limits of %d open tickets were recalculated", count)

    async def recalculate(self) -> int:
        """How many tickets got other limits. Gives up after PASSES, and says which number is left."""
        count = 0
        for _ in range(PASSES):
            moved = await asyncio.to_thread(self._moved)
            if not moved:
                return count
            outcomes: list[Outcome] = []
            for start in range(0, len(moved), AT_ONCE):
                part = [self._submit(ticket) for ticket in moved[start : start + AT_ONCE]]
                outcomes += await asyncio.gather(*(self._service.submit(SYSTEM, submit) for submit in part))
            applied = sum(outcome.status == "applied" for outcome in outcomes)
            count += applied
            if applied < len(moved):
                await asyncio.sleep(RETRY_S)
        log.error("ALARM recalculation: %d open tickets still have limits of an old calendar", len(moved))
        return count

    def _moved(self) -> list[Ticket]:
        """Open tickets whose clocks would be others."""
        rules, now = self._rules(), self._clock.now_business()
        with self._store.scan(Scope(), only_open=True) as (_, tickets):
            return [ticket for ticket in tickets if recalculated(ticket, rules, now, SYSTEM) is not None]

    def _submit(self, ticket: Ticket) -> Submit:
        return Submit(
            outbox_id=self._outbox_id,
            n=next(self._numbers),
            ticket_id=ticket.id,
            expected_version=ticket.version,
            command=commands.Recalculate(),
            created_at=datetime.now(UTC),
        )
