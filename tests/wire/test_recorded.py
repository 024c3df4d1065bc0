"""Frames as older releases sent them: they must be understood for ever, and mean what they meant."""

import json
from pathlib import Path
from typing import Any

import pytest

from protocol.codec import decode_client, decode_server, encode
from tests.wire.make_frames import CLIENT, SERVER

HERE = Path(__file__).parent


def recorded(version: str, side: str) -> dict[str, Any]:
    frames: dict[str, Any] = json.loads((HERE / version / f"{side}.json").read_text(encoding="utf-8"))
    return frames


@pytest.mark.parametrize("name", recorded("v1", "client"))
def test_what_a_desk_of_version_1_says_is_understood(name: str) -> None:
    frame = json.dumps(recorded("v1", "client")[name], ensure_ascii=False)
    assert decode_client(frame) == CLIENT[name]


@pytest.mark.parametrize("name", recorded("v1", "server"))
def test_what_a_server_of_version_1_says_is_understood(name: str) -> None:
    frame = json.dumps(recorded("v1", "server")[name], ensure_ascii=False, separators=(",", ":"))
    assert decode_server(frame) == SERVER[name]


@pytest.mark.parametrize("name", recorded("v1", "server"))
def test_fields_of_a_newer_server_are_ignored(name: str) -> None:
    frame = {**recorded("v1", "server")[name], "of_a_newer_version": [1, {"x": None}]}
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    assert decode_server(text) == SERVER[name]


@pytest.mark.parametrize("side", ["client", "server"])
def test_what_is_sent_today_is_what_was_recorded(side: str) -> None:
    """Fails when a message changed its look on the wire: then a new protocol version is due, with new recordings."""
    messages = CLIENT if side == "client" else SERVER
    assert {name: json.loads(encode(message)) for name, message in messages.items()} == recorded("v1", side)
