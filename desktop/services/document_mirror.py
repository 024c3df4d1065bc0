"""Documents of the working set in memory, by kind and id: open ones and those changed in the last 24 hours of business time.

Part of the mirror: same deltas, same rules. A document that cannot be folded becomes *dirty*: it keeps its last good value and
is asked for anew. Events of a kind that this release does not know are left alone; a cache filled without it is filled anew.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from desktop.services.values import DocKey
from domain.documents import DocumentError, DocumentState, fold
from protocol.documents import BoundKind, KindBook
from protocol.messages import Event

DocRows = dict[DocKey, DocumentState | None]
log = logging.getLogger(__name__)


class DocumentMirror:
    """`documents` is read by everybody and written here only; a kind of the release is always there, empty or not."""

    def __init__(self, kinds: KindBook) -> None:
        self._kinds = kinds
        self.documents: dict[str, dict[str, DocumentState]] = {bound.name: {} for bound in kinds}
        self.dirty: dict[DocKey, int] = {}

    def get(self, key: DocKey) -> DocumentState | None:
        return self.documents.get(key[0], {}).get(key[1])

    def reset(self, states: Iterable[tuple[str, DocumentState]], dirty: Iterable[DocKey]) -> DocRows:
        """Take over a whole set. Gives all of it, and None for what is gone."""
        rows: DocRows = {(kind, doc_id): None for kind, known in self.documents.items() for doc_id in known}
        rows.update(((kind, state.id), state) for kind, state in states)
        self.dirty = dict.fromkeys(dirty, 0)
        # In place: models hold these very dicts.
        for known in self.documents.values():
            known.clear()
        return self.take(rows)

    def missing(self, events: Iterable[Event]) -> set[DocKey]:
        """Documents that the events change and that are not in memory."""
        return {
            (event.entity, event.id)
            for event in events
            if event.kind == "event"
            and event.v > 1
            and event.id not in self.documents.get(event.entity, {event.id: None})
        }

    def apply(self, event: Event, rows: DocRows, older: Mapping[DocKey, DocumentState]) -> None:
        """Fold one event into `rows`, what this delta has changed so far."""
        bound = self._kinds.get(event.entity)
        if bound is None:
            return
        key = (event.entity, event.id)
        if event.kind == "leave":
            rows[key] = None
            self.dirty.pop(key, None)
            return
        known = rows[key] if key in rows else self.get(key) or older.get(key)
        state = self._entered(bound, event, known) if event.kind == "enter" else self._folded(bound, event, known)
        if state is not None:
            rows[key] = state

    def put(self, kind: str, asked: Iterable[str], states: Iterable[DocumentState]) -> DocRows:
        """The server's answer for dirty documents of a kind. One it does not give is not ours to see."""
        given = {state.id: state for state in states}
        rows: DocRows = {}
        for doc_id in asked:
            key = (kind, doc_id)
            state = given.get(doc_id)
            if key not in self.dirty or (state is not None and state.version < self.dirty[key]):
                continue
            rows[key] = state
            del self.dirty[key]
        return self.take(rows)

    def take(self, rows: DocRows) -> DocRows:
        for (kind, doc_id), state in rows.items():
            if state is not None:
                self.documents.setdefault(kind, {})[doc_id] = state
            else:
                self.documents.get(kind, {}).pop(doc_id, None)
        return rows

    def evict(self, limit: datetime) -> DocRows:
        """Let go of what is finished and was last changed before `limit`."""
        gone: DocRows = {
            (kind, state.id): None
            for kind, known in self.documents.items()
            for state in known.values()
            if state.changed_at < limit and not state.is_open
        }
        return self.take(gone)

    def _folded(self, bound: BoundKind, event: Event, known: DocumentState | None) -> DocumentState | None:
        key = (event.entity, event.id)
        have = known.version if known else 0
        if event.v <= have:
            return None  # fetched meanwhile: its events are in it already
        if event.v != have + 1 or key in self.dirty:
            self._mark(key, event.v, f"version {event.v} over {have}")
            return None
        try:
            return fold(bound.kind, known, event.id, event.v, bound.event(event.body), event.at)
        except (msgspec.DecodeError, DocumentError) as error:
            self._mark(key, event.v, str(error))
            return None

    def _entered(self, bound: BoundKind, event: Event, known: DocumentState | None) -> DocumentState | None:
        key = (event.entity, event.id)
        try:
            state = bound.state_of_frame(event.body)
        except msgspec.DecodeError as error:
            self._mark(key, event.v, f"not readable: {error}")
            return None
        if (state.id, state.version) != (event.id, event.v):
            self._mark(key, event.v, "another document entered than announced")
            return None
        self.dirty.pop(key, None)
        return None if known is not None and known.version > state.version else state

    def _mark(self, key: DocKey, version: int, why: str) -> None:
        log.warning("%s %s is asked for anew: %s", *key, why)
        self.dirty[key] = max(version, self.dirty.get(key, 0))
