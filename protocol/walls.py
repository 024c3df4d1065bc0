"""Arguments and answers of the questions about walls (`wall_picture`, `wall_pictures`, `wall_at`, `wall_changes`)."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Raw, Struct

from domain.actor import ActorRef
from domain.wall.values import SCREENS_MOST, Content

PICTURE_MOST = 30 * 1024
"""Bytes of one small picture: in base64 it fits into a frame of a client."""
LOST_S = 12.0
"""A wall host that was silent for so long is lost: its screens keep what they showed."""
CHANGES_MOST = 500

WallId = Annotated[str, Meta(max_length=64)]
Number = Annotated[int, Meta(ge=1, le=SCREENS_MOST)]


class PictureGiven(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`jpeg` in base64, in parts that a text may be long (protocol.text); empty = as before. `index` in the rotation, `left_s` until the next view; `skipped`: views passed over as stale.

    `shows`: the view on the picture; none where the screen waits for the director, or the host is of an older version."""

    wall: WallId
    screen: Number
    jpeg: tuple[str, ...] = ()
    index: int = 0
    left_s: float = 0.0
    fresh: str = "live"
    skipped: int = 0
    shows: Content | None = None


class PicturesAsked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`have`: screen → number of the picture that the asker shows."""

    wall: WallId
    have: dict[int, int] = {}


class ScreenPicture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`jpeg` "" = the asker has it. `age_s`: since the host said that the screen looks so."""

    n: int
    age_s: float
    jpeg: str = ""
    index: int = 0
    left_s: float = 0.0
    fresh: str = "live"
    skipped: int = 0
    shows: Content | None = None


class PicturesReply(Struct, frozen=True):
    """`seen_s`: since the host was heard; None = not since this server started."""

    seen_s: float | None
    screens: dict[int, ScreenPicture]


class AtAsked(Struct, frozen=True, kw_only=True):
    wall: WallId
    at: Annotated[datetime, Meta(tz=True)]


class ChangesAsked(Struct, frozen=True, kw_only=True):
    wall: WallId
    since: Annotated[datetime, Meta(tz=True)]
    until: Annotated[datetime, Meta(tz=True)]
    limit: Annotated[int, Meta(ge=0, le=CHANGES_MOST)] = CHANGES_MOST


class Change(Struct, frozen=True):
    """One event of the wall's record; `body` is the event as it stands in the log."""

    at: datetime
    type: str
    actor: ActorRef | None
    body: Raw


class ChangesReply(Struct, frozen=True):
    """`total` in the stretch of time; fewer are given where they are too many."""

    total: int
    changes: tuple[Change, ...]
