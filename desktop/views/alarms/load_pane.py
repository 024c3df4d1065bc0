"""The top of the alarm window: load of this seat, four hours by severity, load of every seat."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.alarms import words
from desktop.views.alarms.feed import AlarmFeed
from desktop.views.words import filled
from desktop.widgets.alarm_bars import AlarmBars, AlarmSpan, LoadCells, SeatLine, SeatLoads, SeverityLegend
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import KeyHint
from desktop.widgets.labels import plain_label
from desktop.widgets.table_style import style_table
from desktop.widgets.twin_table import TwinModel, TwinTable
from domain.alarms.load import Load

HEIGHT_STEPS = 7.6
MINE_STEPS, SEATS_STEPS = 12.6, 21.0


class LoadPane(ThemedWidget):
    """`seat_chosen`: a seat to hand the selected alarm to."""

    seat_chosen = Signal(str)

    def __init__(self, theme: Theme, feed: AlarmFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._feed = feed
        self._count = plain_label(theme, size="number_xl", weight="number", role="text.primary")
        self._of = plain_label(theme, size="title", role="text.secondary")
        self.cells = LoadCells(theme)
        self._note = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self.bars = AlarmBars(theme)
        self._model = TwinModel(self)
        self._table: TwinTable | None = None
        self._merged = plain_label(theme, size="caption", role="text.secondary", elide=True)
        self.seats = SeatLoads(theme)
        self.seats.chosen.connect(self.seat_chosen)
        self._parts = [self._mine(), self._chart(), self._all_seats()]
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part, stretch in zip(self._parts, (0, 1, 0), strict=True):
            row.addWidget(part, stretch)
        self.restyle()

    def refresh(self) -> None:
        feed = self._feed
        load, known = feed.load(), feed.known
        self._count.set_text(str(load.count) if known else "–")
        self._of.set_text(f"/ {load.flood}   {load_word(load) if known else ''}".rstrip())
        self.cells.set_load(load.count if known else 0, load.flood)
        pattern = self.tr("满 {flood} 条为泛滥：轻微级静音并汇总，只响严重与重要")
        self._note.set_text(filled(pattern, {"flood": load.flood}))
        spans = [
            AlarmSpan(feed.site.minute(one.begin), {key.value: n for key, n in one.counts.items()})
            for one in feed.buckets()
        ]
        merged = feed.merged()
        said = {}
        if merged is not None:
            said = {
                "time": feed.site.minute(merged.raised_at),
                "what": words.title(merged, feed.names),
                "n": merged.hits,
            }
        self._merged.set_text(filled(self.tr("{time} {what}，{n} 条并为 1 条"), said) if said else "")
        settings = feed.rules.settings
        self.bars.set_spans(spans, feed.site.minute(feed.now()), settings.flood, settings.manageable)
        self._model.set_twin(self.bars.twin())
        self.seats.set_lines([self._seat_line(seat) for seat in feed.seats()] if known else [])

    @property
    def shows_table(self) -> bool:
        return self._table is not None and self._pages.currentWidget() is self._table

    def toggle_twin(self) -> None:
        """Chart ↔ table, which has the keyboard while it is there."""
        if self.shows_table:
            self._pages.setCurrentWidget(self.bars)
            return
        if self._table is None:
            self._table = TwinTable(self.theme, self._model)
            self._table.setAccessibleName(self.tr("每 10 分钟，近 4 小时"))
            self._pages.addWidget(self._table)
        self._pages.setCurrentWidget(self._table)
        self._table.scrollToBottom()  # the newest
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _seat_line(self, seat: str) -> SeatLine:
        feed = self._feed
        role = feed.seats()[seat]
        load = feed.load_of(role, seat)
        if seat == feed.seat:
            note = self.tr("本席")
        else:
            note = load_word(load) if load.is_high or load.is_flood else self.tr("可接")
        return SeatLine(seat, words.who(role, seat), load.count, load.flood, note)

    def _mine(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.addWidget(plain_label(self.theme, self.tr("本席 10 分钟告警"), "small", "text.secondary"))
        line = QHBoxLayout()
        line.addWidget(self._count)
        line.addWidget(self._of, 1)
        column.addLayout(line)
        column.addWidget(self.cells)
        column.addWidget(self._note)
        column.addStretch(1)
        return box

    def _chart(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        head = QHBoxLayout()
        head.addWidget(plain_label(self.theme, self.tr("每 10 分钟，近 4 小时"), "small", "text.secondary"))
        head.addSpacing(self.theme.space("l"))
        head.addWidget(self._merged, 2)
        head.addWidget(SeverityLegend(self.theme))
        column.addLayout(head)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.bars)
        column.addWidget(self._pages, 1)
        return box

    def _all_seats(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        head = QHBoxLayout()
        head.addWidget(plain_label(self.theme, self.tr("各席负荷"), "small", "text.secondary"), 1)
        head.addWidget(KeyHint(self.theme, "T"))
        head.addWidget(plain_label(self.theme, words.command_word("hand_over"), "caption", "text.tertiary"))
        column.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.seats)
        self.seats.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setFocusPolicy(self.focusPolicy())
        column.addWidget(scroll, 1)
        return box

    def restyle(self) -> None:
        theme = self.theme
        pad, step = theme.space("l"), theme.space("xl")
        if self._table is not None:
            style_table(self._table, theme, "compact")
        for part in self._parts:
            layout = part.layout()
            assert layout is not None
            layout.setContentsMargins(pad, theme.space("m"), pad, theme.space("s"))
            layout.setSpacing(theme.space("xs"))
        self._parts[0].setFixedWidth(round(step * MINE_STEPS))
        self._parts[2].setFixedWidth(round(step * SEATS_STEPS))
        self.setFixedHeight(round(step * HEIGHT_STEPS))

    def paintEvent(self, event) -> None:
        theme = self.theme
        painter = QPainter(self)
        hair, color = theme.pen("hair"), theme.color("line.hair")
        painter.fillRect(QRectF(0, self.height() - hair, self.width(), hair), color)
        for part in self._parts[1:]:
            painter.fillRect(QRectF(part.x(), 0, hair, self.height()), color)
        painter.end()


def load_word(load: Load) -> str:
    translate = QCoreApplication.translate
    if load.is_flood:
        return translate("alarms", "泛滥")
    return translate("alarms", "偏高") if load.is_high else translate("alarms", "可处理")
