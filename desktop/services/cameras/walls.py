"""Named walls and their groups: which cameras stand in which order. Names come with the register; own orders stay on this machine."""

import json
import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from domain.cameras import Camera, CameraId

SIZES = (1, 4, 9, 16, 25)
ALL = ""
"""Name of the wall of all cameras; its word is made where it is shown."""
BROUGHT = "\tbrought"
"""Name of the wall that holds the cameras of an alarm while it lasts; no register can have it (names are stripped)."""
FILE_NAME = "camera_walls.json"
log = logging.getLogger(__name__)


class Wall(Struct, frozen=True):
    """`own`: made or ordered by hand on this machine."""

    name: str
    ids: tuple[CameraId, ...]
    own: bool = False

    def groups(self, size: int) -> int:
        return max(1, -(-len(self.ids) // size))

    def group(self, size: int, index: int) -> tuple[CameraId, ...]:
        start = (index % self.groups(size)) * size
        return self.ids[start : start + size]

    def group_of(self, camera_id: CameraId, size: int) -> int | None:
        return self.ids.index(camera_id) // size if camera_id in self.ids else None


class WallBook:
    """`folder` None: own walls are not kept (pictures, tests)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / FILE_NAME if folder is not None else None
        self._own: dict[str, tuple[CameraId, ...]] = self._load()

    def walls(self, cameras: Iterable[Camera]) -> tuple[Wall, ...]:
        """The register's walls by their first camera, own ones after them, the wall of all last. Own orders win over the register's."""
        known = list(cameras)
        ids = {camera.id for camera in known}
        named: dict[str, list[CameraId]] = {}
        for camera in known:
            for name in camera.walls:
                named.setdefault(name, []).append(camera.id)
        named |= {name: [] for name in self._own if name not in named and name != ALL}
        named[ALL] = [camera.id for camera in known]
        return tuple(self._wall(name, found, ids) for name, found in named.items())

    @staticmethod
    def with_brought(walls: tuple[Wall, ...], ids: tuple[CameraId, ...]) -> tuple[Wall, ...]:
        """The same with the wall of an alarm before the wall of all; without cameras there is none."""
        return (*walls[:-1], Wall(BROUGHT, ids), *walls[-1:]) if ids else walls

    def _wall(self, name: str, found: Sequence[CameraId], known: set[CameraId]) -> Wall:
        own = self._own.get(name)
        if own is None:
            return Wall(name, tuple(found))
        kept = tuple(each for each in own if each in known)
        # A camera that joined the register's wall later is not lost behind an own order.
        return Wall(name, kept + tuple(each for each in found if each not in kept), own=True)

    def keep(self, name: str, ids: Sequence[CameraId]) -> None:
        """An own wall, or an own order of one. Raises OSError where it cannot be written."""
        self._own[name] = tuple(dict.fromkeys(ids))
        self._save()

    def forget(self, name: str) -> None:
        """The register's order again; a wall that is only ours is gone."""
        self._own.pop(name, None)
        self._save()

    def _load(self) -> dict[str, tuple[CameraId, ...]]:
        if self._path is None:
            return {}
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, tuple[CameraId, ...]])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            log.warning("own camera walls not usable, the register's hold: %s", type(error).__name__)
            return {}

    def _save(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(self._own, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self._path)
