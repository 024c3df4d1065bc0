"""Alarms that this machine makes itself, because nobody else can know: the line is lost, there is no sound. They never leave it.

The same life as every other alarm (domain.alarms), decided and folded here instead of at the server.
"""

from domain import documents
from domain.alarms.commands import Cause, Command, Recur
from domain.alarms.events import Cleared, Raised, Unshelved
from domain.alarms.kind import ALARM
from domain.alarms.rules import AlarmRule
from domain.alarms.values import Alarm, state_of
from domain.alarms.words import LOCAL, AlarmState, Severity, Trigger
from domain.documents import DocContext, DocDecision, DocEvent
from domain.lifecycle.core import Rejection

SEVERITY = {Trigger.LINK_LOST: Severity.CRITICAL, Trigger.NO_SOUND: Severity.MAJOR}
"""Where no rule was ever fetched: a machine that never had a line must ring all the same."""


class LocalAlarms:
    """At most one alarm per trigger of LOCAL; `alarms` is read by everybody and written here only."""

    def __init__(self) -> None:
        self.alarms: dict[str, Alarm] = {}

    def tell(self, trigger: Trigger, wrong: bool, rule: AlarmRule | None, ctx: DocContext) -> bool:
        """Whether something is wrong now. True where the alarms changed."""
        assert trigger in LOCAL
        doc_id = f"local-{trigger}"
        known = self.alarms.get(doc_id)
        if wrong == (known is not None and known.active):
            return False
        if not wrong:
            assert known is not None
            self._fold(doc_id, Cleared(), ctx)
            if state_of(self.alarms[doc_id]) is AlarmState.ENDED:
                del self.alarms[doc_id]
            return True
        cause = _cause(trigger, rule)
        if known is None:
            self._fold(doc_id, Raised(cause=cause), ctx)
        else:
            self._decide(Recur(cause=cause), known, ctx)
        return True

    def give(self, command: Command, alarm: Alarm, ctx: DocContext) -> Rejection | None:
        """A person's command; None where it was carried out."""
        refused = documents.decide(ALARM, command, alarm, ctx)
        if isinstance(refused, Rejection):
            return refused
        self._fold(alarm.id, refused.event, ctx)
        if state_of(self.alarms[alarm.id]) is AlarmState.ENDED:
            del self.alarms[alarm.id]
        return None

    def return_shelved(self, ctx: DocContext) -> bool:
        """Shelves whose time is over. True where the alarms changed."""
        due = [one for one in self.alarms.values() if one.shelf is not None and one.shelf.until <= ctx.now]
        for alarm in due:
            self._fold(alarm.id, Unshelved(expired=True), ctx)
        return bool(due)

    def _decide(self, command: Command, alarm: Alarm, ctx: DocContext) -> None:
        """What the machine itself does needs no role."""
        decision = ALARM.decide(command, alarm, ctx)
        assert isinstance(decision, DocDecision)
        self._fold(alarm.id, decision.event, ctx)

    def _fold(self, doc_id: str, event: DocEvent, ctx: DocContext) -> None:
        known = self.alarms.get(doc_id)
        version = known.version + 1 if known is not None else 1
        state = documents.fold(ALARM, known, doc_id, version, event, ctx.now)
        assert isinstance(state, Alarm)
        self.alarms[doc_id] = state


def is_local(alarm: Alarm) -> bool:
    return alarm.trigger in LOCAL


def _cause(trigger: Trigger, rule: AlarmRule | None) -> Cause:
    return Cause(
        rule=rule.id if rule else "",
        rule_version=rule.version if rule else 0,
        trigger=trigger,
        severity=rule.severity if rule else SEVERITY[trigger],
        source=trigger,
    )
