"""What the detail pane prints about a ticket, as plain values for the widgets: clocks, seven stages, units, record. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.models.ticket_row import RISK_SHARE, ClockLook, look_of
from desktop.views.event_words import event_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, limit_text, part_word, pause_word, source_word, state_word, who
from desktop.widgets.participants import UnitRow
from desktop.widgets.record_list import Record
from desktop.widgets.sla_bar import duration_text, format_remaining
from desktop.widgets.timeline import StageStep
from desktop.widgets.values import DASH
from domain.events import TicketEvent
from domain.ticket import Clock, Limit, Participation, Ticket
from domain.vocabulary import LimitType, PartState, Stage, State
from protocol.messages import Event
from protocol.snapshot import millis

STAGE_WORD_STATES = {
    Stage.ACCEPT: State.REPORTED,
    Stage.VERIFY: State.VERIFYING,
    Stage.DISPATCH: State.FILED,
    Stage.SIGN: State.DISPATCHED,
    Stage.HANDLE: State.HANDLING,
    Stage.CHECK: State.CHECKING,
    Stage.CLOSE: State.READY_TO_CLOSE,
}
_CURRENT_STEP = {
    State.REPORTED: 1,
    State.VERIFYING: 1,
    State.FILED: 2,
    State.DISPATCHED: 3,
    State.HANDLING: 3,
    State.SUSPENDED: 3,
    State.HANDLED: 4,
    State.CHECKING: 5,
    State.READY_TO_CLOSE: 5,
    State.CLOSED: 6,
}
translate = QCoreApplication.translate
_QUARTER, _HALF = Limit(0.25, LimitType.URGENT_HOURS), Limit(0.5, LimitType.URGENT_HOURS)


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock card."""

    title: str
    state: str
    text: str
    used: float | None
    beyond: float
    note: str


def clock_views(ticket: Ticket, now: datetime, site: SiteTime) -> tuple[ClockView, ClockView]:
    """(stage clock, business clock). The stage clock starts anew at each stage, the business clock never."""
    now_ms = millis(now) or 0
    stage = ticket.stage
    if stage is not None:
        title = translate("detail", "阶段时钟 {stage}").format(stage=state_word(STAGE_WORD_STATES[stage.stage]))
    else:
        title = translate("detail", "阶段时钟")
    business_title = translate("detail", "业务时钟 不因升级重置")
    if not ticket.is_open:
        # A clock that is judged no more must not look as if it ran.
        rest = ClockView(title, "none", DASH, None, 0.0, translate("detail", "已结束，不再计时"))
        return rest, _judged(business_title, ticket, now, site)
    return (
        _clock_view(title, stage.clock if stage else None, now_ms, now, site),
        _clock_view(business_title, ticket.business, now_ms, now, site),
    )


def _judged(title: str, ticket: Ticket, now: datetime, site: SiteTime) -> ClockView:
    """The business clock of an ended ticket, as it stood when the ticket ended."""
    clock, end = ticket.business, ticket.closed_at or ticket.ended_at
    if clock is None or end is None:
        return ClockView(title, "none", format_remaining(None, "none"), None, 0.0, translate("detail", "不计入按期"))
    look = look_of(clock, millis(end) or 0)
    late = end > clock.due_at
    gap = duration_text(abs((clock.due_at - end).total_seconds()))
    pattern = translate("detail", "超 {time}") if late else translate("detail", "提前 {time}")
    note = filled(
        translate("detail", "{end} 止 · {due} 到期"),
        {"end": site.stamp(end, now), "due": site.stamp(clock.due_at, now)},
    )
    return ClockView(title, "overdue" if late else "ok", filled(pattern, {"time": gap}), look.used, look.beyond, note)


def _clock_view(title: str, clock: Clock | None, now_ms: int, now: datetime, site: SiteTime) -> ClockView:
    if clock is None:
        return ClockView(title, "none", format_remaining(None, "none"), None, 0.0, translate("detail", "不计入按期"))
    look = look_of(clock, now_ms)
    note = filled(
        translate("detail", "限 {limit} · {due} 到"),
        {"limit": limit_text(clock.limit), "due": site.stamp(clock.due_at, now)},
    )
    if clock.paused_at is not None:
        why = pause_word(clock.pause_reason.value) if clock.pause_reason else ""
        note = filled(
            translate("detail", "{why}，{since} 起停"), {"why": why, "since": site.stamp(clock.paused_at, now)}
        )
    return ClockView(title, look.state, format_remaining(look.remaining_s, look.state), look.used, look.beyond, note)


# -- the seven stages --------------------------------------------------------------------------------


def stage_steps(ticket: Ticket, now: datetime, site: SiteTime) -> tuple[StageStep, ...]:
    """信息收集 → 案卷建立 → 任务派遣 → 任务处理 → 处理反馈 → 核查结案 → 综合评价, each with its end and used / limit."""
    current = _CURRENT_STEP.get(ticket.state, 7)
    return tuple(
        _step(place, name, current, ticket, now, site)
        for place, name in enumerate(
            (
                translate("detail", "信息收集"),
                translate("detail", "案卷建立"),
                translate("detail", "任务派遣"),
                translate("detail", "任务处理"),
                translate("detail", "处理反馈"),
                translate("detail", "核查结案"),
                translate("detail", "综合评价"),
            )
        )
    )


def _step(place: int, name: str, current: int, ticket: Ticket, now: datetime, site: SiteTime) -> StageStep:
    start, end, limit = _span(place, ticket)
    if place == current and ticket.is_open:
        look = look_of(ticket.stage.clock if ticket.stage else None, millis(now) or 0)
        began = ticket.stage.clock.started_at if ticket.stage else start
        since = filled(translate("detail", "{time} 起"), {"time": site.brief(began, now)}) if began else ""
        sla = look.state if look.state != "none" else "ok"
        return StageStep(name, "current", since, _used_now(ticket, look), sla)
    if end is not None and place < current:
        if place == 0:
            return StageStep(name, "done", site.brief(end, now), source_word(ticket.source.value))
        return StageStep(name, "done", site.brief(end, now), _used(start, end, limit))
    return StageStep(name, "future", "", "" if limit is None else _short_limit(limit))


def _span(place: int, ticket: Ticket) -> tuple[datetime | None, datetime | None, Limit | None]:
    """(began, ended, limit) of a public stage, read from the instants of the ticket."""
    filed, sent, done = ticket.filed_at, ticket.dispatched_at, ticket.handled_at
    handling = ticket.business.limit if ticket.business else None
    called = ticket.call_back.at if ticket.call_back else None
    return (
        (ticket.reported_at, ticket.reported_at, None),
        (ticket.reported_at, filed, _QUARTER),
        (filed, sent, _QUARTER),
        (ticket.signed_at or sent, done, handling),
        (done, done, _HALF),
        (done, ticket.closed_at, _HALF),
        (ticket.closed_at, called, None),
    )[place]


def _used(start: datetime | None, end: datetime, limit: Limit | None) -> str:
    if start is None:
        return ""
    minutes = max(0, int((end - start) / timedelta(minutes=1)))
    if limit is not None and limit.type is LimitType.URGENT_HOURS:
        return _of_limit(minutes, int(limit.amount * 60))
    return _minutes(minutes)


def _used_now(ticket: Ticket, look: ClockLook) -> str:
    """Used time of the limit's own kind: the share that is used, of the limit."""
    if ticket.stage is None:
        return format_remaining(None, "none")
    limit = ticket.stage.clock.limit
    if limit.type not in (LimitType.URGENT_HOURS, LimitType.WORKING_HOURS):
        return filled(translate("detail", "已用 {share} %"), {"share": round(100 * (look.used + look.beyond))})
    total = limit.amount * 60
    used = int(total * (look.used + look.beyond))
    return _of_limit(used, int(total))


def _of_limit(used: int, limit: int) -> str:
    """14/15 分, 1:54/2:00."""
    if max(used, limit) < 60:
        return filled(translate("detail", "{used}/{limit} 分"), {"used": used, "limit": limit})
    return f"{_minutes(used)}/{_minutes(limit)}"


def _short_limit(limit: Limit) -> str:
    if limit.type in (LimitType.URGENT_HOURS, LimitType.WORKING_HOURS):
        return filled(translate("detail", "限 {limit}"), {"limit": _minutes(int(limit.amount * 60))})
    return filled(translate("detail", "限 {n} 天"), {"n": f"{limit.amount:g}"})


def _minutes(minutes: int) -> str:
    if minutes < 60:
        return filled(translate("detail", "{n} 分"), {"n": minutes})
    if minutes < 2880:
        return f"{minutes // 60}:{minutes % 60:02d}"
    return filled(translate("detail", "{n} 天"), {"n": minutes // 1440})


# -- units -------------------------------------------------------------------------------------------


def unit_rows(ticket: Ticket, names: Names, now: datetime, site: SiteTime) -> tuple[UnitRow, ...]:
    """Participating units, lead first; a ticket with one unit shows that unit as lead."""
    if ticket.parts:
        ordered = sorted(ticket.parts, key=lambda part: not part.lead)
        return tuple(_unit_row(part, ticket, names, now, site) for part in ordered)
    if ticket.unit is None or ticket.dispatched_at is None:
        return ()
    look = look_of(ticket.stage.clock if ticket.stage else None, millis(now) or 0)
    state = look.state if look.state != "none" else "ok"
    came = site.stamp(ticket.signed_at, now) if ticket.signed_at else ""
    due = _due_word(ticket.stage.clock.due_at if ticket.stage else None, now, site)
    return (UnitRow(names.unit(ticket.unit), True, came, due, ("sla", state), state_word(ticket.state)),)


def _unit_row(part: Participation, ticket: Ticket, names: Names, now: datetime, site: SiteTime) -> UnitRow:
    came_at = part.arrived_at or (part.signed_at if part.lead else None)
    missing = came_at is None
    late = missing and part.check_in_due_at is not None and now > part.check_in_due_at
    due = part.due_at or part.check_in_due_at
    if part.state in (PartState.REPORTED, PartState.ACCEPTED):
        state, word = "ok", part_word(part.state.value)
    elif due is not None and now > due:
        state, word = "overdue", format_remaining((due - now).total_seconds(), "overdue")
    else:
        state, word = _part_state(part, due, now), part_word(part.state.value)
    return UnitRow(
        name=names.unit(part.unit),
        lead=part.lead,
        arrived=None if came_at is None else site.stamp(came_at, now),
        due=_due_word(due, now, site),
        status=("sla", state),
        word=word,
        note=filled(translate("detail", "退回 {n} 次"), {"n": part.returns}) if part.returns else "",
        late=late,
    )


def _due_word(due: datetime | None, now: datetime, site: SiteTime) -> str:
    """限 14:38: beside the time of check-in a bare time could be either."""
    return filled(QCoreApplication.translate("detail", "限 {time}"), {"time": site.stamp(due, now)}) if due else ""


def _part_state(part: Participation, due: datetime | None, now: datetime) -> str:
    if due is None:
        return "ok"
    return "at_risk" if now - part.asked_at > RISK_SHARE * (due - part.asked_at) else "ok"


# -- basis and record --------------------------------------------------------------------------------


def basis_lines(ticket: Ticket, names: Names) -> tuple[str, tuple[tuple[str, str], ...]]:
    """(list version, ((立案, condition), (结案, condition)))."""
    item = names.item(ticket.item, ticket.item_version)
    version = filled(translate("detail", "清单 第 {n} 版"), {"n": ticket.item_version})
    if item is None:
        return version, ()
    lines = (
        (translate("detail", "立案"), item.filing_condition),
        (translate("detail", "结案"), item.closing_condition),
    )
    return version, tuple((label, text) for label, text in lines if text)


_events = msgspec.json.Decoder(list[Event])
_body = msgspec.json.Decoder(TicketEvent)


def records_of(body: bytes, names: Names, now: datetime, site: SiteTime) -> tuple[Record, ...]:
    """The answer to the question `record` as lines, newest first. Raises msgspec.MsgspecError for something else."""
    return tuple(_record(entry, names, now, site) for entry in reversed(_events.decode(body)))


def _record(entry: Event, names: Names, now: datetime, site: SiteTime) -> Record:
    text = entry.private.get("text", "")
    unit = entry.actor.unit if entry.actor else None
    actor = who(entry.actor, names.unit(unit) if unit else "")
    try:
        sentence = event_text(_body.decode(entry.body), names, text, unit)
    except msgspec.ValidationError:
        # An event of a newer server: its name is better than a hole in the record.
        sentence = str(msgspec.json.decode(entry.body).get("type", ""))
    return Record(site.stamp(entry.at, now), f"{actor} {sentence}")


def records_from_ticket(ticket: Ticket, names: Names, now: datetime, site: SiteTime) -> Sequence[Record]:
    """What the ticket itself still tells when the record cannot be asked for (offline): its instants, newest first."""
    unit = names.unit(ticket.unit) if ticket.unit else ""
    known = (
        (ticket.closed_at, translate("events", "结案")),
        (ticket.handled_at, translate("events", "反馈处理结果")),
        (ticket.signed_at, filled(translate("events", "{unit} 签收"), {"unit": unit})),
        (ticket.dispatched_at, filled(translate("events", "派遣 {unit}"), {"unit": unit})),
        (ticket.filed_at, translate("events", "立案")),
        (ticket.accepted_at, translate("events", "受理")),
        (
            ticket.reported_at,
            filled(translate("events", "上报（{source}）"), {"source": source_word(ticket.source.value)}),
        ),
    )
    return tuple(Record(site.stamp(at, now), text) for at, text in known if at is not None)
