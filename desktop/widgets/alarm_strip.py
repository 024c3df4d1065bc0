"""The alarm line at the foot of a wall: how many are unacknowledged and the three worst; wall notices share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_runs, fill_rounded, format_count
from desktop.widgets.values import Run
from desktop.widgets.wording import listed

MOST_ALARMS = 3


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm as printed on the strip."""

    severity: str
    text: str
    time: str


class AlarmStrip(ThemedWidget):
    """Count, then the worst alarms, then which page of the rotation is shown."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._unacked: int | None = None
        self._alarms: tuple[AlarmLine, ...] = ()
        self._notice = ""
        self._local = False
        self._page, self._pages = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_alarms(self, unacked: int | None, alarms: Sequence[AlarmLine], local: bool = False) -> None:
        """The number and the worst first. `local`: the link is down, these are this machine's own."""
        self._unacked, self._alarms, self._local = unacked, tuple(alarms[:MOST_ALARMS]), local
        spoken = listed(f"{self._theme.status('alarm', a.severity).word} {a.text} {a.time}" for a in self._alarms)
        self.setAccessibleName(f"{self._lead()} {format_count(unacked)} {spoken}".strip())
        self.update()

    def set_notice(self, text: str) -> None:
        """A wall notice sent from the director; it stands before the alarms."""
        self._notice = text
        self.update()

    def set_pages(self, current: int, total: int) -> None:
        """Dots of the rotation; one page shows none."""
        self._page, self._pages = current, total
        self.update()

    def _lead(self) -> str:
        return self.tr("本机告警") if self._local else self.tr("未确认告警")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, self._theme.line_px("body") + self._theme.space("m"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        box.setRight(self._paint_pages(painter, box))
        x = box.left()
        if self._local:
            x = self._paint_glyph(painter, box, x, "freshness", "offline")
        lead = (Run(self._lead() + " ", role="text.secondary"), Run(format_count(self._unacked), strong=True))
        x += draw_runs(painter, _from(box, x), lead, theme, "body")
        if self._notice:
            x = self._separator(painter, box, x)
            x += draw_runs(painter, _from(box, x), (Run(self._notice, role="text.primary"),), theme, "body")
        for alarm in self._alarms:
            x = self._separator(painter, box, x)
            x = self._paint_glyph(painter, box, x, "alarm", alarm.severity)
            strong = alarm.severity == "critical"
            runs = (Run(alarm.text, strong, "text.primary"), Run(f" {alarm.time}", role="text.tertiary"))
            x += draw_runs(painter, _from(box, x), runs, theme, "body")
        painter.end()

    def _paint_glyph(self, painter: QPainter, box: QRectF, x: float, kind: str, state: str) -> float:
        side = self._theme.glyph_px * 1.1
        paint_status(painter, self._theme, kind, state, QRectF(x, box.center().y() - side / 2, side, side))
        return x + side + self._theme.space("s")

    def _separator(self, painter: QPainter, box: QRectF, x: float) -> float:
        theme = self._theme
        height = theme.px("body") * 1.2
        gap = theme.space("l") * 0.9
        painter.fillRect(
            QRectF(round(x + gap), box.center().y() - height / 2, theme.pen("hair"), height), theme.color("line.hair")
        )
        return x + 2 * gap

    def _paint_pages(self, painter: QPainter, box: QRectF) -> float:
        if self._pages < 2:
            return box.right()
        theme = self._theme
        side = theme.space("s")
        x = box.right() + theme.space("xs")
        for page in range(self._pages - 1, -1, -1):
            width = side * (2.6 if page == self._page else 1.0)
            x -= width + theme.space("xs") * 1.4
            role = "text.primary" if page == self._page else "line.strong"
            fill_rounded(painter, QRectF(x, box.center().y() - side / 2, width, side), side / 2, theme.color(role))
        return x - theme.space("l")


def _from(box: QRectF, x: float) -> QRectF:
    return QRectF(x, box.top(), max(0.0, box.right() - x), box.height())
