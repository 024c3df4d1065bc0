"""The bridge: one signal a batch, at once when idle, merged otherwise; and Qt keeps its hands off Python's None."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from desktop.bridge import Bridge, ChangeMerger, Turns
from desktop.services.app_state import Services
from desktop.services.values import ChangeSet, Notice, PendingView
from domain.ids import TicketId
from tests.unit.desktop.services.service_fakes import ticket


def made(tmp_path: Path) -> tuple[Services, Bridge]:
    services = Services(tmp_path, "ws://127.0.0.1:9", "t")
    return services, Bridge(services)


def tell(services: Services, changes: ChangeSet) -> None:
    for callback in services.on.changes:
        callback(changes)


def test_what_one_turn_brings_is_one_signal(tmp_path: Path, qtbot: QtBot) -> None:
    services, bridge = made(tmp_path)
    got: list[ChangeSet] = []
    bridge.tickets_changed.connect(got.append)
    for n in range(1, 1001):
        tell(services, ChangeSet(upserted=(ticket(n),), seq=n))
    qtbot.waitUntil(lambda: bool(got))
    assert len(got) == 1
    assert (len(got[0].upserted), got[0].seq) == (1000, 1000)


def test_what_comes_soon_after_is_merged_and_not_lost(tmp_path: Path, qtbot: QtBot) -> None:
    services, bridge = made(tmp_path)
    got: list[ChangeSet] = []

    def more(changes: ChangeSet) -> None:
        got.append(changes)
        if len(got) == 1:
            for n in range(2, 10):
                tell(services, ChangeSet(upserted=(ticket(n),), seq=n))

    bridge.tickets_changed.connect(more)
    tell(services, ChangeSet(upserted=(ticket(1),), seq=1))
    qtbot.waitUntil(lambda: len(got) == 2)
    assert [t.id for t in got[1].upserted] == [ticket(n).id for n in range(2, 10)]


def test_rows_go_out_before_the_overlay(tmp_path: Path, qtbot: QtBot) -> None:
    services, bridge = made(tmp_path)
    order: list[str] = []
    bridge.tickets_changed.connect(lambda _: order.append("rows"))
    bridge.pending_changed.connect(lambda _: order.append("overlay"))
    for callback in services.on.pending:
        callback()
    tell(services, ChangeSet(upserted=(ticket(1),)))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["rows", "overlay"]


def test_a_later_word_replaces_the_earlier() -> None:
    merger = ChangeMerger()
    merger.add(ChangeSet(upserted=(ticket(1), ticket(2))))
    merger.add(ChangeSet(removed=(ticket(1).id,), moved_out=(ticket(1).id,)))
    merger.add(ChangeSet(upserted=(ticket(2, version=2),), removed=(TicketId("x"),), seq=9))
    merged = merger.take()
    assert merged is not None
    assert merged.upserted == (ticket(2, version=2),)
    assert set(merged.removed) == {ticket(1).id, TicketId("x")}
    assert (merged.moved_out, merged.seq) == ((ticket(1).id,), 9)
    assert merger.take() is None


def test_a_reset_removes_what_it_does_not_hold() -> None:
    merger = ChangeMerger()
    merger.add(ChangeSet(upserted=(ticket(1), ticket(2))))
    merger.add(ChangeSet(upserted=(ticket(2), ticket(3)), removed=(ticket(4).id,), reset=True))
    merger.add(ChangeSet(removed=(ticket(3).id,)))
    merged = merger.take()
    assert merged is not None
    assert merged.reset
    assert merged.upserted == (ticket(2),)
    assert set(merged.removed) == {ticket(1).id, ticket(3).id, ticket(4).id}


def test_a_ticket_that_came_back_is_not_said_to_have_left() -> None:
    merger = ChangeMerger()
    merger.add(ChangeSet(removed=(ticket(1).id,), moved_out=(ticket(1).id,)))
    merger.add(ChangeSet(upserted=(ticket(1, version=5),)))
    merged = merger.take()
    assert merged is not None
    assert (merged.removed, merged.moved_out) == ((), ())


def test_five_thousand_emits_keep_the_reference_count_of_none(tmp_path: Path, qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost a reference to None at each emit and aborted after some hundreds."""
    _, bridge = made(tmp_path)
    got: list[object] = []
    bridge.notice_arrived.connect(got.append)
    bridge.pending_changed.connect(got.append)
    gc.collect()
    before = sys.getrefcount(None)
    for n in range(5000):
        bridge.notice_arrived.emit(Notice("x", {"n": n}))
        bridge.pending_changed.emit(PendingView())
        bridge.clock_ticked.emit()
    assert len(got) == 10_000
    got.clear()
    gc.collect()
    assert abs(sys.getrefcount(None) - before) < 500


class Piece(QObject):
    """Work of a window, which makes its window dirty; both tell when they came."""

    def __init__(self, widget: QWidget, told: list[str]) -> None:
        super().__init__()
        self._widget, self._told = widget, told

    def work(self) -> None:
        self._told.append("work")
        self._widget.update()


class Sheet(QWidget):
    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def paintEvent(self, event: QPaintEvent) -> None:
        self._told.append("paint")


def test_what_a_piece_of_work_makes_dirty_is_painted_before_the_next_piece(qtbot: QtBot) -> None:
    told: list[str] = []
    sheet = Sheet(told)
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    qtbot.waitUntil(lambda: bool(told))
    told.clear()
    turns, pieces = Turns(), [Piece(sheet, told) for _ in range(3)]
    for piece in pieces:
        turns.ask(piece.work)
    qtbot.waitUntil(lambda: len(told) == 6)
    assert told == ["work", "paint"] * 3


def test_work_that_waits_is_done_once_and_not_for_an_object_that_is_gone(qtbot: QtBot) -> None:
    told: list[str] = []
    sheet = QWidget()
    qtbot.addWidget(sheet)
    turns, gone, stays = Turns(), Piece(sheet, told), Piece(sheet, told)
    for piece in (gone, gone, stays, stays):
        turns.ask(piece.work)
    Shiboken.delete(gone)
    qtbot.waitUntil(lambda: bool(told))
    done: list[str] = []
    QTimer.singleShot(0, lambda: done.append("later"))
    qtbot.waitUntil(lambda: bool(done))
    assert told == ["work"]


def test_every_window_hears_the_second_in_one_piece_and_rows_wait_for_the_next(tmp_path: Path, qtbot: QtBot) -> None:
    services, bridge = made(tmp_path)
    order: list[str] = []
    for _ in range(2):
        bridge.clock_ticked.connect(lambda: order.append("second"))
    bridge.tickets_changed.connect(lambda _: order.append("rows"))
    for callback in services.on.tick:
        callback()
    tell(services, ChangeSet(upserted=(ticket(1),)))
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["second", "second", "rows"]
