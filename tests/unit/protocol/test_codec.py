"""The strict door for what clients send, and the round trip of every message."""

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actor import Actor
from domain.commands import Comment, Sign
from domain.ids import UserId
from domain.vocabulary import Role
from protocol import codec
from protocol.codec import ProtocolError
from protocol.messages import (
    Ack,
    BusinessClock,
    Cursor,
    Delta,
    Event,
    Heartbeat,
    Hello,
    Outcome,
    Query,
    Submit,
    Viewing,
    Welcome,
)

AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
CURSOR = Cursor("e" * 32, 41, "0123456789abcdef", "fedcba9876543210")
HELLO = Hello(app="0.1.0", schema=1, device_id="d1", token="secret", cursor=CURSOR, topics={"reference": 3}, t0=1.5)
SUBMIT = Submit(outbox_id="o" * 32, n=7, ticket_id="180101-0001", expected_version=3, command=Sign(), created_at=AT)


def text_of(**fields: Any) -> str:
    return json.dumps({"t": "submit", "outbox_id": "o1", "n": 1, "created_at": "2026-09-01T08:30:00Z", **fields})


@pytest.mark.parametrize("message", [HELLO, Ack(seq=3, t0=2.0), SUBMIT, Query(id=1, what="record"), Viewing()])
def test_client_messages_come_back_as_they_went(message: Any) -> None:
    assert codec.decode_client(codec.encode(message)) == message


@pytest.mark.parametrize(
    "message",
    [
        Welcome(
            proto=1,
            epoch="e",
            head=3,
            scope_hash="s",
            actor=Actor(user=UserId("u"), role=Role.DISPATCHER),
            server="x",
            t0=1.0,
            server_time=AT,
            clock=BusinessClock(AT, AT, 20.0),
            resume=True,
        ),
        Delta(from_seq=1, to_seq=2, h="ab", events=(Event(seq=2, id="t", v=1, at=AT, st=AT),)),
        Outcome(outbox_id="o", n=1, status="conflict", detail={"current_version": 4}),
        Heartbeat(head=4, server_time=AT, clock=BusinessClock(AT, AT, 1.0)),
    ],
)
def test_server_messages_come_back_as_they_went(message: Any) -> None:
    assert codec.decode_server(codec.encode(message)) == message


def test_a_delta_of_ready_events_equals_the_message() -> None:
    events = tuple(
        Event(seq=seq, id="t", v=seq, at=AT, st=AT, body=msgspec.Raw(b'{"a":"\xe5\x9d\xaa"}')) for seq in (3, 5)
    )
    made = codec.encode_delta(2, 6, "ab", [codec.encode_bytes(event) for event in events])
    assert codec.decode_server(made.decode()) == Delta(from_seq=2, to_seq=6, h="ab", events=events)


def test_unknown_fields_are_ignored_but_not_in_a_command() -> None:
    assert codec.decode_client('{"t":"ack","seq":1,"t0":0,"new":true}') == Ack(seq=1, t0=0)
    with pytest.raises(ProtocolError, match="role"):
        codec.decode_client(text_of(command={"do": "sign", "role": "leader"}))


HOSTILE = {
    "a number that is none": ('{"t":"ack","seq":1,"t0":NaN}', "bad_number"),
    "infinity": ('{"t":"ack","seq":1,"t0":-Infinity}', "bad_number"),
    "a float beyond all": ('{"t":"ack","seq":1,"t0":1e999}', "bad_number"),
    "one key twice": ('{"t":"ack","seq":1,"seq":2,"t0":0}', "duplicate_key"),
    "one key twice, deep": (text_of(command={})[:-3] + '{"do":"sign","do":"close"}}', "duplicate_key"),
    "an escaped lone surrogate": ('{"t":"viewing","ticket_id":"\\ud800"}', "bad_text"),
    "a raw lone surrogate": ('{"t":"viewing","ticket_id":"\ud800"}', "bad_text"),
    "deep nesting": ('{"t":"query","id":1,"what":"x","args":' + '{"a":' * 20 + "1" + "}" * 21, "too_deep"),
    "very deep nesting": ("[" * 30_000, "too_deep"),
    "brackets hidden behind a string": ('{"a":"\\"]]]]","b":' + "[" * 17 + "]" * 17 + "}", "too_deep"),
    "5,000 digits": ('{"t":"ack","t0":0,"seq":' + "9" * 5000 + "}", "bad_number"),
    "a whole number beyond 2^53": ('{"t":"ack","t0":0,"seq":9007199254740993}', "bad_number"),
    "NUL in a text": (text_of(command={"do": "comment", "text": "a\x00b"}), "bad_text"),
    "a control character": (text_of(command={"do": "comment", "text": "a\x1bb"}), "bad_text"),
    "a carriage return": (text_of(command={"do": "comment", "text": "a\rb"}), "bad_text"),
    "a bidi override": (text_of(command={"do": "comment", "text": "a\u202eb"}), "bad_text"),
    "a long text": (text_of(command={"do": "comment", "text": "a" * 5000}), "bad_text"),
    "a long list": ('{"t":"query","id":1,"what":"x","args":{"ids":' + json.dumps(["a"] * 1001) + "}}", "too_large"),
    "a long frame": ('{"t":"viewing","ticket_id":"' + "a" * 70_000 + '"}', "too_large"),
    "too many bytes though few characters": ('{"t":"viewing","ticket_id":"' + "坪" * 22_000 + '"}', "too_large"),
    "no JSON": ("hello", "bad_json"),
    "two texts": ('{"t":"viewing"} {"t":"viewing"}', "bad_json"),
    "nothing": ("", "bad_json"),
    "a byte order mark": ('\ufeff{"t":"viewing"}', "bad_json"),
    "a list": ("[]", "bad_shape"),
    "null": ("null", "bad_shape"),
    "no tag": ('{"seq":1}', "bad_shape"),
    "an unknown tag": ('{"t":"drop_tables"}', "bad_shape"),
    "a server's message": ('{"t":"hb","head":1}', "bad_shape"),
    "text for a number": ('{"t":"ack","seq":"1","t0":0}', "bad_shape"),
    "true for a number": ('{"t":"ack","seq":true,"t0":0}', "bad_shape"),
    "a fraction for a count": ('{"t":"ack","seq":1.5,"t0":0}', "bad_shape"),
    "null for a text": ('{"t":"query","id":1,"what":null}', "bad_shape"),
    "a key of odd characters": ('{"t":"viewing","\\u0000":1}', "bad_text"),
    "an instant without a zone": (text_of(command={"do": "sign"}, created_at="2026-09-01T08:30:00"), "bad_shape"),
    "an instant in the year 9999": (text_of(command={"do": "sign"}, created_at="9999-12-31T23:59:59Z"), "bad_shape"),
    "a negative command number": (text_of(command={"do": "sign"}, n=-1), "bad_shape"),
    "an empty outbox id": (text_of(command={"do": "sign"}, outbox_id=""), "bad_shape"),
    "an unknown command": (text_of(command={"do": "delete_everything"}), "bad_shape"),
    "a wrong enum": (text_of(command={"do": "record_check", "result": "maybe"}), "bad_shape"),
}


@pytest.mark.parametrize(("frame", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_refused_with_a_code(frame: str, code: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        codec.decode_client(frame)
    assert caught.value.code == code


def test_binary_from_a_client_is_refused() -> None:
    with pytest.raises(ProtocolError) as caught:
        codec.decode_client(b"{}")
    assert caught.value.code == "binary"


def test_text_comes_out_in_one_normal_form() -> None:
    message = codec.decode_client(text_of(command={"do": "comment", "text": "e\u0301\n\t"}))
    assert isinstance(message, Submit)
    assert message.command == Comment(text="\u00e9\n\t")


def test_sixteen_levels_and_brackets_in_texts_are_fine() -> None:
    nested = '{"a":' * 14 + '"[[[[[[[[[[[[[[[["' + "}" * 14
    message = codec.decode_client('{"t":"query","id":1,"what":"x","args":' + nested + "}")
    assert isinstance(message, Query)


@pytest.mark.parametrize(
    ("frame", "ref"),
    [
        (text_of(command={"do": "no_such"}), ("submit", "o1", 1)),
        ('{"t":"query","id":9,"what":5}', ("query", 9)),
        ('{"t":"submit","outbox_id":7,"n":1}', None),
        ('{"t":"ack","seq":"x"}', None),
    ],
)
def test_a_refused_frame_says_what_it_was_about(frame: str, ref: tuple[Any, ...] | None) -> None:
    with pytest.raises(ProtocolError) as caught:
        codec.decode_client(frame)
    assert caught.value.ref == ref


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["t", "seq", "t0", "n", "outbox_id", "command", "created_at", "args", "id", "what", "cursor", "do"]
    ),
    JSON | st.sampled_from(["submit", "ack", "hello", "query", "viewing", "sign"]),
)


@given(FIELDS)
def test_no_json_object_gets_past_with_anything_but_a_protocol_error(fields: dict[str, Any]) -> None:
    try:
        message = codec.decode_client(json.dumps(fields))
    except ProtocolError:
        return
    assert codec.decode_client(codec.encode(message)) == message


@given(st.text() | st.from_regex(r'\{"t":"(ack|submit|hello)".*\}', fullmatch=True))
def test_no_text_gets_past_with_anything_but_a_protocol_error(frame: str) -> None:
    with contextlib.suppress(ProtocolError):
        assert codec.decode_client(frame) is not None


@given(st.text() | st.binary())
def test_a_client_survives_any_frame(frame: str | bytes) -> None:
    with contextlib.suppress(ProtocolError):
        assert codec.decode_server(frame) is not None


@given(
    outbox_id=st.text("0123456789abcdef", min_size=1, max_size=64),
    n=st.integers(0, 2**53 - 1),
    text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Mn", "Cn"]), max_size=200),
    at=st.datetimes(datetime(2000, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)),
)
def test_any_well_formed_submit_comes_back(outbox_id: str, n: int, text: str, at: datetime) -> None:
    message = codec.decode_client(
        codec.encode(Submit(outbox_id=outbox_id, n=n, command=Comment(text=text), created_at=at))
    )
    assert isinstance(message, Submit)
    assert (message.outbox_id, message.n, message.created_at) == (outbox_id, n, at)


def test_chunks_carry_their_number() -> None:
    index, data = codec.decode_chunk(codec.encode_chunk(70_000, b"abc"))
    assert (index, bytes(data)) == (70_000, b"abc")
    with pytest.raises(ProtocolError):
        codec.decode_chunk(b"\0\0\0\0")
