"""Distances and bearings on the ground, and a flat frame in metres around a place (good to 0.1 % within 50 km)."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from domain.ticket import Point

EARTH_RADIUS_M = 6371008.8


def distance_m(one: Point, other: Point) -> float:
    """Great-circle distance."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def bearing_deg(one: Point, other: Point) -> float:
    """Direction from one to the other, clockwise from north, 0 ≤ … < 360."""
    lat1, lat2, turn = radians(one.lat), radians(other.lat), radians(other.lon - one.lon)
    east = sin(turn) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(turn)
    return degrees(atan2(east, north)) % 360.0


class Frame:
    """Metres east and north of an origin. Not for places far apart, nor beyond 85 degrees of latitude."""

    def __init__(self, origin: Point) -> None:
        self.origin = origin
        self._north_m = radians(1.0) * EARTH_RADIUS_M
        self._east_m = self._north_m * cos(radians(origin.lat))

    def meters(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.origin.lon) * self._east_m, (lat - self.origin.lat) * self._north_m

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        return self.origin.lon + east_m / self._east_m, self.origin.lat + north_m / self._north_m


def moved(start: Point, bearing: float, meters: float) -> Point:
    """The point `meters` away in a direction (flat frame: for hundreds of metres, not for hundreds of kilometres)."""
    angle = radians(bearing)
    lon, lat = Frame(start).degrees(sin(angle) * meters, cos(angle) * meters)
    return Point(lon, lat)
