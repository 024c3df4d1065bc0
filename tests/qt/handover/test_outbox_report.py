"""A desk tells what it has not sent: after a change within seconds, else every minute, never without a line."""

from desktop.services.values import PendingView
from desktop.views.handover.outbox_report import EVERY_S, LEAST_S, OutboxReport
from tests.qt.fakes import FakeBridge


def tick(bridge: FakeBridge, seconds: int) -> None:
    for _ in range(seconds):
        bridge.clock_ticked.emit()


def told(bridge: FakeBridge) -> list[dict[str, int]]:
    return [args for what, args in bridge.asked if what == "outbox"]


def test_it_tells_at_once_then_every_minute_and_soon_after_a_change(qapp) -> None:
    bridge = FakeBridge()
    report = OutboxReport(bridge)
    tick(bridge, 1)
    assert told(bridge) == [{"queued": 0, "failed": 0}]
    tick(bridge, EVERY_S - 1)
    assert len(told(bridge)) == 1
    tick(bridge, 1)
    assert len(told(bridge)) == 2
    bridge.commander.pending = PendingView(queued=3)
    tick(bridge, LEAST_S)
    assert told(bridge)[-1] == {"queued": 3, "failed": 0}
    assert report.parent() is None


def test_without_a_line_it_waits(qapp) -> None:
    bridge = FakeBridge()
    bridge.online = False
    report = OutboxReport(bridge)
    tick(bridge, EVERY_S * 2)
    assert told(bridge) == []
    bridge.online = True
    tick(bridge, 1)
    assert len(told(bridge)) == 1
    assert report.parent() is None
