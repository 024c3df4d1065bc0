"""The handovers of the mirror with names, site time and "now"; their private words and "since I left" are asked for. It only reads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.names import Names
from desktop.services.values import Answer
from desktop.views.handover.texts import Texts, read_texts
from desktop.views.handover.words import Speech
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.trouble import Trouble
from domain.documents import DocContext
from domain.handover.kind import NAME
from domain.handover.since import Since
from domain.handover.values import Handover
from domain.ids import TicketId
from domain.inspection.kind import NAME as INSPECTION
from domain.inspection.values import Inspection
from domain.marks import mark_of
from domain.shifts import roster
from domain.shifts.hours import Shift, after, before, shift_at
from domain.ticket import Ticket
from protocol import reference
from protocol.reference import Reference, rules_of

if TYPE_CHECKING:
    from desktop.bridge import Bridge

ASK_AFTER_MS = 120
SINCE_EVERY_S, AGAIN_S = 60, 3


class HandoverFeed(QObject):
    """`changed` after every change of a handover or of its words; `since_changed` when "since I left" has come."""

    changed = Signal()
    since_changed = Signal()

    def __init__(self, bridge: Bridge, language: str = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self.language = bridge, language
        self.texts = Texts()
        self.since: Since | None = None
        self.since_trouble, self.texts_trouble = Trouble(), Trouble()
        self.is_first = False
        """Nothing was ever done by this person: compared with the beginning of the shift."""
        self._id = ""
        self._left: datetime | None = None
        self._asked_since = -SINCE_EVERY_S
        self._ticks = 0
        self._read_reference()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask_texts)
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.clock_ticked.connect(self._on_tick)

    # -- what there is ----------------------------------------------------------------------------

    @property
    def online(self) -> bool:
        return self._bridge.online

    def now(self) -> datetime:
        return self._bridge.clock.now_business()

    def all(self) -> list[Handover]:
        known = self._bridge.mirror.documents.get(NAME, {}).values()
        return [one for one in known if isinstance(one, Handover)]

    def get(self, handover_id: str) -> Handover | None:
        found = self._bridge.mirror.documents.get(NAME, {}).get(handover_id)
        return found if isinstance(found, Handover) else None

    def current(self) -> Handover | None:
        """The oldest one not signed; else the latest."""
        waiting = [one for one in self.all() if one.is_open]
        if waiting:
            return min(waiting, key=lambda one: one.shift.ends_at)
        return max(self.all(), key=lambda one: one.shift.ends_at, default=None)

    def shifts(self) -> tuple[Shift, Shift, Shift]:
        """The shift before, the one on duty, the next: by the roster, in the site's zone."""
        known = self._bridge.mirror.documents.get(roster.NAME, {}).get(roster.ID)
        types, zone = roster.types_of(known), self.site.zone
        on_duty = shift_at(types, zone, self.now())
        return before(types, zone, on_duty), on_duty, after(types, zone, on_duty)

    def mark(self, handover: Handover) -> str:
        """This person's mark on it; "" before login."""
        actor = self._bridge.actor
        return mark_of(actor, handover.id) if actor is not None else ""

    def speech(self) -> Speech:
        shown = self.current()
        live = shown is None or shown.is_open
        return Speech(self.names, self.site, self.now(), self._ticket, self._inspection, self.texts, live)

    def context(self) -> DocContext | None:
        """What the rules need to say what this seat may do now; None before login or before the first tables."""
        actor, mirror = self._bridge.actor, self._bridge.mirror
        if actor is None or self.rules is None:
            return None
        return DocContext(
            actor=actor,
            now=self.now(),
            rules=self.rules,
            rate=self._bridge.clock.rate,
            lookup=lambda kind, doc_id: mirror.documents.get(kind, {}).get(doc_id),
            open_of=lambda kind: tuple(one for one in mirror.documents.get(kind, {}).values() if one.is_open),
            ticket=mirror.tickets.get,
        )

    def _ticket(self, name: str) -> Ticket | None:
        return self._bridge.mirror.tickets.get(TicketId(name))

    def _inspection(self, name: str) -> Inspection | None:
        found = self._bridge.mirror.documents.get(INSPECTION, {}).get(name)
        return found if isinstance(found, Inspection) else None

    # -- what is asked for ------------------------------------------------------------------------

    def show(self, handover_id: str) -> None:
        """Its words are wanted from now on."""
        if handover_id != self._id:
            self._id, self.texts = handover_id, Texts()
            self.texts_trouble.clear()
            self._timer.start()

    def set_left(self, left: datetime | None) -> None:
        """Compare with this instant; None = the server knows when this person left."""
        self._left = left
        self.ask_since()

    def ask_since(self) -> None:
        self._asked_since = self._ticks
        args = {} if self._left is None else {"since": self._left.isoformat()}
        self._bridge.ask_then("since", args, self._on_since)

    def _ask_texts(self) -> None:
        if self._id:
            self._bridge.ask_then("document_record", {"kind": NAME, "id": self._id}, self._on_texts)

    def _on_texts(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self.texts_trouble.failed(answer.error, self.now())
            self.changed.emit()
            return
        self.texts_trouble.clear()
        texts = read_texts(answer.body, self._id)
        if texts is not None:
            self.texts = texts
            self.changed.emit()

    def _on_since(self, answer: Answer) -> None:
        if self._since_came(answer) and answer.body is not None:
            since = msgspec.json.decode(answer.body, type=Since)
            self.is_first = self._left is None and since.first
            if self.is_first:
                # Nobody has left: what this shift has changed so far is worth more than nothing.
                start = self.shifts()[1].starts_at
                self._bridge.ask_then("since", {"since": start.isoformat()}, self._on_since_shift)
                return
            self.since = since
        self.since_changed.emit()

    def _on_since_shift(self, answer: Answer) -> None:
        if self._since_came(answer) and answer.body is not None:
            self.since = msgspec.json.decode(answer.body, type=Since)
        self.since_changed.emit()

    def _since_came(self, answer: Answer) -> bool:
        if answer.error or answer.body is None:
            self.since_trouble.failed(answer.error, self.now())
            return False
        self.since_trouble.clear()
        return True

    # -- from the bridge --------------------------------------------------------------------------

    def _on_documents_changed(self, kind: str) -> None:
        if kind in (NAME, roster.NAME):
            self._timer.start()
            self.changed.emit()

    def _on_topic_changed(self, name: str) -> None:
        if name == reference.TOPIC:
            self._read_reference()
            self.changed.emit()

    def _on_tick(self) -> None:
        self._ticks += 1
        every = SINCE_EVERY_S if self.since is not None and not self.since_trouble else AGAIN_S
        if self._bridge.online and self._ticks - self._asked_since >= every:
            self.ask_since()

    def _read_reference(self) -> None:
        topic = self._bridge.topics.get(reference.TOPIC)
        self.reference: Reference | None = topic.value if topic is not None else None
        self.names = Names.of(self.reference)
        self.site = SiteTime(self.reference.zone if self.reference else DEFAULT_ZONE, self.language)
        self.rules = None if self.reference is None else rules_of(self.reference)
