"""Values that services hand to the bridge and, through it, to models and views. Frozen, without behaviour beyond a look-up.

No sentences in here: codes and figures only; the words are made where they are shown.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from msgspec import Struct

from domain.documents import TICKET, DocumentState
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.ticket import Ticket
from domain.vocabulary import Level, Source, State, Urgency

PendingId = NewType("PendingId", str)
"""Local name of an own command, good from the click on, before the outbox has numbered it."""

DocKey = tuple[str, str]
"""(kind, id) of a document; of a ticket ("ticket", id)."""

TICKETS = "tickets"
"""Source name of the ticket stream in freshness."""


class ChangeSet(Struct, frozen=True, kw_only=True):
    """What one batch did to the working set. An id is in `upserted` or in `removed`, never in both.

    `reset`: the whole set was exchanged and `upserted` holds all of it. `moved_out` (part of `removed`): tickets that left
    the area of this session; the others fell out of the 24 h working set. `documents`: (kind, id, state, or None for one that
    is gone); at a reset all of them.
    """

    upserted: tuple[Ticket, ...] = ()
    removed: tuple[TicketId, ...] = ()
    seq: int = 0
    as_of: datetime | None = None
    reset: bool = False
    moved_out: tuple[TicketId, ...] = ()
    documents: tuple[tuple[str, str, DocumentState | None], ...] = ()


class Fresh(StrEnum):
    LIVE = "live"
    CATCHING_UP = "catching_up"
    STALE = "stale"
    OFFLINE = "offline"
    NEVER = "never"


class Freshness(Struct, frozen=True, kw_only=True):
    """How old a source is. `as_of` is business time; `age_s`, `since_s`, `retry_in_s` are real seconds.

    `behind` = changes still missing while catching up; `snapshot` = (parts got, parts in all) while one is fetched.
    """

    source: str = TICKETS
    state: Fresh = Fresh.NEVER
    as_of: datetime | None = None
    age_s: float | None = None
    behind: int | None = None
    since_s: float | None = None
    retry_in_s: float | None = None
    snapshot: tuple[int, int] | None = None
    reason: str = ""


class Notice(Struct, frozen=True):
    """Something a person must hear of, as a code: cache_rebuilt · cache_read_only · cache_writable · outbox_salvaged ·
    storage_full · not_stored · login_needed · version_unsupported · clock_off · identity_changed."""

    code: str
    detail: dict[str, Any] = {}
    at: datetime | None = None
    """When it was said, by this machine's clock."""


class Answer(Struct, frozen=True):
    """Reply to a question beside the stream. `error`: "" · offline · timeout · the server's code."""

    body: bytes | None = None
    error: str = ""


class Refusal(Struct, frozen=True):
    """Why a command was not even queued: offline_refused · not_connected · read_only · no_identity · undo_too_late …"""

    code: str
    detail: dict[str, Any] = {}


class Pending(Struct, frozen=True, kw_only=True):
    """One own command. `state`: storing · queued · sent · applied (confirmed, its event not seen yet) ·
    conflict · rejected · expired · blocked (the one before it failed) · too_old · unknown (must be confirmed by a person).
    """

    id: PendingId
    n: int | None
    ticket_id: TicketId | None
    """Of a command on a document its id."""
    kind: str = TICKET
    command: str
    state: str
    since: datetime
    age_s: float = 0.0
    undo_left_s: float = 0.0
    code: str = ""
    detail: dict[str, Any] = {}
    args: dict[str, Any] = {}
    """What the command said, as plain values; of those that need a person only."""
    seq: int | None = None
    version: int | None = None


class PendingView(Struct, frozen=True, kw_only=True):
    """`entries`: the newest unsettled own command of each ticket, `documents`: of each document; `tray`: what needs a person;
    `waiting`: what has no answer yet, in the order of the clicks; `queued`: how many that are."""

    entries: dict[TicketId, Pending] = {}
    documents: dict[DocKey, Pending] = {}
    tray: tuple[Pending, ...] = ()
    waiting: tuple[Pending, ...] = ()
    queued: int = 0

    def of(self, ticket_id: TicketId) -> Pending | None:
        return self.entries.get(ticket_id)

    def of_document(self, kind: str, doc_id: str) -> Pending | None:
        return self.documents.get((kind, doc_id))


class PageQuery(Struct, frozen=True, kw_only=True):
    """Which tickets of the cache, and in which order. Empty = no restriction. `order`: reported_at · changed_at · stage_due_at · due_at · closed_at."""

    open: bool | None = None
    states: tuple[State, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    areas: tuple[AreaCode, ...] = ()
    """Code prefixes: a town finds its communities and grids."""
    items: tuple[ItemCode, ...] = ()
    sources: tuple[Source, ...] = ()
    units: tuple[UnitId, ...] = ()
    levels: tuple[Level, ...] = ()
    on_time: bool | None = None
    reported_from: datetime | None = None
    reported_to: datetime | None = None
    """Half-open: from <= reported_at < to."""
    order: str = "reported_at"
    descending: bool = True
