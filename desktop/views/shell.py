"""The frame of every desk window: rail, top bar, status bar around one central widget, and the keys that all windows share.

It shows link, clock and identity, and tells by signals what a person asks for; it opens nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.keys import KeyLine, shared_keys, wall_key, window_keys
from desktop.views.link_words import link_line
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.source_status import status_sources
from desktop.views.words import filled, role_word
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import apply_to_children
from desktop.widgets.keys_sheet import KeysSheet
from desktop.widgets.late_strip import LateStrip
from desktop.widgets.rail import Rail, RailItem
from desktop.widgets.room import Room
from desktop.widgets.status_bar import StatusBar
from desktop.widgets.top_bar import TopBar
from desktop.widgets.values import Freshness
from domain.alarms.load import Load
from domain.alarms.values import Alarm
from domain.wall.values import Content
from protocol import reference
from protocol.reference import Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

QUEUE, OVERVIEW, BOARD, LAUNCHER = "queue", "wall_overview", "kpi_board", "launcher"
MAP, CAMERAS, INSPECTION, ALARMS = "map", "cameras", "inspection", "alarms"
LIST, ORGANISATION = "list", "organisation"
DIRECTOR = "wall_director"
ATTENTION = "attention"
HANDOVER = "handover"
TICKET, NEW_TICKET, FIND, EVALUATION = "ticket", "new_ticket", "find", "evaluation"
KEYS = {
    "F1": QUEUE,
    "F2": MAP,
    "F3": CAMERAS,
    "F4": INSPECTION,
    "F5": HANDOVER,
    "F6": DIRECTOR,
    "F7": ALARMS,
    "F8": BOARD,
    "F9": OVERVIEW,
    "F11": EVALUATION,
    "F12": ATTENTION,
}
LEAST_WIDTH, LEAST_HEIGHT = 1366, 768
"""Below this the content of a window scrolls; bars and rail stay."""
SMALLEST = QSize(800, 450)
"""The window itself: half of a 1600 x 900 screen at 200 %."""

WallSource = tuple[QWidget, Callable[[QPoint], Content | None], Qt.KeyboardModifier]
"""(widget, what a place of it would show on a wall, key held meanwhile): from there things are dragged onto a screen of the wall."""


class AlarmSource(Protocol):
    """What the frame needs of the alarms (desktop.views.alarms.feed)."""

    @property
    def changed(self) -> SignalInstance: ...
    @property
    def known(self) -> bool: ...
    def load(self) -> Load: ...
    def unacknowledged(self) -> list[Alarm]: ...


class Bell(Protocol):
    """What the frame needs of the bell (desktop.views.alarms.bell)."""

    @property
    def changed(self) -> SignalInstance: ...
    def mute(self) -> None: ...
    def word(self) -> str: ...
    def text(self) -> str: ...


class DeskWindow(QWidget):
    """`window_requested` names a window of the rail; `scale_requested` is +1 or -1; `closed` comes when it was closed."""

    window_requested = Signal(str)
    theme_requested = Signal()
    scale_requested = Signal(int)
    another_requested = Signal(str)
    """One more window of this kind."""
    command_requested = Signal()
    """Ctrl K: the palette."""
    find_requested = Signal()
    """Ctrl Shift F: find in this window; one that has nothing to find in opens the palette."""
    wall_content_requested = Signal(object)
    """W: this (a Content) to a screen of the wall; which one is asked."""
    shows_changed = Signal()
    """`shows` gives something else now."""
    closed = Signal()
    SAYS_LATE = False
    """True: the window has its own line for a lost link, which says more."""

    def __init__(self, theme: Theme, bridge: Bridge, window_id: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._bridge, self._id = theme, bridge, window_id
        self.site = SiteTime(DEFAULT_ZONE, theme.language)
        self._reference: Reference | None = None
        self._alarm_feed: AlarmSource | None = None
        self._bell: Bell | None = None
        self.setWindowTitle(title)
        self.setObjectName(window_id)
        self._rail = Rail(theme, *rail_items())
        self._rail.set_current(window_id)
        self._rail.activated.connect(self.window_requested)
        self.top_bar = TopBar(theme)
        self.top_bar.set_title(title)
        self.top_bar.set_alarm_load(None)
        self.top_bar.command_requested.connect(self.command_requested)
        self.status_bar = StatusBar(theme)
        self.late_strip = LateStrip(theme)
        self.keys_sheet = KeysSheet(theme, self)
        self._middle = QHBoxLayout()
        self._lay_out()
        self._add_keys()
        self._connect()
        self._dress()
        self._refresh_all()

    def _lay_out(self) -> None:
        self._middle.addWidget(self._rail)
        outer = QVBoxLayout(self)
        for layout in (outer, self._middle):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addWidget(self.late_strip)
        outer.addLayout(self._middle, 1)
        outer.addWidget(self.status_bar)

    def _add_keys(self) -> None:
        keys = {
            "Ctrl+Shift+L": self.theme_requested.emit,
            "Ctrl+K": self.command_requested.emit,
            "Ctrl+N": self._on_new_ticket,
            "Ctrl+F": self._on_find,
            "Ctrl+Shift+F": self._on_find_here,
            "Ctrl+Shift+N": self._on_another,
            "Ctrl+=": self._on_larger,
            "Ctrl++": self._on_larger,
            "Ctrl+-": self._on_smaller,
        }
        for key, slot in keys.items():
            self._shortcut(key).activated.connect(slot)
        self._window_keys = {self._shortcut(key): window for key, window in KEYS.items()}
        for shortcut in self._window_keys:
            shortcut.activated.connect(self._on_window_key)

    def _shortcut(self, key: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        return shortcut

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.freshness_changed.connect(self._on_freshness_changed)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.pending_changed.connect(self._on_pending_changed)
        bridge.clock_ticked.connect(self._on_clock_ticked)

    # -- for the window ---------------------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def bridge(self) -> Bridge:
        return self._bridge

    def wall_content(self) -> Content | None:
        """What W sends to the wall: what is selected here, else the window's own view; None where a wall has nothing like it."""
        return None

    @property
    def can_send_to_wall(self) -> bool:
        """Whether a wall has anything like what this window shows."""
        return type(self).wall_content is not DeskWindow.wall_content

    def shows(self) -> str:
        """What the window shows, to be kept with its place; "" = nothing to remember."""
        return ""

    def show_again(self, text: str) -> None:
        """What `shows` gave, perhaps in an older version."""

    def home(self) -> QWidget | None:
        """The part that has letters of its own: they hold wherever the keyboard is in the window, but not in text inputs."""
        return None

    def first_focus(self) -> QWidget | None:
        """What has the keyboard when the window is opened."""
        return self.home()

    def wall_sources(self) -> Sequence[WallSource]:
        """Parts of the window from which things are dragged to the wall."""
        return ()

    def copied(self) -> str:
        """What Ctrl C takes: what is selected here, in one line of words; "" where nothing is."""
        return ""

    def copy_selected(self) -> None:
        """To the clipboard, and the status bar says what."""
        text = self.copied()
        if text:
            QGuiApplication.clipboard().setText(text)
        said = filled(self.tr("已复制 {text}"), {"text": text}) if text else self.tr("没有选中可复制的内容")
        self.status_bar.say(said)

    def send_to_wall(self) -> None:
        content = self.wall_content()
        if content is not None:
            self.wall_content_requested.emit(content)

    @property
    def rail(self) -> Rail:
        return self._rail

    def set_central(self, widget: QWidget) -> None:
        """The content between rail and edge."""
        self._room = Room(widget, self._least_content())
        self._middle.addWidget(self._room, 1)

    def _least_content(self) -> QSize:
        """What is left of the least window beside rail and bars."""
        bars = self.top_bar.minimumHeight() + self.status_bar.sizeHint().height()
        return QSize(LEAST_WIDTH - self._rail.sizeHint().width(), LEAST_HEIGHT - bars)

    def set_number(self, number: int, total: int) -> None:
        """Which window of how many of its kind; a single one says nothing."""
        words = {"n": number, "total": total}
        self.top_bar.set_number(filled(self.tr("窗口 {n} / {total}"), words) if total > 1 else "")

    def freshness(self, source: str = TICKETS) -> Freshness:
        """How fresh a source is, as widgets show it."""
        return self.site.freshness(self._bridge.freshness.of(source), self._bridge.clock.now_business())

    def show_alarms(self, feed: AlarmSource, bell: Bell | None) -> None:
        """From now on the top bar tells load and sound of this seat, and the rail what is unacknowledged."""
        self._alarm_feed, self._bell = feed, bell
        feed.changed.connect(self._on_alarms_changed)
        if bell is not None:
            bell.changed.connect(self._on_alarms_changed)
            self.top_bar.mute_requested.connect(bell.mute)
        self._on_alarms_changed()

    def apply_theme(self, theme: Theme) -> None:
        """Another colour theme or text size, for the whole window."""
        self._theme = theme
        self._dress()
        apply_to_children(self, theme)
        self._room.set_least(self._least_content())

    def own_keys(self) -> tuple[KeyLine, ...]:
        """Keys of this window besides the shared ones: those it declares (desktop.views.keys), and those of its buttons."""
        known = {line.key: line for line in window_keys(self._id)}
        shared = {line.key for line in shared_keys()}
        if self.can_send_to_wall:
            known.setdefault(wall_key().key, wall_key())
        for button in self.findChildren(ActionButton):
            key = button.key()
            if key and key not in shared and button.isVisibleTo(self):
                known.setdefault(key, KeyLine(key, button.text()))
        return tuple(known.values())

    def toggle_keys(self) -> None:
        """? : the map of keys of this window."""
        shared = [(line.key, line.text) for line in shared_keys()]
        self.keys_sheet.set_keys([(line.key, line.text) for line in self.own_keys()], shared)
        self.keys_sheet.toggle()

    # -- inside -----------------------------------------------------------------------------------

    def _dress(self) -> None:
        self.setPalette(self._theme.palette())
        self.setFont(self._theme.font("body"))
        self.setStyleSheet(self._theme.stylesheet())
        self.setAutoFillBackground(True)
        self.setMinimumSize(SMALLEST)

    def _refresh_all(self) -> None:
        self._read_reference()
        self._on_freshness_changed()
        self._on_pending_changed()
        self._on_clock_ticked()

    def _read_reference(self) -> None:
        topic = self._bridge.topics.get(reference.TOPIC)
        self._reference = topic.value if topic is not None else None
        zone = self._reference.zone if self._reference else DEFAULT_ZONE
        self.site = SiteTime(zone, self._theme.language)
        self._show_demo()

    def _show_demo(self) -> None:
        demo = self._reference.demo if self._reference else None
        rate = self._bridge.clock.rate
        self.top_bar.set_demo(demo_text(rate) if demo or rate != 1 else "")
        right = self._reference.site if self._reference else ""
        if demo:
            right = filled(self.tr("演示数据 · {source} · 环节与地点为模拟"), {"source": demo.source})
        self.status_bar.set_right(right)

    def _on_topic_changed(self, name: str) -> None:
        if name == reference.TOPIC:
            self._read_reference()

    def _on_freshness_changed(self, source: str = "") -> None:
        link = self.freshness()
        self.top_bar.set_freshness(link)
        line = link_line(self._bridge.freshness.of(), link)
        self.late_strip.set_late(link.state, "" if self.SAYS_LATE else line)
        self.status_bar.set_sources(status_sources(self._bridge, self.site))
        self._show_identity()

    def _show_identity(self) -> None:
        actor = self._bridge.actor
        if actor is None:
            self.top_bar.set_identity(self.tr("未登录"))
            return
        seat = filled(self.tr("{seat} 席"), {"seat": actor.seat}) if actor.seat else ""
        self.top_bar.set_identity(" · ".join(part for part in (role_word(actor.role), seat) if part))

    def _on_pending_changed(self, _pending: object = None) -> None:
        pending = self._bridge.commander.pending
        self.status_bar.set_pending(pending.queued)
        self._rail.set_badge(ATTENTION, len(pending.tray))

    def _on_clock_ticked(self) -> None:
        now = self._bridge.clock.now_business()
        self.top_bar.set_clock(self.site.date_of(now), self.site.clock(now))
        self._on_freshness_changed()
        self._on_alarms_changed()

    def _on_alarms_changed(self) -> None:
        feed = self._alarm_feed
        if feed is None:
            return
        load = feed.load()
        self.top_bar.set_alarm_load(load.count if feed.known else None, load.flood)
        self._rail.set_badge(ALARMS, len(feed.unacknowledged()))
        if self._bell is not None:
            self.top_bar.set_sound(self._bell.word(), self._bell.text())

    def _on_another(self) -> None:
        self.another_requested.emit(self._id)

    def _on_new_ticket(self) -> None:
        self.window_requested.emit(NEW_TICKET)

    def _on_find(self) -> None:
        self.window_requested.emit(FIND)

    def _on_larger(self) -> None:
        self.scale_requested.emit(1)

    def _on_smaller(self) -> None:
        self.scale_requested.emit(-1)

    def _on_find_here(self) -> None:
        if self.receivers("2find_requested()"):
            self.find_requested.emit()
        else:
            self.command_requested.emit()

    def _on_window_key(self) -> None:
        for shortcut, window in self._window_keys.items():
            if shortcut is self.sender():
                self.window_requested.emit(window)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.first_focus()
        if first is not None and self.focusWidget() is None:  # else Qt gives the keyboard to the command box
            first.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no window took for itself: the keys that every window shares."""
        if event.text() in ("?", "？"):
            self.toggle_keys()
        elif event.key() == Qt.Key.Key_Escape and self.keys_sheet.isVisible():
            self.keys_sheet.hide()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.text() == "/":
            self.command_requested.emit()
        elif event.text().upper() == "W" and self.can_send_to_wall:
            self.send_to_wall()
        elif not self._home_takes(event):
            super().keyPressEvent(event)

    def _home_takes(self, event: QKeyEvent) -> bool:
        """A letter or digit that came past the focused part; `home` has not seen it when the keyboard is elsewhere."""
        home, at = self.home(), self.focusWidget()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            home is None
            or held
            or not event.text().isalnum()
            or (at is not None and (at is home or home.isAncestorOf(at)))
        ):
            return False
        home.keyPressEvent(event)
        return event.isAccepted()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.closed.emit()


def demo_text(rate: float) -> str:
    """演示 ×60, or 演示数据 at normal speed."""
    if rate == 1:
        return QCoreApplication.translate("shell", "演示数据")
    return QCoreApplication.translate("shell", "演示 ×{rate}").format(rate=f"{rate:g}")


def wall_demo_text(rate: float) -> str:
    """What a wall says of demo data: it has no status bar that could say the second half."""
    return QCoreApplication.translate("shell", "{demo} · 环节与地点为模拟").format(demo=demo_text(rate))


def rail_items() -> tuple[tuple[RailItem, ...], tuple[RailItem, ...]]:
    """The entries of the rail and those at its foot. The words are the frame's, not those of the window around it: a short place
    has one short word everywhere."""
    translate = QCoreApplication.translate
    items = (
        RailItem(QUEUE, "list-todo", translate("DeskWindow", "队列"), "F1"),
        RailItem(MAP, "map", translate("DeskWindow", "地图"), "F2"),
        RailItem(CAMERAS, "cctv", translate("DeskWindow", "视频"), "F3"),
        RailItem(INSPECTION, "users", translate("DeskWindow", "联检"), "F4"),
        RailItem(HANDOVER, "arrow-left-right", translate("DeskWindow", "交接"), "F5"),
        RailItem(DIRECTOR, "monitor-up", translate("DeskWindow", "导播"), "F6"),
        RailItem(ALARMS, "bell", translate("DeskWindow", "告警"), "F7"),
        RailItem(BOARD, "chart-column", translate("DeskWindow", "统计"), "F8"),
        RailItem(LIST, "clipboard-list", translate("DeskWindow", "清单")),
        RailItem(EVALUATION, "star", translate("DeskWindow", "评价"), "F11"),
        RailItem(OVERVIEW, "gauge", translate("DeskWindow", "态势"), "F9"),
    )
    foot = (
        RailItem(ATTENTION, "inbox", translate("DeskWindow", "需处理"), "F12"),
        RailItem(LAUNCHER, "layout-list", translate("DeskWindow", "窗口")),
    )
    return items, foot
