"""What a camera window shows: which wall, how many cells, which group, and the tour through the groups. For desk and wall alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.cameras.values import Demand, TileState
from desktop.services.cameras.walls import ALL, BROUGHT, SIZES, Wall
from desktop.views.camera_wall import words
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.grid import CameraGrid
from desktop.views.words import filled
from desktop.widgets.camera_panel import CameraCounts
from domain.cameras import CameraId

TOUR_S = 30
BROUGHT_S = 60
"""How long a wall stays with the cameras of an alarm; then it goes on where it was."""
AHEAD_S = 8
"""The next group's pictures are fetched before it comes, so that a tour never shows empty cells."""


class CameraShow(QObject):
    """Drives one grid. `changed`: another wall, group or size; the window prints its title and counts anew."""

    changed = Signal()

    def __init__(self, feed: CameraFeed, grid: CameraGrid, *, wall: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._grid, self._is_wall = feed, grid, wall
        self._name: str | None = None
        self._group = 0
        self._matters: tuple[CameraId, ...] = ()
        self._visible = False
        self._ahead = QObject(self)
        self.size = 16
        self._tour = self._timer(TOUR_S, self._on_tour)
        self._prepare = self._timer(TOUR_S - AHEAD_S, self._on_prepare)
        self._before: tuple[str | None, int, int] | None = None
        """Wall, group and size before an alarm turned this wall to its cameras."""
        self._back = self._timer(BROUGHT_S, self._on_back)
        grid.resized.connect(self._demand)
        feed.register_changed.connect(self._on_register)
        feed.brought.connect(self._on_brought)
        self._on_register()

    def _timer(self, seconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(1000 * seconds)
        timer.timeout.connect(slot)
        return timer

    # -- what is shown --------------------------------------------------------------------------------

    @property
    def wall(self) -> Wall:
        """The named wall; the first of the register until a person chose one."""
        walls = self._feed.walls
        first = walls[0] if walls else Wall(ALL, ())
        return next((wall for wall in walls if wall.name == self._name), first)

    @property
    def group(self) -> int:
        return self._group

    @property
    def touring(self) -> bool:
        return self._tour.isActive()

    def subtitle(self) -> str:
        """防汛重点 第 1 组，共 3 组."""
        wall = self.wall
        groups = wall.groups(self.size)
        if groups == 1:
            return words.wall_word(wall.name)
        pattern = words.translate("camera_wall", "{wall} 第 {n} 组，共 {total} 组")
        return filled(pattern, {"wall": words.wall_word(wall.name), "n": self._group + 1, "total": groups})

    def show_wall(self, name: str) -> None:
        self._name, self._group = name, 0
        self._apply()

    def show_size(self, size: int) -> None:
        """Another number of cells; the group that holds the first camera stays in view."""
        ids = self.wall.group(self.size, self._group)
        self.size = size
        self._group = (self.wall.group_of(ids[0], size) or 0) if ids else 0
        self._grid.enlarge(None)
        self._apply()

    def step_group(self, step: int) -> None:
        """The next or previous group, round and round."""
        self._group = (self._group + step) % self.wall.groups(self.size)
        self._grid.enlarge(None)
        self._apply()

    def show_camera(self, camera_id: CameraId) -> bool:
        """Brings the group with this camera, on this wall or on the wall of all. False for a camera nobody knows."""
        for wall in (self.wall, *(wall for wall in self._feed.walls if wall.name == ALL)):
            group = wall.group_of(camera_id, self.size)
            if group is not None:
                self._name, self._group = wall.name, group
                self._apply()
                self._grid.select(camera_id)
                return True
        return False

    def set_matters(self, ids: tuple[CameraId, ...]) -> None:
        """Cameras of an alarm, or those a person works with: they get a stream before the others."""
        self._matters = ids
        self._demand()

    def set_tour(self, on: bool) -> None:
        if on:
            self._tour.start()
            self._prepare.start()
        else:
            self._tour.stop()
            self._prepare.stop()
            self._feed.leave(self._ahead)

    def set_visible(self, visible: bool) -> None:
        """Nobody looks: no stream and no still is fetched for this window."""
        self._visible = visible
        if visible:
            self._demand()
        else:
            self._feed.leave(self)
            self._feed.leave(self._ahead)

    def enlarge(self, camera_id: CameraId | None) -> None:
        self._grid.enlarge(camera_id)
        self._demand()
        self.changed.emit()

    def swap(self, source: str, target: str) -> str:
        """Two cells change places, kept as the own order of this wall. Gives the reason where it was not kept."""
        ids = list(self.wall.ids)
        a, b = ids.index(CameraId(source)), ids.index(CameraId(target))
        ids[a], ids[b] = ids[b], ids[a]
        return self._feed.keep_wall(self.wall.name, tuple(ids))

    def counts(self) -> CameraCounts:
        """For the panel beside the grid."""
        full = self._grid.enlarged()
        # While one is enlarged the others rest: they are not on the screen, and neither are their states.
        feed, ids = self._feed, self._grid.ids() if full is None else (full,)
        states: dict[str, int] = {}
        for camera_id in ids:
            state = feed.view(camera_id).state.value
            states[state] = states.get(state, 0) + 1
        load = feed.load
        notes = [filled(words.translate("camera_wall", "其余每 {s} 秒一张"), {"s": round(load.still_every_s)})]
        if load.lowered:
            pattern = words.translate("camera_wall", "本机繁忙，实时由 {limit} 路降为 {n} 路")
            notes.append(filled(pattern, {"limit": load.limit, "n": load.allowed}))
        total, lost, unknown = feed.reached()
        register = []
        if lost:
            register.append(filled(words.translate("camera_wall", "{n} 路断开"), {"n": lost}))
        if unknown:
            register.append(filled(words.translate("camera_wall", "{n} 路未探测"), {"n": unknown}))
        return CameraCounts(
            shown=len(ids),
            states=states,
            live=load.live,
            allowed=load.allowed,
            stream_notes=tuple(notes),
            reached=total - lost - unknown if feed.has_register else None,
            total=total if feed.has_register else None,
            register_notes=tuple(register),
        )

    # -- inside ---------------------------------------------------------------------------------------

    def _apply(self) -> None:
        self._group %= self.wall.groups(self.size)
        self._grid.show_cameras(self.wall.group(self.size, self._group), self.size)
        if self.touring:
            self.set_tour(True)
        self._demand()
        self.changed.emit()

    def _demand(self) -> None:
        if not self._visible:
            return
        full, ids = self._grid.enlarged(), self._grid.ids()
        if full is not None:
            # Never decode what nobody sees: the other cells of the group rest while one is enlarged.
            self._feed.want(self, Demand(shown=(full,), full=full, wall=self._is_wall))
            return
        selected = self._grid.selected()
        first = (*((selected,) if selected else ()), *self._matters)
        matters = tuple(each for each in first if each in ids and self._may_see(each))
        demand = Demand(shown=ids, matters=matters, wall=self._is_wall, cell=self._grid.cell_pixels(), whole=selected)
        self._feed.want(self, demand)

    def _may_see(self, camera_id: CameraId) -> bool:
        return self._feed.view(camera_id).state is not TileState.RESTRICTED

    def _on_register(self) -> None:
        self._apply()

    def _on_brought(self) -> None:
        """Cameras of an alarm: streams first. A wall turns to them by itself; a desk never does, it offers them."""
        ids = self._feed.brought_ids
        self.set_matters(ids)
        if not self._is_wall:
            return
        if not ids:
            self._on_back()
            return
        if self._before is None:
            self._before = (self._name, self._group, self.size)
        self.size = next(size for size in SIZES if size >= min(len(ids), SIZES[-1]))
        self._grid.enlarge(None)
        self.show_wall(BROUGHT)
        self._back.start()

    def _on_back(self) -> None:
        self._back.stop()
        if self._before is not None:
            (self._name, self._group, self.size), self._before = self._before, None
            self._apply()

    def refresh_demand(self) -> None:
        """Another camera was selected."""
        self._demand()

    def _on_tour(self) -> None:
        self._feed.leave(self._ahead)
        if self.wall.groups(self.size) > 1:
            self.step_group(1)
        self.set_tour(True)

    def _on_prepare(self) -> None:
        wall = self.wall
        if self._visible and wall.groups(self.size) > 1:
            coming = wall.group(self.size, self._group + 1)
            self._feed.want(self._ahead, Demand(shown=coming, wall=self._is_wall, stills=True))
