"""The window of what was not done: it says why, who was quicker and what differs, and asks the commander for what a person wants."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services.values import Fresh, Notice, Pending, PendingId, Refusal
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.attention.card import DISCARD, OPEN, RETRY
from desktop.views.attention.window import AttentionWindow
from desktop.views.notice_words import link_reason, notice_text
from desktop.views.shell import ATTENTION
from tests.qt.fakes import FakeBridge

NOW = datetime.now(UTC)
STATES = ("conflict", "rejected", "expired", "blocked", "too_old", "unknown")


@pytest.fixture
def bridge(qapp):
    load_fonts()
    return FakeBridge()


@pytest.fixture
def window(bridge, qtbot):
    made = AttentionWindow(Theme.load(), bridge)
    qtbot.addWidget(made)
    made.resize(1600, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pending(number: int, state: str, command: str = "dispatch", **fields) -> Pending:
    known = {"ticket_id": None, "since": NOW - timedelta(minutes=number)} | fields
    return Pending(id=PendingId(f"p{number}"), n=number, command=command, state=state, **known)


def conflict(bridge, **fields) -> Pending:
    one, other = (unit.id for unit in bridge.reference.units[:2])
    detail = {
        "by": {"role": "dispatcher", "seat": "A03"},
        "at": "2018-10-09T06:30:11+00:00",
        "diff": {
            "unit": [None, one],
            "state": ["filed", "dispatched"],
            "stage": [None, {}],
            "dispatched_at": [None, "x"],
        },
    }
    args = {"do": "dispatch", "lead": other, "text": "请到场"}
    return pending(1, "conflict", ticket_id=next(iter(bridge.mirror.tickets)), detail=detail, args=args, **fields)


def spoken(window: QWidget) -> str:
    said = [
        label.text() for label in window.findChildren(QWidget) if hasattr(label, "text") and label.isVisibleTo(window)
    ]
    return "\n".join([*said, *(child.accessibleName() for child in window.findChildren(QWidget) if child.isVisible())])


def test_a_conflict_names_who_and_when_and_what_differs(window, bridge):
    bridge.commander.show_tray(conflict(bridge))
    words = spoken(window.card())
    one, other = (unit.name for unit in bridge.reference.units[:2])
    for told in ("A03 席派遣员", "14:30", "待派遣", "待签收", one, other, "请到场", "另有 2 项"):
        assert told in words
    assert "u1" not in words


@pytest.mark.parametrize("state", STATES)
def test_every_way_of_failing_is_a_sentence_and_can_be_given_up(window, bridge, state):
    bridge.commander.show_tray(
        pending(1, state, code="state" if state == "rejected" else "", detail={"state": "closed"})
    )
    words = spoken(window.card())
    assert state not in words
    assert window.card().action_row().button(DISCARD).isEnabled()
    assert not window.card().action_row().button(OPEN).isEnabled(), "there is no ticket to look at"


def click(qtbot, window, action: str) -> None:
    """As a hand does it: once the button stands there."""
    button = window.card().action_row().button(action)
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_buttons_ask_the_commander(window, bridge, qtbot):
    first, second = conflict(bridge), pending(2, "too_old", command="remind")
    bridge.commander.show_tray(first, second)
    with qtbot.waitSignal(window.ticket_open_requested) as asked:
        click(qtbot, window, OPEN)
    assert asked.args == [first.ticket_id]
    click(qtbot, window, RETRY)
    assert bridge.commander.retried == [first.id]
    click(qtbot, window, DISCARD)
    assert bridge.commander.discarded == [first.id]
    assert window.current() == second.id, "the next one is open"


def test_keys_do_what_the_buttons_do(window, bridge, qtbot):
    bridge.commander.show_tray(conflict(bridge))
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert (len(bridge.commander.retried), len(bridge.commander.discarded)) == (1, 1)


def test_a_retry_that_is_refused_says_why_and_keeps_the_command(window, bridge, qtbot):
    bridge.commander.show_tray(conflict(bridge))
    bridge.commander.retry_answer = Refusal("offline_refused")
    click(qtbot, window, RETRY)
    assert "须联机" in spoken(window.card())
    assert window.current() == "p1"


def test_what_waits_is_shown_and_cannot_be_given_up(window, bridge):
    bridge.commander.show_tray(waiting=(pending(3, "queued", command="comment"),))
    window.select("p3")
    assert "等待发送" in spoken(window.card())
    assert not window.card().action_row().button(RETRY).isEnabled()
    assert not window.card().action_row().button(DISCARD).isEnabled()


def test_the_rail_counts_what_needs_a_person(window, bridge):
    bridge.commander.show_tray(pending(1, "rejected"), pending(2, "blocked"))
    assert "2 条待处理" in window._rail.button(ATTENTION).accessibleName()
    bridge.commander.show_tray()
    assert "待处理" not in window._rail.button(ATTENTION).accessibleName()


def test_a_refused_token_is_said_in_words(window, bridge):
    bridge.go(Fresh.NEVER, reason="login")
    assert "令牌被拒，请重新登录" in window.top_bar._freshness.accessibleName()
    bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=60.0, reason="login")
    assert "令牌被拒，请重新登录" in window.top_bar._freshness.accessibleName()
    bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=60.0, reason="silent", retry_in_s=3.0)
    assert "3 秒后重连" in window.top_bar._freshness.accessibleName()


@pytest.mark.parametrize(
    "code",
    [
        "cache_rebuilt",
        "cache_read_only",
        "cache_writable",
        "outbox_salvaged",
        "storage_full",
        "not_stored",
        "login_needed",
        "version_unsupported",
        "clock_off",
        "identity_changed",
    ],
)
def test_every_notice_is_a_sentence(qapp, code):
    assert code not in notice_text(Notice(code))


@pytest.mark.parametrize("reason", ["login", "version", "bad_frame"])
def test_a_line_that_stopped_says_what_to_do(qapp, reason):
    assert "请" in link_reason(reason)


def test_who_is_not_known_is_not_told_that_nothing_waits(bridge, qtbot):
    bridge.actor = None
    window = AttentionWindow(Theme.load(), bridge)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert "尚未登录" in spoken(window)
    assert "没有需要处理" not in spoken(window)
