"""The one door: a command on a ticket becomes a decision or a rejection, and what a role could do is offered.

Order of questions: is there a ticket, may this role (import right), does the session see it, does the state allow it, then the
command's own guard and arguments. The version check is the handler's, before this.
"""

from domain import commands
from domain.lifecycle import behalf, beside, closing, dispatching, evaluation, handling, intake, joint
from domain.lifecycle.codes import Code
from domain.lifecycle.core import Context, Decision, Offer, Rejection, Step, refuse
from domain.lifecycle.matrix import MATRIX
from domain.ticket import Ticket
from domain.vocabulary import Role, State

STEPS: dict[type[commands.Base], Step] = {
    **intake.STEPS,
    **dispatching.STEPS,
    **handling.STEPS,
    **joint.STEPS,
    **behalf.STEPS,
    **closing.STEPS,
    **beside.STEPS,
    **evaluation.STEPS,
}
_BY_NAME: dict[str, Step] = {commands.name_of(kind): step for kind, step in STEPS.items()}

_STATE_CODES: dict[tuple[str, State], Code] = {
    ("withdraw", State.HANDLING): Code.ALREADY_SIGNED,
}
"""Where a plain "state" would hide the real reason."""


def decide(command: commands.Command, ticket: Ticket | None, ctx: Context) -> Decision | Rejection:
    """What becomes of a command: the one event it makes true, or the code why not. Changes nothing."""
    name = commands.name_of(command)
    if isinstance(command, commands.Report):
        wrong = _role_guard(name, ctx) or (refuse(Code.EXISTS) if ticket is not None else None)
        return wrong or intake.report(command, ctx)
    wrong = _role_guard(name, ctx)
    if wrong:
        return wrong
    if ticket is None:
        return refuse(Code.NO_TICKET)
    step = STEPS[type(command)]
    return _guard(name, step, ticket, ctx) or step.make(command, ticket, ctx)


def offers(ticket: Ticket, ctx: Context) -> tuple[Offer, ...]:
    """Every command that the role could ever give on a ticket, in the order of a ticket's way; ok, or the code why not."""
    role = ctx.actor.role
    found = []
    for name, roles in MATRIX.items():
        if role not in roles or name == "report":
            continue
        wrong = _role_guard(name, ctx) or _guard(name, _BY_NAME[name], ticket, ctx)
        if wrong is None:
            found.append(Offer(command=name, ok=True))
        else:
            found.append(Offer(command=name, ok=False, code=wrong.code, detail=wrong.detail))
    return tuple(found)


def _role_guard(name: str, ctx: Context) -> Rejection | None:
    role = ctx.actor.role
    if role not in MATRIX.get(name, {}):
        return refuse(Code.ROLE, role=role)
    if role is Role.SOURCE and name != "report" and not ctx.actor.import_right:
        return refuse(Code.IMPORT_RIGHT)
    return None


def _guard(name: str, step: Step, ticket: Ticket, ctx: Context) -> Rejection | None:
    if not ctx.actor.scope.covers(ticket):
        return refuse(Code.SCOPE)
    if ticket.state not in MATRIX[name][ctx.actor.role]:
        return refuse(_STATE_CODES.get((name, ticket.state), Code.STATE), state=ticket.state)
    return step.check(ticket, ctx) if step.check else None
