"""报到 and 检查: who came and how late, what was found in each cell, urging, going on without the rest, and giving work back."""

from datetime import timedelta

from msgspec.structs import replace

from domain.documents import DocContext, DocDecision, refuse
from domain.inspection import commands, events
from domain.inspection.core import (
    MOST_LIMIT_DAYS,
    MOST_METRES,
    MOST_PHOTOS,
    MOST_TEXT,
    Step,
    any_own_part,
    by_desk,
    done_at,
    not_for,
    part_after,
    part_or_refusal,
    private,
    state_of_findings,
    too_long,
    without_reason,
)
from domain.inspection.values import Finding, Inspection, Part, cell_key
from domain.inspection.words import How, InspectionState, Result
from domain.inspection.words import InspectionCode as Code
from domain.lifecycle.core import Rejection
from domain.vocabulary import PartState

# -- check-in ---------------------------------------------------------------------------------------


def _not_there(part: Part) -> Rejection | None:
    return None if part.arrived_at is None else refuse(Code.ALREADY_CHECKED_IN, unit=part.unit)


def _may_check_in(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    return any_own_part(inspection, ctx, _not_there)


def _check_in(command: commands.CheckIn, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    part = part_or_refusal(inspection, command.unit)
    if isinstance(part, Rejection):
        return part
    wrong = not_for(ctx, command.unit) or _not_there(part)
    if wrong is not None:
        return wrong
    metres = command.metres if command.how is How.POSITION else None
    if metres is not None and not 0 <= metres <= MOST_METRES:
        return refuse(Code.BAD_METRES)
    at = done_at(command.at, inspection, ctx)
    if isinstance(at, Rejection):
        return at
    late_s = max(0.0, (at - part.check_in_due_at) / timedelta(seconds=1))
    part = replace(part, state=PartState.ARRIVED, arrived_at=at, how=command.how, metres=metres, late_s=late_s)
    part = part_after(inspection, part, at, len(inspection.open_cells(unit=part.unit)))
    # The checking begins with the first who is there: nobody waits for the last one.
    return DocDecision(events.CheckedIn(state=InspectionState.UNDER_WAY, part=part, told=by_desk(ctx.actor)))


# -- findings ---------------------------------------------------------------------------------------


def _may_find(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    def there(part: Part) -> Rejection | None:
        return None if part.arrived_at is not None else refuse(Code.CHECK_IN_FIRST, unit=part.unit)

    return any_own_part(inspection, ctx, there)


def _find(command: commands.Find, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    part = _checker(inspection, command.item, command.premises, ctx)
    if isinstance(part, Rejection):
        return part
    wrong = _unfit(command) or _fixed(inspection, command.premises)
    if wrong is not None:
        return wrong
    at = done_at(command.at, inspection, ctx)
    if isinstance(at, Rejection):
        return at
    finding = Finding(
        result=command.result,
        severity=command.severity,
        limit_days=command.limit_days,
        photos=command.photos,
        by=part.unit,
        at=at,
    )
    known = inspection.finding(command.item, command.premises) is not None
    open_all = len(inspection.open_cells()) - (not known)
    open_own = len(inspection.open_cells(unit=part.unit)) - (not known)
    event = events.Found(
        state=state_of_findings(inspection, open_all),
        item=command.item,
        premises=command.premises,
        finding=finding,
        part=part_after(inspection, part, at, open_own),
        told=by_desk(ctx.actor),
    )
    return DocDecision(event, private(text=command.text, demand=command.demand))


def _checker(inspection: Inspection, code: str, letter: str, ctx: DocContext) -> Part | Rejection:
    """The unit that answers for a cell: there, and the actor's own."""
    item = inspection.item(code)
    if item is None or inspection.premises(letter) is None:
        return refuse(Code.UNKNOWN_CELL, item=code, premises=letter)
    part = part_or_refusal(inspection, item.unit)
    if isinstance(part, Rejection):
        return part
    wrong = not_for(ctx, part.unit)
    if wrong is None and part.arrived_at is None:
        wrong = refuse(Code.CHECK_IN_FIRST, unit=part.unit)
    return wrong or part


def _unfit(command: commands.Find) -> Rejection | None:
    if command.result is Result.VIOLATION:
        if command.severity is None:
            return refuse(Code.SEVERITY_REQUIRED)
        if command.limit_days is not None and not 0 < command.limit_days <= MOST_LIMIT_DAYS:
            return refuse(Code.BAD_LIMIT, most=MOST_LIMIT_DAYS)
    elif command.severity is not None or command.limit_days is not None or command.demand.strip():
        return refuse(Code.SEVERITY_OF_OK)
    if len(command.photos) > MOST_PHOTOS:
        return refuse(Code.TOO_MANY, what="photos", most=MOST_PHOTOS)
    return too_long(MOST_TEXT, text=command.text, demand=command.demand)


def _fixed(inspection: Inspection, letter: str) -> Rejection | None:
    return None if inspection.notice_of(letter) is None else refuse(Code.UNDER_NOTICE, premises=letter)


def _add_photo(command: commands.AddPhoto, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    part = _checker(inspection, command.item, command.premises, ctx)
    if isinstance(part, Rejection):
        return part
    found = inspection.finding(command.item, command.premises)
    if found is None:
        return refuse(Code.NO_FINDING, item=command.item, premises=command.premises)
    if len(found.photos) >= MOST_PHOTOS:
        return refuse(Code.TOO_MANY, what="photos", most=MOST_PHOTOS)
    return DocDecision(
        events.PhotoAdded(state=inspection.state, item=command.item, premises=command.premises, photo=command.photo)
    )


# -- the lead ---------------------------------------------------------------------------------------


def _may_urge(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    return None if inspection.open_units() else refuse(Code.ALL_IN)


def _urge(command: commands.Urge, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    part = part_or_refusal(inspection, command.unit)
    if isinstance(part, Rejection):
        return part
    if part.unit not in inspection.open_units():
        return refuse(Code.ALL_IN)
    wrong = too_long(MOST_TEXT, text=command.text)
    event = events.Urged(state=inspection.state, part=replace(part, urged=part.urged + 1))
    return wrong or DocDecision(event, private(text=command.text))


def _end_findings(command: commands.EndFindings, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    wrong = without_reason(command.text)
    event = events.FindingsEnded(state=InspectionState.FINDINGS_IN, open_units=inspection.open_units())
    return wrong or DocDecision(event, private(text=command.text))


def _return_part(command: commands.ReturnPart, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    part = part_or_refusal(inspection, command.unit)
    if isinstance(part, Rejection):
        return part
    if part.score is not None:
        return refuse(Code.SCORED_ALREADY, unit=part.unit)
    if part.state is not PartState.REPORTED:
        return refuse(Code.PART_NOT_REPORTED, unit=part.unit, open=len(inspection.open_cells(unit=part.unit)))
    if part.lead and not by_desk(ctx.actor):
        return refuse(Code.OWN_PART)
    wrong = _cells_to_return(command, inspection) or without_reason(command.text)
    if wrong is not None:
        return wrong
    back = replace(part, state=PartState.RETURNED, returns=part.returns + 1, reported_at=None)
    event = events.PartReturned(state=InspectionState.UNDER_WAY, part=back, cells=command.cells)
    return DocDecision(event, private(text=command.text))


def _cells_to_return(command: commands.ReturnPart, inspection: Inspection) -> Rejection | None:
    if not command.cells:
        return refuse(Code.NO_CELLS)
    for code, letter in command.cells:
        item = inspection.item(code)
        if item is None or item.unit != command.unit:
            return refuse(Code.NOT_ITS_CELL, item=code, premises=letter)
        if cell_key(code, letter) not in inspection.findings:
            return refuse(Code.NO_FINDING, item=code, premises=letter)
        wrong = _fixed(inspection, letter)
        if wrong is not None:
            return wrong
    return None


def _may_return(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    if any(part.state is PartState.REPORTED and part.score is None for part in inspection.parts):
        return None
    return refuse(Code.PART_NOT_REPORTED, open=len(inspection.open_cells()))


STEPS: dict[type, Step] = {
    commands.CheckIn: Step(_check_in, _may_check_in),
    commands.Find: Step(_find, _may_find),
    commands.AddPhoto: Step(_add_photo),
    commands.Urge: Step(_urge, _may_urge),
    commands.EndFindings: Step(_end_findings),
    commands.ReturnPart: Step(_return_part, _may_return),
}
