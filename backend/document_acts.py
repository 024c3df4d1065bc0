"""One command on a document inside a write transaction: the same questions in the same order as for a ticket.

Part of backend.acceptance, which answers exactly-once and owns the transaction; rules of the kinds are domain's.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from backend.conflicts import document_conflict
from backend.outcomes import applied, conflict, moment, rejected
from backend.store.documents import Files, Reference
from backend.store.records import LogRecord
from backend.store.writes import Batch
from backend.working_set import WorkingSet
from domain import documents
from domain.actor import Actor, ref_of
from domain.documents import (
    MAX_ID,
    BlobRef,
    DocCode,
    DocContext,
    DocDecision,
    DocKind,
    DocumentError,
    DocumentState,
)
from domain.ids import TicketId
from domain.lifecycle import Rejection
from domain.rules import Rules
from domain.ticket import Ticket
from domain.vocabulary import Role
from protocol.documents import BoundKind, KindBook, encode_json
from protocol.messages import Act, Outcome


class DocumentActs:
    """The documents of one group. `first_seq` is the seq of the group's first event."""

    def __init__(
        self,
        work: WorkingSet,
        batch: Batch,
        rules: Rules,
        book: KindBook,
        *,
        epoch: str,
        first_seq: int,
        zone: ZoneInfo,
        business_now: datetime,
        server_now: datetime,
        rate: float,
    ) -> None:
        self._work = work
        self._batch = batch
        self._rules = rules
        self._book = book
        self._epoch = epoch
        self._first_seq = first_seq
        self._zone = zone
        self._business_now = business_now
        self._server_now = server_now
        self._rate = rate

    def may_see(self, actor: Actor, kind: str, doc_id: str) -> bool:
        state = self._work.document(kind, doc_id)
        return state is not None and documents.covers(actor.scope, state)

    def act(self, actor: Actor, act: Act) -> Outcome:
        bound = self._book.get(act.kind)
        if bound is None:
            return rejected(act, DocCode.UNKNOWN_KIND, {"kind": act.kind})
        try:
            command = bound.command(act.body)
        except msgspec.DecodeError:
            return rejected(act, DocCode.BAD_COMMAND)
        state = self._work.document(act.kind, act.doc_id) if act.doc_id is not None else None
        refusal = self._refused_as_it_stands(actor, act, state, bound.kind, documents.name_of(command))
        if refusal is not None:
            return refusal
        at = moment(actor, act, state.changed_at if state else None, self._business_now)
        if isinstance(at, str):
            return rejected(act, at)
        decision = documents.decide(bound.kind, command, state, self._context(actor, at))
        if isinstance(decision, Rejection):
            return rejected(act, decision.code, decision.detail)
        return self._happened(actor, act, bound, state, command, decision, at)

    def _refused_as_it_stands(
        self, actor: Actor, act: Act, state: DocumentState | None, kind: DocKind, command: str
    ) -> Outcome | None:
        """Scope and version, before anything is decided."""
        if act.doc_id is None:
            return None
        if state is None or not documents.covers(actor.scope, state):
            # One answer for both where the scope is limited: a code must not tell what exists elsewhere.
            limited = actor.scope.areas or actor.scope.units
            return rejected(act, "out_of_scope" if limited else "unknown_document")
        if act.expected_version is None:
            # The centre's own acts are meant for the document as it is when their turn comes.
            return None if actor.role is Role.SYSTEM else rejected(act, "no_version")
        if act.expected_version != state.version and command not in kind.any_version:
            history = self._work.history(state.id, act.kind)
            detail = document_conflict(self._book[act.kind], state, act.expected_version, history)
            return conflict(act, state.id, state.version, detail)
        return None

    def _context(self, actor: Actor, at: datetime) -> DocContext:
        """Look-ups show only what the actor may see: a refusal must not tell what exists elsewhere."""
        scope, work, book = actor.scope, self._work, self._book

        def lookup(kind: str, doc_id: str) -> DocumentState | None:
            state = work.document(kind, doc_id) if book.get(kind) else None
            return state if state is not None and documents.covers(scope, state) else None

        def open_of(kind: str) -> tuple[DocumentState, ...]:
            found = work.open_documents(kind) if book.get(kind) else []
            return tuple(state for state in found if documents.covers(scope, state))

        def ticket(ticket_id: TicketId) -> Ticket | None:
            found = work.ticket(ticket_id)
            return found if found is not None and scope.covers(found) else None

        return DocContext(
            actor=actor, now=at, rules=self._rules, rate=self._rate, lookup=lookup, open_of=open_of, ticket=ticket
        )

    def _happened(
        self,
        actor: Actor,
        act: Act,
        bound: BoundKind,
        before: DocumentState | None,
        command: documents.DocCommand,
        decision: DocDecision,
        at: datetime,
    ) -> Outcome:
        key = ""
        if before is None:
            doc_id, key = self._new_id(bound, command, at)
            if self._work.document(bound.name, doc_id) is not None:
                shown = {"id": doc_id} if self.may_see(actor, bound.name, doc_id) else {}
                return rejected(act, DocCode.EXISTS, shown)
        else:
            doc_id = before.id
        version = before.version + 1 if before else 1
        body = encode_json(decision.event)
        # Folded from what is written, as desks do: what JSON changes, changes here too.
        event = bound.event(body)
        after = documents.fold(bound.kind, before, doc_id, version, event, at)
        if before is None and not documents.covers(actor.scope, after):
            return rejected(act, DocCode.SCOPE)
        missing = self._file_that_may_not_be_named(actor, bound, before, after)
        if missing is not None:
            return rejected(act, DocCode.UNKNOWN_BLOB, {"sha256": missing.sha256})
        if key:
            self._batch.numbers[key] = self._batch.numbers.get(key, self._work.last_number(key)) + 1
        record = LogRecord(
            seq=self._first_seq + len(self._batch.records),
            epoch=self._epoch,
            type=documents.name_of(event),
            entity=bound.name,
            entity_id=doc_id,
            entity_version=version,
            actor=ref_of(actor),
            user=actor.user,
            cmd=(act.outbox_id, act.n),
            occurred_at=at,
            server_time=self._server_now,
            body=body,
            private=decision.private,
            scope_before=None if before is None else documents.key_of(before),
            scope_after=documents.key_of(after),
            document_before=before,
            document=after,
        )
        if record.scope_before is not None and record.scope_before != record.scope_after:
            record.state = encode_json(after)
        self._keep(bound, record, before, after)
        return applied(act, doc_id, record.seq, version)

    def _new_id(self, bound: BoundKind, command: documents.DocCommand, at: datetime) -> tuple[str, str]:
        """(id, key of the number that it uses up when the command is carried out)"""
        day = at.astimezone(self._zone).date()
        key = f"{bound.name}:{day:%y%m%d}"
        doc_id = bound.kind.new_id(command, self._work.last_number(key) + 1, day)
        if not 0 < len(doc_id) <= MAX_ID:
            raise DocumentError(f"{bound.name}: {len(doc_id)} characters are no id")
        return doc_id, key

    def _keep(self, bound: BoundKind, record: LogRecord, before: DocumentState | None, after: DocumentState) -> None:
        """Into the overlay of the group, and into what its transaction writes."""
        key = (bound.name, after.id)
        self._batch.records.append(record)
        self._batch.documents[key] = after
        self._work.documents[key] = after
        was = _digests(bound, before)
        now, ticket_id = _digests(bound, after), bound.kind.ticket_of(after)
        if was or now:
            first = self._batch.files.get(key)
            self._batch.files[key] = Files(first.before if first else was, now, ticket_id)

    def _file_that_may_not_be_named(
        self, actor: Actor, bound: BoundKind, before: DocumentState | None, after: DocumentState
    ) -> BlobRef | None:
        """The first new reference to a file that is not there, is something else, or was never shown to this user."""
        old = set(bound.kind.blobs(before)) if before else set()
        for ref in bound.kind.blobs(after):
            if ref not in old and not self._may_name(actor, ref):
                return ref
        return None

    def _may_name(self, actor: Actor, ref: BlobRef) -> bool:
        meta = self._work.blob(ref.sha256)
        if meta is None or (meta.size, meta.media_type) != (ref.size, ref.media_type):
            return False
        if self._work.owns_blob(ref.sha256, actor.user):
            return True
        return any(self._sees(actor, reference) for reference in self._work.references(ref.sha256))

    def _sees(self, actor: Actor, reference: Reference) -> bool:
        if self.may_see(actor, reference.kind, reference.id):
            return True
        ticket = self._work.ticket(reference.ticket_id) if reference.ticket_id else None
        return ticket is not None and actor.scope.covers(ticket)


def _digests(bound: BoundKind, state: DocumentState | None) -> frozenset[str]:
    return frozenset(ref.sha256 for ref in bound.kind.blobs(state)) if state is not None else frozenset()
