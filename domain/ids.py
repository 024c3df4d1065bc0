"""Identifiers as distinct types, so that a unit id never lands where an area code belongs."""

from typing import NewType

TicketId = NewType("TicketId", str)
"""Number given by the centre at report time: yymmdd-nnnn of the business day, for example 181009-0042."""
UnitId = NewType("UnitId", str)
AreaCode = NewType("AreaCode", str)
"""National division code: 6 digits district, 9 town, 12 community, 15 grid (12 + our own 3), 17 micro-grid. A longer code lies inside its prefix."""
ItemCode = NewType("ItemCode", str)
UserId = NewType("UserId", str)
SeatId = NewType("SeatId", str)
