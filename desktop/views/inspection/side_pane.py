"""The right pane: the finding of the selected cell, the notice of its premises, rectification, the past, the record. It only shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.inspection.notice_card import NoticeCard, NoticeText
from desktop.views.inspection.side_parts import (
    LabelledLines,
    PastLine,
    PastList,
    Photo,
    PhotoRow,
    Progress,
    RectifyBars,
)
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.key_hint import KeyHint
from desktop.widgets.labels import plain_label
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader

RECORDS_SHOWN = 4


class SidePane(ThemedWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._records: tuple[Record, ...] = ()
        self._all_records = False
        self._icon = _ResultIcon(theme)
        self._word = plain_label(theme, size="body", weight="title")
        self._where = plain_label(theme, size="body", role="text.secondary", elide=True)
        self._keys = [KeyHint(theme, "←"), KeyHint(theme, "→")]
        self._keys_note = plain_label(theme, self.tr("上下项"), "caption", "text.tertiary")
        self._text = plain_label(theme, size="body", wrap=True)
        self.photos = PhotoRow(theme)
        self._lines = LabelledLines(theme)
        self._paper = SectionHeader(theme, self.tr("责令整改通知书"), self.tr("打印 Ctrl P"))
        self.notice = NoticeCard(theme)
        self._rectify = SectionHeader(theme, self.tr("整改与复查"))
        self.bars = RectifyBars(theme)
        self._past = SectionHeader(theme, self.tr("同一对象过往"))
        self.past = PastList(theme)
        self._record_head = SectionHeader(theme, self.tr("记录"), self.tr("只增不改 · L 全部"))
        self._record = RecordList(theme)
        self._lay_out()
        self.setAccessibleName(self.tr("检查结果与文书"))

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._word)
        head.addWidget(self._where, 1)
        for key in self._keys:
            head.addWidget(key)
        head.addWidget(self._keys_note)
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        column.addLayout(head)
        for part in (
            self._text,
            self.photos,
            self._lines,
            self._paper,
            self.notice,
            self._rectify,
            self.bars,
            self._past,
            self.past,
            self._record_head,
            self._record,
        ):
            column.addWidget(part)
        column.addStretch(1)
        scroll = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.restyle()

    # -- what is shown ------------------------------------------------------------------------------

    def put_form(self, form: QWidget) -> None:
        """The form of the commands stands above everything else here."""
        self._column.insertWidget(0, form)

    def show_finding(
        self, result: str, word: str, where: str, text: str, lines: Sequence[tuple[str, str, str]]
    ) -> None:
        """`result`: code of the cell, "" for no cell."""
        self._icon.set_result(result)
        self._word.set_text(word)
        self._where.set_text(where)
        self._text.set_text(text)
        set_shown(self._text, bool(text))
        self._lines.set_lines(lines)
        self.setAccessibleDescription(f"{word} {where} {text}".strip())

    def show_photos(self, photos: Sequence[Photo]) -> None:
        self.photos.set_photos(photos)

    def show_notice(self, text: NoticeText | None) -> None:
        self.notice.set_text(text)
        for part in (self._paper, self.notice):
            set_shown(part, text is not None)

    def show_rectify(self, rows: Sequence[Progress], day: str, note: str) -> None:
        self.bars.set_progress(rows, day, note)
        for part in (self._rectify, self.bars):
            set_shown(part, bool(rows))

    def show_past(self, premises: str, lines: Sequence[PastLine]) -> None:
        self._past.set_note(premises)
        self.past.set_lines(lines, self.tr("本机所知没有更早的检查"))
        for part in (self._past, self.past):
            set_shown(part, bool(premises))

    def set_records(self, records: Sequence[Record], note: str = "") -> None:
        """Newest first; `note` says why there are none."""
        self._records = tuple(records)
        self._record_head.set_note(note or self.tr("只增不改 · L 全部"))
        self._show_records()

    def toggle_records(self) -> None:
        self._all_records = not self._all_records
        self._show_records()

    def records(self) -> tuple[Record, ...]:
        return self._records

    def text(self) -> str:
        return self._text.text()

    def _show_records(self) -> None:
        shown = self._records if self._all_records else self._records[:RECORDS_SHOWN]
        self._record.set_records(shown)
        set_shown(self._record_head, bool(self._records))

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._column.setContentsMargins(round(pad * 1.25), self._theme.space("m"), round(pad * 1.25), pad)
        self._column.setSpacing(self._theme.space("s"))
        self._head.setSpacing(self._theme.space("s"))

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 25.4), self._theme.space("xl") * 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, self._theme.space("xl") * 10)


class _ResultIcon(ThemedWidget):
    """✓ ✕ – or the diamond of an open cell."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._result = ""

    def set_result(self, result: str) -> None:
        self._result = result
        set_shown(self, bool(result))
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px("title")
        return QSize(side, side)

    def paintEvent(self, event) -> None:
        theme, side = self._theme, self._theme.px("title")
        icons = {
            "ok": ("check", "sla.ok"),
            "violation": ("x", "sla.overdue"),
            "not_applicable": ("minus", "text.tertiary"),
            "open": ("circle-dashed", "text.tertiary"),
        }
        painter = QPainter(self)
        if self._result:
            icon, role = icons[self._result]
            box = QRectF(self.rect())
            pixmap = theme.icon_pixmap(icon, role, side, self.devicePixelRatioF())
            painter.drawPixmap(0, round(box.center().y() - side / 2), pixmap)
        painter.end()
