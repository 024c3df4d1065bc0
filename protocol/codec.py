"""Bytes ↔ messages. What comes from a client passes one strict door (S23); nothing behind it checks shapes again.

Text frames are one JSON object in UTF-8. A binary frame is a snapshot chunk: 4 bytes big-endian index, then the data.
"""

import json
import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct

from domain.documents import MAX_ID
from protocol.messages import (
    BLOB_CHUNK,
    BLOB_MAX,
    MAX_INBOUND,
    MEDIA_TYPES,
    Act,
    BlobGet,
    BlobPut,
    ClientMessage,
    Hello,
    Message,
    ServerMessage,
    Submit,
)
from protocol.text import normal

MAX_DEPTH = 16
MAX_ITEMS = 1000
"""Members of one list or object from a client."""
MAX_KEY = 64
MAX_NUMBER = 2**53 - 1
"""Whole numbers beyond this are not the same in every JSON reader."""
MAX_FRAME = 1024 * 1024
"""What a client accepts from its server in one text frame. Deltas keep to MAX_OUTBOUND; a single large topic may be longer."""
CHUNK_HEAD = 4

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
_encoder = msgspec.json.Encoder()
_server_decoder: msgspec.json.Decoder[ServerMessage] = msgspec.json.Decoder(ServerMessage)


class ProtocolError(Exception):
    """A frame that breaks the protocol. `code` is for the peer, the text for the log; neither repeats the frame's content.

    Codes: binary · too_large · bad_json · too_deep · duplicate_key · bad_text · bad_number · bad_shape · order.
    `ref` is set where the frame can still be answered: ("submit", outbox_id, n) or ("query", id).
    """

    def __init__(self, code: str, text: str, ref: tuple[Any, ...] | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.ref = ref


class _RawDelta(Struct, frozen=True, tag_field="t", tag="delta"):
    """A Delta whose events are encoded already: every scope of a tick shares their bytes."""

    from_seq: int
    to_seq: int
    h: str
    events: tuple[Raw, ...]


def encode(message: Message) -> str:
    return _encoder.encode(message).decode()


def encode_bytes(message: Struct) -> bytes:
    """UTF-8 JSON of a message, or of an Event of a delta."""
    return _encoder.encode(message)


def encode_delta(from_seq: int, to_seq: int, h: str, events: Sequence[bytes]) -> bytes:
    """A Delta from events that `encode_bytes` made."""
    return _encoder.encode(_RawDelta(from_seq, to_seq, h, tuple(Raw(event) for event in events)))


def encode_chunk(index: int, data: bytes) -> bytes:
    return index.to_bytes(CHUNK_HEAD) + data


def decode_chunk(frame: bytes) -> tuple[int, memoryview]:
    if len(frame) <= CHUNK_HEAD:
        raise ProtocolError("bad_shape", "snapshot chunk without data")
    return int.from_bytes(frame[:CHUNK_HEAD]), memoryview(frame)[CHUNK_HEAD:]


def decode_server(frame: str | bytes) -> ServerMessage:
    """A text frame of the server. Raises ProtocolError."""
    if len(frame) > MAX_FRAME:
        raise ProtocolError("too_large", f"frame of {len(frame)}, at most {MAX_FRAME}")
    try:
        return _server_decoder.decode(frame)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ProtocolError("bad_shape", str(error)) from error


def decode_client(frame: str | bytes, max_bytes: int = MAX_INBOUND) -> ClientMessage:
    """A text frame of a client, checked in full; texts come out in NFC. Raises ProtocolError."""
    if isinstance(frame, bytes):
        raise ProtocolError("binary", "clients send text frames only")
    tree = _checked_tree(frame, max_bytes)
    try:
        message: ClientMessage = msgspec.convert(_with_raw_body(tree), ClientMessage)
        _check_meaning(message)
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        raise ProtocolError("bad_shape", str(error), _reference(tree)) from error
    return message


def _checked_tree(frame: str, max_bytes: int) -> dict[str, Any]:
    """The JSON object with every rule on size, depth, keys, numbers and texts held."""
    try:
        data = frame.encode()
    except UnicodeEncodeError as error:
        raise ProtocolError("bad_text", "lone surrogate") from error
    if len(data) > max_bytes:
        raise ProtocolError("too_large", f"frame of {len(data)} bytes, at most {max_bytes}")
    if _depth(data) > MAX_DEPTH:
        raise ProtocolError("too_deep", f"nested deeper than {MAX_DEPTH}")
    try:
        tree = json.loads(frame, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("bad_json", "not a JSON text") from error
    if not isinstance(tree, dict):
        raise ProtocolError("bad_shape", "not an object")
    # A part of a file is no text: base64 (msgspec checks that), as long as the frame allows.
    part = tree.pop("data", None) if tree.get("t") == "blob_put" else None
    _check_values(tree)
    if part is not None:
        tree["data"] = part
    return tree


def _with_raw_body(tree: dict[str, Any]) -> dict[str, Any]:
    """The checked body of an act as bytes again: only the server knows the types of its kind."""
    if tree.get("t") != "act" or not isinstance(tree.get("body"), dict):
        return tree
    return {**tree, "body": Raw(_encoder.encode(tree["body"]))}


def _depth(data: bytes) -> int:
    if data.count(b"{") + data.count(b"[") <= MAX_DEPTH:
        return 0
    deepest = depth = 0
    for bracket in _BRACKETS.findall(_STRING.sub(b"", data)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # json keeps the last of two equal keys, other readers the first: {"role": …, "role": …} must not mean two things.
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ProtocolError("duplicate_key", "one key stands twice")
    return result


def _no_constant(name: str) -> float:
    raise ProtocolError("bad_number", f"{name} is not a number of JSON")


def _integer(digits: str) -> int:
    if len(digits) > 17:
        raise ProtocolError("bad_number", "whole number out of range")
    return int(digits)


def _check_values(tree: dict[str, Any]) -> None:
    """Check numbers and texts, and put texts into NFC in place. Depth is bounded already."""
    for key, value in tree.items():
        if len(key) > MAX_KEY or not key.isascii() or not key.isprintable():
            raise ProtocolError("bad_text", "bad key")
        tree[key] = _checked(value)
    if len(tree) > MAX_ITEMS:
        raise ProtocolError("too_large", f"more than {MAX_ITEMS} members")


def _checked(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return normal(value)
        except ValueError as error:
            raise ProtocolError("bad_text", str(error)) from error
    if isinstance(value, dict):
        _check_values(value)
    elif isinstance(value, list):
        if len(value) > MAX_ITEMS:
            raise ProtocolError("too_large", f"more than {MAX_ITEMS} members")
        value[:] = [_checked(member) for member in value]
    elif isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= MAX_NUMBER):
        raise ProtocolError("bad_number", "number out of range")
    return value


def _check_meaning(message: ClientMessage) -> None:
    """What the types cannot say. Raises ValueError."""
    if isinstance(message, Hello):
        if message.proto[0] > message.proto[1]:
            raise ValueError("proto: lowest version above the highest")
        if message.cursor is not None and message.cursor.seq < 0:
            raise ValueError("cursor: negative")
    elif isinstance(message, Submit | Act):
        if message.n < 0 or message.settled_below < 0 or not 0 < len(message.outbox_id) <= 64:
            raise ValueError("command id out of range")
        _check_instant(message.created_at)
        if message.occurred_at is not None:
            _check_instant(message.occurred_at)
        if isinstance(message, Act):
            _check_document(message)
    elif isinstance(message, BlobPut | BlobGet):
        _check_blob(message)


def _check_document(act: Act) -> None:
    if _KIND.fullmatch(act.kind) is None:
        raise ValueError("kind out of range")
    if act.doc_id is not None and not 0 < len(act.doc_id) <= MAX_ID:
        raise ValueError("document id out of range")


def _check_blob(message: BlobPut | BlobGet) -> None:
    if _SHA256.fullmatch(message.sha256) is None or message.offset < 0:
        raise ValueError("digest or offset out of range")
    if isinstance(message, BlobPut):
        if not 0 < message.size <= BLOB_MAX or message.media_type not in MEDIA_TYPES:
            raise ValueError("size or media type out of range")
        if not 0 < len(message.data) <= min(BLOB_CHUNK, message.size - message.offset):
            raise ValueError("part out of range")


def _check_instant(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("instant without a zone")
    if not 2000 <= at.year < 2200:
        raise ValueError("instant out of range")


def _reference(tree: dict[str, Any]) -> tuple[Any, ...] | None:
    """What a refused frame was about. A command that no server will ever read must not come back for ever (P14)."""
    kind, outbox_id, number, question = (tree.get(key) for key in ("t", "outbox_id", "n", "id"))
    if kind in ("submit", "act") and isinstance(outbox_id, str) and len(outbox_id) <= 64 and type(number) is int:
        return ("submit", outbox_id, number)
    if kind in ("query", "blob_put", "blob_get") and type(question) is int:
        return ("query", question)
    return None
