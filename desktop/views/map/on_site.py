"""Who is on site, from what was recorded: units that checked in at a ticket or a joint inspection and have not reported yet. Pure.

Nobody is tracked: a unit stands where its ticket stands, from its check-in (报到) to its report. Positions of devices, where a site
has them, come in beside these by `MapWindow.set_units`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from desktop.widgets.map_canvas.values import PlaceMark, UnitMark
from domain.ids import TicketId
from domain.inspection.values import Inspection
from domain.inspection.words import ENDED
from domain.ticket import Point, Ticket
from domain.vocabulary import PartState

Tickets = Mapping[TicketId, Ticket]


def units_on_site(
    joint: Tickets,
    inspections: Iterable[Inspection],
    tickets: Tickets,
    name_of: Callable[[str], str],
    since: Callable[[datetime], str],
) -> list[UnitMark]:
    """One mark per unit and place. `joint` are the tickets with co-units. `name_of` unit id, `since` an instant in words (10:32 到场)."""
    here: dict[tuple[float, float], dict[str, datetime]] = {}
    for ticket in joint.values():
        if ticket.parts and ticket.is_open and ticket.point is not None:
            at = here.setdefault((ticket.point.lon, ticket.point.lat), {})
            at.update(
                (part.unit, part.arrived_at)
                for part in ticket.parts
                if part.state is PartState.ARRIVED and part.arrived_at is not None
            )
    for inspection in inspections:
        point = _place(inspection, tickets)
        if point is not None:
            at = here.setdefault((point.lon, point.lat), {})
            at.update(
                (part.unit, part.arrived_at)
                for part in inspection.parts
                if part.state is PartState.ARRIVED and part.arrived_at is not None
            )
    return [
        UnitMark(f"{unit}@{lon:.6f},{lat:.6f}", name_of(unit), lon, lat, 0.0, since(arrived), unit, number)
        for (lon, lat), units in here.items()
        for number, (unit, arrived) in enumerate(sorted(units.items(), key=lambda each: each[1]), start=1)
    ]


def inspection_sites(inspections: Iterable[Inspection], tickets: Tickets) -> list[PlaceMark]:
    """Joint inspections that are not over, where one of their tickets lies; without a placed ticket they are not on the map."""
    found = ((each, _place(each, tickets)) for each in inspections)
    return [PlaceMark(each.id, each.plan.title, point.lon, point.lat) for each, point in found if point is not None]


def _place(inspection: Inspection, tickets: Tickets) -> Point | None:
    if inspection.state in ENDED:
        return None
    places = (tickets[each].point for each in inspection.plan.tickets if each in tickets)
    return next((place for place in places if place is not None), None)
