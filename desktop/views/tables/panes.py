"""The three panes of a table window: views and versions, rows with a filter, one row with its facts, history and form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.theme import Theme
from desktop.views.tables.text_model import Column, TextDelegate, TextModel, TextRow
from desktop.widgets.action_button import Action
from desktop.widgets.action_row import ActionRow
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.glyph_line import LOCKED, GlyphLine
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.saved_view_list import SavedView, SavedViewList
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from desktop.widgets.table_style import style_table
from desktop.widgets.tag import Tag
from desktop.widgets.values import Freshness

STRETCH_LEAST, SHRINK_MOST = 9, 0.6
"""Characters of the column that takes the rest; the least share of its wish that a fixed column keeps."""


class ViewsPane(ThemedWidget):
    """One choice over several lists: choosing in one lets go of the other."""

    selected = Signal(str)

    def __init__(self, theme: Theme, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lists = tuple(SavedViewList(theme, title, can_add=False) for title in titles)
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        for each in self._lists:
            each.selected.connect(self.selected)
            column.addWidget(each)
        column.addStretch(1)
        scroll = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.restyle()

    def set_views(self, lists: Sequence[Sequence[SavedView]], current: str) -> None:
        """The entries of each list, and which one is open."""
        for shown, views in zip(self._lists, lists, strict=True):
            shown.set_views(views)
            shown.set_current(current)
            set_shown(shown, bool(views))

    def list_of(self, place: int) -> SavedViewList:
        return self._lists[place]

    def restyle(self) -> None:
        self._column.setContentsMargins(0, self._theme.space("xs"), 0, self._theme.space("s"))
        self._column.setSpacing(self._theme.space("m"))

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 9.5), self._theme.space("xl") * 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 8), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        hair = self._theme.pen("hair")
        painter.fillRect(round(self.width() - hair), 0, round(hair), self.height(), self._theme.color("line.hair"))
        painter.end()


class RowsPane(ThemedWidget):
    """`chosen(id)` when the row under the cursor is another; `opened` on Enter; `filtered(text)` while typing."""

    chosen = Signal(str)
    opened = Signal()
    filtered = Signal(str)
    action_requested = Signal()

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = plain_label(theme, size="title", weight="title")
        self._note = plain_label(theme, size="small", role="text.secondary", elide=True)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(hint)
        self.filter.setAccessibleName(hint)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.filtered)
        self._badge = FreshnessBadge(theme, "panel", size="small")
        self._strip = GlyphLine(theme)
        self.model = TextModel(theme, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self._delegate = TextDelegate(theme, self)
        self.table.setItemDelegate(self._delegate)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.installEventFilter(self)
        self.table.viewport().installEventFilter(self)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.message = PanelMessage(theme)
        self.message.action_requested.connect(self.action_requested)
        self._lay_out()
        self.restyle()

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        head.addWidget(self.filter)
        head.addWidget(self._badge)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.message)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self._strip)
        column.addWidget(self._pages, 1)
        set_shown(self._strip, False)

    def set_heading(self, title: str, note: str, freshness: Freshness, strip: str = "") -> None:
        """`strip`: a line under the heading, of what is late or read-only."""
        self._title.set_text(title)
        self._note.set_text(note)
        self._badge.set_freshness(freshness)
        self._strip.set_text(strip, ("freshness", freshness.state) if freshness.late else LOCKED)
        self.table.setAccessibleName(f"{title} {note}")

    def set_listing(self, columns: Sequence[Column], rows: Sequence[TextRow], current: str) -> None:
        """Rows with `current` under the cursor, the first row where it is not among them."""
        other = tuple(columns) != self.model.columns()
        self._pages.setCurrentWidget(self.table)
        if not self.model.set_listing(columns, rows) and self.current_id() == current:
            return
        if other:
            self._share_width()
        place = max(0, self.model.row_of(current))
        if rows:
            self.table.setCurrentIndex(self.model.index(place, 0))
        else:
            self.chosen.emit("")

    def show_message(
        self, text: str, detail: str = "", action: str = "", status: tuple[str, str] | None = None
    ) -> None:
        self.message.set_message(text, detail, action=action, status=status)
        self._pages.setCurrentWidget(self.message)

    def current_id(self) -> str:
        index = self.table.currentIndex()
        rows = self.model.rows()
        return rows[index.row()].id if index.isValid() and index.row() < len(rows) else ""

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.current_id())

    def _share_width(self, width: int | None = None) -> None:
        """Fixed columns as wide as they wish; on a narrow window they give way, so that nothing has to be scrolled sideways."""
        header, body = self.table.horizontalHeader(), self._theme.px("body")
        columns = self.model.columns()
        room = (width if width is not None else self.table.viewport().width()) - STRETCH_LEAST * body
        roomy = room >= sum(column.characters for column in columns) * body
        wished = sum(column.characters for column in columns if roomy or not column.spare) * body
        share = min(1.0, max(SHRINK_MOST, room / wished)) if wished else 1.0
        for place, column in enumerate(columns):
            self.table.setColumnHidden(place, column.spare and not roomy)
            mode = QHeaderView.ResizeMode.Fixed if column.characters else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(place, mode)
            if column.characters:
                self.table.setColumnWidth(place, int(max(column.characters * share, column.least) * body))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self.table.viewport():
            self._share_width(event.size().width())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.table:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit()
                return True
            if event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                # Letters are commands of the window, not a search of the table view.
                event.ignore()
                return event.text().isprintable()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("page")
        self._head.setContentsMargins(pad, theme.space("s"), pad, 0)
        self._head.setSpacing(theme.space("m"))
        self._strip.setContentsMargins(pad, 0, pad, 0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space("s"))
        self.filter.setFont(theme.font("small"))
        self.filter.setFixedWidth(theme.space("xl") * 9)
        self.model.set_theme(theme)
        self._delegate.set_theme(theme)
        style_table(self.table, theme, "compact")
        self.table.horizontalHeader().setSectionsClickable(False)
        self._share_width()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 30, self._theme.space("xl") * 20)


class DetailPane(ThemedWidget):
    """Heading, tags, facts, parts with a heading each, buttons, and the form that opens below them."""

    triggered = Signal(str)

    def __init__(self, theme: Theme, parts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = plain_label(theme, size="heading", weight="title", wrap=True)
        self._code = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._tag = Tag(theme)
        self._facts = RecordList(theme)
        self._parts = tuple((SectionHeader(theme, title), RecordList(theme)) for title in parts)
        self.buttons = ActionRow(theme, 2)
        self.buttons.triggered.connect(self.triggered)
        self.form = InlineForm(theme)
        self._said = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._lay_out()
        self.restyle()

    def _lay_out(self) -> None:
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        line = QHBoxLayout()
        line.addWidget(self._code, 1)
        line.addWidget(self._tag)
        column.addLayout(line)
        column.addWidget(self._title)
        # Inside the scrolled part: on a small screen the form is taller than the window.
        column.addWidget(self.form)
        column.addWidget(self._facts)
        for head, records in self._parts:
            column.addWidget(head)
            column.addWidget(records)
        column.addStretch(1)
        scroll = scrolled(body)
        self._foot = QVBoxLayout()
        for widget in (self._said, self.buttons):
            self._foot.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._foot)

    def set_heading(self, code: str, title: str, tag: str = "") -> None:
        self._code.set_text(code)
        self._title.set_text(title)
        set_shown(self._title, bool(title))
        self._tag.set_text(tag)
        set_shown(self._tag, bool(tag))
        self.setAccessibleName(f"{title} {code}")

    def put_card(self, card: QWidget) -> None:
        """A widget of the window above the facts; hidden until it has something to show."""
        self._column.insertWidget(self._column.indexOf(self._facts), card)
        set_shown(card, False)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        self._facts.set_records([Record(word, text) for word, text in facts])

    def set_part(self, place: int, note: str, lines: Sequence[tuple[str, str]]) -> None:
        """A part without lines and note is not shown."""
        head, records = self._parts[place]
        head.set_note(note)
        records.set_records([Record(word, text) for word, text in lines])
        for widget in (head, records):
            set_shown(widget, bool(lines or note))

    def set_actions(self, actions: Sequence[Action]) -> None:
        self.buttons.set_actions(actions)

    def say(self, text: str) -> None:
        """What became of the last command, or why it was not given."""
        self._said.set_text(text)
        set_shown(self._said, bool(text))

    def said(self) -> str:
        return self._said.text()

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("l")
        self._column.setContentsMargins(pad, theme.space("m"), pad, theme.space("m"))
        self._column.setSpacing(theme.space("s"))
        self._foot.setContentsMargins(pad, 0, pad, theme.space("m"))
        self._foot.setSpacing(theme.space("s"))

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 16), self._theme.space("xl") * 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        hair = round(self._theme.pen("hair"))
        painter.fillRect(0, 0, hair, self.height(), self._theme.color("line.hair"))
        painter.end()
