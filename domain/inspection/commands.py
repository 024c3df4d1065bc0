"""Commands on a joint inspection. Texts in them are private: they leave the command beside the event, never in it."""

from datetime import date

from domain.documents import BlobRef, DocCommand
from domain.ids import TicketId, UnitId
from domain.inspection.values import CheckItem, Instant, Premises
from domain.inspection.words import How, Measure, Result, Service, Severity


class PlanWords(DocCommand, frozen=True, kw_only=True):
    """What a plan says. `co_units` without the lead."""

    title: str
    area: str
    lead: UnitId
    co_units: tuple[UnitId, ...] = ()
    tickets: tuple[TicketId, ...] = ()
    premises: tuple[Premises, ...]
    items: tuple[CheckItem, ...]
    templates: tuple[str, ...] = ()
    starts_at: Instant
    ends_at: Instant
    purpose: str = ""
    meeting_point: str = ""


class MakePlan(PlanWords, frozen=True, kw_only=True, tag="plan"):
    """发起: a new inspection, from none, one or several tickets."""


class Revise(PlanWords, frozen=True, kw_only=True, tag="revise"):
    """The whole plan anew, while nobody was asked yet."""


class Issue(DocCommand, frozen=True, kw_only=True, tag="issue"):
    """Ask the units: the assignment sheet goes out."""


class CheckIn(DocCommand, frozen=True, kw_only=True, tag="check_in"):
    unit: UnitId
    how: How
    metres: float | None = None
    """From the meeting point, for `position`."""
    at: Instant | None = None
    """When it was, from a desk that had no line then. None = now."""


class Find(DocCommand, frozen=True, kw_only=True, tag="find"):
    """The result of one cell; given again it replaces the finding, until the premises has its notice."""

    item: str
    premises: str
    result: Result
    severity: Severity | None = None
    limit_days: int | None = None
    text: str = ""
    demand: str = ""
    photos: tuple[BlobRef, ...] = ()
    at: Instant | None = None
    """As of a check-in."""


class AddPhoto(DocCommand, frozen=True, kw_only=True, tag="add_photo"):
    item: str
    premises: str
    photo: BlobRef


class Urge(DocCommand, frozen=True, kw_only=True, tag="urge"):
    unit: UnitId
    text: str = ""


class EndFindings(DocCommand, frozen=True, kw_only=True, tag="end_findings"):
    """The lead goes on although cells are open, and says why."""

    text: str


class ReturnPart(DocCommand, frozen=True, kw_only=True, tag="return_part"):
    """These cells of a unit are to be checked again."""

    unit: UnitId
    cells: tuple[tuple[str, str], ...]
    text: str


class IssueNotice(DocCommand, frozen=True, kw_only=True, tag="issue_notice"):
    premises: str
    measures: tuple[Measure, ...]
    deadline: date
    addressee: str
    text: str = ""
    """Further demands in words."""


class ServeNotice(DocCommand, frozen=True, kw_only=True, tag="serve_notice"):
    no: str
    service: Service
    receiver: str = ""
    receipt: BlobRef | None = None


class SetRecheck(DocCommand, frozen=True, kw_only=True, tag="set_recheck"):
    on: date
    units: tuple[UnitId, ...] = ()


class Rectify(DocCommand, frozen=True, kw_only=True, tag="rectify"):
    """One failed cell is said to be put right; the re-check will tell."""

    item: str
    premises: str
    photos: tuple[BlobRef, ...] = ()


class RecordRecheck(DocCommand, frozen=True, kw_only=True, tag="record_recheck"):
    """One premises was seen again. `failed`: item codes that are still not in order; the others passed."""

    premises: str
    failed: tuple[str, ...] = ()
    next_on: date | None = None
    text: str = ""


class ScorePart(DocCommand, frozen=True, kw_only=True, tag="score_part"):
    """`quality`: points for how well it was done, up to their weight; None = all that the returns leave."""

    unit: UnitId
    quality: float | None = None


class Close(DocCommand, frozen=True, kw_only=True, tag="close"):
    text: str
    """Closing summary."""
    open_reason: str = ""


class Cancel(DocCommand, frozen=True, kw_only=True, tag="cancel"):
    text: str


Command = (
    MakePlan
    | Revise
    | Issue
    | CheckIn
    | Find
    | AddPhoto
    | Urge
    | EndFindings
    | ReturnPart
    | IssueNotice
    | ServeNotice
    | SetRecheck
    | Rectify
    | RecordRecheck
    | ScorePart
    | Close
    | Cancel
)
