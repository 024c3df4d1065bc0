"""The right pane: everything about the selected ticket, and at its foot what may be done with it.

Plain values come from detail_values; the pane only lays them out. It asks nobody and sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.models.ticket_row import TicketRow
from desktop.theme.theme import Theme
from desktop.views.queue.action_panel import ActionPanel
from desktop.views.queue.detail_values import basis_lines, clock_views, stage_steps, unit_rows
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, source_word
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.clock_card import ClockCard
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import draw_text, text_width
from desktop.widgets.participants import Participants
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from desktop.widgets.status_chip import StatusChip
from desktop.widgets.tag import Tag
from desktop.widgets.timeline import StageTrack
from desktop.widgets.wording import sentences
from domain.ticket import Appeal

RECORDS_SHOWN = 5

SEATS_NAMED = 2


class DetailPane(ThemedWidget):
    """`show_ticket` again after each change; `tick` each second moves the clocks only."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._row: TicketRow | None = None
        self._records: tuple[Record, ...] = ()
        self._all_records = False
        self._urgency = StatusChip(theme, "urgency", "normal", "title", colored_word=True)
        self._id = plain_label(theme, size="title", role="text.secondary")
        self._tags = [Tag(theme) for _ in range(3)]
        # It gives way first: a head that is too wide would cut everything below it.
        self._seats = plain_label(theme, size="caption", role="text.tertiary", elide=True)
        self._eye = _Eye(theme)
        self._eye.hide()
        self._seats.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._title = plain_label(theme, size="heading", weight="title", wrap=True)
        self._place = plain_label(theme, size="body", role="text.secondary", wrap=True)
        self._clocks = (ClockCard(theme), ClockCard(theme))
        self._track = StageTrack(theme)
        self._sections = {
            name: SectionHeader(theme, title)
            for name, title in (
                ("units", self.tr("参与单位")),
                ("basis", self.tr("依据")),
                ("record", self.tr("记录")),
            )
        }
        self._units = Participants(theme)
        self._basis = _LabelledLines(theme)
        self._record = RecordList(theme)
        self._demo = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self.action_panel = ActionPanel(theme)
        self._empty = plain_label(theme, size="small", role="text.tertiary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.setAccessibleName(self.tr("工单详情"))
        self.clear()

    def _lay_out(self) -> None:
        self._body = QWidget()
        column = self._column = QVBoxLayout(self._body)
        head = QHBoxLayout()
        for part in (self._urgency, self._id, *self._tags):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._eye, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._seats)
        clocks = QHBoxLayout()
        for card in self._clocks:
            clocks.addWidget(card, 1)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addWidget(self._place)
        column.addLayout(clocks)
        column.addWidget(self._track)
        for name, part in (("units", self._units), ("basis", self._basis), ("record", self._record)):
            column.addWidget(self._sections[name])
            column.addWidget(part)
        column.addWidget(self._demo)
        column.addStretch(1)
        self._rows = (head, clocks)
        self._scroll = scrolled(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self.action_panel)
        self.restyle()

    def clear(self, sentence: str = "") -> None:
        """Nothing is selected."""
        self._row = None
        self._empty.set_text(
            sentence or self.tr("选中一张工单，这里显示时限、环节、单位、记录和可办的操作。J K 上下移动。")
        )
        self._scroll.hide()
        self.action_panel.hide()
        self._empty.show()

    def put_cameras(self, head: SectionHeader, strip: QWidget) -> None:
        """The cameras around the ticket's place, between its units and its basis."""
        at = self._column.indexOf(self._sections["basis"])
        self._column.insertWidget(at, head)
        self._column.insertWidget(at + 1, strip)

    def put_top(self, widget: QWidget) -> None:
        """Something of the window above the ticket, hidden until it is needed."""
        self._column.insertWidget(0, widget)
        widget.hide()

    def show_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def hide_record(self) -> None:
        """For a window that tells the whole story beside the pane."""
        self._record.hide()
        self._sections["record"].hide()

    def ticket_row(self) -> TicketRow | None:
        return self._row

    def show_ticket(self, row: TicketRow, names: Names, site: SiteTime, now: datetime) -> None:
        """Everything that the ticket itself tells."""
        if self._row is None or self._row.id != row.id:
            self.set_records(())
            self._all_records = False
            self._scroll.verticalScrollBar().setValue(0)
        self._row = row
        ticket = row.ticket
        self._empty.hide()
        self._scroll.show()
        self.action_panel.show()
        self._urgency.set_status("urgency", row.urgency)
        self._id.set_text(row.id)
        self._set_tags(row)
        self._title.set_text(row.matter)
        parts = (row.place, row.category, source_word(ticket.source.value))
        self._place.set_text(" · ".join(parts))
        self._set_units(row, names, site, now)
        version, lines = basis_lines(ticket, names)
        self._sections["basis"].set_note(version)
        self._basis.set_lines(lines)
        self._demo.set_text(self.tr("演示：环节与地点为模拟") if ticket.simulated else "")
        self._demo.setHidden(not ticket.simulated)
        self.tick(site, now)

    def _set_tags(self, row: TicketRow) -> None:
        ticket = row.ticket
        texts = [self.tr("问题工单")] if ticket.problem else []
        if ticket.round > 1:
            texts.append(filled(self.tr("第 {n} 轮"), {"n": ticket.round}))
        if ticket.returns:
            texts.append(filled(self.tr("回退 {n} 次"), {"n": ticket.returns}))
        if ticket.reminders:
            texts.append(filled(self.tr("催办 {n} 次"), {"n": ticket.reminders}))
        if ticket.appeal is not None:
            texts.insert(0, _appeal_tag(ticket.appeal))
        for place, tag in enumerate(self._tags):
            tag.set_text(texts[place] if place < len(texts) else "")

    def _set_units(self, row: TicketRow, names: Names, site: SiteTime, now: datetime) -> None:
        rows = unit_rows(row.ticket, names, now, site)
        self._units.set_units(rows)
        self._units.setHidden(not rows)
        note = self.tr("尚未派遣")
        if rows:
            arrived = sum(1 for unit in rows if unit.arrived)
            note = filled(self.tr("{n} / {total} 已报到"), {"n": arrived, "total": len(rows)})
        self._sections["units"].set_note(note)

    def set_seats(self, seats: Sequence[str]) -> None:
        """Other seats that have this ticket open."""
        joined = self.tr("、").join(seats)
        named = filled(self.tr("{seats} 席也在看"), {"seats": joined}) if seats else ""
        many = filled(self.tr("{n} 个席位也在看"), {"n": len(seats)})
        self._seats.set_text(named if len(seats) <= SEATS_NAMED else many)
        self._seats.setToolTip(named)
        set_shown(self._eye, bool(seats))

    def set_records(self, records: Sequence[Record], note: str = "") -> None:
        """The record, newest first."""
        self._records = tuple(records)
        self._show_records(note)

    def toggle_records(self) -> None:
        """All of the record, or its newest lines."""
        self._all_records = not self._all_records
        self._show_records()

    def _show_records(self, note: str = "") -> None:
        shown = self._records if self._all_records else self._records[:RECORDS_SHOWN]
        self._record.set_records(shown)
        hidden = len(self._records) - len(shown)
        more = filled(self.tr("L 全部 {n} 条"), {"n": len(self._records)}) if hidden else self.tr("只增不改")
        self._sections["record"].set_note(note or more)

    def tick(self, site: SiteTime, now: datetime) -> None:
        """Clocks and the running stage at this instant."""
        if self._row is None:
            return
        ticket = self._row.ticket
        for card, view in zip(self._clocks, clock_views(ticket, now, site), strict=True):
            card.set_clock(view.title, view.state, view.text, view.used, view.beyond, view.note)
        self._track.set_stages(stage_steps(ticket, now, site))

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("l")
        self._column.setContentsMargins(pad, theme.space("m"), pad, theme.space("m"))
        self._column.setSpacing(theme.space("s"))
        self._empty.setContentsMargins(pad, pad, pad, pad)
        for row in self._rows:
            row.setSpacing(theme.space("s"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, self._theme.space("xl") * 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self._theme.space("xl") * 10)


class _Eye(ThemedWidget):
    """Before the seats that look on; the words beside it say it all."""

    def sizeHint(self) -> QSize:
        side = self._theme.px("body")
        return QSize(side, side)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        side = self._theme.px("body")
        painter.drawPixmap(0, 0, self._theme.icon_pixmap("eye", "text.tertiary", side, self.devicePixelRatioF()))
        painter.end()


class _LabelledLines(ThemedWidget):
    """立案 积水影响通行: a quiet label and its text, one line each."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[tuple[str, str], ...] = ()

    def set_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        self._lines = tuple(lines)
        self.setHidden(not self._lines)
        self.setAccessibleName(sentences(f"{label} {text}" for label, text in self._lines))
        self.updateGeometry()
        self.update()

    def _row(self) -> int:
        return self._theme.line_px("small") + self._theme.space("xs") // 2

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self._row() * len(self._lines))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        font = theme.font("small")
        indent = max((text_width(font, label) for label, _ in self._lines), default=0.0) + theme.space("m")
        for place, (label, text) in enumerate(self._lines):
            line = QRectF(0, place * self._row(), self.width(), self._row())
            draw_text(painter, line, label, font, theme.color("text.tertiary"))
            draw_text(painter, line.adjusted(indent, 0, 0, 0), text, font, theme.color("text.secondary"))
        painter.end()


def _appeal_tag(appeal: Appeal) -> str:
    """The lateness stays visible, the statistic is exempt and says so (domain.md §6)."""
    translate = QCoreApplication.translate
    return {
        None: translate("detail", "申诉待复核"),
        True: translate("detail", "申诉成立，超期不计"),
        False: translate("detail", "申诉未成立"),
    }[appeal.granted]
