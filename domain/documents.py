"""Documents: every thing beside tickets that has a life of its own (inspection, handover, roster, alarm, scene, list …).

One mechanism for all: a command on a document becomes exactly one event, the version rises by one, and everybody folds the
same events to the same state. What a kind is and means lives in its own module and is handed in as a `DocKind`; here are only
the words and the few rules that all kinds share. Not here: bytes (protocol.documents), exactly-once and versions
(backend.acceptance), and the list of kinds (domain.kinds). docs/documents.md shows how to write one.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from domain.actor import EVERYWHERE, Actor, Scope, ScopeKey
from domain.ids import TicketId
from domain.lifecycle.core import Rejection
from domain.rules import Rules
from domain.ticket import Ticket
from domain.vocabulary import Role

TICKET = "ticket"
"""Name of the one entity that is no document; no kind may be called so."""
MAX_ID = 64


class DocCode(StrEnum):
    """Refusals that every kind shares. A kind has a StrEnum of its own for the rest. In brackets: what `detail` carries."""

    UNKNOWN_KIND = "unknown_kind"  # this server has no such kind [kind]
    BAD_COMMAND = "bad_command"  # the kind has no such command, or its arguments do not fit
    ROLE = "role"  # the role may not give this command [role]
    NO_DOCUMENT = "no_document"  # the command works on a document, none is named
    EXISTS = "exists"  # a creating command on, or for the id of, a document that is there [id]
    SCOPE = "scope"  # the new document would lie outside what the session sees
    UNKNOWN_BLOB = "unknown_blob"  # a file that this user has not uploaded [sha256]


class DocCommand(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="do", forbid_unknown_fields=True):
    """Base of a kind's commands. Unknown fields are refused, so that they can change nothing."""


class DocEvent(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """Base of a kind's events: no free text, no personal data, every computed instant. Unknown fields are ignored when read."""


class DocumentState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of a kind's state, the public projection. `area` "" = district-wide: every session sees it.

    `units` see it beside those of the area. `is_open` False lets desks forget it after a day (the cache keeps it).
    `id`, `version` and `changed_at` are stamped by `fold`.
    """

    id: str
    version: int
    area: str = ""
    units: tuple[str, ...] = ()
    is_open: bool = True
    changed_at: datetime


class DocContext(Struct, frozen=True, kw_only=True):
    """Everything a decision may look at besides the document: no clock, no randomness, no other I/O.

    `now` is business time, `rate` business seconds per real second. The look-ups give only what the actor's scope covers, and
    they see what earlier commands of the same transaction changed. `open_of(kind)` is a query: use it in creating commands.
    """

    actor: Actor
    now: datetime
    rules: Rules
    rate: float = 1.0
    lookup: Callable[[str, str], DocumentState | None]
    open_of: Callable[[str], tuple[DocumentState, ...]]
    ticket: Callable[[TicketId], Ticket | None]


class DocDecision(Struct, frozen=True):
    """The one event, and the free texts that belong to it but must not stand in it (field → text)."""

    event: DocEvent
    private: dict[str, str] = {}


class BlobRef(Struct, frozen=True, omit_defaults=True):
    """A file beside the log (photo, signed paper), named by the digest of its bytes. Stands in commands, events and states."""

    sha256: str
    size: int
    media_type: str


def _no_blobs(_: Any) -> tuple[BlobRef, ...]:
    return ()


def _no_ticket(_: Any) -> TicketId | None:
    return None


class DocKind(Struct, frozen=True, kw_only=True):
    """One kind of document. `commands` and `events` are unions of DocCommand and DocEvent classes, `state` a DocumentState.

    `roles`: wire name of a command → who may give it; what is not listed is allowed to nobody (SYSTEM is listed too).
    `creates`: commands that make a document; all others need one. `new_id(command, n, day)` names it: n counts the kind's
    documents of the site's day from 1, so that `numbered("XJ")` gives XJ-181009-0001; an id made of the command's own words
    makes the document unique (a second one is refused with `exists`).
    `any_version`: commands about a part of the document only, decided on it as it is when their turn comes (many seats work on
    one document at once); their guards must say all that matters. `offline_allowed`: commands that a desk may queue without a line. `blobs` and `ticket_of` say which files a state refers to,
    and to which ticket it belongs: who sees the document or the ticket may read the files.
    """

    name: str
    commands: Any
    events: Any
    state: type[DocumentState]
    decide: Callable[[Any, Any, DocContext], DocDecision | Rejection]
    """(command, state or None, context). Roles, existence and scope are checked before."""
    apply: Callable[[Any, str, int, Any, datetime], DocumentState]
    """(state or None, id, version, event, at) → state. Pure; believes everything."""
    new_id: Callable[[Any, int, date], str]
    roles: Mapping[str, frozenset[Role]]
    creates: frozenset[str]
    any_version: frozenset[str] = frozenset()
    offline_allowed: frozenset[str] = frozenset()
    blobs: Callable[[Any], tuple[BlobRef, ...]] = _no_blobs
    ticket_of: Callable[[Any], TicketId | None] = _no_ticket


class DocumentError(ValueError):
    """A kind broke its own rules: the message names kind and document."""


def numbered(prefix: str) -> Callable[[Any, int, date], str]:
    """Ids given by the server: prefix-yymmdd-nnnn."""
    return lambda _, n, day: f"{prefix}-{day:%y%m%d}-{n:04d}"


def name_of(value: DocCommand | DocEvent | type[DocCommand] | type[DocEvent]) -> str:
    """Wire name of a command or event."""
    kind = value if isinstance(value, type) else type(value)
    tag = kind.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


def refuse(code: StrEnum, **detail: Any) -> Rejection:
    return Rejection(str(code), detail)


def may(kind: DocKind, command: str, role: Role) -> bool:
    """Whether the role could ever give this command: for buttons, and the first question of `decide`."""
    return role in kind.roles.get(command, frozenset())


def decide(kind: DocKind, command: DocCommand, state: DocumentState | None, ctx: DocContext) -> DocDecision | Rejection:
    """What becomes of a command: the one event, or the code why not. The version check is the handler's, before this."""
    name = name_of(command)
    if not may(kind, name, ctx.actor.role):
        return refuse(DocCode.ROLE, role=ctx.actor.role)
    if name in kind.creates:
        if state is not None:
            return refuse(DocCode.EXISTS, id=state.id)
    elif state is None:
        return refuse(DocCode.NO_DOCUMENT)
    elif not covers(ctx.actor.scope, state):
        return refuse(DocCode.SCOPE)
    return kind.decide(command, state, ctx)


def fold(
    kind: DocKind, state: DocumentState | None, doc_id: str, version: int, event: DocEvent, at: datetime
) -> DocumentState:
    """The document after `event`. Raises DocumentError where the kind gives something else than its state."""
    after = kind.apply(state, doc_id, version, event, at)
    if type(after) is not kind.state or after.id != doc_id:
        raise DocumentError(f"{kind.name} {doc_id}: {name_of(event)} gave no such document")
    if after.version != version or after.changed_at != at:
        after = replace(after, version=version, changed_at=at)
    return after


def key_of(state: DocumentState) -> ScopeKey:
    """What decides who may see the document."""
    return ScopeKey(state.area or EVERYWHERE, tuple(sorted(set(state.units))))


def covers(scope: Scope, state: DocumentState) -> bool:
    return scope.covers_key(key_of(state))
