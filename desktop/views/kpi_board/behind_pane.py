"""The right pane of the board: one figure, its definition, and the tickets behind it in lists that add up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.theme.theme import Theme
from desktop.views import kpi_words
from desktop.views.kpi_board.behind import PARTS, BehindQuery, Figure, PartList, part_count, part_word, reasons_of
from desktop.views.kpi_board.behind_model import MATTER, NUMBER, STATE, TOWN, BehindModel
from desktop.views.kpi_board.breakdown import (
    DIMS,
    VALUE,
    BreakdownModel,
    BreakdownQuery,
    dim_word,
    split_sum,
)
from desktop.views.kpi_board.periods import by_word, span_text
from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget
from desktop.widgets.chip import Chip
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import format_count, format_percent
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.table_style import style_table
from desktop.widgets.values import DASH
from domain.ids import TicketId
from domain.kpi_types import Kpi

if TYPE_CHECKING:
    from desktop.bridge import Bridge

SIDE_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class BehindPane(ThemedWidget):
    """`tickets_requested(title, ids)`: show exactly these in the queue. `left`: the keys go back to the board."""

    tickets_requested = Signal(str, tuple)
    board_narrowed = Signal(str, tuple)
    """(name, (breakdown, value) pairs): the whole board shows only what the open figure was narrowed to (F)."""
    left = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._site = SiteTime(language=theme.language)
        self._query = BehindQuery(bridge, self)
        self._query.changed.connect(self._show)
        self._query.named.connect(self._on_named)
        self._split = BreakdownQuery(bridge, self)
        self._split.changed.connect(self._show)
        self._wider: list[Figure] = []
        """Figures that the open one was narrowed from, the widest first."""
        self._part = "denominator_only"
        self._today: date | None = None
        self._build()
        self._lay_out()
        self.setAccessibleName(self.tr("反查"))
        self.restyle()
        self._show()

    def _build(self) -> None:
        theme = self._theme
        self._title = plain_label(theme, "", "title", "text.primary", "title", elide=True)
        self._value = plain_label(theme, "", "number_l", "text.primary", "number")
        self._fraction = plain_label(theme, "", "body", "text.secondary", elide=True)
        self._formula = plain_label(theme, "", "caption", "text.secondary", wrap=True)
        self._period = plain_label(theme, "", "caption", "text.tertiary", wrap=True)
        self._sum = plain_label(theme, "", "caption", "text.secondary", wrap=True)
        self._check = plain_label(theme, "", "caption", "text.tertiary", wrap=True)
        self._chips = {part: Chip(theme, "", parent=self) for part in PARTS}
        for part, chip in self._chips.items():
            chip.setObjectName(part)
            chip.clicked.connect(self._on_chip_clicked)
        self._model = BehindModel(self._query.ticket, self)
        self._table = QTableView(self)
        self._table.setModel(self._model)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.setAccessibleName(self.tr("工单清单"))
        self._table.installEventFilter(self)
        self._table.verticalScrollBar().valueChanged.connect(self._name_visible)
        self._rows = BreakdownModel(self)
        self._by = QTableView(self)
        self._by.setModel(self._rows)
        self._by.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._by.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._by.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self._by.setTabKeyNavigation(False)
        self._by.setAccessibleName(self.tr("拆分"))
        self._by.installEventFilter(self)
        self._choice = ChoiceBox(theme)
        self._choice.setAccessibleName(self.tr("拆分"))
        self._choice.addItem(self.tr("工单清单"), "")
        for dim in DIMS:
            self._choice.addItem(self.tr("按{dim}拆分").format(dim=dim_word(dim)), dim)
        self._choice.currentIndexChanged.connect(self._on_split)
        self._open = ActionButton(theme, self.tr("在队列中打开"), "Enter", "primary")
        self._open.clicked.connect(self._request)
        self._back = ActionButton(theme, self.tr("收起"), "Esc")
        self._back.clicked.connect(self.dismiss)
        self._message = PanelMessage(theme)

    def _lay_out(self) -> None:
        self._pages = QStackedWidget(self)
        sheet = QWidget()
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._value)
        head.addWidget(self._fraction, 1)
        chips = QHBoxLayout()
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open, 2)
        buttons.addWidget(self._back, 1)
        self._boxes = (head, chips, buttons)
        self._column.addWidget(self._title)
        self._column.addLayout(head)
        for label in (self._formula, self._period):
            self._column.addWidget(label)
        self._column.addLayout(chips)
        self._column.addWidget(self._choice)
        for table in (self._table, self._by):
            self._column.addWidget(table, 1)
        self._by.hide()
        for label in (self._sum, self._check):
            self._column.addWidget(label)
        self._column.addLayout(buttons)
        for page in (self._message, sheet):
            self._pages.addWidget(page)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._pages)

    # -- what the window says -------------------------------------------------------------------

    def open_figure(self, figure: Figure, today: date, take_keys: bool = True) -> None:
        """Show what is behind this figure, first what failed; the keys go to its list unless a hand is elsewhere."""
        self._today = today
        self._part = "denominator_only" if part_count(figure.kpi, "denominator_only") else "numerator"
        self._wider = []
        self._enter(figure)
        if take_keys:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def split_by(self, dim: str) -> None:
        """One of breakdown.DIMS; empty shows the tickets."""
        self._choice.setCurrentIndex(max(0, self._choice.findData(dim)))

    def _on_split(self) -> None:
        self._show()

    def _dim(self) -> str:
        return str(self._choice.currentData() or "")

    def _enter(self, figure: Figure) -> None:
        self._query.open(figure)
        self._choice.setCurrentIndex(0)
        # A breakdown is of now; the lists of the past are not.
        self._choice.setVisible(not figure.at)
        self._show()

    def narrow(self, row: int) -> None:
        """The same figure of one row of the breakdown alone: its tickets, and further breakdowns."""
        figure, chosen, dim = self._query.figure, self._rows.row(row), self._dim()
        if figure is None or chosen is None or dim in ("day", "month"):
            return
        kpi = replace(
            self._query.kpi or figure.kpi,
            numerator=chosen.numerator,
            denominator=chosen.denominator,
            excluded=chosen.excluded,
        )
        filters = (*figure.filters, (dim, chosen.values[0]))
        self._wider.append(figure)
        self._enter(Figure(kpi, f"{figure.name} · {self._rows.name(row)}", figure.area, figure.unit, filters))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def narrow_board(self) -> None:
        """What narrows the open figure narrows the board."""
        figure = self._query.figure
        if figure is not None and figure.narrowing():
            self.board_narrowed.emit(figure.name.partition(" · ")[2], figure.narrowing())

    def widen(self) -> bool:
        """Back to what the figure was narrowed from; False where it was not."""
        if not self._wider:
            return False
        self._enter(self._wider.pop())
        return True

    def dismiss(self) -> None:
        """Back to the board, nothing chosen."""
        self._wider = []
        self._query.close()
        self._show()
        self.left.emit()

    def stop(self) -> None:
        """The board is hidden or closed."""
        self._query.stop()
        self._split.stop()

    def resume(self) -> None:
        """The board is seen again: what was not answered is asked anew."""
        self._show()

    def set_site(self, site: SiteTime) -> None:
        """In which clock instants are said."""
        self._site = site

    def set_names(self, names: Names) -> None:
        self._model.set_names(names)
        self._rows.set_names(names)

    def choose_part(self, part: str) -> None:
        """One of PARTS."""
        self._part = part
        self._show_list()

    def figure(self) -> Figure | None:
        return self._query.figure

    def model(self) -> BehindModel:
        return self._model

    # -- showing --------------------------------------------------------------------------------

    def _on_named(self) -> None:
        self._model.details_changed()

    def _show(self) -> None:
        figure, query = self._query.figure, self._query
        if figure is None:
            self._message.set_message(
                self.tr("反查"), self.tr("在左边的指标上按 Enter，这里列出它的分子、分母和剔除的工单。")
            )
        elif query.error:
            what = self.tr("断线时不能反查") if query.error == "offline" else self.tr("反查没有成功")
            since = "" if query.trouble.since is None else self._site.minute(query.trouble.since)
            then = filled(self.tr("{since} 起。接通后在指标上再按一次 Enter。"), {"since": since})
            code = filled(self.tr("代码 {code}"), {"code": query.error})
            reason = reason_text(query.error)
            footnote = code if reason == query.error else f"{reason} · {code}"
            self._message.set_message(what, then, footnote, status=("alarm", "major"))
        self._pages.setCurrentIndex(0 if figure is None or query.error else 1)
        if figure is not None and not query.error:
            self._show_head(figure)
            self._table.setHidden(bool(self._dim()))
            self._by.setVisible(bool(self._dim()))
            if self._dim():
                self._show_split(figure)
            else:
                self._show_list()

    def _show_head(self, figure: Figure) -> None:
        kpi = self._query.kpi or figure.kpi
        value = DASH if kpi.value is None else f"{format_percent(100 * kpi.value)}%"
        self._title.set_text(figure.name)
        self._value.set_text(value)
        self._fraction.set_text(f"{format_count(kpi.numerator)} / {format_count(kpi.denominator)}")
        formula = self.tr("{formula}（公式第 {version} 版）")
        self._formula.set_text(formula.format(formula=kpi_words.kpi_formula(kpi.id), version=kpi.formula))
        if kpi.period is not None and self._today is not None:
            # The board counts on; this list stays what it was when it was asked for, and says when that was.
            counted = filled(self.tr("截至 {time}"), {"time": self._site.stamp(kpi.as_of)})
            self._period.set_text(f"{by_word(kpi.period.by)} {span_text(kpi.period, self._today)} · {counted}")

    def _show_split(self, figure: Figure) -> None:
        """One row a value; the rows add up to the figure."""
        self._split.need(figure, self._dim())
        reply = self._split.reply
        self._rows.set_rows(self._dim(), () if reply is None else reply.rows)
        if self._split.error:
            then = self.tr("换一种拆法再换回来时重取。")
            self._check.set_text(self._split.trouble.text(self.tr("拆分没有成功"), then, self._site))
        elif reply is None:
            self._check.set_text(self.tr("正在拆分"))
        else:
            self._check.set_text(split_sum(reply))
        self._sum.set_text(self.tr("Enter 只看这一行，退格回到上一层，F 整个看板只看这些"))
        self._open.set_availability(False, self.tr("先按 Enter 选一行"))

    def _show_list(self) -> None:
        kpi = self._query.kpi
        if kpi is None:
            return
        for part, chip in self._chips.items():
            chip.set_text(f"{part_word(part)} {format_count(part_count(kpi, part))}")
            chip.set_selected(part == self._part)
        self._query.need_list(self._part)
        listed = self._query.list_of(self._part)
        ids = () if listed is None else tuple(listed.ids)
        self._model.set_ids(ids, reasons_of(kpi) if self._part == "excluded" and ids else ())
        self._sum.set_text(self._sum_text(kpi))
        self._check.set_text(self._check_text(listed))
        self._open.set_availability(bool(ids), "" if ids else self.tr("清单为空"))
        self._name_visible()

    def _sum_text(self, kpi: Kpi) -> str:
        line = self.tr("{numerator} ＋ {rest} ＝ {denominator}，{excluded}")
        return line.format(
            numerator=format_count(kpi.numerator),
            rest=format_count(part_count(kpi, "denominator_only")),
            denominator=format_count(kpi.denominator),
            excluded=kpi_words.excluded_sentence(kpi.excluded),
        )

    def _check_text(self, listed: PartList | None) -> str:
        if listed is None:
            return self.tr("正在取清单")
        parts = []
        if not listed.complete:
            parts.append(
                self.tr("已取 {n} / {total}，往下翻取更多").format(
                    n=format_count(len(listed.ids)), total=format_count(listed.total)
                )
            )
        if self._query.moved:
            parts.append(self.tr("清单比看板的数新，按 R 重算看板"))
        return self.tr("，").join(parts) or self.tr("清单与数字相符，共 {n} 条").format(n=format_count(listed.total))

    def _name_visible(self) -> None:
        ids = self._model.ids()
        if not ids:
            return
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        self._query.need_tickets(ids[first : (len(ids) if last < 0 else last + 1)])
        bar = self._table.verticalScrollBar()
        if bar.maximum() and bar.value() >= bar.maximum():
            self._query.more(self._part)

    # -- acting ---------------------------------------------------------------------------------

    def _on_chip_clicked(self) -> None:
        self.choose_part(self.sender().objectName())

    def _request(self) -> None:
        figure, ids = self._query.figure, self._model.ids()
        if figure is None or not ids:
            return
        title = self.tr("来自 {kpi} {part}").format(kpi=figure.name, part=part_word(self._part))
        unique: tuple[TicketId, ...] = tuple(dict.fromkeys(ids))
        self.tickets_requested.emit(title, unique)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """← → choose the list and Enter hands it over, or narrows; Backspace widens; the tables keep ↑ ↓."""
        keyed = watched in (self._table, self._by) and event.type() == QEvent.Type.KeyPress
        if keyed and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Backspace and self.widen():
                return True
            if event.key() == Qt.Key.Key_F and not event.modifiers():
                self.narrow_board()
                return True
            if watched is self._by and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.narrow(self._by.currentIndex().row())
                return True
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = SIDE_KEYS.get(Qt.Key(event.key()), 0)
            if step:
                self.choose_part(PARTS[(PARTS.index(self._part) + step) % len(PARTS)])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._request()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._query.figure is not None:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("l")
        self._outer.setContentsMargins(pad, theme.space("m"), pad, theme.space("m"))
        self._column.setSpacing(theme.space("s"))
        for box in self._boxes:
            box.setSpacing(theme.space("xs"))
        style_table(self._table, theme, "compact")
        style_table(self._by, theme, "compact")
        columns = self._by.horizontalHeader()
        columns.setMinimumSectionSize(4 * theme.px("body"))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        header = self._table.horizontalHeader()
        # Fixed, in characters: what scrolls into view must not move the columns.
        body = theme.px("body")
        for column, characters in ((NUMBER, 7), (TOWN, 5), (STATE, 5)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self._table.setColumnWidth(column, characters * body)
        header.setSectionResizeMode(MATTER, QHeaderView.ResizeMode.Stretch)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.panel"))
        painter.end()
