"""Who acts, and what a session may see. An actor comes from the session's token, never from a payload."""

from msgspec import Struct

from domain.ids import AreaCode, SeatId, UnitId, UserId
from domain.ticket import Ticket
from domain.vocabulary import Role

EVERYWHERE = "*"
"""Area of a district-wide document in a ScopeKey: every session sees it. No ticket has it, not even one without an area."""


class ScopeKey(Struct, frozen=True):
    """What decides who may see a ticket or a document: its area, and every unit that takes part (sorted). The log keeps it per event."""

    area: str
    units: tuple[str, ...] = ()


def key_of(ticket: Ticket) -> ScopeKey:
    if not ticket.parts:
        return ScopeKey(ticket.area, (ticket.unit,) if ticket.unit else ())
    units = {part.unit for part in ticket.parts}
    if ticket.unit:
        units.add(ticket.unit)
    return ScopeKey(ticket.area, tuple(sorted(units)))


class Scope(Struct, frozen=True, omit_defaults=True):
    """What a session sees: tickets of an area (code prefix), or in which a unit takes part. Empty = everything.

    `masked` sessions (walls, handlers of other units) never get a private value unmasked.
    """

    areas: tuple[AreaCode, ...] = ()
    units: tuple[UnitId, ...] = ()
    masked: bool = True

    def covers(self, ticket: Ticket) -> bool:
        if not self.areas and not self.units:
            return True
        if any(ticket.area.startswith(area) for area in self.areas):
            return True
        return bool(self.units) and (ticket.unit in self.units or any(part.unit in self.units for part in ticket.parts))

    def covers_key(self, key: ScopeKey) -> bool:
        """The same answer as `covers`, from what the log keeps of a ticket."""
        if not self.areas and not self.units:
            return True
        if key.area == EVERYWHERE or key.area.startswith(tuple(self.areas)):
            return True
        return any(unit in self.units for unit in key.units)


class Actor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    user: UserId
    role: Role
    seat: SeatId = SeatId("")
    unit: UnitId | None = None
    scope: Scope = Scope()
    import_right: bool = False
    """May state `occurred_at` other than now (recorded days, other platforms)."""


class ActorRef(Struct, frozen=True, omit_defaults=True):
    """How an actor is named in events that travel: role, seat or unit, never the account (screens.md §1.7)."""

    role: Role
    seat: SeatId = SeatId("")
    unit: UnitId | None = None


def ref_of(actor: Actor) -> ActorRef:
    return ActorRef(actor.role, actor.seat, actor.unit)
