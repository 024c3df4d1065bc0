"""What must be true, said from the log alone: plain folds of its events, and the invariants of docs/reliability I1 to I23."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from backend.store.records import decode_event
from backend.store.store import FILE_NAME
from domain.actor import Scope
from domain.ids import TicketId
from domain.projection import apply
from domain.ticket import Ticket
from protocol.messages import Outcome
from protocol.snapshot import instant

Rows = dict[TicketId, Ticket]


class Entry(Struct, frozen=True):
    """One event of the log, with its ticket after it."""

    seq: int
    type: str
    ticket: Ticket
    user: str
    cmd: tuple[str, int]
    server_time: int


class Oracle:
    """Reads the log as any other program would, never through the store."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self.entries: list[Entry] = []
        self._tickets: Rows = {}

    def read_on(self) -> None:
        """I1: dense; I2: what was read once never changes its place; times never run back."""
        sql = (
            "SELECT seq, type, entity_id, entity_version, body, occurred_at, user, cmd_outbox, cmd_n, server_time"
            " FROM event WHERE seq > ? ORDER BY seq"
        )
        with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            rows: list[tuple[Any, ...]] = file.execute(sql, (len(self.entries),)).fetchall()
            [(head, count)] = file.execute("SELECT head.seq, (SELECT count(*) FROM event) FROM head").fetchall()
        for seq, type_, entity, version, body, at, user, outbox, n, server_time in rows:
            assert seq == len(self.entries) + 1, f"I1: {seq} follows {len(self.entries)}"
            ticket_id = TicketId(entity)
            before = self._tickets.get(ticket_id)
            after = apply(before, ticket_id, version, decode_event(body), instant(at))
            self._check_version(before, version, type_)
            if self.entries:
                assert server_time >= self.entries[-1].server_time, "time of the log ran back"
            self._tickets[ticket_id] = after
            self.entries.append(Entry(seq, type_, after, user, (outbox, n), server_time))
        assert head == count == len(self.entries), f"I1: head {head}, {count} events"

    def _check_version(self, before: Ticket | None, version: int, type_: str) -> None:
        """I13: each versioned command raises by exactly one; a comment does not."""
        old = before.version if before else 0
        wanted = old if type_ == "commented" else old + 1
        assert version == wanted, f"I13: {type_} took version {old} to {version}"

    def known(self, scope: Scope, seq: int) -> Rows:
        """F(scope, seq): the plain fold, filtered."""
        found = {entry.ticket.id: entry.ticket for entry in self.entries[:seq]}
        return {ticket_id: ticket for ticket_id, ticket in found.items() if scope.covers(ticket)}

    def check_effects(self) -> None:
        """I10: at most one event for a command; I12: commands of one outbox on one ticket in their order."""
        seen: set[tuple[str, int]] = set()
        order: dict[tuple[str, TicketId], int] = defaultdict(int)
        for entry in self.entries:
            assert entry.cmd not in seen, f"I10: {entry.cmd} took effect twice"
            seen.add(entry.cmd)
            outbox, n = entry.cmd
            key = (outbox, entry.ticket.id)
            assert n > order[key], f"I12: {n} after {order[key]} on {entry.ticket.id}"
            order[key] = n

    def check_told(self, user: str, told: list[Outcome]) -> None:
        """I9: what was acknowledged is there; I10: all answers are equal; I19: in the name of who sent it."""
        answers: dict[tuple[str, int], tuple[str, int | None]] = {}
        for outcome in told:
            key = (outcome.outbox_id, outcome.n)
            answer = (outcome.status, outcome.seq)
            assert answers.setdefault(key, answer) == answer, f"I10: {key} was answered {answers[key]} and {answer}"
            if outcome.status == "applied":
                assert outcome.seq is not None
                assert outcome.seq <= len(self.entries), f"I9: {outcome} is not in the log"
                entry = self.entries[outcome.seq - 1]
                assert entry.cmd == key, f"I9: {outcome.seq} is {entry.cmd}, not {key}"
                assert entry.user == user, f"I19: {entry.user} instead of {user}"
