"""The state of one camera from what its source tells and the time that passes. Pure: time is passed in."""

from typing import Any

from desktop.services.cameras.values import CameraLimits, Mode, TileState, TileView
from domain.cameras import CameraId, FailCode

MARK_EVERY_S = 1.0
SAME_LEVELS = 6
"""Grey values that differ by less are the same picture, coded anew."""


def differs(one: bytes, other: bytes) -> bool:
    if one == other:
        return False
    return len(one) != len(other) or any(abs(a - b) > SAME_LEVELS for a, b in zip(one, other, strict=True))


class Tile:
    """What is known of one camera. `mode` and `restricted` are set by the owner."""

    def __init__(self, camera_id: CameraId, limits: CameraLimits) -> None:
        self.id = camera_id
        self.mode = Mode.STILL
        self.restricted = False
        self.code: FailCode | None = None
        self.tries = 0
        self.retry_at: float | None = None
        self._limits = limits
        self._picture: Any = None
        self._number = 0
        self._mark: bytes | None = None
        self._marked_at = 0.0
        self._changed_at = 0.0
        self._picture_at: float | None = None
        self._alive_at: float | None = None
        self._opened_at: float | None = None
        self._failed = False

    @property
    def has_picture(self) -> bool:
        return self._picture_at is not None

    @property
    def picture(self) -> Any:
        return None if self.restricted else self._picture

    def wants_mark(self, now: float) -> bool:
        """Whether the next picture should be compared; once a second is enough."""
        return self._mark is None or now - self._marked_at >= MARK_EVERY_S

    def opened(self, now: float) -> None:
        """A source was started."""
        self._opened_at = now
        self._alive_at = None

    def closed(self) -> None:
        """The source was stopped on purpose; that is no failure."""
        self._opened_at = self._alive_at = None

    def came(self, picture: Any, mark: bytes | None, now: float) -> None:
        if mark is not None:
            if self._mark is None or differs(self._mark, mark):
                self._mark, self._changed_at = mark, now
            self._marked_at = now
        elif self._picture_at is None:
            self._changed_at = now
        self._picture, self._picture_at = picture, now
        self._number += 1
        self._failed = False
        self.code = None
        self.retry_at = None
        self.tries = 0 if self._ran_well(now) or self.mode is Mode.STILL else self.tries
        self.alive(now)

    def alive(self, now: float) -> None:
        self._alive_at = now

    def failed(self, code: FailCode) -> None:
        """A try has failed; the owner says when the next one is (`retry_at`)."""
        self._failed = True
        self.code = code
        self.tries += 1
        self.closed()

    def address_unknown(self) -> None:
        """The server does not tell the address now: no try was made, so none is counted."""
        if self._picture_at is None:
            self._failed, self.code = True, FailCode.OFFLINE

    def silent(self, now: float) -> bool:
        """Whether the open source has to be given up."""
        if self._opened_at is None:
            return False
        if self._alive_at is None:
            return now - self._opened_at > self._limits.open_s
        return self.mode is not Mode.STILL and now - self._alive_at > self._limits.silent_s

    def _ran_well(self, now: float) -> bool:
        return self._opened_at is not None and now - self._opened_at > self._limits.calm_s

    def forget(self) -> None:
        """The picture is let go: nobody may see it any more, or nobody looks."""
        self._picture = self._mark = None
        self._picture_at = None

    def state(self, now: float) -> TileState:
        if self.restricted:
            return TileState.RESTRICTED
        if self._picture_at is None:
            never = self.tries > 0 or (self._failed and self._opened_at is None)
            return TileState.NEVER if never else TileState.CONNECTING
        if self._failed:
            return TileState.LOST
        # While a stream is being opened the old picture stays; it is as old as its age says, and changes nothing yet.
        unchanged = (self._picture_at - self._changed_at) if self._alive_at is None else (now - self._changed_at)
        if unchanged > self._limits.frozen_s and self._picture_at > self._changed_at:
            return TileState.FROZEN
        is_live = self.mode is not Mode.STILL and self._alive_at is not None
        return TileState.LIVE if is_live and now - self._picture_at <= self._limits.live_within_s else TileState.STILL

    def view(self, now: float) -> TileView:
        state = self.state(now)
        picture_at = None if self.restricted else self._picture_at
        return TileView(
            id=self.id,
            state=state,
            picture=self.picture,
            age_s=None if picture_at is None else now - picture_at,
            unchanged_s=now - self._changed_at if state is TileState.FROZEN else 0.0,
            retry_in_s=None if self.retry_at is None or not self._failed else max(0.0, self.retry_at - now),
            tries=self.tries,
            code=self.code,
            mode=self.mode,
            number=self._number,
        )
