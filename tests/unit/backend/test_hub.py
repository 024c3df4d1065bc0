"""Fan-out without sockets: who gets which bytes, when, and from where."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.frames import Position
from backend.hub import Hub
from domain.actor import Scope
from domain.ids import AreaCode
from protocol.codec import decode_server
from protocol.cursors import scope_hash, short_hash
from protocol.messages import MAX_OUTBOUND, Delta, Latest
from tests.examples import examples
from tests.flow.fakes import TOWN_A, TOWN_B, MemoryStore, dispatched, relocated, reported

NOW = datetime(2026, 9, 1, tzinfo=UTC)
ALL = Scope()
IN_A, IN_B = Scope(areas=(TOWN_A,)), Scope(areas=(TOWN_B,))


class Loop:
    """A loop whose time moves when told."""

    def __init__(self) -> None:
        self.now = 100.0
        self.calls: list[tuple[float, Callable[[], Any]]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], Any]) -> None:
        self.calls.append((self.now + delay, callback))

    def advance(self, seconds: float) -> None:
        self.now += seconds
        due = [callback for at, callback in self.calls if at <= self.now]
        self.calls = [(at, callback) for at, callback in self.calls if at > self.now]
        for callback in due:
            callback()


class Outlet:
    def __init__(self) -> None:
        self.pushed: list[tuple[bytes, int]] = []
        self.topics: dict[str, Latest] = {}
        self.puts = 0

    def push(self, frames: bytes, events: int = 0) -> None:
        self.pushed.append((frames, events))

    def put_all(self, frames: Mapping[str, bytes]) -> None:
        for key, frame in frames.items():
            self.put(key, frame)

    def put(self, key: str, frame: bytes) -> None:
        self.puts += 1
        [message] = messages(frame)
        assert isinstance(message, Latest)
        self.topics[key] = message


class Client:
    def __init__(self, scope: Scope = ALL) -> None:
        self.lane = Outlet()
        self.scope = scope
        self.scope_hash = scope_hash(scope)

    @property
    def deltas(self) -> list[Delta]:
        found = [message for frames, _ in self.lane.pushed for message in messages(frames)]
        assert all(isinstance(message, Delta) for message in found)
        return found

    @property
    def seqs(self) -> list[int]:
        return [event.seq for delta in self.deltas for event in delta.events]


def messages(frames: bytes) -> list[Any]:
    """Take whole text frames apart, as any websocket library would."""
    found, at = [], 0
    while at < len(frames):
        assert frames[at] == 0x81, "one whole unmasked text frame"
        size, at = frames[at + 1], at + 2
        if size in (126, 127):
            width = 2 if size == 126 else 8
            size, at = int.from_bytes(frames[at : at + width]), at + width
        found.append(decode_server(frames[at : at + size].decode()))
        at += size
    assert at == len(frames)
    return found


class World:
    def __init__(self, *before: Any) -> None:
        self.loop = Loop()
        self.store = MemoryStore()
        if before:
            self.store.commit(*before)
        head = Position(self.store.head.seq, short_hash(self.store.head.hash))
        self.hub = Hub(self.loop, head, lambda: NOW, first_version=1000)
        self.store.sinks.append(self.hub.publish)

    def client(self, scope: Scope = ALL, **known: int) -> Client:
        client = Client(scope)
        self.hub.add(client, self.hub.head.seq, known)
        return client


def test_the_first_event_goes_out_at_once_the_next_wait_for_the_tick() -> None:
    world = World()
    client = world.client()
    world.store.commit(("t1", reported()))
    world.loop.advance(0.0)
    assert client.seqs == [1]
    world.store.commit(("t2", reported()))
    world.store.commit(("t3", reported()), ("t1", dispatched("u1")))
    world.loop.advance(0.010)
    assert client.seqs == [1]
    world.loop.advance(0.002)
    assert client.seqs == [1, 2, 3, 4]
    assert [(delta.from_seq, delta.to_seq) for delta in client.deltas] == [(0, 1), (1, 4)]


def test_after_a_burst_the_next_wait_for_the_whole_tick() -> None:
    world = World()
    client = world.client()
    world.store.commit(*((f"t{n}", reported()) for n in range(5)))
    world.loop.advance(0.0)
    world.store.commit(("t9", reported()))
    world.loop.advance(0.032)
    assert client.seqs == [1, 2, 3, 4, 5]
    world.loop.advance(0.002)
    assert client.seqs == [1, 2, 3, 4, 5, 6]


def test_clients_of_one_scope_share_the_very_same_bytes() -> None:
    world = World()
    clients = [world.client() for _ in range(5)]
    world.store.commit(("t1", reported()))
    world.loop.advance(0)
    first = clients[0].lane.pushed[0][0]
    assert all(client.lane.pushed[0][0] is first for client in clients)


def test_a_scope_without_events_gets_nothing_until_it_is_leveled() -> None:
    world = World()
    here, there = world.client(IN_A), world.client(IN_B)
    world.store.commit(("t1", reported(TOWN_A)), ("t2", reported(TOWN_A)))
    world.loop.advance(0)
    assert (here.seqs, there.deltas) == ([1, 2], [])
    world.hub.level()
    [ranged] = there.deltas
    assert (ranged.from_seq, ranged.to_seq, ranged.events) == (0, 2, ())
    assert ranged.h == short_hash(world.store.head.hash)
    assert len(here.deltas) == 1
    world.store.commit(("t3", reported(TOWN_B)))
    world.loop.advance(1)
    assert (there.deltas[-1].from_seq, there.deltas[-1].to_seq) == (2, 3)


def test_quiet_events_are_part_of_the_range_of_the_next_delta() -> None:
    world = World()
    there = world.client(IN_B)
    world.store.commit(("t1", reported(TOWN_A)))
    world.loop.advance(1)
    world.store.commit(("t2", reported(TOWN_B)))
    world.loop.advance(1)
    [delta] = there.deltas
    assert (delta.from_seq, delta.to_seq, [event.seq for event in delta.events]) == (0, 2, [2])


def test_a_newcomer_among_unsent_events_gets_only_what_it_lacks() -> None:
    world = World()
    old = world.client()
    world.store.commit(("t1", reported()))
    newcomer = world.client()
    world.store.commit(("t2", reported()))
    world.loop.advance(0)
    assert [(delta.from_seq, delta.to_seq) for delta in old.deltas] == [(0, 2)]
    assert [(delta.from_seq, delta.to_seq) for delta in newcomer.deltas] == [(1, 2)]
    world.store.commit(("t3", reported()))
    world.loop.advance(1)
    assert old.lane.pushed[-1][0] is newcomer.lane.pushed[-1][0]


def test_a_snapshot_ahead_of_the_hub_waits_until_the_hub_is_there() -> None:
    world = World()
    ahead = Client()
    world.hub.add(ahead, 2, {})
    world.store.commit(("t1", reported()))
    world.loop.advance(1)
    world.store.commit(("t2", reported()), ("t3", reported()))
    world.loop.advance(1)
    assert [(delta.from_seq, delta.to_seq) for delta in ahead.deltas] == [(2, 3)]
    assert ahead.seqs == [3]


def test_a_client_behind_the_hub_is_refused() -> None:
    world = World(("t1", reported()))
    with pytest.raises(ValueError, match="catch up"):
        world.hub.add(Client(), 0, {})


def test_a_hole_in_what_is_published_is_refused() -> None:
    world = World()
    world.store.commit(("t1", reported()))
    skipped = MemoryStore()
    skipped.commit(*((f"t{n}", reported()) for n in range(3)))
    with pytest.raises(ValueError, match="does not follow"):
        world.hub.publish(skipped.records[2:])


def test_a_removed_client_gets_nothing_and_may_be_removed_again() -> None:
    world = World()
    gone, stays = world.client(), world.client()
    world.hub.remove(gone)
    world.hub.remove(gone)
    world.store.commit(("t1", reported()))
    world.loop.advance(0)
    assert (gone.seqs, stays.seqs) == ([], [1])


def test_a_client_cut_while_the_tick_is_sent_does_not_disturb_the_others() -> None:
    world = World()
    slow, fine, other = world.client(), world.client(), world.client(IN_A)

    def cut(frames: bytes, events: int = 0) -> None:
        world.hub.remove(slow)
        world.hub.remove(other)

    slow.lane.push = cut  # type: ignore[method-assign]
    for number in range(3):
        world.store.commit((f"t{number}", reported()))
        world.loop.advance(1)
    assert fine.seqs == [1, 2, 3]


def test_a_burst_is_cut_into_frames_between_commands() -> None:
    world = World()
    client = world.client()
    world.store.commit(*((f"t{n}", reported(nature="x" * 1000)) for n in range(600)))
    world.loop.advance(0)
    [(_, events)] = client.lane.pushed
    assert events == 600
    deltas = client.deltas
    assert len(deltas) > 1
    assert all(len(frame) <= MAX_OUTBOUND for frame in (msgspec.json.encode(delta) for delta in deltas))
    assert [delta.from_seq for delta in deltas] == [0, *(delta.to_seq for delta in deltas[:-1])]
    for delta in deltas:
        assert delta.h == short_hash(world.store.records[delta.to_seq - 1].hash)
    assert client.seqs == list(range(1, 601))


# -- topics ---------------------------------------------------------------------------------------


def test_a_topic_goes_to_its_scope_and_to_later_comers() -> None:
    world = World()
    here, there = world.client(IN_A), world.client(IN_B)
    world.hub.publish_latest("kpi.overview", here.scope_hash, b'{"open":1}')
    late = world.client(IN_A)
    assert bytes(here.lane.topics["kpi.overview"].body) == b'{"open":1}'
    assert late.lane.topics == here.lane.topics
    assert there.lane.topics == {}
    assert here.lane.topics["kpi.overview"].as_of == NOW


def test_a_topic_for_everybody() -> None:
    world = World()
    clients = [world.client(IN_A), world.client(IN_B)]
    world.hub.publish_latest("reference", None, b"{}", version=5)
    assert [client.lane.topics["reference"].version for client in clients] == [5, 5]
    assert world.client(ALL, reference=5).lane.topics == {}
    assert world.client(ALL, reference=4).lane.puts == 1


def test_versions_rise_and_an_equal_value_is_not_sent_again() -> None:
    world = World()
    client = world.client()
    for body in (b"1", b"1", b"2"):
        world.hub.publish_latest("kpi.overview", None, body)
    assert client.lane.puts == 2
    assert client.lane.topics["kpi.overview"].version == 1002
    world.hub.publish_latest("kpi.overview", None, b"2", as_of=NOW + timedelta(seconds=15))
    assert client.lane.puts == 3


def test_a_topic_that_no_client_would_take_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        World().hub.publish_latest("reference", None, b'"' + b"x" * 512 * 1024 + b'"')


def test_who_computes_per_scope_hears_of_scopes_that_come_and_go() -> None:
    world = World()
    heard: list[tuple[Scope, bool]] = []
    world.hub.on_scope.append(lambda _, scope, opened: heard.append((scope, opened)))
    first, second = world.client(IN_A), world.client(IN_A)
    assert dict(world.hub.scopes) == {first.scope_hash: IN_A}
    world.hub.remove(first)
    world.hub.remove(second)
    assert heard == [(IN_A, True), (IN_A, False)]
    assert dict(world.hub.scopes) == {}


# -- the property that matters --------------------------------------------------------------------

AREAS = st.sampled_from([TOWN_A, TOWN_B, AreaCode(TOWN_A + "001")])
STEP = st.one_of(
    st.tuples(st.just("report"), st.integers(0, 9), AREAS),
    st.tuples(st.just("move"), st.integers(0, 9), AREAS),
    st.tuples(st.just("dispatch"), st.integers(0, 9), st.sampled_from(["u1", "u2"])),
    st.tuples(st.just("join"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("leave"), st.integers(0, 9), st.just("")),
    st.tuples(st.just("tick"), st.integers(0, 40), st.just("")),
    st.tuples(st.just("level"), st.just(0), st.just("")),
)
SCOPES = [ALL, IN_A, IN_B, Scope(units=("u1",))]  # type: ignore[arg-type]


@settings(max_examples=examples(200))
@given(st.lists(STEP, max_size=60))
def test_every_client_gets_everything_of_its_scope_once_and_without_a_hole(steps: list[tuple[str, int, Any]]) -> None:
    world = World()
    clients: list[tuple[Client, int]] = []
    for kind, number, what in steps:
        ticket_id = f"t{number}"
        known = ticket_id in world.store.state
        if kind == "report" and not known:
            world.store.commit((ticket_id, reported(what)))
        elif kind == "move" and known:
            world.store.commit((ticket_id, relocated(what)))
        elif kind == "dispatch" and known:
            world.store.commit((ticket_id, dispatched(what)))
        elif kind == "join":
            clients.append((world.client(SCOPES[number]), world.hub.head.seq))
        elif kind == "leave" and clients:
            world.hub.remove(clients.pop(number % len(clients))[0])
        elif kind == "tick":
            world.loop.advance(number / 1000)
        elif kind == "level":
            world.hub.level()
    world.loop.advance(1)
    world.hub.level()
    for client, joined_at in clients:
        position = joined_at
        for delta in client.deltas:
            assert delta.from_seq == position
            position = delta.to_seq
        assert position == world.hub.head.seq
        wanted = []
        for record in world.store.records[joined_at:]:
            was = record.before is not None and client.scope.covers(record.before)
            now = record.after is not None and client.scope.covers(record.after)
            if was or now:
                kind = "leave" if not now else "enter" if record.before is not None and not was else "event"
                wanted.append((record.seq, kind))
        assert [(event.seq, event.kind) for delta in client.deltas for event in delta.events] == wanted
