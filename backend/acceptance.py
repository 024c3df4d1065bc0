"""Turns a group of waiting commands into one write transaction: the only place where something becomes true.

Runs in the writer thread, on a `Connection` whose transaction it neither begins nor commits. Within a group, later commands
see what earlier ones changed through the overlay; a refused command leaves no trace but its outcome. Pure rules are
`domain.lifecycle`; exactly-once, scope, versions and numbers are here; threads and waiting are in `backend.handlers`.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from backend.clock import ServerClock, in_millis
from backend.conflicts import conflict_detail
from backend.store import reads
from backend.store.reads import Outbox, Stored
from backend.store.records import Head, LogRecord, encode_event
from backend.store.writes import Batch, Writer
from domain import commands, events
from domain.actor import Actor, key_of, ref_of
from domain.ids import TicketId
from domain.lifecycle import Context, Rejection, decide
from domain.projection import apply
from domain.rules import Rules
from domain.ticket import Ticket
from protocol.messages import Outcome, Submit
from protocol.snapshot import millis

log = logging.getLogger(__name__)
_encode = msgspec.msgpack.Encoder().encode
_outcome_json = msgspec.json.Encoder().encode
_outcome_of = msgspec.json.Decoder(Outcome).decode

TICKETS_KEPT = 20_000
PRUNE_AFTER = timedelta(days=30)
_NAMES = {kind: commands.name_of(kind) for kind in commands.COMMAND_TYPES}
_DEFECTS = (ArithmeticError, LookupError, TypeError, ValueError)
"""What a wrong value can raise inside a rule. One command's defect must not stop the hall: it is logged and refused."""


class Submission(Struct, frozen=True):
    """A command with the identity of the session that sent it."""

    actor: Actor
    submit: Submit


class Known:
    """What the writer remembers between groups, valid while the head is where this writer left it. Bounded."""

    def __init__(self, head: Head, epoch: str, families: dict[str, set[str]]) -> None:
        self.head = head
        self.epoch = epoch
        self.tickets: dict[TicketId, Ticket] = {}
        self.outboxes: dict[str, Outbox] = {}
        self.numbers: dict[str, int] = {}
        self.families = families

    def remember(self, tickets: dict[TicketId, Ticket]) -> None:
        for ticket_id, ticket in tickets.items():
            self.tickets.pop(ticket_id, None)
            self.tickets[ticket_id] = ticket
        surplus = len(self.tickets) - TICKETS_KEPT
        for old in list(self.tickets)[: max(surplus, 0)]:
            del self.tickets[old]
        if len(self.numbers) > 1000:
            self.numbers.clear()
        if len(self.outboxes) > 5000:
            self.outboxes.clear()


class Group:
    """One transaction in the making."""

    def __init__(self, connection: Connection, known: Known, rules: Rules, clock: ServerClock, zone: ZoneInfo) -> None:
        self.batch = Batch()
        self.head = known.head
        self.outboxes: dict[str, Outbox] = {}
        self._connection = connection
        self._known = known
        self._rules = rules
        self._zone = zone
        self._business_now = clock.now_business()
        self._server_now = max(known.head.server_time, clock.now_server())
        self._tickets: dict[TicketId, Ticket] = {}
        self._stored: dict[tuple[str, int], Stored] = {}
        self._externals: dict[str, TicketId] = {}
        self._parents: dict[str, TicketId | None] = {}

    def run(self, submissions: Sequence[Submission], writer: Writer) -> list[Outcome]:
        """Decides all and writes the outcome. After the commit the caller hands `self` to `commit_to`."""
        self._prefetch(submissions)
        outcomes = [self._one(submission.actor, submission.submit) for submission in submissions]
        self.batch.tickets = {
            record.entity_id: self._tickets[TicketId(record.entity_id)] for record in self.batch.records
        }
        if self.batch:
            self.head = writer.flush(self._connection, self.batch, self.head)
        return outcomes

    def commit_to(self, known: Known) -> None:
        """The transaction is committed: what the overlay holds is true now."""
        known.head = self.head
        known.remember(self._tickets)
        known.outboxes.update(self.outboxes)
        known.numbers.update(self.batch.numbers)
        for child, parent in self._parents.items():
            for children in known.families.values():
                children.discard(child)
            if parent is not None:
                known.families.setdefault(parent, set()).add(child)

    # -- exactly once --------------------------------------------------------------------------------

    def _one(self, actor: Actor, submit: Submit) -> Outcome:
        box = self._outbox(submit.outbox_id)
        key = (submit.outbox_id, submit.n)
        request_hash = hash_of(submit)
        if submit.n <= box.last_n:
            stored = self._stored.get(key) or reads.stored(self._connection, *key)
            if stored is not None:
                return self._again(actor, submit, stored, request_hash)
        if submit.n < box.pruned_below:
            return Outcome(outbox_id=submit.outbox_id, n=submit.n, status="expired", code="pruned")
        outcome = self._guarded(actor, submit)
        if outcome.code == "defect":
            return outcome  # not stored: the same command may be sent again after a repair
        encoded = _outcome_json(outcome)
        self._stored[key] = Stored(actor.user, request_hash, encoded)
        self.batch.commands.append((*key, actor.user, request_hash, encoded))
        box.last_n = max(box.last_n, submit.n)
        self._settle(submit, box)
        return outcome

    def _again(self, actor: Actor, submit: Submit, stored: Stored, request_hash: bytes) -> Outcome:
        """The stored answer, seen through today's rights; another body or user under the same id runs nothing."""
        if (stored.user, stored.request_hash) != (actor.user, request_hash):
            return Outcome(outbox_id=submit.outbox_id, n=submit.n, status="rejected", code="id_misuse")
        outcome = _outcome_of(stored.outcome)
        if outcome.ticket_id is not None and outcome.detail:
            ticket = self._ticket(outcome.ticket_id)
            if ticket is None or not actor.scope.covers(ticket):
                return msgspec.structs.replace(outcome, detail={})
        return outcome

    def _settle(self, submit: Submit, box: Outbox) -> None:
        """Keeps one mark per outbox; when it is 30 days old, what it names may be pruned and a new mark is set."""
        now = millis(self._server_now) or 0
        if box.mark_below and now - box.marked_at >= PRUNE_AFTER.total_seconds() * 1000:
            box.pruned_below, box.mark_below = max(box.pruned_below, box.mark_below), 0
        elif box.mark_below or submit.settled_below <= box.pruned_below:
            return
        if submit.settled_below > box.pruned_below:
            box.mark_below, box.marked_at = submit.settled_below, now
        self.batch.outboxes[submit.outbox_id] = (box.pruned_below, box.mark_below, box.marked_at)

    # -- one command ---------------------------------------------------------------------------------

    def _guarded(self, actor: Actor, submit: Submit) -> Outcome:
        try:
            return self._decide(actor, submit)
        except _DEFECTS:
            log.exception("command %s of outbox %s n=%d", _NAMES[type(submit.command)], submit.outbox_id, submit.n)
            return rejected(submit, "defect")

    def _decide(self, actor: Actor, submit: Submit) -> Outcome:
        name = _NAMES[type(submit.command)]
        if isinstance(submit.command, commands.Report):
            return self._report(actor, submit, submit.command)
        ticket = self._ticket(submit.ticket_id) if submit.ticket_id else None
        if ticket is None or not actor.scope.covers(ticket):
            # One answer for both where the scope is limited: a code must not tell what exists elsewhere.
            limited = actor.scope.areas or actor.scope.units
            return rejected(submit, "out_of_scope" if limited or ticket is not None else "unknown_ticket")
        if name not in commands.UNVERSIONED:
            if submit.expected_version is None:
                return rejected(submit, "no_version")
            if submit.expected_version != ticket.version:
                return self._conflict(submit, ticket, submit.expected_version)
        at = self._moment(actor, submit, ticket)
        if isinstance(at, str):
            return rejected(submit, at)
        other_id = other_of(submit.command)
        other = self._ticket(other_id) if other_id else None
        if other is not None and not actor.scope.covers(other):
            other = None
        context = Context(
            actor=actor, now=at, rules=self._rules, other=other, open_children=self._open_children(ticket.id)
        )
        decision = decide(submit.command, ticket, context)
        if isinstance(decision, Rejection):
            return rejected(submit, decision.code, decision.detail)
        version = ticket.version if name in commands.UNVERSIONED else ticket.version + 1
        return self._happened(actor, submit, ticket, ticket.id, version, decision.event, decision.private, at)

    def _report(self, actor: Actor, submit: Submit, command: commands.Report) -> Outcome:
        key = external_key(command)
        known = self._externals.get(key)
        if known is not None:
            return self._known(actor, submit, known)
        at = self._moment(actor, submit, None)
        if isinstance(at, str):
            return rejected(submit, at)
        context = Context(actor=actor, now=at, rules=self._rules)
        decision = decide(command, None, context)
        if isinstance(decision, Rejection):
            return rejected(submit, decision.code, decision.detail)
        ticket_id = TicketId("")
        after = apply(None, ticket_id, 1, decision.event, at)
        if not actor.scope.covers(after):
            return rejected(submit, "out_of_scope")
        ticket_id = self._new_id(at)
        self._externals[key] = ticket_id
        self.batch.externals.append((key, ticket_id))
        return self._happened(actor, submit, None, ticket_id, 1, decision.event, decision.private, at)

    def _known(self, actor: Actor, submit: Submit, ticket_id: TicketId) -> Outcome:
        """The matter is here already: the same pair of source and reference is the same ticket."""
        ticket = self._ticket(ticket_id)
        if ticket is None or not actor.scope.covers(ticket):
            return rejected(submit, "out_of_scope")
        return Outcome(
            outbox_id=submit.outbox_id,
            n=submit.n,
            status="applied",
            code="known",
            ticket_id=ticket_id,
            seq=self._last_seq(),
            version=ticket.version,
        )

    def _moment(self, actor: Actor, submit: Submit, ticket: Ticket | None) -> datetime | str:
        """Business instant of the command, or the code why it cannot have been then."""
        stated = submit.occurred_at
        if stated is None:
            # Business time may have been set back by a restart: a ticket's history still never runs back.
            return max(self._business_now, ticket.changed_at) if ticket else self._business_now
        if stated.tzinfo is None:
            return "bad_time"
        at = in_millis(stated.astimezone(UTC))
        if not actor.import_right:
            return "no_import_right"
        if at > self._business_now:
            return "in_future"
        if ticket is not None and at < ticket.changed_at:
            return "before_last_change"
        return at

    def _happened(
        self,
        actor: Actor,
        submit: Submit,
        before: Ticket | None,
        ticket_id: TicketId,
        version: int,
        event: events.Base,
        private: dict[str, str],
        at: datetime,
    ) -> Outcome:
        after = apply(before, ticket_id, version, event, at)  # type: ignore[arg-type]
        record = LogRecord(
            seq=self._last_seq() + 1,
            epoch=self._known.epoch,
            type=events.name_of(event),
            entity_id=ticket_id,
            entity_version=version,
            actor=ref_of(actor),
            user=actor.user,
            cmd=(submit.outbox_id, submit.n),
            occurred_at=at,
            server_time=self._server_now,
            body=encode_event(event),
            private={name: value for name, value in private.items() if value},
            scope_before=None if before is None else key_of(before),
            scope_after=key_of(after),
            before=before,
            after=after,
        )
        self.batch.records.append(record)
        self._tickets[ticket_id] = after
        if isinstance(event, events.ParentSet):
            self._parents[ticket_id] = event.parent
            self.batch.parents[ticket_id] = event.parent
        return Outcome(
            outbox_id=submit.outbox_id,
            n=submit.n,
            status="applied",
            ticket_id=ticket_id,
            seq=record.seq,
            version=version,
        )

    def _conflict(self, submit: Submit, ticket: Ticket, expected: int) -> Outcome:
        history = reads.events_of(self._connection, ticket.id)
        history += [record for record in self.batch.records if record.entity_id == ticket.id]
        return Outcome(
            outbox_id=submit.outbox_id,
            n=submit.n,
            status="conflict",
            code="version",
            ticket_id=ticket.id,
            version=ticket.version,
            detail=conflict_detail(ticket, expected, history),
        )

    # -- look-ups: overlay, then memory, then the database -------------------------------------------

    def _prefetch(self, submissions: Iterable[Submission]) -> None:
        """One query for all tickets of the group, one for all external references."""
        wanted: set[TicketId] = set()
        keys: set[str] = set()
        for submission in submissions:
            command = submission.submit.command
            if isinstance(command, commands.Report):
                keys.add(external_key(command))
            wanted.update(filter(None, (submission.submit.ticket_id, other_of(command))))
        missing = [ticket_id for ticket_id in wanted if ticket_id not in self._known.tickets]
        if keys:
            self._externals = reads.externals(self._connection, keys)
            missing += [ticket_id for ticket_id in self._externals.values() if ticket_id not in self._known.tickets]
        if missing:
            self._tickets.update(reads.tickets(self._connection, missing))

    def _ticket(self, ticket_id: TicketId) -> Ticket | None:
        found = self._tickets.get(ticket_id) or self._known.tickets.get(ticket_id)
        if found is None:
            self._tickets.update(reads.tickets(self._connection, [ticket_id]))
            found = self._tickets.get(ticket_id)
        return found

    def _outbox(self, outbox_id: str) -> Outbox:
        box = self.outboxes.get(outbox_id)
        if box is None:
            known = self._known.outboxes.get(outbox_id)
            box = msgspec.structs.replace(known) if known else reads.outbox(self._connection, outbox_id)
            self.outboxes[outbox_id] = box
        return box

    def _open_children(self, ticket_id: TicketId) -> int:
        children = set(self._known.families.get(ticket_id, ()))
        for child, parent in self._parents.items():
            if parent == ticket_id:
                children.add(TicketId(child))
            else:
                children.discard(child)
        found = (self._ticket(TicketId(child)) for child in children)
        return sum(1 for child in found if child is not None and child.is_open)

    def _new_id(self, at: datetime) -> TicketId:
        """yymmdd-nnnn of the site's day on which the matter was reported."""
        day = at.astimezone(self._zone).strftime("%y%m%d")
        last = self.batch.numbers.get(day) or self._known.numbers.get(day)
        if last is None:
            last = reads.last_number(self._connection, day)
        self.batch.numbers[day] = last + 1
        return TicketId(f"{day}-{last + 1:04d}")

    def _last_seq(self) -> int:
        return self._known.head.seq + len(self.batch.records)


def rejected(submit: Submit, code: str, detail: dict[str, Any] | None = None) -> Outcome:
    return Outcome(
        outbox_id=submit.outbox_id,
        n=submit.n,
        status="rejected",
        code=code,
        ticket_id=submit.ticket_id,
        detail=detail or {},
    )


def hash_of(submit: Submit) -> bytes:
    """What makes a request the same request; `settled_below` may differ between two sends of it."""
    asked = (submit.ticket_id, submit.expected_version, submit.command, submit.created_at, submit.occurred_at)
    return hashlib.sha256(_encode(asked)).digest()


def external_key(command: commands.Report) -> str:
    return f"{command.source}:{command.external_ref}"


def other_of(command: commands.Base) -> TicketId | None:
    """The second ticket that a command names."""
    if isinstance(command, commands.Merge):
        return command.into
    if isinstance(command, commands.SetParent):
        return command.parent
    return None
