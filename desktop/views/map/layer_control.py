"""The layers that a person ticks at the left: what each has to show, how many that are, and what a tick does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.services.maps.package import MapPackage
from desktop.views.map.left_pane import LeftPane
from desktop.views.map.mark_book import MarkCounts
from desktop.views.map.repeat_spots import RepeatSpots
from desktop.views.map.tile_layer import TileLayer
from desktop.views.queue.feed import TicketFeed
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.values import ComponentMark, Layer, PlaceMark
from domain.components import Component


class LayerControl(QObject):
    """`changed`: a layer has more or less to show. `spot_chosen` carries the ids of the tickets of a repeat spot."""

    changed = Signal()
    spot_chosen = Signal(tuple)

    def __init__(
        self,
        feed: TicketFeed,
        package: MapPackage,
        left: LeftPane,
        canvas: MapCanvas,
        tiles: TileLayer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._package, self._left, self._canvas, self._tiles = package, left, canvas, tiles
        self._places: dict[str, int] = {}
        self._components = 0
        self._spots = RepeatSpots(feed, canvas.isVisible, self)
        self._spots.changed.connect(self._on_spots_changed)
        canvas.spot_clicked.connect(self._on_spot_clicked)
        left.layers_changed.connect(self._on_ticked)

    @property
    def spots(self) -> RepeatSpots:
        return self._spots

    def set_places(self, layer: str, places: Sequence[PlaceMark]) -> None:
        """Joint-inspection sites, repeat spots or facilities (names of Layer)."""
        self._places[layer] = len(places)
        self._canvas.set_places(layer, places)
        self.changed.emit()

    def set_components(self, components: Sequence[Component]) -> None:
        marks = [ComponentMark(each.id, each.kind, each.point.lon, each.point.lat) for each in components]
        self._canvas.set_components(marks)
        self._components = len(components)
        self.changed.emit()

    def spot_name(self, ident: str) -> str:
        return next((mark.name for mark in self._spots.marks() if mark.id == ident), "")

    def toggle(self, layer: Layer) -> None:
        """By its key."""
        self._canvas.set_layers(self._canvas.layers() ^ {layer.value})
        self.changed.emit()

    def show(self, counts: MarkCounts, cameras: int, units: int, came: bool) -> None:
        """`came`: whether tickets came at all; before, a count is no 0."""
        items: list[tuple[str, int | None]] = [
            (Layer.TICKETS, counts.open - counts.unplaced if came else None),
            (Layer.GRIDS, len(self._package.areas.get("grids", ()))),
            (Layer.CAMERAS, cameras if cameras or came else None),
            (Layer.COMPONENTS, self._components),
            (Layer.UNITS, units if came else None),
        ]
        if Layer.SITES in self._places:
            items.append((Layer.SITES, self._places[Layer.SITES]))
        items.append((Layer.SPOTS, self._places.get(Layer.SPOTS) if self._spots.on else None))
        if Layer.FACILITIES in self._places:
            items.append((Layer.FACILITIES, self._places[Layer.FACILITIES]))
        items.append((Layer.HEAT, None))
        if self._tiles.feed is not None:
            items.append((Layer.SATELLITE, None))
        self._left.set_layers(items, self._canvas.layers())

    def _on_ticked(self, checked: tuple[str, ...]) -> None:
        layers = frozenset(str(layer) for layer in checked)
        self._tiles.show(Layer.SATELLITE in layers)
        self._canvas.set_layers(layers)
        self._spots.set_on(Layer.SPOTS in layers)
        if not self._spots.on:
            self._left.set_rule("")

    def _on_spots_changed(self) -> None:
        self._left.set_rule(self._spots.rule())
        self.set_places(Layer.SPOTS, self._spots.marks())

    def _on_spot_clicked(self, ident: str) -> None:
        self.spot_chosen.emit(self._spots.tickets(ident))
