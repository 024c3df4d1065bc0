"""Scenes that start by themselves: by the time of day, while an alarm of a class is open, or while a source brings nothing. One task of
the backend.

What the wall shows then, and what comes back, is domain.wall; here is only when a rule's reason comes and goes. A rule that was
started in this stretch of time and was taken over by hand since is not started again.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import Struct

from backend.handlers import CommandService
from backend.store import documents
from backend.store.base import LogStore
from backend.store.records import LogRecord
from domain.alarms.kind import NAME as ALARM
from domain.alarms.values import Alarm, state_of
from domain.alarms.words import AlarmState
from domain.documents import DocumentState
from domain.vocabulary import Source
from domain.wall.commands import EndRule, StartRule
from domain.wall.kind import NAME
from domain.wall.values import Rule, RuleKind, Wall
from protocol.documents import KindBook

log = logging.getLogger(__name__)
LOOK_S = 1.0
RETRY_S = 10.0


class AlarmSignal(Struct, frozen=True):
    """All that a wall needs to know of an alarm: its class, which one it is, and whether it calls now."""

    alarm_class: str
    key: str
    active: bool


class WallRules:
    """`on_records` and `on_alarm` bring news, `run` acts. `now` gives business time, `zone` the site's, `heard` when each source last
    reported."""

    def __init__(
        self,
        service: CommandService,
        store: LogStore,
        kinds: KindBook,
        now: Callable[[], datetime],
        zone: str,
        heard: Callable[[], Mapping[Source, datetime]],
    ) -> None:
        self._service = service
        self._store = store
        self._kinds = kinds
        self._now = now
        self._zone = ZoneInfo(zone)
        self._heard = heard
        self._listening_since = now()
        self._walls: dict[str, Wall] = {}
        self._alarms: defaultdict[str, set[str]] = defaultdict(set)
        self._began: dict[str, datetime] = {}

    def on_records(self, records: Sequence[LogRecord]) -> None:
        for record in records:
            self._take(record.document)

    def on_alarm(self, signal: AlarmSignal) -> None:
        """Tell of every alarm that is open at the start, and of each that comes or goes."""
        open_ones = self._alarms[signal.alarm_class]
        if not signal.active:
            open_ones.discard(signal.key)
            return
        if not open_ones:
            self._began[signal.alarm_class] = self._now()
        open_ones.add(signal.key)

    async def load(self) -> None:
        """What was there before this start."""
        self._listening_since = self._now()
        for kind in (NAME, ALARM):
            if self._kinds.get(kind) is not None:
                for state in await self._store.run_read(partial(documents.open_of, book=self._kinds, kind=kind)):
                    if not isinstance(state, Wall) or state.id not in self._walls:
                        self._take(state)

    def _take(self, state: DocumentState | None) -> None:
        if isinstance(state, Wall):
            self._walls[state.id] = state
        elif isinstance(state, Alarm):
            for signal in signals_of(state):
                self.on_alarm(signal)

    async def run(self) -> None:
        await self.load()
        while True:
            pause_s = await self.look_once()
            await asyncio.sleep(pause_s)

    async def look_once(self) -> float:
        """What is due is done; gives the seconds until the next look. A defect stops no wall: it is logged and tried again."""
        pause_s = LOOK_S
        try:
            for wall_id, command in self.due(self._now()):
                outcome = await self._service.act_as_system(NAME, command, wall_id)
                if outcome.status != "applied":
                    log.warning("rule %s on %s: %s %s", command.name, wall_id, outcome.status, outcome.code)
                    pause_s = RETRY_S
        except Exception:
            log.exception("rules of walls could not be looked at, tried again in %g s", RETRY_S)
            return RETRY_S
        return pause_s

    def due(self, now: datetime) -> list[tuple[str, StartRule | EndRule]]:
        """What must happen now. Ends before starts, so that a screen goes from one rule to the next in one look."""
        ends: list[tuple[str, StartRule | EndRule]] = []
        starts: list[tuple[str, StartRule | EndRule]] = []
        for wall in self._walls.values():
            running = {layer.rule for layer in wall.picture.layers}
            for rule in _by_weight(wall.rules.values()):
                since = self._since(rule, now) if rule.on else None
                if since is None and rule.name in running:
                    ends.append((wall.id, EndRule(name=rule.name)))
                elif since is not None and since <= now and rule.name not in running and _may_start(wall, rule, since):
                    starts.append((wall.id, StartRule(name=rule.name)))
        return ends + starts

    def _since(self, rule: Rule, now: datetime) -> datetime | None:
        """Since when the rule's reason holds, or from when on it counts for a start; None = it does not hold."""
        if rule.kind is RuleKind.ALARM:
            return self._began.get(rule.alarm_class) if self._alarms.get(rule.alarm_class) else None
        began = began_at(rule, now, self._zone)
        return self._silent_since(rule, began, now) if began is not None and rule.kind is RuleKind.SILENCE else began

    def _silent_since(self, rule: Rule, began: datetime, now: datetime) -> datetime | None:
        """A source that never gave anything is not silent but not connected (as for the alarm, domain.alarms.causes). What lay over
        the wall before a start of this process goes on; a new start waits until somebody listened for so long."""
        last = self._heard().get(rule.source) if rule.source is not None else None
        limit = timedelta(minutes=rule.minutes)
        if last is None or now - last < limit:
            return None
        return max(began, last + limit, self._listening_since + limit)


def _may_start(wall: Wall, rule: Rule, since: datetime) -> bool:
    started = wall.started.get(rule.name)
    return rule.scene in wall.scenes and (started is None or started < since)


def began_at(rule: Rule, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the stretch of the day that holds `now` began; None outside of it. Start = end: all day, anew at that hour."""
    local = now.astimezone(zone)
    start, end = time.fromisoformat(rule.start), time.fromisoformat(rule.end)
    for day in (local.date(), local.date() - timedelta(days=1)):
        begin = datetime.combine(day, start, zone)
        over = datetime.combine(day if end > start else day + timedelta(days=1), end, zone)
        if begin <= local < over:
            return begin
    return None


def signals_of(alarm: Alarm) -> tuple[AlarmSignal, ...]:
    """An alarm belongs to the classes of its rule, its trigger and its severity; a seat's acknowledgement ends its claim on the wall."""
    calls = state_of(alarm) is AlarmState.UNACKED
    classes = (alarm.rule, str(alarm.trigger), str(alarm.severity))
    return tuple(AlarmSignal(name, alarm.id, calls) for name in classes)


def _by_weight(rules: Iterable[Rule]) -> list[Rule]:
    """Alarms after silence after the clock: what starts later lies on top."""
    weight = (RuleKind.TIME, RuleKind.SILENCE, RuleKind.ALARM)
    return sorted(rules, key=lambda rule: (weight.index(rule.kind), rule.name))
