"""A hall at shift end: a bridge that carries commands out at once, a drafted night shift with its words, and what changed since."""

from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from desktop.services.values import Answer, ChangeSet, PendingId, Refusal
from domain import documents
from domain.actor import Actor, ref_of
from domain.documents import BlobRef, DocCommand, DocContext, DocDecision, DocKind, DocumentState
from domain.handover import commands
from domain.handover.drafting import Situation, draft
from domain.handover.figures import figures
from domain.handover.kind import HANDOVER, NAME
from domain.handover.since import Change, Counts, Since, Touch
from domain.handover.values import Handover, HourCount
from domain.ids import SeatId, TicketId, UserId
from domain.kpi_types import OpenSplit
from domain.shifts.hours import DEFAULT_SHIFTS, before, shift_at
from domain.shifts.roster import ROSTER
from domain.vocabulary import Role, Urgency
from protocol.messages import Event, Outcome
from protocol.reference import rules_of
from tests.qt.fakes import FakeBridge, FakeCommander
from tests.qt.samples import NOW, make_reference, make_tickets
from tests.unit.domain.builders import SHANGHAI

GIVER = Actor(user=UserId("giver"), role=Role.SHIFT_LEADER, seat=SeatId("1"))
TAKER = Actor(user=UserId("taker"), role=Role.SHIFT_LEADER, seat=SeatId("2"))
SYSTEM = Actor(user=UserId("system"), role=Role.SYSTEM, seat=SeatId("system"))
REFERENCE = make_reference()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BOUND = {kind.name: kind for kind in (HANDOVER, ROSTER)}


class ActingCommander(FakeCommander):
    """What is given is carried out at once, as the server would."""

    def __init__(self, bridge: "HandoverBridge") -> None:
        super().__init__(bridge)
        self._hall = bridge

    def act(self, kind: str, command: DocCommand, document: DocumentState | None = None) -> PendingId | Refusal:
        code = self.act_allowed_now(kind, documents.name_of(command))
        if code:
            return Refusal(code)
        given = super().act(kind, command, document)
        assert self._hall.actor is not None
        self._hall.carry_out(command, self._hall.actor, BOUND[kind])
        return given


class HandoverBridge(FakeBridge):
    """`empty` True: nothing was begun yet."""

    def __init__(self, actor: Actor = TAKER, *, empty: bool = False) -> None:
        tickets = [
            replace(ticket, urgency=Urgency.TOP if n % 9 == 0 else Urgency.HIGH if n % 5 == 0 else Urgency.NORMAL)
            for n, ticket in enumerate(make_tickets(60, reference=REFERENCE))
        ]
        super().__init__(tickets, REFERENCE)
        self.actor = actor
        self.clock.rate = 1.0
        self.commander = ActingCommander(self)
        self.record: list[Event] = []
        self.refuses_files = False
        self.answers["since"] = Answer(msgspec.json.encode(since(tickets)))
        gone = before(DEFAULT_SHIFTS, SHANGHAI, shift_at(DEFAULT_SHIFTS, SHANGHAI, NOW))
        self.shift = gone
        if not empty:
            self.carry_out(commands.Begin(day=gone.day, code=gone.code), SYSTEM)
            self.fill()

    @property
    def handover(self) -> Handover:
        (found,) = self.mirror.documents[NAME].values()
        assert isinstance(found, Handover)
        return found

    def fill(self) -> None:
        tickets = list(self.mirror.tickets.values())
        made = draft(Situation(now=NOW, tickets=[ticket for ticket in tickets if ticket.is_open]))
        numbers = figures(tickets, self.shift.starts_at, NOW, NOW, split=OpenSplit(total=41, ok=30, overdue=11))
        self.carry_out(commands.Fill(as_of=NOW, seq=1, items=made.items, figures=numbers), SYSTEM)

    def ask_then(self, what: str, args: dict[str, Any], done: Any) -> None:
        if what != "document_record":
            super().ask_then(what, args, done)
            return
        self.asked.append((what, args))
        done(Answer(msgspec.json.encode(self.record)) if self.online else Answer(error="offline"))

    def put_blob_then(self, data: bytes, done: Any) -> None:
        """Kept under the type that its first bytes tell."""
        if self.blob_answer is not None:
            done(self.blob_answer)
            return
        self.files.append(data)
        kinds = {b"%PDF": "application/pdf", b"PK": WORD, b"{": "application/json"}
        kind = next(name for start, name in kinds.items() if data.startswith(start))
        done(BlobRef(sha256(data).hexdigest(), len(data), kind))

    def get_blob_then(self, ref: BlobRef, done: Any) -> None:
        kept = next((data for data in self.files if sha256(data).hexdigest() == ref.sha256), None)
        done(Refusal("offline") if kept is None or self.refuses_files else kept)

    def carry_out(self, command: DocCommand, actor: Actor, kind: DocKind = HANDOVER) -> None:
        known = self.mirror.documents.setdefault(kind.name, {})
        state = None if documents.name_of(command) in kind.creates else next(iter(known.values()), None)
        mirror = self.mirror
        ctx = DocContext(
            actor=actor,
            now=self.clock.now,
            rules=rules_of(REFERENCE),
            lookup=lambda *_: None,
            open_of=lambda _: (),
            ticket=mirror.tickets.get,
        )
        answer = documents.decide(kind, command, state, ctx)
        if not isinstance(answer, DocDecision):
            assert actor is not SYSTEM, answer
            self.outcome_arrived.emit(
                Outcome(
                    outbox_id="o",
                    n=1,
                    status="rejected",
                    ticket_id=TicketId(state.id) if state else None,
                    code=answer.code,
                    detail=answer.detail,
                )
            )
            return
        name = state.id if state is not None else kind.new_id(command, 1, self.shift.day)
        version = state.version + 1 if state is not None else 1
        body = msgspec.json.encode(answer.event)
        event = msgspec.json.decode(body, type=kind.events)
        known[name] = documents.fold(kind, state, name, version, event, self.clock.now)
        entry = Event(
            seq=version,
            id=TicketId(name),
            v=version,
            at=self.clock.now,
            st=self.clock.now,
            actor=ref_of(actor),
            entity=kind.name,
            body=msgspec.Raw(body),
            private=answer.private,
        )
        if kind is HANDOVER:
            self.record.append(entry)
        self.tickets_changed.emit(ChangeSet(seq=version, as_of=self.clock.now))
        self.documents_changed.emit(kind.name)


def since(tickets: list[Any]) -> Since:
    """As the server would answer somebody who left twelve hours ago."""
    gone = before(DEFAULT_SHIFTS, SHANGHAI, shift_at(DEFAULT_SHIFTS, SHANGHAI, NOW))
    start = gone.starts_at
    whats = ("new_top", "new_top", "escalated", "delay_granted", "closed", "suspended", "returned", "other", "other")
    changes = tuple(
        Change(id=ticket.id, what=what, at=NOW, touch=Touch.MINE if n < 5 else Touch.AREA if n < 7 else Touch.ALL)
        for n, (ticket, what) in enumerate(zip(tickets, whats, strict=False))
    )
    hours = tuple(HourCount(start + (NOW - start) * n / 12, 140 - 9 * n, 120 - 5 * n) for n in range(12))
    return Since(
        since=start,
        now=NOW,
        then=Counts(open=OpenSplit(total=1176, at_risk=121, overdue=44, ok=1011), top_open=1, joint_missing=3),
        current=Counts(open=OpenSplit(total=1301, at_risk=148, overdue=57, ok=1096), top_open=3, joint_missing=6),
        accepted=1312,
        closed=1187,
        hours=hours,
        changes=changes,
        total={Touch.MINE: 5, Touch.AREA: 2, Touch.ALL: 207},
    )
