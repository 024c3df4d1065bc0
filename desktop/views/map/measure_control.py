"""量距 on the map: M begins, a click or Enter (at the cross in the middle) sets a point, Backspace takes one back, Esc ends."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from desktop.views.map.stage import MapStage
from desktop.views.words import filled
from desktop.widgets.map_canvas.measure import MeasureLine


class MeasureControl(QObject):
    """The line lies over the map until Esc; it moves with the map and is nobody else's."""

    def __init__(self, stage: MapStage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._line: MeasureLine | None = None
        stage.measure.clicked.connect(self.end)
        stage.buttons.measure_toggled.connect(self._on_toggled)
        stage.canvas.ground_pointed.connect(self._on_pointed)

    @property
    def active(self) -> bool:
        return self._line is not None

    def length_m(self) -> float:
        """Metres along the whole line; 0 while it has less than two points."""
        lengths = self._line.lengths_m() if self._line is not None else ()
        return lengths[-1] if lengths else 0.0

    def toggle(self) -> None:
        """M"""
        if self.active:
            self.end()
        else:
            self._line = MeasureLine()
            self._show()

    def end(self) -> None:
        """Esc: the line goes."""
        self._line = None
        self._show()
        self._stage.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_key(self, event: QKeyEvent) -> bool:
        """Keys while a line is being set; False for those that mean what they always do."""
        key = Qt.Key(event.key())
        if self._line is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            canvas = self._stage.canvas
            self._on_pointed(QPointF(canvas.width() / 2, canvas.height() / 2))
        elif key == Qt.Key.Key_Backspace:
            self._line.take_back()
            self._show()
        elif key == Qt.Key.Key_Escape:
            self.end()
        else:
            return False
        return True

    def _on_toggled(self, on: bool) -> None:
        if on != self.active:
            self.toggle()

    def _on_pointed(self, place: QPointF) -> None:
        if self._line is not None:
            self._line.add(*self._stage.canvas.place_at(place))
            self._show()

    def _show(self) -> None:
        self._stage.canvas.set_measure(self._line, self.words)
        self._stage.show_measure(self._text() if self._line is not None else "")

    def _text(self) -> str:
        count = len(self._line.points) if self._line is not None else 0
        if count < 2:
            return self.tr("量距：点图或按 Enter（取中心十字）落点，Backspace 撤一点")
        return filled(self.tr("量距 {length}，{n} 个点，直线距离"), {"length": self.words(self.length_m()), "n": count})

    def words(self, meters: float) -> str:
        """85 米, 1.24 公里."""
        if meters < 1000:
            return filled(self.tr("{n} 米"), {"n": round(meters)})
        return filled(self.tr("{n} 公里"), {"n": f"{meters / 1000:.2f}"})
