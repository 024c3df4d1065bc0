"""A snapshot put together from chunks: exactly the declared file, or nothing."""

import hashlib
import io
import os

import pytest
import zstandard

from protocol.codec import ProtocolError
from protocol.messages import Cursor, SnapshotBegin
from protocol.snapshot_stream import SnapshotAssembly

RAW = os.urandom(50_000) + bytes(100_000)
PACKED = zstandard.compress(RAW)
CHUNK = 8_000
CHUNKS = [PACKED[start : start + CHUNK] for start in range(0, len(PACKED), CHUNK)]
CURSOR = Cursor("e", 5, "h", "s")


def begin(**other: object) -> SnapshotBegin:
    fields = {
        "cursor": CURSOR,
        "chunks": len(CHUNKS),
        "size": len(PACKED),
        "raw_size": len(RAW),
        "tickets": 3,
        "sha256": hashlib.sha256(PACKED).hexdigest(),
    }
    return SnapshotBegin(**{**fields, **other})  # type: ignore[arg-type]


def assemble(announced: SnapshotBegin, chunks: list[bytes], sink: io.BytesIO | None = None) -> bytes:
    sink = sink or io.BytesIO()
    assembly = SnapshotAssembly(announced, sink, max_raw_size=200_000)
    for index, chunk in enumerate(chunks):
        assembly.feed(index, memoryview(chunk))
    assembly.finish()
    return sink.getvalue()


def test_the_file_comes_out_as_it_was() -> None:
    assert assemble(begin(), CHUNKS) == RAW


@pytest.mark.parametrize("position", [0, 10, 20_000, len(PACKED) - 1])
def test_a_flipped_bit_is_found(position: int) -> None:
    spoilt = bytearray(PACKED)
    spoilt[position] ^= 1
    chunks = [bytes(spoilt[start : start + CHUNK]) for start in range(0, len(spoilt), CHUNK)]
    with pytest.raises(ProtocolError):
        assemble(begin(), chunks)


def test_a_bomb_is_stopped_at_the_declared_size() -> None:
    bomb = zstandard.compress(bytes(500 * 1024 * 1024))
    sink = io.BytesIO()
    announced = begin(chunks=1, size=len(bomb), raw_size=200_000, sha256=hashlib.sha256(bomb).hexdigest())
    with pytest.raises(ProtocolError, match="unpacks to more"):
        assemble(announced, [bomb], sink)
    assert len(sink.getvalue()) <= 200_000


def test_an_absurd_declaration_is_refused_at_once() -> None:
    with pytest.raises(ProtocolError, match="at most"):
        SnapshotAssembly(begin(raw_size=200_001), io.BytesIO(), max_raw_size=200_000)
    with pytest.raises(ProtocolError, match="sizes"):
        SnapshotAssembly(begin(chunks=0), io.BytesIO(), max_raw_size=200_000)


def test_chunks_out_of_order_missing_or_too_many_are_refused() -> None:
    with pytest.raises(ProtocolError, match="expected 0"):
        SnapshotAssembly(begin(), io.BytesIO(), 200_000).feed(1, memoryview(CHUNKS[1]))
    with pytest.raises(ProtocolError, match="not as long"):
        assemble(begin(), CHUNKS[:-1])
    with pytest.raises(ProtocolError, match="expected"):
        assemble(begin(), [*CHUNKS, b"x"])
    with pytest.raises(ProtocolError, match="longer"):
        assemble(begin(chunks=len(CHUNKS) + 1), [*CHUNKS, b"x"])


def test_a_file_shorter_than_declared_is_refused() -> None:
    with pytest.raises(ProtocolError, match="not as long"):
        assemble(begin(raw_size=len(RAW) + 1), CHUNKS)


def test_a_wrong_digest_is_refused() -> None:
    with pytest.raises(ProtocolError, match="digest"):
        assemble(begin(sha256="0" * 64), CHUNKS)


def test_a_full_disk_is_the_callers_to_handle() -> None:
    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        assemble(begin(), CHUNKS, Full())
