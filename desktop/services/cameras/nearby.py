"""Which ticket happens in front of which camera: what brings a tile its tag and its live slot. Pure; business time is passed in.

Not every open ticket does: 特急, what is about to run out, and joint work that is under way. A wall where every tile is an
event would show none.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from domain.cameras import Camera, CameraId
from domain.clocks import remaining_s, running_clock, state_of
from domain.geo.sectors import sector_of
from domain.ids import TicketId
from domain.ticket import Point, Ticket
from domain.vocabulary import ClockState, State, Urgency

CELL_DEG = 0.01
CELL_LEAST_M = 700.0
"""A cell is no narrower up to 50 degrees of latitude."""
SOON = timedelta(minutes=30)
JOINT_STATES = frozenset({State.DISPATCHED, State.HANDLING})


class Event(Struct, frozen=True):
    """The ticket that matters most in a camera's sector. `joint`: it is there as joint work, not for its urgency."""

    ticket: Ticket
    state: str
    remaining_s: float | None
    joint: bool


def _cell(point: Point) -> tuple[int, int]:
    return int(point.lon // CELL_DEG), int(point.lat // CELL_DEG)


def event_of(ticket: Ticket, now: datetime) -> Event | None:
    """What the ticket is for a camera wall at this instant; None = nothing."""
    if not ticket.is_open or ticket.point is None:
        return None
    at = ticket.judged_at(now)
    clock = running_clock(ticket)
    state = state_of(clock, at)
    left = None if clock is None else remaining_s(clock, at)
    if ticket.urgency is Urgency.TOP:
        return Event(ticket, state.value, left, False)
    if state is ClockState.AT_RISK and left is not None and left <= SOON.total_seconds():
        return Event(ticket, state.value, left, False)
    if len(ticket.parts) > 1 and ticket.state in JOINT_STATES:
        return Event(ticket, state.value, left, True)
    return None


def _rank(event: Event) -> tuple[bool, bool, float, TicketId]:
    left = event.remaining_s if event.remaining_s is not None else float("inf")
    return (event.joint, event.ticket.urgency is not Urgency.TOP, left, event.ticket.id)


def events_at(cameras: Iterable[Camera], tickets: Iterable[Ticket], now: datetime) -> Mapping[CameraId, Event]:
    """The event of each camera whose sector holds one."""
    by_cell: dict[tuple[int, int], list[Event]] = {}
    for ticket in tickets:
        event = event_of(ticket, now)
        if event is not None and ticket.point is not None:
            by_cell.setdefault(_cell(ticket.point), []).append(event)
    found: dict[CameraId, Event] = {}
    for camera in cameras if by_cell else ():
        sector = sector_of(camera)
        if sector is None or camera.point is None:
            continue
        reach = int(sector.radius_m / CELL_LEAST_M) + 1
        x, y = _cell(camera.point)
        near = (
            event
            for dx in range(-reach, reach + 1)
            for dy in range(-reach, reach + 1)
            for event in by_cell.get((x + dx, y + dy), ())
        )
        seen = [event for event in near if event.ticket.point is not None and sector.contains(event.ticket.point)]
        if seen:
            found[camera.id] = min(seen, key=_rank)
    return found
