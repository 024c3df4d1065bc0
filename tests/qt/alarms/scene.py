"""A hall with alarms in every state, made by real commands, and a bridge that carries commands out as the server would. Invented data."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec

from desktop.services.topics import Topic
from desktop.services.values import Answer, PendingId, Refusal
from desktop.views.alarms.feed import AlarmFeed
from domain.actor import Actor, ref_of
from domain.alarms import commands as c
from domain.alarms.kind import ALARM, NAME
from domain.alarms.rules import TOPIC as RULES_TOPIC
from domain.alarms.words import Severity, ShelveReason, Trigger
from domain.documents import DocCommand, DocumentState, name_of
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from protocol.messages import Event, Outcome
from protocol.reference import TOPIC as REFERENCE_TOPIC
from tests.qt.fakes import FakeBridge, FakeCommander
from tests.qt.samples import NOW
from tests.unit.domain.alarms.cases import Hall, cause, product_rules

LEADER = Actor(user=UserId("u1"), role=Role.SHIFT_LEADER, seat=SeatId("1"))
OFFICER = Actor(user=UserId("u2"), role=Role.DISPATCHER, seat=SeatId("2"))
Words = Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


class ActingCommander(FakeCommander):
    """What is given is carried out in the hall at once; offline it is kept."""

    bridge: AlarmBridge

    def act_allowed_now(self, kind: str, command_name: str) -> str:
        return "" if command_name in ALARM.offline_allowed else super().act_allowed_now(kind, command_name)

    def act(self, kind: str, command: DocCommand, document: DocumentState | None = None) -> PendingId | Refusal:
        assert document is not None
        code = self.act_allowed_now(kind, name_of(command))
        if code:
            return Refusal(code)
        given = super().act(kind, command, document)
        if self.online:
            self.bridge.carry_out(command, document.id)
        return given


class AlarmBridge(FakeBridge):
    def __init__(self, hall: Hall, actor: Actor = LEADER) -> None:
        super().__init__(role=actor.role)
        self.hall, self.actor = hall, actor
        self.clock.rate = 1.0
        self.commander: ActingCommander = ActingCommander(self)
        self.commander.bridge = self
        self.records: dict[str, list[Event]] = {}
        self._seq = itertools.count(1)
        self.topics.values[RULES_TOPIC] = Topic(RULES_TOPIC, 1, NOW, product_rules())
        self.show()

    def show(self) -> None:
        """What the hall knows now comes over the line."""
        self.clock.now = self.hall.now
        known = self.mirror.documents.setdefault(NAME, {})
        known.clear()
        known.update(self.hall.alarms)
        self.documents_changed.emit(NAME)

    def carry_out(self, command: Any, doc_id: str) -> None:
        assert self.actor is not None
        alarm = self.hall.alarms[doc_id]
        code = self.hall.give(self.actor, command, doc_id)
        if not code:
            self._remember(command, doc_id)
        self.hall.settle()
        self.show()
        status = "rejected" if code else "applied"
        self.outcome_arrived.emit(Outcome(outbox_id="o", n=1, status=status, code=code, ticket_id=alarm.id))  # type: ignore[arg-type]

    def pass_(self, span: timedelta) -> None:
        self.hall.pass_(span)
        self.show()
        self.clock_ticked.emit()

    def ask_then(self, what: str, args: dict[str, Any], done: Any) -> None:
        self.asked.append((what, args))
        if what == "document_record":
            error = "" if self.online else "offline"
            body = None if error else msgspec.json.encode(self.records.get(args["id"], []))
            done(Answer(body, error))

    def _remember(self, command: Any, doc_id: str) -> None:
        """The record of this seat's own acts, in the words of the log."""
        alarm, actor = self.hall.alarms[doc_id], self.actor
        assert actor is not None
        body = {"type": {"acknowledge": "acknowledged", "note": "noted"}.get(command.__struct_config__.tag, "")}
        if not body["type"]:
            return
        if body["type"] == "acknowledged":
            body |= {"role": actor.role.value, "seat": actor.seat}
        private = {"text": command.text} if body["type"] == "noted" else {}
        entry = Event(
            seq=next(self._seq),
            entity=NAME,
            id=doc_id,
            v=alarm.version,
            at=self.hall.now,
            st=self.hall.now,
            actor=ref_of(actor),
            body=msgspec.Raw(msgspec.json.encode(body)),
            private=private,
        )
        self.records.setdefault(doc_id, []).append(entry)


def full_hall(words: Words = _same) -> Hall:
    """Every state at once: unacknowledged, acknowledged, shelved, cleared."""
    hall = Hall()
    hall.now = NOW - timedelta(hours=2)
    town, place = "440310001", "440310001001"
    camera = {"trigger": Trigger.CAMERA_LOST}
    (shelved,) = hall.raised(cause("R-07", "cam-3", Severity.MINOR, facts=words({"name": "东塘泵站"}), **camera))
    hall.give(OFFICER, c.Shelve(until=hall.now + timedelta(hours=3), reason=ShelveReason.MAINTENANCE), shelved)
    feed = {"source": "hotline_12345", "minutes": 90}
    (known,) = hall.raised(cause("R-08", "hotline_12345", Severity.MAJOR, trigger=Trigger.FEED_SILENT, facts=feed))
    hall.give(LEADER, c.Acknowledge(ring=1), known)
    (cleared,) = hall.raised(cause("R-07", "cam-4", Severity.MINOR, facts=words({"name": "石浦桥东"}), **camera))
    hall.wanted.pop("R-07:cam-4")
    hall.pass_(timedelta(minutes=99))
    assert cleared in hall.alarms
    backlog = {"count": 21, "limit": 20, "measure": "overdue"}
    hall.raised(
        cause("R-01", "t-1", Severity.CRITICAL, trigger=Trigger.URGENT_ITEM, area=place, facts={"urgency": "top"}),
        cause("R-06", town, Severity.MAJOR, trigger=Trigger.BACKLOG, area=town, facts=backlog, weight=21),
        cause("R-07", "cam-1", Severity.MINOR, facts=words({"name": "白荡工业园东门"}), **camera),
    )
    hall.pass_(timedelta(minutes=21))
    return hall


def alarm_feed(
    language: str = "zh", *, hall: Hall | None = None, words: Words = _same, actor: Actor = LEADER
) -> AlarmFeed:
    """A feed on a hall; `words` replaces the site's own words (tests of language)."""
    bridge = AlarmBridge(hall if hall is not None else full_hall(words), actor)
    if words is not _same:
        bridge.reference = words(bridge.reference)
        bridge.topics.values[REFERENCE_TOPIC] = Topic(REFERENCE_TOPIC, 1, NOW, bridge.reference)
    return AlarmFeed(bridge, language)


def bridge_of(feed: AlarmFeed) -> AlarmBridge:
    bridge: Any = feed.bridge
    assert isinstance(bridge, AlarmBridge)
    return bridge
