"""Signals of hollow closure 疑似简化办结 (domain.md §6): each with its evidence, none an accusation. A person looks, then judges.

Pure: whoever asks brings the tickets, the photos and the texts; a text is compared and never kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil, cos, hypot, radians
from typing import Any

from msgspec import Struct

from domain.ids import ItemCode, TicketId
from domain.ticket import Point, Ticket
from domain.vocabulary import State

FAST = timedelta(minutes=10)
AGAIN_WITHIN = timedelta(days=30)
NEAR_M = 50.0
COMMUNITY_DIGITS = 12
"""Of a community's code; a grid's is longer."""
LAST_SHARE = 0.05
"""Closed in the last twentieth of its limit."""
LEAST_TEXT = 6
"""Shorter results (已处理) are alike by nature; length is no signal by itself."""
LEAST_CASES = 100
"""Closings of an item below which a 1st percentile says nothing."""
_EARTH_M_PER_DEGREE = 111_320.0


class HollowCode(StrEnum):
    """In brackets: what the evidence carries."""

    FAST = "fast"  # from signing to result quicker than 99 of 100 of its item, and under ten minutes [seconds, p1_seconds, cases]
    NO_PHOTO = "no_photo"  # no photo after the work where one is required []
    COPIED = "copied"  # the same words stand under other results [others, first]
    AGAIN = "again"  # the same matter was reported again at the same place within 30 days [ticket, days]
    REOPENED = "reopened"  # reopened within 30 days [days]
    LAST_MOMENT = "last_moment"  # closed just before the limit, and reopened [seconds_left]


class Signal(Struct, frozen=True):
    code: HollowCode
    evidence: dict[str, Any] = {}


class Percentile(Struct, frozen=True):
    """The first percentile of an item's handling times, in seconds, and of how many closings."""

    seconds: float
    cases: int


def handled_in(ticket: Ticket) -> timedelta | None:
    """From signing to result."""
    if ticket.signed_at is None or ticket.handled_at is None or ticket.handled_at < ticket.signed_at:
        return None
    return ticket.handled_at - ticket.signed_at


def percentiles(tickets: Iterable[Ticket]) -> dict[ItemCode, Percentile]:
    """Of every item with enough closings: the value that one in a hundred is at or below (nearest rank)."""
    times: dict[ItemCode, list[float]] = {}
    for ticket in tickets:
        took = handled_in(ticket)
        if took is not None and ticket.first_closed_at is not None:
            times.setdefault(ticket.item, []).append(took.total_seconds())
    return {
        item: Percentile(sorted(found)[ceil(len(found) / 100) - 1], len(found))
        for item, found in times.items()
        if len(found) >= LEAST_CASES
    }


def likeness(text: str) -> str:
    """What is compared of a result: its letters, without numbers, spaces and marks. "" where there is too little to say."""
    bare = re.sub(r"[\W\d_]+", "", text).lower()
    return bare if len(bare) >= LEAST_TEXT else ""


def copied(texts: Mapping[TicketId, str]) -> dict[TicketId, Signal]:
    """Results whose words stand under others too."""
    groups: dict[str, list[TicketId]] = {}
    for ticket_id in sorted(texts):
        bare = likeness(texts[ticket_id])
        if bare:
            groups.setdefault(bare, []).append(ticket_id)
    found = {}
    for group in groups.values():
        for ticket_id in group if len(group) > 1 else ():
            first = next(one for one in group if one != ticket_id)
            found[ticket_id] = Signal(HollowCode.COPIED, {"others": len(group) - 1, "first": first})
    return found


def distance_m(one: Point, other: Point) -> float:
    """Metres between two near points (flat earth, good to a metre within a town)."""
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(east, one.lat - other.lat) * _EARTH_M_PER_DEGREE


def same_place(one: Ticket, other: Ticket) -> bool:
    """Within 50 m where both have a point, else the same grid. A whole community is no place: it would accuse by chance."""
    if one.point is not None and other.point is not None:
        return distance_m(one.point, other.point) <= NEAR_M
    return one.area == other.area and len(one.area) > COMMUNITY_DIGITS


def signals(
    ticket: Ticket,
    *,
    percentile: Percentile | None = None,
    photo_required: bool = False,
    has_after_photo: bool = False,
    twin: Signal | None = None,
    later: Sequence[Ticket] = (),
) -> tuple[Signal, ...]:
    """All signals of a ticket that was closed once. `later`: tickets of the same item reported after its first closing."""
    if ticket.first_closed_at is None and ticket.state is not State.CLOSED:
        return ()
    closed = ticket.first_closed_at or ticket.closed_at
    assert closed is not None
    found = [_fast(ticket, percentile)]
    if photo_required and not has_after_photo:
        found.append(Signal(HollowCode.NO_PHOTO))
    found += [twin, _again(ticket, closed, later), *_reopened(ticket, closed)]
    return tuple(one for one in found if one is not None)


def _fast(ticket: Ticket, percentile: Percentile | None) -> Signal | None:
    took = handled_in(ticket)
    if took is None or percentile is None or took >= FAST or took.total_seconds() > percentile.seconds:
        return None
    evidence = {"seconds": took.total_seconds(), "p1_seconds": percentile.seconds, "cases": percentile.cases}
    return Signal(HollowCode.FAST, evidence)


def _again(ticket: Ticket, closed: datetime, later: Sequence[Ticket]) -> Signal | None:
    for other in later:
        after = other.reported_at - closed
        if other.id == ticket.id or other.item != ticket.item or not timedelta() < after <= AGAIN_WITHIN:
            continue
        if same_place(ticket, other):
            return Signal(HollowCode.AGAIN, {"ticket": other.id, "days": after.days})
    return None


def _reopened(ticket: Ticket, closed: datetime) -> list[Signal]:
    reopened = ticket.first_reopened_at
    if reopened is None or not timedelta() <= reopened - closed <= AGAIN_WITHIN:
        return []
    found = [Signal(HollowCode.REOPENED, {"days": (reopened - closed).days})]
    business = ticket.business
    if business is not None and closed <= business.due_at:
        left = (business.due_at - closed).total_seconds()
        if left <= LAST_SHARE * (business.due_at - business.started_at).total_seconds():
            found.append(Signal(HollowCode.LAST_MOMENT, {"seconds_left": left}))
    return found
