"""Sources that need no player: motion JPEG over HTTP, and one JPEG at a time over HTTP or from a file."""

import asyncio
import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit

from desktop.services.cameras.source import PREVIEW_S, Order, Sink
from domain.cameras import FailCode
from protocol.camera_dialog import CameraError, Reply, ask

JPEG_MOST = 8 * 1024 * 1024
STILL_S = 8.0
READ_S = 5.0
FOLLOW_S = 1.0
"""How often a still is fetched anew where it stands in for a stream."""
_START, _END = b"\xff\xd8", b"\xff\xd9"
log = logging.getLogger(__name__)


class TaskSource:
    """A source that is one task. Subclasses write `run`; an error of theirs becomes a code, a defect goes to the log."""

    def __init__(self, order: Order, sink: Sink) -> None:
        self.order, self.sink = order, sink
        self.full = order.full
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = self.order.spawn(self._guard(), f"camera {self.order.id}")

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def set_full(self, full: bool) -> None:
        self.full = full

    async def run(self) -> None:
        """Ends by raising CameraError; ending plainly means that the other side closed."""
        raise NotImplementedError

    async def _guard(self) -> None:
        try:
            await self.run()
            code = FailCode.ENDED
        except CameraError as error:
            code = error.code
        except TimeoutError:
            code = FailCode.SILENT
        except OSError:
            code = FailCode.ENDED
        if self._task is not None:
            self.sink.failed(code)


class StillSource(TaskSource):
    """A JPEG or PNG over HTTP or from a file, again every second while it stands in for a stream."""

    async def run(self) -> None:
        while True:
            async with asyncio.timeout(STILL_S):
                data = await self._fetch()
            picture = await asyncio.to_thread(self.order.kit.decode, data)
            if picture is None:
                raise CameraError(FailCode.TRUNCATED if data.startswith(_START) else FailCode.NOT_VIDEO)
            self.sink.picture(picture)
            await asyncio.sleep(FOLLOW_S)

    async def _fetch(self) -> bytes:
        address = self.order.address
        if address.startswith("file:"):
            return await asyncio.to_thread(_read_file, Path(unquote(urlsplit(address).path)))
        async with await ask(address, "GET", allow=self.order.allow, login=self.order.login) as reply:
            return await reply.read_all(JPEG_MOST)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(JPEG_MOST + 1)
    except FileNotFoundError:
        raise CameraError(FailCode.NOT_FOUND) from None
    except OSError:
        raise CameraError(FailCode.UNREACHABLE) from None
    if len(data) > JPEG_MOST:
        raise CameraError(FailCode.NOT_VIDEO)
    return data


class MjpegSource(TaskSource):
    """multipart/x-mixed-replace: every part arrives, only those that are shown are decoded."""

    async def run(self) -> None:
        async with await ask(self.order.address, "GET", allow=self.order.allow, login=self.order.login) as reply:
            if reply.media_type != "multipart/x-mixed-replace":
                raise CameraError(FailCode.NOT_VIDEO)
            await self._follow(Parts(reply))

    async def _follow(self, parts: "Parts") -> None:
        loop = asyncio.get_running_loop()
        due, shown = 0.0, False
        while True:
            async with asyncio.timeout(READ_S):
                data = await parts.next()
            if data is None:
                return
            now = loop.time()
            if not self.full and now < due:
                self.sink.alive()
                continue
            due = max(due + PREVIEW_S, now) if due and now - due < PREVIEW_S else now + PREVIEW_S
            picture = await asyncio.to_thread(self.order.kit.decode, data)
            if picture is not None:
                shown = True
                self.sink.picture(picture)
            elif not shown:
                raise CameraError(FailCode.NOT_VIDEO)
            else:
                self.sink.alive()  # one broken picture among good ones


class Parts:
    """The pictures of a multipart stream, by Content-Length where it is given and else by the JPEG's own ends."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._held = bytearray()
        self._boundary = b"--" + reply.parameter("boundary").removeprefix("--").encode("latin-1", "replace")

    async def next(self) -> bytes | None:
        """The next picture; None at the end."""
        while True:
            start = self._held.find(self._boundary)
            head_end = self._held.find(b"\r\n\r\n", max(start, 0))
            if start >= 0 and head_end >= 0:
                length = _length(bytes(self._held[start:head_end]))
                del self._held[: head_end + 4]
                return await (self._sized(length) if length else self._unsized())
            if len(self._held) > JPEG_MOST:
                raise CameraError(FailCode.NOT_VIDEO)
            if not await self._more():
                return None

    async def _sized(self, length: int) -> bytes:
        if length > JPEG_MOST:
            raise CameraError(FailCode.NOT_VIDEO)
        while len(self._held) < length:
            if not await self._more():
                raise CameraError(FailCode.TRUNCATED)
        data = bytes(self._held[:length])
        del self._held[:length]
        return data

    async def _unsized(self) -> bytes:
        looked = 0
        while (end := self._held.find(b"\r\n" + self._boundary, looked)) < 0:
            looked = max(0, len(self._held) - len(self._boundary) - 2)
            if len(self._held) > JPEG_MOST:
                raise CameraError(FailCode.NOT_VIDEO)
            if not await self._more():
                raise CameraError(FailCode.TRUNCATED)
        data = bytes(self._held[:end])
        del self._held[:end]
        return data

    async def _more(self) -> bool:
        data = await self._reply.read(64 * 1024)
        self._held += data
        return bool(data)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return 0
