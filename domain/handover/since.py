"""自我离开以来: what changed between two instants, for somebody who comes back. Values of the answer, and what counts as notable."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.handover.values import HourCount
from domain.kpi_types import OpenSplit
from domain.shifts.hours import Instant


class Touch(StrEnum):
    """How near a change is to who asks."""

    MINE = "mine"  # this person acted on it in the day before leaving
    AREA = "area"  # in the own area, or in a town of what is mine
    ALL = "all"


class Sign(StrEnum):
    """+ new · △ changed · − gone."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


NOTABLE: Mapping[str, Sign] = {
    "new_top": Sign.NEW,
    "urgency_raised": Sign.NEW,
    "supervised": Sign.NEW,
    "reopened": Sign.NEW,
    "escalated": Sign.CHANGED,
    "delay_granted": Sign.CHANGED,
    "suspended": Sign.CHANGED,
    "resumed": Sign.CHANGED,
    "request_refused": Sign.CHANGED,
    "appealed": Sign.CHANGED,
    "returned": Sign.CHANGED,
    "parts_changed": Sign.CHANGED,
    "closed": Sign.GONE,
    "force_closed": Sign.GONE,
    "voided": Sign.GONE,
    "merged": Sign.GONE,
    "refused": Sign.GONE,
}
"""Event → sign, the more notable first: of several changes of one ticket the first named here is told."""
RANK = {name: place for place, name in enumerate(NOTABLE)}
OTHER = "other"


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ticket or document that changed. `events` = how often; `at` = the last time."""

    entity: str = "ticket"
    id: str
    what: str
    at: Instant
    touch: Touch
    events: int = 1


class Counts(Struct, frozen=True, kw_only=True):
    """How things stood at one instant. `joint_missing` = joint tickets in which a unit has not checked in in time."""

    open: OpenSplit
    waiting: int = 0
    top_open: int = 0
    joint_missing: int = 0


class Since(Struct, frozen=True, kw_only=True):
    """`first`: this person was never here before, so there is nothing to compare with. `total` by touch counts all changes;
    `changes` holds the nearest and most notable ones. `then` is None where the past is too far to be counted."""

    since: datetime
    now: datetime
    first: bool = False
    then: Counts | None = None
    current: Counts | None = None
    accepted: int = 0
    closed: int = 0
    hours: tuple[HourCount, ...] = ()
    changes: tuple[Change, ...] = ()
    total: dict[Touch, int] = {}
    capped: bool = False
    """More happened than is looked through: `since` is then later than what was asked for."""
