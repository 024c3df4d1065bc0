"""The middle of the map window: the canvas with its small panels, the time strip, and the search line when it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.theme.theme import Theme
from desktop.views.map.hud import CountPlate, KeyBanner, LockBanner, MapButtons
from desktop.views.map.time_strip import TimeStrip
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.command_bar import CommandBar
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.marks import Describe
from desktop.widgets.map_canvas.values import TicketColumns
from desktop.widgets.values import Freshness


class MapStage(ThemedWidget):
    """Lays the panels over the canvas; everything else is the window's. `live_requested`: a click on 回看."""

    live_requested = Signal()

    def __init__(self, theme: Theme, describe: Describe, parent=None) -> None:
        super().__init__(theme, parent)
        self.canvas = MapCanvas(theme, describe)
        self.banner = LockBanner(theme, self.canvas)
        self.back = KeyBanner(theme, "history", "", "Home", self.tr("回到实时"), self.canvas)
        self.back.clicked.connect(self.live_requested)
        self.back.hide()
        self.measure = KeyBanner(theme, "ruler", "", "Esc", self.tr("结束量距"), self.canvas)
        self.measure.hide()
        self.counts = CountPlate(theme, self.canvas)
        self.buttons = MapButtons(theme, self.canvas)
        self.strip = TimeStrip(theme)
        self.search = CommandBar(theme)
        self.search.input().setPlaceholderText(self.tr("查找地点、网格、道路、工单"))
        self.search.input().setAccessibleName(self.tr("查找"))
        self.search.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.search)
        column.addWidget(self.strip)
        self.banner.hide()
        self.banner.clicked.connect(self.canvas.rearm)
        self.canvas.view_locked_changed.connect(self._on_locked)
        self.buttons.zoom_requested.connect(self.canvas.zoom_by)
        self.buttons.rearm_requested.connect(self.canvas.rearm)
        self.buttons.band_toggled.connect(self.canvas.set_banding)
        self.canvas.area_selected.connect(self._on_area_selected)
        self.canvas.installEventFilter(self)

    def _on_locked(self, locked: bool) -> None:
        self.banner.setVisible(locked)
        self.place_panels()

    def show_counts(self, seen: TicketColumns, unplaced: int, freshness: Freshness, known: bool = True) -> None:
        """`known` False: nothing came yet, so nothing is counted. Else what is in sight: open ones by state, those that wait for acceptance, and open tickets that have no place at all."""
        states = seen.state[seen.waiting == 0].tolist() if len(seen.waiting) else seen.state.tolist()
        notes = []
        if waiting := len(seen.ids) - len(states):
            notes.append(filled(self.tr("待受理 {n}"), {"n": waiting}))
        if unplaced:
            notes.append(filled(self.tr("无坐标 {n}"), {"n": unplaced}))
        if known:
            self.counts.set_counts(len(states), states.count(1), states.count(0), "  ".join(notes))
        else:
            self.counts.set_counts(None, None, None)
        self.counts.set_freshness(freshness)
        self.place_panels()

    def show_replay(self, then: str) -> None:
        """`then`: the instant that is shown, as printed; empty = live."""
        text = filled(self.tr("回看 {time} · 由现有记录与总时限推算，不是日志回放"), {"time": then}) if then else ""
        self.canvas.set_framed(bool(then))
        if text != self.back.text_shown():
            self.back.set_text(text)
            self.back.setVisible(bool(then))
            self.place_panels()

    def show_measure(self, text: str) -> None:
        """What the measured line says; empty = nothing is measured."""
        if text:
            self.measure.set_text(text)
        self.measure.setVisible(bool(text))
        self.buttons.measure.setChecked(bool(text))
        self.place_panels()

    def _on_area_selected(self) -> None:
        self.buttons.band.setChecked(False)

    def place_panels(self) -> None:
        """Corners of the canvas, after a resize or a change of text."""
        pad = self._theme.space("m")
        width, height = self.canvas.width(), self.canvas.height()
        for panel in (self.banner, self.back, self.measure, self.counts, self.buttons):
            panel.adjustSize()
        top = pad
        for panel in (self.banner, self.back, self.measure):
            panel.move(pad, top)
            top += 0 if panel.isHidden() else panel.height() + self._theme.space("xs")
        self.counts.move(width - self.counts.width() - pad, pad)
        self.buttons.move(width - self.buttons.width() - pad, height - self.buttons.height() - pad)
        # The whole district, when it is framed, lies below the plates and above the scale bar.
        self.canvas.set_insets(self.counts.height(), self._theme.line_px("small"))

    def restyle(self) -> None:
        self.place_panels()

    def open_search(self) -> None:
        self.search.show()
        self.search.input().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_search(self) -> None:
        self.search.clear()
        self.search.hide()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas and event.type() == QEvent.Type.Resize:
            self.place_panels()
        return super().eventFilter(watched, event)
