"""代办: the centre records what a unit did and told by phone. The unit's own rules decide; the event says for whom it was recorded."""

from collections.abc import Mapping

from msgspec.structs import replace

from domain import commands, events
from domain.actor import Scope
from domain.ids import UnitId
from domain.lifecycle import dispatching, handling, joint
from domain.lifecycle.codes import Code
from domain.lifecycle.core import Context, Decision, Rejection, Step, part_of, refuse, unknown_unit, without_reason
from domain.lifecycle.matrix import allowed
from domain.ticket import Ticket
from domain.vocabulary import Role

_STEPS: Mapping[str, Step] = {
    "sign": dispatching.STEPS[commands.Sign],
    "report_result": handling.STEPS[commands.ReportResult],
    "check_in": joint.STEPS[commands.CheckIn],
    "report_part": joint.STEPS[commands.ReportPart],
}
ACTS = tuple(_STEPS)
"""What may be recorded for a unit, by the wire name of its own command."""


def open_acts(ticket: Ticket, ctx: Context) -> tuple[tuple[UnitId, str], ...]:
    """(unit, act) that could be recorded now: for the form of a screen, and whether the command is offered at all."""
    units = dict.fromkeys((*((ticket.unit,) if ticket.unit else ()), *(part.unit for part in ticket.parts)))
    return tuple((unit, act) for unit in units for act in ACTS if _why_not(ticket, unit, act, ctx) is None)


def _as_unit(ctx: Context, unit: UnitId) -> Context:
    return replace(ctx, actor=replace(ctx.actor, role=Role.HANDLER, unit=unit, scope=Scope(units=(unit,))))


def _why_not(ticket: Ticket, unit: UnitId, act: str, ctx: Context) -> Rejection | None:
    """What the unit itself would be told, from the table and the guard of its own command."""
    if not allowed(act, ticket.state, Role.HANDLER):
        return refuse(Code.STATE, state=ticket.state)
    part = part_of(ticket, unit)
    if act == "report_result" and unit != ticket.unit:
        return refuse(Code.NOT_YOUR_UNIT, unit=ticket.unit)
    if act == "sign" and part is None and unit != ticket.unit:
        return refuse(Code.NOT_A_PART, unit=unit)
    if act in ("check_in", "report_part") and (part is None or part.lead):
        return refuse(Code.NOT_A_PART if part is None else Code.LEAD_PART, unit=unit)
    if act == "check_in" and part is not None and part.arrived_at is not None:
        return refuse(Code.ALREADY_CHECKED_IN)
    check = _STEPS[act].check
    return check(ticket, _as_unit(ctx, unit)) if check else None


def _may_act_for(ticket: Ticket, ctx: Context) -> Rejection | None:
    return None if open_acts(ticket, ctx) else refuse(Code.ACT_NOT_NOW)


def _act_for(command: commands.ActFor, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    wrong = without_reason(command.text) or unknown_unit((command.unit,), ctx)
    if wrong:
        return wrong
    if command.act not in ACTS:
        return refuse(Code.ACT_NOT_NOW, act=command.act, unit=command.unit, why="")
    wrong = _why_not(ticket, command.unit, command.act, ctx)
    made = wrong or _STEPS[command.act].make(_own_command(command, ticket), ticket, _as_unit(ctx, command.unit))
    if isinstance(made, Rejection):
        if made.code == Code.PARTS_OPEN:
            return made
        return refuse(Code.ACT_NOT_NOW, act=command.act, unit=command.unit, why=made.code)
    event = made.event
    assert isinstance(event, events.Signed | events.ResultReported | events.PartsChanged)
    texts = {**made.private, "text": command.text.strip()}
    return Decision(replace(event, on_behalf=command.unit), texts)


def _own_command(command: commands.ActFor, ticket: Ticket) -> commands.Base:
    if command.act == "sign":
        return commands.Sign()
    if command.act == "check_in":
        return commands.CheckIn(unit=command.unit)
    if command.act == "report_part":
        return commands.ReportPart(unit=command.unit)
    level = command.resolved_level or ticket.level
    return commands.ReportResult(resolved_level=level, parts_open_reason=command.parts_open_reason)


STEPS: dict[type[commands.Base], Step] = {commands.ActFor: Step(_act_for, _may_act_for)}
