"""The map window of the desk: layers, canvas, what lies around the chosen ticket; keys of screens.md §4c.

It reads the bridge, asks nobody, and tells by signals what a person wants elsewhere. Cameras come from the topic `cameras`, units
on site from check-ins; who has more (positions, stills, a register, a tile service) hands it in by the `set_*` methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.maps.package import MapPackage
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.link_words import not_yet
from desktop.views.map.camera_layer import CameraLayer
from desktop.views.map.describe import MarkDescriber, ground_note, ground_text
from desktop.views.map.ground import fill_ground
from desktop.views.map.history import PlaceHistory
from desktop.views.map.layer_control import LayerControl
from desktop.views.map.left_pane import LeftPane
from desktop.views.map.mark_book import MarkCounts
from desktop.views.map.mark_feed import MarkFeed
from desktop.views.map.measure_control import MeasureControl
from desktop.views.map.on_wall import content_at, content_in_view
from desktop.views.map.presence import Presence
from desktop.views.map.register import ComponentRegister
from desktop.views.map.right_pane import OPEN, SEND, WALL, RightPane
from desktop.views.map.search_control import SearchControl
from desktop.views.map.stage import MapStage
from desktop.views.map.strip_control import StripControl
from desktop.views.map.ticket_place import TicketPlace
from desktop.views.map.tile_layer import TileLayer
from desktop.views.queue.feed import TicketFeed
from desktop.views.shell import MAP, DeskWindow, WallSource
from desktop.views.tables.feed import TablesFeed
from desktop.views.words import filled
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.values import Layer, UnitMark
from desktop.widgets.panes import Panes
from domain.components import Component
from domain.ids import TicketId
from domain.organisation import AreaTree
from domain.wall import targets
from domain.wall.values import Content

if TYPE_CHECKING:
    from desktop.bridge import Bridge

PUSH_MS = 200
"""Changed tickets reach the canvas at most this often."""
DIGITS = {Qt.Key(Qt.Key.Key_1 + n): n for n in range(9)}


class MapWindow(DeskWindow):
    """One per screen that wants it."""

    ticket_selected = Signal(str)
    ticket_open_requested = Signal(str)
    area_selected = Signal(tuple)
    camera_requested = Signal(str)
    dispatch_requested = Signal(str, str)

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, package: MapPackage, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, bridge, MAP, self.tr("地图"), parent)
        self._feed, self._package = feed, package
        self._filling = MarkFeed(bridge, feed, self)
        self._book = self._filling.book
        self._presence = Presence(bridge, feed, self)
        self._ground_text = ""
        self._left, self._right = LeftPane(theme), RightPane(theme)
        self._stage = MapStage(theme, self._describe)
        self._cameras = CameraLayer(bridge, self.canvas, self)
        self._tiles = TileLayer(self.canvas, self)
        self._layers = LayerControl(feed, package, self._left, self.canvas, self._tiles, self)
        self._describer = MarkDescriber(feed, self._cameras.named, self._layers.spot_name)
        self._place = TicketPlace(bridge, feed, self._right, self.canvas, self)
        self._measuring = MeasureControl(self._stage, self)
        self._strip = StripControl(self._stage, feed, self._book, self)
        self._replay = self._strip.replay
        self._search = SearchControl(self._stage, feed, package, self)
        self._push = QTimer(self)
        self._push.setSingleShot(True)
        self._push.setInterval(PUSH_MS)
        self._push.timeout.connect(self._on_push_due)
        self._history = PlaceHistory(bridge, feed, self)
        self._history.answered.connect(self.set_history)
        self._tiles.troubled.connect(self._on_tiles_troubled)
        self._lay_out_panes()
        self._fill_ground()
        self._connect_panes()
        self._cameras.read()
        self._push_marks()

    def _describe(self, kind: str, ident: str, count: int) -> str:
        return self._describer.describe(kind, ident, count)

    @property
    def cameras(self) -> CameraLayer:
        return self._cameras

    @property
    def layers(self) -> LayerControl:
        return self._layers

    @property
    def canvas(self) -> MapCanvas:
        return self._stage.canvas

    @property
    def left_pane(self) -> LeftPane:
        return self._left

    @property
    def right_pane(self) -> RightPane:
        return self._right

    @property
    def stage(self) -> MapStage:
        return self._stage

    def _lay_out_panes(self) -> None:
        self.set_central(Panes(self.theme, (self._left, self._stage, self._right), growing=1))

    def _connect_panes(self) -> None:
        bridge, canvas = self._bridge, self.canvas
        self._filling.filled.connect(self._on_marks_filled)
        self._presence.changed.connect(self._push.start)
        bridge.clock_ticked.connect(self._push_marks)
        self._feed.reference_changed.connect(self._on_reference_changed)
        self._cameras.changed.connect(self._on_cameras_changed)
        self._cameras.worded.connect(self._place.set_camera_words)
        self._cameras.pictured.connect(self._right.cameras.set_picture)
        self._place.cameras_listed.connect(self._cameras.look_at)
        canvas.ticket_clicked.connect(self.select_ticket)
        canvas.ground_clicked.connect(self.clear_selection)
        canvas.camera_clicked.connect(self.camera_requested)
        canvas.component_clicked.connect(self._place.show_component)
        self._layers.changed.connect(self._show_layers)
        self._layers.spot_chosen.connect(self._on_area_chosen)
        canvas.area_selected.connect(self._on_area_chosen)
        canvas.view_changed.connect(self._on_view_changed)
        canvas.settled.connect(self._show_counts)
        self._left.filter_changed.connect(self._push_marks)
        self._left.towns.town_clicked.connect(self._on_town_clicked)
        self._right.action.connect(self._on_action)
        self._right.camera_activated.connect(self.camera_requested)
        self._right.component_activated.connect(self._place.show_component)
        self._right.ticket_activated.connect(self.ticket_open_requested)
        self._replay.changed.connect(self._push_marks)
        self._search.ticket_found.connect(self.select_ticket)
        self.find_requested.connect(self._search.open)

    def _fill_ground(self) -> None:
        package = self._package
        fill_ground(self.canvas, package, ground_note(package))
        self._on_reference_changed()
        self._ground_text = ground_text(package)
        self.status_bar.set_message(self._ground_text)
        self.set_components(package.components, filled(self.tr("底图包 {date}"), {"date": package.date}))
        self._tiles.open(package)

    # -- what others hand in ------------------------------------------------------------------------

    def select_ticket(self, ticket_id: str, bring: bool = False) -> bool:
        """Choose a ticket; False where it is unknown or has no place (the pane then says so)."""
        known = self._place.choose(TicketId(ticket_id), bring)
        if self._place.ticket_id == ticket_id:
            self._bridge.view_ticket(TicketId(ticket_id))
            self.ticket_selected.emit(ticket_id)
            row = self._feed.row(TicketId(ticket_id))
            if row is not None:
                self._history.ask(row)
        return known

    def clear_selection(self) -> None:
        if self._place.ticket_id is not None:
            self._place.clear()
            self._bridge.view_ticket(None)

    def wall_content(self) -> Content | None:
        """The chosen ticket with what is around it, else the part of the map that is in view; nothing of the past."""
        ticket = self._place.ticket_id
        if self._replay.active:
            return None
        return Content(targets.MAP, ticket) if ticket is not None else content_in_view(self.canvas)

    def wall_sources(self) -> Sequence[WallSource]:
        """With Ctrl: a plain drag moves the map."""
        return ((self.canvas, partial(content_at, self.canvas), Qt.KeyboardModifier.ControlModifier),)

    def set_camera_feed(self, feed: CameraFeed) -> None:
        """The video service of this desk: what its tiles see, and stills of the cameras around the chosen ticket."""
        self._cameras.set_feed(feed)

    def set_units(self, units: Sequence[UnitMark]) -> None:
        """Patrols and units by the position of their device, roles only; units that checked in are known without it."""
        self._presence.set_positions(units)
        self._show_units()

    def set_history(self, ticket_id: str, counts: Sequence[int] | None, first: str, last: str, note: str) -> None:
        """What `PlaceHistory` found; ignored when another ticket is chosen by now."""
        if self._place.ticket_id == ticket_id:
            self._right.set_history(counts, first, last, note)

    def _on_tiles_troubled(self, text: str) -> None:
        self.status_bar.set_message(f"{self._ground_text} · {text}" if text else self._ground_text)

    def set_tables(self, tables: TablesFeed) -> None:
        """The tables of the site: their register of components, once there is one, takes the place of the package's."""
        self._register = ComponentRegister(tables, self.set_components, self)

    def set_components(self, components: Sequence[Component], source: str) -> None:
        """The register in place of the package's table; `source` says on each card where it comes from and how old it is."""
        self._place.set_register(components, source)
        self._layers.set_components(components)

    # -- news -----------------------------------------------------------------------------------------

    def _on_marks_filled(self) -> None:
        if not self._push.isActive():
            self._push.start()

    def _on_push_due(self) -> None:
        self._bridge.turns.ask(self._push_marks)

    def _push_marks(self) -> None:
        if self._filling.busy or (not self.isVisible() and self.canvas.view().width > 1):
            return
        now_ms = self._feed.now_ms()
        at_ms = self._replay.at_ms
        columns = self._book.columns(now_ms, self._left.filter()) if at_ms is None else self._book.at(at_ms)
        self.canvas.set_tickets(columns)
        counts = self._book.counts(now_ms)
        overdue = self._book.overdue_by_town(now_ms) if self._has_picture() else None
        self._left.set_overdue(overdue, counts.overdue_unplaced)
        self._show_units()
        self._place.refresh()
        self._show_layers(counts)
        self._strip.show(self.freshness().state)
        self._place.set_replaying(self._replay.active)
        self._show_counts(counts)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._push_marks()
        self._cameras.refresh()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_units(self) -> None:
        if self._presence.refresh():
            self.canvas.set_units(self._presence.units)
            self._place.set_units(self._presence.units)
            self._layers.set_places(Layer.SITES, self._presence.sites)

    def _on_cameras_changed(self) -> None:
        self._place.set_cameras(self._cameras.marks)
        self._show_layers()

    def _on_reference_changed(self) -> None:
        tree = AreaTree(self._feed.reference.areas) if self._feed.reference else AreaTree(())
        names = {str(area.code): area.name for area in tree if area.level == "town"}
        self._left.towns.set_towns(names, self._package.areas.get("communities", ()))

    # -- showing --------------------------------------------------------------------------------------

    def _has_picture(self) -> bool:
        """Whether tickets came at all: before, a count is no 0."""
        return bool(self.bridge.mirror.tickets) or not not_yet(self.bridge.freshness.of())

    def _show_layers(self, counts: MarkCounts | None = None) -> None:
        counts = counts or self._book.counts(self._feed.now_ms())
        self._layers.show(counts, len(self._cameras.marks), len(self._presence.units), self._has_picture())

    def _show_counts(self, counts: MarkCounts | None = None) -> None:
        counts = counts or self._book.counts(self._feed.now_ms())
        unplaced = 0 if self._replay.active else counts.unplaced
        self._stage.show_counts(self.canvas.tickets_in_sight(), unplaced, self.freshness(), self._has_picture())

    def _on_view_changed(self) -> None:
        self._left.towns.set_frame(self.canvas.view().box())

    # -- hands ----------------------------------------------------------------------------------------

    def _on_town_clicked(self, west: float, south: float, east: float, north: float) -> None:
        self.canvas.lock()
        self.canvas.show_box(west, south, east, north)

    def _on_area_chosen(self, ids: tuple[str, ...]) -> None:
        if ids:
            self.area_selected.emit(ids)

    def _on_action(self, action: str) -> None:
        ticket = self._place.ticket_id
        if ticket is None or (self._replay.active and action != OPEN):
            return
        if action == OPEN:
            self.ticket_open_requested.emit(ticket)
        elif action == WALL:
            self.send_to_wall()
        elif action == SEND and self._place.nearest_unit():
            self.dispatch_requested.emit(ticket, self._place.nearest_unit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif self._measuring.take_key(event):
            return
        elif key == Qt.Key.Key_M:
            self._measuring.toggle()
        elif key in DIGITS:
            camera = self._place.camera(DIGITS[key])
            if camera:
                self.camera_requested.emit(camera)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.canvas.activate_cursor():
                self._on_action(OPEN)
        elif key == Qt.Key.Key_R:
            self.canvas.rearm()
        elif key == Qt.Key.Key_D:
            self._on_action(SEND)
        elif key == Qt.Key.Key_G:
            self._layers.toggle(Layer.GRIDS)
        elif key == Qt.Key.Key_Space:
            self._strip.play()
        elif key == Qt.Key.Key_Home:
            self._replay.leave()
        elif key == Qt.Key.Key_Slash:
            self._search.open()
        elif key == Qt.Key.Key_Escape:
            self.clear_selection()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._cameras.look_at(())
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tiles.close()
        super().closeEvent(event)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._stage.place_panels()
