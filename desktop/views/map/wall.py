"""The wall copy of the map: one ticket and what is around it, or the whole district. No panes, no callout, no id, no input.

The place line never names anything finer than a street; labels keep to the smallest legible size of the wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ticket_row import TicketRow, clock_look
from desktop.services.maps.package import MapPackage
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.link_words import not_yet
from desktop.views.map.around import RING_M, ComponentIndex, cameras_near
from desktop.views.map.camera_layer import CameraLayer
from desktop.views.map.ground import fill_ground
from desktop.views.map.legend import Legend
from desktop.views.map.mark_feed import MarkFeed
from desktop.views.map.presence import Presence
from desktop.views.map.register import ComponentRegister
from desktop.views.map.tile_layer import TileLayer
from desktop.views.queue.feed import TicketFeed
from desktop.views.shell import wall_demo_text
from desktop.views.tables.feed import TablesFeed
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget, apply_to_children
from desktop.widgets.freshness_badge import freshness_text
from desktop.widgets.glyphs import paint_glyph, paint_status
from desktop.widgets.map_canvas.scene import Selection
from desktop.widgets.map_canvas.surface import MapSurface
from desktop.widgets.map_canvas.values import SLA_STATES, URGENCIES, ComponentMark, Layer
from desktop.widgets.painting import RIGHT, draw_text, fill_rounded, format_count, text_width
from desktop.widgets.sla_bar import format_remaining
from desktop.widgets.tag import paint_tag, tag_size
from desktop.widgets.values import Freshness
from domain.components import Component
from domain.geo.polygons import AreaShape
from domain.ids import TicketId
from domain.wall.targets import area_of, place_of

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LAYERS = frozenset((Layer.TICKETS, Layer.GRIDS, Layer.CAMERAS, Layer.COMPONENTS, Layer.SITES, Layer.UNITS))
ZOOM = 17.6


class WallMapWindow(QWidget):
    """`show_ticket` chooses what the wall looks at; the director (or W on a desk) calls it."""

    closed = Signal()

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, package: MapPackage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._bridge, self._feed, self._package = theme, bridge, feed, package
        self._filling = MarkFeed(bridge, feed, self)
        self._book = self._filling.book
        self._components = ComponentIndex()
        self._presence = Presence(bridge, feed, self)
        self._ticket: TicketId | None = None
        self._row: TicketRow | None = None
        self._area: AreaShape | None = None
        """The one that the director chose."""
        self.canvas = MapSurface(theme)
        self.cameras = CameraLayer(bridge, self.canvas, self)
        self.canvas.set_layers(LAYERS)
        self._tiles = TileLayer(self.canvas, self)
        self._tiles.troubled.connect(self._on_tiles_troubled)
        self._tile_trouble = ""
        self.header = _Header(theme, self.canvas)
        self.legend = Legend(theme, in_line=True, parent=self.canvas)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.setWindowTitle(self.tr("地图"))
        self.setObjectName("wall_map")
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.setInterval(round(1000 / theme.update_hz))
        self._refresh_timer.timeout.connect(self._on_time)
        self._fill_ground()
        self._dress()
        self._connect()
        self.cameras.read()
        self._refresh()

    def _fill_ground(self) -> None:
        package = self._package
        fill_ground(self.canvas, package)
        self.set_components(package.components)
        if package.tiles is not None and package.tiles.wall:
            self._tiles.open(package)
            self._tiles.show(self._tiles.feed is not None)

    def _on_tiles_troubled(self, text: str) -> None:
        """Said in the header; the next tile that comes takes it back."""
        if text != self._tile_trouble:
            self._tile_trouble = text
            self._schedule()

    def _connect(self) -> None:
        bridge = self._bridge
        self._filling.filled.connect(self._schedule)
        bridge.freshness_changed.connect(self._schedule)
        bridge.clock_ticked.connect(self._schedule)

    def show_ticket(self, ticket_id: str | None) -> bool:
        """Look at a ticket, or with None at the district. False where the ticket is unknown or has no place."""
        row = self._feed.row(TicketId(ticket_id)) if ticket_id else None
        self._ticket, self._row = (row.id, row) if row else (None, None)
        self._area = None
        self._refresh()
        point = row.ticket.point if row else None
        if point is None:
            self.canvas.rearm()
        else:
            self.canvas.show_place(point.lon, point.lat, ZOOM)
            self.canvas.lock()
        return point is not None

    def show_target(self, target: str) -> None:
        """What the director wrote (domain.wall.targets): a place, an area, or a ticket."""
        place, area = place_of(target), area_of(target)
        if place is not None:
            self._look_at(place.lon, place.lat, place.zoom)
        elif area:
            shape = next((each for each in self._shapes() if each.code == area), None)
            self._look_at_area(shape)
        else:
            self.show_ticket(target)

    def _look_at(self, lon: float, lat: float, zoom: float) -> None:
        """A place that a hand chose: it stays, whatever is refreshed."""
        self.show_ticket(None)
        self.canvas.show_place(lon, lat, zoom)
        self.canvas.lock()

    def _look_at_area(self, shape: AreaShape | None) -> None:
        """The district where this wall's map has no such area."""
        self.show_ticket(None)
        if shape is not None:
            self._area = shape
            self._frame_area()
            self._refresh()

    def _frame_area(self) -> None:
        if self._area is not None:
            self.canvas.show_box(*self._area.bounds())
            self.canvas.lock()

    def _shapes(self) -> Iterator[AreaShape]:
        for layer in ("towns", "communities", "grids", "districts"):
            yield from self._package.areas.get(layer, ())

    def set_tables(self, tables: TablesFeed) -> None:
        """The register of components takes the place of the package's table, as on the desk."""
        self._register = ComponentRegister(tables, self.set_components, self)

    def set_components(self, components: Sequence[Component], _source: str = "") -> None:
        self._components = ComponentIndex(components)
        self.canvas.set_components(
            [ComponentMark(each.id, each.kind, each.point.lon, each.point.lat) for each in components]
        )

    def set_camera_feed(self, feed: CameraFeed) -> None:
        """What the tiles of this desk see: a frozen or lost camera is not shown as seeing."""
        self.cameras.set_feed(feed)

    def apply_theme(self, theme: Theme) -> None:
        """Another scale or scene."""
        self._theme = theme
        self._dress()
        apply_to_children(self, theme)
        self._place_panels()

    def _dress(self) -> None:
        self.setPalette(self._theme.palette())
        self.setStyleSheet(self._theme.stylesheet())
        self.setCursor(Qt.CursorShape.BlankCursor)

    def _schedule(self) -> None:
        """Three times a second at most."""
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def _on_time(self) -> None:
        self._bridge.turns.ask(self._refresh)

    def _refresh(self) -> None:
        if self._filling.busy:
            return  # what is half in is not shown; `filled` comes
        now_ms = self._feed.now_ms()
        self.canvas.set_tickets(self._book.columns(now_ms))
        if self._presence.refresh():
            self.canvas.set_units(self._presence.units)
            self.canvas.set_places(Layer.SITES, self._presence.sites)
        if self._ticket is not None:
            self._row = self._feed.row(self._ticket) or self._row
        self.canvas.select(self._selection(now_ms))
        self._show_header(now_ms)

    def _selection(self, now_ms: int) -> Selection | None:
        row = self._row
        point = row.ticket.point if row else None
        if row is None or point is None:
            return None
        near = cameras_near(point, self.cameras.marks)
        return Selection(
            ticket=row.id,
            lon=point.lon,
            lat=point.lat,
            state=SLA_STATES.index(clock_look(row, now_ms).state),
            urgency=URGENCIES.index(row.urgency),
            cameras=frozenset(each.camera.id for each in near if each.covers),
            components=frozenset(each.id for each, _ in self._components.near(point, RING_M)),
            ring_m=RING_M,
            ring_text=filled(self.tr("{n} 米"), {"n": round(RING_M)}),
        )

    def _show_header(self, now_ms: int) -> None:
        now, row, header = self._feed.now(), self._row, self.header
        link = self._feed.site.freshness(self._bridge.freshness.of(), now)
        demo = self._feed.reference is not None and self._feed.reference.demo is not None
        header.set_link(
            wall_demo_text(self._bridge.clock.rate) if demo or self._package.demo else "",
            link,
            self._feed.site.clock(now),
        )
        unknown = not_yet(self._bridge.freshness.of())
        if row is None and unknown and not self._feed.book:
            header.set_matter(self.tr("地图"), "", "", "", unknown)
            return
        if row is None:
            counts = self._book.counts(now_ms)
            text = filled(
                self.tr("{n} 件在办，{m} 件超期"), {"n": format_count(counts.open), "m": format_count(counts.overdue)}
            )
            if counts.unplaced:
                text += filled(self.tr("，{n} 件无坐标不在图上"), {"n": format_count(counts.unplaced)})
            text += filled(self.tr("，{why}"), {"why": self._tile_trouble}) if self._tile_trouble else ""
            header.set_matter(
                filled(self.tr("地图 {place}"), {"place": self._area.name if self._area else ""}).strip(),
                "",
                "",
                "",
                text,
            )
            return
        look = clock_look(row, now_ms)
        joint = (
            filled(self.tr("协办 {n}/{total}"), {"n": row.parts_in, "total": row.parts_total})
            if row.parts_total
            else ""
        )
        title = f"{row.town} {row.matter}" if row.town else row.matter
        header.set_matter(title, row.urgency, look.state, format_remaining(look.remaining_s, look.state), joint)

    def _place_panels(self) -> None:
        pad = self._theme.space("page")
        high = self.header.sizeHint().height()
        self.header.setGeometry(pad, round(pad * 0.6), self.canvas.width() - 2 * pad, high)
        self.legend.adjustSize()
        self.legend.move(pad, self.canvas.height() - self.legend.height() - round(pad * 0.6))
        edge = round(pad * 0.6)
        self.canvas.set_insets(high + edge, self.legend.height() + edge)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.cameras.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.activate()
        self._place_panels()
        self._frame_area()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self._tiles.close()
            self.closed.emit()


class _Header(ThemedWidget):
    """Matter, urgency, time left, joint units; at the right 演示, freshness and the clock."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._matter = ("", "", "", "", "")
        self._link: tuple[str, Freshness, str] = ("", Freshness(), "")

    def set_matter(self, title: str, urgency: str, state: str, remaining: str, note: str) -> None:
        if (title, urgency, state, remaining, note) != self._matter:
            self._matter = (title, urgency, state, remaining, note)
            self.setAccessibleName(" ".join(part for part in (title, remaining, note) if part))
            self.update()

    def set_link(self, demo: str, freshness: Freshness, clock: str) -> None:
        if (demo, freshness, clock) != self._link:
            self._link = (demo, freshness, clock)
            self.setAccessibleDescription(freshness_text(self._theme, freshness, "full"))
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        return QSize(theme.space("xl") * 20, theme.line_px("number_m") + theme.space("m"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rounded(painter, QRectF(self.rect()), theme.radius("panel"), theme.color("surface.app"))
        pad = theme.space("l")
        box = QRectF(self.rect()).adjusted(pad, 0, -pad, 0)
        box.setRight(self._paint_link(painter, box) - theme.space("l"))
        self._paint_matter(painter, box)
        painter.end()

    def _paint_matter(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        title, urgency, state, remaining, note = self._matter
        font, gap, side = theme.font("title"), theme.space("xl"), theme.glyph_px
        parts: list[tuple[tuple[str, str] | None, str]] = []
        if urgency:
            parts.append((("urgency", urgency), theme.status("urgency", urgency).word))
        if remaining:
            parts.append((("sla", state) if state != "none" else None, remaining))
        if note:
            parts.append((("joint", "assist") if urgency else None, note))
        room = sum(gap + (side + theme.space("s") if mark else 0) + text_width(font, text) for mark, text in parts)
        name = QRectF(box.left(), box.top(), max(0.0, box.width() - room), box.height())
        x = box.left() + draw_text(painter, name, title, theme.font("heading", "number"), theme.color("text.primary"))
        for mark, text in parts:
            x += gap
            if mark is not None:
                look = theme.status(*mark)
                paint_glyph(painter, look.shape, QRectF(x, box.center().y() - side / 2, side, side), look.color)
                x += side + theme.space("s")
            x += draw_text(
                painter,
                QRectF(x, box.top(), box.right() - x + 1, box.height()),
                text,
                font,
                theme.color("text.primary"),
            )

    def _paint_link(self, painter: QPainter, box: QRectF) -> float:
        """From the right edge; returns where it begins. The clock's room does not depend on its digits."""
        theme = self._theme
        demo, freshness, clock = self._link
        clock_font, font, gap = theme.font("number_m", "number"), theme.font("title"), theme.space("l")
        draw_text(painter, box, clock, clock_font, theme.color("text.primary"), RIGHT)
        x = box.right() - text_width(clock_font, "00:00:00") - gap
        word = theme.status("freshness", freshness.state).word
        if freshness.state != "live":
            word = freshness_text(theme, freshness, "full")
            font = theme.font("body")
        x -= text_width(font, word)
        draw_text(painter, QRectF(x, box.top(), box.right() - x, box.height()), word, font, theme.color("text.primary"))
        side = theme.glyph_px
        x -= side + theme.space("s")
        paint_status(painter, theme, "freshness", freshness.state, QRectF(x, box.center().y() - side / 2, side, side))
        if demo:
            x -= tag_size(theme, demo)[0] + gap
            paint_tag(painter, theme, x, box.center().y(), demo)
        return x
