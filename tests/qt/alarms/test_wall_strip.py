"""What a wall says of alarms where the grid is left out."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

sys.path.insert(0, str(Path(__file__).parent))

from scene import alarm_feed, bridge_of

from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.wall_overview.window import WallOverview
from desktop.widgets.alarm_strip import AlarmStrip
from desktop.widgets.headline import Headline
from domain.alarms.words import Severity, Trigger
from tests.unit.domain.alarms.cases import Hall, cause


@pytest.mark.usefixtures("qapp")
def test_alarms_that_read_the_same_on_a_wall_are_told_once_with_their_number(qtbot) -> None:
    load_fonts()
    hall = Hall()
    urgent = {"trigger": Trigger.URGENT_ITEM, "facts": {"urgency": "top"}}
    for place in ("440310001001", "440310001002", "440310001003"):
        hall.raised(cause("R-01", f"t-{place}", Severity.CRITICAL, area=place, **urgent))
        hall.pass_(timedelta(minutes=1))
    hall.raised(cause("R-07", "cam-1", Severity.MINOR, trigger=Trigger.CAMERA_LOST, facts={"name": "白荡工业园东门"}))
    feed = alarm_feed(hall=hall)
    window = WallOverview(bridge_of(feed), Theme.load(profile="wall"))
    qtbot.addWidget(window)
    window.show_alarm_feed(feed)
    (strip,) = window.findChildren(AlarmStrip)
    spoken = strip.accessibleName()
    assert spoken.startswith("未确认告警 4 ")
    assert spoken.count("严重") == 1
    assert "×3" in spoken
    assert spoken.count("轻微") == 1
    assert "轻微" in spoken[spoken.index("×3") :]


@pytest.mark.usefixtures("qapp")
def test_while_the_first_picture_is_on_its_way_no_alarm_is_no_number(qtbot) -> None:
    load_fonts()
    feed = alarm_feed(hall=Hall())
    bridge = bridge_of(feed)
    window = WallOverview(bridge, Theme.load(profile="wall"))
    qtbot.addWidget(window)
    window.show_alarm_feed(feed)
    (strip,) = window.findChildren(AlarmStrip)
    (headline,) = window.findChildren(Headline)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    for got in (1, 30):
        bridge.go(Fresh.CATCHING_UP, snapshot=(got, 44))
        qtbot.waitUntil(lambda: strip.accessibleName() == "未确认告警 –")
        qtbot.waitUntil(lambda got=got: headline.text().endswith(f"正在取快照 {100 * got // 44}%"))
    bridge.go(Fresh.LIVE)
    qtbot.waitUntil(lambda: strip.accessibleName() == "未确认告警 0")
