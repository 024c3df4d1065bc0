"""Finding on the map: tickets, grids, communities and streets by words. Pure but for the words of kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.models.ticket_row import TicketRow
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape, inner_point

TICKET, AREA, STREET = "ticket", "area", "street"
MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """`box` (west, south, east, north) for areas; tickets and streets have a place only."""

    kind: str
    id: str
    text: str
    lon: float
    lat: float
    box: tuple[float, float, float, float] | None = None


class PlaceSearch:
    """Names of areas and streets, prepared once."""

    def __init__(self, areas: Iterable[AreaShape] = (), ground: Sequence[GroundFeature] = ()) -> None:
        self._places: list[tuple[str, Found]] = []
        for area in areas:
            middle = inner_point(area)
            found = Found(AREA, area.code, area.name, middle.lon, middle.lat, area.bounds())
            self._places.append((f"{area.name}{area.name.replace(' ', '')}{area.code}".casefold(), found))
        for feature in ground:
            if feature.name and feature.lines:
                lon, lat = feature.lines[0][len(feature.lines[0]) // 2]
                self._places.append((feature.name.casefold(), Found(STREET, feature.name, feature.name, lon, lat)))

    def find(self, text: str, tickets: Iterable[TicketRow]) -> list[Found]:
        """At most MOST: an exact number or name first, then tickets, then places."""
        words = text.casefold().split()
        if not words:
            return []
        found: list[Found] = []
        for row in tickets:
            point = row.ticket.point
            if point is not None and all(word in row.search or word in row.number for word in words):
                found.append(Found(TICKET, row.id, f"{row.number} {row.matter}", point.lon, point.lat))
                if len(found) >= MOST:
                    break
        places = [place for name, place in self._places if all(word in name for word in words)]
        exact = [each for each in (*places, *found) if text.casefold() in (each.text.casefold(), each.id.casefold())]
        rest = [each for each in (*found, *places) if each not in exact]
        return [*exact, *rest][:MOST]
