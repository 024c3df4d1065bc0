"""One camera as the camera service keeps it: its tile, its source and what is known of its address."""

from collections.abc import Callable
from typing import Any

from desktop.services.cameras.source import FrameSource
from desktop.services.cameras.tile import Tile
from desktop.services.cameras.values import CameraLimits, Mode
from domain.cameras import Access, Camera, Use
from protocol.backoff import Backoff


class Line:
    """One camera with its source."""

    def __init__(self, camera: Camera, limits: CameraLimits, random: Callable[[], float]) -> None:
        self.camera = camera
        self.tile = Tile(camera.id, limits)
        self.backoff = Backoff(random)
        self.source: FrameSource | None = None
        self.sink: Any = None
        self.once = False
        self.full = False
        self.still_due = 0.0
        self.access: Access | None = None
        self.access_doubtful = True
        """Asked for again before the next try; the old one serves where the server does not answer."""
        self.wanted_at = 0.0


def use_for(line: Line, mode: Mode) -> Use:
    """Which address serves a mode: the full one when enlarged, the small one in a tile, a still's own where there is one."""
    has = {stream.use for stream in line.access.streams} if line.access else set()
    order = {
        Mode.FULL: (Use.MAIN, Use.SUB, Use.STILL),
        Mode.LIVE: (Use.SUB, Use.MAIN, Use.STILL),
        Mode.STILL: (Use.STILL, Use.SUB, Use.MAIN),
    }[mode]
    return next((use for use in order if use in has), order[0])
