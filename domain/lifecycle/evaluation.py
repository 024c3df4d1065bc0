"""After closing: call-back 回访 and appeal against a lateness (domain.md §6)."""

from hashlib import blake2b

from domain import commands, events
from domain.lifecycle.codes import Code
from domain.lifecycle.core import Context, Decision, Rejection, Step, of_unit, private, refuse, without_reason
from domain.projection import current_call_back
from domain.ticket import Ticket


def _may_call(ticket: Ticket, ctx: Context) -> Rejection | None:
    call = current_call_back(ticket)
    if call is not None and (call.reached or call.attempts >= ctx.rules.call_attempts):
        return refuse(Code.CALL_BACK_DONE, attempts=call.attempts)
    return None


def _record_call_back(command: commands.RecordCallBack, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    if command.reached and command.opinion is None:
        return refuse(Code.OPINION_REQUIRED)
    if not command.reached and (command.opinion is not None or command.solved is not None):
        return refuse(Code.NOT_REACHED)
    event = events.CalledBack(reached=command.reached, solved=command.solved, opinion=command.opinion)
    return Decision(event, private(command.text))


def _may_appeal(ticket: Ticket, ctx: Context) -> Rejection | None:
    wrong = of_unit(ticket, ctx)
    if wrong:
        return wrong
    if ticket.appeal is not None:
        return refuse(Code.APPEAL_ONCE)
    return None if ticket.on_time is False else refuse(Code.NOT_LATE)


def _appeal(command: commands.FileAppeal, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    return without_reason(command.text) or Decision(events.Appealed(), private(command.text))


def _reviewer(ticket: Ticket, ctx: Context) -> str:
    """Tells two people apart without naming the account: events travel to every desk."""
    return blake2b(f"{ticket.id}/{ctx.actor.user}".encode(), digest_size=8).hexdigest()


def _may_review(ticket: Ticket, ctx: Context) -> Rejection | None:
    appeal = ticket.appeal
    if appeal is None:
        return refuse(Code.NO_APPEAL)
    if appeal.granted is not None:
        return refuse(Code.APPEAL_DECIDED)
    if ctx.actor.unit is not None and ctx.actor.unit == ticket.unit:
        return refuse(Code.OWN_UNIT)
    reviewer = _reviewer(ticket, ctx)
    return refuse(Code.REVIEWER_TWICE) if any(one == reviewer for one, _ in appeal.reviews) else None


def _review_appeal(command: commands.ReviewAppeal, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    """Two people decide; granted only if both say yes. The lateness itself stays on the ticket."""
    wrong = without_reason(command.text)
    if wrong or ticket.appeal is None:
        return wrong or refuse(Code.NO_APPEAL)
    votes = [grant for _, grant in ticket.appeal.reviews] + [command.grant]
    granted = all(votes) if len(votes) >= ctx.rules.reviewers else None
    event = events.AppealReviewed(reviewer=_reviewer(ticket, ctx), grant=command.grant, granted=granted)
    return Decision(event, private(command.text))


STEPS: dict[type[commands.Base], Step] = {
    commands.RecordCallBack: Step(_record_call_back, _may_call),
    commands.FileAppeal: Step(_appeal, _may_appeal),
    commands.ReviewAppeal: Step(_review_appeal, _may_review),
}
