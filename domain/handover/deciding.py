"""The one door: a command on a handover becomes its event or a code why not.

Order of questions: role, existence and scope are domain.documents' (before this); then whether it is signed, then the item, then
who asks, then the arguments. Who gives a shift and who takes it are told apart by marks, not by roles.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from domain.actor import ref_of
from domain.documents import DocCommand, DocContext, DocDecision, refuse
from domain.handover import commands, events
from domain.handover.canonical import record_hash, report_hash, same_report
from domain.handover.drafting import merged
from domain.handover.values import By, Check, Handover, Item, Question, ReadBack, ShiftPart, Signature, digest
from domain.handover.words import HandoverCode as Code
from domain.handover.words import HandoverState, ItemRule
from domain.lifecycle.core import Rejection
from domain.marks import mark_of
from domain.shifts import roster as rosters
from domain.shifts.hours import after, shift_of
from domain.shifts.roster import Roster, Slot, types_of
from domain.vocabulary import Role

MOST_TEXT = 500
MOST_ADDED = 50
MOST_AGO = timedelta(hours=24)
"""A handover is begun at most so long after its shift ended."""
Answer = DocDecision | Rejection


def decide(command: commands.Command, handover: Handover | None, ctx: DocContext) -> Answer:
    if isinstance(command, commands.Begin):
        return _begin(command, ctx)
    assert handover is not None  # domain.documents.decide has looked
    if isinstance(command, commands.Attach):
        return _attach(command, handover)
    if handover.state is HandoverState.SIGNED:
        return refuse(Code.SIGNED)
    if handover.state is HandoverState.DRAFTING and not isinstance(command, commands.Fill | commands.MarkLate):
        return refuse(Code.NOT_DRAFTED)
    return _STEPS[type(command)](command, handover, ctx)


def handover_id(command: Any, _n: int, _day: Any) -> str:
    """One handover per shift: JB-181009-night."""
    return f"JB-{command.day:%y%m%d}-{command.code}"


# -- beginning and drafting -------------------------------------------------------------------------


def _begin(command: commands.Begin, ctx: DocContext) -> Answer:
    roster = ctx.lookup(rosters.NAME, rosters.ID)
    types = types_of(roster)
    kind = next((one for one in types if one.code == command.code), None)
    if kind is None:
        return refuse(Code.UNKNOWN_SHIFT, shift=command.code)
    zone = ctx.rules.calendar.zone
    shift = shift_of(kind, command.day, zone)
    if shift.starts_at > ctx.now:
        return refuse(Code.NOT_BEGUN, at=shift.starts_at.isoformat())
    if shift.ends_at < ctx.now - MOST_AGO:
        return refuse(Code.TOO_OLD, hours=MOST_AGO / timedelta(hours=1))
    following = after(types, zone, shift)
    known = roster if isinstance(roster, Roster) else None
    part = ShiftPart(
        day=shift.day,
        code=shift.code,
        name=shift.name,
        team=known.team(Slot(shift.day, shift.code)) if known else "",
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        next_name=following.name,
        next_team=known.team(Slot(following.day, following.code)) if known else "",
    )
    return DocDecision(events.Begun(shift=part, by=By(ref_of(ctx.actor), ctx.now)))


def _fill(command: commands.Fill, handover: Handover, ctx: DocContext) -> Answer:
    if handover.state is not HandoverState.DRAFTING and handover.asked_at is None:
        return refuse(Code.NOT_ASKED)  # another node was quicker: a draft that nobody wants would void what is signed
    by = By(ref_of(ctx.actor), ctx.now)
    items = merged(handover.items, command.items, lambda item: replace(item, removed=by, read_back=None))
    old = handover.items
    changes = len(items) != len(old) or not all(item.id in old and same_report(item, old[item.id]) for item in items)
    changes = changes or command.figures != handover.figures
    event = events.Filled(
        as_of=command.as_of,
        seq=command.seq,
        items=items,
        figures=command.figures,
        data=command.data,
        changes=changes or command.seq != handover.seq,
    )
    return DocDecision(event)


def _redraft(command: commands.Redraft, handover: Handover, ctx: DocContext) -> Answer:
    return DocDecision(events.RedraftAsked(by=_by(handover, ctx)))


# -- the report -------------------------------------------------------------------------------------


def _edit(command: commands.Edit, handover: Handover, ctx: DocContext) -> Answer:
    item = _active(handover, command.item)
    if isinstance(item, Rejection):
        return item
    if command.seen != item.edits:
        return refuse(Code.CHANGED, item=item.id)
    texts = {name: text for name in _TEXTS if (text := getattr(command, name)) is not None}
    wrong = _too_long(**texts)
    if wrong is not None:
        return wrong
    digests = {**item.texts, **{name: digest(text) for name, text in texts.items()}}
    changed = replace(
        item,
        severity=command.severity or item.severity,
        unit=command.unit if command.unit is not None else item.unit,
        due_at=command.due_at or item.due_at,
        texts=digests,
    )
    if same_report(changed, item):
        return refuse(Code.NOTHING)
    by = _by(handover, ctx)
    # Another report is another thing to read back.
    changed = replace(changed, edited=by, edits=item.edits + 1, read_back=None)
    return DocDecision(events.Edited(item=changed, giver=by.mark), _private(**texts))


def _add(command: commands.Add, handover: Handover, ctx: DocContext) -> Answer:
    if handover.added >= MOST_ADDED:
        return refuse(Code.TOO_MANY, what="items", most=MOST_ADDED)
    if not command.summary.strip():
        return refuse(Code.TEXT_REQUIRED, field="summary")
    texts = {name: text for name in _TEXTS if (text := getattr(command, name)).strip()}
    wrong = _too_long(**texts)
    if wrong is not None:
        return wrong
    by = _by(handover, ctx)
    item = Item(
        id=f"n:{handover.added + 1}",
        rule=ItemRule.ADDED,
        severity=command.severity,
        tickets=command.tickets[:MOST_ADDED],
        count=len(command.tickets),
        unit=command.unit,
        due_at=command.due_at,
        texts={name: digest(text) for name, text in texts.items()},
        added=by,
    )
    return DocDecision(events.Added(item=item, giver=by.mark), _private(**texts))


def _remove(command: commands.Remove, handover: Handover, ctx: DocContext) -> Answer:
    item = _active(handover, command.item)
    if isinstance(item, Rejection):
        return item
    wrong = _required(text=command.text)
    if wrong is not None:
        return wrong
    by = _by(handover, ctx)
    gone = replace(item, removed=by, texts={**item.texts, "removed": digest(command.text)})
    return DocDecision(events.Removed(item=gone, giver=by.mark), _private(removed=command.text))


def _restore(command: commands.Restore, handover: Handover, ctx: DocContext) -> Answer:
    item = handover.items.get(command.item)
    if item is None:
        return refuse(Code.UNKNOWN_ITEM, item=command.item)
    if item.removed is None:
        return refuse(Code.NOT_REMOVED, item=item.id)
    texts = {name: text for name, text in item.texts.items() if name != "removed"}
    back = replace(item, removed=None, texts=texts, read_back=None)
    return DocDecision(events.Restored(item=back, giver=_by(handover, ctx).mark))


# -- reading back -----------------------------------------------------------------------------------


def _read_back(command: commands.GiveReadBack, handover: Handover, ctx: DocContext) -> Answer:
    item, by = _active(handover, command.item), _by(handover, ctx)
    if isinstance(item, Rejection):
        return item
    if not item.wants_read_back:
        return refuse(Code.NOT_READ_BACK, item=item.id)
    if by.mark in handover.givers:
        return refuse(Code.OWN_READ_BACK)
    if command.seen != item.edits:
        return refuse(Code.CHANGED, item=item.id)
    if item.asks:
        return refuse(Code.QUESTION_OPEN, left=1)
    wrong = _required(text=command.text)
    if wrong is not None:
        return wrong
    if digest(command.text) in item.texts.values():
        return refuse(Code.OWN_WORDS)
    said = replace(item, read_back=ReadBack(by=by, text=digest(command.text)))
    return DocDecision(events.ReadBackGiven(item=said), _private(read_back=command.text))


def _agree(command: commands.Agree, handover: Handover, ctx: DocContext) -> Answer:
    item, by = _active(handover, command.item), _by(handover, ctx)
    if isinstance(item, Rejection):
        return item
    if item.read_back is None or item.agreed:
        return refuse(Code.NOT_READ_BACK, item=item.id)
    if by.mark == item.read_back.by.mark:
        return refuse(Code.SAME_PERSON)
    agreed = replace(item, read_back=replace(item.read_back, agreed=by))
    return DocDecision(events.Agreed(item=agreed))


def _ask(command: commands.Ask, handover: Handover, ctx: DocContext) -> Answer:
    item, by = _active(handover, command.item), _by(handover, ctx)
    if isinstance(item, Rejection):
        return item
    if by.mark in handover.givers:
        return refuse(Code.OWN_READ_BACK)
    wrong = _required(text=command.text)
    if wrong is not None:
        return wrong
    # What was read back before the question is said again after the answer.
    asked = replace(item, question=Question(by=by, text=digest(command.text)), read_back=None)
    return DocDecision(events.Asked(item=asked), _private(question=command.text))


def _answer(command: commands.AnswerQuestion, handover: Handover, ctx: DocContext) -> Answer:
    item, by = _active(handover, command.item), _by(handover, ctx)
    if isinstance(item, Rejection):
        return item
    if item.question is None or item.question.answered is not None:
        return refuse(Code.NO_QUESTION, item=item.id)
    if by.mark == item.question.by.mark:
        return refuse(Code.SAME_PERSON)
    wrong = _required(text=command.text)
    if wrong is not None:
        return wrong
    answered = replace(item.question, answered=by, answer=digest(command.text))
    return DocDecision(events.Answered(item=replace(item, question=answered)), _private(answer=command.text))


def _check(command: commands.DoCheck, handover: Handover, ctx: DocContext) -> Answer:
    wrong = _too_long(text=command.text)
    if wrong is not None:
        return wrong
    note = digest(command.text) if command.text.strip() else ""
    check = Check(by=_by(handover, ctx), text=note) if command.done else None
    return DocDecision(events.Checked(name=command.name, check=check), _private(text=command.text))


# -- signing ----------------------------------------------------------------------------------------


def _sign_out(command: commands.SignOut, handover: Handover, ctx: DocContext) -> Answer:
    by = _by(handover, ctx)
    if handover.signed_out is not None:
        return refuse(Code.SIGNED_OUT)
    if command.sha256 != report_hash(handover):
        return refuse(Code.CHANGED, item="")
    if any(item.read_back is not None and item.read_back.by.mark == by.mark for item in handover.items.values()):
        return refuse(Code.SAME_PERSON)
    return DocDecision(events.SignedOut(signature=Signature(by=by, sha256=command.sha256, version=handover.report)))


def _sign_in(command: commands.SignIn, handover: Handover, ctx: DocContext) -> Answer:
    by = _by(handover, ctx)
    wrong = why_not_sign_in(handover, by.mark)
    if wrong is not None:
        return wrong
    if (command.sha256, command.record) != (report_hash(handover), record_hash(handover)):
        return refuse(Code.CHANGED, item="")
    signature = Signature(by=by, sha256=command.sha256, version=handover.report)
    return DocDecision(events.SignedIn(signature=signature, record=command.record))


def why_not_sign_in(handover: Handover, mark: str) -> Rejection | None:
    """What is missing before this person may take the shift over; None = nothing."""
    if handover.signed_out is None:
        return refuse(Code.NOT_SIGNED_OUT)
    if mark in handover.givers:
        return refuse(Code.SAME_PERSON)
    items = handover.to_read_back()
    counts = {
        Code.QUESTION_OPEN: sum(1 for item in handover.items.values() if item.asks),
        Code.READ_BACK_OPEN: sum(1 for item in items if item.read_back is None),
        Code.NOT_AGREED: sum(1 for item in items if not item.agreed),
        Code.CHECKS_OPEN: len(handover.open_checks()),
    }
    return next((refuse(code, left=left) for code, left in counts.items() if left), None)


def _mark_late(command: commands.MarkLate, handover: Handover, ctx: DocContext) -> Answer:
    if handover.late_at is not None or not handover.is_late(ctx.now):
        return refuse(Code.NOT_LATE)
    return DocDecision(events.FoundLate(at=ctx.now))


def _attach(command: commands.Attach, handover: Handover) -> Answer:
    if handover.state is not HandoverState.SIGNED:
        return refuse(Code.NOT_SIGNED)
    if handover.papers or not command.papers:
        return refuse(Code.HAS_PAPERS)
    return DocDecision(events.Attached(papers=command.papers))


# -- shared -----------------------------------------------------------------------------------------

_TEXTS = ("summary", "action", "condition", "response")


def _by(handover: Handover, ctx: DocContext) -> By:
    mark = "" if ctx.actor.role is Role.SYSTEM else mark_of(ctx.actor, handover.id)
    return By(ref_of(ctx.actor), ctx.now, mark)


def _active(handover: Handover, name: str) -> Item | Rejection:
    item = handover.items.get(name)
    if item is None:
        return refuse(Code.UNKNOWN_ITEM, item=name)
    return refuse(Code.REMOVED, item=name) if item.removed is not None else item


def _private(**texts: str) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def _too_long(**texts: str) -> Rejection | None:
    for name, text in texts.items():
        if len(text) > MOST_TEXT:
            return refuse(Code.TOO_LONG, field=name, most=MOST_TEXT)
    return None


def _required(**texts: str) -> Rejection | None:
    for name, text in texts.items():
        if not text.strip():
            return refuse(Code.TEXT_REQUIRED, field=name)
    return _too_long(**texts)


_STEPS: dict[type[DocCommand], Callable[[Any, Handover, DocContext], Answer]] = {
    commands.Fill: _fill,
    commands.Redraft: _redraft,
    commands.Edit: _edit,
    commands.Add: _add,
    commands.Remove: _remove,
    commands.Restore: _restore,
    commands.GiveReadBack: _read_back,
    commands.Agree: _agree,
    commands.Ask: _ask,
    commands.AnswerQuestion: _answer,
    commands.DoCheck: _check,
    commands.SignOut: _sign_out,
    commands.SignIn: _sign_in,
    commands.MarkLate: _mark_late,
}
