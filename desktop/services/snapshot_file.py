"""A snapshot on its way to the disk: the file beside the cache into which the session unpacks what arrives.

The session (protocol.snapshot_stream) checks sizes and digest; nothing is believed before it says complete, and a failed or
partial file is removed whole. `write` may be called from any one thread.
"""

from pathlib import Path


class SnapshotFile:
    """The sink of one snapshot. Raises OSError from every method where the disk refuses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink(missing_ok=True)
        self._file = path.open("wb")

    def write(self, data: bytes, /) -> int:
        return self._file.write(data)

    def close(self) -> None:
        self._file.close()

    def discard(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)
