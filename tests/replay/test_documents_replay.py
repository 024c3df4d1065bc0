"""Old snapshot + events == new snapshot for documents, all the way: the server's file and frames, the desk's cache and mirror.

Random lives of every kind, between them tickets, groups committed together, documents moving between scopes, restarts of both.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Connection

from backend.frames import EventEncoder
from backend.store.documents import BlobMeta, put_blob
from backend.store.records import LogRecord
from backend.store.verify import verify_file
from desktop.services.cache_file import META_DIRTY_DOCUMENTS, Batch, CacheFile
from desktop.services.mirror import Mirror
from domain import commands
from domain.actor import Actor, Scope
from domain.documents import DocumentState, covers
from domain.kinds import KINDS
from domain.vocabulary import Level
from protocol.codec import decode_server, encode_delta
from protocol.cursors import scope_hash, short_hash
from protocol.documents import KindBook
from protocol.messages import Act, Cursor, Delta, Outcome
from protocol.snapshot import document_row
from tests.examples import examples
from tests.replay.document_walks import CLOSED, PHOTOS, WALKS, Walk
from tests.unit.backend.house import REGISTRAR, HandClock, House
from tests.unit.domain.builders import (
    BRIGADE,
    DEPARTMENT,
    IMPORTER,
    OTHER_TOWN,
    RULES,
    T0,
    TOWN,
    TOWN_CENTRE,
    UNCHECKED,
    URGENT,
)

SCOPES = (
    Scope(),
    Scope(areas=(TOWN,)),
    Scope(areas=(OTHER_TOWN,)),
    Scope(units=(TOWN_CENTRE,)),
    Scope(areas=(OTHER_TOWN,), units=(DEPARTMENT, BRIGADE)),
)
GAPS_S = (0, 0, 1, 60, 1800, 40_000)
BY_KIND = {walk.kind.name: walk for walk in WALKS}
BOOK = KindBook(walk.kind for walk in WALKS)
Key = tuple[str, str]
States = dict[Key, DocumentState]


def test_every_kind_of_the_release_has_a_walk() -> None:
    assert {kind.name for kind in KINDS} <= BY_KIND.keys()


class Desk:
    """Cache and mirror of one scope, without loop and socket; it starts from the server's own snapshot file."""

    def __init__(self, house: House, folder: Path, scope: Scope) -> None:
        self.scope = scope
        snapshot = folder / "snapshot.sqlite"
        cursor = house.run(house.store.make_snapshot(scope, snapshot)).cursor
        self._path = folder / "cache.sqlite"
        empty = CacheFile(self._path, kinds=BOOK)
        self.file = empty.replaced_by(snapshot, cursor)
        self.restart()

    def restart(self) -> None:
        self.file.close()
        self.file = CacheFile(self._path, kinds=BOOK)
        self.mirror = Mirror(BOOK)
        self.mirror.reset(self.file.load())

    def take(self, records: list[LogRecord]) -> None:
        """What a session of this scope gets of these records, over the wire and back."""
        events = EventEncoder().visible(records, self.scope.covers_key, mask=self.scope.masked)
        last = records[-1]
        frame = encode_delta(records[0].seq - 1, last.seq, short_hash(last.hash), [event.data for event in events])
        delta = decode_server(frame)
        assert isinstance(delta, Delta)
        older = self.file.documents(self.mirror.docs.missing(delta.events))
        tickets = self.file.tickets(self.mirror.missing(delta))
        cursor = Cursor(records[0].epoch, last.seq, delta.h, scope_hash(self.scope))
        applied = self.mirror.apply(delta, cursor, tickets, last.occurred_at, older)
        batch = Batch()
        batch.rows, batch.documents, batch.cursor = applied.rows, applied.documents, cursor
        batch.meta[META_DIRTY_DOCUMENTS] = msgspec.json.encode(sorted(self.mirror.docs.dirty)).decode()
        self.file.write(batch)

    def on_disk(self) -> list[tuple[object, ...]]:
        return rows_of(self._path)

    def in_memory(self) -> States:
        return {(kind, key): state for kind, known in self.mirror.documents.items() for key, state in known.items()}


def rows_of(path: Path) -> list[tuple[object, ...]]:
    file = sqlite3.connect(path)
    rows = [tuple(row) for row in file.execute("SELECT * FROM document ORDER BY kind, id")]
    file.close()
    return rows


def prepare(house: House) -> None:
    """A closed ticket, and photos that everybody of the walks has uploaded: what evidence and spot checks are about."""
    report = replace(house.report_command(), area=TOWN, item=UNCHECKED)
    assert house.do(IMPORTER, report).ticket_id == CLOSED
    house.walk(
        CLOSED,
        [
            (IMPORTER, commands.File()),
            (IMPORTER, commands.Dispatch(lead=TOWN_CENTRE)),
            (IMPORTER, commands.Sign()),
            (IMPORTER, commands.ReportResult(resolved_level=Level.TOWN)),
            (IMPORTER, commands.Close()),
        ],
    )
    users = {actor.user for walk in WALKS for actor in walk.actors}

    def write(connection: Connection) -> None:
        for photo in PHOTOS:
            for user in users:
                meta = BlobMeta(photo.size, photo.media_type)
                put_blob(connection, photo.sha256, meta, bytes(photo.size), user, 0)

    house.run(house.store.run_write(write))


def live(house: House, random: Random, steps: int, states: States) -> None:
    """Groups of one to five commands at once, on documents of every kind. `states` is kept as the sinks tell it."""
    for _ in range(steps):
        house.clock.pass_(timedelta(seconds=random.choice(GAPS_S)))
        before = len(house.records)
        messages = [act(house, random, states) for _ in range(random.randint(1, 5))]

        async def together(messages: list[tuple[Actor, Act]] = messages) -> list[Outcome]:
            return await asyncio.gather(*(house.service.submit(actor, message) for actor, message in messages))

        assert "defect" not in {outcome.code for outcome in house.run(together())}
        if random.random() < 0.3:
            report = replace(house.report_command(), area=TOWN, item=URGENT)
            assert house.do(REGISTRAR, report).status == "applied"
        for record in house.records[before:]:
            if record.document is not None:
                states[(record.entity, record.entity_id)] = record.document


def act(house: House, random: Random, states: States) -> tuple[Actor, Act]:
    walk: Walk = random.choice(WALKS)
    own = [state for (kind, _), state in states.items() if kind == walk.kind.name]
    # A few at a time, so that they live long.
    state = random.choice(own[-4:]) if own and random.random() > 0.5 / len(own) else None
    command = walk.step(random, state)
    message = house.act_message(walk.kind.name, command, state.id if state else None, state.version if state else None)
    return random.choice(walk.actors), message


def cuts(random: Random, records: list[LogRecord]) -> Iterator[list[LogRecord]]:
    while records:
        size = random.randint(1, len(records))
        yield records[:size]
        records = records[size:]


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 15), server_restarts=st.booleans())
def test_an_old_snapshot_and_the_events_since_are_the_new_snapshot(
    seed: int, steps: int, server_restarts: bool
) -> None:
    random = Random(seed)
    states: States = {}
    clock = HandClock(T0)
    kinds = [walk.kind for walk in WALKS]
    with tempfile.TemporaryDirectory(prefix="liandong-test-") as name:
        folder = Path(name)
        desks: list[Desk] = []
        with House(folder / "log", clock=clock, rules=RULES, kinds=kinds) as house:
            prepare(house)
            live(house, random, steps, states)
            for number, scope in enumerate(SCOPES):
                (folder / str(number)).mkdir()
                desks.append(Desk(house, folder / str(number), scope))
            start = house.store.head.seq
            if not server_restarts:
                live(house, random, steps, states)
                check(house, desks, states, start, random)
        if server_restarts:
            with House(folder / "log", clock=clock, rules=RULES, kinds=kinds) as house:
                live(house, random, steps, states)
                check(house, desks, states, start, random)
        for desk in desks:
            desk.file.close()


def check(house: House, desks: list[Desk], states: States, start: int, random: Random) -> None:
    stored = house.run(house.store.read_events(start, 100_000))
    live_records = [record for record in house.records if record.seq > start]
    assert [record.seq for record in stored] == [record.seq for record in live_records]
    for desk in desks:
        # Live ones and those read back from the log make the same frames.
        for records in cuts(random, random.choice((stored, live_records))):
            desk.take(records)
            if random.random() < 0.3:
                desk.restart()
        seen = {key: state for key, state in states.items() if covers(desk.scope, state)}
        wanted = sorted(document_row(kind, state) for (kind, _), state in seen.items())
        snapshot = house.folder / "new.sqlite"
        house.run(house.store.make_snapshot(desk.scope, snapshot))
        assert desk.mirror.docs.dirty == {}
        assert rows_of(snapshot) == desk.on_disk() == wanted
        memory = desk.in_memory()
        assert memory.items() <= seen.items()
        assert {key for key, state in seen.items() if state.is_open} <= memory.keys()
    kinds = [walk.kind for walk in WALKS]
    assert verify_file(house.store.path, rows=True, kinds=kinds).ok


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 2**32))
def test_an_event_this_release_cannot_read_makes_one_document_dirty_and_it_is_asked_for_anew(seed: int) -> None:
    random = Random(seed)
    states: States = {}
    with tempfile.TemporaryDirectory(prefix="liandong-test-") as name:
        folder = Path(name)
        with House(folder / "log", clock=HandClock(T0), rules=RULES, kinds=[walk.kind for walk in WALKS]) as house:
            desk = Desk(house, folder, Scope())
            prepare(house)
            live(house, random, 6, states)
            records = house.run(house.store.read_events(0, 1000))
            harmed = random.choice([record for record in records if record.entity in BY_KIND])
            harmed.body = b'{"type":"from_the_future"}'
            desk.take(records)
            bad = (harmed.entity, harmed.entity_id)
            assert desk.mirror.docs.dirty.keys() == {bad}
            assert {key: s for key, s in desk.in_memory().items() if key != bad} == {
                key: state for key, state in states.items() if key != bad
            }
            desk.restart()
            assert desk.mirror.docs.dirty.keys() == {bad}
            desk.mirror.put_documents(bad[0], [bad[1]], [states[bad]])
            assert desk.mirror.docs.dirty == {}
            assert desk.in_memory() == states
        desk.file.close()
