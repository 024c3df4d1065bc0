"""From the first word to a case on file: report, verify, file, refuse, merge."""

from math import isfinite

from domain import commands, events
from domain.catalogue import Item
from domain.lifecycle.codes import Code
from domain.lifecycle.core import Context, Decision, Rejection, Step, private, refuse, unknown_unit, without_reason
from domain.lifecycle.placing import placed
from domain.ticket import Point, Ticket
from domain.vocabulary import OPEN_STATES, URGENCY_RANK, Role, Stage, Urgency, Verification


def report(command: commands.Report, ctx: Context) -> Decision | Rejection:
    """A new ticket. The same source and external_ref is the same ticket: the store answers that before it asks here."""
    item = ctx.rules.catalogue.current(command.item, ctx.now)
    if item is None:
        return refuse(Code.UNKNOWN_ITEM, item=command.item)
    wrong = _report_guard(command, item, ctx)
    if wrong:
        return wrong
    area, placement = placed(command.area, ctx.ground)
    event = events.Reported(
        source=command.source,
        external_ref=command.external_ref,
        area=area,
        item=item.code,
        item_version=item.version,
        nature=command.nature,
        channel=command.channel,
        urgency=command.urgency or item.urgency,
        loop=command.loop,
        level=ctx.rules.first_level,
        point=command.point,
        unit=command.unit,
        simulated=command.simulated,
        recorded_until=command.recorded_until,
        stage=ctx.rules.stage_clock(Stage.ACCEPT, ctx.now),
        placement=placement,
    )
    return Decision(event, _private_of(command))


def _private_of(command: commands.Report) -> dict[str, str]:
    """What was said and who said it: beside the event, each in a field of its own."""
    fields = {"text": command.text, "caller": command.caller, "phone": command.phone, "address": command.address}
    return {name: value.strip() for name, value in fields.items() if value.strip()}


def _report_guard(command: commands.Report, item: Item, ctx: Context) -> Rejection | None:
    if command.area not in ctx.rules.areas:
        return refuse(Code.UNKNOWN_AREA, area=command.area)
    areas = ctx.actor.scope.areas
    if areas and not any(command.area.startswith(area) for area in areas):
        return refuse(Code.SCOPE)
    if not command.external_ref.strip():
        return refuse(Code.EXTERNAL_REF_REQUIRED)
    if command.point is not None and not _on_earth(command.point):
        return refuse(Code.BAD_POINT)
    if command.recorded_until is not None:
        if not ctx.actor.import_right:
            return refuse(Code.IMPORT_RIGHT)
        if command.recorded_until.tzinfo is None:
            return refuse(Code.BAD_TIME)
    if ctx.actor.role is not Role.SOURCE and _raises(command.urgency, item.urgency) and not command.text.strip():
        return refuse(Code.REASON_REQUIRED)
    return unknown_unit(() if command.unit is None else (command.unit,), ctx)


def _on_earth(point: Point) -> bool:
    return isfinite(point.lon) and isfinite(point.lat) and abs(point.lon) <= 180 and abs(point.lat) <= 90


def _raises(wanted: Urgency | None, usual: Urgency) -> bool:
    return wanted is not None and URGENCY_RANK[wanted] < URGENCY_RANK[usual]


def _request_verification(command: commands.RequestVerification, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    stage = ctx.rules.stage_clock(Stage.VERIFY, ctx.now)
    assert stage is not None
    return Decision(events.VerificationRequested(stage=stage), private(command.text))


def _record_verification(command: commands.RecordVerification, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    stage = ctx.rules.stage_clock(Stage.ACCEPT, ctx.now)
    return Decision(events.VerificationRecorded(result=command.result, stage=stage), private(command.text))


def _may_file(ticket: Ticket, ctx: Context) -> Rejection | None:
    return refuse(Code.NOT_FOUND_ON_SITE) if ticket.verification is Verification.NOT_FOUND else None


def _file(command: commands.File, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    """Files under the item version in force now; from here the business limit runs, counted from the report."""
    code = command.item or ticket.item
    item = ctx.rules.catalogue.current(code, ctx.now)
    if item is None:
        return refuse(Code.UNKNOWN_ITEM, item=code)
    usual = min(item.urgency, ticket.urgency, key=URGENCY_RANK.__getitem__)
    if _raises(command.urgency, usual) and not command.text.strip():
        return refuse(Code.REASON_REQUIRED)
    event = events.Filed(
        item=item.code,
        item_version=item.version,
        urgency=command.urgency or usual,
        business=ctx.rules.business_clock(item, ticket.reported_at),
        stage=ctx.rules.stage_clock(Stage.DISPATCH, ctx.now),
    )
    return Decision(event, private(command.text))


def _refuse(command: commands.Refuse, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    wrong = without_reason(command.text)
    if wrong:
        return wrong
    event = events.Refused(referred_to=command.referred_to.strip(), no_item=command.no_item)
    return Decision(event, private(command.text))


def _may_merge(ticket: Ticket, ctx: Context) -> Rejection | None:
    """Two levels only: neither a ticket that others were merged into, nor the parent of open children, is merged away."""
    if ctx.followers:
        return refuse(Code.HAS_FOLLOWERS, count=ctx.followers)
    if ctx.open_children:
        return refuse(Code.OPEN_CHILDREN, count=ctx.open_children)
    return None


def _merge(command: commands.Merge, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    target = ctx.other
    if command.into == ticket.id:
        return refuse(Code.ITSELF)
    if target is None or target.id != command.into:
        return refuse(Code.UNKNOWN_TICKET, ticket=command.into)
    if target.state not in OPEN_STATES:
        return refuse(Code.TARGET_ENDED, state=target.state)
    return Decision(events.Merged(into=target.id), private(command.text))


STEPS: dict[type[commands.Base], Step] = {
    commands.RequestVerification: Step(_request_verification),
    commands.RecordVerification: Step(_record_verification),
    commands.File: Step(_file, _may_file),
    commands.Refuse: Step(_refuse),
    commands.Merge: Step(_merge, _may_merge),
}
