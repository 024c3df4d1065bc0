"""The one door: a command becomes its event or a code why not, and what a seat could do is offered with the reasons.

Order of questions: role, existence and scope are domain.documents' (before this); then the state, the lead, the guard of the
command, its arguments.
"""

from domain.documents import DocContext, DocDecision, name_of, refuse
from domain.inspection import commands, finishing, on_site, papers, planning
from domain.inspection.core import Step, acts_for
from domain.inspection.matrix import MATRIX
from domain.inspection.values import Inspection
from domain.inspection.words import InspectionCode as Code
from domain.inspection.words import InspectionState
from domain.lifecycle.core import Offer, Rejection

STEPS: dict[type, Step] = {**planning.STEPS, **on_site.STEPS, **papers.STEPS, **finishing.STEPS}
_BY_NAME: dict[str, Step] = {name_of(kind): step for kind, step in STEPS.items()}


def decide(command: commands.Command, inspection: Inspection | None, ctx: DocContext) -> DocDecision | Rejection:
    if isinstance(command, commands.MakePlan):
        return planning.plan(command, ctx)
    assert inspection is not None  # domain.documents.decide has looked
    step = STEPS[type(command)]
    return _guard(name_of(command), step, inspection, ctx) or step.make(command, inspection, ctx)


def offers(inspection: Inspection, ctx: DocContext) -> tuple[Offer, ...]:
    """Every command that the role could ever give on an inspection, in the order of its way; ok, or the code why not."""
    found = []
    for name, step in _BY_NAME.items():
        if ctx.actor.role not in MATRIX[name].roles:
            continue
        wrong = _guard(name, step, inspection, ctx)
        if wrong is None:
            found.append(Offer(command=name, ok=True))
        else:
            found.append(Offer(command=name, ok=False, code=wrong.code, detail=wrong.detail))
    return tuple(found)


def _guard(name: str, step: Step, inspection: Inspection, ctx: DocContext) -> Rejection | None:
    row = MATRIX[name]
    if inspection.state not in row.states:
        return _state_refusal(name, inspection)
    if row.lead_only and not acts_for(ctx, inspection.plan.lead):
        return refuse(Code.NOT_LEAD, unit=inspection.plan.lead)
    return step.check(inspection, ctx) if step.check else None


def _state_refusal(name: str, inspection: Inspection) -> Rejection:
    """Where a plain "state" would hide what is missing."""
    if name == "close" and inspection.state is InspectionState.UNDER_WAY:
        return refuse(Code.UNITS_OPEN, units=list(inspection.open_units()))
    return refuse(Code.STATE, state=inspection.state)
