"""Gives own commands: checks what may be given now, stores first, sends then, and keeps the overlay true.

Whether a command is allowed by role and state is `domain.lifecycle`'s word and, in the end, the server's; here stands only
what the line forbids (domain.md §3, offline table) and what the wire cannot carry.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from msgspec import Raw

from desktop.services.outbox import Outbox
from desktop.services.outbox_file import DocAct, Item, ItemState, act_of, command_name
from desktop.services.pending import Own, PendingBook
from desktop.services.sqlite_file import StorageError
from desktop.services.values import DocKey, Notice, Pending, PendingId, PendingView, Refusal
from domain import documents
from domain.commands import OFFLINE_ALLOWED, UNVERSIONED, Command, Withdraw, name_of
from domain.documents import DocCommand, DocumentState
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.codec import ProtocolError, decode_client, encode
from protocol.documents import KindBook, encode_json
from protocol.messages import Act, ClientMessage, Outcome, Submit

log = logging.getLogger(__name__)


class Commander:
    """`online`: a session is live. `ticket`, `document`: the working set's value of one. `seq`: how far the mirror is.

    `on_pending` is called after every change of the overlay, `on_outcome` with each final outcome.
    """

    def __init__(
        self,
        *,
        send: Callable[[ClientMessage], bool],
        online: Callable[[], bool],
        ticket: Callable[[TicketId], Ticket | None],
        document: Callable[[DocKey], DocumentState | None] = lambda _: None,
        kinds: KindBook | None = None,
        held: Callable[[Item], bool] = lambda _: False,
        seq: Callable[[], int],
        wall: Callable[[], datetime],
        monotonic: Callable[[], float],
        on_pending: Callable[[], None],
        on_outcome: Callable[[Outcome], None],
        on_notice: Callable[[Notice], None],
    ) -> None:
        self._send = send
        self._online = online
        self._ticket = ticket
        self._document = document
        self._kinds = kinds or KindBook()
        self._held = held
        self._seq = seq
        self._wall = wall
        self._on_pending = on_pending
        self._on_outcome = on_outcome
        self._on_notice = on_notice
        self._book = PendingBook(monotonic)
        self._outbox: Outbox | None = None
        self._given: asyncio.Queue[tuple[Own, int | None, int | None]] = asyncio.Queue()
        self._undo_asked: set[PendingId] = set()
        self._not_stored: set[PendingId] = set()
        self._pumping = asyncio.Lock()

    # -- what views call ------------------------------------------------------------------------

    @property
    def pending(self) -> PendingView:
        return self._book.view()

    def allowed_now(self, command_name: str) -> str:
        """ "" or the code why this command cannot be given at the moment, whoever gives it."""
        if self._outbox is None:
            return "no_identity"
        if not self._online() and command_name not in OFFLINE_ALLOWED:
            return "offline_refused"
        return ""

    def submit(self, command: Command, ticket: Ticket | None = None) -> PendingId | Refusal:
        """Queue a command. The overlay shows it from now on as `storing`, and as pending once it is safe on disk."""
        return self._give(command, ticket, None)

    def act_allowed_now(self, kind: str, command: str) -> str:
        """ "" or the code why this command on a document of the kind cannot be given at the moment, whoever gives it."""
        bound = self._kinds.get(kind)
        if bound is None:
            return documents.DocCode.UNKNOWN_KIND
        if self._outbox is None:
            return "no_identity"
        if not self._online() and command not in bound.kind.offline_allowed:
            return "offline_refused"
        return ""

    def act(self, kind: str, command: DocCommand, document: DocumentState | None = None) -> PendingId | Refusal:
        """Queue a command on a document, or (None) one that makes a document. Safe on disk before it is sent, as `submit`."""
        return self._act(act_of(kind, encode_json(command).decode()), document, None)

    def undoable(self, ticket_id: TicketId) -> Pending | None:
        own = self._book.undoable(ticket_id)
        return None if own is None else self._book.shown(own)

    def undo(self, pending_id: PendingId) -> PendingId | Refusal:
        """Take an own dispatch back within 10 s: out of the outbox where it was never sent, else by a withdrawal."""
        own = self._book.dispatch_of(pending_id)
        if own is None or own.ticket_id is None or self._book.undoable(own.ticket_id) is None:
            return Refusal("undo_too_late")
        self._book.undone(own)
        if own.state in ("storing", "queued"):
            self._undo_asked.add(own.id)
            self._given.put_nowait((own, None, None))
            return own.id
        ticket = self._ticket(own.ticket_id)
        if ticket is None:
            return Refusal("ticket_unknown")
        return self._give(Withdraw(), ticket, None)

    def retry(self, pending_id: PendingId) -> PendingId | Refusal:
        """Give a failed command once more, on the ticket as it is now. A too old one goes out as it was."""
        own = self._book.get(pending_id)
        if own is None or own.item is None:
            return Refusal("gone")
        if own.item.state is ItemState.TOO_OLD:
            self._given.put_nowait((own, None, None))
            return own.id
        answer = self._again(own, own.item)
        if not isinstance(answer, Refusal):
            self._book.forget(pending_id)
            self._on_pending()
        return answer

    def discard(self, pending_id: PendingId) -> None:
        """Give up an item of the tray. It is kept on file, with who and when."""
        own = self._book.get(pending_id)
        if own is not None and own.item is not None:
            self._undo_asked.add(own.id)
            self._given.put_nowait((own, None, None))

    # -- what other services call ---------------------------------------------------------------

    async def use(self, outbox: Outbox | None) -> None:
        """Work for this login's outbox, already open; None = nobody is logged in."""
        self._outbox = outbox
        self._book = PendingBook(self._book.monotonic)
        while not self._given.empty():
            # Given under another login, and not on disk: it must not go out under this one.
            own, _, _ = self._given.get_nowait()
            self._given.task_done()
            self._not_stored.add(own.id)
            self._on_notice(Notice("not_stored", {"command": command_name(own.command)}))
        if outbox is not None:
            outbox.held = self._held
            self._book.restore(list(outbox.items.values()))
        self._on_pending()
        await self.pump()

    async def run(self) -> None:
        """Stores what was given, one after the other, so that their order is the order of the clicks."""
        while True:
            own, expected, replaces = await self._given.get()
            try:
                await self._carry_out(own, expected, replaces)
            finally:
                self._given.task_done()
            self._on_pending()
            await self.pump()

    async def settled(self) -> None:
        """Wait until everything given so far is safe on disk, or refused."""
        await self._given.join()

    async def safe(self, pending_id: PendingId) -> bool:
        """Wait until this command is on disk; False where it is not and never goes out."""
        await self.settled()
        return pending_id not in self._not_stored

    async def pump(self) -> None:
        """Send what may go out now."""
        if self._outbox is None or not self._online():
            return
        async with self._pumping:
            try:
                old = await self._outbox.put_aside_old()
                self._update(old)
                submits = await self._outbox.next_submits()
            except StorageError as error:
                self._on_notice(Notice("storage_full", {"reason": error.code}))
                return
            for submit in submits:
                if not self._send(submit):
                    self._outbox.not_sent(submit.n)
                self._update([self._outbox.items[submit.n]])
        if submits or old:
            self._on_pending()

    async def on_outcome(self, outcome: Outcome) -> None:
        if self._outbox is None:
            return
        before = self._outbox.items.get(outcome.n)
        try:
            changed = await self._outbox.outcome(outcome)
        except StorageError as error:
            # Nothing is lost: without the outcome on disk the same command is sent, and answered, again.
            self._on_notice(Notice("storage_full", {"reason": error.code}))
            return
        for item in changed:
            if item.state is ItemState.APPLIED:
                self._book.applied(item, outcome, self._seq())
            else:
                self._book.update(item)
        if before is not None and changed and changed[0].outcome is not None:
            self._on_outcome(outcome)
        self._on_pending()
        await self.pump()

    def on_seq(self, seq: int) -> None:
        """The mirror has come to `seq`: what it shows by itself needs no overlay."""
        if self._book.seen(seq):
            self._on_pending()

    async def on_moved_out(self, gone: Collection[DocKey]) -> None:
        """Tickets and documents that left the area of this session."""
        if self._outbox is None:
            return
        try:
            changed = await self._outbox.block_targets(gone, "moved_out")
        except StorageError as error:
            # They stay in the queue; the server will refuse them by itself.
            self._on_notice(Notice("storage_full", {"reason": error.code}))
            return
        self._update(changed)
        if changed:
            self._on_pending()

    def line_lost(self) -> None:
        if self._outbox is not None:
            self._outbox.line_lost()

    # -- inside ---------------------------------------------------------------------------------

    def _give(self, command: Command, ticket: Ticket | None, replaces: int | None) -> PendingId | Refusal:
        code = self.allowed_now(name_of(command)) or _unfit(command)
        if code:
            return Refusal(code)
        versioned = name_of(command) not in UNVERSIONED and ticket is not None
        version = ticket.version if versioned and ticket else None
        return self._take(command, ticket.id if ticket else None, version, replaces)

    def _act(self, act: DocAct, document: DocumentState | None, replaces: int | None) -> PendingId | Refusal:
        code = self.act_allowed_now(act.kind, act.do) or _unfit(act)
        if code:
            return Refusal(code)
        if document is None:
            return self._take(act, None, None, replaces)
        return self._take(act, TicketId(document.id), document.version, replaces)

    def _take(
        self, command: Command | DocAct, target_id: TicketId | None, version: int | None, replaces: int | None
    ) -> PendingId:
        own = self._book.given(command, target_id, self._wall())
        self._given.put_nowait((own, version, replaces))
        self._on_pending()
        return own.id

    def _again(self, own: Own, item: Item) -> PendingId | Refusal:
        """The same command on the thing as it is now."""
        command = item.command
        if isinstance(command, DocAct):
            document = self._document(own.target) if own.target else None
            if own.target is not None and document is None:
                return Refusal("document_unknown")
            return self._act(command, document, item.n)
        ticket = self._ticket(own.ticket_id) if own.ticket_id else None
        if own.ticket_id is not None and ticket is None:
            return Refusal("ticket_unknown")
        return self._give(command, ticket, item.n)

    async def _carry_out(self, own: Own, expected: int | None, replaces: int | None) -> None:
        try:
            if own.id in self._undo_asked and own.item is not None:
                await self._drop(own, own.item)
            elif own.id in self._undo_asked:
                self._book.forget(own.id)
            elif own.item is not None:
                self._update([await self._opened().confirm(own.item.n)])
            else:
                await self._store(own, expected, replaces)
        except StorageError as error:
            self._refused_by_disk(own, error)
        self._undo_asked.discard(own.id)

    async def _store(self, own: Own, expected: int | None, replaces: int | None) -> None:
        """A command on something with an own one still open counts on that one's success."""
        outbox = self._opened()
        after_n = None
        if expected is not None and own.target is not None:
            expected = max(expected, self._book.version_of(own.target))
            kind, target_id = own.target
            after = outbox.last_waiting(target_id, kind)
            if after is not None and (after.expected_version or 0) >= expected:
                after_n, expected = after.n, (after.expected_version or 0) + 1
        self._book.stored(own, await outbox.add(own.command, own.ticket_id, expected, after_n, replaces))

    async def _drop(self, own: Own, item: Item) -> None:
        try:
            blocked = await self._opened().discard(item.n, "discarded")
        except ValueError:
            # It went out between the click and now: the way back is a withdrawal.
            log.info("command %s was sent already", item.n)
            ticket = self._ticket(item.ticket_id) if item.ticket_id else None
            if ticket is not None:
                self._give(Withdraw(), ticket, None)
            return
        self._book.forget(own.id)
        self._update(blocked)

    def _refused_by_disk(self, own: Own, error: StorageError) -> None:
        """Never shown as pending: it is not safe anywhere."""
        log.warning("command not stored: %s", error)
        if own.item is None:
            self._book.forget(own.id)
            self._not_stored.add(own.id)
        self._on_notice(Notice("storage_full", {"reason": error.code, "command": command_name(own.command)}))

    def _update(self, items: Iterable[Item]) -> None:
        for item in items:
            self._book.update(item)

    def _opened(self) -> Outbox:
        if self._outbox is None:
            raise StorageError("closed", "nobody is logged in")
        return self._outbox


def _unfit(command: Command | DocAct) -> str:
    """ "" or the code why the wire would refuse this command for ever: said now, while the person can still change it."""
    outbox_id, n, at = "0" * 32, 2**53 - 1, datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    probe: ClientMessage
    if isinstance(command, DocAct):
        body = Raw(command.body.encode())
        probe = Act(outbox_id=outbox_id, n=n, kind=command.kind, body=body, created_at=at)
    else:
        probe = Submit(outbox_id=outbox_id, n=n, command=command, created_at=at)
    try:
        decode_client(encode(probe))
    except ProtocolError as error:
        return error.code
    return ""
