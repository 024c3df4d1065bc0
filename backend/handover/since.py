"""The question "since": what changed since somebody left. Counts then and now from the facts, changes from the log."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from backend.answers import QueryError
from backend.facts.history import TooFarError
from backend.facts.keeper import FactKeeper
from backend.facts.log import after, cut_at, upto
from backend.handover.source import standing
from backend.store import reads, schema
from backend.store.base import LogStore
from domain.actor import Actor, Scope
from domain.documents import TICKET
from domain.handover.figures import figures
from domain.handover.since import NOTABLE, OTHER, RANK, Change, Counts, Since, Touch
from domain.ids import TicketId
from domain.kpi_engine import KpiEngine
from domain.ticket import Ticket
from domain.vocabulary import Urgency
from protocol.snapshot import instant

EVENTS_MAX = 60_000
"""Looked through for one answer."""
OWN_EVENTS = 20_000
"""So far back somebody's own acts are looked for."""
LISTED = 400
AWAY = timedelta(hours=2)
"""Real time without an own act, after which somebody counts as having left."""


class _Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    since: datetime | None = None
    """Business time; None = since the last own act before a pause."""


class _Row(NamedTuple):
    entity: str
    id: str
    what: str
    at: datetime


class SinceAnswers:
    """`engine_at` gives the figures of a past moment, `server_time` the server's instant of a business one."""

    def __init__(
        self,
        store: LogStore,
        keeper: FactKeeper,
        engine_at: Callable[[Actor, datetime], Awaitable[KpiEngine]],
        engine_now: Callable[[Actor], Awaitable[KpiEngine]],
        server_time: Callable[[datetime], datetime | None],
        now_server: Callable[[], datetime],
    ) -> None:
        self._store, self._keeper = store, keeper
        self._engine_at, self._engine_now = engine_at, engine_now
        self._server_time, self._now_server = server_time, now_server

    async def since(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {since?} → Since. Raises QueryError: bad_question."""
        try:
            asked = msgspec.convert(args, _Asked)
        except msgspec.ValidationError as problem:
            raise QueryError("bad_question", str(problem)) from problem
        if asked.since is not None and asked.since.tzinfo is None:
            raise QueryError("bad_question", "since without its offset")
        left = asked.since or await self._store.run_read(partial(_left_at, user=actor.user, now=self._now_server()))
        engine = await self._engine_now(actor)
        assert engine.now is not None
        if left is None or left >= engine.now:
            return msgspec.json.encode(Since(since=engine.now, now=engine.now, first=left is None))
        return msgspec.json.encode(await self._answer(actor, left, engine))

    async def _answer(self, actor: Actor, left: datetime, engine: KpiEngine) -> Since:
        assert engine.now is not None
        now, current = engine.now, _counts(engine)
        try:
            then: Counts | None = _counts(await self._engine_at(actor, left))
        except TooFarError:
            then = None
        find = partial(_changes, at=left, server_time=self._server_time(left), actor=actor)
        rows, mine, tickets, capped = await self._store.run_read(find)
        towns = {tickets[TicketId(one)].town for one in mine if one in tickets}
        changes = list(_told(rows, lambda row: _touch(row, actor, mine, tickets, towns)))
        total = {touch: sum(1 for change in changes if change.touch is touch) for touch in Touch}
        order = list(Touch)
        changes.sort(
            key=lambda one: (order.index(one.touch), RANK.get(one.what, len(RANK)), -one.at.timestamp(), one.id)
        )
        moved = [one for one in (await standing(self._keeper, self._store, left)).moved if actor.scope.covers(one)]
        numbers = figures(moved, left, now + timedelta(milliseconds=1), now, rules=self._keeper.rules)
        return Since(
            since=left,
            now=now,
            then=then,
            current=current,
            accepted=numbers.accepted,
            closed=numbers.closed,
            hours=numbers.hours,
            changes=tuple(changes[:LISTED]),
            total=total,
            capped=capped,
        )


def _counts(engine: KpiEngine) -> Counts:
    assert engine.now is not None
    now, top, missing = engine.now, 0, 0
    for ticket in engine.open.tickets():
        top += ticket.urgency is Urgency.TOP
        missing += _missing(ticket, now)
    return Counts(open=engine.open.split(), waiting=engine.open.waiting, top_open=top, joint_missing=missing)


def _missing(ticket: Ticket, now: datetime) -> bool:
    if len(ticket.parts) < 2:
        return False
    at = ticket.judged_at(now)
    return any(not p.checked_in and p.check_in_due_at is not None and p.check_in_due_at <= at for p in ticket.parts)


def _left_at(connection: Connection, *, user: str, now: datetime) -> datetime | None:
    """Business time of the last own act before the present visit: acts without a longer pause up to now belong to it."""
    event = schema.event
    head = reads.head(connection).seq
    own = (event.c.user == user, event.c.seq > head - OWN_EVENTS * 10)
    query = select(*event.c["server_time", "occurred_at"]).where(*own).order_by(event.c.seq.desc()).limit(2000)
    later = now
    for row in connection.execute(query):
        at = instant(row.server_time)
        if later - at > AWAY:
            return instant(row.occurred_at)
        later = at
    return None


def _changes(
    connection: Connection, *, at: datetime, server_time: datetime | None, actor: Actor
) -> tuple[list[_Row], set[str], dict[TicketId, Ticket], bool]:
    """(what happened since, ids this person acted on before, the tickets of both, whether something was left out)"""
    event = schema.event
    cut, head = cut_at(connection, at, server_time), reads.head(connection).seq
    oldest = head - EVENTS_MAX
    capped = oldest > (cut.seq if cut.occurred is None else 0)
    columns = event.c["entity", "entity_id", "type", "occurred_at", "body"]
    rows = [
        _Row(row.entity, row.entity_id, _what(row.type, row.body), instant(row.occurred_at))
        for row in connection.execute(select(*columns).where(after(cut), event.c.seq > oldest).order_by(event.c.seq))
    ]
    own = (event.c.user == actor.user, upto(cut), event.c.seq > cut.seq - OWN_EVENTS)
    mine = {row.entity_id for row in connection.execute(select(event.c.entity_id).distinct().where(*own))}
    names = {row.id for row in rows if row.entity == TICKET} | mine
    return rows, mine, reads.tickets(connection, names), capped


def _what(name: str, body: bytes | str) -> str:
    """Its name; a report or a raise of the highest urgency is `new_top`."""
    text = body if isinstance(body, str) else body.decode(errors="replace")
    if name in ("reported", "filed", "urgency_raised") and f'"urgency":"{Urgency.TOP}"' in text:
        return "new_top"
    return name


def _told(rows: Iterable[_Row], touch_of: Callable[[_Row], Touch | None]) -> Iterable[Change]:
    """One change per thing: the most notable of what happened to it. What the asker may not see is left out."""
    by_id: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        by_id.setdefault((row.entity, row.id), []).append(row)
    for (entity, name), own in by_id.items():
        touch = touch_of(own[0])
        if touch is None:
            continue
        best = min(own, key=lambda row: (RANK.get(row.what, len(RANK)), -row.at.timestamp()))
        what = best.what if best.what in NOTABLE or entity != TICKET else OTHER
        yield Change(entity=entity, id=name, what=what, at=own[-1].at, touch=touch, events=len(own))


def _touch(row: _Row, actor: Actor, mine: set[str], tickets: dict[TicketId, Ticket], towns: set[Any]) -> Touch | None:
    scope: Scope = actor.scope
    if row.entity != TICKET:
        # Documents are few, and every desk that may see one has it already: only those that are the asker's are told.
        return Touch.MINE if row.id in mine else Touch.ALL if not scope.areas and not scope.units else None
    ticket = tickets.get(TicketId(row.id))
    if ticket is None or not scope.covers(ticket):
        return None
    if row.id in mine or (actor.unit is not None and ticket.unit == actor.unit):
        return Touch.MINE
    if scope.areas or ticket.town in towns:
        return Touch.AREA
    return Touch.ALL
