"""评分 and 办结: each unit scored on its own part, once, and the end of the whole."""

from msgspec.structs import replace

from domain.documents import DocContext, DocDecision, refuse
from domain.inspection import commands, events
from domain.inspection.core import MOST_TEXT, Step, by_desk, part_or_refusal, private, too_long
from domain.inspection.scoring import most_quality, score
from domain.inspection.values import Inspection
from domain.inspection.words import InspectionCode as Code
from domain.inspection.words import InspectionState
from domain.lifecycle.core import Rejection
from domain.vocabulary import PartState


def _may_score(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    waiting = [part for part in inspection.parts if part.score is None]
    if not waiting:
        return refuse(Code.SCORED_ALREADY, unit="")
    if any(part.state is PartState.REPORTED for part in waiting):
        return None
    return refuse(Code.PART_NOT_REPORTED, unit=waiting[0].unit, open=len(inspection.open_cells(unit=waiting[0].unit)))


def _score_part(command: commands.ScorePart, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    part = part_or_refusal(inspection, command.unit)
    if isinstance(part, Rejection):
        return part
    if part.score is not None:
        return refuse(Code.SCORED_ALREADY, unit=part.unit)
    if part.lead and not by_desk(ctx.actor):
        return refuse(Code.OWN_PART)
    if part.state is not PartState.REPORTED:
        return refuse(Code.PART_NOT_REPORTED, unit=part.unit, open=len(inspection.open_cells(unit=part.unit)))
    most = most_quality(part, ctx.rules.weights)
    if command.quality is not None and not 0 <= command.quality <= most:
        return refuse(Code.BAD_SCORE, most=most)
    given = score(inspection, part, ctx.rules.weights, command.quality)
    scored = replace(part, state=PartState.ACCEPTED, score=given)
    return DocDecision(events.PartScored(state=inspection.state, part=scored))


def _may_close(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    missing = inspection.without_notice()
    if missing:
        return refuse(Code.NOTICE_FIRST, premises=missing[0])
    return refuse(Code.RECHECK_FIRST, left=len(inspection.to_recheck())) if inspection.to_recheck() else None


def _close(command: commands.Close, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    if not command.text.strip():
        return refuse(Code.SUMMARY_REQUIRED)
    wrong = too_long(MOST_TEXT, text=command.text, open_reason=command.open_reason)
    if wrong is not None:
        return wrong
    still_open = inspection.open_units()
    if still_open and not command.open_reason.strip():
        return refuse(Code.UNITS_OPEN, units=list(still_open))
    scores = {
        str(part.unit): score(inspection, part, ctx.rules.weights) for part in inspection.parts if part.score is None
    }
    event = events.Closed(state=InspectionState.CLOSED, scores=scores, open_units=still_open)
    reason = command.open_reason if still_open else ""
    return DocDecision(event, private(text=command.text, open_reason=reason))


STEPS: dict[type, Step] = {
    commands.ScorePart: Step(_score_part, _may_score),
    commands.Close: Step(_close, _may_close),
}
