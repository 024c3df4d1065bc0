"""Closed word lists of the field: states, roles, levels, sources. Chinese and English words live in docs/glossary.md and the .ts files."""

from enum import StrEnum


class State(StrEnum):
    """Ticket state, domain.md §3. The last four are end states; `closed` can be reopened."""

    REPORTED = "reported"
    VERIFYING = "verifying"
    FILED = "filed"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    SUSPENDED = "suspended"
    HANDLED = "handled"
    CHECKING = "checking"
    READY_TO_CLOSE = "ready_to_close"
    CLOSED = "closed"
    FORCED_CLOSED = "forced_closed"
    VOID = "void"
    REFUSED = "refused"
    MERGED = "merged"


END_STATES = frozenset({State.FORCED_CLOSED, State.VOID, State.REFUSED, State.MERGED})
OPEN_STATES = frozenset(State) - END_STATES - {State.CLOSED}


class Role(StrEnum):
    """What a session may act as. `wall` is a device: it reads, masked, and acts on nothing but its own screens. `source` and `system` are machines."""

    COLLECTOR = "collector"
    REGISTRAR = "registrar"
    DISPATCHER = "dispatcher"
    COORDINATOR = "coordinator"
    HANDLER = "handler"
    CHECKER = "checker"
    CALLER = "caller"
    SHIFT_LEADER = "shift_leader"
    LEADER = "leader"
    ASSESSOR = "assessor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    WALL = "wall"
    SOURCE = "source"
    SYSTEM = "system"


class Urgency(StrEnum):
    TOP = "top"
    HIGH = "high"
    NORMAL = "normal"


URGENCY_RANK = {Urgency.TOP: 0, Urgency.HIGH: 1, Urgency.NORMAL: 2}


class Level(StrEnum):
    """Where a ticket is, or was, resolved."""

    GRID = "grid"
    COMMUNITY = "community"
    TOWN = "town"
    DISTRICT = "district"
    ENFORCEMENT = "enforcement"


LEVEL_ORDER = (Level.GRID, Level.COMMUNITY, Level.TOWN, Level.DISTRICT)


class Loop(StrEnum):
    GRID = "grid"
    ENTERPRISE = "enterprise"
    CITIZEN = "citizen"
    ENFORCEMENT = "enforcement"


class Source(StrEnum):
    HOTLINE_12345 = "hotline_12345"
    PATROL = "patrol"
    CAMERA = "camera"
    CITIZEN_APP = "citizen_app"
    PLATFORM = "platform"
    POLICE_REFERRAL = "police_referral"
    ENTERPRISE_SELF_REPORT = "enterprise_self_report"
    OPEN311 = "open311"
    LEADER = "leader"
    DATA_LEAD = "data_lead"


class LimitType(StrEnum):
    """domain.md §4. `urgent_hours` and `calendar_days` run always; the others run in office hours of working days."""

    URGENT_HOURS = "urgent_hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Stage(StrEnum):
    """Which stage clock runs. VERIFY is 核实 (before filing), CHECK is 核查 (after handling): never swapped."""

    ACCEPT = "accept"
    VERIFY = "verify"
    DISPATCH = "dispatch"
    SIGN = "sign"
    HANDLE = "handle"
    CHECK = "check"
    CLOSE = "close"


class ClockState(StrEnum):
    OK = "ok"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    PAUSED = "paused"
    NONE = "none"
    """No limit: never counted as on time."""


class PauseReason(StrEnum):
    SUSPENDED = "suspended"
    UNDER_CHECK = "under_check"
    RETURNED = "returned"


class Verification(StrEnum):
    EXISTS = "exists"
    NOT_FOUND = "not_found"
    CANNOT_TELL = "cannot_tell"


class Mediation(StrEnum):
    """How a dispute (矛盾纠纷) ended. `unstated`: closed, and nobody said; never given by a person."""

    SETTLED = "settled"
    NOT_SETTLED = "not_settled"
    UNSTATED = "unstated"


class CheckResult(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"


class ClosingFlaw(StrEnum):
    """Why a closing is rejected: 阶段性闭环 · 过简闭环 · 错误办理."""

    PARTIAL = "partial"
    TOO_THIN = "too_thin"
    WRONG = "wrong"


class Opinion(StrEnum):
    VERY = "very"
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    NOT = "not"
    NO_OPINION = "no_opinion"


class PlacedBy(StrEnum):
    """What a ticket's point says of its area, judged once, at the report."""

    POLYGON = "polygon"
    """The point lies in one area, inside or equal to the reported one: that area is the ticket's."""
    REPORT = "report"
    """The report named a finer area than the polygons know; the point lies in the polygon around it."""
    DISAGREES = "disagrees"
    """The point lies in another area than the reported one, which was kept."""
    OUTSIDE = "outside"
    """The point lies in no polygon; the reported area was kept."""
    AMBIGUOUS = "ambiguous"
    """The point lies in two areas or more; the reported area was kept."""


class PartState(StrEnum):
    ASKED = "asked"
    SIGNED = "signed"
    ARRIVED = "arrived"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class SuperviseReason(StrEnum):
    OVERDUE = "overdue"
    LEADER = "leader"
    IMPORTANT = "important"
