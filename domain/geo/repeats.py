"""Repeat spots 重复高发点: where the same item was reported again and again within a short way. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, floor, radians

from domain.geo.measure import EARTH_RADIUS_M, distance_m
from domain.ids import ItemCode, TicketId
from domain.ticket import Point, Ticket
from domain.vocabulary import State

SPOT_M = 50.0
"""As far as likely duplicates lie apart (domain.md §3)."""
SPOT_LEAST = 3
"""Tickets that make a spot: as many as make a hot place of the KPI board."""
NOT_COUNTED = frozenset({State.MERGED, State.VOID, State.REFUSED})
"""Not matters of their own: a merged report is counted with the ticket that it went into."""


@dataclass(frozen=True, slots=True)
class RepeatSpot:
    """`point` is that of its oldest ticket; `ids` from the oldest to the newest, at least SPOT_LEAST."""

    item: ItemCode
    point: Point
    ids: tuple[TicketId, ...]


@dataclass(slots=True)
class _Group:
    point: Point
    tickets: list[Ticket]


_Cell = tuple[ItemCode, int, int]


def repeat_spots(tickets: Iterable[Ticket], within_m: float = SPOT_M, least: int = SPOT_LEAST) -> list[RepeatSpot]:
    """The spots of these tickets, those with most tickets first. From the oldest on, each ticket joins the nearest group of its item
    whose oldest ticket lies within `within_m` metres, else it begins one; every ticket is in one spot at most."""
    counted = [each for each in tickets if each.point is not None and each.state not in NOT_COUNTED]
    cells: dict[_Cell, list[_Group]] = {}
    groups: list[_Group] = []
    for ticket in sorted(counted, key=lambda each: (each.reported_at, each.id)):
        assert ticket.point is not None
        near = [(distance_m(group.point, ticket.point), group) for group in _around(cells, ticket, within_m)]
        best = min(near, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] <= within_m:
            best[1].tickets.append(ticket)
            continue
        group = _Group(ticket.point, [ticket])
        groups.append(group)
        cells.setdefault((ticket.item, *_cell(ticket.point, within_m)), []).append(group)
    spots = [
        RepeatSpot(group.tickets[0].item, group.point, tuple(each.id for each in group.tickets))
        for group in groups
        if len(group.tickets) >= least
    ]
    return sorted(spots, key=lambda spot: (-len(spot.ids), spot.ids))


def _cell(point: Point, size_m: float) -> tuple[int, int]:
    """A cell is at least `size_m` high, and as wide along the whole of its row: groups in reach lie in it or beside it."""
    step = size_m / (radians(1.0) * EARTH_RADIUS_M)
    row = floor(point.lat / step)
    edge = min(89.0, max(abs(row), abs(row + 1)) * step + step)
    return row, floor(point.lon / (step / cos(radians(edge))))


def _around(cells: dict[_Cell, list[_Group]], ticket: Ticket, size_m: float) -> Iterator[_Group]:
    point = ticket.point
    assert point is not None
    step = size_m / (radians(1.0) * EARTH_RADIUS_M)
    for turn in (-1, 0, 1):
        # Each row has cells of its own width.
        row, column = _cell(Point(point.lon, point.lat + turn * step), size_m)
        for beside in (-1, 0, 1):
            yield from cells.get((ticket.item, row, column + beside), ())
