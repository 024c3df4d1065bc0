"""What an event made true. Pure; believes everything; needs no clock, no calendar and no look-up."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from domain.inspection import events
from domain.inspection.core import with_part
from domain.inspection.values import Finding, Inspection, Part, cell_key
from domain.inspection.words import ENDED
from domain.vocabulary import PartState


class ProjectionError(ValueError):
    """An event that cannot follow on this inspection."""


def apply(inspection: Inspection | None, doc_id: str, version: int, event: events.Event, at: datetime) -> Inspection:
    if isinstance(event, events.PlanMade):
        return _planned(inspection, doc_id, version, event, at)
    if inspection is None:
        raise ProjectionError(f"{doc_id}: {type(event).__name__} before the plan")
    changes = _changes(inspection, event)
    reached = inspection.reached
    if event.state not in reached:
        reached = {**reached, str(event.state): at}
    return replace(
        inspection,
        version=version,
        changed_at=at,
        state=event.state,
        is_open=event.state not in ENDED,
        reached=reached,
        **changes,
    )


def _planned(before: Inspection | None, doc_id: str, version: int, event: events.PlanMade, at: datetime) -> Inspection:
    return Inspection(
        id=doc_id,
        version=version,
        area=event.area,
        units=tuple(part.unit for part in event.parts),
        changed_at=at,
        plan=event.plan,
        state=event.state,
        parts=event.parts,
        reached=before.reached if before is not None else {str(event.state): at},
    )


def _changes(inspection: Inspection, event: events.Event) -> dict[str, Any]:
    match event:
        case events.CheckedIn(part=part) | events.Urged(part=part) | events.PartScored(part=part):
            return {"parts": with_part(inspection.parts, part)}
        case events.Found(item=item, premises=letter, finding=finding, part=part):
            return {**_cell(inspection, item, letter, finding), "parts": with_part(inspection.parts, part)}
        case events.PhotoAdded(item=item, premises=letter, photo=photo):
            found = _found(inspection, item, letter)
            return _cell(inspection, item, letter, replace(found, photos=(*found.photos, photo)))
        case events.FindingsEnded(open_units=units):
            return {"open_with_reason": units}
        case events.PartReturned(part=part, cells=cells):
            gone = {cell_key(*cell) for cell in cells}
            kept = {key: found for key, found in inspection.findings.items() if key not in gone}
            return {"findings": kept, "parts": with_part(inspection.parts, part)}
        case events.NoticeIssued(notice=notice):
            return {"notices": (*inspection.notices, notice)}
        case events.NoticeServed(no=no, service=service, at=at, receipt=receipt):
            served = (
                replace(one, served_at=at, service=service, receipt=receipt) if one.no == no else one
                for one in inspection.notices
            )
            return {"notices": tuple(served)}
        case events.RecheckSet(on=on, units=units):
            return {"recheck_on": on, "recheck_units": units}
        case events.Rectified(item=item, premises=letter, at=at, photos=photos):
            found = _found(inspection, item, letter)
            return _cell(inspection, item, letter, replace(found, rectified_at=at, photos=(*found.photos, *photos)))
        case events.Rechecked():
            return _rechecked(inspection, event)
        case events.Closed(scores=scores, open_units=units):
            return {"parts": tuple(_closed(part, scores) for part in inspection.parts), "open_with_reason": units}
        case _:
            return {}


def _closed(part: Part, scores: dict[str, Any]) -> Part:
    if part.unit not in scores:
        return part
    state = PartState.ACCEPTED if part.state is PartState.REPORTED else part.state
    return replace(part, score=scores[part.unit], state=state)


def _rechecked(inspection: Inspection, event: events.Rechecked) -> dict[str, Any]:
    findings = dict(inspection.findings)
    for code in event.passed:
        found = _found(inspection, code, event.premises)
        rectified_at = found.rectified_at or event.at
        findings[cell_key(code, event.premises)] = replace(found, rectified_at=rectified_at, passed_at=event.at)
    for code in event.failed:
        found = _found(inspection, code, event.premises)
        # Said to be right and seen not to be: the owner begins anew.
        findings[cell_key(code, event.premises)] = replace(found, rectified_at=None, failed=found.failed + 1)
    return {"findings": findings, "recheck_on": event.next_on or inspection.recheck_on}


def _found(inspection: Inspection, item: str, letter: str) -> Finding:
    found = inspection.finding(item, letter)
    if found is None:
        raise ProjectionError(f"{inspection.id}: no finding at {cell_key(item, letter)}")
    return found


def _cell(inspection: Inspection, item: str, letter: str, finding: Finding) -> dict[str, Any]:
    return {"findings": {**inspection.findings, cell_key(item, letter): finding}}
