"""The search line of the map: says what Enter will go to, and goes there. Tab steps through what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.maps.package import MapPackage
from desktop.views.map.search import AREA, STREET, TICKET, Found, PlaceSearch
from desktop.views.map.stage import MapStage
from desktop.views.queue.feed import TicketFeed
from desktop.views.words import filled
from desktop.widgets.values import Run

STREET_ZOOM = 16.5


class SearchControl(QObject):
    ticket_found = Signal(str)

    def __init__(self, stage: MapStage, feed: TicketFeed, package: MapPackage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage, self._feed = stage, feed
        areas = [area for areas in package.areas.values() for area in areas]
        self._places = PlaceSearch(areas, package.ground.features if package.ground else ())
        self._found: list[Found] = []
        self._at = 0
        bar = stage.search
        bar.text_changed.connect(self._on_text_changed)
        bar.submitted.connect(self._on_submitted)
        bar.cancelled.connect(stage.close_search)
        bar.completion_requested.connect(self._on_next)

    def open(self) -> None:
        self._stage.open_search()

    def _on_text_changed(self, text: str) -> None:
        self._found, self._at = self._places.find(text, self._feed.book), 0
        self._say(text)

    def _on_next(self) -> None:
        if self._found:
            self._at = (self._at + 1) % len(self._found)
            self._say(self._stage.search.text())

    def _say(self, text: str) -> None:
        if not text:
            self._stage.search.set_sentence(())
            return
        if not self._found:
            self._stage.search.set_sentence((Run(self.tr("没有找到")),))
            return
        found = self._found[self._at]
        kind = {TICKET: self.tr("工单"), AREA: self.tr("网格与社区"), STREET: self.tr("道路与水系")}[found.kind]
        place = filled(self.tr("第 {n} / {total} 处，Tab 下一处"), {"n": self._at + 1, "total": len(self._found)})
        runs = (Run(self.tr("前往 ")), Run(found.text, strong=True), Run(f"  {kind}"))
        self._stage.search.set_sentence(runs, place)

    def _on_submitted(self, _text: str) -> None:
        if not self._found:
            return
        found = self._found[self._at]
        canvas = self._stage.canvas
        # The hand asked for this place: it counts as set by hand, or the next refresh would take it away.
        canvas.lock()
        if found.box is not None:
            canvas.show_box(*found.box)
        else:
            canvas.show_place(found.lon, found.lat, max(canvas.view().zoom, STREET_ZOOM))
        if found.kind == TICKET:
            self.ticket_found.emit(found.id)
        self._stage.close_search()
