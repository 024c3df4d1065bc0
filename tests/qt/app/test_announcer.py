"""What screen readers hear: a lost line, its return, alarms that begin; never more than once in ten seconds unless critical."""

from datetime import timedelta

import pytest

from desktop.app.announcer import Announcer
from desktop.services.values import Fresh
from desktop.views.alarms.feed import AlarmFeed
from domain.alarms.words import Severity, Trigger
from tests.qt.alarms.scene import AlarmBridge
from tests.qt.samples import NOW
from tests.unit.domain.alarms.cases import Hall, cause


class Ears:
    """An announcer on a clock that the test moves."""

    def __init__(self, qapp) -> None:
        self.now_s = 0.0
        self.hall = Hall()
        self.hall.now = NOW
        self.bridge = AlarmBridge(self.hall)
        self.feed = AlarmFeed(self.bridge, "zh")
        self.announcer = Announcer(self.bridge, self.feed, monotonic=lambda: self.now_s)
        self.heard: list[tuple[str, bool]] = []
        self.announcer.said.connect(lambda text, urgent: self.heard.append((text, urgent)))


@pytest.fixture
def ears(qapp) -> Ears:
    return Ears(qapp)


def test_a_lost_line_and_its_return_are_said_once_each_and_not_faster_than_every_ten_seconds(ears: Ears) -> None:
    ears.bridge.go(Fresh.STALE, as_of=NOW, age_s=12.0)
    assert ears.heard == [("联动服务没有新消息 · 以下为 14:32 的数", False)]
    for state in (Fresh.LIVE, Fresh.STALE, Fresh.LIVE):
        ears.now_s += 1
        ears.bridge.go(state, as_of=NOW, age_s=0.5)
    assert len(ears.heard) == 1
    ears.now_s = 10.0
    ears.announcer.say_what_is_due()
    assert ears.heard[1:] == [("联动服务已接通", False)]


def test_a_lost_line_is_a_critical_alarm_of_this_machine_and_said_at_once(ears: Ears) -> None:
    ears.bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=12.0, since_s=12.0)
    assert ("与联动服务断开", True) in ears.heard


def test_the_same_state_again_is_silence(ears: Ears) -> None:
    for _ in range(5):
        ears.now_s += 20
        ears.bridge.freshness_changed.emit("tickets")
    assert ears.heard == []


def test_a_critical_alarm_is_said_at_once_and_only_once(ears: Ears) -> None:
    ears.bridge.go(Fresh.STALE, as_of=NOW, age_s=20.0)
    ears.heard.clear()
    urgent = cause("R-01", "t-1", Severity.CRITICAL, trigger=Trigger.URGENT_ITEM, facts={"urgency": "top"})
    minor = cause("R-07", "cam-1", Severity.MINOR, trigger=Trigger.CAMERA_LOST, facts={"name": "东塘泵站"})
    ears.hall.raised(urgent, minor)
    for _ in range(3):
        ears.bridge.pass_(timedelta(seconds=1))
    assert [now for _, now in ears.heard] == [True]
    ears.now_s = 10.0
    ears.announcer.say_what_is_due()
    assert [("东塘泵站" in text, now) for text, now in ears.heard] == [(False, True), (True, False)]
