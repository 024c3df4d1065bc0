"""The wall copy: progress of the running inspections only. Streets and fields, units by number, premises by letter; nobody is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.services.checklists import Template
from desktop.theme.theme import Theme
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.values import list_line, not_rectified, stage_steps
from desktop.views.inspection.words import stage_words
from desktop.views.link_words import not_yet, not_yet_status
from desktop.views.wall_view import WallView
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import RIGHT, draw_runs, draw_text, hair_line
from desktop.widgets.values import Run
from desktop.widgets.wording import enumerated, sentences
from domain.inspection.values import Inspection
from domain.inspection.words import InspectionState

if TYPE_CHECKING:
    from desktop.bridge import Bridge

REORDER_MS = 10_000
LEAST_ROW = 1.35
"""Of the profile's relaxed row."""


@dataclass(frozen=True, slots=True)
class WallLine:
    """One running inspection. `stages`: done · current · future, one each."""

    id: str
    place: str
    fields: str
    stages: tuple[str, ...]
    stage: str
    arrived: tuple[int, int]
    found: tuple[int, int]
    failed: tuple[int, int]
    """Of those checked."""
    letters: tuple[tuple[str, int], ...]
    right: tuple[int, int]
    glyph: str
    when: str


def wall_line(inspection: Inspection, feed: InspectionFeed, templates: Sequence[Template]) -> WallLine:
    """Numbers and letters; titles and names stay at the desk."""
    site, now = feed.site, feed.now()
    steps = stage_steps(inspection, site, now)
    names = {one.id: one.name for one in templates}
    fields = [names[key] for ref in inspection.plan.templates if (key := ref.split("@")[0]) in names]
    cells = len(inspection.plan.items) * len(inspection.plan.premises)
    found = cells - len(inspection.open_cells())
    failed = len(inspection.violations())
    letters = tuple((one.letter, len(inspection.violations(one.letter))) for one in inspection.plan.premises)
    line = list_line(inspection, feed.names, site, now)
    current = [step.name for step in steps if step.state == "current"]
    return WallLine(
        id=inspection.id,
        place=feed.names.town(inspection.area),
        fields=enumerated(fields),
        stages=tuple(step.state for step in steps),
        stage=enumerated(current) or stage_words()[-1],
        arrived=(sum(part.arrived_at is not None for part in inspection.parts), len(inspection.parts)),
        found=(found, cells),
        failed=(failed, found),
        letters=tuple(entry for entry in letters if entry[1]),
        right=(failed - len(not_rectified(inspection)), failed),
        glyph=line.glyph,
        when=line.when,
    )


class InspectionWall(WallView):
    """Takes no input. The order changes every ten seconds at most."""

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        feed: InspectionFeed,
        templates: Sequence[Template],
        parent: QWidget | None = None,
    ) -> None:
        rows = WallRows(theme)
        super().__init__(theme, self.tr("联合检查"), rows, parent, gap="m")
        self.rows = rows
        self._bridge, self._feed, self._templates = bridge, feed, tuple(templates)
        self._order: list[str] = []
        self._column.addWidget(self._stack, 1)
        self._reorder = QTimer(self)
        self._reorder.setInterval(REORDER_MS)
        self._reorder.timeout.connect(self._on_reorder_due)
        self._reorder.start()
        self.setObjectName("wall_inspection")
        self._dress()
        self.rows.resized.connect(self.refresh)
        feed.changed.connect(self.refresh)
        feed.reference_changed.connect(self.refresh)
        bridge.clock_ticked.connect(self.refresh)
        bridge.freshness_changed.connect(self.refresh)
        self._on_reorder_due()

    def message_text(self) -> str:
        return self._message.text() if self._stack.currentWidget() is self._message else ""

    def _running(self) -> list[Inspection]:
        found = [one for one in self._feed.all() if one.is_open]
        later = (InspectionState.RECTIFYING, InspectionState.RECHECKED)
        return sorted(found, key=lambda one: (one.state in later, one.plan.ends_at, one.id))

    def _on_reorder_due(self) -> None:
        self._order = [one.id for one in self._running()]
        self.refresh()

    def refresh(self) -> None:
        running = {one.id: one for one in self._running()}
        self._order = [key for key in self._order if key in running]
        self._order += [key for key in running if key not in self._order]
        lines = [wall_line(running[key], self._feed, self._templates) for key in self._order]
        fresh = self._show_facts(self._bridge, self._feed.site, self._feed.reference)
        shown = min(len(lines), self.rows.room())
        words = {"n": shown, "total": len(lines)}
        self._header.set_title(self.tr("联合检查"), filled(self.tr("进行中 {n} / {total} 次"), words) if lines else "")
        self.rows.set_lines(lines, fresh.late)
        if lines:
            self._stack.setCurrentWidget(self.rows)
            return
        link = self._bridge.freshness.of()
        self._message.set_message(
            not_yet(link) or self.tr("没有进行中的联合检查。发起后在此显示到场和检查进度。"),
            status=not_yet_status(link),
        )
        self._stack.setCurrentWidget(self._message)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._reorder.stop()
        super().closeEvent(event)


_COLUMNS = (("place", 0.0), ("stages", 0.205), ("arrived", 0.5), ("found", 0.588), ("failed", 0.69), ("when", 0.905))


class WallRows(ThemedWidget):
    """Whole rows only, as many as fit."""

    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[WallLine, ...] = ()
        self._dimmed = False

    def set_lines(self, lines: Sequence[WallLine], dimmed: bool) -> None:
        self._lines, self._dimmed = tuple(lines), dimmed
        spoken = sentences(f"{line.place} {line.fields} {line.stage} {line.when}" for line in lines[: self.room()])
        self.setAccessibleName(spoken)
        self.update()

    def lines(self) -> tuple[WallLine, ...]:
        return self._lines[: self.room()]

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _head(self) -> int:
        return round(self._theme.row("compact") * 1.2)

    def _row(self) -> float:
        return self._theme.row("relaxed") * LEAST_ROW

    def room(self) -> int:
        return max(1, int((self.height() - self._head()) / self._row()))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, round(self._row() * 4))

    def _cell(self, box: QRectF, name: str) -> QRectF:
        names = [column for column, _ in _COLUMNS]
        at = names.index(name)
        left = _COLUMNS[at][1] * box.width()
        right = _COLUMNS[at + 1][1] * box.width() if at + 1 < len(_COLUMNS) else box.width()
        return QRectF(left, box.top(), right - left - self._theme.space("m"), box.height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRectF(0, 0, self.width(), self._head())
        translate = QCoreApplication.translate
        words = {
            "place": translate("inspection", "街道 · 领域"),
            "stages": translate("inspection", "阶段"),
            "arrived": translate("inspection", "报到"),
            "found": translate("inspection", "已检"),
            "failed": translate("inspection", "不合格"),
            "when": translate("inspection", "下一时限"),
        }
        for name, word in words.items():
            align = RIGHT if name == "when" else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            box = self._cell(head, name)
            draw_text(painter, box, word, theme.font("body"), theme.component("table", "header_text"), align)
        hair_line(painter, theme, 0, head.bottom() - theme.pen("hair"), head.width())
        for place, line in enumerate(self.lines()):
            box = QRectF(0, head.bottom() + place * self._row(), self.width(), self._row())
            self._paint_row(painter, box, line)
            hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, line: WallLine) -> None:
        theme = self._theme
        loud = theme.color("text.secondary" if self._dimmed else "text.primary")
        quiet = theme.color("text.secondary")
        place = self._cell(box, "place")
        upper, lower = _halves(place)
        draw_text(painter, upper, line.place, theme.font("title", "title"), loud)
        draw_text(painter, lower, line.fields, theme.font("small"), quiet)
        self._paint_stages(painter, self._cell(box, "stages"), line)
        for name, (n, total) in (("arrived", line.arrived), ("found", line.found)):
            runs = [Run(str(n), strong=True, role=None if not self._dimmed else "text.secondary"), Run(f" / {total}")]
            draw_runs(painter, self._cell(box, name), runs, theme, "title")
        self._paint_failed(painter, self._cell(box, "failed"), line)
        self._paint_when(painter, self._cell(box, "when"), line)

    def _paint_stages(self, painter: QPainter, box: QRectF, line: WallLine) -> None:
        """Nine marks on a line, and the word of what runs now below."""
        theme = self._theme
        upper, lower = _halves(box)
        radius = theme.glyph_px * 0.36
        step = (upper.width() - theme.space("l")) / (len(line.stages) - 1)
        y = upper.center().y()
        for n, state in enumerate(line.stages):
            center = QPointF(upper.left() + radius + n * step, y)
            if n + 1 < len(line.stages):
                role = "text.secondary" if state == "done" else "line.strong"
                painter.setPen(QPen(theme.color(role), theme.pen("hair")))
                painter.drawLine(center + QPointF(radius * 1.5, 0), center + QPointF(step - radius * 1.5, 0))
            role = {"done": "text.secondary", "current": "accent.base", "future": "line.strong"}[state]
            painter.setPen(QPen(theme.color(role), theme.pen("hair")))
            painter.setBrush(Qt.BrushStyle.NoBrush if state == "future" else theme.color(role))
            painter.drawEllipse(center, radius, radius)
            if state == "current":
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(center, radius * 1.6, radius * 1.6)
        draw_text(painter, lower, line.stage, theme.font("small"), theme.color("text.primary"))

    def _paint_failed(self, painter: QPainter, box: QRectF, line: WallLine) -> None:
        theme = self._theme
        failed, checked = line.failed
        upper, lower = _halves(box)
        role = "text.secondary" if self._dimmed else "sla.overdue" if failed else None
        runs = [Run(str(failed), strong=True, role=role), Run(f" / {checked}")]
        if failed:
            right = QCoreApplication.translate("inspection", " · 已整改 {n}").format(n=line.right[0])
            runs.append(Run(right))
        draw_runs(painter, upper, runs, theme, "title")
        letters = "　".join(f"{letter} {n}" for letter, n in line.letters)
        draw_text(painter, lower, letters, theme.font("small"), theme.color("text.secondary"))

    def _paint_when(self, painter: QPainter, box: QRectF, line: WallLine) -> None:
        theme, side = self._theme, self._theme.glyph_px
        used = draw_text(painter, box, line.when, theme.font("title", "number"), theme.color("text.primary"), RIGHT)
        if line.glyph:
            x = box.right() - used - side - theme.space("s")
            paint_status(painter, theme, "sla", line.glyph, QRectF(x, box.center().y() - side / 2, side, side))


def _halves(box: QRectF) -> tuple[QRectF, QRectF]:
    """Two lines of a row, a little drawn together."""
    inset = box.height() * 0.14
    height = (box.height() - 2 * inset) / 2
    upper = QRectF(box.left(), box.top() + inset, box.width(), height)
    return upper, upper.translated(0, height)
