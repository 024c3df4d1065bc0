"""The desk's end, frame by frame: contiguity, resets, heartbeats, and what a dead session still says (nothing)."""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

import pytest
import zstandard

from domain.actor import Actor
from domain.commands import Sign
from domain.ids import UserId
from domain.vocabulary import Role
from protocol.client_session import ClientSession, Phase
from protocol.codec import decode_client, encode, encode_chunk
from protocol.messages import (
    Ack,
    BusinessClock,
    Cursor,
    Delta,
    Event,
    Heartbeat,
    Hello,
    Latest,
    Outcome,
    Reply,
    SnapshotBegin,
    Submit,
    Welcome,
)
from protocol.session_events import (
    Again,
    CaughtUp,
    DeltaApplied,
    Failed,
    HeartbeatArrived,
    LatestArrived,
    OutcomeArrived,
    ReplyArrived,
    ResetBegun,
    SnapshotChunk,
    SnapshotComplete,
    Welcomed,
)

AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
CLOCK = BusinessClock(AT, AT, 1.0)
EPOCH, SCOPE = "e" * 32, "s" * 16
AT_TEN = Cursor(EPOCH, 10, "h10", SCOPE)
RAW = b"SQLite format 3\0" + bytes(5000)
PACKED = zstandard.compress(RAW)


def session_at(cursor: Cursor | None = AT_TEN, generation: int = 1) -> ClientSession:
    return ClientSession(
        app="a",
        schema=1,
        device_id="d",
        token="t",
        cursor=cursor,
        topics={"reference": 4},
        generation=generation,
        now=0.0,
    )


def welcome(**other: Any) -> str:
    fields: dict[str, Any] = {
        "proto": 1,
        "epoch": EPOCH,
        "head": 10,
        "scope_hash": SCOPE,
        "actor": Actor(user=UserId("u"), role=Role.DISPATCHER),
        "server": "x",
        "t0": 0.0,
        "server_time": AT,
        "clock": CLOCK,
        "resume": True,
    }
    return encode(Welcome(**{**fields, **other}))


def delta(start: int, end: int, *seqs: int) -> str:
    events = tuple(Event(seq=seq, id="t1", v=seq, at=AT, st=AT) for seq in seqs)
    return encode(Delta(from_seq=start, to_seq=end, h=f"h{end}", events=events))


def heartbeat(head: int, t0: float | None = None) -> str:
    return encode(Heartbeat(head=head, server_time=AT, clock=CLOCK, t0=t0))


def live_at_ten() -> ClientSession:
    session = session_at()
    session.data_to_send()
    session.receive(welcome(), 0.1)
    assert session.phase is Phase.LIVE
    return session


def snapshot(seq: int = 20, epoch: str = EPOCH, **other: Any) -> tuple[str, list[bytes]]:
    fields: dict[str, Any] = {
        "cursor": Cursor(epoch, seq, f"h{seq}", SCOPE),
        "chunks": 2,
        "size": len(PACKED),
        "raw_size": len(RAW),
        "tickets": 7,
        "sha256": hashlib.sha256(PACKED).hexdigest(),
    }
    frames = [encode_chunk(0, PACKED[:20]), encode_chunk(1, PACKED[20:])]
    return encode(SnapshotBegin(**{**fields, **other})), frames


def kinds(events: list[Any]) -> list[type]:
    return [type(event) for event in events]


def failure(events: list[Any]) -> Failed:
    assert kinds(events) == [Failed]
    return events[0]  # type: ignore[no-any-return]


# -- hello and welcome ----------------------------------------------------------------------------


def test_hello_goes_first_with_cursor_and_topics() -> None:
    [frame] = session_at().data_to_send()
    hello = decode_client(frame)
    assert isinstance(hello, Hello)
    assert (hello.cursor, hello.topics, hello.t0) == (AT_TEN, {"reference": 4}, 0.0)


def test_a_resume_at_the_head_is_live_at_once() -> None:
    events = session_at().receive(welcome(), 0.1)
    assert kinds(events) == [Welcomed, CaughtUp]
    assert (events[0].t0, events[0].t3) == (0.0, 0.1)


def test_a_resume_behind_the_head_is_live_when_it_has_caught_up() -> None:
    session = session_at()
    assert kinds(session.receive(welcome(head=12), 0.1)) == [Welcomed]
    assert session.phase is Phase.CATCHING_UP
    assert kinds(session.receive(delta(10, 11, 11), 0.2)) == [DeltaApplied]
    assert kinds(session.receive(delta(11, 12, 12), 0.2)) == [DeltaApplied, CaughtUp]


def test_what_is_sent_before_the_welcome_waits_for_it() -> None:
    session = session_at()
    assert len(session.data_to_send()) == 1
    session.send(Submit(outbox_id="o", n=1, command=Sign(), created_at=AT))
    assert session.data_to_send() == []
    session.receive(welcome(), 0.1)
    assert isinstance(decode_client(session.data_to_send()[0]), Submit)


@pytest.mark.parametrize("frame", [delta(10, 11, 11), heartbeat(10), "junk", b"chunk"])
def test_anything_before_the_welcome_is_an_error(frame: str | bytes) -> None:
    assert failure(session_at().receive(frame, 0.1)).reconnect


@pytest.mark.parametrize("other", [{"epoch": "f" * 32}, {"scope_hash": "x"}, {"head": 9}])
def test_a_resume_of_something_else_is_an_error(other: dict[str, Any]) -> None:
    assert failure(session_at().receive(welcome(**other), 0.1)).reconnect


def test_a_resume_without_a_cursor_is_an_error() -> None:
    assert failure(session_at(None).receive(welcome(), 0.1)).reconnect


def test_a_second_welcome_is_an_error() -> None:
    assert failure(live_at_ten().receive(welcome(), 0.2)).reconnect


def test_a_version_that_we_do_not_speak_is_not_tried_again() -> None:
    assert failure(session_at().receive(welcome(proto=2), 0.1)).again is Again.NEVER


# -- deltas ---------------------------------------------------------------------------------------


def test_a_delta_that_fits_moves_the_cursor() -> None:
    session = live_at_ten()
    [event] = session.receive(delta(10, 14, 12, 14), 1.0)
    assert event.cursor == session.position == Cursor(EPOCH, 14, "h14", SCOPE)


def test_a_range_without_events_moves_the_cursor_too() -> None:
    session = live_at_ten()
    [event] = session.receive(delta(10, 99), 1.0)
    assert event.cursor.seq == 99


@pytest.mark.parametrize("frame", [delta(8, 10, 9, 10), delta(9, 10), delta(0, 3, 1)])
def test_a_duplicate_is_dropped(frame: str) -> None:
    session = live_at_ten()
    assert session.receive(frame, 1.0) == []
    assert session.position == AT_TEN


@pytest.mark.parametrize("frame", [delta(11, 12, 12), delta(9, 12, 11), delta(500, 501, 501)])
def test_a_gap_or_overlap_ends_the_session_and_applies_nothing(frame: str) -> None:
    session = live_at_ten()
    failed = failure(session.receive(frame, 1.0))
    assert failed.reason.startswith("gap")
    assert failed.reconnect
    assert not failed.drop_cursor
    assert session.position == AT_TEN


@pytest.mark.parametrize("frame", [delta(10, 12, 13), delta(10, 12, 10), delta(10, 12, 12, 11), delta(10, 12, 11, 11)])
def test_events_outside_their_range_or_out_of_order_are_an_error(frame: str) -> None:
    session = live_at_ten()
    assert failure(session.receive(frame, 1.0)).reason.startswith("order")
    assert session.position == AT_TEN


def test_every_event_carries_the_generation() -> None:
    session = session_at(generation=7)
    events = [*session.receive(welcome(), 0.1), *session.receive(delta(10, 11, 11), 0.2), *session.closed(1006)]
    assert [event.generation for event in events] == [7, 7, 7, 7]


def test_a_dead_session_says_nothing_more() -> None:
    session = live_at_ten()
    session.closed(1006)
    assert session.receive(delta(10, 11, 11), 1.0) == []
    assert session.tick(99.0) == []
    assert session.closed(1006) == []
    assert session.data_to_send() == []
    session.send(Ack(seq=1, t0=0.0))
    assert session.data_to_send() == []


# -- snapshot -------------------------------------------------------------------------------------


def resetting() -> tuple[ClientSession, io.BytesIO]:
    session, sink = session_at(), io.BytesIO()
    session.data_to_send()
    events = session.receive(welcome(resume=False, reset_reason="epoch", head=21), 0.1)
    assert kinds(events) == [Welcomed]
    return session, sink


def test_a_snapshot_comes_whole_into_the_sink_and_deltas_go_on_behind_it() -> None:
    session, sink = resetting()
    head, frames = snapshot()
    [begun] = session.receive(head, 0.2)
    assert isinstance(begun, ResetBegun)
    assert begun.reason == "epoch"
    session.snapshot_to(sink)
    assert kinds(session.receive(frames[0], 0.3)) == [SnapshotChunk]
    assert kinds(session.receive(frames[1], 0.4)) == [SnapshotChunk, SnapshotComplete]
    assert sink.getvalue() == RAW
    assert kinds(session.receive(delta(20, 21, 21), 0.5)) == [DeltaApplied, CaughtUp]


def test_heartbeats_and_topics_may_stand_between_chunks() -> None:
    session, sink = resetting()
    head, frames = snapshot()
    session.receive(head, 0.2)
    session.snapshot_to(sink)
    session.receive(frames[0], 0.3)
    assert kinds(session.receive(heartbeat(22), 0.3)) == [HeartbeatArrived]
    assert kinds(session.receive(frames[1], 0.4)) == [SnapshotChunk, SnapshotComplete]


def test_a_delta_before_the_snapshot_is_whole_is_an_error() -> None:
    session, sink = resetting()
    head, frames = snapshot()
    session.receive(head, 0.2)
    session.snapshot_to(sink)
    session.receive(frames[0], 0.3)
    assert failure(session.receive(delta(20, 21, 21), 0.4)).reconnect


@pytest.mark.parametrize(
    "other", [{"sha256": "0" * 64}, {"size": 10}, {"raw_size": 100}, {"raw_size": len(RAW) + 1}, {"chunks": 1}]
)
def test_a_snapshot_that_is_not_what_was_announced_is_dropped_whole(other: dict[str, Any]) -> None:
    session, sink = resetting()
    head, frames = snapshot(**other)
    session.receive(head, 0.2)
    session.snapshot_to(sink)
    events = [event for frame in frames for event in session.receive(frame, 0.3)]
    assert isinstance(events[-1], Failed)
    assert events[-1].reconnect
    assert SnapshotComplete not in kinds(events)
    assert session.position is None


def test_chunks_out_of_order_are_an_error() -> None:
    session, sink = resetting()
    head, frames = snapshot()
    session.receive(head, 0.2)
    session.snapshot_to(sink)
    assert failure(session.receive(frames[1], 0.3)).reason.startswith("order")


def test_a_snapshot_that_nobody_announced_is_an_error() -> None:
    head, frames = snapshot()
    assert failure(live_at_ten().receive(head, 1.0)).reconnect
    assert failure(live_at_ten().receive(frames[0], 1.0)).reconnect


def test_a_chunk_without_a_sink_is_the_callers_fault() -> None:
    session, _ = resetting()
    head, frames = snapshot()
    session.receive(head, 0.2)
    with pytest.raises(RuntimeError, match="snapshot_to"):
        session.receive(frames[0], 0.3)


# -- time -----------------------------------------------------------------------------------------


def test_a_heartbeat_goes_out_every_five_seconds_and_tells_what_is_on_disk() -> None:
    session = live_at_ten()
    session.receive(delta(10, 12, 12), 1.0)
    session.tick(4.9)
    assert session.data_to_send() == []
    session.tick(5.2)
    assert decode_client(session.data_to_send()[0]) == Ack(seq=10, t0=5.2)
    session.applied(Cursor(EPOCH, 12, "h12", SCOPE))
    session.receive(heartbeat(12, 5.2), 6.0)
    session.tick(10.3)
    assert decode_client(session.data_to_send()[0]) == Ack(seq=12, t0=10.3)


def test_what_was_never_received_cannot_be_on_disk() -> None:
    with pytest.raises(ValueError, match="never received"):
        live_at_ten().applied(Cursor(EPOCH, 11, "h11", SCOPE))


def test_twelve_seconds_of_silence_are_stale() -> None:
    session = live_at_ten()
    assert session.tick(12.0) == []
    failed = failure(session.tick(12.2))
    assert (failed.reason, failed.again) == ("silent", Again.JITTER)


def test_silence_counts_before_the_welcome_too() -> None:
    assert failure(session_at().tick(12.1)).reason == "silent"


def test_a_head_that_runs_away_without_frames_is_a_dead_stream() -> None:
    session = live_at_ten()
    for second in (2, 4, 6, 8, 10):
        session.receive(heartbeat(11), float(second))
        assert session.tick(float(second)) == []
    session.receive(heartbeat(11), 12.0)
    assert failure(session.tick(12.1)).reason == "behind"


def test_catching_up_slowly_is_no_dead_stream() -> None:
    session = session_at()
    session.receive(welcome(head=100), 0.1)
    for seq in range(10, 40):
        session.receive(delta(seq, seq + 1, seq + 1), seq - 9.0)
        assert session.tick(seq - 9.0) == []


def test_level_with_the_head_for_long_then_behind_starts_counting_anew() -> None:
    session = live_at_ten()
    for second in range(1, 30):
        session.receive(heartbeat(10), float(second))
        assert session.tick(float(second)) == []
    session.receive(heartbeat(11), 30.0)
    assert session.tick(31.0) == []


def test_a_snapshot_may_take_its_time_but_not_for_ever() -> None:
    session, _ = resetting()
    for second in range(1, 60):
        session.receive(heartbeat(30), float(second))
        assert session.tick(float(second)) == []
    session.receive(heartbeat(30), 61.0)
    assert failure(session.tick(61.0)).reason == "behind"


def test_a_machine_that_slept_connects_again_at_once() -> None:
    session = live_at_ten()
    session.tick(1.0)
    failed = failure(session.tick(40.0))
    assert (failed.reason, failed.again) == ("slept", Again.AT_ONCE)


def test_limits_of_the_welcome_hold() -> None:
    session = session_at()
    session.receive(welcome(limits={"heartbeat_s": 0.5, "silence_s": 1.0}), 0.1)  # type: ignore[arg-type]
    session.data_to_send()
    session.tick(0.7)
    assert len(session.data_to_send()) == 1
    assert failure(session.tick(1.2)).reason == "silent"


# -- the rest -------------------------------------------------------------------------------------


def test_messages_come_out_typed() -> None:
    session = live_at_ten()
    latest = Latest(topic="kpi.overview", version=2, as_of=AT, body={"a": 1})  # type: ignore[arg-type]
    outcome = Outcome(outbox_id="o", n=1, status="applied", seq=11, version=2)
    assert kinds(session.receive(encode(latest), 1.0)) == [LatestArrived]
    assert kinds(session.receive(encode(outcome), 1.0)) == [OutcomeArrived]
    assert kinds(session.receive(encode(Reply(id=1)), 1.0)) == [ReplyArrived]
    assert kinds(session.receive(heartbeat(10, 0.5), 1.0)) == [HeartbeatArrived]


@pytest.mark.parametrize(
    ("code", "reason", "again", "reconnect"),
    [
        (None, "", Again.JITTER, True),
        (1006, "", Again.JITTER, True),
        (1001, "", Again.JITTER, True),
        (1012, "restart", Again.SOFT, True),
        (4400, "bad", Again.NEVER, False),
        (4401, "token", Again.AFTER_LOGIN, False),
        (4403, "scope", Again.AT_ONCE, True),
        (4406, "versions=2-3", Again.NEVER, False),
        (4408, "slow", Again.JITTER, True),
        (4409, "position", Again.JITTER, True),
        (4429, "wait=17", Again.AFTER_WAIT, True),
    ],
)
def test_close_codes_say_whether_to_come_back(code: int | None, reason: str, again: Again, reconnect: bool) -> None:
    failed = failure(live_at_ten().closed(code, reason))
    assert (failed.again, failed.reconnect) == (again, reconnect)
    assert failed.drop_cursor == (code == 4409)
    assert failed.wait_s == (17.0 if code == 4429 else 0.0)


@pytest.mark.parametrize("reason", ["", "later", "wait=", "wait=soon", "wait=-1"])
def test_a_rate_close_without_a_time_waits_ten_seconds(reason: str) -> None:
    assert failure(live_at_ten().closed(4429, reason)).wait_s == 10.0


def test_an_oversized_frame_is_an_error() -> None:
    assert failure(live_at_ten().receive("x" * (1024 * 1024 + 1), 1.0)).reason.startswith("too_large")
