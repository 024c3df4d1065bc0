"""Events of a joint inspection: codes and instants only. `state` is the state afterwards, `part` a unit's part as it then is."""

from datetime import date

from domain.documents import BlobRef, DocEvent
from domain.ids import UnitId
from domain.inspection.values import Finding, Instant, Notice, Part, Plan, Score
from domain.inspection.words import InspectionState, Service


class InspectionEvent(DocEvent, frozen=True, kw_only=True):
    state: InspectionState


class PlanMade(InspectionEvent, frozen=True, kw_only=True):
    area: str
    plan: Plan
    parts: tuple[Part, ...]


class Planned(PlanMade, frozen=True, kw_only=True, tag="planned"):
    pass


class Revised(PlanMade, frozen=True, kw_only=True, tag="revised"):
    pass


class Issued(InspectionEvent, frozen=True, kw_only=True, tag="issued"):
    pass


class CheckedIn(InspectionEvent, frozen=True, kw_only=True, tag="checked_in"):
    part: Part
    told: bool = False
    """The desk wrote it down for the unit (代办)."""


class Found(InspectionEvent, frozen=True, kw_only=True, tag="found"):
    item: str
    premises: str
    finding: Finding
    part: Part
    told: bool = False


class PhotoAdded(InspectionEvent, frozen=True, kw_only=True, tag="photo_added"):
    item: str
    premises: str
    photo: BlobRef


class Urged(InspectionEvent, frozen=True, kw_only=True, tag="urged"):
    part: Part


class FindingsEnded(InspectionEvent, frozen=True, kw_only=True, tag="findings_ended"):
    open_units: tuple[UnitId, ...]


class PartReturned(InspectionEvent, frozen=True, kw_only=True, tag="part_returned"):
    part: Part
    cells: tuple[tuple[str, str], ...]


class NoticeIssued(InspectionEvent, frozen=True, kw_only=True, tag="notice_issued"):
    notice: Notice


class NoticeServed(InspectionEvent, frozen=True, kw_only=True, tag="notice_served"):
    no: str
    service: Service
    at: Instant
    receipt: BlobRef | None = None


class RecheckSet(InspectionEvent, frozen=True, kw_only=True, tag="recheck_set"):
    on: date
    units: tuple[UnitId, ...]


class Rectified(InspectionEvent, frozen=True, kw_only=True, tag="rectified"):
    item: str
    premises: str
    at: Instant
    photos: tuple[BlobRef, ...] = ()
    told: bool = False


class Rechecked(InspectionEvent, frozen=True, kw_only=True, tag="rechecked"):
    premises: str
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    at: Instant
    next_on: date | None = None


class PartScored(InspectionEvent, frozen=True, kw_only=True, tag="part_scored"):
    part: Part


class Closed(InspectionEvent, frozen=True, kw_only=True, tag="closed"):
    scores: dict[str, Score]
    """Of the units that had none yet: after this every unit has one."""
    open_units: tuple[UnitId, ...] = ()


class Cancelled(InspectionEvent, frozen=True, kw_only=True, tag="cancelled"):
    pass


Event = (
    Planned
    | Revised
    | Issued
    | CheckedIn
    | Found
    | PhotoAdded
    | Urged
    | FindingsEnded
    | PartReturned
    | NoticeIssued
    | NoticeServed
    | RecheckSet
    | Rectified
    | Rechecked
    | PartScored
    | Closed
    | Cancelled
)
