"""All alarms that this desk knows, shared ones and its own, with rules, names and "now"; and the one door for commands on them.

Shared by the alarm window, the top bar of every desk window, the bell and the wall's strip. It shows nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.models.names import Names
from desktop.services.alarms.local import LocalAlarms, is_local
from desktop.services.values import Fresh, Refusal
from desktop.views.alarms.words import command_word
from desktop.views.document_context import context_of
from desktop.views.link_words import not_yet
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.words import filled
from domain import documents
from domain.alarms.commands import Command, HandOver
from domain.alarms.day import DaySum, day_of, most_merged
from domain.alarms.kind import ALARM, NAME
from domain.alarms.load import Bucket, Load, buckets, load_of
from domain.alarms.rules import TOPIC, AlarmRule, AlarmRules
from domain.alarms.values import Alarm, calls, concerns, state_of
from domain.alarms.words import AlarmState, Trigger
from domain.lifecycle.core import Rejection
from domain.shifts import roster
from domain.vocabulary import Role
from protocol import reference
from protocol.reference import Reference, rules_of

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LINK_PATIENCE_S = 5.0
"""A line that is back within this is no alarm: it is told by the freshness badge at once."""
SPAN = timedelta(hours=4)
"""What the columns of the alarm window show."""
NO_RULES = AlarmRules(version="")


class AlarmFeed(QObject):
    """`changed` after every change of an alarm or of what they stand on; ages grow with the bridge's clock_ticked."""

    changed = Signal()

    def __init__(self, bridge: Bridge, language: str = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._language = bridge, language
        self._own = LocalAlarms()
        self._no_sound = False
        self._read()
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.freshness_changed.connect(self._on_tick)
        bridge.pending_changed.connect(self.changed)
        bridge.clock_ticked.connect(self._on_tick)

    # -- reading --------------------------------------------------------------------------------------

    @property
    def bridge(self) -> Bridge:
        return self._bridge

    @property
    def language(self) -> str:
        return self._language

    @property
    def role(self) -> Role:
        actor = self._bridge.actor
        return actor.role if actor is not None else Role.WALL

    @property
    def seat(self) -> str:
        actor = self._bridge.actor
        return actor.seat if actor is not None else ""

    def now(self) -> datetime:
        return self._bridge.clock.now_business()

    @property
    def known(self) -> bool:
        """Whether alarms were ever fetched here: while the first picture is on its way there is no number, not 0."""
        return not not_yet(self._bridge.freshness.of()) or bool(self._bridge.mirror.documents.get(NAME))

    def alarms(self) -> list[Alarm]:
        """Shared and own, in no order; ended ones of the last day too."""
        shared = self._bridge.mirror.documents.get(NAME, {}).values()
        return [*self._own.alarms.values(), *(one for one in shared if isinstance(one, Alarm))]

    def open(self) -> list[Alarm]:
        return [alarm for alarm in self.alarms() if alarm.is_open]

    def get(self, alarm_id: str) -> Alarm | None:
        own = self._own.alarms.get(alarm_id)
        found = own if own is not None else self._bridge.mirror.documents.get(NAME, {}).get(alarm_id)
        return found if isinstance(found, Alarm) else None

    def rule(self, alarm: Alarm) -> AlarmRule | None:
        return self.rules.rule(alarm.rule)

    def unacknowledged(self) -> list[Alarm]:
        return [alarm for alarm in self.open() if state_of(alarm) is AlarmState.UNACKED]

    def load(self) -> Load:
        return load_of(self.alarms(), self.role, self.seat, self.rules.settings, self.now())

    def load_of(self, role: Role, seat: str) -> Load:
        return load_of(self.alarms(), role, seat, self.rules.settings, self.now())

    def buckets(self) -> tuple[Bucket, ...]:
        return buckets(self.alarms(), self.rules.settings, self.now())

    def today(self) -> DaySum:
        """Since midnight of the site."""
        midnight = self.site.local(self.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        return day_of(self.alarms(), midnight, self.now())

    def merged(self) -> Alarm | None:
        """The alarm of the last four hours that took in as many occurrences as make a flood, or more."""
        return most_merged(self.alarms(), self.now() - SPAN, self.rules.settings.flood)

    def calling(self) -> list[Alarm]:
        """Those that ask for this seat's ear now."""
        now, role, seat = self.now(), self.role, self.seat
        return [alarm for alarm in self.open() if calls(alarm, role, seat, now)]

    def concerns(self, alarm: Alarm) -> bool:
        """Whether it is this seat's to answer."""
        return concerns(alarm, self.role, self.seat)

    def pending_word(self, alarm: Alarm) -> str:
        """确认中… while an own command is on its way, 待发 while it waits for the line; "" when nothing is."""
        pending = self._bridge.commander.pending.of_document(NAME, alarm.id)
        if pending is None or pending.state == "applied":
            return ""
        translate = QCoreApplication.translate
        pattern = translate("alarms", "{verb} 待发") if pending.state == "queued" else translate("alarms", "{verb}中…")
        return filled(pattern, {"verb": command_word(pending.command)})

    def seats(self) -> dict[str, Role]:
        """Seats that an alarm can be handed to, this one first: those of the duty roster, then others that answered one."""
        found = {self.seat: self.role} if self.seat else {}
        known = self._bridge.mirror.documents.get(roster.NAME, {}).get(roster.ID)
        for post in known.plan.seats if isinstance(known, roster.Roster) else ():
            found.setdefault(post.seat, post.role)
        for alarm in self.alarms():
            marks = [alarm.ack, alarm.shelf.by if alarm.shelf else None, *alarm.steps.values()]
            for mark in marks:
                if mark is not None and mark.seat:
                    found.setdefault(mark.seat, mark.role)
        return found

    # -- doing ----------------------------------------------------------------------------------------

    def refusal(self, command: Command, alarm: Alarm) -> Rejection | None:
        """Why the rules, or the line, would not take it now; None where they would."""
        ctx = context_of(self._bridge, self._site_rules)
        if ctx is None:
            return Rejection("no_identity")
        if is_local(alarm) and isinstance(command, HandOver):
            # It never leaves this machine: the other seat would not hear it, and this one would no longer.
            return Rejection("local_alarm")
        answer = documents.decide(ALARM, command, alarm, ctx)
        if isinstance(answer, Rejection):
            return answer
        code = "" if is_local(alarm) else self._bridge.commander.act_allowed_now(NAME, documents.name_of(command))
        return Rejection(code) if code else None

    def give(self, command: Command, alarm: Alarm) -> Rejection | None:
        """Carry out, or send; None where it is on its way."""
        refused = self.refusal(command, alarm)
        if refused is not None:
            return refused
        if is_local(alarm):
            ctx = context_of(self._bridge, self._site_rules)
            assert ctx is not None  # refusal() has looked
            refused = self._own.give(command, alarm, ctx)
            self.changed.emit()
            return refused
        given = self._bridge.commander.act(NAME, command, alarm)
        return Rejection(given.code, given.detail) if isinstance(given, Refusal) else None

    def tell_sound(self, works: bool) -> None:
        """The bell says whether this machine can sound at all."""
        self._no_sound = not works
        self._tell(Trigger.NO_SOUND, self._no_sound)

    # -- slots ----------------------------------------------------------------------------------------

    def _on_documents_changed(self, kind: str) -> None:
        if kind in (NAME, roster.NAME):
            self.changed.emit()

    def _on_topic_changed(self, name: str) -> None:
        if name in (reference.TOPIC, TOPIC):
            self._read()
            self.changed.emit()

    def _on_tick(self, _source: str = "") -> None:
        link = self._bridge.freshness.of()
        lost = link.state is Fresh.OFFLINE and (link.since_s or 0.0) >= LINK_PATIENCE_S
        self._tell(Trigger.LINK_LOST, lost)
        self._tell(Trigger.NO_SOUND, self._no_sound)
        ctx = context_of(self._bridge, self._site_rules)
        if ctx is not None and self._own.return_shelved(ctx):
            self.changed.emit()

    def _tell(self, trigger: Trigger, wrong: bool) -> None:
        ctx = context_of(self._bridge, self._site_rules)
        if ctx is None:
            return
        rule = next((one for one in self.rules.rules if one.trigger is trigger), None)
        if self._own.tell(trigger, wrong and (rule is None or rule.enabled), rule, ctx):
            self.changed.emit()

    def _read(self) -> None:
        topic = self._bridge.topics.get(reference.TOPIC)
        tables: Reference | None = topic.value if topic is not None else None
        self.names = Names.of(tables)
        self.site = SiteTime(tables.zone if tables else DEFAULT_ZONE, self._language)
        self._site_rules = None if tables is None else rules_of(tables)
        topic = self._bridge.topics.get(TOPIC)
        self.rules: AlarmRules = topic.value if topic is not None else NO_RULES
