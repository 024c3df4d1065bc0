"""A handover read back by keyboard by two people at two desks, through real windows and services, against a real backend."""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from backend.store.documents import blob_part
from backend.store.store import log_file
from cli.main import main
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.values import PendingView
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.outbox_report import EVERY_S, OutboxReport
from desktop.views.handover.window import HandoverWindow
from domain import commands
from domain.actor import Actor
from domain.handover import commands as acts
from domain.handover.canonical import record_bytes, record_hash, report_bytes
from domain.handover.kind import NAME
from domain.handover.values import Handover
from domain.handover.words import CheckName, HandoverState, ItemRule
from domain.ids import SeatId, UserId
from domain.vocabulary import Role, Urgency
from tests.flow.fakes import until
from tests.flow.keyboard import letters, press
from tests.flow.test_desk_and_backend import UNIT, House, house

CONTROL = Qt.KeyboardModifier.ControlModifier
GIVER = Actor(user=UserId("giver"), role=Role.SHIFT_LEADER, seat=SeatId("1"))
TAKER = Actor(user=UserId("taker"), role=Role.SHIFT_LEADER, seat=SeatId("2"))
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


class Hands:
    """One person at one desk: keys to whatever has the focus, text as an input method gives it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        bridge = Bridge(services)
        self.feed = HandoverFeed(bridge)
        self.window = HandoverWindow(Theme.load(), bridge, self.feed)
        self.window.resize(1920, 1080)
        self.window.show()

    @property
    def handover(self) -> Handover:
        (found,) = self.services.mirror.documents[NAME].values()
        assert isinstance(found, Handover)
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.window, key, modifier)

    def letters(self, text: str) -> None:
        letters(self.window, text)

    def write(self, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.window.focusWidget(), event)

    async def settled(self, what: str) -> None:
        """Nothing of ours is on the way any more, and its words have come."""
        pending = self.services.commander
        await until(lambda: pending.pending == PendingView(), what)
        await until(lambda: self.feed.texts.version == self.handover.version, f"words of {what}")
        self.window.refresh()


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    load_fonts()
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)


async def services_of(tmp_path: Path, made: House, actor: Actor) -> Services:
    token = made.backend.tokens.issue(actor, datetime.now(UTC))
    services = Services(tmp_path / f"desk-{actor.user}", f"ws://127.0.0.1:{made.port}", token, random=lambda: 0.0)
    await services.start()
    return services


async def some_tickets(made: House) -> int:
    """Two of the highest urgency and a plain one, all dispatched."""
    ids = await made.report(3)
    for number, name in enumerate(ids):
        for command in (
            commands.File(urgency=Urgency.TOP if number < 2 else Urgency.NORMAL, text="现场所见"),
            commands.Dispatch(lead=UNIT.id),
        ):
            ticket = await made.backend.store.ticket(name)
            await made.give(command, ticket)
    return len(ids)


def test_a_handover_is_drafted_read_back_and_signed_by_two_people_with_the_keyboard(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, _):
            count = await some_tickets(made)
            out, into = await services_of(tmp_path, made, GIVER), await services_of(tmp_path, made, TAKER)
            giver, taker = Hands(out), Hands(into)
            try:
                await drafted(giver, taker, count)
                await edited(giver, taker)
                await asked_and_answered(giver, taker)
                await read_back(giver, taker)
                await both_sign(giver, taker)
                await kept(made, taker)
            finally:
                for one in (giver, taker):
                    one.window.close()
                    await one.services.stop()

    loop.run_until_complete(work())


async def drafted(giver: Hands, taker: Hands, count: int) -> None:
    """B begins it; the server drafts it from the log; both desks have it."""
    for hands in (giver, taker):
        await until(lambda hands=hands: hands.feed.reference is not None and hands.services.online, "reference")
        hands.window.refresh()
    giver.letters("b")
    await until(lambda: giver.services.mirror.documents.get(NAME), "begun")
    await until(lambda: giver.handover.state is HandoverState.OPEN, "draft")
    await until(lambda: taker.services.mirror.documents.get(NAME) and taker.handover == giver.handover, "both desks")
    assert sum(item.count for item in giver.handover.items.values()) == count
    assert len(giver.handover.to_read_back()) == 2
    for hands in (giver, taker):
        hands.window.refresh()


async def edited(giver: Hands, taker: Hands) -> None:
    """E: the giver says how it stands."""
    giver.letters("e")
    giver.write("水位 12 厘米，两台泵车在抽")
    giver.key(Qt.Key.Key_Return, CONTROL)
    await giver.settled("edit")
    item = giver.handover.to_read_back()[0]
    assert item.edits == 1
    await until(lambda: taker.handover == giver.handover, "edit at the other desk")
    await taker.settled("words")
    assert taker.window.report.list._entry(item.id).words.state == "水位 12 厘米，两台泵车在抽"


async def asked_and_answered(giver: Hands, taker: Hands) -> None:
    """Q at one desk, Enter at the other."""
    taker.letters("q")
    taker.write("几点再报？")
    taker.key(Qt.Key.Key_Return)
    await taker.settled("question")
    item = taker.handover.to_read_back()[0]
    assert item.asks
    giver.key(Qt.Key.Key_Return, CONTROL)
    await giver.settled("sign out")
    await until(lambda: giver.handover.items[item.id].asks, "question at the giver")
    giver.window.select(item.id)
    giver.window._focus_list()
    giver.key(Qt.Key.Key_Return)
    giver.write("八点半")
    giver.key(Qt.Key.Key_Return)
    await giver.settled("answer")
    assert not giver.handover.items[item.id].asks


async def read_back(giver: Hands, taker: Hands) -> None:
    """Enter, words, Enter at one desk; Enter at the other; the digits for the checks."""
    first = taker.handover.to_read_back()[0].id
    await until(lambda: not taker.handover.items[first].asks, "answer at the taker")
    taker.window.select(first)
    taker.window._focus_list()
    taker.key(Qt.Key.Key_Return)
    for words in ("泵车两台，八点半再报", "井盖没了，先围起来"):
        taker.write(words)
        taker.key(Qt.Key.Key_Return)
        await taker.settled(words)
    assert all(item.read_back is not None for item in taker.handover.to_read_back())
    await until(lambda: giver.handover == taker.handover, "read-backs at the giver")
    await giver.settled("words")
    giver.window.select(first)
    giver.window._focus_list()
    for _ in giver.handover.to_read_back():
        giver.key(Qt.Key.Key_Return)
        await giver.settled("agree")
    assert all(item.agreed for item in giver.handover.to_read_back())
    await until(lambda: giver.handover == taker.handover, "agreed at the taker")
    taker.window._focus_list()
    for number in range(1, len(CheckName) + 1):
        taker.letters(str(number))
        await taker.settled(f"check {number}")
    assert taker.handover.open_checks() == []


async def both_sign(giver: Hands, taker: Hands) -> None:
    """The giver has signed before the question: no change since. Ctrl Enter at the taker."""
    assert taker.handover.state is HandoverState.SIGNED_OUT
    giver.window.refresh()
    giver.key(Qt.Key.Key_Return, CONTROL)
    assert "须由另一人来做" in giver.window.report.pending_line.text()
    taker.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: taker.handover.state is HandoverState.SIGNED, "signed")
    await until(lambda: len(taker.handover.papers) == 4, "papers")


async def kept(made: House, taker: Hands) -> None:
    """Hash in the log, files beside it, unchanged."""
    handover = taker.handover
    assert handover.signed_out is not None
    assert handover.signed_in is not None
    assert handover.signed_out.sha256 == handover.signed_in.sha256 == sha256(report_bytes(handover)).hexdigest()
    assert handover.record == record_hash(handover)
    store = made.backend.store
    pdf, report, record, word = [
        await store.run_read(lambda connection, ref=ref: blob_part(connection, ref.sha256, 0, ref.size))
        for ref in handover.papers
    ]
    # The kept file is what both signed: its own digest is theirs.
    assert handover.papers[1].sha256 == handover.signed_in.sha256
    assert report == report_bytes(handover)
    assert record == record_bytes(handover)
    assert pdf.startswith(b"%PDF-")
    assert word.startswith(b"PK")
    out = made.data / "out"
    assert await asyncio.to_thread(main, ["report", "handover", "--data", str(made.data), "--out", str(out)]) == 0
    assert {path.read_bytes() for path in out.iterdir()} == {pdf, report, record, word}
    events = await store.run_read(lambda connection: [r for r in _events(connection, handover.id) if r == "signed_in"])
    assert events == ["signed_in"]
    assert datetime.now(UTC) - handover.signed_in.by.at < timedelta(minutes=5)
    # A kept file that somebody has changed in the database is told from the one that was signed.
    with sqlite3.connect(log_file(made.data)) as log:
        log.execute("UPDATE blob SET body = ? WHERE sha256 = ?", (b"{}", handover.papers[1].sha256))
    assert await asyncio.to_thread(main, ["report", "handover", "--data", str(made.data), "--out", str(out)]) == 1


def _events(connection, handover_id: str) -> list[str]:
    from backend.store import reads

    return [record.type for record in reads.events_of(connection, handover_id, NAME)]


def drafts(desk: Services) -> list[Handover]:
    return [one for one in desk.mirror.documents.get(NAME, {}).values() if isinstance(one, Handover)]


def test_a_refused_command_of_a_desk_stands_in_the_draft_under_its_seat(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, _):
            (name,) = await made.report(1)
            await made.give(commands.File(), await made.backend.store.ticket(name))
            desk = await services_of(tmp_path, made, GIVER)
            try:
                bridge = Bridge(desk)
                report = OutboxReport(bridge)
                await until(lambda: name in desk.mirror.tickets, "ticket")
                stale = desk.mirror.tickets[name]
                await made.give(commands.Dispatch(lead=UNIT.id), stale, GIVER)
                desk.commander.submit(commands.Dispatch(lead=UNIT.id), stale)
                await until(lambda: len(desk.commander.pending.tray) == 1, "conflict")
                for _ in range(EVERY_S):
                    bridge.clock_ticked.emit()
                seats = made.backend.handover._seats
                await until(lambda: [one.failed for one in seats.unsent()] == [1], "told")
                bridge.clock_ticked.disconnect(
                    report._on_tick
                )  # else the draft's own command may be told as unsent, too
                shift = made.backend.handover.shifts(made.backend.clock.now_business())[1]
                desk.commander.act(NAME, acts.Begin(day=shift.day, code=shift.code))
                await until(lambda: any(one.state is HandoverState.OPEN for one in drafts(desk)), "draft")
                (draft,) = drafts(desk)
                seat = draft.items["s:1"]
                assert (seat.rule, seat.figures["queued"], seat.figures["failed"]) == (ItemRule.SEAT, 0.0, 1.0)
                report.deleteLater()
            finally:
                await desk.stop()

    loop.run_until_complete(work())
