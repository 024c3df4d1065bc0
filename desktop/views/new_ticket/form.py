"""The fields of a new ticket, from top to bottom as a call goes: what, where, which item, who. Says what changed; sends nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.new_ticket.draft import Draft
from desktop.views.words import source_word
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.entry_list import Entry, EntryList
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label
from domain.vocabulary import Source, Urgency

NARROW = 6
"""Letters that a choice shows at least."""
PHONED = (Source.HOTLINE_12345, Source.CITIZEN_APP, Source.LEADER, Source.PLATFORM, Source.POLICE_REFERRAL)


class NewTicketForm(ThemedWidget):
    """`text_changed`, `place_typed` and `item_typed` are for suggestions; `changed` comes with every change worth keeping."""

    changed = Signal()
    text_changed = Signal(str)
    place_typed = Signal(str)
    item_typed = Signal(str)
    place_chosen = Signal(str)
    item_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._filling = False
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.place, self.item = QLineEdit(), QLineEdit()
        self.places = EntryList(theme, self.tr("地点"))
        self.items = EntryList(theme, self.tr("事项"))
        self.source = ChoiceBox(theme)
        for one in PHONED:
            self.source.addItem(source_word(one.value), one.value)
        self.urgency = ChoiceBox(theme)
        self.urgency.addItem(self.tr("按事项"), "")
        self.urgency.addItem(self.tr("紧急"), Urgency.HIGH.value)
        self.urgency.addItem(self.tr("特急"), Urgency.TOP.value)
        for box in (self.source, self.urgency):
            # Two beside each other: their longest words are no reason to cut the form at the side.
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(NARROW)
        self.source_ref, self.caller, self.phone, self.address = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self._beside: list[QHBoxLayout] = []
        self._fields: list[QVBoxLayout] = []
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self.restyle()

    def _lay_out(self) -> None:
        rows: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            ((self.tr("诉求（原话，可含个人信息，只有有权的席位能看到）"), self.text),),
            ((self.tr("地点（道路、社区、网格；也可点右侧地图）"), self.place),),
            (("", self.places),),
            ((self.tr("事项（按诉求推荐，也可输入几个字查找）"), self.item),),
            (("", self.items),),
            ((self.tr("紧急程度"), self.urgency), (self.tr("来源"), self.source)),
            ((self.tr("来源编号（热线工单号，没有可不填）"), self.source_ref),),
            ((self.tr("来电人"), self.caller), (self.tr("电话"), self.phone)),
            ((self.tr("门牌地址"), self.address),),
        )
        for fields in rows:
            beside = QHBoxLayout()
            self._beside.append(beside)
            for word, widget in fields:
                beside.addLayout(self._field(word, widget), 1)
            self._column.addLayout(beside)
        self._column.addStretch(1)
        for found in (self.places, self.items):
            set_shown(found, False)

    def _field(self, word: str, widget: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        self._fields.append(column)
        if word:
            label = plain_label(self._theme, word, "caption", "text.secondary", wrap=True)
            label.setBuddy(widget)
            widget.setAccessibleName(word)
            column.addWidget(label)
        column.addWidget(widget)
        return column

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_text)
        self.place.textEdited.connect(self.place_typed)
        self.item.textEdited.connect(self.item_typed)
        for line in (self.source_ref, self.caller, self.phone, self.address):
            line.textChanged.connect(self._on_changed)
        for box in (self.source, self.urgency):
            box.currentIndexChanged.connect(self._on_changed)
        self.places.activated.connect(self.place_chosen)
        self.items.activated.connect(self.item_chosen)
        self.place.returnPressed.connect(self._on_place_entered)
        self.item.returnPressed.connect(self._on_item_entered)

    # -- values -----------------------------------------------------------------------------------

    def fill(self, draft: Draft) -> None:
        """Show a draft; nothing is announced."""
        self._filling = True
        self.text.setPlainText(draft.text)
        self.source.setCurrentIndex(max(0, self.source.findData(draft.source)))
        self.urgency.setCurrentIndex(max(0, self.urgency.findData(draft.urgency)))
        self.source_ref.setText(draft.source_ref)
        self.caller.setText(draft.caller)
        self.phone.setText(draft.phone)
        self.address.setText(draft.address)
        self.place.setText(draft.place)
        self._filling = False

    def typed(self) -> dict[str, str]:
        """The fields that are taken as they are typed, by the names of a draft."""
        return {
            "text": self.text.toPlainText(),
            "source": str(self.source.currentData()),
            "urgency": str(self.urgency.currentData() or ""),
            "source_ref": self.source_ref.text(),
            "caller": self.caller.text(),
            "phone": self.phone.text(),
            "address": self.address.text(),
        }

    def offer_places(self, entries: Sequence[Entry]) -> None:
        self._offer(self.places, entries)

    def offer_items(self, entries: Sequence[Entry]) -> None:
        self._offer(self.items, entries)

    def _offer(self, found: EntryList, entries: Sequence[Entry]) -> None:
        found.set_entries(entries)
        set_shown(found, bool(entries))

    # -- slots ------------------------------------------------------------------------------------

    def _on_text(self) -> None:
        if not self._filling:
            self.text_changed.emit(self.text.toPlainText())
            self.changed.emit()

    def _on_changed(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _on_place_entered(self) -> None:
        ids = self.places.ids()
        if ids:
            self.place_chosen.emit(self.places.current() or ids[0])

    def _on_item_entered(self) -> None:
        ids = self.items.ids()
        if ids:
            self.item_chosen.emit(self.items.current() or ids[0])

    def restyle(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(0, 0, theme.space("m"), 0)
        for column in (self._column, *self._fields):
            column.setSpacing(theme.space("xs"))
        for row in self._beside:
            row.setSpacing(theme.space("m"))
        for widget in (self.text, self.place, self.item, self.source_ref, self.caller, self.phone, self.address):
            widget.setFont(theme.font("body"))
        self.text.setFixedHeight(theme.row("normal") * 3)

    def keyPressEvent(self, event) -> None:
        """Down from a line of search into what it found."""
        if event.key() == Qt.Key.Key_Down:
            for line, found in ((self.place, self.places), (self.item, self.items)):
                if line.hasFocus() and found.ids():
                    found.setFocus()
                    found.set_current(found.ids()[0])
                    return
        super().keyPressEvent(event)
