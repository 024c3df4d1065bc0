"""What a handover is made of, and its state. Texts that people wrote are private: the state keeps their digests only."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from msgspec import Struct, field

from domain.actor import ActorRef
from domain.documents import BlobRef, DocumentState
from domain.handover.words import READ_BACK, CheckName, HandoverState, ItemRule, Severity
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.kpi_types import Kpi, OpenSplit
from domain.shifts.hours import Instant
from domain.vocabulary import State

LATE_AFTER = timedelta(minutes=30)
"""After the end of the shift an unsigned handover is late (screens.md §4f)."""
TEXT_FIELDS = ("summary", "action", "condition", "response")
"""State in one sentence · what to do · "若 …" · "就 …"."""


class By(Struct, frozen=True, omit_defaults=True):
    """Who, as shown (role and seat) and as told apart (domain.marks). `system` acts have no mark."""

    who: ActorRef
    at: Instant
    mark: str = ""


class ReadBack(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The receiver's own words are private; `agreed` is the giver's word on them."""

    by: By
    text: str
    """Digest."""
    agreed: By | None = None


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    by: By
    text: str
    answered: By | None = None
    answer: str = ""
    """Digests."""


class Drafted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The one ticket of a line as it stood when it was drafted, so that what was signed reads the same when the ticket has gone on.

    `area` is no finer than a community: a handover is seen by the whole district.
    """

    area: AreaCode
    item: ItemCode
    item_version: int = 1
    state: State
    returns: int = 0
    changed_at: Instant


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the report. Its words come from `rule` and `figures`, or from people (`texts`: field → digest)."""

    id: str
    rule: ItemRule
    severity: Severity
    tickets: tuple[TicketId, ...] = ()
    """Which tickets it stands for; of a long group the first ones, `count` tells how many there are."""
    count: int = 0
    ref: str = ""
    """Inspection, alarm, feed or seat that it is about."""
    unit: UnitId | None = None
    due_at: Instant | None = None
    """By when the next thing must be done."""
    figures: dict[str, float] = {}
    drafted: Drafted | None = None
    """None: it stands for many, for none, or was drafted before this was kept."""
    texts: dict[str, str] = {}
    added: By | None = None
    edited: By | None = None
    edits: int = 0
    removed: By | None = None
    read_back: ReadBack | None = None
    question: Question | None = None

    @property
    def wants_read_back(self) -> bool:
        return self.removed is None and self.severity in READ_BACK

    @property
    def asks(self) -> bool:
        return self.removed is None and self.question is not None and self.question.answered is None

    @property
    def agreed(self) -> bool:
        return self.read_back is not None and self.read_back.agreed is not None


class HourCount(Struct, frozen=True):
    at: Instant
    accepted: int
    closed: int


class Figures(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shift in numbers, over [starts_at, as_of). Every rate has numerator, denominator and what was excluded."""

    accepted: int = 0
    closed: int = 0
    open: OpenSplit = OpenSplit()
    waiting: int = 0
    top_open: int = 0
    """Open tickets of the highest urgency."""
    kpis: tuple[Kpi, ...] = ()
    hours: tuple[HourCount, ...] = ()


class Check(Struct, frozen=True, kw_only=True, omit_defaults=True):
    by: By
    text: str = ""
    """Digest of the note."""


class Signature(Struct, frozen=True, kw_only=True):
    """`sha256` is over the canonical JSON of the report (domain.handover.canonical), the same of both sides; `version` counts its changes."""

    by: By
    sha256: str
    version: int


class ShiftPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    day: date
    code: str
    name: str
    team: str = ""
    starts_at: Instant
    ends_at: Instant
    next_name: str = ""
    next_team: str = ""


class Handover(DocumentState, frozen=True, kw_only=True):
    shift: ShiftPart
    state: HandoverState = HandoverState.DRAFTING
    begun: By
    as_of: Instant | None = None
    """The draft tells how things stood then."""
    seq: int = 0
    """The last event of the log that the draft knows."""
    asked_at: Instant | None = None
    """A new draft was asked for and is not there yet."""
    items: dict[str, Item] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    data: BlobRef | None = None
    """Everything that the draft was made of, with every open ticket by its id."""
    report: int = 0
    """Rises with every change of what is signed."""
    added: int = 0
    givers: tuple[str, ...] = ()
    """Marks of those who wrote the report: none of them may read it back or take it over."""
    checks: dict[str, Check] = field(default_factory=dict)
    signed_out: Signature | None = None
    signed_in: Signature | None = None
    record: str = ""
    """SHA-256 of the record as the receiver closed it: report, read-backs, questions, checks and the giver's signature."""
    voided: int = 0
    """How often a change made a signature void."""
    late_at: Instant | None = None
    """Set when it was found late: the log says so."""
    papers: tuple[BlobRef, ...] = ()
    """The files made at signing. Handed out unchanged for ever."""

    @property
    def due_at(self) -> datetime:
        return self.shift.ends_at + LATE_AFTER

    def is_late(self, now: datetime) -> bool:
        return self.state is not HandoverState.SIGNED and now >= self.due_at

    def active(self, severity: Severity | None = None) -> list[Item]:
        found = [item for item in self.items.values() if item.removed is None]
        return found if severity is None else [item for item in found if item.severity is severity]

    def to_read_back(self) -> list[Item]:
        return [item for severity in Severity for item in self.active(severity) if item.wants_read_back]

    def open_checks(self) -> list[CheckName]:
        return [name for name in CheckName if name not in self.checks]


def digest(text: str) -> str:
    """Of a text as it is kept (NFC comes from the door, blanks at the ends do not count)."""
    return sha256(text.strip().encode()).hexdigest()
