"""The ticket window: pane with clocks, units and actions at the left, the whole story in the middle, photos and neighbours at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.services.values import Answer
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.camera_wall.ticket_strip import TicketCameras
from desktop.views.keys import KeyLine, wall_key
from desktop.views.queue.beside import Neighbour, duplicates, related
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.detail_values import records_from_ticket
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.key_list import command_keys
from desktop.views.queue.marks import RowMarks
from desktop.views.queue.merge_control import MergeControl
from desktop.views.queue.merge_pane import MergePane
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.refusal_words import reason_text
from desktop.views.shell import TICKET, DeskWindow
from desktop.views.ticket.parts import ClockTable, PairRow, StoryView
from desktop.views.ticket.photo_control import PhotoControl
from desktop.views.ticket.photo_pane import pairs, photo_form, withdraw_form
from desktop.views.ticket.photo_story import photo_lines
from desktop.views.ticket.story import private_texts, still_told, story_of
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.entry_list import Entry, EntryList
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from domain.evidence import Moment
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.wall.targets import ticket_on_wall
from domain.wall.values import Content

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.views.camera_wall.feed import CameraFeed

SHARES = (0.3, 0.45, 0.25)
"""Widths until a person moves a border."""
_tickets = msgspec.json.Decoder(list[Ticket])


class TicketWindow(DeskWindow):
    """One ticket at a time; `show_ticket` brings another. `ticket_requested` names a neighbour that the queue should show,
    `camera_requested` a camera that sees its place."""

    ticket_requested = Signal(str)
    camera_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, feed: TicketFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, TICKET, self.tr("工单"), parent)
        self._feed = feed
        self._wanted: TicketId | None = None
        self._body: bytes | None = None
        self._widths_by_hand = False
        self._marks = RowMarks(bridge, self)
        self._detail = DetailPane(theme)
        self._detail.hide_record()
        self._desk = TicketDesk(bridge, feed, self._marks, self._detail, self)
        self._photos = PhotoControl(bridge, self)
        self._cameras: TicketCameras | None = None
        self._make_parts(theme)
        self._lay_out_panes()
        self._connect_panes()
        self.setAcceptDrops(True)
        self._show_empty(self.tr("在队列里按 Enter，或按 Ctrl F 查找，打开一张工单。"))

    def _make_parts(self, theme: Theme) -> None:
        self._said = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._private = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._clocks, self._story = ClockTable(theme), StoryView(theme)
        self._merging = MergeControl(theme, self._bridge, self._feed, self._desk, self)
        self._photo_row = PairRow(theme)
        self._photo_note = plain_label(theme, size="caption", role="text.secondary", wrap=True)
        self._photo_note.hide()
        self._photo_button = ActionButton(theme, self.tr("补照片"), "Ctrl I")
        self._withdraw_button = ActionButton(theme, self.tr("撤下照片"), "Ctrl Shift I")
        self._form = InlineForm(theme)
        self._duplicates = EntryList(theme, self.tr("附近疑似重复"))
        self._related = EntryList(theme, self.tr("关联工单"))
        self._heads = {
            name: SectionHeader(theme, title)
            for name, title in (
                ("said", self.tr("诉求")),
                ("clocks", self.tr("时钟")),
                ("story", self.tr("经过")),
                ("photos", self.tr("照片")),
                ("cameras", self.tr("覆盖此处的视频")),
                ("duplicates", self.tr("附近疑似重复")),
                ("related", self.tr("关联工单")),
            )
        }
        self._camera_slot = QWidget()
        QVBoxLayout(self._camera_slot).setContentsMargins(0, 0, 0, 0)
        self._heads["cameras"].hide()
        self._heads["duplicates"].set_note(self.tr("同一事项 · 50 米 · 24 小时"))

    def _lay_out_panes(self) -> None:
        self._middle_pane = self._column(
            (
                ("", self._merging.pane),
                ("said", self._said),
                ("", self._private),
                ("clocks", self._clocks),
                ("story", self._story),
            )
        )
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._photo_button)
        row.addWidget(self._withdraw_button)
        row.addStretch(1)
        self._right_pane = self._column(
            (
                ("photos", self._photo_row),
                ("", self._photo_note),
                ("", buttons),
                ("", self._form),
                ("cameras", self._camera_slot),
                ("duplicates", self._duplicates),
                ("related", self._related),
            )
        )
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for place, pane in enumerate((self._detail, self._middle_pane, self._right_pane)):
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(place, 1)
            self._splitter.setCollapsible(place, False)
        self._splitter.setHandleWidth(round(self.theme.pen("hair")))
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self.set_central(self._splitter)

    def _on_splitter_moved(self) -> None:
        self._widths_by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._widths_by_hand:
            self._splitter.setSizes([round(self._splitter.width() * share) for share in SHARES])

    def _column(self, parts: tuple[tuple[str, QWidget], ...]) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        pad = self.theme.space("l")
        column.setContentsMargins(pad, self.theme.space("m"), pad, pad)
        column.setSpacing(self.theme.space("s"))
        for name, part in parts:
            if name:
                column.addWidget(self._heads[name])
            column.addWidget(part)
        column.addStretch(1)
        return scrolled(body, self.tr("工单内容"))

    def _connect_panes(self) -> None:
        self._desk.record_came.connect(self._on_record_came)
        self._desk.record_missing.connect(self._on_record_missing)
        self._feed.ticket_changed.connect(self._on_ticket_changed)
        self._feed.refreshed.connect(self._refresh_neighbours)
        self._bridge.clock_ticked.connect(self._on_minute)
        self._photos.changed.connect(self._on_photos_changed)
        self._photos.said.connect(self._on_photo_said)
        self._photo_button.clicked.connect(self.ask_photo)
        self._withdraw_button.clicked.connect(self.ask_withdraw)
        self._merging.asked.connect(self._show_top)
        self._merging.left.connect(self.setFocus)
        self._form.submitted.connect(self._on_photo_answered)
        self._form.cancelled.connect(self.setFocus)
        for entries in (self._duplicates, self._related):
            entries.activated.connect(self.open_ticket)

    # -- what others may ask ------------------------------------------------------------------------

    def set_camera_feed(self, feed: CameraFeed) -> None:
        """Cameras that cover the ticket's place, nearest first, then those that are only near."""
        self._cameras = TicketCameras(self.theme, feed, self)
        self._cameras.camera_chosen.connect(self.camera_requested)
        slot = self._camera_slot.layout()
        assert slot is not None
        slot.addWidget(self._cameras.strip)
        self._heads["cameras"].show()

    def _show_cameras(self) -> None:
        """Nothing is fetched for a window that nobody sees."""
        if self._cameras is not None:
            self._cameras.show_ticket(self._desk.ticket if self.isVisible() else None)

    @property
    def detail(self) -> DetailPane:
        return self._detail

    @property
    def desk(self) -> TicketDesk:
        return self._desk

    @property
    def story(self) -> StoryView:
        return self._story

    @property
    def clocks(self) -> ClockTable:
        return self._clocks

    @property
    def photo_row(self) -> PairRow:
        return self._photo_row

    @property
    def form(self) -> InlineForm:
        """The form that asks for a photo."""
        return self._form

    @property
    def merge_pane(self) -> MergePane:
        return self._merging.pane

    def wall_content(self) -> Content | None:
        ticket = self._desk.ticket
        return ticket_on_wall(ticket.id) if ticket is not None else None

    def neighbours(self) -> tuple[EntryList, EntryList]:
        """(duplicates, related)"""
        return self._duplicates, self._related

    def photo_note(self) -> str:
        return self._photo_note.text()

    def open_ticket(self, ticket_id: str) -> None:
        """Show a ticket: from the working set, else from this machine's cache, else from the server."""
        if ticket_id != self._desk.ticket_id:
            self._body = None
            self._on_photo_said("", False)
        self._wanted = TicketId(ticket_id)
        self._form.close_form()
        self._merging.pane.close_pane()
        if self._feed.row(self._wanted) is not None:
            self._desk.show(ticket_id)
            self._on_shown()
            return
        self._show_empty(filled(self.tr("正在取 {id}"), {"id": ticket_id}))
        self._bridge.cached_then((self._wanted,), self._on_cached)

    def show_value(self, ticket: Ticket) -> None:
        """Show a ticket that somebody already has."""
        if ticket.id != self._desk.ticket_id:
            self._body = None
        self._wanted = ticket.id
        self._desk.show_value(ticket)
        self._on_shown()

    def ask_photo(self) -> None:
        """Ctrl I: which photo, and where it lies; or why not."""
        if self._desk.ticket is None:
            return
        why = self._photos.why_not()
        if why:
            self._on_photo_said(filled(self.tr("不能补照片：{why}"), {"why": why}), False)
            return
        self._form.open_form(
            self.tr("补照片"),
            photo_form(),
            self.tr("上传"),
            hint=self.tr("上传后记入经过，不能替换，只能说明原因后撤下。"),
        )

    def ask_withdraw(self) -> None:
        """Ctrl Shift I: which photo is taken away, and why; or why none can be."""
        if self._desk.ticket is None:
            return
        why = self._photos.why_not_withdraw()
        if why:
            self._on_photo_said(filled(self.tr("不能撤下照片：{why}"), {"why": why}), False)
            return
        fields = withdraw_form(self._photos.withdrawable(), self._feed.names, self._feed.now(), self._feed.site)
        hint = self.tr("撤下后不再显示，照片、原因和席位仍在记录里。")
        self._form.open_form(self.tr("撤下照片"), fields, self.tr("撤下"), "danger", hint)

    def _show_top(self) -> None:
        self._middle_pane.verticalScrollBar().setValue(0)

    # -- filling ----------------------------------------------------------------------------------

    @while_alive
    def _on_cached(self, found: dict[TicketId, Ticket]) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if wanted in found:
            self.show_value(found[wanted])
        else:
            self._bridge.ask_then("tickets", {"ids": [wanted]}, self._on_asked)

    @while_alive
    def _on_asked(self, answer: Answer) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if answer.error or answer.body is None:
            words = {"id": wanted, "why": reason_text(answer.error)}
            self._show_empty(filled(self.tr("本机没有 {id}，服务器也没有答复：{why}。接通后再打开。"), words))
            return
        found = [ticket for ticket in _tickets.decode(answer.body) if ticket.id == wanted]
        if found:
            self.show_value(found[0])
        else:
            self._show_empty(filled(self.tr("没有工单 {id}，或不在本席范围内。请核对单号。"), {"id": wanted}))

    def _show_empty(self, sentence: str) -> None:
        self._desk.show("")
        self._detail.clear(sentence)
        self._photos.show(None)
        self._show_cameras()
        self._middle_pane.hide()
        self._right_pane.hide()

    def _on_shown(self) -> None:
        ticket = self._desk.ticket
        if ticket is None:
            return
        self.setWindowTitle(filled(self.tr("工单 {id}"), {"id": ticket.id}))
        self.top_bar.set_title(self.windowTitle())
        self._middle_pane.show()
        self._right_pane.show()
        self._photos.show(ticket.id)
        self._refresh_story()
        self._refresh_neighbours()
        self._refresh_photos()
        self._show_cameras()

    def _refresh_story(self) -> None:
        ticket = self._desk.ticket
        if ticket is None:
            return
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        if self._body is not None:
            story = story_of(self._body, ticket, names, now, site)
            said, caller = private_texts(self._body)
        else:
            known = [(record.time, record.text) for record in records_from_ticket(ticket, names, now, site)]
            story, said, caller = still_told(ticket, names, now, site, known), "", ""
        photos = photo_lines(self._photos.photos(), self._photos.records(), names, now, site)
        # Without the log the instants of its lines are not known: photos stand behind them.
        told = sorted((*story.lines, *photos), key=lambda line: line.at) if self._body else (*story.lines, *photos)
        self._story.set_lines(told)
        self._clocks.set_runs(story.runs)
        self._said.set_text(said)
        self._said.setHidden(not said)
        self._show_private(ticket, said, caller)
        self._heads["said"].setHidden(not said and not self._private.text())
        broken = sum(1 for run in story.runs if run.state == "overdue")
        self._heads["clocks"].set_note(filled(self.tr("{n} 个超期"), {"n": broken}) if broken else self.tr("没有超期"))
        count = filled(self.tr("{n} 条，按发生先后"), {"n": len(told)})
        self._heads["story"].set_note(
            count if self._body is not None else self.tr("全部经过须联机取得，以下为本机所知")
        )

    def _show_private(self, ticket: Ticket, said: str, caller: str) -> None:
        masked = self._bridge.actor is not None and self._bridge.actor.scope.masked
        mask = self.tr("已脱敏") if (said or caller) and masked else ""
        text = " · ".join(part for part in (caller, mask) if part)
        if not said and ticket.private and self._body is None:
            text = self.tr("诉求原文须联机取得")
        self._private.set_text(text)
        self._private.setHidden(not text)

    def _refresh_neighbours(self) -> None:
        ticket = self._desk.ticket
        if ticket is None:
            return
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        known = self._bridge.mirror.tickets
        near = duplicates(ticket, known.values(), names, now, site)
        self._duplicates.set_entries([_entry(one) for one in near])
        kin = list(related(ticket, known.values(), names, now, site))
        self._related.set_entries([_entry(one) for one in kin])
        reopened = filled(self.tr("重开 {n} 次"), {"n": ticket.reopened}) if ticket.reopened else ""
        self._heads["related"].set_note(reopened or ("" if kin else self.tr("没有")))
        self._heads["duplicates"].set_note(
            self.tr("同一事项 · 50 米 · 24 小时") if near else self.tr("50 米、24 小时内没有同一事项")
        )

    def _refresh_photos(self) -> None:
        ticket = self._desk.ticket
        if ticket is None:
            return
        now, site = self._feed.now(), self._feed.site
        photos = pairs(self._photos.photos(), self._photos.loader, self._feed.names, now, site)
        self._photo_row.set_photos(photos)
        count = sum(1 for one in self._photos.photos() if not one.withdrawn)
        gone = len(self._photos.photos()) - count
        shown = filled(self.tr("{n} 张"), {"n": count}) if count else self.tr("没有照片")
        taken = filled(self.tr("撤下 {n} 张"), {"n": gone}) if gone else ""
        note = self._photos.note or " · ".join(part for part in (shown, taken) if part)
        self._withdraw_button.setHidden(not self._photos.withdrawable())
        self._heads["photos"].set_note(note)

    def _on_photos_changed(self) -> None:
        self._refresh_photos()
        self._refresh_story()

    # -- slots ------------------------------------------------------------------------------------

    def _on_record_came(self, body: bytes) -> None:
        self._body = body
        self._refresh_story()

    def _on_record_missing(self, _note: str) -> None:
        self._refresh_story()

    def _on_ticket_changed(self, ticket_id: str) -> None:
        if ticket_id == self._desk.ticket_id:
            self._refresh_story()

    def _on_minute(self) -> None:
        """Running clocks move on; the words change by the minute at most."""
        if self._desk.ticket is not None and self._desk.ticket.is_open:
            self._refresh_story()

    def _on_photo_answered(self, answers: dict[str, str]) -> None:
        if "photo" in answers:
            self._photos.withdraw(answers["photo"], answers["text"].strip())
            return
        self._photos.bring(answers["file"], Moment(answers["moment"]), answers.get("text", "").strip())

    def _on_photo_said(self, sentence: str, well: bool) -> None:
        if well:
            self._form.close_form()
        elif not self._form.isHidden():
            self._form.set_error(sentence)
        self._photo_note.set_text(sentence)
        self._photo_note.setHidden(not sentence)

    # -- Qt ---------------------------------------------------------------------------------------

    def own_keys(self) -> tuple[KeyLine, ...]:
        photo = KeyLine("Ctrl I", self.tr("补照片"))
        return (photo, KeyLine("Ctrl Shift I", self.tr("撤下照片"), False), wall_key(), *command_keys())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._detail.action_panel.close_form()
            self._form.close_form()
            self._merging.pane.close_pane()
            self.setFocus()
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
            return
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_I and event.modifiers() == control:
            self.ask_photo()
            return
        if event.key() == Qt.Key.Key_I and event.modifiers() == control | Qt.KeyboardModifier.ShiftModifier:
            self.ask_withdraw()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not (plain and event.text() and self._desk.run_key(event.text().upper())):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.ask_photo()
        if not self._form.isHidden():
            field = self._form.input("file")
            field.setText(event.mimeData().urls()[0].toLocalFile())  # type: ignore[attr-defined] # a line of text
            event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_cameras()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_cameras()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._photos.stop()
        self._feed.watch(None, self._desk)
        self._bridge.view_ticket(None)
        super().closeEvent(event)


def _entry(one: Neighbour) -> Entry:
    return Entry(one.id, one.title, one.text)
