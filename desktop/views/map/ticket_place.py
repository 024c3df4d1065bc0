"""The chosen ticket and its surroundings: keeps right pane and canvas in step with the mirror, the cameras and the units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.ticket_row import ENDED, TicketRow, clock_look
from desktop.views.component_words import component_value
from desktop.views.map.around import (
    CameraNear,
    ComponentIndex,
    UnitNear,
    cameras_near,
    forces_near,
    merged_into,
)
from desktop.views.map.describe import placing_words
from desktop.views.map.right_pane import OPEN, SEND, WALL, RightPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.words import filled, source_word
from desktop.widgets.action_button import Action
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.scene import Selection
from desktop.widgets.map_canvas.values import SLA_STATES, URGENCIES, Callout, CameraMark, UnitMark
from desktop.widgets.sla_bar import format_remaining
from domain.components import Component
from domain.ids import TicketId
from domain.ticket import Point

if TYPE_CHECKING:
    from desktop.bridge import Bridge

RING_M = 50.0


class TicketPlace(QObject):
    """One per map window. `cameras_listed(ids)`: those whose pictures the pane shows now."""

    cameras_listed = Signal(tuple)

    def __init__(
        self,
        bridge: Bridge,
        feed: TicketFeed,
        pane: RightPane,
        canvas: MapCanvas,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._pane, self._canvas = bridge, feed, pane, canvas
        self._components, self._source = ComponentIndex(), ""
        self._cameras: tuple[CameraMark, ...] = ()
        self._words: dict[str, str] = {}
        self._units: tuple[UnitMark, ...] = ()
        self._near_cameras: list[CameraNear] = []
        self._near_units: list[UnitNear] = []
        self._near_components: list[tuple[Component, float]] = []
        self._row: TicketRow | None = None
        self._replaying = False
        self.ticket_id: TicketId | None = None

    # -- who ------------------------------------------------------------------------------------------

    def choose(self, ticket_id: TicketId, bring: bool) -> bool:
        """Show a ticket; False where nobody knows it, or it has no place."""
        row = self._feed.row(ticket_id)
        if row is None:
            return False
        self.ticket_id, self._row = ticket_id, row
        self._look_around()
        self._show()
        self._canvas.select(self._selection(), bring)
        return row.ticket.point is not None

    def clear(self) -> None:
        self.ticket_id, self._row = None, None
        self._near_cameras, self._near_units, self._near_components = [], [], []
        self._pane.clear()
        self.cameras_listed.emit(())
        self._canvas.select(None)

    def refresh(self) -> None:
        """Each second and after each batch: the ticket as it is now, its clock, its surroundings."""
        if self.ticket_id is None:
            return
        row = self._feed.row(self.ticket_id) or self._row
        if row is None:
            return
        changed, self._row = row is not self._row, row
        if changed:
            self._look_around()
            self._show()
        else:
            self._pane.tick(clock_look(row, self._feed.now_ms()))
        self._canvas.select(self._selection())

    def set_cameras(self, cameras: tuple[CameraMark, ...]) -> None:
        self._cameras = cameras
        self._around_changed()

    def set_camera_words(self, words: Mapping[str, str]) -> None:
        if words != self._words:
            self._words = dict(words)
            self._around_changed()

    def set_register(self, components: Sequence[Component], source: str) -> None:
        """The components of the site; `source` is printed on their cards."""
        self._components, self._source = ComponentIndex(components), source
        self._around_changed()

    def set_replaying(self, replaying: bool) -> None:
        """While the map looks back, nothing is done from it."""
        if replaying != self._replaying:
            self._replaying = replaying
            self._around_changed()

    def set_units(self, units: tuple[UnitMark, ...]) -> None:
        self._units = units
        self._around_changed()

    def _around_changed(self) -> None:
        if self._row is not None:
            self._look_around()
            self._show()
            self._canvas.select(self._selection())

    # -- what lies around -----------------------------------------------------------------------------

    def camera(self, number: int) -> str:
        """Id of the camera listed at that place, "" for none."""
        rows = self._pane.cameras.rows()
        return rows[number].id if number < len(rows) else ""

    def nearest_unit(self) -> str:
        """Id of the nearest unit that is known to be somewhere now: checked in, or with a position of the last five minutes."""
        return next((near.unit.unit or near.unit.id for near in self._near_units if not near.old), "")

    def show_component(self, component_id: str) -> None:
        """The card of a component: number, place, competent department, owner, maintainer, state."""
        found = next((each for each in self._components.components if each.id == component_id), None)
        if found is not None:
            self._pane.show_component(component_value(found, self._feed.names.area(found.area), self._source))

    def _look_around(self) -> None:
        point = self._row.ticket.point if self._row else None
        self._near_cameras = cameras_near(point, self._cameras) if point else []
        self._near_units = forces_near(point, self._units) if point else []
        self._near_components = self._components.near(point, RING_M) if point else []

    # -- showing --------------------------------------------------------------------------------------

    def _show(self) -> None:
        row = self._row
        if row is None:
            return
        pane = self._pane
        pane.show_ticket(row, self._actions(row), placing_words(row.ticket.placement, self._feed.names))
        pane.set_placed(row.ticket.point is not None)
        words = {camera.id: self._words.get(camera.id) or self._camera_word(camera) for camera in self._cameras}
        pane.set_cameras([self._as_seen(near) for near in self._near_cameras], words, len(self._cameras))
        self.cameras_listed.emit(tuple(camera.id for camera in pane.cameras.rows()))
        pane.set_components(self._near_components, bool(self._components.components))
        pane.set_forces(self._near_units, bool(self._units))
        merged = merged_into(row.id, self._bridge.mirror.tickets.values())
        by_source: dict[str, int] = {}
        for other in merged:
            word = source_word(other.source.value)
            by_source[word] = by_source.get(word, 0) + 1
        count = self.tr("{source} {n} 件")
        note = self.tr("，").join(filled(count, {"source": word, "n": n}) for word, n in by_source.items())
        pane.set_merged([(other.id, other.id[2:]) for other in merged], note)
        pane.tick(clock_look(row, self._feed.now_ms()))

    def _as_seen(self, near: CameraNear) -> CameraNear:
        """Only what a tile of this desk shows is live; what the server merely reaches has still to be fetched."""
        if near.camera.state != "live" or near.camera.id in self._words:
            return near
        return replace(near, camera=replace(near.camera, state="connecting"))

    def _camera_word(self, camera: CameraMark) -> str:
        if camera.state == "live":
            # Only the server's health check says so: nobody here has seen its picture.
            return self.tr("可接通，尚未取画面")
        return self._pane.theme.status("camera", camera.state).word

    def _actions(self, row: TicketRow) -> list[Action]:
        open_ticket = Action(OPEN, self.tr("打开工单"), "Enter")
        back = self.tr("回看中，Home 回到实时") if self._replaying else ""
        send_wall = Action(WALL, self.tr("送大屏"), "W", enabled=not back, reason=back)
        reason = back
        if not back and row.kind == ENDED:
            reason = self.tr("工单已办结")
        elif not back and not self.nearest_unit():
            reason = self.tr("附近没有 5 分钟内定位的力量") if self._units else self.tr("没有定位来源")
        return [open_ticket, send_wall, Action(SEND, self.tr("派最近力量"), "D", enabled=not reason, reason=reason)]

    def _selection(self) -> Selection | None:
        row = self._row
        point: Point | None = row.ticket.point if row else None
        if row is None or point is None:
            return None
        look = clock_look(row, self._feed.now_ms())
        joint = (
            filled(self.tr("协办 {n}/{total}"), {"n": row.parts_in, "total": row.parts_total})
            if row.parts_total
            else ""
        )
        callout = Callout(
            row.urgency, row.number, row.matter, look.state, format_remaining(look.remaining_s, look.state), joint
        )
        return Selection(
            ticket=row.id,
            lon=point.lon,
            lat=point.lat,
            state=SLA_STATES.index(look.state),
            urgency=URGENCIES.index(row.urgency),
            cameras=frozenset(near.camera.id for near in self._near_cameras if near.covers),
            components=frozenset(component.id for component, _ in self._near_components),
            ring_m=RING_M,
            ring_text=filled(self.tr("{n} 米"), {"n": round(RING_M)}),
            callout=callout,
        )
