"""The interface of a source: one try to get pictures from one address. A new kind is one small class like these.

    class Beacon:
        def __init__(self, order: Order, sink: Sink) -> None: ...
        def start(self) -> None: ...          # later: sink.picture(...) again and again, or sink.failed(code) once
        def stop(self) -> None: ...           # nothing is told after this
        def set_full(self, full: bool) -> None: ...

A site adds a kind by an entry point of group `liandong.camera_sources` whose name is the kind and whose object is the class.
Everything happens on the thread of the event loop; a source with threads of its own brings its news there first.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from msgspec import Struct

from domain.cameras import AllowList, CameraId, FailCode, Use
from protocol.camera_dialog import Login

Spawn = Callable[[Coroutine[Any, Any, None], str], Any]
"""Starts a task that has an owner; gives something with `cancel()`."""

PREVIEW_S = 0.2
"""Between two pictures of a tile at preview: 5 a second."""


class PictureKit(Protocol):
    """Makes pictures from bytes; what a picture is, only the kit knows."""

    def decode(self, data: bytes) -> Any | None:
        """A picture from JPEG or PNG bytes, None when they are none."""

    def mark(self, picture: Any) -> bytes:
        """A few hundred grey values, always as many, that tell whether two pictures differ."""


class Sink(Protocol):
    """Where a source tells what it has. After `failed` it is stopped."""

    def picture(self, picture: Any, mark: bytes | None = None) -> None:
        """`mark` None: the same as before is not known (the sink asks the kit when it wants to know)."""

    def alive(self) -> None:
        """Data came, but no picture was made of it (preview shows fewer than come)."""

    def failed(self, code: FailCode) -> None: ...

    def cell(self) -> tuple[int, int] | None:
        """Width and height in pixels of the largest place where a picture at preview is shown; None = as it comes. A source
        may make its pictures so large; it need not."""


class Order(Struct, frozen=True, kw_only=True):
    """What to open. `once`: one picture is enough, the source is stopped after it. Its repr hides the login."""

    id: CameraId
    kind: str
    address: str
    use: Use
    login: Login
    allow: AllowList
    kit: PictureKit
    spawn: Spawn
    once: bool = False
    full: bool = False


class FrameSource(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...

    def set_full(self, full: bool) -> None:
        """Every frame at full size, instead of a few a second."""


SourceMaker = Callable[[Order, Sink], FrameSource]
