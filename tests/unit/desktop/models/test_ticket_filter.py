"""Saved views, facets and search: counts add up, and each choice shows exactly what it says."""

import msgspec
import numpy as np
import pytest

from desktop.models.names import Names
from desktop.models.ticket_book import TicketBook
from desktop.models.ticket_filter import (
    CLOCK_STATES,
    FACETS,
    SAVED_VIEWS,
    QueueFilter,
    ViewContext,
    clock_codes,
    facet_counts,
    filter_mask,
    view_counts,
)
from desktop.models.ticket_row import RowMaker, RowWords, clock_look
from domain.ids import UnitId
from domain.vocabulary import State
from protocol.snapshot import millis
from tests.qt.samples import NOW, make_reference, make_ticket, make_tickets

WORDS = RowWords(
    stage={state: state.value for state in State}, waiting={}, urgency={"top": "t", "high": "h", "normal": "n"}
)
NOW_MS = millis(NOW) or 0
CONTEXT = ViewContext(NOW_MS, NOW_MS - 14 * 3_600_000, frozenset({State.FILED}))
REFERENCE = make_reference()


@pytest.fixture(scope="module")
def book():
    made = TicketBook(RowMaker(Names.of(REFERENCE), WORDS))
    made.apply(make_tickets(1283, 180, REFERENCE))
    return made


def shown(book, chosen, context=CONTEXT):
    return [book.rows[slot] for slot in np.flatnonzero(filter_mask(book, chosen, context))]


@pytest.mark.parametrize("view", [spec.id for spec in SAVED_VIEWS])
def test_every_facet_adds_up_to_its_view(book, view):
    total = view_counts(book, CONTEXT)[view]
    counts = facet_counts(book, view, CONTEXT)
    assert [sum(counts[facet].values()) for facet in FACETS] == [total] * len(FACETS)


@pytest.mark.parametrize("view", [spec.id for spec in SAVED_VIEWS])
def test_the_count_of_a_view_is_what_it_shows(book, view):
    assert len(shown(book, QueueFilter(view=view))) == view_counts(book, CONTEXT)[view]


def test_clock_codes_agree_with_what_a_row_shows(book):
    codes = clock_codes(book, NOW_MS)
    for slot, row in enumerate(book.rows):
        state = CLOCK_STATES[codes[slot]]
        assert clock_look(row, NOW_MS).state == ("none" if state == "ended" else state)


def test_a_facet_takes_out_exactly_its_choice(book):
    chosen = QueueFilter().without("town", frozenset({"440310001"}))
    kept = shown(book, chosen)
    assert {row.ticket.town for row in kept} == {row.ticket.town for row in shown(book, QueueFilter())} - {"440310001"}


def test_search_needs_every_word_and_follows_changes(book):
    small = TicketBook(RowMaker(Names.of(REFERENCE), WORDS))
    small.apply([make_ticket(1), make_ticket(2, area="440310002001")])
    chosen = QueueFilter(query="坪山街道 资质")
    assert [row.id[-1] for row in shown(small, chosen)] == ["1"]
    small.apply([make_ticket(2, area="440310001002")])
    assert [row.id[-1] for row in shown(small, chosen)] == ["1", "2"]


def test_my_work_of_a_handler_is_that_of_the_own_unit():
    small = TicketBook(RowMaker(Names(), WORDS))
    small.apply([make_ticket(1, unit=UnitId("a")), make_ticket(2, unit=UnitId("b"))])
    mine = ViewContext(NOW_MS, 0, frozenset({State.HANDLING}), UnitId("b"))
    assert [row.id[-1] for row in shown(small, QueueFilter(view="mine"), mine)] == ["2"]


def test_closed_today_starts_at_the_sites_midnight():
    small = TicketBook(RowMaker(Names(), WORDS))
    closed = make_ticket(1, State.CLOSED, closed_at=NOW)
    small.apply([msgspec.structs.replace(closed, stage=None)])
    chosen = QueueFilter(view="closed_today")
    assert len(shown(small, chosen, ViewContext(NOW_MS, NOW_MS))) == 1
    assert not shown(small, chosen, ViewContext(NOW_MS, NOW_MS + 1))


def test_more_tickets_than_the_first_columns_hold(book):
    large = TicketBook(RowMaker(Names(), WORDS))
    large.apply([make_ticket(number) for number in range(1, 2600)])
    assert len(shown(large, QueueFilter())) == 2599


def test_unknown_views_are_refused(book):
    with pytest.raises(KeyError):
        filter_mask(book, QueueFilter(view="no such view"), CONTEXT)
