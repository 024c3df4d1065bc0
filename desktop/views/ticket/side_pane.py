"""The right of the ticket window: photos in pairs, cameras that cover the place, likely duplicates, related tickets."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.ticket_strip import TicketCameras
from desktop.views.queue.beside import Neighbour, duplicates, related
from desktop.views.queue.feed import TicketFeed
from desktop.views.ticket.columns import titled_column
from desktop.views.ticket.parts import PairRow
from desktop.views.ticket.photo_control import PhotoControl
from desktop.views.ticket.photo_pane import pairs, photo_form, withdraw_form
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import set_shown
from desktop.widgets.entry_list import Entry, EntryList
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.section import SectionHeader
from domain.evidence import Moment
from domain.ticket import Ticket


class SidePane(QWidget):
    """`ticket_chosen` names a neighbour, `camera_chosen` a camera; `left` when a form was given up."""

    ticket_chosen = Signal(str)
    camera_chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, feed: TicketFeed, photos: PhotoControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._feed, self._photos = theme, feed, photos
        self.cameras: TicketCameras | None = None
        self.photo_row = PairRow(theme)
        self._said = plain_label(theme, size="caption", role="text.secondary", wrap=True)
        self._said.hide()
        self._photo_button = ActionButton(theme, self.tr("补照片"), "Ctrl I")
        self._withdraw_button = ActionButton(theme, self.tr("撤下照片"), "Ctrl Shift I")
        self.form = InlineForm(theme)
        self.duplicates = EntryList(theme, self.tr("附近疑似重复"))
        self.related = EntryList(theme, self.tr("关联工单"))
        self._photos_head = SectionHeader(theme, self.tr("照片"))
        self._photos_trouble = GlyphLine(theme)
        self._cameras_head = SectionHeader(theme, self.tr("覆盖此处的视频"))
        self._duplicates_head = SectionHeader(theme, self.tr("附近疑似重复"))
        self._related_head = SectionHeader(theme, self.tr("关联工单"))
        self._cameras_head.hide()
        self._duplicates_head.set_note(self.tr("同一事项 · 50 米 · 24 小时"))
        self._lay_out()
        self._photos.said.connect(self.say)
        self._photo_button.clicked.connect(self.ask_photo)
        self._withdraw_button.clicked.connect(self.ask_withdraw)
        self.form.submitted.connect(self._on_answered)
        self.form.cancelled.connect(self.left)
        for entries in (self.duplicates, self.related):
            entries.activated.connect(self.ticket_chosen)

    def _lay_out(self) -> None:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._photo_button)
        row.addWidget(self._withdraw_button)
        row.addStretch(1)
        self._camera_slot = QWidget()
        self._slot = QVBoxLayout(self._camera_slot)
        self._slot.setContentsMargins(0, 0, 0, 0)
        scroll = titled_column(
            self._theme,
            (
                (self._photos_head, self.photo_row),
                (None, self._photos_trouble),
                (None, self._said),
                (None, buttons),
                (None, self.form),
                (self._cameras_head, self._camera_slot),
                (self._duplicates_head, self.duplicates),
                (self._related_head, self.related),
            ),
            self.tr("照片与相邻工单"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    # -- cameras ------------------------------------------------------------------------------------

    def set_camera_feed(self, feed: CameraFeed) -> None:
        """Cameras that cover the ticket's place, nearest first, then those that are only near."""
        self.cameras = TicketCameras(self._theme, feed, self)
        self.cameras.camera_chosen.connect(self.camera_chosen)
        self._slot.addWidget(self.cameras.strip)
        self._cameras_head.show()

    def show_cameras(self, ticket: Ticket | None) -> None:
        """None = nobody looks: nothing is fetched."""
        if self.cameras is not None:
            self.cameras.show_ticket(ticket)

    # -- photos -------------------------------------------------------------------------------------

    def ask_photo(self) -> None:
        """Ctrl I: which photo, and where it lies; or why not."""
        why = self._photos.why_not()
        if why:
            self.say(filled(self.tr("不能补照片：{why}"), {"why": why}), False)
            return
        hint = self.tr("上传后记入经过，不能替换，只能说明原因后撤下。")
        self.form.open_form(self.tr("补照片"), photo_form(), self.tr("上传"), hint=hint)

    def ask_withdraw(self) -> None:
        """Ctrl Shift I: which photo is taken away, and why; or why none can be."""
        why = self._photos.why_not_withdraw()
        if why:
            self.say(filled(self.tr("不能撤下照片：{why}"), {"why": why}), False)
            return
        fields = withdraw_form(self._photos.withdrawable(), self._feed.names, self._feed.now(), self._feed.site)
        hint = self.tr("撤下后不再显示，照片、原因和席位仍在记录里。")
        self.form.open_form(self.tr("撤下照片"), fields, self.tr("撤下"), "danger", hint)

    def say(self, sentence: str, well: bool) -> None:
        """What became of a photo."""
        if well:
            self.form.close_form()
        elif not self.form.isHidden():
            self.form.set_error(sentence)
        self._said.set_text(sentence)
        self._said.setHidden(not sentence)

    def said(self) -> str:
        return self._said.text()

    def refresh_photos(self) -> None:
        now, site = self._feed.now(), self._feed.site
        known = self._photos.photos()
        self.photo_row.set_photos(pairs(known, self._photos.loader, self._feed.names, now, site))
        count = sum(1 for one in known if not one.withdrawn)
        gone = len(known) - count
        shown = filled(self.tr("{n} 张"), {"n": count}) if count else self.tr("没有照片")
        taken = filled(self.tr("撤下 {n} 张"), {"n": gone}) if gone else ""
        set_shown(self._withdraw_button, bool(self._photos.withdrawable()))
        self._photos_head.set_note(" · ".join(part for part in (shown, taken) if part))
        why = self._photos.trouble.text(self.tr("照片没有取全"), self.tr("工单再打开时重取。"), site)
        self._photos_trouble.set_text(why)

    def _on_answered(self, answers: dict[str, str]) -> None:
        if "photo" in answers:
            self._photos.withdraw(answers["photo"], answers["text"].strip())
            return
        self._photos.bring(answers["file"], Moment(answers["moment"]), answers.get("text", "").strip())

    # -- neighbours ---------------------------------------------------------------------------------

    def show_neighbours(self, ticket: Ticket, known: list[Ticket]) -> None:
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        near = duplicates(ticket, known, names, now, site)
        self.duplicates.set_entries([_entry(one) for one in near])
        kin = list(related(ticket, known, names, now, site))
        self.related.set_entries([_entry(one) for one in kin])
        reopened = filled(self.tr("重开 {n} 次"), {"n": ticket.reopened}) if ticket.reopened else ""
        self._related_head.set_note(reopened or ("" if kin else self.tr("没有")))
        self._duplicates_head.set_note(
            self.tr("同一事项 · 50 米 · 24 小时") if near else self.tr("50 米、24 小时内没有同一事项")
        )


def _entry(one: Neighbour) -> Entry:
    return Entry(one.id, one.title, one.text)
