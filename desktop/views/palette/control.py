"""The palette at work: gathers what can be found, shows it over the window that asked, and does what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.models.names import Names
from desktop.models.palette_search import Entry, actions, find
from desktop.models.ticket_filter import SAVED_VIEWS
from desktop.views.keys import press_of
from desktop.views.launch_entries import entries as window_entries
from desktop.views.shell import DeskWindow
from desktop.views.words import filled, view_word
from desktop.widgets.palette_box import PaletteBox, PaletteRow
from domain import cameras
from domain.cameras import CameraList
from protocol import reference
from protocol.reference import Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LEAST_NUMBER = 2
"""Digits from which a number is looked for among tickets."""
MOST_TICKETS = 6


class Opener(Protocol):
    """What the palette may ask of the program around it."""

    def open(self, key: str) -> QWidget: ...
    def open_ticket(self, ticket_id: str) -> None: ...
    def show_camera(self, camera_id: str) -> None: ...
    def open_view(self, view_id: str) -> None: ...
    def search_queue(self, text: str) -> None: ...


def kind_word(kind: str) -> str:
    translate = QCoreApplication.translate
    return {
        "action": translate("palette", "操作"),
        "window": translate("palette", "窗口"),
        "view": translate("palette", "视图"),
        "ticket": translate("palette", "工单"),
        "place": translate("palette", "地点"),
        "camera": translate("palette", "视频"),
        "setting": translate("palette", "查找"),
    }[kind]


class Palette(QObject):
    """One for the program; it stands in the window that asked last."""

    def __init__(self, bridge: Bridge, opener: Opener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._opener = bridge, opener
        self._window: DeskWindow | None = None
        self._box: PaletteBox | None = None
        self._back: QWidget | None = None
        self._fixed: list[Entry] = []
        self._found: list[Entry] = []

    @property
    def box(self) -> PaletteBox | None:
        """The open box, for tests."""
        return self._box

    def found(self) -> tuple[Entry, ...]:
        return tuple(self._found)

    def open_on(self, window: DeskWindow) -> None:
        """Over this window; what had the keyboard gets it back."""
        self.close()
        self._window, self._back = window, window.focusWidget()
        self._fixed = self._gather(window)
        self._box = PaletteBox(window.theme, window)
        self._box.text_changed.connect(self._on_text)
        self._box.stepped.connect(self._say)
        self._box.chosen.connect(self._on_chosen)
        self._box.left.connect(self.close)
        self._box.open_at(window.top_bar.height())
        self._on_text("")

    def close(self) -> None:
        box, self._box = self._box, None
        if box is None or not isValid(box):
            return
        box.hide()
        box.deleteLater()
        if self._back is not None and isValid(self._back):
            self._back.setFocus()

    # -- what there is --------------------------------------------------------------------------------

    def _gather(self, window: DeskWindow) -> list[Entry]:
        made = [
            Entry("action", line.key, line.text, window.windowTitle(), line.key)
            for line in window.own_keys()
            if line.command
        ]
        made += [Entry("window", one.id, one.title, one.note, one.key) for one in window_entries()]
        made += [Entry("view", view.id, view_word(view.id), kind_word("view")) for view in SAVED_VIEWS]
        topic = self._bridge.topics.get(reference.TOPIC)
        tables: Reference | None = topic.value if topic is not None else None
        names = Names.of(tables)
        areas = tables.areas if tables is not None else ()
        made += [Entry("place", area.code, area.name, names.town(area.code), words=area.code) for area in areas]
        listed = self._bridge.topics.get(cameras.TOPIC)
        known = listed.value if listed is not None else None
        if isinstance(known, CameraList):
            made += [Entry("camera", one.id, one.name, one.place, words=one.id) for one in known.cameras]
        return made

    def _tickets(self, text: str) -> list[Entry]:
        """By number, with or without its dash; newest first."""
        digits = text.replace("-", "")
        if len(digits) < LEAST_NUMBER or not digits.isdigit():
            return []
        topic = self._bridge.topics.get(reference.TOPIC)
        names = Names.of(topic.value if topic is not None else None)
        hits = sorted((one for one in self._bridge.mirror.tickets if digits in one.replace("-", "")), reverse=True)
        made = []
        for ticket_id in hits[:MOST_TICKETS]:
            ticket = self._bridge.mirror.tickets[ticket_id]
            matter = names.matter(ticket.item, ticket.item_version)[1]
            made.append(Entry("ticket", ticket_id, f"{ticket_id} {matter}", names.place(ticket.area)))
        return made

    # -- typing ---------------------------------------------------------------------------------------

    def _on_text(self, text: str) -> None:
        if self._box is None:
            return
        text = text.strip()
        if text.startswith("/"):
            self._found = actions(text[1:], self._fixed)
        elif text:
            self._found = [*self._tickets(text), *find(text, self._fixed), self._queue_entry(text)]
        else:
            self._found = [entry for entry in self._fixed if entry.kind in ("action", "window")]
        rows = [PaletteRow(kind_word(one.kind), one.text, one.note, one.key) for one in self._found]
        self._box.set_rows(rows, "")
        self._say()

    def _queue_entry(self, text: str) -> Entry:
        return Entry("setting", text, filled(self.tr("在队列中查找“{text}”"), {"text": text}))

    def _say(self) -> None:
        """What Enter will do, before it is pressed."""
        if self._box is None:
            return
        place = self._box.rows.current()
        if not 0 <= place < len(self._found):
            self._box.set_sentence(self.tr("没有找到"))
            return
        entry = self._found[place]
        patterns = {
            "action": self.tr("回车：在本窗口{text}（{key}）"),
            "window": self.tr("回车：打开{text}"),
            "view": self.tr("回车：队列换到视图 {text}"),
            "ticket": self.tr("回车：打开工单 {target}"),
            "place": self.tr("回车：队列中看 {text} 的工单"),
            "camera": self.tr("回车：打开视频 {text}"),
            "setting": self.tr("回车：{text}"),
        }
        detail = {"text": entry.text, "key": entry.key, "target": entry.target}
        self._box.set_sentence(filled(patterns[entry.kind], detail))

    # -- doing ----------------------------------------------------------------------------------------

    def _on_chosen(self, place: int) -> None:
        if not 0 <= place < len(self._found):
            return
        entry = self._found[place]
        back, window = self._back, self._window
        self.close()
        if entry.kind == "action" and window is not None:
            self._press(window, back, entry.target)
        elif entry.kind == "window":
            self._opener.open(entry.target)
        elif entry.kind == "view":
            self._opener.open_view(entry.target)
        elif entry.kind == "ticket":
            self._opener.open_ticket(entry.target)
        elif entry.kind == "camera":
            self._opener.show_camera(entry.target)
        else:
            self._opener.search_queue(entry.text if entry.kind == "place" else entry.target)

    def _press(self, window: DeskWindow, back: QWidget | None, key: str) -> None:
        """An action is its key, pressed: the window's own hand stays the only one."""
        press = press_of(key)
        if press is None:
            return
        code, held, text = press
        wanted = QKeySequence(QKeyCombination(held, code))
        for shortcut in window.findChildren(QShortcut):  # these hear only keys that come from the keyboard
            if shortcut.isEnabled() and wanted == shortcut.key():
                shortcut.activated.emit()
                return
        target = back if back is not None and isValid(back) else window
        QApplication.sendEvent(target, QKeyEvent(QKeyEvent.Type.KeyPress, code, held, text))
