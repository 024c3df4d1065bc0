"""What a tile shows, as values: state, picture, ages and codes. No sentences."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from domain.cameras import CameraId, FailCode


class TileState(StrEnum):
    """Names of status kind camera."""

    LIVE = "live"
    STILL = "still"
    CONNECTING = "connecting"
    FROZEN = "frozen"
    LOST = "lost"
    RESTRICTED = "restricted"
    NEVER = "never"


SEEING = frozenset({TileState.LIVE, TileState.STILL})
"""States in which a camera counts as covering a place."""


class Mode(StrEnum):
    """What a tile is to get: one picture at intervals, a stream at preview rate, or the full stream."""

    STILL = "still"
    LIVE = "live"
    FULL = "full"


class TileView(Struct, frozen=True, kw_only=True):
    """One camera now. `picture` is what the picture kit makes (a QImage at the desk); None = nothing may or can be shown.

    `age_s`: since the picture came. `unchanged_s`: since it last differed. `retry_in_s`, `tries`: of a lost line.
    """

    id: CameraId
    state: TileState
    picture: Any = None
    age_s: float | None = None
    unchanged_s: float = 0.0
    retry_in_s: float | None = None
    tries: int = 0
    code: FailCode | None = None
    mode: Mode = Mode.STILL
    number: int = 0
    """Rises with each new picture, so that a widget sees whether it must paint one."""


class Load(Struct, frozen=True):
    """Live streams now, how many are allowed, how many would be without the load, and how often a still is taken."""

    live: int = 0
    allowed: int = 0
    limit: int = 0
    still_every_s: float = 60.0

    @property
    def lowered(self) -> bool:
        return self.allowed < self.limit


class CameraLimits(Struct, frozen=True, kw_only=True):
    """All settings. Times in real seconds."""

    live: int = 8
    """Streams at a time on this host; a wall host has `live_wall`."""
    live_wall: int = 16
    still_every_s: float = 60.0
    stills_at_once: int = 2
    turn_s: float = 30.0
    """How long a tile without an event keeps a live slot when others wait for one."""
    live_within_s: float = 2.0
    silent_s: float = 4.0
    """No frame for so long: the stream is opened anew."""
    open_s: float = 9.0
    """No first frame for so long: the try has failed. Below 10 s, so that a dead feed is told in time."""
    frozen_s: float = 20.0
    start_gap_s: float = 0.15
    """Between two starts, so that many that fail together do not come back together."""
    calm_s: float = 10.0
    """A stream that ran so long has earned a fresh back-off."""
    late_s: float = 0.12
    """A tick that comes so much too late is a sign of load."""


class Demand(Struct, frozen=True):
    """What one view shows. `matters`: something happens there. `full`: enlarged. `stills`: no stream by turns for this view.

    `cell`: pixels of one tile, None = pictures as they come. `whole`: of this one a person may take a snapshot, as it comes.
    """

    shown: tuple[CameraId, ...] = ()
    matters: tuple[CameraId, ...] = ()
    full: CameraId | None = None
    wall: bool = False
    stills: bool = False
    cell: tuple[int, int] | None = None
    whole: CameraId | None = None
