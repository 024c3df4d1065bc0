"""A whole picture of many tickets: made ready in pieces, shown at once, and until then what was before, marked."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from msgspec.structs import replace

from desktop.models.ticket_book import _COLUMNS, Prepared
from desktop.services.clock import DeskClock
from desktop.services.freshness import FreshnessBook
from desktop.services.link_status import LinkPhase, LinkStatus, monotonic, wall
from desktop.services.topics import Topics
from desktop.services.values import Fresh
from desktop.theme.theme import Theme
from desktop.views.map.mark_feed import MarkFeed
from desktop.views.queue.feed import MUCH, TicketFeed
from desktop.views.queue.window import QueueWindow
from domain.ids import TicketId
from domain.ticket import Ticket
from tests.qt.fakes import FakeBridge
from tests.qt.samples import make_ticket, make_tickets


@pytest.fixture(scope="module")
def before() -> list[Ticket]:
    return make_tickets(MUCH + 200, closed=0)


def _shown(window: QueueWindow) -> dict[TicketId, int]:
    rows = (window.table.ticket_row(place) for place in range(window.table.rowCount()))
    return {row.id: row.ticket.reminders for row in rows if row is not None}


def _reminded(tickets: Sequence[Ticket]) -> tuple[Ticket, ...]:
    return tuple(replace(ticket, reminders=ticket.reminders + 7, version=ticket.version + 1) for ticket in tickets)


def test_old_rows_stay_and_are_marked_until_all_new_ones_are_ready(qtbot, before: list[Ticket]) -> None:
    bridge = FakeBridge(before)
    feed = TicketFeed(bridge)
    window = QueueWindow(Theme.load(), bridge, feed)
    qtbot.addWidget(window)
    old, seen = _shown(window), []
    feed.applied.connect(lambda _: seen.append((bridge.preparing, _shown(window) == old)))
    new, late = _reminded(before[:-100]), make_ticket(9_000)
    bridge.change(*new, reset=True)
    assert bridge.preparing
    assert _shown(window) == old
    bridge.change(late)  # from the stream, while the picture is being made ready
    bridge.clock_ticked.emit()
    assert _shown(window) == old
    qtbot.waitUntil(lambda: not bridge.preparing)
    assert seen[0] == (True, True)
    assert set(_shown(window)) == {ticket.id for ticket in (*new, late) if ticket.is_open and ticket.accepted_at}
    assert all(_shown(window)[ticket.id] == ticket.reminders for ticket in new if ticket.id in _shown(window))
    assert not window.table.fresh() - {late.id}


def test_windows_that_are_busy_do_not_starve_it(qtbot, monkeypatch: pytest.MonkeyPatch, before: list[Ticket]) -> None:
    bridge = FakeBridge(before)
    feed = TicketFeed(bridge)
    window = QueueWindow(Theme.load(), bridge, feed)
    qtbot.addWidget(window)
    clock = [0.0]
    prepare = feed.book.prepare

    def slow(ticket: Ticket) -> Prepared:
        clock[0] += 0.001
        return prepare(ticket)

    turns: list[Callable[[], None]] = []
    monkeypatch.setattr("desktop.views.queue.feed.perf_counter", lambda: clock[0])
    monkeypatch.setattr(feed.book, "prepare", slow)
    monkeypatch.setattr(bridge.turns, "ask", turns.append)
    bridge.change(*_reminded(before), reset=True)
    pieces = 0
    while turns:
        clock[0] += 0.4  # all the other windows
        turns.pop(0)()
        pieces += 1
    assert not bridge.preparing
    assert pieces < 15  # in pieces of 8 ms they would be more than thirty


def test_a_picture_that_is_known_already_makes_nothing_anew(qtbot, before: list[Ticket]) -> None:
    bridge = FakeBridge(before)
    feed = TicketFeed(bridge)
    window = QueueWindow(Theme.load(), bridge, feed)
    qtbot.addWidget(window)
    rows = list(feed.book.rows)
    bridge.change(*before, reset=True)
    assert not bridge.preparing
    assert all(new is old for new, old in zip(feed.book.rows, rows, strict=True))


def test_the_marks_of_a_map_follow_the_rows(qtbot, before: list[Ticket]) -> None:
    bridge = FakeBridge(before)
    feed = TicketFeed(bridge)
    window = QueueWindow(Theme.load(), bridge, feed)
    qtbot.addWidget(window)
    marks = MarkFeed(bridge, feed)  # type: ignore[arg-type]
    stay = before[: MUCH + 1]
    with qtbot.waitSignal(marks.filled):
        bridge.change(*_reminded(stay), reset=True)
    fresh = MarkFeed(bridge, feed)  # type: ignore[arg-type]
    now_ms = feed.now_ms()
    assert not marks.busy
    assert marks.book.counts(now_ms) == fresh.book.counts(now_ms)
    assert sorted(marks.book.columns(now_ms).ids) == sorted(fresh.book.columns(now_ms).ids)


def test_every_column_of_the_book_is_written(qapp) -> None:
    book = TicketFeed(FakeBridge([make_ticket(1)])).book
    assert {name for name, column in vars(book).items() if isinstance(column, np.ndarray)} == {"used", *_COLUMNS}


def test_while_windows_are_made_the_stream_is_told_as_the_snapshot_on_its_way() -> None:
    book = FreshnessBook(DeskClock(monotonic, wall), Topics())
    book.status = LinkStatus(phase=LinkPhase.SNAPSHOT, snapshot=(60, 60))
    book.changed()
    book.status = LinkStatus(phase=LinkPhase.LIVE)
    book.set_preparing(True, picture=True)
    assert (book.of().state, book.of().snapshot) == (Fresh.CATCHING_UP, (60, 60))
    assert book.changed() == []  # nothing to tell: it is as it was
    book.set_preparing(False)
    assert book.changed() == ["tickets"]
    assert (book.of().state, book.of().snapshot) == (Fresh.LIVE, None)
    book.set_preparing(True)
    assert (book.of().state, book.of().snapshot, book.of().behind) == (Fresh.CATCHING_UP, None, None)
