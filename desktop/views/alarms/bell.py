"""Joins alarms and loudspeaker: what sounds now, mute, self-test, and what the top bar says about it. Desk seats only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.services.alarms.sound_plan import Ringing, SoundPlan
from desktop.views.alarms import words
from desktop.views.alarms.feed import AlarmFeed
from desktop.views.words import filled
from domain.alarms.rules import within
from domain.alarms.words import RANK, Severity

TICK_MS = 500
TEST_ORDER = (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
TEST_EVERY_S = 1.5


class Player(Protocol):
    """What the bell needs of a loudspeaker."""

    def available(self) -> bool: ...

    def play(self, severity: Severity, volume: float) -> bool: ...

    def stop(self) -> None: ...

    def speak(self, text: str, language: str, volume: float) -> None: ...

    def busy(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class SoundState:
    """What the top bar shows. `word`: quiet | ringing | muted | no_sound | testing."""

    word: str
    mute_left_s: int = 0
    severity: str = ""
    tested: datetime | None = None
    test_passed: bool | None = None


class AlarmBell(QObject):
    """`changed` when the state is another. `speaks` is the person's own setting, off by default."""

    changed = Signal()

    def __init__(
        self,
        feed: AlarmFeed,
        player: Player,
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        speaks: bool = False,
    ) -> None:
        super().__init__(parent)
        self._feed, self._player, self._monotonic = feed, player, monotonic
        self.speaks = speaks
        self._plan = SoundPlan()
        self._sounding: Ringing | None = None
        self._test: list[Severity] = []
        self._test_at = 0.0
        self._tested: datetime | None = None
        self._passed: bool | None = None
        self._works = True
        self.state = SoundState("quiet")
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        feed.changed.connect(self.tick)
        self._look_for_device()

    def mute(self) -> None:
        """Two minutes of silence; a second press ends it. Nothing is acknowledged by it."""
        now = self._monotonic()
        if self._plan.mute_left_s(now) > 0:
            self._plan.unmute()
        else:
            self._plan.mute(now)
            self._test = []
            self._player.stop()
        self.tick()

    def test(self) -> None:
        """声音自检: every rhythm once, the quietest first. It fails where nothing can be played."""
        self._look_for_device()
        self._tested = self._feed.now()
        self._passed = None if self._works else False
        self._test = list(TEST_ORDER) if self._works else []
        self._test_at = self._monotonic()
        self.tick()

    def device_changed(self) -> None:
        """A plug was pulled or put in."""
        self._look_for_device()
        self.tick()

    def stop(self) -> None:
        """No sound from here any more."""
        self._timer.stop()
        self._player.stop()

    def tick(self) -> None:
        """Twice a second, and at once when an alarm changes."""
        now = self._monotonic()
        self._hush()
        if self._test:
            self._go_on_testing(now)
        else:
            self._sound(now)
        self._tell(now)

    def word(self) -> str:
        """quiet | ringing | muted | testing | no_sound"""
        return self.state.word

    def text(self) -> str:
        """Beside the loudspeaker."""
        return sound_text(self.state)

    def is_night(self) -> bool:
        local = self._feed.site.local(self._feed.now())
        return within(self._feed.rules.settings.night, local.time())

    def ringing(self) -> list[Ringing]:
        """What calls this seat and may sound: in a flood the minor ones are summed up and silent anyway."""
        return [Ringing(alarm.id, alarm.ring, alarm.severity) for alarm in self._feed.calling()]

    # -- inside ---------------------------------------------------------------------------------------

    def _hush(self) -> None:
        """What was answered is silent at once, in the middle of its sound too."""
        if self._sounding is not None and self._sounding not in self.ringing():
            self._sounding = None
            if not self._test:
                self._player.stop()

    def _sound(self, now: float) -> None:
        if not self._works or self._player.busy():
            return  # nothing counts as sounded that nobody could hear
        ringing = self.ringing()
        sound = self._plan.due(now, ringing, self.is_night())
        if sound is None:
            return
        self._sounding = next(one for one in ringing if one.id == sound.id)
        if not self._player.play(sound.severity, sound.volume):
            self._look_for_device()
            return
        alarm = self._feed.get(sound.id)
        if self.speaks and alarm is not None and sound.severity is Severity.CRITICAL:
            self._player.speak(words.title(alarm, self._feed.names, wall=True), self._feed.language, sound.volume)

    def _go_on_testing(self, now: float) -> None:
        if now < self._test_at:
            return
        severity = self._test.pop(0)
        works = self._player.play(severity, 0.6)
        self._test_at = now + TEST_EVERY_S
        if not works:
            self._test, self._passed = [], False
            self._look_for_device()
        elif not self._test:
            self._passed = True

    def _look_for_device(self) -> None:
        worked, self._works = self._works, self._player.available()
        if self._works and not worked:
            self._plan = self._plan.anew()  # what rang into the void rings again, from its beginning
        self._feed.tell_sound(self._works)

    def _tell(self, now: float) -> None:
        ringing = [one.severity for one in self.ringing() if one.severity in (Severity.CRITICAL, Severity.MAJOR)]
        worst = min(ringing, key=lambda one: RANK[one]).value if ringing else ""
        left = round(self._plan.mute_left_s(now))
        if not self._works:
            word = "no_sound"
        elif self._test:
            word = "testing"
        else:
            word = "muted" if left else "ringing" if ringing else "quiet"
        state = SoundState(word, left, worst, self._tested, self._passed)
        if state != self.state:
            self.state = state
            self.changed.emit()


def sound_text(state: SoundState) -> str:
    """Beside the loudspeaker in the top bar."""
    translate = QCoreApplication.translate
    if state.word == "muted":
        left = f"{state.mute_left_s // 60}:{state.mute_left_s % 60:02d}"
        return filled(translate("alarms", "静音 {left}"), {"left": left})
    return {
        "no_sound": translate("alarms", "无声音"),
        "ringing": translate("alarms", "响铃中"),
        "testing": translate("alarms", "声音自检中"),
    }.get(state.word, "")
