"""Keeps the alarms true: looks at tickets, arrivals, cameras and faults by the rules, and gives SYSTEM commands on alarm documents.

What is a cause and what follows from it are domain.alarms' (causes, steps). Here is only when to look and what is remembered.
Several nodes may do the same: an alarm's id is made of rule, source and day, so that a second one is refused, not doubled.
"""

import asyncio
import logging
import time
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from backend.clock import ServerClock
from backend.handlers import CommandService
from backend.store import documents, schema
from backend.store.base import LogStore
from backend.store.errors import RetryableError
from backend.store.records import LogRecord
from domain.actor import Scope
from domain.alarms import rules as rule_book
from domain.alarms.causes import Arrival, CameraDown, Fault, Known, find, longest_window
from domain.alarms.commands import Cause, Command
from domain.alarms.kind import NAME
from domain.alarms.rules import AlarmRules
from domain.alarms.steps import steps
from domain.alarms.values import Alarm, key_of
from domain.documents import TICKET, DocCode
from domain.ids import TicketId
from domain.rules import Rules
from domain.ticket import Ticket
from domain.vocabulary import Source
from protocol.documents import KindBook
from protocol.messages import Outcome
from protocol.snapshot import instant
from resources import path as resource_path

LOOK_S = 1.0
SHARE = 0.02
MOST_PAUSE_S = 10.0
"""Looking takes at most this share of the loop, except that nothing waits longer than MOST_PAUSE_S."""
ENDED_KEPT = timedelta(days=1)
NOT_EVALUATED = "alarms_not_evaluated"
RETRY = frozenset({"busy", "storage_full", "unavailable"})
SITE_FILE = "alarm_rules.toml"
HEARD_OF = 5_000
"""Of so many tickets, the newest by number, a start reads when their source last reported: some days, without a look at all of them."""
log = logging.getLogger(__name__)


def read_rules(data: Path) -> AlarmRules:
    """The product's rules with what the site's `alarm_rules.toml` in its data folder sets instead. Raises RuleError."""
    product = tomllib.loads(resource_path("alarms", "rules.toml").read_text("utf-8"))
    own = data / SITE_FILE
    if not own.exists():
        return rule_book.read(product)
    try:
        site = tomllib.loads(own.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise rule_book.RuleError(f"{own}: 读不了，请改正或移走 (cannot be read: mend or move it): {error}") from error
    return rule_book.read(product, site)


class AlarmKeeper:
    """`load` once, `on_records` is a sink, `run` is its task. `cameras` gives those that do not answer, in business time."""

    def __init__(
        self,
        service: CommandService,
        store: LogStore,
        clock: ServerClock,
        rules: AlarmRules,
        site_rules: Rules,
        kinds: KindBook,
        cameras: Callable[[], tuple[CameraDown, ...]],
    ) -> None:
        self.rules = rules
        self._service, self._store, self._clock = service, store, clock
        self._site = site_rules
        self._kinds = kinds
        self._cameras = cameras
        self._zone = site_rules.calendar.zone
        self._window = longest_window(rules)
        self._tickets: dict[TicketId, Ticket] = {}
        self._arrivals: deque[Arrival] = deque()
        self._last: dict[Source, datetime] = {}
        self.heard: dict[Source, datetime] = {}
        """When each source last reported, by the reports themselves: unlike `_last`, a start of this process is no report."""
        self._alarms: dict[str, Alarm] = {}
        self._faults: dict[str, Fault] = {}

    # -- what others tell ------------------------------------------------------------------------------

    def fault(self, code: str, **facts: int | str) -> None:
        """A part of the backend found something wrong; an alarm stands until `mended` is called."""
        self._faults[code] = Fault(code, facts)

    def mended(self, code: str) -> None:
        self._faults.pop(code, None)

    async def load(self) -> None:
        """Open tickets and open alarms. Silence of a source counts from now at the earliest: before, nobody listened."""
        if NAME not in {bound.name for bound in self._kinds}:
            return
        for source, at in await self._store.run_read(_last_reports):
            self._hear(source, at)
        now = self._clock.now_business()
        # In the order of their reports: each arrival is then the last one, and no place has to be looked for.
        for ticket in sorted(await asyncio.to_thread(self._open_tickets), key=attrgetter("reported_at")):
            self._take(ticket)
            self._arrived(ticket)
            self._hear(ticket.source, ticket.reported_at)
            self._last[ticket.source] = now
        for state in await self._store.run_read(self._open_alarms):
            self._alarms[state.id] = state

    def on_records(self, records: Sequence[LogRecord]) -> None:
        for record in records:
            if isinstance(record.document, Alarm):
                self._alarms[record.document.id] = record.document
            elif record.entity == TICKET and record.after is not None:
                self._take(record.after)
                if record.entity_version == 1:
                    self._arrived(record.after)
                    self._hear(record.after.source, record.after.reported_at)
                    self._last[record.after.source] = max(
                        record.after.reported_at, self._last.get(record.after.source, record.after.reported_at)
                    )

    # -- looking ---------------------------------------------------------------------------------------

    async def run(self) -> None:
        if NAME not in {bound.name for bound in self._kinds}:
            return
        while True:
            pause_s = await self.look_once()
            await asyncio.sleep(pause_s)

    async def look_once(self) -> float:
        """One look and what follows from it; gives the seconds until the next. A defect ends neither the backend nor the looking:
        it is logged, an alarm says that alarms are not evaluated, and it is tried again."""
        # Work, not time on the wall: a busy machine must not make the alarms late as well.
        begin = time.thread_time()
        try:
            todo = self.look()
            spent = time.thread_time() - begin
            if todo:
                await self.carry_out(todo)
        except Exception:
            log.exception("alarms could not be evaluated, tried again in %g s", MOST_PAUSE_S)
            self.fault(NOT_EVALUATED, rules="*")
            return MOST_PAUSE_S
        return min(MOST_PAUSE_S, max(LOOK_S, spent / SHARE))

    def look(self) -> list[tuple[str | None, Command]]:
        """What there is to do now."""
        now = self._clock.now_business()
        self._forget(now)
        active = frozenset(key_of(alarm.rule, alarm.source) for alarm in self._alarms.values() if alarm.active)
        known = Known(
            now=now,
            zone=self._zone,
            tickets=self._tickets.values(),
            arrivals=tuple(self._arrivals),
            last_arrivals=self._last,
            cameras=self._cameras(),
            faults=tuple(self._faults.values()),
            item=self._site.catalogue.at,
            active=active,
        )
        causes, blind = self._causes(known)
        # What a rule that cannot be evaluated found before is left as it is: nobody knows whether its cause is gone.
        judged = [alarm for alarm in self._alarms.values() if alarm.rule not in blind]
        return steps(causes, judged, self.rules, now)

    def _causes(self, known: Known) -> tuple[dict[str, Cause], frozenset[str]]:
        """Causes, and the rules that could not be evaluated: a defect in one leaves the others at work."""
        try:
            found = find(self.rules, known)
        except Exception:
            log.exception("the rules of alarms have a defect: each is looked at alone")
        else:
            self.mended(NOT_EVALUATED)
            return found, frozenset()
        found, blind = {}, []
        for rule in self.rules.rules:
            try:
                found |= find(replace(self.rules, rules=(rule,)), known)
            except Exception:
                log.exception("rule %s could not be evaluated", rule.id)
                blind.append(rule.id)
        self.fault(NOT_EVALUATED, rules=", ".join(blind))
        return found, frozenset(blind)

    async def carry_out(self, todo: list[tuple[str | None, Command]]) -> None:
        outcomes = await asyncio.gather(
            *(self._service.act_as_system(NAME, command, doc_id) for doc_id, command in todo)
        )
        known: set[str] = set()
        for outcome in outcomes:
            if outcome.status == "applied" or outcome.status in RETRY:
                continue  # what waits is found again by the next look
            if outcome.code == DocCode.EXISTS:
                known.add(_existing(outcome))
            else:
                log.info("alarm command refused: %s %s", outcome.code, outcome.detail)
        if known - {""}:
            await self._fetch(known - {""})

    async def _fetch(self, ids: Iterable[str]) -> None:
        """Alarms of today that ended before this process began: they recur instead of being made twice."""

        def read(connection: Connection) -> list[Alarm]:
            found = documents.documents(connection, self._kinds, [(NAME, doc_id) for doc_id in ids])
            return [state for state in found.values() if isinstance(state, Alarm)]

        try:
            found = await self._store.run_read(read)
        except RetryableError as problem:
            log.warning("alarms that ended before this start could not be read, the next look asks again: %s", problem)
            return
        for alarm in found:
            self._alarms.setdefault(alarm.id, alarm)

    def _forget(self, now: datetime) -> None:
        begin = now - self._window
        while self._arrivals and self._arrivals[0].at <= begin:
            self._arrivals.popleft()
        old = [alarm.id for alarm in self._alarms.values() if not alarm.is_open and alarm.changed_at < now - ENDED_KEPT]
        for doc_id in old:
            del self._alarms[doc_id]

    # -- memory ----------------------------------------------------------------------------------------

    def _take(self, ticket: Ticket) -> None:
        if ticket.is_open:
            self._tickets[ticket.id] = ticket
        else:
            self._tickets.pop(ticket.id, None)

    def _hear(self, source: Source, at: datetime) -> None:
        self.heard[source] = max(at, self.heard.get(source, at))

    def _arrived(self, ticket: Ticket) -> None:
        """Oldest first: a source may tell of an earlier report later."""
        if ticket.reported_at <= self._clock.now_business() - self._window:
            return
        arrival = Arrival(ticket.reported_at, ticket.id, ticket.item, ticket.area, ticket.source)
        place = len(self._arrivals)
        while place and self._arrivals[place - 1].at > arrival.at:
            place -= 1
        self._arrivals.insert(place, arrival)

    def _open_tickets(self) -> list[Ticket]:
        with self._store.scan(Scope(), only_open=True) as (_, tickets):
            return list(tickets)

    def _open_alarms(self, connection: Connection) -> list[Alarm]:
        return [state for state in documents.open_of(connection, self._kinds, NAME) if isinstance(state, Alarm)]


def _last_reports(connection: Connection) -> list[tuple[Source, datetime]]:
    """Numbers begin with the day, so that the newest tickets are the last by number."""
    ticket = schema.ticket
    newest = select(ticket.c.source, ticket.c.reported_at).order_by(ticket.c.id.desc()).limit(HEARD_OF).subquery()
    found = connection.execute(select(newest.c.source, func.max(newest.c.reported_at)).group_by(newest.c.source))
    return [(Source(source), instant(at)) for source, at in found]


def _existing(outcome: Outcome) -> str:
    return str((outcome.detail or {}).get("id", ""))
