"""Turns a group of waiting commands into one write transaction: the only place where something becomes true.

Runs in the writer thread, on a `Connection` whose transaction it neither begins nor commits. Within a group, later commands
see what earlier ones changed; a refused command leaves no trace but its outcome. Rules are `domain.lifecycle`; exactly-once,
scope, versions and numbers are here; look-ups are `backend.working_set`; threads and waiting are `backend.handlers`.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from backend.clock import ServerClock
from backend.conflicts import conflict_detail
from backend.document_acts import DocumentActs
from backend.outcomes import Asked, applied, conflict, hash_of, moment, rejected
from backend.places import Places
from backend.store.reads import Outbox, Stored
from backend.store.records import LogRecord, decode_event, encode_event
from backend.store.writes import Batch, Writer, encode_outcome
from backend.working_set import MERGED, PARENT, Known
from domain import commands, events
from domain.actor import Actor, key_of, ref_of
from domain.ids import TicketId
from domain.lifecycle import Context, Decision, Rejection, decide
from domain.projection import apply
from domain.rules import Rules
from domain.ticket import Ticket
from domain.vocabulary import Role
from protocol.documents import KindBook
from protocol.messages import Act, Outcome, Submit
from protocol.snapshot import millis

log = logging.getLogger(__name__)
_outcome_of = msgspec.json.Decoder(Outcome).decode

PRUNE_AFTER_MS = int(timedelta(days=30).total_seconds() * 1000)
_NAMES = {kind: commands.name_of(kind) for kind in commands.COMMAND_TYPES}
_ASKS_KIN = (commands.Close, commands.Merge, commands.SetParent)
_ASKS_FINDER = (commands.Close, commands.RecordCheck)
_DEFECTS = (ArithmeticError, LookupError, TypeError, ValueError)
"""What a wrong value can raise inside a rule. One command's defect must not stop the hall: it is logged and refused."""


class Submission(Struct, frozen=True, gc=False):
    """A command with the identity of the session that sent it."""

    actor: Actor
    submit: Asked


class Group:
    """One transaction in the making."""

    def __init__(
        self,
        connection: Connection,
        known: Known,
        rules: Rules,
        clock: ServerClock,
        zone: ZoneInfo,
        book: KindBook,
        places: Places | None = None,
    ) -> None:
        self.batch = Batch()
        self.head = known.head
        self._known = known
        self._connection = connection
        self._work = known.working_set(connection, self.batch, zone, book)
        self._rules = rules
        self._places = places
        self._business_now = clock.now_business()
        self._rate = clock.business.rate
        self._server_now = max(known.head.server_time, clock.now_server())
        self._documents = DocumentActs(
            self._work,
            self.batch,
            rules,
            book,
            epoch=known.epoch,
            first_seq=known.head.seq + 1,
            zone=zone,
            business_now=self._business_now,
            server_now=self._server_now,
            rate=self._rate,
        )

    def run(self, submissions: Sequence[Submission], writer: Writer) -> list[Outcome]:
        """Decides all and writes what became of them. After the commit the caller hands `commit_to` the writer's memory."""
        submits = [asked.submit for asked in submissions if isinstance(asked.submit, Submit)]
        ids = {found for submit in submits for found in (submit.ticket_id, _other_of(submit.command)) if found}
        reports = [submit.command for submit in submits if isinstance(submit.command, commands.Report)]
        sent = [(asked.submit.outbox_id, asked.submit.n) for asked in submissions]
        keys = list({external_key(report) for report in reports})
        self._work.prefetch(ids, keys, sent, acts=len(submits) < len(submissions))
        outcomes = [self._one(asked.actor, asked.submit) for asked in submissions]
        if self.batch:
            self.head = writer.flush(self._connection, self.batch, self.head)
        return self.batch.final(outcomes)

    def commit_to(self, known: Known) -> None:
        known.remember(self._work, self.batch, self.head)

    # -- exactly once --------------------------------------------------------------------------------

    def _one(self, actor: Actor, submit: Asked) -> Outcome:
        box = self._work.outbox(submit.outbox_id)
        request_hash = hash_of(submit)
        stored = self._work.stored.get((submit.outbox_id, submit.n))
        if stored is not None:
            return self._again(actor, submit, stored, request_hash)
        if submit.n < box.pruned_below:
            return Outcome(outbox_id=submit.outbox_id, n=submit.n, status="expired", code="pruned")
        outcome = self._guarded(actor, submit)
        if outcome.code == "defect":
            return outcome  # not stored: the same command may be sent again after a repair
        self._store_outcome(actor, submit, request_hash, outcome)
        box.last_n = max(box.last_n, submit.n)
        self._settle(submit, box)
        return outcome

    def _again(self, actor: Actor, submit: Asked, stored: Stored, request_hash: bytes) -> Outcome:
        """The stored answer, seen through today's rights; another body or user under the same id runs nothing."""
        if (stored.user, stored.request_hash) != (actor.user, request_hash):
            return rejected(submit, "id_misuse")
        outcome = _outcome_of(stored.outcome)
        if outcome.ticket_id is not None and outcome.detail and not self._may_see(actor, submit, outcome.ticket_id):
            return msgspec.structs.replace(outcome, detail={})
        return outcome

    def _may_see(self, actor: Actor, submit: Asked, entity_id: TicketId) -> bool:
        if isinstance(submit, Act):
            return self._documents.may_see(actor, submit.kind, entity_id)
        ticket = self._work.ticket(entity_id)
        return ticket is not None and actor.scope.covers(ticket)

    def _store_outcome(self, actor: Actor, submit: Asked, request_hash: bytes, outcome: Outcome) -> None:
        encoded = encode_outcome(outcome)
        self._work.stored[(submit.outbox_id, submit.n)] = Stored(actor.user, request_hash, encoded)
        self.batch.commands.append((submit.outbox_id, submit.n, actor.user, request_hash, encoded))
        self.batch.outcomes.append(outcome)

    def _settle(self, submit: Asked, box: Outbox) -> None:
        """Keeps one mark per outbox; when it is 30 days old, what it names may be pruned and a new mark is set."""
        now = millis(self._server_now) or 0
        if box.mark_below and now - box.marked_at >= PRUNE_AFTER_MS:
            box.pruned_below, box.mark_below = max(box.pruned_below, box.mark_below), 0
        elif box.mark_below or submit.settled_below <= box.pruned_below:
            return
        if submit.settled_below > box.pruned_below:
            box.mark_below, box.marked_at = submit.settled_below, now
        self.batch.outboxes[submit.outbox_id] = (box.pruned_below, box.mark_below, box.marked_at)

    # -- one command ---------------------------------------------------------------------------------

    def _guarded(self, actor: Actor, submit: Asked) -> Outcome:
        try:
            if isinstance(submit, Act):
                return self._documents.act(actor, submit)
            if isinstance(submit.command, commands.Report):
                return self._report(actor, submit, submit.command)
            return self._act(actor, submit)
        except _DEFECTS:
            name = submit.kind if isinstance(submit, Act) else _NAMES[type(submit.command)]
            log.exception("command %s of outbox %s n=%d", name, submit.outbox_id, submit.n)
            return rejected(submit, "defect")

    def _act(self, actor: Actor, submit: Submit) -> Outcome:
        ticket = self._work.ticket(submit.ticket_id) if submit.ticket_id else None
        if ticket is None or not actor.scope.covers(ticket):
            # One answer for both where the scope is limited: a code must not tell what exists elsewhere.
            limited = actor.scope.areas or actor.scope.units
            return rejected(submit, "out_of_scope" if limited else "unknown_ticket")
        versioned = _NAMES[type(submit.command)] not in commands.UNVERSIONED
        if versioned and submit.expected_version is None:
            return rejected(submit, "no_version")
        if versioned and submit.expected_version != ticket.version:
            return self._conflict(submit, ticket)
        at = moment(actor, submit, ticket.changed_at, self._business_now)
        if isinstance(at, str):
            return rejected(submit, at)
        decision = decide(submit.command, ticket, self._context(actor, submit.command, ticket, at))
        if isinstance(decision, Rejection):
            return rejected(submit, decision.code, decision.detail)
        return self._happened(actor, submit, ticket, ticket.id, ticket.version + versioned, decision, at)

    def _context(self, actor: Actor, command: commands.Command, ticket: Ticket, at: datetime) -> Context:
        """What the rules want to know beside the ticket; looked up only for the commands that ask for it."""
        other_id = _other_of(command)
        other = self._work.ticket(other_id) if other_id else None
        asks_kin = isinstance(command, _ASKS_KIN)
        asks_finder = isinstance(command, _ASKS_FINDER) and actor.role not in (Role.SOURCE, Role.SYSTEM)
        return Context(
            actor=actor,
            now=at,
            rules=self._rules,
            other=other if other is not None and actor.scope.covers(other) else None,
            open_children=self._work.open_children(ticket.id) if asks_kin else 0,
            followers=self._work.followers(ticket.id) if asks_kin else 0,
            finder=self._work.finder(ticket.id) if asks_finder else None,
            rate=self._rate,
        )

    def _report(self, actor: Actor, submit: Submit, command: commands.Report) -> Outcome:
        key = external_key(command)
        known = self._work.externals.get(key)
        if known is not None:
            return self._known_already(actor, submit, known)
        at = moment(actor, submit, None, self._business_now)
        if isinstance(at, str):
            return rejected(submit, at)
        ground = None
        if self._places is not None and command.point is not None:
            ground = self._places.ground(command.point, self._rules.areas)
        decision = decide(command, None, Context(actor=actor, now=at, rules=self._rules, ground=ground))
        if isinstance(decision, Rejection):
            return rejected(submit, decision.code, decision.detail)
        ticket_id = self._work.new_id(at)
        self._work.externals[key] = ticket_id
        self._work.finders[ticket_id] = actor.user
        self.batch.externals.append((key, ticket_id))
        return self._happened(actor, submit, None, ticket_id, 1, decision, at)

    def _known_already(self, actor: Actor, submit: Submit, ticket_id: TicketId) -> Outcome:
        """The matter is here already: the same pair of source and reference is the same ticket."""
        ticket = self._work.ticket(ticket_id)
        if ticket is None or not actor.scope.covers(ticket):
            return rejected(submit, "out_of_scope")
        return applied(submit, ticket_id, self._last_seq(), ticket.version, "known")

    def _happened(
        self,
        actor: Actor,
        submit: Submit,
        before: Ticket | None,
        ticket_id: TicketId,
        version: int,
        decision: Decision,
        at: datetime,
    ) -> Outcome:
        body = encode_event(decision.event)
        # Folded from what is written, not from what was decided: 2 and 2.0 are one number to us but two in bytes, and
        # desks that fold the log must get the same row.
        event = decode_event(body)
        after = apply(before, ticket_id, version, event, at)
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
            body=body,
            private=decision.private,
            scope_before=None if before is None else key_of(before),
            scope_after=key_of(after),
            before=before,
            after=after,
        )
        self.batch.records.append(record)
        self.batch.tickets[ticket_id] = after
        self._work.tickets[ticket_id] = after
        if before is not None and after.parent != before.parent:
            self._work.set_elder(PARENT, ticket_id, before.parent, after.parent)
        if before is not None and after.merged_into != before.merged_into:
            self._work.set_elder(MERGED, ticket_id, before.merged_into, after.merged_into)
        return applied(submit, ticket_id, record.seq, version)

    def _conflict(self, submit: Submit, ticket: Ticket) -> Outcome:
        expected = submit.expected_version or 0
        detail = conflict_detail(ticket, expected, self._work.history(ticket.id))
        return conflict(submit, ticket.id, ticket.version, detail)

    def _last_seq(self) -> int:
        return self._known.head.seq + len(self.batch.records)


def external_key(command: commands.Report) -> str:
    return f"{command.source}:{command.external_ref}"


def _other_of(command: commands.Command) -> TicketId | None:
    """The second ticket that a command names."""
    if isinstance(command, commands.Merge):
        return command.into
    if isinstance(command, commands.SetParent):
        return command.parent
    return None
