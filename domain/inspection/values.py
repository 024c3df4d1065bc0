"""What an inspection is made of, and its state: the public projection that every desk holds.

Free texts (purpose, meeting point, what was found, demands, addressees) are private and not in here. The few questions
that everybody asks of a state are methods of it, so that rules, desk and papers count in one way only.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from domain.documents import BlobRef, DocumentState
from domain.ids import TicketId, UnitId
from domain.inspection.words import How, InspectionState, Measure, Result, Service, Severity
from domain.vocabulary import PartState

Instant = Annotated[datetime, Meta(tz=True)]
Cell = tuple[str, str]
"""(item code, letter of the premises)"""


class Premises(Struct, frozen=True, omit_defaults=True):
    """One place that is inspected. `ref`: its public register number, by which past inspections are found again."""

    letter: str
    name: str
    ref: str = ""


class CheckItem(Struct, frozen=True, omit_defaults=True):
    """One line of the checklist as it stood when the inspection was planned. `unit` checks it."""

    code: str
    group: str
    name: str
    basis: str
    unit: UnitId


class Score(Struct, frozen=True, kw_only=True):
    check_in: float
    on_time: float
    complete: float
    quality: float

    @property
    def total(self) -> float:
        return self.check_in + self.on_time + self.complete + self.quality


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The participation of one unit. `asked` before its check-in."""

    unit: UnitId
    lead: bool = False
    state: PartState = PartState.ASKED
    check_in_due_at: Instant
    due_at: Instant
    arrived_at: Instant | None = None
    how: How | None = None
    metres: float | None = None
    late_s: float = 0.0
    reported_at: Instant | None = None
    returns: int = 0
    urged: int = 0
    score: Score | None = None


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was found in one cell. Words stand in the private texts of the event that made it."""

    result: Result
    severity: Severity | None = None
    limit_days: int | None = None
    photos: tuple[BlobRef, ...] = ()
    by: UnitId | None = None
    at: Instant
    rectified_at: Instant | None = None
    passed_at: Instant | None = None
    """Re-checked and found in order."""
    failed: int = 0
    """Re-checks that it did not pass."""


class Notice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """责令整改通知书 for one premises. Addressee and wording are private."""

    no: str
    """For example 2026-0318-0001-3: year, number of the inspection, place of the premises."""
    premises: str
    measures: tuple[Measure, ...]
    deadline: date
    cells: tuple[str, ...]
    """Codes of the items that failed."""
    issued_at: Instant
    by: UnitId | None = None
    served_at: Instant | None = None
    service: Service | None = None
    receipt: BlobRef | None = None


class Plan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that is decided before the units are asked."""

    title: str
    templates: tuple[str, ...] = ()
    """Checklists it was made of, with their version: fire@2026-02."""
    tickets: tuple[TicketId, ...] = ()
    lead: UnitId
    premises: tuple[Premises, ...]
    items: tuple[CheckItem, ...]
    starts_at: Instant
    ends_at: Instant


class Inspection(DocumentState, frozen=True, kw_only=True):
    plan: Plan
    state: InspectionState = InspectionState.PLANNED
    parts: tuple[Part, ...]
    findings: dict[str, Finding] = field(default_factory=dict)
    """By `cell_key`."""
    notices: tuple[Notice, ...] = ()
    recheck_on: date | None = None
    recheck_units: tuple[UnitId, ...] = ()
    reached: dict[str, Instant] = field(default_factory=dict)
    """When each state was first reached."""
    open_with_reason: tuple[UnitId, ...] = ()
    """Units that were open when the lead went on or closed; the reason is in the record."""

    # -- the matrix -------------------------------------------------------------------------------

    def cells(self) -> Iterator[Cell]:
        """All items × premises, row by row."""
        for item in self.plan.items:
            for premises in self.plan.premises:
                yield item.code, premises.letter

    def finding(self, item: str, letter: str) -> Finding | None:
        return self.findings.get(cell_key(item, letter))

    def item(self, code: str) -> CheckItem | None:
        return next((item for item in self.plan.items if item.code == code), None)

    def premises(self, letter: str) -> Premises | None:
        return next((one for one in self.plan.premises if one.letter == letter), None)

    def open_cells(self, letter: str = "", unit: str = "") -> tuple[Cell, ...]:
        """Cells without a finding, of one premises or one unit, or of all."""
        return tuple(
            (item.code, one.letter)
            for item in self.plan.items
            for one in self.plan.premises
            if (not letter or one.letter == letter)
            and (not unit or item.unit == unit)
            and cell_key(item.code, one.letter) not in self.findings
        )

    def violations(self, letter: str = "") -> tuple[Cell, ...]:
        """Failed cells in the order of the list."""
        return tuple(
            (code, one)
            for code, one in self.cells()
            if (not letter or one == letter)
            and (found := self.finding(code, one)) is not None
            and found.result is Result.VIOLATION
        )

    def totals(self) -> dict[str, int]:
        """Cells by result, `open` for those without one: they add up to items × premises."""
        count = dict.fromkeys([*Result, "open"], 0)
        for code, letter in self.cells():
            found = self.finding(code, letter)
            count["open" if found is None else found.result] += 1
        return {str(name): n for name, n in count.items()}

    # -- what is left to do -----------------------------------------------------------------------

    def notice_of(self, letter: str) -> Notice | None:
        return next((notice for notice in self.notices if notice.premises == letter), None)

    def to_recheck(self, letter: str = "") -> tuple[Cell, ...]:
        """Failed cells that have not passed a re-check and were not handed to the enforcement."""
        gone = {notice.premises for notice in self.notices if Measure.TRANSFER in notice.measures}
        return tuple(
            (code, one)
            for code, one in self.violations(letter)
            if one not in gone and self.findings[cell_key(code, one)].passed_at is None
        )

    def without_notice(self) -> tuple[str, ...]:
        """Premises with violations and no notice yet."""
        letters = dict.fromkeys(letter for _, letter in self.violations())
        return tuple(letter for letter in letters if self.notice_of(letter) is None)

    # -- the units --------------------------------------------------------------------------------

    def part(self, unit: str | None) -> Part | None:
        return next((part for part in self.parts if part.unit == unit), None)

    def asked_of(self, unit: str) -> int:
        """How many cells a unit has to check."""
        return len(self.plan.premises) * sum(1 for item in self.plan.items if item.unit == unit)

    def done_by(self, unit: str) -> int:
        return self.asked_of(unit) - len(self.open_cells(unit=unit))

    def open_units(self) -> tuple[UnitId, ...]:
        """Units whose part is not in."""
        done = (PartState.REPORTED, PartState.ACCEPTED)
        return tuple(part.unit for part in self.parts if part.state not in done)


def cell_key(item: str, letter: str) -> str:
    return f"{item}/{letter}"
