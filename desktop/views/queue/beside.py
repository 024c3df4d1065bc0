"""What lies beside a ticket: likely duplicates within 50 m, 24 hours and the same item, and the tickets it hangs together with. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.models.ticket_row import short_number
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, state_word
from domain.evaluation.hollow import NEAR_M, distance_m
from domain.ids import AreaCode, ItemCode, TicketId
from domain.ticket import Point, Ticket

NEAR_TIME = timedelta(hours=24)
MOST = 12


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A ticket to look at: its id, and one line about it."""

    id: TicketId
    title: str
    text: str


def near(
    tickets: Iterable[Ticket],
    item: ItemCode,
    area: AreaCode,
    point: Point | None,
    at: datetime,
    but: TicketId | None = None,
) -> list[tuple[Ticket, float | None]]:
    """(ticket, metres) of likely duplicates, the nearest first (domain.md §3). Without two points the same area counts: metres None."""
    found: list[tuple[Ticket, float | None]] = []
    for ticket in tickets:
        if ticket.id == but or ticket.item != item or abs(ticket.reported_at - at) > NEAR_TIME:
            continue
        if point is not None and ticket.point is not None:
            metres = distance_m(point, ticket.point)
            if metres <= NEAR_M:
                found.append((ticket, metres))
        elif ticket.area == area:
            found.append((ticket, None))
    found.sort(key=lambda pair: (pair[1] is None, pair[1] or 0.0, abs(pair[0].reported_at - at), pair[0].id))
    return found[:MOST]


def duplicates(
    ticket: Ticket, tickets: Iterable[Ticket], names: Names, now: datetime, site: SiteTime
) -> tuple[Neighbour, ...]:
    pairs = near(tickets, ticket.item, ticket.area, ticket.point, ticket.reported_at, ticket.id)
    return tuple(neighbour(other, metres, names, now, site) for other, metres in pairs)


def neighbour(
    ticket: Ticket, metres: float | None, names: Names, now: datetime, site: SiteTime, *, same_area: bool = True
) -> Neighbour:
    """One line about a ticket near another; `metres` None = one of the two has no point."""
    translate = QCoreApplication.translate
    where = filled(translate("beside", "{n} 米"), {"n": round(metres)}) if metres is not None else ""
    where = where or (translate("beside", "同一区域，无坐标") if same_area else translate("beside", "无坐标"))
    parts = (where, site.stamp(ticket.reported_at, now), state_word(ticket.state))
    _, matter = names.matter(ticket.item, ticket.item_version)
    return Neighbour(ticket.id, f"{short_number(ticket.id)} {matter}", " · ".join(parts))


def related(
    ticket: Ticket, tickets: Iterable[Ticket], names: Names, now: datetime, site: SiteTime
) -> tuple[Neighbour, ...]:
    """Parent, children, what it was merged into, and what was merged into it."""
    translate = QCoreApplication.translate
    known = {other.id: other for other in tickets}
    pairs: list[tuple[str, TicketId]] = []
    if ticket.parent is not None:
        pairs.append((translate("beside", "主单"), ticket.parent))
    if ticket.merged_into is not None:
        pairs.append((translate("beside", "并入"), ticket.merged_into))
    for other in known.values():
        if other.parent == ticket.id:
            pairs.append((translate("beside", "子单"), other.id))
        if other.merged_into == ticket.id:
            pairs.append((translate("beside", "并入本单"), other.id))
    return tuple(_related(role, ticket_id, known.get(ticket_id), names, now, site) for role, ticket_id in pairs)


def _related(
    role: str, ticket_id: TicketId, ticket: Ticket | None, names: Names, now: datetime, site: SiteTime
) -> Neighbour:
    if ticket is None:
        return Neighbour(ticket_id, f"{role} {short_number(ticket_id)}", "")
    _, matter = names.matter(ticket.item, ticket.item_version)
    text = f"{state_word(ticket.state)} · {site.stamp(ticket.reported_at, now)}"
    return Neighbour(ticket_id, f"{role} {short_number(ticket_id)} {matter}", text)
