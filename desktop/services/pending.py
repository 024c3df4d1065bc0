"""The overlay of own commands over what the server says: shown at once, gone only when the stream has shown the effect.

No effect is invented: an entry says which command, since when, and how far it is. It is removed when the mirror has reached
the event of its `applied` (no flicker, I15), or when it failed; what failed stays in the tray. Pure bookkeeping, no I/O.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.services.outbox_file import TRAY, DocAct, Item, ItemState, args_of, command_name, kind_of
from desktop.services.values import DocKey, Pending, PendingId, PendingView
from domain.commands import Command, Dispatch
from domain.documents import TICKET
from domain.ids import TicketId
from protocol.messages import Outcome

UNDO_S = 10.0
OPEN_STATES = frozenset({"storing", "queued", "sent", "applied"})


@dataclass
class Own:
    """One own command from the click on. `given_at` is monotonic. `ticket_id` is a document's id where it is a DocAct."""

    id: PendingId
    command: Command | DocAct
    ticket_id: TicketId | None
    state: str
    since: datetime
    given_at: float
    item: Item | None = None
    seq: int | None = None
    version: int | None = None
    code: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> DocKey | None:
        return None if self.ticket_id is None else (kind_of(self.command), self.ticket_id)


class PendingBook:
    """`monotonic` in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.monotonic = monotonic
        self._own: dict[PendingId, Own] = {}
        self._by_n: dict[int, PendingId] = {}
        self._dispatches: dict[TicketId, Own] = {}
        self._versions: dict[DocKey, tuple[int, int]] = {}
        self._count = 0

    def given(self, command: Command | DocAct, ticket_id: TicketId | None, now: datetime) -> Own:
        self._count += 1
        own = Own(PendingId(f"p{self._count}"), command, ticket_id, "storing", now, self.monotonic())
        self._own[own.id] = own
        if ticket_id is not None and isinstance(command, Dispatch):
            self._dispatches[ticket_id] = own
        return own

    def get(self, pending_id: PendingId) -> Own | None:
        return self._own.get(pending_id)

    def undoable(self, ticket_id: TicketId) -> Own | None:
        """The own dispatch of the last 10 s on this ticket, if it has not failed; its echo may have been seen already."""
        own = self._dispatches.get(ticket_id)
        if own is None or own.state not in OPEN_STATES or self.monotonic() - own.given_at >= UNDO_S:
            self._dispatches.pop(ticket_id, None)
            return None
        return own

    def dispatch_of(self, pending_id: PendingId) -> Own | None:
        return next((own for own in self._dispatches.values() if own.id == pending_id), None)

    def undone(self, own: Own) -> None:
        if own.ticket_id is not None:
            self._dispatches.pop(own.ticket_id, None)

    def stored(self, own: Own, item: Item) -> None:
        self._by_n[item.n] = own.id
        own.item = item
        own.state = "queued"

    def forget(self, pending_id: PendingId) -> None:
        own = self._own.pop(pending_id, None)
        if own is not None and own.item is not None:
            self._by_n.pop(own.item.n, None)

    def restore(self, items: list[Item]) -> None:
        """Take over what an earlier run left, or what a salvage saved."""
        for item in items:
            if item.n in self._by_n:
                self.update(item)
                continue
            self._count += 1
            own = Own(
                PendingId(f"p{self._count}"),
                item.command,
                item.ticket_id,
                "queued",
                item.created_at,
                self.monotonic() - UNDO_S,
                item,
            )
            self._own[own.id] = own
            self._by_n[item.n] = own.id
            self.update(item)

    def update(self, item: Item) -> Own | None:
        """Follow the outbox: sent, back in the queue, or failed. `applied` comes with its outcome."""
        pending_id = self._by_n.get(item.n)
        own = self._own.get(pending_id) if pending_id is not None else None
        if own is None:
            return None
        own.item = item
        if item.state in TRAY:
            own.state, own.code = item.state.value, item.last_error
            own.detail = item.outcome.detail if item.outcome else {}
        elif item.state in (ItemState.STORED, ItemState.SENT):
            own.state = "queued" if item.state is ItemState.STORED else "sent"
            own.code = item.last_error
        return own

    def applied(self, item: Item, outcome: Outcome, seen_seq: int) -> None:
        """The server carried it out; shown as such until the mirror has come to its event."""
        own = self.update(item)
        if own is None:
            return
        own.state, own.seq, own.version = "applied", outcome.seq, outcome.version
        if outcome.seq is None or outcome.seq <= seen_seq:
            self.forget(own.id)
        elif own.target is not None and outcome.version is not None:
            self._versions[own.target] = (outcome.version, outcome.seq)

    def version_of(self, target: DocKey) -> int:
        """Version that an own command gave the thing and that the mirror does not show yet; 0 where there is none."""
        return self._versions.get(target, (0, 0))[0]

    def seen(self, seq: int) -> bool:
        """The mirror has come to `seq`. True where an entry went with it."""
        gone = [
            own.id for own in self._own.values() if own.state == "applied" and own.seq is not None and own.seq <= seq
        ]
        for pending_id in gone:
            self.forget(pending_id)
        self._versions = {i: pair for i, pair in self._versions.items() if pair[1] > seq}
        return bool(gone)

    def view(self) -> PendingView:
        entries: dict[TicketId, Pending] = {}
        documents: dict[DocKey, Pending] = {}
        tray: list[Pending] = []
        waiting: list[Pending] = []
        for own in self._own.values():
            shown = self.shown(own)
            if own.state not in OPEN_STATES:
                tray.append(shown)
                continue
            if own.state in ("storing", "queued", "sent"):
                waiting.append(shown)
            if own.ticket_id is None:
                continue
            if shown.kind == TICKET:
                entries[own.ticket_id] = shown
            else:
                documents[(shown.kind, own.ticket_id)] = shown
        return PendingView(
            entries=entries, documents=documents, tray=tuple(tray), waiting=tuple(waiting), queued=len(waiting)
        )

    def shown(self, own: Own) -> Pending:
        age_s = max(0.0, self.monotonic() - own.given_at)
        undo = own.state in OPEN_STATES and isinstance(own.command, Dispatch)
        return Pending(
            id=own.id,
            n=own.item.n if own.item else None,
            ticket_id=own.ticket_id,
            kind=kind_of(own.command),
            command=command_name(own.command),
            state=own.state,
            since=own.since,
            age_s=age_s,
            undo_left_s=max(0.0, UNDO_S - age_s) if undo else 0.0,
            code=own.code,
            detail=own.detail,
            args={} if own.state in OPEN_STATES else args_of(own.command),
            seq=own.seq,
            version=own.version,
        )
