"""A shift at a desk by keyboard alone: real windows, real services, a real backend; one seat beside it that sees the same."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QWidget

from desktop.app.wall_host import WallHost
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.values import Fresh, PendingView
from desktop.settings import Settings
from desktop.theme.assets import load_fonts
from desktop.views.alarms.window import AlarmWindow
from desktop.views.inspection.window import InspectionWindow
from desktop.views.shell import ALARMS, HANDOVER, INSPECTION, QUEUE, TICKET, DeskWindow
from desktop.views.ticket.window import TicketWindow
from desktop.views.wall_director.send_sheet import SendSheet
from domain import commands
from domain.actor import Actor
from domain.alarms.kind import NAME
from domain.alarms.values import Alarm, state_of
from domain.alarms.words import AlarmState
from domain.handover.kind import NAME as HANDOVERS
from domain.ids import SeatId, TicketId, UserId
from domain.vocabulary import CheckResult, Role, Source, State
from tests.flow.fakes import until
from tests.flow.keyboard import letters, press
from tests.flow.test_desk_and_backend import AREA, SITE, House, desk, house
from tests.flow.test_wall_director import HOST, connected

CONTROL = Qt.KeyboardModifier.ControlModifier
OFFICER = Actor(user=UserId("officer"), role=Role.SHIFT_LEADER, seat=SeatId("1"))
GAS = next(item for item in SITE.catalogue if "燃气" in item.sub_class_name)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "pipewire", ".*propagateSizeHints.*")


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    load_fonts()
    qapp.setStyle("Fusion")
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)


class Hands:
    """Keys only, to whatever has the keyboard in the window that stands in front."""

    def __init__(self, windows: Windows, services: Services) -> None:
        self.windows, self.services = windows, services
        self.at: QWidget = windows.open(QUEUE)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.at, key, held)

    def letter(self, text: str) -> None:
        letters(self.at, text)

    def find(self, text: str) -> None:
        """Ctrl K, some letters, Enter."""
        window = cast(DeskWindow, self.at)
        window.command_requested.emit()  # a shortcut: the offscreen platform gives it to no window
        box = self.windows.palette.box
        assert box is not None
        QTest.keyClicks(box.input, text) if text.isascii() else box.input.setText(text)
        QTest.keyClick(box.input, Qt.Key.Key_Return)

    def front(self, key: str) -> None:
        self.at = self.windows.shown()[key]

    def alarm(self, ticket: str) -> Alarm | None:
        known = self.services.mirror.documents[NAME].values()
        return next(
            (one for one in known if isinstance(one, Alarm) and (one.ticket, one.rule) == (ticket, "R-01")), None
        )

    async def newest(self, ticket: TicketId) -> None:
        """The window in front shows the ticket as it is."""
        window = cast(TicketWindow, self.at)
        await until(lambda: window.desk.ticket == self.services.mirror.tickets[ticket], "the window has the newest")

    async def settled(self) -> None:
        await until(lambda: self.services.commander.pending == PendingView(), "own commands are confirmed")


async def gas_report(made: House) -> TicketId:
    outcome = await made.give(
        commands.Report(source=Source.HOTLINE_12345, external_ref="gas-1", area=AREA.code, item=GAS.code)
    )
    assert outcome.ticket_id is not None
    return outcome.ticket_id


def test_a_shift_without_a_mouse(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token):
            mine = made.backend.tokens.issue(OFFICER, datetime.now(UTC))
            async with desk(tmp_path, made, mine) as services:
                ticket = await gas_report(made)
                await until(lambda: ticket in services.mirror.tickets, "the report")
                await until(lambda: services.topics.get("alarm_rules") is not None, "the rules")
                windows = Windows(Bridge(services), Settings(), remember=False)
                hands = Hands(windows, services)
                try:
                    await until(lambda: hands.alarm(ticket) is not None, "the alarm")
                    await answer_the_alarm(hands, ticket)
                    await handle_the_ticket(hands, ticket)
                    await follow_it_to_its_end(hands, made, ticket)
                    await hang_it_on_the_wall(hands, made, tmp_path, ticket)
                    await begin_a_joint_inspection(hands, ticket)
                    await begin_the_handover(hands)
                    await the_other_seat_sees_the_same(hands, made, tmp_path, token, ticket)
                finally:
                    windows.close_all()
                    await windows.stop()
                    QApplication.sendPostedEvents()

    loop.run_until_complete(work())


async def answer_the_alarm(hands: Hands, ticket: TicketId) -> None:
    """Ctrl K `gj`: the alarms. A acknowledges, Space ticks a step, N writes a note."""
    hands.find("gaojing")
    hands.front(ALARMS)
    window = cast(AlarmWindow, hands.at)
    alarm = hands.alarm(ticket)
    assert alarm is not None
    window.refresh()
    while window.current_id != alarm.id:
        before = window.current_id
        hands.key(Qt.Key.Key_Down)
        assert window.current_id != before, "the alarm is not in the list"
    hands.letter("a")
    await until(lambda: (one := hands.alarm(ticket)) is not None and one.ack is not None, "acknowledged")
    await hands.settled()
    window.select(alarm.id)
    window.focus_list()
    hands.key(Qt.Key.Key_Space)
    await until(lambda: (one := hands.alarm(ticket)) is not None and list(one.steps) == [0], "first step")
    hands.letter("n")
    hands.letter("telephoned")
    hands.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: (one := hands.alarm(ticket)) is not None and one.notes == 1, "note")
    await hands.settled()


async def handle_the_ticket(hands: Hands, ticket: TicketId) -> None:
    """Ctrl K and its number open the ticket; I files it, D dispatches it to a unit and a co-unit. Z records what the unit told
    by phone: it signs, and the alarm is over by itself."""
    hands.find(ticket.replace("-", ""))
    hands.front(TICKET)
    tickets = hands.services.mirror.tickets
    window = cast(TicketWindow, hands.at)
    panel = window.detail.action_panel
    await until(lambda: panel.command_of_key("I") == "file", "the ticket is open")
    hands.letter("i")
    await until(lambda: tickets[ticket].state is State.FILED, "filed")
    await hands.settled()
    await until(lambda: (offer := panel.offer("dispatch")) is not None and offer.ok, "dispatch offered")
    hands.letter("d")
    await until(panel.form_is_open, "form of the dispatch")
    hands.key(Qt.Key.Key_Down)  # the second unit of the list
    hands.key(Qt.Key.Key_Tab)
    for _ in range(4):
        hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: tickets[ticket].state is State.DISPATCHED, "dispatched")
    await hands.settled()
    assert len(tickets[ticket].parts) == 2
    await record_for_a_unit(hands, ticket, "sign")
    await until(lambda: (one := hands.alarm(ticket)) is not None and state_of(one) is AlarmState.ENDED, "over")


async def record_for_a_unit(hands: Hands, ticket: TicketId, act: str) -> None:
    """Z: which unit did what, and who told it."""
    panel = cast(TicketWindow, hands.at).detail.action_panel
    await hands.newest(ticket)
    before = hands.services.mirror.tickets[ticket].version
    await until(lambda: (offer := panel.offer("act_for")) is not None and offer.ok, f"{act} is open")
    hands.letter("z")
    await until(panel.form_is_open, "form for a unit")
    box = hands.at.focusWidget()
    assert isinstance(box, QComboBox)
    hands.key(Qt.Key.Key_Home)
    while not str(box.currentData()).startswith(act):
        place = box.currentIndex()
        hands.key(Qt.Key.Key_Down)
        assert box.currentIndex() != place, f"{act} is not offered"
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Tab)
    hands.letter("co-unit still on the way")
    hands.key(Qt.Key.Key_Tab)
    hands.letter("duty officer of the unit by phone")
    hands.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: not panel.form_is_open() or panel.form.error(), act)
    assert panel.form.error() == ""
    await until(lambda: hands.services.mirror.tickets[ticket].version > before, act)
    await hands.settled()


async def follow_it_to_its_end(hands: Hands, made: House, ticket: TicketId) -> None:
    """The co-unit checks in, the lead reports, H asks for the check, C closes, V records the call-back."""
    tickets = hands.services.mirror.tickets
    panel = cast(TicketWindow, hands.at).detail.action_panel
    await record_for_a_unit(hands, ticket, "check_in")
    assert any(part.arrived_at is not None for part in tickets[ticket].parts if not part.lead)
    await record_for_a_unit(hands, ticket, "report_result")
    assert tickets[ticket].state is State.HANDLED
    await hands.newest(ticket)
    await until(lambda: panel.command_of_key("H") == "request_check", "check can be asked for")
    hands.letter("h")
    if panel.form_is_open():
        hands.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: tickets[ticket].state is State.CHECKING, "being checked")
    await hands.settled()
    await made.give(commands.RecordCheck(result=CheckResult.PASS), tickets[ticket])  # a checker in the street
    for key, command, done in (
        ("c", "close", lambda: tickets[ticket].state is State.CLOSED),
        ("v", "record_call_back", lambda: tickets[ticket].call_back is not None),
    ):
        await until(lambda: tickets[ticket].state in (State.READY_TO_CLOSE, State.CLOSED), "checked")
        await hands.newest(ticket)
        await until(lambda command=command: (offer := panel.offer(command)) is not None and offer.ok, command)
        hands.letter(key)
        await until(panel.form_is_open, f"form of {command}")
        while not isinstance(box := hands.at.focusWidget(), QPlainTextEdit):
            if command == "record_call_back" and isinstance(box, QComboBox):
                hands.key(Qt.Key.Key_Down)  # nothing is answered beforehand: the first answer of each
            hands.key(Qt.Key.Key_Tab)
        hands.letter("as agreed with the caller")
        hands.key(Qt.Key.Key_Return, CONTROL)
        assert panel.form.error() == ""
        await until(done, command)
        await hands.settled()


async def hang_it_on_the_wall(hands: Hands, made: House, tmp_path: Path, ticket: TicketId) -> None:
    """W, the number of a screen, Ctrl Enter."""
    async with connected(tmp_path, made, HOST) as services:
        bridge = Bridge(services)
        windows = Windows(bridge, Settings(), remember=False)
        host = WallHost(bridge, "主屏", Settings(), windows.wall_theme, windows.wall_view)
        host.start()
        try:
            await until(lambda: bool(hands.services.mirror.documents.get("wall")), "the wall is known at the desk")
            hands.letter("w")
            sheet = hands.at.findChild(SendSheet)
            assert sheet is not None
            first = min(host.stages)
            QTest.keyClicks(sheet, str(first))
            QTest.keyClick(sheet, Qt.Key.Key_Return, CONTROL)
            await until(lambda: hanging(host, first) == ticket, "hung up")
        finally:
            host.close()
            await windows.stop()
            await hands.settled()


def hanging(host: WallHost, screen: int) -> str:
    """The ticket on a screen of the wall."""
    rotation = host.stages[screen].rotation
    return rotation.current.target if rotation is not None and rotation.current is not None else ""


async def begin_a_joint_inspection(hands: Hands, ticket: TicketId) -> None:
    """Ctrl K `lianjian`, X: the plan is open; all of it is in test_inspection_by_keyboard."""
    hands.find("lianhejiancha")
    hands.front(INSPECTION)
    window = cast(InspectionWindow, hands.at)
    hands.letter("x")
    await until(window.center.form_is_open, "plan of a joint inspection")
    hands.key(Qt.Key.Key_Escape)
    await until(lambda: not window.center.form_is_open(), "left again")


async def begin_the_handover(hands: Hands) -> None:
    """Ctrl K `jiaojie`, B: the report is drafted; both signatures are in test_handover_by_keyboard."""
    hands.find("jiaojieban")
    hands.front(HANDOVER)
    hands.letter("b")
    known = hands.services.mirror.documents
    await until(lambda: bool(known.get(HANDOVERS)), "a handover was begun")
    await hands.settled()


async def the_other_seat_sees_the_same(hands: Hands, made: House, tmp_path: Path, token: str, ticket: TicketId) -> None:
    other = Services(tmp_path / "second", f"ws://127.0.0.1:{made.port}", token, random=lambda: 0.0)
    await other.start()
    try:
        await until(lambda: other.freshness.of().state is Fresh.LIVE, "second desk")
        mine = hands.alarm(ticket)
        assert mine is not None
        await until(lambda: other.mirror.documents[NAME].get(mine.id) == mine, "the same alarm")
    finally:
        await other.stop()
