"""Old snapshot + events == new snapshot, in the desk's memory and on its disk: for every command, and for random programs.

The log here is made by the real `decide` and folded by the real projection; scope, cuts and restarts are drawn.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from desktop.services.cache_file import META_DIRTY, Batch, CacheFile
from desktop.services.mirror import KEPT, Mirror
from domain import commands, events
from domain.actor import Actor, Scope
from domain.ids import TicketId
from domain.lifecycle import Context, Decision, decide
from domain.projection import apply
from domain.ticket import Ticket
from domain.vocabulary import Role, State
from protocol.codec import decode_server, encode
from protocol.messages import Cursor, Delta, Event
from tests.examples import examples
from tests.unit.desktop.services.service_fakes import snapshot_file
from tests.unit.domain.builders import (
    IMPORTER,
    OTHER_TOWN,
    PLAUSIBLE,
    RULES,
    T0,
    TOWN,
    TOWN_CENTRE,
    actor,
    at_state,
    report,
)

ACTORS = (
    IMPORTER,
    actor(Role.SHIFT_LEADER),
    actor(Role.DISPATCHER),
    actor(Role.HANDLER, TOWN_CENTRE),
    actor(Role.CALLER),
    actor(Role.SYSTEM),
    actor(Role.ASSESSOR),
)
OTHER = TicketId("181009-0099")
NAMES = [TicketId(f"181009-{n:04d}") for n in range(1, 6)]


def other_ticket() -> Ticket:
    return msgspec.structs.replace(at_state(State.REPORTED), id=OTHER)


def decided(command: commands.Command, ticket: Ticket | None, who: Actor, now: datetime) -> events.TicketEvent | None:
    answer = decide(command, ticket, Context(actor=who, now=now, rules=RULES, other=other_ticket()))
    return answer.event if isinstance(answer, Decision) else None


class Entry(Struct, frozen=True):
    """One entry of the log with the ticket before and after it."""

    seq: int
    before: Ticket | None
    after: Ticket
    event: events.TicketEvent
    at: datetime

    def wire(self, scope: Scope) -> Event | None:
        """As a session of that scope gets it; None outside."""
        inside = scope.covers(self.after)
        was = inside if self.before is None else scope.covers(self.before)
        if not inside and not was:
            return None
        kind = "event" if inside and was else "enter" if inside else "leave"
        body = self.event if kind == "event" else self.after if kind == "enter" else None
        raw = msgspec.Raw(msgspec.json.encode(body))
        return Event(seq=self.seq, kind=kind, id=self.after.id, v=self.after.version, at=self.at, st=self.at, body=raw)


def cursor(seq: int) -> Cursor:
    return Cursor("e", seq, f"{seq:016x}", "s")


def delta_of(log: list[Entry], scope: Scope, start: int, end: int) -> Delta:
    found = (entry.wire(scope) for entry in log[start:end])
    delta = Delta(from_seq=start, to_seq=end, h=f"{end:016x}", events=tuple(e for e in found if e is not None))
    # Over the wire and back: what a field loses there, the fold must not need.
    read = decode_server(encode(delta))
    assert isinstance(read, Delta)
    return read


def state_at(log: list[Entry], scope: Scope, seq: int) -> dict[TicketId, Ticket]:
    """F(scope, seq): what a session of that scope knows, by plain replay."""
    tickets = {entry.after.id: entry.after for entry in log[:seq]}
    return {ticket_id: ticket for ticket_id, ticket in tickets.items() if scope.covers(ticket)}


class Client:
    """Mirror and cache file as Sync joins them, without loop and socket."""

    def __init__(self, folder: Path, tickets: list[Ticket], seq: int) -> None:
        self._path = snapshot_file(folder / "cache.sqlite", tickets, cursor(seq))
        self.restart()

    def restart(self) -> None:
        self.file = CacheFile(self._path)
        self.mirror = Mirror()
        self.mirror.reset(self.file.load())

    def take(self, delta: Delta) -> None:
        older = self.file.tickets(self.mirror.missing(delta))
        applied = self.mirror.apply(delta, cursor(delta.to_seq), older, T0)
        batch = Batch()
        batch.rows, batch.cursor = applied.rows, self.mirror.cursor
        batch.meta[META_DIRTY] = msgspec.json.encode(sorted(self.mirror.dirty)).decode()
        self.file.write(batch)

    def on_disk(self, names: list[TicketId]) -> dict[TicketId, Ticket]:
        return self.file.tickets(names)


def accepted_examples() -> Iterator[tuple[str, Ticket | None, commands.Command, Actor]]:
    """One accepted example for every command, looked for over states and actors."""
    found: set[str] = set()
    for command in PLAUSIBLE:
        name = commands.name_of(command)
        tickets: list[Ticket | None] = [None, *(at_state(state) for state in State)]
        extra = [
            (State.HANDLING, commands.RequestDelay(extra=RULES.catalogue.current("E8H").limit, text="x")),  # type: ignore[union-attr, arg-type]
            (State.HANDLING, commands.RequestSuspend(until=T0 + timedelta(days=9), text="x")),
            (State.FILED, commands.Dispatch(lead=TOWN_CENTRE, co_units=(commands.UnitId("U-brigade"),))),
        ]
        for state, before in extra:
            base = at_state(state)
            event = decided(before, base, IMPORTER, base.changed_at)
            if event is not None:
                tickets.append(apply(base, base.id, base.version + 1, event, base.changed_at))
        for ticket in tickets:
            now = ticket.changed_at if ticket else T0
            who = next((a for a in ACTORS if decided(command, ticket, a, now) is not None), None)
            if who is not None and name not in found:
                found.add(name)
                yield name, ticket, command, who


EXAMPLES = list(accepted_examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_each_command_gives_the_same_ticket_on_server_mirror_and_cache(
    tmp_path: Path, example: tuple[str, Ticket | None, commands.Command, Actor]
) -> None:
    _, before, command, who = example
    at = before.changed_at if before else T0
    event = decided(command, before, who, at)
    assert event is not None
    ticket_id = before.id if before else NAMES[0]
    version = (before.version if before else 0) + (not isinstance(command, commands.Comment))
    after = apply(before, ticket_id, version, event, at)
    client = Client(tmp_path, [before] if before else [], 0)
    client.take(delta_of([Entry(1, before, after, event, at)], Scope(), 0, 1))
    assert client.mirror.dirty == {}
    assert client.mirror.tickets == {ticket_id: after}
    assert client.on_disk([ticket_id]) == {ticket_id: after}


def test_nearly_every_command_has_an_example() -> None:
    names = {commands.name_of(kind) for kind in commands.COMMAND_TYPES}
    missing = names - {example[0] for example in EXAMPLES}
    assert len(missing) <= 8, missing


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """A log of accepted commands on a few tickets, time running."""
    log: list[Entry] = []
    tickets: dict[TicketId, Ticket] = {}
    now = T0
    for _ in range(draw(st.integers(3, 40))):
        now += timedelta(minutes=draw(st.sampled_from([0, 1, 30, 600])))
        ticket_id = draw(st.sampled_from(NAMES))
        before = tickets.get(ticket_id)
        command = report(external_ref=ticket_id) if before is None else draw(st.sampled_from(PLAUSIBLE))
        who = draw(st.sampled_from(ACTORS))
        if isinstance(command, commands.Report) and before is not None:
            command = commands.Relocate(area=draw(st.sampled_from([TOWN, OTHER_TOWN])))
            who = actor(Role.SHIFT_LEADER)
        event = decided(command, before, who if before else IMPORTER, now)
        if event is None:
            continue
        version = (before.version if before else 0) + (not isinstance(command, commands.Comment))
        after = apply(before, ticket_id, version, event, now)
        log.append(Entry(len(log) + 1, before, after, event, now))
        tickets[ticket_id] = after
    return log


@settings(max_examples=examples(120))
@given(log=logs(), scope=st.sampled_from([Scope(), Scope(areas=(TOWN,)), Scope(areas=(OTHER_TOWN,))]), data=st.data())
def test_any_snapshot_plus_deltas_is_the_later_snapshot(
    tmp_path_factory: pytest.TempPathFactory, log: list[Entry], scope: Scope, data: st.DataObject
) -> None:
    """I4, I5, I6 over random logs, scopes, cuts and restarts (a restart may lose nothing that was written)."""
    start = data.draw(st.integers(0, len(log)))
    client = Client(tmp_path_factory.mktemp("desk"), list(state_at(log, scope, start).values()), start)
    seq = start
    while seq < len(log):
        end = data.draw(st.integers(seq + 1, len(log)))
        client.take(delta_of(log, scope, seq, end))
        seq = end
        if data.draw(st.booleans()):
            client.file.close()
            client.restart()
            assert client.mirror.cursor == cursor(seq)
        wanted = state_at(log, scope, seq)
        assert client.mirror.dirty == {}
        assert client.on_disk(NAMES) == wanted
        assert client.mirror.tickets.items() <= wanted.items()
        assert {t.id for t in wanted.values() if t.is_open} <= client.mirror.tickets.keys()
    client.file.close()


@given(log=logs(), data=st.data())
def test_eviction_changes_nothing_but_what_is_in_memory(
    tmp_path_factory: pytest.TempPathFactory, log: list[Entry], data: st.DataObject
) -> None:
    client = Client(tmp_path_factory.mktemp("desk"), [], 0)
    for seq in range(len(log)):
        client.take(delta_of(log, Scope(), seq, seq + 1))
        now = log[seq].at + timedelta(hours=data.draw(st.sampled_from([0, 30])))
        client.mirror.evict(now)
        assert all(t.is_open or t.changed_at >= now - KEPT for t in client.mirror.tickets.values())
    assert client.on_disk(NAMES) == state_at(log, Scope(), len(log))
    client.file.close()


@given(log=logs().filter(lambda log: len(log) > 2), data=st.data())
def test_a_lost_or_unknown_event_makes_the_ticket_dirty_and_nothing_else(log: list[Entry], data: st.DataObject) -> None:
    """An event this version cannot read: that ticket is asked for anew, later events of it wait, others go on."""
    place = data.draw(st.integers(0, len(log) - 2))
    bad = log[place].after.id
    mirror = Mirror()
    mirror.cursor = cursor(0)
    delta = delta_of(log, Scope(), 0, len(log))
    unknown = msgspec.structs.replace(delta.events[place], body=msgspec.Raw(b'{"type":"from_the_future"}'))
    events_ = (*delta.events[:place], unknown, *delta.events[place + 1 :])
    mirror.apply(msgspec.structs.replace(delta, events=events_), cursor(len(log)), {}, T0)
    wanted = state_at(log, Scope(), len(log))
    assert set(mirror.dirty) <= {bad}
    assert {i: t for i, t in mirror.tickets.items() if i != bad} == {i: t for i, t in wanted.items() if i != bad}
    mirror.put(list(mirror.dirty), [wanted[bad]])
    assert mirror.dirty == {}
    assert mirror.tickets == wanted
