"""A small handover to work on: the night shift of 8 October with a critical, a watch and a stable item; givers and takers."""

from datetime import date, datetime, timedelta

import msgspec

from domain.actor import Actor
from domain.documents import DocCommand, DocContext, DocDecision, decide, fold
from domain.handover import commands
from domain.handover.canonical import record_hash, report_hash
from domain.handover.kind import HANDOVER
from domain.handover.values import Figures, Handover, Item
from domain.handover.words import CheckName, ItemRule, Severity
from domain.ids import SeatId, TicketId, UserId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role
from tests.unit.domain.builders import RULES, local

NOW = local(2018, 10, 9, 7, 40)
END = local(2018, 10, 9, 8)
ID = "JB-181008-night"


def person(name: str, role: Role = Role.SHIFT_LEADER) -> Actor:
    return Actor(user=UserId(name), role=role, seat=SeatId("1"))


GIVER, TAKER, SYSTEM = person("giver"), person("taker"), person("system", Role.SYSTEM)
TOP, LATE, REST = "t:181008-0001", "t:181008-0002", "g:stable"


def items(**counts: int) -> tuple[Item, ...]:
    return (
        Item(
            id=TOP,
            rule=ItemRule.TOP_URGENCY,
            severity=Severity.CRITICAL,
            tickets=(TicketId("181008-0001"),),
            count=1,
        ),
        Item(
            id=LATE,
            rule=ItemRule.LONG_OVERDUE,
            severity=Severity.WATCH,
            tickets=(TicketId("181008-0002"),),
            count=1,
            figures={"overdue_s": 3600.0},
        ),
        Item(id=REST, rule=ItemRule.STABLE, severity=Severity.STABLE, count=counts.get("rest", 12)),
    )


def context(who: Actor, now: datetime = NOW) -> DocContext:
    return DocContext(
        actor=who, now=now, rules=RULES, lookup=lambda *_: None, open_of=lambda _: (), ticket=lambda _: None
    )


def code(handover: Handover | None, command: DocCommand, who: Actor, now: datetime = NOW) -> str:
    answer = decide(HANDOVER, command, handover, context(who, now))
    return answer.code if isinstance(answer, Rejection) else ""


def step(handover: Handover | None, command: DocCommand, who: Actor, now: datetime = NOW) -> Handover:
    """After a command that must be accepted; its event goes through JSON, as in the log."""
    answer = decide(HANDOVER, command, handover, context(who, now))
    assert isinstance(answer, DocDecision), (command, answer)
    event = msgspec.json.decode(msgspec.json.encode(answer.event), type=HANDOVER.events)
    after = fold(HANDOVER, handover, ID, handover.version + 1 if handover else 1, event, now)
    assert isinstance(after, Handover)
    return after


def fill(*drafted: Item, seq: int = 100, accepted: int = 3) -> commands.Fill:
    return commands.Fill(as_of=NOW, seq=seq, items=drafted or items(), figures=Figures(accepted=accepted))


def begin() -> commands.Begin:
    return commands.Begin(day=date(2018, 10, 8), code="night")


def drafted() -> Handover:
    return step(step(None, begin(), SYSTEM), fill(), SYSTEM)


def sign_out(handover: Handover, who: Actor = GIVER) -> Handover:
    return step(handover, commands.SignOut(sha256=report_hash(handover)), who)


def read_back(handover: Handover) -> Handover:
    """Every item said and agreed, every check done."""
    for item in handover.to_read_back():
        said = commands.GiveReadBack(item=item.id, seen=item.edits, text=f"我来说 {item.id}")
        handover = step(handover, said, TAKER)
        handover = step(handover, commands.Agree(item=item.id), GIVER)
    for name in CheckName:
        handover = step(handover, commands.DoCheck(name=name), TAKER)
    return handover


def sign_in(handover: Handover) -> commands.SignIn:
    return commands.SignIn(sha256=report_hash(handover), record=record_hash(handover))


def signed() -> Handover:
    handover = read_back(sign_out(drafted()))
    return step(handover, sign_in(handover), TAKER)


LATER = END + timedelta(minutes=30)
