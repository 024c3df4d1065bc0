"""A ticket's whole way out of its log: every event as a line, every clock with its verdict. Pure: the log in, plain values out.

The events are folded anew with domain.projection, so that what is said of clocks is what the rules said at that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.models.ticket_row import look_of
from desktop.views.event_words import event_text
from desktop.views.queue.detail_values import STAGE_WORD_STATES
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, limit_text, pause_word, state_word, who
from desktop.widgets.sla_bar import duration_text, format_remaining
from domain.events import Escalated, TicketEvent
from domain.projection import ProjectionError, apply
from domain.ticket import Clock, StageClock, Ticket
from protocol.messages import Event
from protocol.snapshot import millis

_events = msgspec.json.Decoder(list[Event])
_body: msgspec.json.Decoder[TicketEvent] = msgspec.json.Decoder(TicketEvent)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One event. `sla` is the state of what it ended or broke ("" = nothing to say), `note` a quiet second line."""

    at: datetime
    time: str
    text: str
    note: str = ""
    sla: str = ""
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One run of a stage's clock, or the business clock: when it began, when it was due, what became of it."""

    name: str
    limit: str
    began: str
    due: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Story:
    lines: tuple[StoryLine, ...] = ()
    runs: tuple[ClockRun, ...] = ()


@dataclass(slots=True)
class _Run:
    """A stage's clock while the story is told. The instants are those of its last look: a pause or a delay moves them."""

    stage: StageClock
    ended_at: datetime | None = None


def story_of(body: bytes, ticket: Ticket, names: Names, now: datetime, site: SiteTime) -> Story:
    """The answer to the question `record` as a story, oldest first. Raises msgspec.MsgspecError for something else."""
    entries = _events.decode(body)
    lines: list[StoryLine] = []
    runs: list[_Run] = []
    state: Ticket | None = None
    for entry in entries:
        event = _event(entry)
        before, state = state, _folded(state, entry, event)
        note, sla = _follow(runs, before, state, entry.at, anew=isinstance(event, Escalated))
        lines.append(_line(entry, event, names, now, site, note, sla))
    judged = ticket.judged_at(now)
    shown = [_shown(run, judged, now, site) for run in runs]
    return Story(tuple(lines), (*shown, *_business(ticket, judged, now, site)))


def is_story_of(body: bytes, ticket_id: str) -> bool:
    """Whether an answer belongs to this ticket and not to the one asked for before."""
    return all(entry.id == ticket_id for entry in _events.decode(body))


def private_texts(body: bytes) -> tuple[str, str]:
    """(what was said in the report, who called and from where), as this session may read them; "" where there is nothing."""
    first = next(iter(_events.decode(body)), None)
    if first is None:
        return "", ""
    translate = QCoreApplication.translate
    patterns = (
        ("caller", translate("story", "来电人 {value}")),
        ("phone", translate("story", "电话 {value}")),
        ("address", translate("story", "地址 {value}")),
    )
    who_called = [filled(text, {"value": first.private[name]}) for name, text in patterns if first.private.get(name)]
    return first.private.get("text", ""), " · ".join(who_called)


def _event(entry: Event) -> TicketEvent | None:
    try:
        return _body.decode(entry.body)
    except msgspec.ValidationError:
        return None  # an event of a newer server: its name stands in the line, and the fold goes on without it


def _folded(state: Ticket | None, entry: Event, event: TicketEvent | None) -> Ticket | None:
    if event is None:
        return state
    try:
        return apply(state, entry.id, entry.v, event, entry.at)  # type: ignore[arg-type] # a ticket's own record
    except ProjectionError:
        return state


def _follow(
    runs: list[_Run], before: Ticket | None, after: Ticket | None, at: datetime, *, anew: bool
) -> tuple[str, str]:
    """Note which clock this event ended or began. Returns what it says of the one that ended: (words, state). `anew`: a clock of
    the same stage begins anew, as the level above has its own (escalation)."""
    was, now = before.stage if before else None, after.stage if after else None
    if was == now and not anew:
        return "", ""
    same = was is not None and now is not None and was.stage is now.stage
    if same and now is not None and runs and not anew:
        runs[-1].stage = now  # delayed, paused or recalculated: the same visit goes on
        return "", ""
    said = "", ""
    if was is not None and runs:
        runs[-1].ended_at = at
        said = _verdict(runs[-1].stage, at)
    if now is not None:
        runs.append(_Run(now))
    return said


def _verdict(stage: StageClock, at: datetime) -> tuple[str, str]:
    translate = QCoreApplication.translate
    clock, name = stage.clock, state_word(STAGE_WORD_STATES[stage.stage])
    left = (clock.due_at - at).total_seconds()
    if clock.paused_at is not None:
        return "", ""
    words = {"stage": name, "limit": limit_text(clock.limit), "time": duration_text(abs(left))}
    if left < 0:
        return filled(translate("story", "{stage}限 {limit}，超 {time}"), words), "overdue"
    return filled(translate("story", "{stage}限 {limit}，提前 {time}"), words), "ok"


def _line(
    entry: Event, event: TicketEvent | None, names: Names, now: datetime, site: SiteTime, note: str, sla: str
) -> StoryLine:
    unit = entry.actor.unit if entry.actor else None
    actor = who(entry.actor, names.unit(unit) if unit else "")
    text = entry.private.get("text", "")
    sentence = (
        str(msgspec.json.decode(entry.body).get("type", "")) if event is None else event_text(event, names, text, unit)
    )
    by_phone = getattr(event, "on_behalf", None) is not None
    extra = entry.private.get("parts_open_reason", "")
    if extra:
        why = filled(QCoreApplication.translate("story", "协办未结的原因：{why}"), {"why": extra})
        note = f"{note} · {why}" if note else why
    return StoryLine(entry.at, site.stamp(entry.at, now), f"{actor} {sentence}", note, sla, by_phone)


def _shown(run: _Run, judged: datetime, now: datetime, site: SiteTime) -> ClockRun:
    clock = run.stage.clock
    name = state_word(STAGE_WORD_STATES[run.stage.stage])
    if run.ended_at is None:
        state, word = _running(clock, judged, now, site)
    elif clock.paused_at is not None:
        state, word = "paused", _paused(clock, now, site)
    else:
        left = (clock.due_at - run.ended_at).total_seconds()
        state = "overdue" if left < 0 else "ok"
        word = _ended(left, run.ended_at, now, site)
    return ClockRun(
        name, limit_text(clock.limit), site.stamp(clock.started_at, now), site.stamp(clock.due_at, now), state, word
    )


def _business(ticket: Ticket, judged: datetime, now: datetime, site: SiteTime) -> tuple[ClockRun, ...]:
    clock = ticket.business
    if clock is None:
        return ()
    end = ticket.closed_at or ticket.ended_at
    if ticket.is_open or end is None:
        state, word = _running(clock, judged, now, site)
    else:
        left = (clock.due_at - end).total_seconds()
        state, word = "overdue" if left < 0 else "ok", _ended(left, end, now, site)
    name = QCoreApplication.translate("story", "业务时钟")
    return (
        ClockRun(
            name, limit_text(clock.limit), site.stamp(clock.started_at, now), site.stamp(clock.due_at, now), state, word
        ),
    )


def _running(clock: Clock, judged: datetime, now: datetime, site: SiteTime) -> tuple[str, str]:
    if clock.paused_at is not None:
        return "paused", _paused(clock, now, site)
    look = look_of(clock, millis(judged) or 0)
    pattern = QCoreApplication.translate("story", "在走，{left}")
    return look.state, filled(pattern, {"left": format_remaining(look.remaining_s, look.state)})


def _paused(clock: Clock, now: datetime, site: SiteTime) -> str:
    why = pause_word(clock.pause_reason.value) if clock.pause_reason else ""
    since = site.stamp(clock.paused_at, now) if clock.paused_at else ""
    pattern = QCoreApplication.translate("story", "{since} 起停：{why}")
    return filled(pattern, {"since": since, "why": why})


def _ended(left: float, at: datetime, now: datetime, site: SiteTime) -> str:
    translate = QCoreApplication.translate
    pattern = translate("story", "{at} 止，超 {time}") if left < 0 else translate("story", "{at} 止，提前 {time}")
    return filled(pattern, {"at": site.stamp(at, now), "time": duration_text(abs(left))})


def still_told(
    ticket: Ticket, names: Names, now: datetime, site: SiteTime, records: Sequence[tuple[str, str]]
) -> Story:
    """What is left of the story when the log cannot be asked (offline): the instants of the ticket, and its clocks."""
    lines = tuple(StoryLine(now, time, text) for time, text in reversed(records))
    runs = [] if ticket.stage is None else [_Run(ticket.stage)]
    judged = ticket.judged_at(now)
    return Story(lines, (*(_shown(run, judged, now, site) for run in runs), *_business(ticket, judged, now, site)))
