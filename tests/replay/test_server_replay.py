"""I3, I4 on the server: an old snapshot and the events since, as a session of that scope gets them, are the new snapshot.

Random lives of several tickets at once, groups committed together, tickets moving between scopes, restarts in between.
"""

import sqlite3
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.frames import EventEncoder
from backend.store.records import LogRecord
from backend.store.verify import verify_file
from domain import commands, events
from domain.actor import Actor, Scope
from domain.ids import TicketId
from domain.lifecycle import Context, Decision, decide
from domain.projection import apply
from domain.ticket import Ticket
from protocol.messages import Cursor, Event, Submit
from protocol.snapshot import ticket_of
from tests.examples import examples
from tests.unit.backend.house import HandClock, House
from tests.unit.domain.builders import BRIGADE, COMMUNITY, DEPARTMENT, OTHER_TOWN, PLAUSIBLE, RULES, T0, TOWN
from tests.unit.domain.builders import TOWN_CENTRE as CENTRE
from tests.unit.domain.walks import ACTORS, BESIDE, RARELY

SCOPES = (
    Scope(),
    Scope(areas=(TOWN,)),
    Scope(areas=(OTHER_TOWN,)),
    Scope(units=(CENTRE,)),
    Scope(units=(BRIGADE,)),
    Scope(areas=(OTHER_TOWN,), units=(DEPARTMENT,)),
)
GAPS_S = (0, 0, 1, 60, 1800, 86400)
EVENTS = msgspec.json.Decoder(events.TicketEvent)
TICKETS = msgspec.json.Decoder(Ticket)
Rows = dict[str, Ticket]


def snapshot(house: House, scope: Scope) -> tuple[int, Rows]:
    """(seq of its cursor, tickets) of a snapshot file."""
    path = house.folder / "snapshot.sqlite"
    house.run(house.store.make_snapshot(scope, path))
    file = sqlite3.connect(path)
    cursor = msgspec.json.decode(file.execute("SELECT value FROM meta WHERE key = 'cursor'").fetchone()[0], type=Cursor)
    rows = {row[0]: ticket_of(row[1]) for row in file.execute("SELECT id, body FROM ticket")}
    file.close()
    return cursor.seq, rows


def folded(rows: Rows, records: Sequence[LogRecord], scope: Scope) -> Rows:
    """What a mirror makes of the frames that a session of this scope gets."""
    rows = dict(rows)
    for encoded in EventEncoder().visible(records, scope.covers_key, mask=True):
        event = msgspec.json.decode(encoded.data, type=Event)
        if event.kind == "leave":
            del rows[event.id]
        elif event.kind == "enter":
            rows[event.id] = TICKETS.decode(event.body)
        else:
            body = EVENTS.decode(event.body)
            rows[event.id] = apply(rows.get(event.id), TicketId(event.id), event.v, body, event.at)
        assert event.kind == "leave" or rows[event.id].version == event.v
    return rows


def possible(house: House, random: Random, tickets: Rows) -> tuple[Actor, Submit] | None:
    """Something that somebody may do now: mostly on a ticket that is there, mostly something that moves it on."""
    now = house.clock.now_business()
    if not tickets or random.random() < 0.4 / len(tickets):
        area, item = random.choice((TOWN, COMMUNITY, OTHER_TOWN)), random.choice(list(RULES.catalogue)).code
        return ACTORS[1], house.message(replace(house.report_command(), area=area, item=item))
    ticket, other = random.choices(list(tickets.values()), k=2)
    left_out = (
        *(BESIDE if random.random() < 0.8 else ()),
        *(RARELY if random.random() < 0.95 else ()),
        commands.Report,
    )
    for who in random.sample(ACTORS, len(ACTORS)):
        context = Context(actor=who, now=max(now, ticket.changed_at), rules=RULES, other=other)
        for command in random.sample(PLAUSIBLE, len(PLAUSIBLE)):
            fitting = named(command, other, context)
            if not isinstance(fitting, left_out) and isinstance(decide(fitting, ticket, context), Decision):
                return who, house.message(fitting, ticket.id, ticket.version)
    return None


def named(command: commands.Command, other: Ticket, context: Context) -> commands.Command:
    if isinstance(command, commands.RequestSuspend):
        return replace(command, until=context.now + timedelta(days=3))
    if isinstance(command, commands.Merge):
        return replace(command, into=other.id)
    if isinstance(command, commands.SetParent) and command.parent is not None:
        return replace(command, parent=other.id)
    return command


def live(house: House, random: Random, steps: int, tickets: Rows) -> None:
    """Groups of one to six commands at once. `tickets` is kept as the sinks tell it."""
    for _ in range(steps):
        house.clock.pass_(timedelta(seconds=random.choice(GAPS_S)))
        group = [found for found in (possible(house, random, tickets) for _ in range(random.randint(1, 6))) if found]
        before = len(house.records)

        async def together(group: list[tuple[Actor, Submit]] = group) -> list[str]:
            tasks = [house.service.submit(actor, message) for actor, message in group]
            return [(await task).status for task in tasks]

        assert set(house.run(together())) <= {"applied", "conflict", "rejected"}
        for record in house.records[before:]:
            assert record.after is not None
            tickets[record.entity_id] = record.after


@settings(max_examples=examples(15))
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 25), restart=st.booleans())
def test_an_old_snapshot_and_the_events_since_are_the_new_snapshot(seed: int, steps: int, restart: bool) -> None:
    random = Random(seed)
    tickets: Rows = {}
    with tempfile.TemporaryDirectory(prefix="liandong-test-") as folder:
        clock = HandClock(T0)
        with House(Path(folder), clock=clock, rules=RULES) as house:
            live(house, random, steps, tickets)
            old = {scope: snapshot(house, scope) for scope in SCOPES}
            if not restart:
                live(house, random, steps, tickets)
                check(house, old, tickets)
        if restart:
            with House(Path(folder), clock=clock, rules=RULES) as house:
                live(house, random, steps, tickets)
                check(house, old, tickets)


def check(house: House, old: dict[Scope, tuple[int, Rows]], tickets: Rows) -> None:
    log = house.run(house.store.read_events(0, 100_000))
    assert [record.seq for record in log] == list(range(1, house.store.head.seq + 1))
    for scope, (seq, rows) in old.items():
        _, new = snapshot(house, scope)
        since = house.run(house.store.read_events(seq, 100_000))
        assert folded(rows, since, scope) == new
        assert folded({}, log, scope) == new
        assert new == {ticket.id: ticket for ticket in tickets.values() if scope.covers(ticket)}
        fresh = [record for record in house.records if record.seq > seq]
        if len(fresh) == len(since):
            assert folded(rows, fresh, scope) == new
    assert verify_file(house.store.path, rows=True).ok
