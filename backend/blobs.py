"""Files beside the log (photos, signed papers): taken in parts, checked whole, given out to who may see what refers to them.

A part lies in a temporary file, so that a hall that uploads costs no memory; only a file whose size, digest and first bytes are
as announced gets into the store, and a picture only where it is one of bearable size (backend.pictures). What a file means is
the business of the document that refers to it.
"""

import asyncio
import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from backend import pictures
from backend.answers import QueryError
from backend.store import documents, reads
from backend.store.base import LogStore
from backend.store.documents import BlobMeta
from backend.store.errors import FatalError, RetryableError
from domain.actor import Actor, Scope
from domain.documents import BlobRef, covers
from domain.photo_bytes import PhotoError, without_traces
from domain.vocabulary import Role
from protocol.documents import KindBook
from protocol.messages import BLOB_MAX, JSON, WORD, BlobGet, BlobPart, BlobProgress, BlobPut
from protocol.snapshot import millis

MAGIC = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/pdf": b"%PDF-",
    WORD: b"PK\x03\x04",
    JSON: b"{",
}
GET_CHUNK = 128 * 1024
UPLOADS_MAX = 64
UPLOADS_OF_USER = 4
IDLE_S = 120.0
"""An upload that rests longer is thrown away when room is wanted; its desk begins anew."""
UNUSED_KEPT = timedelta(days=7)
"""Longer than an outbox may hold back the command that is going to refer to it."""


class _Upload:
    """A file on its way in."""

    def __init__(self, path: Path, message: BlobPut) -> None:
        self.path = path
        self.size = message.size
        self.media_type = message.media_type
        self.got = 0
        self.used_at = 0.0
        self.busy = False


class BlobDesk:
    """`folder` is emptied at start: what lies there belongs to a server that was killed. `monotonic` in seconds."""

    def __init__(
        self,
        store: LogStore,
        book: KindBook,
        folder: Path,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._store = store
        self._book = book
        self._folder = folder
        self._now = now
        self._monotonic = monotonic
        self._uploads: dict[tuple[str, str], _Upload] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for left_over in folder.glob("upload-*"):
            left_over.unlink()

    async def handle(self, actor: Actor, message: BlobPut | BlobGet) -> bytes:
        """JSON for the reply. Raises QueryError."""
        try:
            if isinstance(message, BlobGet):
                return msgspec.json.encode(await self.part(actor, message))
            return msgspec.json.encode(await self.put(actor, message))
        except RetryableError as problem:
            raise QueryError(problem.code, str(problem)) from problem
        except FatalError as problem:
            raise QueryError("unavailable", str(problem)) from problem
        except OSError as problem:
            raise QueryError("storage_full", str(problem)) from problem

    # -- in ----------------------------------------------------------------------------------------

    async def put(self, actor: Actor, message: BlobPut) -> BlobProgress:
        if actor.role is Role.WALL:
            raise QueryError("role")
        if await self._store.run_read(lambda connection: documents.owns_blob(connection, message.sha256, actor.user)):
            return BlobProgress(message.size, done=True)
        upload = self._upload(actor, message)
        if upload.busy:
            raise QueryError("busy")
        if message.offset != upload.got:
            return BlobProgress(upload.got, done=False)
        upload.busy = True
        try:
            await asyncio.to_thread(_append, upload.path, message.data)
            upload.got += len(message.data)
            if upload.got < upload.size:
                return BlobProgress(upload.got, done=False)
            await self._finish(actor, message.sha256, upload)
        finally:
            upload.busy = False
        return BlobProgress(upload.size, done=True)

    async def keep(self, actor: Actor, body: bytes, media_type: str) -> BlobRef:
        """Takes a whole file from the server itself (a camera's picture). Raises QueryError for a file that cannot be."""
        body = await asyncio.to_thread(_clean, body)
        digest = hashlib.sha256(body).hexdigest()
        if not 0 < len(body) <= BLOB_MAX or not _is(body, media_type):
            raise QueryError("bad_file")
        await _check_picture(body, media_type)
        await self._store_whole(actor, digest, body, media_type)
        return BlobRef(digest, len(body), media_type)

    async def prune(self) -> int:
        """Deletes what nothing refers to after UNUSED_KEPT. Number of files."""
        before = millis(self._now() - UNUSED_KEPT) or 0
        return await self._store.run_write(lambda connection: documents.prune_blobs(connection, before))

    def _upload(self, actor: Actor, message: BlobPut) -> _Upload:
        key = (actor.user, message.sha256)
        now = self._monotonic()
        upload = self._uploads.get(key)
        if upload is not None and (upload.size, upload.media_type) != (message.size, message.media_type):
            raise QueryError("bad_file", "announced otherwise before")
        if upload is None:
            self._make_room(actor, now)
            upload = _Upload(self._folder / f"upload-{secrets.token_hex(8)}", message)
            self._uploads[key] = upload
        upload.used_at = now
        return upload

    def _make_room(self, actor: Actor, now: float) -> None:
        for key, upload in tuple(self._uploads.items()):
            if now - upload.used_at > IDLE_S and not upload.busy:
                self._forget(key)
        of_user = sum(1 for user, _ in self._uploads if user == actor.user)
        if len(self._uploads) >= UPLOADS_MAX or of_user >= UPLOADS_OF_USER:
            raise QueryError("busy")

    def _forget(self, key: tuple[str, str]) -> None:
        self._uploads.pop(key).path.unlink(missing_ok=True)

    async def _finish(self, actor: Actor, sha256: str, upload: _Upload) -> None:
        try:
            body = await asyncio.to_thread(upload.path.read_bytes)
            if len(body) != upload.size or hashlib.sha256(body).hexdigest() != sha256:
                raise QueryError("bad_digest")
            if not _is(body, upload.media_type):
                raise QueryError("bad_file")
            await _check_picture(body, upload.media_type)
            await self._store_whole(actor, sha256, body, upload.media_type)
        finally:
            self._forget((actor.user, sha256))

    async def _store_whole(self, actor: Actor, sha256: str, body: bytes, media_type: str) -> None:
        now = millis(self._now()) or 0
        meta = BlobMeta(len(body), media_type)

        def write(connection: Connection) -> None:
            documents.put_blob(connection, sha256, meta, body, actor.user, now)

        await self._store.run_write(write)

    # -- out ---------------------------------------------------------------------------------------

    async def part(self, actor: Actor, message: BlobGet) -> BlobPart:
        def read(connection: Connection) -> BlobPart | None:
            meta = documents.blob_meta(connection, message.sha256)
            if meta is None or not self._may_read(connection, actor, message.sha256):
                return None
            data = documents.blob_part(connection, message.sha256, message.offset, GET_CHUNK)
            return BlobPart(meta.size, meta.media_type, message.offset, data)

        found = await self._store.run_read(read)
        if found is None:
            # One answer for what is not there and what is not for this session.
            raise QueryError("unknown_blob")
        return found

    def _may_read(self, connection: Connection, actor: Actor, sha256: str) -> bool:
        """By what refers to it today, not by who uploaded it once: an own upload is read until the document leaves too."""
        references = documents.references(connection, sha256)
        if not references:
            return documents.owns_blob(connection, sha256, actor.user)
        return any(may_see(connection, self._book, actor.scope, reference) for reference in references)


def may_see(connection: Connection, book: KindBook, scope: Scope, reference: documents.Reference) -> bool:
    """Whether the scope sees the document of a reference, or the ticket that the document belongs to."""
    key = (reference.kind, reference.id)
    state = documents.documents(connection, book, [key]).get(key)
    if state is not None and covers(scope, state):
        return True
    if reference.ticket_id is None:
        return False
    ticket = reads.tickets(connection, [reference.ticket_id]).get(reference.ticket_id)
    return ticket is not None and scope.covers(ticket)


def _clean(body: bytes) -> bytes:
    try:
        return without_traces(body)
    except PhotoError as problem:
        raise QueryError("bad_picture", str(problem)) from problem


async def _check_picture(body: bytes, media_type: str) -> None:
    wrong = await asyncio.to_thread(pictures.problem, body, media_type)
    if wrong:
        raise QueryError(wrong)


def _is(body: bytes, media_type: str) -> bool:
    return media_type in MAGIC and body.startswith(MAGIC[media_type])


def _append(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(data)
