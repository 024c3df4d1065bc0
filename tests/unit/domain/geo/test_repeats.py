"""Repeat spots: the same as looking at every pair, never two items in one, never a ticket twice."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.geo.measure import distance_m, moved
from domain.geo.repeats import NOT_COUNTED, SPOT_LEAST, SPOT_M, repeat_spots
from domain.ids import ItemCode, TicketId
from domain.ticket import Point
from domain.vocabulary import State
from tests.qt.samples import NOW, make_ticket

FOOT = Point(114.35, 22.69)
_reports = st.lists(
    st.tuples(st.integers(0, 1), st.floats(0, 359), st.floats(0, 260), st.sampled_from((State.HANDLING, State.MERGED))),
    max_size=40,
)


def _tickets(reports):
    return [
        replace(
            make_ticket(number, state),
            id=TicketId(f"{number:06d}"),
            item=ItemCode(f"item{item}"),
            point=moved(FOOT, bearing, meters),
            reported_at=NOW + timedelta(minutes=number),
        )
        for number, (item, bearing, meters, state) in enumerate(reports)
    ]


def _by_every_pair(tickets):
    groups = []
    for ticket in tickets:
        near = [group for group in groups if group[0].item == ticket.item]
        near = [(distance_m(group[0].point, ticket.point), group) for group in near]
        best = min(near, key=lambda pair: pair[0], default=(SPOT_M + 1, None))
        if best[0] <= SPOT_M:
            best[1].append(ticket)
        else:
            groups.append([ticket])
    return {tuple(each.id for each in group) for group in groups if len(group) >= SPOT_LEAST}


@given(_reports)
def test_spots_are_those_that_looking_at_every_pair_finds(reports):
    tickets = _tickets(reports)
    found = repeat_spots(reversed(tickets))
    assert {spot.ids for spot in found} == _by_every_pair([each for each in tickets if each.state not in NOT_COUNTED])
    assert [len(spot.ids) for spot in found] == sorted((len(spot.ids) for spot in found), reverse=True)


@given(_reports)
def test_a_ticket_is_in_one_spot_and_near_its_oldest(reports):
    known = {each.id: each for each in _tickets(reports)}
    spots = repeat_spots(known.values())
    ids = [ticket for spot in spots for ticket in spot.ids]
    assert len(ids) == len(set(ids))
    for spot in spots:
        assert {known[each].item for each in spot.ids} == {spot.item}
        assert all(distance_m(spot.point, known[each].point) <= SPOT_M for each in spot.ids)


def test_two_reports_and_reports_without_a_place_are_no_spot():
    tickets = _tickets([(0, 0.0, 0.0, State.HANDLING)] * 2)
    assert repeat_spots([*tickets, replace(make_ticket(7), item=tickets[0].item, point=None)]) == []
    assert len(repeat_spots(_tickets([(0, 0.0, 0.0, State.HANDLING)] * 3))) == 1
