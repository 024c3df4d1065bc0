"""Tells screen readers what changes while nobody moves the keyboard: the line, and alarms that begin to ring."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication

from desktop.services.announcements import AnnouncementPace
from desktop.views.alarms import words
from desktop.views.link_words import link_line
from desktop.widgets.wording import sentences
from domain.alarms.words import Severity

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.views.alarms.feed import AlarmFeed


class Announcer(QObject):
    """One for all windows, so that nothing is read twice. `said(text, urgent)` comes with every announcement."""

    said = Signal(str, bool)

    def __init__(
        self,
        bridge: Bridge,
        alarms: AlarmFeed,
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._monotonic = bridge, monotonic
        self._pace = AnnouncementPace()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.say_what_is_due)
        self._state = bridge.freshness.of().state
        self._known: frozenset[str] = frozenset()
        bridge.freshness_changed.connect(self._on_freshness_changed)
        self.follow(alarms)

    def follow(self, alarms: AlarmFeed) -> None:
        """Another feed (language). What rings already is on the screen and is not read again."""
        self._alarms = alarms
        self._known = frozenset(alarm.id for alarm in alarms.unacknowledged())
        alarms.changed.connect(self._on_alarms_changed)

    def say_what_is_due(self) -> None:
        self._say(self._pace.due(self._monotonic()), urgent=False)

    def _on_freshness_changed(self, _source: str = "") -> None:
        link = self._bridge.freshness.of()
        if link.state is self._state:
            return
        self._state = link.state
        shown = self._alarms.site.freshness(link, self._bridge.clock.now_business())
        back = self.tr("联动服务已接通")
        self._offer("link", link_line(link, shown) or back, urgent=False)

    def _on_alarms_changed(self) -> None:
        ringing = self._alarms.unacknowledged()
        new = [alarm for alarm in ringing if alarm.id not in self._known]
        self._known = frozenset(alarm.id for alarm in ringing)
        for alarm in new:
            text = words.title(alarm, self._alarms.names)
            self._offer(alarm.id, text, urgent=alarm.severity is Severity.CRITICAL)

    def _offer(self, topic: str, text: str, *, urgent: bool) -> None:
        now_s = self._monotonic()
        self._say(self._pace.offer(topic, text, now_s, urgent=urgent), urgent=urgent)

    def _say(self, texts: tuple[str, ...], *, urgent: bool) -> None:
        if texts:
            text = sentences(texts)
            self.said.emit(text, urgent)
            self._send(text, urgent)
        if self._pace.waits and not self._timer.isActive():
            self._timer.start(math.ceil(1000 * self._pace.left_s(self._monotonic())))

    @staticmethod
    def _send(text: str, urgent: bool) -> None:
        window = QApplication.activeWindow()
        if window is None or not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(window, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
