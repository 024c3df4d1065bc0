"""A hall with alarms and nothing else: commands are decided and folded as the server does it. For tests only."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from domain import documents
from domain.actor import Actor
from domain.alarms import commands as c
from domain.alarms import rules as rule_book
from domain.alarms.kind import ALARM
from domain.alarms.steps import steps
from domain.alarms.values import Alarm
from domain.alarms.words import Severity, Trigger
from domain.documents import DocContext, DocDecision
from domain.ids import SeatId, UserId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role
from resources import path
from tests.unit.domain.builders import T0, rules

SYSTEM = Actor(user=UserId("system"), role=Role.SYSTEM, seat=SeatId("system"))
OFFICER = Actor(user=UserId("o"), role=Role.DISPATCHER, seat=SeatId("2"))
LEADER = Actor(user=UserId("l"), role=Role.SHIFT_LEADER, seat=SeatId("1"))


@cache
def product_rules() -> rule_book.AlarmRules:
    return rule_book.read(tomllib.loads(path("alarms", "rules.toml").read_text("utf-8")))


def cause(rule: str = "R-03", source: str = "181009-0001", severity: Severity = Severity.MAJOR, **more: Any) -> c.Cause:
    fields: dict[str, Any] = {"trigger": Trigger.STAGE_OVERDUE, "rule_version": 1, **more}
    return c.Cause(rule=rule, source=source, severity=severity, **fields)


class Hall:
    """`wanted`: what is the case now. `settle` does what the centre does by itself."""

    def __init__(self, book: rule_book.AlarmRules | None = None) -> None:
        self.now = T0
        self.book = book or product_rules()
        self.alarms: dict[str, Alarm] = {}
        self.wanted: dict[str, c.Cause] = {}
        self._rules = rules()
        self.rounds: dict[str, int] = {}
        """How often each came back after its cause was gone."""
        self._n = count(1)

    def give(self, actor: Actor, command: c.Command, doc_id: str | None = None) -> str:
        """ "" or the code of the refusal."""
        alarm = self.alarms[doc_id] if doc_id else None
        context = DocContext(
            actor=actor,
            now=self.now,
            rules=self._rules,
            lookup=lambda _, i: self.alarms.get(i),
            open_of=lambda _: tuple(self.alarms.values()),
            ticket=lambda _: None,
        )
        decision = documents.decide(ALARM, command, alarm, context)
        if isinstance(decision, Rejection):
            return decision.code
        assert isinstance(decision, DocDecision)
        new_id = doc_id or ALARM.new_id(command, next(self._n), self.day)
        if doc_id is None and new_id in self.alarms:
            return "exists"
        if doc_id is not None and alarm is not None and isinstance(command, c.Recur) and not alarm.active:
            self.rounds[doc_id] = self.rounds.get(doc_id, 0) + 1
        version = alarm.version + 1 if alarm else 1
        after = documents.fold(ALARM, alarm, new_id, version, decision.event, self.now)
        assert isinstance(after, Alarm)
        self.alarms[new_id] = after
        return ""

    @property
    def day(self) -> date:
        return (self.now + timedelta(hours=8)).date()

    def settle(self) -> int:
        """Rounds until the centre has nothing to do. Fails where it never comes to rest."""
        for rounds in range(6):
            todo = steps(self.wanted, self.alarms.values(), self.book, self.now)
            if not todo:
                return rounds
            for doc_id, command in todo:
                code = self.give(SYSTEM, command, doc_id)
                assert code == "", (code, command)
        raise AssertionError(todo)

    def raised(self, *causes: c.Cause) -> list[str]:
        self.wanted |= {f"{one.rule}:{one.source}": one for one in causes}
        before = set(self.alarms)
        self.settle()
        return [doc_id for doc_id in self.alarms if doc_id not in before]

    def pass_(self, span: timedelta) -> None:
        self.now += span
        self.settle()


def at(hall: Hall, minutes: float) -> datetime:
    return hall.now + timedelta(minutes=minutes)
