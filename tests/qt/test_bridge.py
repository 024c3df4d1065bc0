"""The bridge: one signal a batch, at once when idle, merged otherwise; and Qt keeps its hands off Python's None."""

import gc
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.bridge import FLUSH_MS, Bridge, ChangeMerger
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
    qtbot.waitUntil(lambda: len(got) == 2, timeout=50 * FLUSH_MS)
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
