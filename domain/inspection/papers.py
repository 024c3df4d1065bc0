"""文书, 整改 and 复查: notices with number and deadline, their service, what was put right, and what the re-check saw."""

from datetime import date

from domain.documents import DocContext, DocDecision, refuse
from domain.ids import UnitId
from domain.inspection import commands, events
from domain.inspection.core import MOST_NAME, MOST_PHOTOS, MOST_TEXT, Step, by_desk, not_for, private, too_long
from domain.inspection.values import Inspection, Notice, cell_key
from domain.inspection.words import LETTERS, InspectionState
from domain.inspection.words import InspectionCode as Code
from domain.lifecycle.core import Rejection

ID_PREFIX = "LJ"
"""联检."""


def today(ctx: DocContext) -> date:
    """The day of the site: deadlines and re-checks are days on a paper, not instants."""
    return ctx.now.astimezone(ctx.rules.calendar.zone).date()


def notice_number(inspection_id: str, issued_on: date, letter: str) -> str:
    """2026-180316-0031-3: year, the inspection's own number, place of the premises. Unique, because the inspection's is."""
    bare = inspection_id.removeprefix(f"{ID_PREFIX}-")
    return f"{issued_on:%Y}-{bare}-{LETTERS.index(letter) + 1}"


# -- notices ----------------------------------------------------------------------------------------


def _may_issue(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    if not inspection.violations():
        return refuse(Code.NO_VIOLATION)
    return None if inspection.without_notice() else refuse(Code.NOTICE_EXISTS)


def _issue_notice(command: commands.IssueNotice, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    wrong = _premises_without_notice(command.premises, inspection)
    wrong = wrong or too_long(MOST_NAME * 2, addressee=command.addressee) or too_long(MOST_TEXT, text=command.text)
    if wrong is not None:
        return wrong
    if not command.measures:
        return refuse(Code.NO_MEASURE)
    if not command.addressee.strip():
        return refuse(Code.ADDRESSEE_REQUIRED)
    if command.deadline <= today(ctx):
        return refuse(Code.BAD_DEADLINE)
    notice = Notice(
        no=notice_number(inspection.id, today(ctx), command.premises),
        premises=command.premises,
        measures=tuple(dict.fromkeys(command.measures)),
        deadline=command.deadline,
        cells=tuple(code for code, _ in inspection.violations(command.premises)),
        issued_at=ctx.now,
        by=ctx.actor.unit or inspection.plan.lead,
    )
    event = events.NoticeIssued(state=inspection.state, notice=notice)
    return DocDecision(event, private(addressee=command.addressee, text=command.text))


def _premises_without_notice(letter: str, inspection: Inspection) -> Rejection | None:
    if inspection.premises(letter) is None:
        return refuse(Code.BAD_LETTER, letter=letter)
    if inspection.notice_of(letter) is not None:
        return refuse(Code.NOTICE_EXISTS, premises=letter)
    still_open = inspection.open_cells(letter=letter)
    if still_open and inspection.state is InspectionState.UNDER_WAY:
        return refuse(Code.NOT_ALL_IN, premises=letter, open=len(still_open))
    return None if inspection.violations(letter) else refuse(Code.NO_VIOLATION, premises=letter)


def _may_serve(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    if not inspection.notices:
        return refuse(Code.UNKNOWN_NOTICE, no="")
    unserved = [notice for notice in inspection.notices if notice.served_at is None]
    return None if unserved else refuse(Code.ALREADY_SERVED, no=inspection.notices[-1].no)


def _serve_notice(command: commands.ServeNotice, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    notice = next((one for one in inspection.notices if one.no == command.no), None)
    if notice is None:
        return refuse(Code.UNKNOWN_NOTICE, no=command.no)
    if notice.served_at is not None:
        return refuse(Code.ALREADY_SERVED, no=notice.no)
    wrong = too_long(MOST_NAME, receiver=command.receiver)
    event = events.NoticeServed(
        state=inspection.state, no=notice.no, service=command.service, at=ctx.now, receipt=command.receipt
    )
    return wrong or DocDecision(event, private(receiver=command.receiver))


# -- putting right ----------------------------------------------------------------------------------


def _may_rectify(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    if not inspection.notices:
        return refuse(Code.NOTICE_FIRST, premises=inspection.plan.premises[0].letter)
    return None if inspection.to_recheck() else refuse(Code.NOTHING_TO_RECHECK)


def _rectify(command: commands.Rectify, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    cell = (command.item, command.premises)
    item = inspection.item(command.item)
    if item is None or inspection.premises(command.premises) is None:
        return refuse(Code.UNKNOWN_CELL, item=command.item, premises=command.premises)
    if inspection.notice_of(command.premises) is None:
        return refuse(Code.NOTICE_FIRST, premises=command.premises)
    if cell not in inspection.to_recheck():
        return refuse(Code.NOTHING_TO_RECHECK)
    found = inspection.findings[cell_key(*cell)]
    if found.rectified_at is not None:
        return refuse(Code.ALREADY_RECTIFIED, item=command.item, premises=command.premises)
    if len(found.photos) + len(command.photos) > MOST_PHOTOS:
        return refuse(Code.TOO_MANY, what="photos", most=MOST_PHOTOS)
    wrong = not_for(ctx, item.unit)
    event = events.Rectified(
        state=inspection.state,
        item=command.item,
        premises=command.premises,
        at=ctx.now,
        photos=command.photos,
        told=by_desk(ctx.actor),
    )
    return wrong or DocDecision(event)


# -- re-check ---------------------------------------------------------------------------------------


def _may_set(inspection: Inspection, ctx: DocContext) -> Rejection | None:
    missing = inspection.without_notice()
    if missing:
        return refuse(Code.NOTICE_FIRST, premises=missing[0])
    return None if inspection.to_recheck() else refuse(Code.NOTHING_TO_RECHECK)


def _set_recheck(command: commands.SetRecheck, inspection: Inspection, ctx: DocContext) -> DocDecision | Rejection:
    for unit in command.units:
        if inspection.part(unit) is None:
            return refuse(Code.NOT_A_PART, unit=unit)
    if command.on < today(ctx) or command.on < _latest_deadline(inspection):
        return refuse(Code.BAD_DATE)
    units = command.units or _checkers(inspection)
    return DocDecision(events.RecheckSet(state=InspectionState.RECTIFYING, on=command.on, units=units))


def _latest_deadline(inspection: Inspection) -> date:
    waiting = {letter for _, letter in inspection.to_recheck()}
    return max(notice.deadline for notice in inspection.notices if notice.premises in waiting)


def _checkers(inspection: Inspection) -> tuple[UnitId, ...]:
    """The units whose items failed: they see for themselves."""
    units = (inspection.item(code) for code, _ in inspection.to_recheck())
    return tuple(dict.fromkeys(item.unit for item in units if item is not None))


def _record_recheck(
    command: commands.RecordRecheck, inspection: Inspection, ctx: DocContext
) -> DocDecision | Rejection:
    wrong = _may_see_again(command, inspection, ctx)
    if wrong is not None:
        return wrong
    waiting = tuple(code for code, _ in inspection.to_recheck(command.premises))
    passed = tuple(code for code in waiting if code not in command.failed)
    rest = len(inspection.to_recheck()) - len(passed)
    event = events.Rechecked(
        state=InspectionState.RECTIFYING if rest else InspectionState.RECHECKED,
        premises=command.premises,
        passed=passed,
        failed=command.failed,
        at=ctx.now,
        next_on=command.next_on if command.failed else None,
    )
    return DocDecision(event, private(text=command.text))


def _may_see_again(command: commands.RecordRecheck, inspection: Inspection, ctx: DocContext) -> Rejection | None:
    if inspection.premises(command.premises) is None:
        return refuse(Code.BAD_LETTER, letter=command.premises)
    waiting = {code for code, _ in inspection.to_recheck(command.premises)}
    if not waiting:
        return refuse(Code.NOTHING_TO_RECHECK)
    units = (inspection.plan.lead, *inspection.recheck_units)
    answers = [not_for(ctx, unit) for unit in units]
    if None not in answers:
        return answers[0]
    for code in command.failed:
        if code not in waiting:
            return refuse(Code.UNKNOWN_CELL, item=code, premises=command.premises)
    if len(set(command.failed)) < len(command.failed):
        return refuse(Code.ITEM_TWICE, item=command.failed[0])
    if command.failed and (command.next_on is None or command.next_on <= today(ctx)):
        return refuse(Code.BAD_DATE)
    return too_long(MOST_TEXT, text=command.text)


STEPS: dict[type, Step] = {
    commands.IssueNotice: Step(_issue_notice, _may_issue),
    commands.ServeNotice: Step(_serve_notice, _may_serve),
    commands.Rectify: Step(_rectify, _may_rectify),
    commands.SetRecheck: Step(_set_recheck, _may_set),
    commands.RecordRecheck: Step(_record_recheck),
}
