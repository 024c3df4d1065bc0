"""The queue's table: exact row operations, order, line "now", lock. Qt's own tester watches every step."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import msgspec
import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from desktop.models.names import Names
from desktop.models.pinyin import spellings
from desktop.models.queue_values import Column, RowMark
from desktop.models.ticket_book import TicketBook
from desktop.models.ticket_filter import QueueFilter, ViewContext, filter_mask
from desktop.models.ticket_order import CHANGED, MATTER, NUMBER, PLACE, REMAINING, STAGE, UNIT, URGENCY, by_remaining
from desktop.models.ticket_row import RowMaker, RowWords
from desktop.models.ticket_table import TicketTable
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import Stage, State, Urgency
from protocol.snapshot import millis
from tests.qt.samples import NOW, make_reference, make_ticket, make_tickets

WORDS = RowWords(
    stage={state: state.value for state in State},
    waiting={State.FILED: "to dispatch"},
    urgency={urgency.value: urgency.value for urgency in Urgency},
)
HEADERS = tuple(column.name.lower() for column in Column)
NOW_MS = millis(NOW) or 0
MINUTE_MS = 60_000


def at(minutes: float = 0.0) -> ViewContext:
    return ViewContext(NOW_MS + int(minutes * MINUTE_MS), NOW_MS - 14 * 60 * MINUTE_MS)


class Desk:
    """A book and a table fed together, as a window feeds them."""

    def __init__(self, tickets: list[Ticket], view: str = "open", sort: str = REMAINING) -> None:
        self.book = TicketBook(RowMaker(Names(), WORDS))
        self.book.apply(tickets)
        self.table = TicketTable(self.book, HEADERS)
        self.tester = QAbstractItemModelTester(self.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.table.show_view(QueueFilter(view=view), at(), sort)
        self.resets = QSignalSpy(self.table.modelReset)
        self.moves = QSignalSpy(self.table.rowsMoved)
        self.inserts = QSignalSpy(self.table.rowsInserted)
        self.removals = QSignalSpy(self.table.rowsRemoved)
        self.changes = QSignalSpy(self.table.dataChanged)

    def feed(self, *tickets: Ticket, removed: tuple[TicketId, ...] = (), minutes: float = 0.0) -> None:
        self.table.sync(self.book.apply(tickets, removed), at(minutes))

    def ids(self) -> list[str]:
        """Short numbers in order; "-" is the line."""
        rows = [self.table.ticket_row(row) for row in range(self.table.rowCount())]
        return ["-" if row is None else row.id[-2:].lstrip("0") for row in rows]


def due_in(number: int, minutes: float, **fields: object) -> Ticket:
    """A ticket whose stage limit of one hour ends in `minutes`."""
    return make_ticket(number, hours=1.0, used=1 - minutes / 60, **fields)


def four() -> list[Ticket]:
    return [due_in(1, 30), due_in(2, -10), due_in(3, 5), due_in(4, -40)]


def test_opens_with_overdue_above_the_line_and_the_next_due_below(qtbot):
    assert Desk(four()).ids() == ["4", "2", "-", "3", "1"]


def test_paused_and_unlimited_tickets_stand_after_all_running_ones(qtbot):
    paused = make_ticket(8, State.SUSPENDED, used=0.2)
    unlimited = make_ticket(9, stage=Stage.HANDLE, business=None)
    unlimited = msgspec.structs.replace(unlimited, stage=None)
    assert Desk([unlimited, paused, *four()]).ids() == ["4", "2", "-", "3", "1", "8", "9"]


def test_a_record_that_ends_before_its_limit_never_crosses_the_line(qtbot):
    recorded = due_in(9, 3, recorded_until=NOW + timedelta(minutes=1))
    desk = Desk([*four(), recorded])
    assert desk.ids() == ["4", "2", "-", "3", "1", "9"]
    desk.table.sync(None, at(minutes=10))
    assert desk.ids() == ["4", "2", "3", "-", "1", "9"]


def test_time_moves_only_the_line_and_never_a_ticket(qtbot):
    desk = Desk(four())
    desk.table.sync(None, at(minutes=6))
    assert desk.ids() == ["4", "2", "3", "-", "1"]
    assert desk.moves.count() == 1
    assert desk.resets.count() == desk.inserts.count() == desk.removals.count() == 0


def test_the_line_counts_what_is_overdue_above_it(qtbot):
    desk = Desk(four())
    assert desk.table.line().above == 2
    desk.table.sync(None, at(minutes=31))
    assert desk.table.line().above == 4


def test_a_ticket_with_another_limit_moves_in_one_exact_step(qtbot):
    desk = Desk(four())
    desk.feed(due_in(1, 2))
    assert desk.ids() == ["4", "2", "-", "1", "3"]
    assert desk.moves.count() == 1
    assert desk.resets.count() == 0


def test_a_ticket_with_the_same_limit_only_changes_in_place(qtbot):
    desk = Desk(four())
    desk.feed(msgspec.structs.replace(four()[0], reminders=1))
    assert desk.moves.count() == desk.inserts.count() == desk.removals.count() == 0
    assert [(c[0].row(), c[1].row()) for c in (desk.changes.at(i) for i in range(desk.changes.count()))] == [(4, 4)]


def test_neighbours_that_change_are_reported_as_one_range(qtbot):
    desk = Desk(four())
    desk.feed(*(msgspec.structs.replace(ticket, reminders=1) for ticket in four()))
    ranges = [(desk.changes.at(i)[0].row(), desk.changes.at(i)[1].row()) for i in range(desk.changes.count())]
    assert ranges == [(0, 1), (3, 4)]


def test_a_closed_ticket_leaves_the_open_view(qtbot):
    desk = Desk(four())
    desk.feed(msgspec.structs.replace(four()[2], state=State.CLOSED, stage=None, closed_at=NOW))
    assert desk.ids() == ["4", "2", "-", "1"]
    assert desk.removals.count() == 1


def test_a_dropped_ticket_leaves_even_when_its_slot_is_used_again_at_once(qtbot):
    desk = Desk(four())
    desk.feed(due_in(5, 7), removed=(four()[2].id,))
    assert desk.ids() == ["4", "2", "-", "5", "1"]


def test_arrivals_with_one_place_come_as_one_insert(qtbot):
    desk = Desk(four())
    desk.feed(due_in(5, 10), due_in(6, 11), due_in(7, 12))
    assert desk.ids() == ["4", "2", "-", "3", "5", "6", "7", "1"]
    assert desk.inserts.count() == 1
    assert desk.table.is_fresh(due_in(5, 10).id)


def test_a_view_of_time_gains_and_loses_rows_as_time_passes(qtbot):
    desk = Desk([due_in(1, 14), due_in(2, 5)], view="at_risk")
    assert desk.ids() == ["-", "2"]
    desk.table.sync(None, at(minutes=4))
    assert desk.ids() == ["-", "2", "1"]
    desk.table.sync(None, at(minutes=6))
    assert desk.ids() == ["-", "1"]


def test_lock_keeps_order_while_rows_update_in_place(qtbot):
    desk = Desk(four())
    desk.table.lock()
    desk.feed(due_in(1, 2, reminders=3))
    assert desk.ids() == ["4", "2", "-", "3", "1"]
    assert desk.table.ticket_row(4).ticket.reminders == 3
    desk.table.load_new()
    assert desk.ids() == ["4", "2", "-", "1", "3"]
    assert desk.table.locked


def test_lock_lets_arrivals_wait_and_says_how_many(qtbot):
    desk = Desk(four())
    desk.table.lock()
    with qtbot.waitSignal(desk.table.arrivals_changed) as told:
        desk.feed(due_in(5, 10), due_in(6, 11))
    assert told.args == [2]
    assert desk.ids() == ["4", "2", "-", "3", "1"]
    desk.table.load_new()
    assert desk.ids() == ["4", "2", "-", "3", "5", "6", "1"]
    assert desk.table.arrivals == 0


def test_lock_greys_a_closed_row_until_new_rows_are_loaded(qtbot):
    desk = Desk(four())
    desk.table.lock()
    closed = msgspec.structs.replace(four()[2], state=State.CLOSED, stage=None, closed_at=NOW)
    desk.feed(closed)
    assert desk.ids() == ["4", "2", "-", "3", "1"]
    assert desk.table.has_left(closed.id)
    desk.table.load_new()
    assert desk.ids() == ["4", "2", "-", "1"]


def test_a_greyed_row_that_comes_back_is_no_arrival(qtbot):
    desk = Desk(four())
    desk.table.lock()
    desk.feed(msgspec.structs.replace(four()[2], state=State.CLOSED, stage=None, closed_at=NOW))
    desk.feed(four()[2])
    assert not desk.table.has_left(four()[2].id)
    assert desk.table.arrivals == 0


def test_a_waiting_arrival_that_goes_again_is_forgotten(qtbot):
    desk = Desk(four())
    desk.table.lock()
    desk.feed(due_in(5, 10))
    desk.feed(removed=(due_in(5, 10).id,))
    assert desk.table.arrivals == 0
    desk.table.unlock()
    assert desk.ids() == ["4", "2", "-", "3", "1"]


def test_the_line_stays_under_a_hand_and_counts_what_passed_it(qtbot):
    desk = Desk(four())
    desk.table.lock()
    desk.table.sync(None, at(minutes=6))
    assert desk.ids() == ["4", "2", "-", "3", "1"]
    assert (desk.table.line().above, desk.table.line().passed) == (2, 1)
    desk.table.unlock()
    assert desk.ids() == ["4", "2", "3", "-", "1"]
    assert (desk.table.line().above, desk.table.line().passed) == (3, 0)


def test_selection_goes_with_its_ticket_when_the_order_is_brought_up_to_date(qtbot):
    desk = Desk(four())
    selection = QItemSelectionModel(desk.table)
    selection.select(
        desk.table.index(4, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    kept = QPersistentModelIndex(desk.table.index(4, 0))
    desk.table.lock()
    desk.feed(due_in(1, 2))
    desk.table.load_new()
    assert kept.row() == 3
    assert [index.row() for index in selection.selectedRows()] == [3]


def test_many_moves_at_once_are_one_layout_change_that_keeps_the_selection(qtbot):
    tickets = [due_in(number, number / 2) for number in range(1, 90)]
    desk = Desk(tickets)
    layouts = QSignalSpy(desk.table.layoutChanged)
    kept = QPersistentModelIndex(desk.table.index(desk.table.position(tickets[4].id), 0))
    desk.feed(*(due_in(number, 50 - number / 2) for number in range(1, 90)))
    assert layouts.count() == 1
    assert desk.moves.count() == 0
    assert desk.table.ticket_row(kept.row()).id == tickets[4].id
    assert desk.ids() == ["-", *(str(number) for number in range(89, 0, -1))]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [(URGENCY, ["3", "1", "2"]), (CHANGED, ["2", "3", "1"]), (NUMBER, ["3", "2", "1"])],
)
def test_other_orders_have_no_line(qtbot, sort, expected):
    tickets = [
        due_in(1, 10, urgency=Urgency.HIGH, changed_at=NOW - timedelta(minutes=9)),
        due_in(2, 20, changed_at=NOW),
        due_in(3, 30, urgency=Urgency.TOP, changed_at=NOW - timedelta(minutes=5)),
    ]
    assert Desk(tickets, sort=sort).ids() == expected


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        (MATTER, lambda row: (row.category, row.matter)),
        (PLACE, lambda row: row.place),
        (STAGE, lambda row: row.ticket.state),
        (UNIT, lambda row: (row.unit_is_waiting, row.unit)),
    ],
)
def test_equal_words_stand_together_and_inside_by_remaining_time(qtbot, sort, words):
    reference = make_reference()
    book = TicketBook(RowMaker(Names.of(reference), WORDS))
    book.apply(make_tickets(300, 0, reference))
    table = TicketTable(book, HEADERS)
    table.show_view(QueueFilter(view="open"), at(), sort)
    rows = [row for place in range(table.rowCount()) if (row := table.ticket_row(place)) is not None]
    groups = [(group, list(members)) for group, members in groupby(rows, key=words)]
    assert len(rows) > 200
    assert len({group for group, _ in groups}) == len(groups) > 5
    assert all(members == sorted(members, key=by_remaining) for _, members in groups)


def test_words_are_sorted_as_they_are_spelled(qtbot):
    reference = make_reference()
    book = TicketBook(RowMaker(Names.of(reference), WORDS))
    book.apply(make_tickets(300, 0, reference))
    table = TicketTable(book, HEADERS)
    table.show_view(QueueFilter(view="open"), at(), UNIT)
    rows = [row for place in range(table.rowCount()) if (row := table.ticket_row(place)) is not None]
    units = [spellings(row.unit)[0] if row.unit and not row.unit_is_waiting else "" for row in rows]
    named = [unit for unit in units if unit]
    assert named == sorted(named)
    assert units[: len(named)] == named  # without a unit: last


def test_marks_repaint_only_the_rows_they_are_on(qtbot):
    desk = Desk(four())
    desk.table.set_marks({four()[0].id: RowMark("pending", "x")})
    assert [desk.changes.at(i)[0].row() for i in range(desk.changes.count())] == [4]
    desk.table.set_marks({})
    assert desk.changes.count() == 2


def test_display_text_is_prepared_and_other_roles_are_empty(qtbot):
    desk = Desk(four())
    index = desk.table.index(4, Column.NUMBER)
    assert index.data() == "1009-0001"
    assert index.data(Qt.ItemDataRole.ForegroundRole) is None
    assert desk.table.index(2, Column.NUMBER).data() == ""


def test_a_row_has_an_accessible_name(qtbot):
    book = TicketBook(RowMaker(Names(), WORDS))
    book.apply(four())
    table = TicketTable(book, HEADERS, lambda row, now_ms, seats: f"{row.number}/{now_ms}/{len(seats)}")
    table.show_view(QueueFilter(), at())
    assert table.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"1009-0001/{NOW_MS}/0"


def test_exact_ids_show_whatever_the_view(qtbot):
    desk = Desk(four(), view="to_dispatch")
    assert desk.ids() == ["-"]
    desk.table.show_view(replace(desk.table.filter, ids=frozenset({four()[0].id})), at())
    assert desk.ids() == ["-", "1"]


def _random_step(dice: random.Random, alive: dict[str, Ticket]) -> tuple[list[Ticket], list[TicketId]]:
    upserted, removed = [], []
    for _ in range(dice.randint(1, 12)):
        number = dice.randint(1, 60)
        state = dice.choice((State.HANDLING, State.FILED, State.SUSPENDED, State.CLOSED))
        ticket = make_ticket(number, state, hours=1.0, used=dice.uniform(0.1, 1.3), version=dice.randint(1, 99))
        if state is State.CLOSED:
            ticket = msgspec.structs.replace(ticket, stage=None, closed_at=NOW)
        upserted.append(ticket)
        alive[ticket.id] = ticket
    for ticket_id in dice.sample(sorted(alive), min(len(alive), dice.randint(0, 3))):
        if not any(ticket.id == ticket_id for ticket in upserted):
            removed.append(TicketId(ticket_id))
            del alive[ticket_id]
    return upserted, removed


@pytest.mark.parametrize("seed", range(8))
def test_any_sequence_of_changes_ends_like_a_fresh_load(qtbot, seed):
    """Whatever came, locked or not: after `unlock` the table shows what a table made from nothing shows, in its order."""
    dice = random.Random(seed)
    desk, alive = Desk([], view=dice.choice(("open", "at_risk", "to_dispatch"))), {}
    for step in range(60):
        upserted, removed = _random_step(dice, alive)
        if dice.random() < 0.2:
            dice.choice((desk.table.lock, desk.table.unlock, desk.table.load_new))()
        desk.feed(*upserted, removed=tuple(removed), minutes=step / 4)
    desk.table.unlock()
    fresh = TicketTable(desk.book, HEADERS)
    fresh.show_view(desk.table.filter, at(59 / 4))
    assert desk.ids() == [
        "-" if (row := fresh.ticket_row(place)) is None else row.id[-2:].lstrip("0")
        for place in range(fresh.rowCount())
    ]
    assert desk.resets.count() == 0


def test_shown_values_are_those_of_the_latest_ticket(qtbot):
    dice, alive = random.Random(3), {}
    desk = Desk([])
    for _ in range(60):
        upserted, removed = _random_step(dice, alive)
        desk.feed(*upserted, removed=tuple(removed))
    shown = [row for place in range(desk.table.rowCount()) if (row := desk.table.ticket_row(place)) is not None]
    assert all(row.ticket is alive[row.id] for row in shown)
    mask = filter_mask(desk.book, desk.table.filter, at())
    assert len(shown) == mask.sum()
