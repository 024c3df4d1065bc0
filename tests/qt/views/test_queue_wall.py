"""The wall copy: whole rows around the line, nothing personal, and an order that holds for ten seconds."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.wall_queue import WallQueueWindow
from desktop.views.queue.wall_rows import WallRows
from domain.vocabulary import Stage, State, Urgency
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_ticket


def due_in(number: int, minutes: float):
    return make_ticket(number, State.FILED, stage=Stage.DISPATCH, hours=1.0, used=1 - minutes / 60)


@pytest.fixture
def wall(qapp, qtbot):
    load_fonts()

    def make(tickets) -> tuple[FakeBridge, WallQueueWindow]:
        bridge = FakeBridge(tickets)
        window = WallQueueWindow(Theme.load(profile="wall"), bridge, TicketFeed(bridge))
        qtbot.addWidget(window)
        window.resize(1920, 1080)
        with qtbot.waitExposed(window):
            window.show()
        return bridge, window

    return make


def numbers(window: WallQueueWindow) -> list[str]:
    return [row.id[-2:].lstrip("0") for row in window.shown_rows()]


def spoken(window: WallQueueWindow) -> str:
    return "\n".join(child.accessibleName() for child in window.findChildren(QWidget))


def test_shows_whole_rows_around_the_line_and_says_of_how_many(wall):
    tickets = [due_in(number, number - 30.5) for number in range(1, 42)]
    _, window = wall(tickets)
    shown = numbers(window)
    assert shown[:3] == ["28", "29", "30"]
    assert f"现在线上下 {len(shown)} 件，共 41 件" in spoken(window)


def test_only_what_is_due_is_on_the_wall(wall):
    _, window = wall([due_in(1, 40), due_in(2, 5), due_in(3, -5)])
    assert numbers(window) == ["3", "2"]
    assert "超期 1，临期 1" in spoken(window)


def test_order_holds_until_the_next_turn(wall):
    bridge, window = wall([due_in(1, 5), due_in(2, 6)])
    bridge.change(due_in(3, 1))
    assert numbers(window) == ["1", "2"]
    window._on_reorder_due()
    assert numbers(window) == ["3", "1", "2"]


def test_a_row_is_painted_again_only_when_it_says_something_else(wall, monkeypatch: pytest.MonkeyPatch):
    bridge, window = wall([due_in(1, 5), due_in(2, 6)])
    painted = []
    paint_row = WallRows._paint_row
    monkeypatch.setattr(WallRows, "_paint_row", lambda *args: painted.append(args[-1].id) or paint_row(*args))
    window.grab()
    painted.clear()
    bridge.change(replace(due_in(1, 5), reminders=3))
    window.grab()
    assert not painted
    bridge.change(replace(due_in(2, 6), urgency=Urgency.TOP))
    window.grab()
    assert painted == [due_in(2, 6).id]


def test_rows_stand_on_the_ground_of_the_wall(wall):
    _, window = wall([due_in(1, 5)])
    picture = window.grab().toImage()
    rows = window.findChild(WallRows)
    below_the_head = rows.mapTo(window, rows.rect().topLeft()).y() + rows._head() + rows._line_height() + 4
    assert picture.pixelColor(rows.mapTo(window, rows.rect().center()).x(), below_the_head) == picture.pixelColor(2, 2)


def test_no_number_and_no_place_finer_than_a_street_is_said(wall):
    _, window = wall([due_in(1, 5)])
    assert "181009" not in spoken(window)
    assert "六联社区" not in spoken(window)


def test_offline_keeps_the_rows_and_says_since_when(wall):
    bridge, window = wall([due_in(1, 5)])
    bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=360.0)
    assert numbers(window) == ["1"]
    assert "断开 · 截至 14:32，6 分钟前" in spoken(window)


def test_nothing_due_is_a_sentence(wall):
    _, window = wall([due_in(1, 40)])
    assert "没有临期和超期的工单" in spoken(window)


def test_a_closed_wall_no_longer_follows(wall):
    bridge, window = wall([due_in(1, 5)])
    feed = window._feed
    window.close()
    assert feed._tables == []
    bridge.change(due_in(2, 5))


def test_counts_rows_and_line_are_of_one_moment_until_the_next_turn(wall):
    """At a quick replay minutes pass within the ten seconds that an order holds."""
    bridge, window = wall([due_in(1, 2), due_in(2, 30.5), due_in(3, -5)])
    for _ in range(5):
        bridge.pass_time(60)
    assert numbers(window) == ["3", "1"]
    assert "超期 1，临期 1" in spoken(window)
    window._on_reorder_due()
    bridge.clock_ticked.emit()
    assert "超期 2，临期 0" in spoken(window)


def test_what_was_read_before_the_time_was_known_holds_no_longer_when_it_is(wall, qtbot):
    """A wall that comes back after a power loss knows its tickets before it knows the time."""
    bridge, window = wall([due_in(1, 40), due_in(2, 5), due_in(3, -5)])
    bridge.clock.known, bridge.clock.now = False, NOW + timedelta(days=900)
    window._on_reorder_due()
    assert "超期 –，临期 –" in spoken(window)
    bridge.clock.known, bridge.clock.now = True, NOW
    bridge.clock_ticked.emit()
    qtbot.waitUntil(lambda: "超期 1，临期 1" in spoken(window))
    assert numbers(window) == ["3", "2"]
