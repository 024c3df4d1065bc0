"""Every camera picture of this machine: views say what they want to see, `tick` starts and stops sources within the budget.

Views share sources: a camera that stands in three windows is opened once. A source that fails costs its own tile only.
"""

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from desktop.services.cameras.budget import LoadGauge, Turns, plan
from desktop.services.cameras.lines import Line, use_for
from desktop.services.cameras.source import FrameSource, Order, PictureKit, SourceMaker, Spawn
from desktop.services.cameras.values import CameraLimits, Demand, Load, Mode, TileState, TileView
from domain.cameras import Access, AccessAnswer, AllowList, Camera, CameraId, FailCode, Kind, Use, may_see
from domain.vocabulary import Role
from protocol.camera_dialog import Login

TICK_S = 0.1
STOP_S = 0.02
"""Of each step, for stopping sources."""
ASK_AGAIN_S = 1.0
ASK_AFTER = frozenset(
    {FailCode.LOGIN, FailCode.NOT_FOUND, FailCode.NO_ADDRESS, FailCode.HOST_REFUSED, FailCode.REDIRECT}
)
"""What another address, login or list of hosts may cure: then the server is asked before the next try."""
KEEP_S = 30.0
"""A camera that no view wants any more keeps its last picture so long."""
AskAccess = Callable[[Sequence[CameraId]], Awaitable[AccessAnswer | None]]
"""Allowed hosts, addresses and logins of cameras; None where the server does not answer now."""
log = logging.getLogger(__name__)


class _Sink:
    """What a source talks to. After `cut` its words reach nobody."""

    def __init__(self, desk: "CameraDesk", line: Line) -> None:
        self._desk: CameraDesk | None = desk
        self._line = line

    def cut(self) -> None:
        self._desk = None

    def picture(self, picture: Any, mark: bytes | None = None) -> None:
        if self._desk is not None:
            self._desk.picture_came(self._line, picture, mark)

    def alive(self) -> None:
        if self._desk is not None:
            self._desk.line_alive(self._line)

    def failed(self, code: FailCode) -> None:
        if self._desk is not None:
            self._desk.line_failed(self._line, code)

    def cell(self) -> tuple[int, int] | None:
        return self._desk.cell_of(self._line.camera.id) if self._desk is not None else None


class CameraDesk:
    """Call `tick` every TICK_S. `on_change` is told the ids whose picture or state changed, in `tick` and when pictures come."""

    def __init__(
        self,
        kinds: Mapping[str, SourceMaker],
        kit: PictureKit,
        ask_access: AskAccess,
        spawn: Spawn,
        *,
        monotonic: Callable[[], float],
        random: Callable[[], float],
        limits: CameraLimits | None = None,
    ) -> None:
        self.limits = limits or CameraLimits()
        self.on_change: list[Callable[[CameraId], None]] = []
        self._kinds, self._kit, self._spawn = kinds, kit, spawn
        self._ask_access = ask_access
        self._monotonic, self._random = monotonic, random
        self._lines: dict[CameraId, Line] = {}
        self._demands: dict[Hashable, Demand] = {}
        self._turns = Turns(self.limits)
        self._gauge = LoadGauge(self.limits.late_s)
        self._role: Role | None = None
        self._allow = AllowList()
        self._last_tick: float | None = None
        self._last_start = -1.0
        self._asked_at = -ASK_AGAIN_S
        self._asking = False
        self._closing: deque[tuple[CameraId, FrameSource]] = deque()
        self._shown_states: dict[CameraId, tuple[object, ...]] = {}
        # Nothing was measured yet, so nothing was lowered.
        self.load = Load(0, self.limits.live, self.limits.live, self.limits.still_every_s)

    # -- what is known --------------------------------------------------------------------------------

    def set_cameras(self, cameras: Iterable[Camera], role: Role | None) -> None:
        """The register as the server tells it. Lines of cameras that changed are opened anew with new addresses."""
        known = {camera.id: camera for camera in cameras}
        for camera_id in [each for each in self._lines if each not in known]:
            self._close(self._lines.pop(camera_id))
        self._role = role
        for camera in known.values():
            line = self._lines.get(camera.id)
            if line is None:
                line = self._lines[camera.id] = Line(camera, self.limits, self._random)
            elif line.camera != camera:
                self._close(line)
                line.camera, line.access_doubtful = camera, True
            line.tile.restricted = role is None or not may_see(camera, role)
            if line.tile.restricted:
                self._close(line)
                line.tile.forget()
        self._asked_at = -ASK_AGAIN_S

    def forget_access(self) -> None:
        """Addresses are asked for again at the next need (the server's register changed in what the topic does not show)."""
        for line in self._lines.values():
            line.access_doubtful = True

    @property
    def cameras(self) -> dict[CameraId, Camera]:
        return {camera_id: line.camera for camera_id, line in self._lines.items()}

    def view(self, camera_id: CameraId) -> TileView:
        """What to show of it now; an unknown camera was never connected."""
        line = self._lines.get(camera_id)
        if line is None:
            return TileView(id=camera_id, state=TileState.NEVER)
        return line.tile.view(self._monotonic())

    # -- what views want ------------------------------------------------------------------------------

    def want(self, viewer: Hashable, demand: Demand) -> None:
        """Replaces what this view wanted before."""
        self._demands[viewer] = demand

    def cell_of(self, camera_id: CameraId) -> tuple[int, int] | None:
        """Pixels that a picture of it must cover for every view that shows it; None = as it comes."""
        cells = []
        for demand in self._demands.values():
            if camera_id in demand.shown and not demand.stills:
                if demand.cell is None or demand.whole == camera_id:
                    return None
                cells.append(demand.cell)
        return (max(width for width, _ in cells), max(height for _, height in cells)) if cells else None

    def leave(self, viewer: Hashable) -> None:
        """The view is closed or hidden."""
        self._demands.pop(viewer, None)

    def try_now(self, camera_id: CameraId) -> None:
        """A person wants it now: the next try does not wait for its turn."""
        line = self._lines.get(camera_id)
        if line is not None and line.source is None:
            line.tile.retry_at = None
            line.still_due = 0.0

    # -- time -----------------------------------------------------------------------------------------

    def tick(self) -> None:
        """One step: give up what is silent, stop what is not wanted, start what is due."""
        now = self._monotonic()
        if self._last_tick is not None:
            self._gauge.ticked(now - self._last_tick - TICK_S)
        self._last_tick = now
        modes = self._plan(now)
        for line in self._lines.values():
            self._step(line, modes.get(line.camera.id), now)
        self._stop_some(STOP_S)
        self._start_due(modes, now)
        self._tell_changes(modes, now)

    def stop(self) -> None:
        """Closes every source."""
        self._demands.clear()
        for line in self._lines.values():
            self._close(line)
        self._stop_some(float("inf"))

    @property
    def idle(self) -> bool:
        """Nothing runs and nothing is being closed: ticks may rest."""
        return not self._closing and all(line.source is None for line in self._lines.values())

    def _plan(self, now: float) -> Mapping[CameraId, Mode]:
        demands = list(self._demands.values())
        limit = self.limits.live_wall if any(d.wall for d in demands) else self.limits.live
        allowed = self._gauge.allowed(limit)
        may = {each for each, line in self._lines.items() if not line.tile.restricted}
        full = [d.full for d in demands if d.full in may and d.full is not None]
        matters = [each for d in demands for each in d.matters if each in may]
        by_turns = [each for d in demands if not d.stills for each in d.shown if each in may]
        modes = dict(plan(list(dict.fromkeys((*full, *by_turns, *matters))), matters, full, self._turns, allowed, now))
        for demand in demands:
            for each in demand.shown:
                if each in may:
                    modes.setdefault(each, Mode.STILL)
        live = sum(1 for line in self._lines.values() if line.source is not None and not line.once)
        self.load = Load(live, allowed, limit, self.limits.still_every_s)
        return modes

    def _step(self, line: Line, mode: Mode | None, now: float) -> None:
        tile = line.tile
        if mode is None:
            if line.source is not None:
                self._close(line)
            if tile.has_picture and now - line.wanted_at > KEEP_S:
                tile.forget()
            return
        line.wanted_at = now
        if mode is not tile.mode:
            was, tile.mode = tile.mode, mode
            if was is Mode.STILL or mode is Mode.STILL or use_for(line, was) != use_for(line, mode):
                self._close(line)
                line.still_due = 0.0 if not tile.has_picture else now + self.limits.still_every_s
            elif line.source is not None:
                line.source.set_full(mode is Mode.FULL)
        if line.source is not None and tile.silent(now):
            self.line_failed(line, FailCode.SILENT)

    def _start_due(self, modes: Mapping[CameraId, Mode], now: float) -> None:
        if now - self._last_start < self.limits.start_gap_s:
            return
        waiting = [self._lines[each] for each in modes if self._is_due(self._lines[each], now)]
        missing = [line for line in waiting if line.access_doubtful]
        if missing:
            self._ask([line.camera.id for line in missing], now)
        stills = sum(1 for line in self._lines.values() if line.once and line.source is not None)
        for line in sorted(waiting, key=lambda each: (each.tile.mode is Mode.STILL, each.tile.has_picture)):
            if (
                line.access is None
                or line.access_doubtful
                or (line.tile.mode is Mode.STILL and stills >= self.limits.stills_at_once)
            ):
                continue
            self._open(line, line.access, now)
            return

    def _is_due(self, line: Line, now: float) -> bool:
        tile = line.tile
        if line.source is not None or (tile.retry_at is not None and now < tile.retry_at):
            return False
        return tile.mode is not Mode.STILL or now >= line.still_due

    # -- lines ----------------------------------------------------------------------------------------

    def _open(self, line: Line, access: Access, now: float) -> None:
        tile, once = line.tile, line.tile.mode is Mode.STILL
        self._last_start = now
        use = use_for(line, tile.mode)
        address = next((stream.address for stream in access.streams if stream.use is use), "")
        kind = Kind.STILL.value if use is Use.STILL else line.camera.kind
        tile.opened(now)
        line.once = once
        line.sink = _Sink(self, line)
        if not address:
            self.line_failed(line, FailCode.NO_ADDRESS)
            return
        if not self._allow.allows(address):
            self.line_failed(line, FailCode.HOST_REFUSED)
            return
        maker = self._kinds.get(kind)
        if maker is None:
            self.line_failed(line, FailCode.NO_KIND)
            return
        order = Order(
            id=line.camera.id,
            kind=kind,
            address=address,
            use=use,
            login=Login(access.user, access.password),
            allow=self._allow,
            kit=self._kit,
            spawn=self._spawn,
            once=once,
            full=tile.mode is Mode.FULL,
        )
        try:
            line.source = maker(order, line.sink)
            line.source.start()
        except Exception:  # a site's own class: its defect is in the log and on the tile, the hall goes on
            log.exception("camera %s: its source of kind %s is defect", line.camera.id, kind)
            self.line_failed(line, FailCode.FAULT)

    def _close(self, line: Line) -> None:
        if line.sink is not None:
            line.sink.cut()
            line.sink = None
        if line.source is not None:
            self._closing.append((line.camera.id, line.source))
            line.source = None
        line.once = False
        line.tile.closed()

    def _stop_some(self, most_s: float) -> None:
        """Stopping a player waits for its threads, so many are not stopped in one step; their words reach nobody any more."""
        begin = self._monotonic()
        while self._closing:
            camera_id, source = self._closing.popleft()
            try:
                source.stop()
            except Exception:  # as in _open
                log.exception("camera %s: its source does not stop", camera_id)
            if self._monotonic() - begin >= most_s:
                return

    def picture_came(self, line: Line, picture: Any, mark: bytes | None) -> None:
        """From a source."""
        now, tile = self._monotonic(), line.tile
        if mark is None and tile.wants_mark(now):
            mark = self._kit.mark(picture)
        tile.came(picture, mark, now)
        if line.once:
            self._close(line)
            line.backoff.reset()
            line.still_due = now + self.limits.still_every_s
        elif tile.tries == 0:
            line.backoff.reset()
        self._tell(line.camera.id)

    def line_alive(self, line: Line) -> None:
        """From a source: data came, no picture was made of it."""
        line.tile.alive(self._monotonic())

    def line_failed(self, line: Line, code: FailCode) -> None:
        """From a source, or from the watch here. The next try comes after the back-off."""
        now = self._monotonic()
        line.tile.failed(code)
        line.access_doubtful = line.access_doubtful or code in ASK_AFTER
        self._close(line)
        line.tile.retry_at = now + max(1.0, line.backoff.next_s())
        line.still_due = line.tile.retry_at
        self._tell(line.camera.id)

    # -- addresses ------------------------------------------------------------------------------------

    def _ask(self, ids: Sequence[CameraId], now: float) -> None:
        if self._asking or now - self._asked_at < ASK_AGAIN_S:
            return
        self._asking, self._asked_at = True, now
        self._spawn(self._fetch_access(tuple(ids)), "camera access")

    async def _fetch_access(self, ids: Sequence[CameraId]) -> None:
        try:
            found = await self._ask_access(ids)
        finally:
            self._asking = False
        given = {access.id: access for access in found.cameras} if found is not None else {}
        if found is not None:
            self._allow = AllowList(found.hosts)
        for line in [self._lines[each] for each in ids if each in self._lines]:
            if found is not None:
                line.access, line.access_doubtful = given.get(line.camera.id, Access(line.camera.id)), False
            elif line.access is not None:
                line.access_doubtful = False
            else:
                line.tile.address_unknown()

    # -- news -----------------------------------------------------------------------------------------

    def _tell_changes(self, modes: Mapping[CameraId, Mode], now: float) -> None:
        """Whole seconds of age count as a change: the tile prints them."""
        for camera_id in (*modes, *(each for d in self._demands.values() for each in d.shown if each not in modes)):
            line = self._lines.get(camera_id)
            if line is None:
                continue
            view = line.tile.view(now)
            said = (view.state, view.age_s and int(view.age_s), view.retry_in_s and int(view.retry_in_s), view.mode)
            if self._shown_states.get(camera_id) != said:
                self._shown_states[camera_id] = said
                self._tell(camera_id)

    def _tell(self, camera_id: CameraId) -> None:
        for told in self.on_change:
            told(camera_id)
