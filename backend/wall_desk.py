"""Questions about walls: pictures from the host to the directors' desks, and what a wall showed at a past moment.

Pictures are kept in memory, the newest of each screen, and given to who asks: a desk without a director window pays nothing for
them. They lie in the process that the host is connected to.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from backend.answers import QueryError, QueryHandler
from backend.store import reads
from backend.store.base import LogStore
from backend.store.records import LogRecord
from domain.actor import Actor
from domain.vocabulary import Role
from domain.wall.kind import NAME
from domain.wall.projection import wall_at
from protocol.documents import KindBook
from protocol.walls import (
    PICTURE_MOST,
    AtAsked,
    Change,
    ChangesAsked,
    ChangesReply,
    PictureGiven,
    PicturesAsked,
    PicturesReply,
    ScreenPicture,
)

REPLY_MOST = 180 * 1024
"""Bytes of pictures in one answer; what does not fit comes with the next question."""
_json = msgspec.json.Encoder()


class _Seen(Struct):
    n: int
    at: float
    given: PictureGiven


class WallDesk:
    """`monotonic` gives seconds. Everything on the loop's thread."""

    def __init__(self, store: LogStore, kinds: KindBook, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._kinds = kinds
        self._monotonic = monotonic
        self._pictures: dict[str, dict[int, _Seen]] = {}
        self._seen_at: dict[str, float] = {}
        self._count = 0

    def handlers(self) -> dict[str, QueryHandler]:
        return {
            "wall_picture": self.give,
            "wall_pictures": self.pictures,
            "wall_at": self.at,
            "wall_changes": self.changes,
        }

    async def give(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """PictureGiven from a wall host: how one of its screens looks. Without `jpeg` it looks as before; answered `false` where this
        server has no picture from before (it was started since), so that the host sends it whole."""
        if actor.role is not Role.WALL:
            raise QueryError("role", "only a wall host has pictures of a wall")
        given = _asked(args, PictureGiven)
        try:
            if len(base64.b64decode("".join(given.jpeg), validate=True)) > PICTURE_MOST:
                raise QueryError("too_large")
        except binascii.Error as error:
            raise QueryError("bad_args") from error
        now = self._monotonic()
        self._seen_at[given.wall] = now
        screens = self._pictures.setdefault(given.wall, {})
        old = screens.get(given.screen)
        if not given.jpeg:
            if old is None:
                return b"false"
            # Nothing to see changed: the last picture is the picture of now.
            given = msgspec.structs.replace(given, jpeg=old.given.jpeg)
        changed = old is None or old.given != given
        self._count += changed
        screens[given.screen] = _Seen(self._count if old is None or changed else old.n, now, given)
        return b"true"

    async def pictures(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """PicturesAsked → PicturesReply: what changed since the numbers that the asker has."""
        asked = _asked(args, PicturesAsked)
        now = self._monotonic()
        found: dict[int, ScreenPicture] = {}
        size = 0
        for number, seen in sorted(self._pictures.get(asked.wall, {}).items()):
            known, jpeg = asked.have.get(number) == seen.n, "".join(seen.given.jpeg)
            if not known and size + len(jpeg) > REPLY_MOST and found:
                continue
            size += 0 if known else len(jpeg)
            found[number] = ScreenPicture(
                n=seen.n,
                age_s=round(now - seen.at, 1),
                jpeg="" if known else jpeg,
                index=seen.given.index,
                left_s=seen.given.left_s,
                fresh=seen.given.fresh,
                skipped=seen.given.skipped,
                shows=seen.given.shows,
            )
        seen_at = self._seen_at.get(asked.wall)
        return _json.encode(PicturesReply(None if seen_at is None else round(now - seen_at, 1), found))

    async def at(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """AtAsked → the Wall as it was then, or null where it did not exist yet."""
        asked = _asked(args, AtAsked)
        return _json.encode(wall_at(await self._history(asked.wall), asked.wall, asked.at))

    async def changes(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """ChangesAsked → ChangesReply: the changes of a stretch of time, oldest first, at most `limit`, the newest of them."""
        asked = _asked(args, ChangesAsked)
        records = [each for each in await self._records(asked.wall) if asked.since <= each.occurred_at <= asked.until]
        kept = records[-asked.limit :] if asked.limit else []
        found = [Change(r.occurred_at, r.type, r.actor, msgspec.Raw(r.body)) for r in kept]
        return _json.encode(ChangesReply(len(records), tuple(found)))

    async def _history(self, wall: str) -> list[tuple[int, Any, datetime]]:
        decode = self._kinds[NAME].event
        return [(r.entity_version, decode(r.body), r.occurred_at) for r in await self._records(wall)]

    async def _records(self, wall: str) -> list[LogRecord]:
        def read(connection: Connection) -> list[LogRecord]:
            return reads.events_of(connection, wall, NAME)

        records = await self._store.run_read(read)
        if not records:
            raise QueryError("unknown_document")
        return records


def _asked(args: dict[str, Any], kind: type[Any]) -> Any:
    try:
        return msgspec.convert(args, kind, strict=False)
    except msgspec.ValidationError as error:
        raise QueryError("bad_args", str(error)) from error
