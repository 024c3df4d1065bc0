"""发起 and 勾选协办: the plan, its checks, and asking the units."""

from domain.documents import DocContext, DocDecision, refuse
from domain.inspection import commands, events
from domain.inspection.core import MOST_ITEMS, MOST_NAME, MOST_TEXT, Step, acts_for, private, too_long, without_reason
from domain.inspection.values import Inspection, Part, Plan
from domain.inspection.words import LETTERS, InspectionState
from domain.inspection.words import InspectionCode as Code
from domain.lifecycle.core import Rejection


def plan(command: commands.MakePlan, ctx: DocContext) -> DocDecision | Rejection:
    return _made(command, ctx, events.Planned)


def _revise(command: commands.Revise, _: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    return _made(command, ctx, events.Revised)


def _made(command: commands.PlanWords, ctx: DocContext, kind: type[events.PlanMade]) -> DocDecision | Rejection:
    wrong = _words(command) or _who(command, ctx) or _where(command, ctx) or _list(command)
    if wrong is not None:
        return wrong
    plan = Plan(
        title=command.title.strip(),
        templates=command.templates,
        tickets=command.tickets,
        lead=command.lead,
        premises=command.premises,
        items=command.items,
        starts_at=command.starts_at,
        ends_at=command.ends_at,
    )
    parts = tuple(
        Part(unit=unit, lead=unit == command.lead, check_in_due_at=command.starts_at, due_at=command.ends_at)
        for unit in (command.lead, *command.co_units)
    )
    event = kind(state=InspectionState.PLANNED, area=command.area, plan=plan, parts=parts)
    return DocDecision(event, private(purpose=command.purpose, meeting_point=command.meeting_point))


def _words(command: commands.PlanWords) -> Rejection | None:
    if not command.title.strip():
        return refuse(Code.TITLE_REQUIRED)
    wrong = too_long(MOST_NAME, title=command.title)
    wrong = wrong or too_long(MOST_TEXT, purpose=command.purpose, meeting_point=command.meeting_point)
    if wrong is None and command.ends_at <= command.starts_at:
        return refuse(Code.BAD_WINDOW)
    return wrong


def _who(command: commands.PlanWords, ctx: DocContext) -> Rejection | None:
    if not acts_for(ctx, command.lead):
        return refuse(Code.NOT_LEAD, unit=command.lead)
    seen = set()
    for unit in (command.lead, *command.co_units):
        if unit not in ctx.rules.units:
            return refuse(Code.UNKNOWN_UNIT, unit=unit)
        if unit in seen:
            return refuse(Code.UNIT_TWICE, unit=unit)
        seen.add(unit)
    return None


def _where(command: commands.PlanWords, ctx: DocContext) -> Rejection | None:
    if command.area not in ctx.rules.areas:
        return refuse(Code.UNKNOWN_AREA, area=command.area)
    for ticket in command.tickets:
        if ctx.ticket(ticket) is None:
            return refuse(Code.UNKNOWN_TICKET, ticket=ticket)
    if not command.premises:
        return refuse(Code.NO_PREMISES)
    if len(command.premises) > len(LETTERS):
        return refuse(Code.TOO_MANY, what="premises", most=len(LETTERS))
    for letter, premises in zip(LETTERS, command.premises, strict=False):
        if premises.letter != letter or not premises.name.strip():
            return refuse(Code.BAD_LETTER, letter=premises.letter)
        wrong = too_long(MOST_NAME, premises=premises.name, ref=premises.ref)
        if wrong is not None:
            return wrong
    return None


def _list(command: commands.PlanWords) -> Rejection | None:
    if not command.items:
        return refuse(Code.NO_ITEMS)
    if len(command.items) > MOST_ITEMS:
        return refuse(Code.TOO_MANY, what="items", most=MOST_ITEMS)
    units = {command.lead, *command.co_units}
    codes: set[str] = set()
    for item in command.items:
        if item.code in codes or not item.code.strip():
            return refuse(Code.ITEM_TWICE, item=item.code)
        codes.add(item.code)
        if item.unit not in units:
            return refuse(Code.NOBODY_CHECKS, item=item.name, unit=item.unit)
        wrong = too_long(MOST_NAME, item=item.name, group=item.group, code=item.code) or too_long(200, basis=item.basis)
        if wrong is not None:
            return wrong
    return None


def _issue(_: commands.Issue, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    return DocDecision(events.Issued(state=InspectionState.ISSUED))


def _cancel(command: commands.Cancel, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    wrong = without_reason(command.text)
    return wrong or DocDecision(events.Cancelled(state=InspectionState.CANCELLED), private(text=command.text))


STEPS: dict[type, Step] = {
    commands.Revise: Step(_revise),
    commands.Issue: Step(_issue),
    commands.Cancel: Step(_cancel),
}
