"""Files that documents refer to (photos, signed papers): safe on this disk first, then brought to the server in parts.

A file given here may be named in a command at once, also without a line: the command waits in the outbox until the server has
the file. What the server has is deleted here; what it refuses too, and then the command that names it is refused by name.
Pictures are not decoded here: who shows one limits its pixels.
"""

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from desktop.services.outbox_file import DocAct, Item
from desktop.services.questions import Questions
from desktop.services.sqlite_file import fsync_path
from desktop.services.values import Answer, Refusal
from domain.documents import BlobRef
from domain.photo_bytes import PhotoError, without_traces
from protocol.messages import BLOB_CHUNK, BLOB_MAX, JSON, WORD, BlobGet, BlobPart, BlobProgress, BlobPut
from protocol.server_session import Bucket

FOLDER = "files"
MAGIC = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": WORD,
    b"{": JSON,
}
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", WORD: ".docx", JSON: ".json"}
PARTS_PER_S = 40.0
"""Below the frames that the server allows one session, so that commands and heartbeats always fit beside a large file."""
PARTS_BURST = 40
RETRY = frozenset({"offline", "timeout", "busy", "unavailable", "storage_full", "internal"})
log = logging.getLogger(__name__)


def media_type_of(data: bytes) -> str:
    """By its first bytes; "" for what is neither jpeg, png, pdf, docx nor json."""
    return next((media_type for magic, media_type in MAGIC.items() if data.startswith(magic)), "")


class Files:
    """Of one login. `online`: a session is live. `on_brought` is called when a file has left this list, either way."""

    def __init__(
        self,
        directory: Path,
        questions: Questions,
        online: Callable[[], bool],
        monotonic: Callable[[], float],
        on_brought: Callable[[], None],
    ) -> None:
        self._folder = directory / FOLDER
        self._questions = questions
        self._online = online
        self._monotonic = monotonic
        self._on_brought = on_brought
        self._bucket = Bucket(PARTS_PER_S, PARTS_BURST, monotonic())
        self._waiting: dict[str, BlobRef] = {}
        self._bringing = asyncio.Lock()

    async def open(self) -> None:
        """Find what an earlier run left. Raises OSError."""
        self._waiting = await asyncio.to_thread(self._found)

    @property
    def waiting(self) -> bool:
        """Whether anything has still to be brought."""
        return bool(self._waiting)

    def held(self, item: Item) -> bool:
        """Whether a command names a file that the server does not have yet."""
        command = item.command
        return isinstance(command, DocAct) and any(sha256 in command.body for sha256 in self._waiting)

    async def put(self, data: bytes) -> BlobRef | Refusal:
        """Take a file over. When this returns a BlobRef, the file is on disk. Photos lose here what they tell beside the picture
        (place, phone, time): what leaves this machine is named by the digest of what is left."""
        media_type = media_type_of(data)
        if not media_type or len(data) > BLOB_MAX:
            return Refusal("bad_file", {"size": len(data), "most": BLOB_MAX})
        try:
            data = await asyncio.to_thread(without_traces, data)
        except PhotoError as error:
            log.info("photo not taken: %s", error)
            return Refusal("bad_picture")
        sha256 = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
        ref = BlobRef(sha256, len(data), media_type)
        if sha256 not in self._waiting:
            try:
                await asyncio.to_thread(_write, self._path(ref), data)
            except OSError as error:
                log.warning("file not stored: %s", error)
                return Refusal("storage_full")
            self._waiting[sha256] = ref
        return ref

    async def get(self, ref: BlobRef) -> bytes | Refusal:
        """The bytes of a file that a document of this session refers to, checked against its digest."""
        if ref.sha256 in self._waiting:
            try:
                return await asyncio.to_thread(self._path(ref).read_bytes)
            except OSError as error:
                log.info("own file not readable, asking the server: %s", error)
        data = bytearray()
        while len(data) < ref.size:
            answer = await self._ask_part(ref.sha256, len(data))
            if answer.body is None:
                return Refusal(answer.error)
            part = msgspec.json.decode(answer.body, type=BlobPart)
            if part.offset != len(data) or not part.data or len(data) + len(part.data) > ref.size:
                return Refusal("bad_file")
            data += part.data
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            return Refusal("bad_file")
        return bytes(data)

    async def bring(self) -> None:
        """Bring what waits to the server. Ends when all is there, or the line goes; call it again later."""
        if self._bringing.locked():
            return
        async with self._bringing:
            for ref in tuple(self._waiting.values()):
                if not self._online() or not await self._bring(ref):
                    return

    # -- inside ---------------------------------------------------------------------------------

    async def _bring(self, ref: BlobRef) -> bool:
        """False where it must be tried again later."""
        path = self._path(ref)
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            log.warning("file %s is lost: %s", path.name, error)
            self._let_go(ref)
            return True
        offset = 0
        while True:
            answer = await self._send_part(ref, offset, data[offset : offset + BLOB_CHUNK])
            if answer.body is None:
                if answer.error in RETRY:
                    return False
                log.warning("file %s refused: %s", path.name, answer.error)
                break
            progress = msgspec.json.decode(answer.body, type=BlobProgress)
            if progress.done:
                break
            if not 0 <= progress.offset < ref.size:
                log.warning("file %s: the server has %d of %d", path.name, progress.offset, ref.size)
                return False
            offset = progress.offset
        self._let_go(ref)
        return True

    async def _send_part(self, ref: BlobRef, offset: int, data: bytes) -> Answer:
        if not self._bucket.take(self._monotonic()):
            await asyncio.sleep(self._bucket.wait_s())
            self._bucket.take(self._monotonic())

        def make(number: int) -> BlobPut:
            return BlobPut(
                id=number, sha256=ref.sha256, size=ref.size, media_type=ref.media_type, offset=offset, data=data
            )

        return await self._questions.ask_by(make)

    async def _ask_part(self, sha256: str, offset: int) -> Answer:
        return await self._questions.ask_by(lambda number: BlobGet(id=number, sha256=sha256, offset=offset))

    def _let_go(self, ref: BlobRef) -> None:
        self._waiting.pop(ref.sha256, None)
        try:
            self._path(ref).unlink(missing_ok=True)
        except OSError as error:
            log.warning("file stays on disk: %s", error)
        self._on_brought()

    def _path(self, ref: BlobRef) -> Path:
        return self._folder / (ref.sha256 + SUFFIXES[ref.media_type])

    def _found(self) -> dict[str, BlobRef]:
        self._folder.mkdir(parents=True, exist_ok=True)
        found: dict[str, BlobRef] = {}
        media_types = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
        for path in self._folder.iterdir():
            size = path.stat().st_size
            if path.suffix in media_types and len(path.stem) == 64 and 0 < size <= BLOB_MAX:
                found[path.stem] = BlobRef(path.stem, size, media_types[path.suffix])
            else:
                path.unlink()  # half written when the machine went down: nobody was told of it
        return found


def _write(path: Path, data: bytes) -> None:
    """Durable: a command may name it from now on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    fsync_path(path.parent)
