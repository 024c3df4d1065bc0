"""Acts and file parts through the one strict door: what they may hold, and what a refused one is answered with."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from protocol.codec import ProtocolError, decode_client, encode
from protocol.documents import KindBook
from protocol.messages import BLOB_CHUNK, BLOB_MAX, MAX_INBOUND, Act, BlobGet, BlobPut
from tests.unit.domain.notices import NOTICE, Post, Tick

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SHA = "ab" * 32


def act(**fields: Any) -> dict[str, Any]:
    plain = {
        "t": "act",
        "outbox_id": "o",
        "n": 1,
        "kind": "notice",
        "body": {"do": "tick"},
        "created_at": AT.isoformat(),
    }
    return plain | fields


def put(**fields: Any) -> dict[str, Any]:
    data = base64.b64encode(b"x" * 10).decode()
    return {
        "t": "blob_put",
        "id": 3,
        "sha256": SHA,
        "size": 10,
        "media_type": "image/png",
        "offset": 0,
        "data": data,
    } | fields


def refusal(frame: dict[str, Any]) -> tuple[str, tuple[Any, ...] | None]:
    with pytest.raises(ProtocolError) as error:
        decode_client(json.dumps(frame))
    return error.value.code, error.value.ref


def test_an_act_comes_through_with_its_body_as_bytes() -> None:
    message = Act(outbox_id="o", n=4, kind="notice", doc_id="NB-1", expected_version=2,
                  body=msgspec.Raw(b'{"do":"post","text":"\xe7\x8e\x8b"}'), created_at=AT)  # fmt: skip
    read = decode_client(encode(message))
    assert read == message
    assert isinstance(read, Act)
    assert KindBook([NOTICE])["notice"].command(read.body) == Post(text="王")


def test_the_body_of_an_act_passes_the_same_door() -> None:
    composed = decode_client(json.dumps(act(body={"do": "post", "text": "e\u0301"})))
    assert isinstance(composed, Act)
    assert msgspec.json.decode(composed.body)["text"] == "\u00e9"
    assert refusal(act(body={"do": "post", "text": "\u202e"}))[0] == "bad_text"
    assert refusal(act(body={"do": "post", "text": "x" * 4097}))[0] == "bad_text"
    assert refusal(act(body={"do": "post", "n": 2**60}))[0] == "bad_number"


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": None}, {"body": "tick"}, {"body": [1]}, {"kind": ""}, {"kind": "No"}, {"kind": "x" * 33}, {"doc_id": ""},
        {"doc_id": "x" * 65}, {"n": -1}, {"expected_version": "1"}, {"created_at": "2026-03-02T08:00:00"},
    ],
)  # fmt: skip
def test_an_act_that_cannot_be_is_answered_by_its_number(wrong: dict[str, Any]) -> None:
    assert refusal(act(**wrong)) == ("bad_shape", ("submit", "o", wrong.get("n", 1)))


def test_a_part_of_a_file_may_be_longer_than_a_text() -> None:
    data = bytes(range(256)) * (BLOB_CHUNK // 256)
    message = BlobPut(
        id=2**31, sha256=SHA, size=BLOB_MAX, media_type="application/pdf", offset=BLOB_MAX - len(data), data=data
    )
    frame = encode(message)
    assert len(frame) <= MAX_INBOUND
    assert decode_client(frame) == message
    assert decode_client(encode(BlobGet(id=1, sha256=SHA, offset=9))) == BlobGet(id=1, sha256=SHA, offset=9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": SHA[:-1]}, {"sha256": SHA.upper()}, {"size": 0}, {"size": BLOB_MAX + 1}, {"media_type": "image/svg+xml"},
        {"offset": -1}, {"offset": 5}, {"data": ""}, {"data": "###"}, {"data": 7}, {"data": None}, {"size": 9},
    ],
)  # fmt: skip
def test_a_part_that_cannot_be_is_answered_by_its_number(wrong: dict[str, Any]) -> None:
    assert refusal(put(**wrong)) == ("bad_shape", ("query", 3))


def test_only_the_data_of_a_part_is_spared_the_rule_for_texts() -> None:
    assert refusal(put(media_type="x" * 5000))[0] == "bad_text"
    assert refusal({"t": "query", "id": 1, "what": "x", "args": {}, "data": "x" * 5000})[0] == "bad_text"


def test_names_of_kinds_are_their_own() -> None:
    for kinds in (
        [NOTICE, NOTICE],
        [msgspec.structs.replace(NOTICE, name="ticket")],
        [msgspec.structs.replace(NOTICE, name="No tice")],
    ):
        with pytest.raises(ValueError, match="kind of document"):
            KindBook(kinds)
    assert [bound.name for bound in KindBook([NOTICE])] == ["notice"]
    assert KindBook([NOTICE])["notice"].command(b'{"do":"tick"}') == Tick()
