"""Which area a report belongs to when it brings a point: the polygons refine what the reporter said, and never overrule it.

A point that lies in no polygon, in two of one level, or in another area than the reported one leaves the ticket where it was
reported and is said so (`Ticket.placement`); a registrar decides with `relocate`. Nothing is guessed.
"""

from domain.ids import AreaCode
from domain.lifecycle.core import Ground
from domain.ticket import Placement
from domain.vocabulary import PlacedBy


def placed(reported: AreaCode, ground: Ground | None) -> tuple[AreaCode, Placement | None]:
    """The ticket's area, and how it came about. `ground` None: no point, or a site without polygons."""
    if ground is None:
        return reported, None
    areas, origin = ground.areas, ground.origin
    if not areas:
        return reported, Placement(PlacedBy.OUTSIDE)
    if len(areas) > 1:
        return reported, Placement(PlacedBy.AMBIGUOUS, areas, origin)
    found = areas[0]
    if found.startswith(reported):
        return found, Placement(PlacedBy.POLYGON, areas, origin)
    fits = reported.startswith(found)
    return reported, Placement(PlacedBy.REPORT if fits else PlacedBy.DISAGREES, areas, origin)
