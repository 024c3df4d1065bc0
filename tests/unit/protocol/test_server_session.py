"""The server's end, frame by frame."""

from typing import Any

import pytest

from protocol.codec import decode_server, encode
from protocol.messages import Ack, Close, Hello, Outcome, Query, Reply, Viewing
from protocol.server_session import (
    AckArrived,
    Closing,
    FrameRefused,
    HeartbeatDue,
    HelloArrived,
    QueryArrived,
    ServerSession,
    SessionRules,
    ViewingArrived,
)

RULES = SessionRules(frames_per_s=10, frames_burst=20)
HELLO = Hello(app="a", schema=1, device_id="d", token="t", t0=0.0)


def greeted() -> ServerSession:
    session = ServerSession(RULES, now=0.0)
    assert session.receive(encode(HELLO), 0.1) == [HelloArrived(HELLO)]
    return session


def kinds(events: list[Any]) -> list[type]:
    return [type(event) for event in events]


def test_hello_opens() -> None:
    assert greeted().greeted


def test_no_hello_in_five_seconds_closes() -> None:
    session = ServerSession(RULES, now=100.0)
    assert session.tick(104.9) == []
    assert session.tick(105.1) == [Closing(Close.BAD_FRAME, "no hello in time")]


@pytest.mark.parametrize("frame", [encode(Ack(seq=0, t0=0.0)), "garbage", b"\0"])
def test_anything_else_first_closes(frame: str | bytes) -> None:
    events = ServerSession(RULES, now=0.0).receive(frame, 0.1)
    assert isinstance(events[-1], Closing)
    assert events[-1].code == Close.BAD_FRAME


@pytest.mark.parametrize("proto", [(0, 0), (2, 9)])
def test_no_common_version_closes_and_says_which(proto: tuple[int, int]) -> None:
    hello = Hello(proto=proto, app="a", schema=1, device_id="d", token="t", t0=0.0)
    assert ServerSession(RULES, now=0.0).receive(encode(hello), 0.1) == [Closing(Close.VERSION, "versions=1-1")]


def test_a_newer_client_that_also_speaks_ours_is_welcome() -> None:
    hello = Hello(proto=(1, 7), app="a", schema=1, device_id="d", token="t", t0=0.0)
    assert kinds(ServerSession(RULES, now=0.0).receive(encode(hello), 0.1)) == [HelloArrived]


def test_a_second_hello_closes() -> None:
    assert kinds(greeted().receive(encode(HELLO), 0.2)) == [Closing]


def test_an_ack_is_answered_with_a_heartbeat_that_echoes() -> None:
    ack = Ack(seq=5, t0=7.25)
    assert greeted().receive(encode(ack), 1.0) == [AckArrived(ack), HeartbeatDue(7.25)]


def test_messages_come_out_typed() -> None:
    session = greeted()
    query, viewing = Query(id=1, what="record"), Viewing(ticket_id=None)
    assert session.receive(encode(query), 1.0) == [QueryArrived(query)]
    assert session.receive(encode(viewing), 1.0) == [ViewingArrived(viewing)]


def test_the_third_bad_frame_closes() -> None:
    session = greeted()
    assert kinds(session.receive("1", 1.0)) == [FrameRefused]
    assert kinds(session.receive("2", 1.0)) == [FrameRefused]
    assert kinds(session.receive("3", 1.0)) == [FrameRefused, Closing]


def test_a_command_nobody_can_read_is_rejected_for_good_and_does_not_close() -> None:
    session = greeted()
    for number in range(5):
        frame = (
            f'{{"t":"submit","outbox_id":"o","n":{number},"command":{{"do":"?"}},"created_at":"2026-01-01T00:00:00Z"}}'
        )
        assert kinds(session.receive(frame, 1.0)) == [FrameRefused]
    answers = [decode_server(frame) for frame in session.data_to_send()]
    assert answers == [Outcome(outbox_id="o", n=n, status="rejected", code="bad_frame") for n in range(5)]
    assert session.data_to_send() == []


def test_a_question_nobody_can_read_is_answered() -> None:
    session = greeted()
    session.receive('{"t":"query","id":4,"what":null}', 1.0)
    assert [decode_server(frame) for frame in session.data_to_send()] == [Reply(id=4, error="bad_frame")]


def test_a_flood_closes_with_the_time_to_wait() -> None:
    session = greeted()
    events = [session.receive(encode(Viewing()), 1.0) for _ in range(25)]
    assert [event for given in events for event in given if isinstance(event, Closing)] == [
        Closing(Close.RATE, "wait=10")
    ]
    assert isinstance(events[19][0], ViewingArrived)
    assert events[-1] == []


def test_the_allowed_rate_goes_on_for_ever() -> None:
    session = greeted()
    for step in range(300):
        assert kinds(session.receive(encode(Viewing()), step * 0.1)) == [ViewingArrived]


def test_other_limits_after_login() -> None:
    session = greeted()
    session.allow(SessionRules(frames_per_s=1000, frames_burst=1000))
    assert all(session.receive(encode(Viewing()), 1.0) for _ in range(500))


def test_silence_ends_the_session() -> None:
    session = greeted()
    session.receive(encode(Ack(seq=0, t0=0.0)), 10.0)
    assert session.tick(21.9) == [HeartbeatDue(None)]
    assert session.tick(22.1) == [Closing(0, "silent")]
    assert session.tick(23.0) == []
    assert session.receive(encode(Ack(seq=0, t0=0.0)), 23.0) == []


def test_heartbeats_go_out_by_themselves_to_a_client_that_never_acks() -> None:
    session = greeted()
    session.receive(encode(Viewing()), 4.0)
    assert session.tick(5.2) == [HeartbeatDue(None)]
    assert session.tick(9.0) == []
    assert session.tick(10.3) == [HeartbeatDue(None)]
