"""What the canvas is given, as plain values. Columns for what comes in thousands, single values for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

SLA_STATES = ("overdue", "at_risk", "ok", "paused", "none")
"""From the worst: the number of a state is its place here."""
URGENCIES = ("top", "high", "normal")

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]


class Layer(StrEnum):
    TICKETS = "tickets"
    GRIDS = "grids"
    CAMERAS = "cameras"
    COMPONENTS = "components"
    UNITS = "units"
    SITES = "sites"
    SPOTS = "spots"
    FACILITIES = "facilities"
    HEAT = "heat"
    SATELLITE = "satellite"


def _no_floats() -> Floats:
    return np.empty(0)


def _no_codes() -> Codes:
    return np.empty(0, np.int8)


@dataclass(frozen=True, slots=True)
class TicketColumns:
    """Tickets with a place: ids, degrees WGS-84, number of SLA_STATES, number of URGENCIES. `waiting`: 1 where it is not yet accepted,
    so that it is shown but not counted as open; empty = none."""

    ids: tuple[str, ...] = ()
    lon: Floats = field(default_factory=_no_floats)
    lat: Floats = field(default_factory=_no_floats)
    state: Codes = field(default_factory=_no_codes)
    urgency: Codes = field(default_factory=_no_codes)
    waiting: Codes = field(default_factory=_no_codes)

    def at(self, found: npt.NDArray[np.int64]) -> TicketColumns:
        """Those of the given indexes."""
        ids = tuple(self.ids[index] for index in found.tolist())
        waiting = self.waiting[found] if len(self.waiting) else self.waiting
        return TicketColumns(ids, self.lon[found], self.lat[found], self.state[found], self.urgency[found], waiting)


@dataclass(frozen=True, slots=True)
class CameraMark:
    """`state` of status kind camera. Only live and still cameras see; the others never count as covering."""

    id: str
    name: str
    lon: float
    lat: float
    direction: float = 0.0
    angle: float = 0.0
    radius_m: float = 0.0
    state: str = "live"

    @property
    def sees(self) -> bool:
        return self.state in ("live", "still")


@dataclass(frozen=True, slots=True)
class ComponentMark:
    id: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class UnitMark:
    """A patrol or unit on site: a role or unit, never a person. `age_s`: of the position, grey past 5 min, gone past 30; a unit that has
    checked in at a ticket is there until it reports, whatever the hour (age 0). `beside`: the n-th unit at one place, painted beside it."""

    id: str
    name: str
    lon: float
    lat: float
    age_s: float
    age_text: str = ""
    unit: str = ""
    """Its unit id, where it can be sent."""
    beside: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A joint-inspection site, a repeat spot or a facility."""

    id: str
    name: str
    lon: float
    lat: float
    count: int = 0


@dataclass(frozen=True, slots=True)
class Callout:
    """The two lines beside the selected ticket."""

    urgency: str
    number: str
    title: str
    state: str
    remaining: str
    note: str = ""


UNIT_GREY_S, UNIT_GONE_S = 300.0, 1800.0
