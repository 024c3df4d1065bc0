"""A snapshot on its way: cut into frames by the server, put together and checked by the client. Opens no file itself."""

import hashlib
from typing import Protocol

import zstandard

from protocol.codec import ProtocolError
from protocol.messages import SnapshotBegin

CHUNK_BYTES = 64 * 1024
"""Payload of one frame. Small enough that a heartbeat behind it is not late on a line of 64 kB/s."""
MAX_RAW_SIZE = 8 * 1024**3
"""A client never unpacks more than this, whatever is declared. Ten years of a district are about 4 GB."""
MAX_WINDOW = 8 * 1024**2
WRITE_BYTES = 256 * 1024


class Sink(Protocol):
    """Where the unpacked file goes: an open binary file of the caller, who closes it, renames it or throws it away."""

    def write(self, data: bytes, /) -> int: ...


class _Counting:
    """Passes bytes on to the sink while they stay within the declared size: a small chunk can hold gigabytes of zeros."""

    def __init__(self, sink: Sink, raw_size: int) -> None:
        self._sink = sink
        self._raw_size = raw_size
        self.written = 0

    def write(self, data: bytes) -> int:
        # zstandard lends its own buffer: it must not be kept by the sink.
        data = bytes(data)
        self.written += len(data)
        if self.written > self._raw_size:
            raise ProtocolError("too_large", f"snapshot unpacks to more than the {self._raw_size} bytes declared")
        self._sink.write(data)
        return len(data)


class SnapshotAssembly:
    """Feed the chunks in order, then `finish`. Raises ProtocolError for anything but exactly the declared file.

    The digest is that of the compressed bytes, so it is checked before anything depends on the unpacked ones.
    What `sink.write` raises (a full disk) comes out of `feed` unchanged.
    """

    def __init__(self, begin: SnapshotBegin, sink: Sink, max_raw_size: int = MAX_RAW_SIZE) -> None:
        if not 0 < begin.raw_size <= max_raw_size:
            raise ProtocolError("too_large", f"snapshot of {begin.raw_size} bytes, at most {max_raw_size}")
        if not 0 < begin.chunks <= begin.size:
            raise ProtocolError("bad_shape", "snapshot sizes do not fit")
        self._begin = begin
        self._counting = _Counting(sink, begin.raw_size)
        decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
        self._unpacker = decompressor.stream_writer(self._counting, write_size=WRITE_BYTES, closefd=False)  # type: ignore[arg-type]
        self._sha256 = hashlib.sha256()
        self.next_index = 0
        self.received = 0

    @property
    def complete(self) -> bool:
        return self.next_index == self._begin.chunks

    def feed(self, index: int, data: memoryview) -> None:
        if index != self.next_index or self.complete:
            raise ProtocolError("order", f"snapshot chunk {index}, expected {self.next_index}")
        self.next_index += 1
        self.received += len(data)
        if self.received > self._begin.size:
            raise ProtocolError("too_large", f"snapshot longer than the {self._begin.size} bytes declared")
        self._sha256.update(data)
        try:
            self._unpacker.write(data)
        except zstandard.ZstdError as error:
            raise ProtocolError("bad_shape", f"snapshot cannot be unpacked: {error}") from error

    def finish(self) -> None:
        """Check the whole. Raises ProtocolError; then the file must be thrown away."""
        begin = self._begin
        if self.received != begin.size or self._counting.written != begin.raw_size:
            raise ProtocolError("bad_shape", "snapshot is not as long as declared")
        if self._sha256.hexdigest() != begin.sha256:
            raise ProtocolError("digest", "snapshot digest differs")
