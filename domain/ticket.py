"""The ticket as everybody knows it: the public projection that `domain.projection` folds from events. No personal data, no free text.

Free text and personal data (description, caller, phone, address) are private fields beside it; the ticket only says which
exist, and in which version (`private`). All values are frozen and cannot refer back to themselves, so the garbage collector
need not look at them (`gc=False`).
"""

from datetime import datetime

from msgspec import Struct

from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.vocabulary import (
    OPEN_STATES,
    CheckResult,
    Level,
    LimitType,
    Loop,
    Mediation,
    Opinion,
    PartState,
    PauseReason,
    PlacedBy,
    Source,
    Stage,
    State,
    SuperviseReason,
    Urgency,
    Verification,
)


class Limit(Struct, frozen=True, gc=False):
    """An amount of hours or days, by type: 2 urgent_hours, 3 working_days."""

    amount: float
    type: LimitType


class Clock(Struct, frozen=True, gc=False, omit_defaults=True):
    """One running limit. All instants are aware UTC. `risk_at` is the instant at which 80 % is used.

    While paused, `remaining_s` keeps what is left in seconds of the limit's own kind of time (office seconds for working
    limits), and `due_at`, `risk_at` are what they were before the pause.
    """

    limit: Limit
    started_at: datetime
    risk_at: datetime
    due_at: datetime
    paused_at: datetime | None = None
    pause_reason: PauseReason | None = None
    remaining_s: float | None = None


class StageClock(Struct, frozen=True, gc=False, omit_defaults=True):
    stage: Stage
    clock: Clock


class StageVisit(Struct, frozen=True, gc=False, omit_defaults=True):
    """The first time a ticket went through a stage: by when it was to be done, and when it was. Kept for the stage's KPI, because
    the clock of a stage is gone once the next one runs."""

    due_at: datetime
    done_at: datetime | None = None


class Participation(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One unit's part in a joint ticket: 牵头 lead or 协办 co-unit, with its own limit, check-in, verdict and score."""

    unit: UnitId
    lead: bool = False
    whistled: bool = False
    state: PartState = PartState.ASKED
    asked_at: datetime
    check_in_due_at: datetime | None = None
    due_at: datetime | None = None
    signed_at: datetime | None = None
    arrived_at: datetime | None = None
    reported_at: datetime | None = None
    accepted_at: datetime | None = None
    returns: int = 0
    score: float | None = None
    later: tuple[Limit, ...] = ()
    """What pauses and granted delays have added to `due_at`, in the order they came: a new calendar counts it again."""

    @property
    def checked_in(self) -> bool:
        """报到: a co-unit by arriving, the lead also by signing."""
        return self.arrived_at is not None or (self.lead and self.signed_at is not None)


class Request(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A pending delay (two steps: department, then dispatcher) or suspension (one step)."""

    kind: str  # "delay" | "suspend"
    by: UnitId | None = None
    asked_at: datetime
    extra: Limit | None = None
    until: datetime | None = None
    department_approved: bool = False


class CallBack(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    attempts: int = 0
    reached: bool = False
    solved: bool | None = None
    opinion: Opinion | None = None
    at: datetime | None = None


class Appeal(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    at: datetime
    reviews: tuple[tuple[str, bool], ...] = ()
    granted: bool | None = None


class Supervision(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    reason: SuperviseReason
    at: datetime
    settled_at: datetime | None = None


class Point(Struct, frozen=True, gc=False):
    """Longitude and latitude in degrees, WGS-84 (layers in another datum are converted at the door)."""

    lon: float
    lat: float


class Placement(Struct, frozen=True, gc=False, omit_defaults=True):
    """How point and area of a report fit together. `areas`: those of the polygons that hold the point. `origin`: of these polygons,
    where they are not surveyed (derived, demo)."""

    by: PlacedBy
    areas: tuple[AreaCode, ...] = ()
    origin: str = ""


class Ticket(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    id: TicketId
    version: int
    state: State
    source: Source
    external_ref: str = ""
    nature: str = ""
    channel: str = ""
    area: AreaCode
    item: ItemCode
    item_version: int = 1
    urgency: Urgency = Urgency.NORMAL
    loop: Loop = Loop.GRID
    level: Level = Level.TOWN
    point: Point | None = None
    placement: Placement | None = None
    """None without a point, where the site has no polygons, and once a person has chosen the area."""
    simulated: bool = False
    """True where stages or place were invented by the simulator; every screen says so."""
    recorded_until: datetime | None = None
    """Set on a replayed ticket until somebody acts on it later: its record ends there, so it is judged at no later moment."""
    reported_at: datetime
    changed_at: datetime
    accepted_at: datetime | None = None
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    handled_at: datetime | None = None
    closed_at: datetime | None = None
    first_closed_at: datetime | None = None
    ended_at: datetime | None = None
    stage: StageClock | None = None
    business: Clock | None = None
    held: StageClock | None = None
    """The handling clock while another stage interrupts it (return to dispatch, check): resumed for the same unit, restarted for another."""
    unit: UnitId | None = None
    parts: tuple[Participation, ...] = ()
    round: int = 1
    returns: int = 0
    redispatches: int = 0
    first_dispatched_at: datetime | None = None
    """Set once it was dispatched again: `dispatched_at` is then the latest dispatch."""
    verified: StageVisit | None = None
    checked: StageVisit | None = None
    problem: bool = False
    """问题工单: three returns or three redispatches without a lead; only the shift leader dispatches it and the lead is binding."""
    request: Request | None = None
    delays: int = 0
    delay_refusals: int = 0
    suspended_until: datetime | None = None
    suspensions: int = 0
    verification: Verification | None = None
    check: CheckResult | None = None
    resolved_level: Level | None = None
    mediation: Mediation | None = None
    """How a dispute ended, as of its latest closing; None = no dispute, or closed before this was asked."""
    on_time: bool | None = None
    """Closed within the business limit; None while open or without a limit."""
    reopened: int = 0
    first_reopened_at: datetime | None = None
    reopened_at: datetime | None = None
    """The latest reopening: with it the day's books balance (opening + accepted + reopened - closed - ended = open)."""
    end_reason: str = ""
    referred_to: str = ""
    merged_into: TicketId | None = None
    parent: TicketId | None = None
    call_back: CallBack | None = None
    appeal: Appeal | None = None
    supervisions: tuple[Supervision, ...] = ()
    reminders: int = 0
    private: dict[str, int] = {}

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def due_at(self) -> datetime | None:
        """Business limit: by when the ticket must be closed. None = no limit (无时限)."""
        return self.business.due_at if self.business else None

    def judged_at(self, now: datetime) -> datetime:
        """The moment at which its clocks are read: `now`, or the end of its record where that came first."""
        return now if self.recorded_until is None else min(now, self.recorded_until)

    @property
    def town(self) -> AreaCode:
        return AreaCode(self.area[:9])

    @property
    def lead(self) -> Participation | None:
        return next((part for part in self.parts if part.lead), None)
