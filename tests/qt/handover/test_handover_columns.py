"""The three columns of the handover and their foot, at every width."""

import pytest

from desktop.theme.theme import Theme
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.window import HandoverWindow
from desktop.widgets.panes import Panes
from tests.qt.handover.scene import HandoverBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def opened(qtbot):
    def make(width: int, height: int, scale: float = 1.0) -> HandoverWindow:
        bridge = HandoverBridge()
        window = HandoverWindow(Theme.load(scale=scale), bridge, HandoverFeed(bridge))
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        return window

    return make


def spans(window: HandoverWindow, *parts) -> list[tuple[int, int]]:
    return [(part.mapTo(window, part.rect().topLeft()).x(), part.width()) for part in parts]


def panes(window: HandoverWindow) -> list[tuple[int, int]]:
    return spans(window, window.report, window.talk, window.since)


def foot(window: HandoverWindow) -> list[tuple[int, int]]:
    return spans(window, window.out_side, window.in_side, window.sign_card)


@pytest.mark.parametrize(("width", "height", "scale"), [(1920, 1080, 1.0), (1366, 768, 1.0), (1920, 1080, 1.4)])
def test_each_card_of_the_foot_stands_below_its_column(opened, width: int, height: int, scale: float) -> None:
    window = opened(width, height, scale)
    assert foot(window) == panes(window)
    window.resize(width + 200, height)
    assert foot(window) == panes(window)


def test_the_foot_follows_a_border_that_is_dragged_and_stays_even(opened) -> None:
    window = opened(1920, 1080)
    before = panes(window)
    window.findChild(Panes).moveSplitter(1000, 1)
    assert panes(window) != before
    assert foot(window) == panes(window)
    cards = (window.out_side, window.in_side, window.sign_card)
    assert len({(card.y(), card.height()) for card in cards}) == 1


def test_the_foot_is_as_high_as_its_longest_words_need(opened, qtbot) -> None:
    window = opened(1366, 768)
    low = window.out_side.height()
    window.sign_card.set_action("签名交班", "还有事项未复述，" * 20, "")
    qtbot.waitUntil(lambda: window.sign_card.height() > low)
    assert (
        window.out_side.height()
        == window.sign_card.height()
        >= window.sign_card.heightForWidth(window.sign_card.width())
    )


def test_the_checks_stay_in_sight_below_rows_that_scroll(opened) -> None:
    window = opened(1366, 768)
    checks = window.talk.checks
    assert not checks.visibleRegion().isEmpty()
    assert checks.visibleRegion().boundingRect() == checks.rect()


def test_what_failed_is_said_below_the_title_and_not_at_the_edge(opened) -> None:
    window = opened(1920, 1080)
    window.report.trouble.set_text("报告里手写的话没有取到")
    ((left, _), (title, _)) = spans(window, window.report.trouble, window.report._title)
    assert left == title
