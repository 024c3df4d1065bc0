"""The invented handover of the shift before the demo: drafted from the recorded tickets, read back and signed, so that a demo starts quiet.

Who signs and what is said is made up and says 演示; the draft and its figures are those of the log at that moment. The acts go
through the CommandService like everybody's.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from backend.handlers import SYSTEM, CommandService
from backend.store.records import LogRecord
from domain import kpi_judges as judge
from domain.actor import Actor
from domain.documents import DocCommand
from domain.handover import commands
from domain.handover.canonical import record_hash, report_hash
from domain.handover.drafting import Situation, draft
from domain.handover.figures import figures
from domain.handover.kind import NAME
from domain.handover.values import Handover
from domain.handover.words import CheckName, Severity
from domain.ids import SeatId, UserId
from domain.kpi_open import OpenBook
from domain.kpi_parts import KpiRules
from domain.shifts.hours import DEFAULT_SHIFTS, Shift, before, shift_at
from domain.ticket import Ticket
from domain.vocabulary import Role, Urgency
from protocol.documents import encode_json
from protocol.messages import Act

DRAFTED = timedelta(minutes=-30)
SIGNED_OUT = timedelta(minutes=-10)
READ_BACK = timedelta(minutes=-5)
SIGNED_IN = timedelta(minutes=5)
"""Against the end of the shift."""


def _leader(name: str, seat: str) -> Actor:
    return Actor(user=UserId(f"sim-{name}"), role=Role.SHIFT_LEADER, seat=SeatId(seat), import_right=True)


# Two seats: read back across a table, and a signature shown as 1 席 is not the other one.
GIVER, TAKER = _leader("night", "1"), _leader("day", "4")
SERVER = msgspec.structs.replace(SYSTEM, import_right=True)


class HandoverError(RuntimeError):
    """An invented act was refused: the demo's story does not keep to the rules."""


def shift_before(start: datetime, zone: str) -> Shift | None:
    """The shift whose handover is signed when the demo begins at `start`; None = it ended too shortly before."""
    place = ZoneInfo(zone)
    gone = before(DEFAULT_SHIFTS, place, shift_at(DEFAULT_SHIFTS, place, start))
    return gone if gone.ends_at + SIGNED_IN <= start else None


class SignedHandover:
    """`on_records` is a sink of the service."""

    def __init__(self, service: CommandService, shift: Shift, zone: str) -> None:
        self._service, self._shift, self._rules = service, shift, KpiRules(zone=zone)
        self._outbox_id = secrets.token_hex(16)
        self._n = 0
        self._known: Handover | None = None

    def on_records(self, records: Sequence[LogRecord]) -> None:
        for record in records:
            if isinstance(record.document, Handover):
                self._known = record.document

    @property
    def drafted_at(self) -> datetime:
        return self._shift.ends_at + DRAFTED

    async def act_out(self, tickets: Sequence[Ticket], seq: int) -> None:
        """`tickets`: every ticket as of event `seq`, which is how things stood at `drafted_at`. Raises HandoverError."""
        end, drafted = self._shift.ends_at, self.drafted_at
        await self._give(SERVER, drafted, commands.Begin(day=self._shift.day, code=self._shift.code))
        await self._give(SERVER, drafted, self._fill(tickets, seq))
        add = commands.Add(severity=Severity.STABLE, summary="演示：钥匙、对讲机与值班电话已点清")
        await self._give(GIVER, end + SIGNED_OUT, add)
        await self._give(GIVER, end + SIGNED_OUT, commands.SignOut(sha256=report_hash(self._handover)))
        for item in self._handover.to_read_back():
            said = commands.GiveReadBack(item=item.id, seen=item.edits, text="演示：已了解，接班后先看这一项")
            await self._give(TAKER, end + READ_BACK, said)
            await self._give(GIVER, end + READ_BACK, commands.Agree(item=item.id))
        for name in CheckName:
            await self._give(TAKER, end, commands.DoCheck(name=name))
        taken = commands.SignIn(sha256=report_hash(self._handover), record=record_hash(self._handover))
        await self._give(TAKER, end + SIGNED_IN, taken)

    def _fill(self, tickets: Sequence[Ticket], seq: int) -> commands.Fill:
        now = self.drafted_at
        standing = [ticket for ticket in tickets if ticket.is_open]
        book = OpenBook(self._rules, 9)
        for ticket in standing:
            book.put(ticket, now)
        numbers = figures(
            tickets,
            self._shift.starts_at,
            now,
            now,
            split=book.split(),
            waiting=book.waiting,
            top_open=sum(1 for ticket in standing if ticket.urgency is Urgency.TOP and judge.in_house(ticket)),
            rules=self._rules,
        )
        made = draft(Situation(now=now, tickets=standing, figures=numbers))
        return commands.Fill(as_of=now, seq=seq, items=made.items, figures=numbers, data=None)

    @property
    def _handover(self) -> Handover:
        assert self._known is not None
        return self._known

    async def _give(self, actor: Actor, at: datetime, command: DocCommand) -> None:
        self._n += 1
        act = Act(
            outbox_id=self._outbox_id,
            n=self._n,
            kind=NAME,
            doc_id=self._known.id if self._known is not None else None,
            expected_version=self._known.version if self._known is not None else None,
            body=msgspec.Raw(encode_json(command)),
            created_at=datetime.now(UTC),
            occurred_at=at,
        )
        outcome = await self._service.submit(actor, act)
        if outcome.status != "applied":
            raise HandoverError(f"{type(command).__name__}: {outcome.status} {outcome.code} {outcome.detail}")
