"""A call comes in: typed by keyboard, found places and items, a draft that comes back, and a caller that nobody else reads."""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.maps.package import NO_PACKAGE
from desktop.theme.theme import Theme
from desktop.views.find.window import FindWindow
from desktop.views.new_ticket.window import NewTicketWindow
from desktop.views.queue.feed import TicketFeed
from domain.ticket import Ticket
from domain.vocabulary import State
from protocol.messages import Event
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import desk, house

CONTROL = Qt.KeyboardModifier.ControlModifier


@cache
def theme() -> Theme:
    """One for all: a theme must not go before the last window that wears it."""
    return Theme.load()


SAID = "地下管道堵了往外冒污水，回电 13812345678"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def write(field: QWidget, text: str) -> None:
    """As an input method gives it."""
    field.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def opened(services: Services) -> NewTicketWindow:
    bridge = Bridge(services)
    window = NewTicketWindow(theme(), bridge, TicketFeed(bridge), NO_PACKAGE)
    window.resize(1920, 1080)
    window.show()
    return window


async def fill(window: NewTicketWindow) -> None:
    """What, which item, where, who: Enter takes the first of what is found."""
    form = window.form
    write(form.text, SAID)
    await until(lambda: form.items.ids(), "items")
    assert "地下管道" in form.items.entries()[0].title
    form.item.setFocus()
    QTest.keyClick(form.item, Qt.Key.Key_Return)
    write(form.place, "六联")
    QTest.keyClicks(form.place, "1")  # a slip of the hand
    QTest.keyClick(form.place, Qt.Key.Key_Backspace)
    await until(lambda: form.places.ids(), "places")
    QTest.keyClick(form.place, Qt.Key.Key_Return)
    write(form.caller, "张三丰")
    write(form.phone, "13812345678")
    write(form.address, "六联路 12 号 3 栋")


def run(loop: asyncio.AbstractEventLoop, tmp_path: Path, work: Callable[..., object]) -> None:
    async def whole() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            await until(lambda: services.topics.get("reference") is not None, "reference")
            await work(made, token, services)  # type: ignore[misc]

    loop.run_until_complete(whole())


def test_a_call_becomes_a_ticket_by_keyboard_and_the_caller_is_masked_afterwards(loop, tmp_path: Path) -> None:
    async def work(made, token, services: Services) -> None:
        window = opened(services)
        try:
            await fill(window)
            assert window.why_not() == ""
            QTest.keyClick(window.form.address, Qt.Key.Key_Return, CONTROL)
            await until(lambda: "已建工单" in window.said(), "made")
            (ticket,) = services.mirror.tickets.values()
            assert isinstance(ticket, Ticket)
            assert (ticket.state, ticket.area[:12]) == (State.REPORTED, window_area(services, "六联社区"))
            assert window.draft.is_empty
            answer = await services.ask("record", {"ticket_id": ticket.id})
            assert answer.body is not None
            (event,) = msgspec.json.decode(answer.body, type=list[Event])
            assert event.private == {
                "text": "地下管道堵了往外冒污水，回电 138****5678",
                "caller": "张**",
                "phone": "138****5678",
                "address": "六联路 ** 号 ** 栋",
            }
        finally:
            window.close()

    run(loop, tmp_path, work)


def window_area(services: Services, name: str) -> str:
    reference = services.topics.get("reference")
    assert reference is not None
    return next(area.code for area in reference.value.areas if area.name == name)


def test_what_was_typed_comes_back_and_is_the_same_matter(loop, tmp_path: Path) -> None:
    async def work(made, token, services: Services) -> None:
        window = opened(services)
        await fill(window)
        window._keep_draft()
        draft = window.draft
        await until(lambda: list((tmp_path).rglob("new_ticket.json")), "draft on disk")
        window.close()
        again = opened(services)
        try:
            await until(lambda: again.draft == draft, "draft")
            assert again.form.text.toPlainText() == SAID
            again.send()
            await until(lambda: "已建工单" in again.said(), "made")
            await until(lambda: not list(tmp_path.rglob("new_ticket.json")), "draft gone")
        finally:
            again.close()

    run(loop, tmp_path, work)


def test_a_window_closed_before_the_draft_was_read_back_forgets_nothing(loop, tmp_path: Path) -> None:
    async def work(made, token, services: Services) -> None:
        window = opened(services)
        await fill(window)
        draft = window.draft
        window.close()
        opened(services).close()
        again = opened(services)
        try:
            await until(lambda: again.draft == draft, "draft")
        finally:
            again.close()

    run(loop, tmp_path, work)


def test_what_is_missing_is_said_and_nothing_is_sent(loop, tmp_path: Path) -> None:
    async def work(made, token, services: Services) -> None:
        window = opened(services)
        try:
            window.send()
            assert window.said() == "不能上报：还缺诉求、地点、事项"
            assert services.mirror.tickets == {}
        finally:
            window.close()

    run(loop, tmp_path, work)


def test_find_by_keyboard(loop, tmp_path: Path) -> None:
    async def work(made, token, services: Services) -> None:
        tickets = await made.report(3)
        await until(lambda: len(services.mirror.tickets) == 3, "tickets")
        bridge = Bridge(services)
        window = FindWindow(theme(), bridge, TicketFeed(bridge))
        window.show()
        asked: list[str] = []
        window.ticket_requested.connect(asked.append)
        try:
            QTest.keyClicks(window.line, tickets[1])
            await until(lambda: window.results.ids() == (tickets[1],), "found")
            QTest.keyClick(window.line, Qt.Key.Key_Return)
            assert asked == [tickets[1]]
            window.line.clear()
            write(window.line, "六联社区 没有这种事")
            await until(lambda: "没有“没有这种事”" in window.note(), "sentence")
            assert window.results.ids() == ()
        finally:
            window.close()

    run(loop, tmp_path, work)
