"""The entries of the status bar: each source with its own freshness, by the limits of the alarm that rings for its silence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from backend.alarms import read_rules
from desktop.services.topics import Topic
from desktop.services.values import Fresh, Freshness
from desktop.theme.theme import Theme
from desktop.views.shell import QUEUE, DeskWindow
from desktop.views.site_time import SiteTime
from desktop.views.source_status import status_sources
from desktop.widgets.status_bar import StatusSource
from domain.alarms.causes import Known, find
from domain.alarms.rules import TOPIC as RULES_TOPIC
from domain.alarms.rules import AlarmRules
from domain.alarms.words import Trigger
from domain.cameras import HEALTH_TOPIC, Camera, CameraHealth, CameraId, CameraList, HealthList, Reach
from domain.cameras import TOPIC as CAMERA_TOPIC
from domain.vocabulary import Source
from protocol.reference import OVERVIEW_TOPIC
from tests.qt.fake_kpi import make_overview
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

SITE = SiteTime()
HOTLINE, VIDEO = "12345 热线", "视频平台"
BOOK = read_rules(Path("/nonexistent"))
SILENT = replace(BOOK, rules=tuple(rule for rule in BOOK.rules if rule.trigger is Trigger.FEED_SILENT))


def bridge_with(
    heard: dict[Source, timedelta] | None, state: Fresh = Fresh.LIVE, rules: AlarmRules = SILENT
) -> FakeBridge:
    bridge = FakeBridge(())
    told = None if heard is None else {source: NOW - ago for source, ago in heard.items()}
    bridge.topics.values[RULES_TOPIC] = Topic(RULES_TOPIC, 1, NOW, rules)
    bridge.topics.values[OVERVIEW_TOPIC] = Topic(OVERVIEW_TOPIC, 1, NOW, make_overview(heard=told))
    bridge.freshness.values[OVERVIEW_TOPIC] = Freshness(source=OVERVIEW_TOPIC, state=state, as_of=NOW, age_s=0.8)
    return bridge


def with_cameras(bridge: FakeBridge, *reaches: Reach | None, state: Fresh = Fresh.LIVE) -> FakeBridge:
    listed = [Camera(id=CameraId(f"c{n}"), name=f"c{n}", kind="test") for n in range(len(reaches))]
    health = {one.id: CameraHealth(reach, NOW) for one, reach in zip(listed, reaches, strict=True) if reach is not None}
    bridge.topics.values[CAMERA_TOPIC] = Topic(CAMERA_TOPIC, 1, NOW, CameraList(tuple(listed), 1))
    bridge.topics.values[HEALTH_TOPIC] = Topic(HEALTH_TOPIC, 1, NOW, HealthList(health))
    bridge.freshness.values[CAMERA_TOPIC] = Freshness(source=CAMERA_TOPIC, state=state, as_of=NOW, age_s=0.8)
    return bridge


def entry(bridge: FakeBridge, name: str) -> StatusSource:
    return next(one for one in status_sources(bridge, SITE) if one.name == name)  # type: ignore[arg-type]


@given(minutes=st.integers(0, 600), hour=st.integers(0, 23))
def test_a_source_is_stale_exactly_when_its_alarm_has_a_cause(minutes: int, hour: int) -> None:
    bridge = bridge_with({Source.HOTLINE_12345: timedelta(0)})
    last = SITE.local(NOW).replace(hour=hour)
    bridge.topics.values[OVERVIEW_TOPIC] = Topic(
        OVERVIEW_TOPIC, 1, NOW, make_overview(heard={Source.HOTLINE_12345: last})
    )
    bridge.clock.now = last + timedelta(minutes=minutes)
    known = Known(
        now=bridge.clock.now,
        zone=SITE.zone,
        last_arrivals={Source.HOTLINE_12345: last},
        item=lambda _item, _version: None,
    )
    state = entry(bridge, HOTLINE).freshness.state
    assert state == ("stale" if find(SILENT, known) else "live")


def test_each_expected_source_says_when_it_last_reported_and_what_never_did_says_so() -> None:
    bridge = bridge_with({Source.HOTLINE_12345: timedelta(minutes=3), Source.PATROL: timedelta(0)})
    found = {one.name: one for one in status_sources(bridge, SITE)}  # type: ignore[arg-type]
    assert list(found) == ["联动服务", HOTLINE, "平台转办", "指标"]
    assert (found[HOTLINE].freshness.state, found[HOTLINE].freshness.detail) == ("live", "3 分钟前")
    assert found[HOTLINE].tip.splitlines() == [
        "12345 热线：最近一件 14:29 上报",
        "09:00–18:00 超过 90 分钟没有新工单即告警（R-08）",
    ]
    assert (found["平台转办"].freshness.state, found["平台转办"].freshness.detail) == ("never", "未收到数据")


@pytest.mark.parametrize("state", [Fresh.STALE, Fresh.OFFLINE, Fresh.CATCHING_UP])
def test_news_that_is_old_itself_makes_no_source_look_live(state: Fresh) -> None:
    shown = entry(bridge_with({Source.HOTLINE_12345: timedelta(minutes=3)}, state), HOTLINE).freshness
    assert (shown.state, shown.detail) == (state.value, "3 分钟前")


def test_a_server_that_does_not_tell_and_a_site_without_the_rule_have_no_entry() -> None:
    told = {Source.HOTLINE_12345: timedelta(0)}
    for bridge in (bridge_with(None), bridge_with(told, rules=AlarmRules(version="t"))):
        assert [one.name for one in status_sources(bridge, SITE)] == ["联动服务", "指标"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reaches", "state", "said"),
    [
        ((Reach.UP, Reach.UP), "live", "2 / 2 路在线"),
        ((Reach.UP, Reach.DOWN, None), "live", "1 / 3 路在线"),
        ((Reach.DOWN, Reach.DOWN), "offline", "0 / 2 路在线"),
        ((None, Reach.UNKNOWN), "never", "尚未检测"),
        ((), "never", "没有登记视频"),
    ],
)
def test_the_video_platform_is_as_good_as_its_cameras(reaches: tuple[Reach | None, ...], state: str, said: str) -> None:
    shown = entry(with_cameras(FakeBridge(()), *reaches), VIDEO).freshness
    assert (shown.state, shown.detail) == (state, said)


def test_cameras_known_from_before_the_line_broke_are_not_live() -> None:
    assert entry(with_cameras(FakeBridge(()), Reach.UP, state=Fresh.OFFLINE), VIDEO).freshness.state == "offline"


def test_what_never_came_has_no_entry_beside_the_link() -> None:
    bridge = FakeBridge(())
    bridge.topics.values.clear()
    bridge.go(Fresh.NEVER)
    (link,) = status_sources(bridge, SITE)  # type: ignore[arg-type]
    assert link.freshness.state == "never"


def test_the_status_bar_tells_readers_and_the_pointer_the_same(qtbot, monkeypatch) -> None:
    bridge = with_cameras(bridge_with({Source.HOTLINE_12345: timedelta(hours=2)}), Reach.UP, Reach.DOWN)
    window = DeskWindow(Theme.load("dark", "desk"), bridge, QUEUE, "队列")  # type: ignore[arg-type]
    window.set_central(QWidget())
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    bar = window.status_bar
    bar.grab()
    assert "12345 热线 2 小时前" in bar.accessibleName()
    assert "视频平台 1 / 2 路在线" in bar.accessibleName()
    tips = list(dict.fromkeys(filter(None, (bar.tip_at(x) for x in range(bar.width())))))
    assert "\n".join(tips) == bar.accessibleDescription()
    assert "视频平台：共 2 路，在线 1，断开 1，未检测 0" in tips
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: said.append(text))
    place = next(x for x in range(bar.width()) if bar.tip_at(x) == tips[-1])
    bar.event(QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(place, 4), QPoint(place, 4)))
    assert said == [tips[-1]]
