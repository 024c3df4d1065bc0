"""An inspection as its window shows it: plain values, made from the state and "now". No widget here, nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.inspection.words import how_word, part_state_word, stage_words, state_word
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.sla_bar import format_remaining
from desktop.widgets.timeline import StageStep
from desktop.widgets.values import DASH
from domain.inspection.values import Inspection, Part, Score, cell_key
from domain.inspection.words import InspectionState as S
from domain.vocabulary import PartState


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One row of 参与单位. `late` colours the note; `score` None = not yet."""

    unit: str
    name: str
    lead: bool
    there: bool
    arrived: str
    note: str
    late: bool
    items: str
    glyph: str
    """State of the SLA whose glyph stands before the word; "" = none."""
    word: str
    score: Score | None
    why_no_score: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """One entry of the list at the left. `glyph` as above, `when` beside it."""

    id: str
    title: str
    who: str
    progress: str
    glyph: str
    when: str


def minutes_late(part: Part) -> int:
    """Begun minutes."""
    return -(-int(part.late_s) // 60)


# -- stages -------------------------------------------------------------------------------------------


def stage_steps(inspection: Inspection, site: SiteTime, now: datetime) -> tuple[StageStep, ...]:
    """The nine stages. Several may run at once: papers are written for one premises while another is still checked."""
    reached, done = inspection.reached, _stages_done(inspection)
    running = _stages_running(inspection, done)
    starts = _stage_notes(inspection, site, now)
    steps = []
    for place, name in enumerate(stage_words()):
        state = "done" if done[place] else "current" if place in running else "future"
        steps.append(StageStep(name, state, starts[place]))
    if S.CANCELLED in reached:
        steps = [StageStep(step.name, "done" if step.state == "done" else "future", step.start) for step in steps]
    return tuple(steps)


def _stages_done(inspection: Inspection) -> list[bool]:
    at = list(S).index(inspection.state) if inspection.state is not S.CANCELLED else -1
    arrived = all(part.arrived_at is not None for part in inspection.parts)
    found = bool(inspection.findings) and not inspection.open_cells()
    past_findings = at >= list(S).index(S.RECTIFYING)
    noticed = bool(inspection.notices) and not inspection.without_notice() and found
    closed = inspection.state is S.CLOSED
    scored = all(part.score is not None for part in inspection.parts)
    right = at >= list(S).index(S.RECHECKED)
    return [
        True,
        at >= 1,
        arrived or past_findings or closed,
        found or past_findings or closed,
        noticed or past_findings or closed,
        right or closed,
        right or closed,
        scored,
        closed,
    ]


def _stages_running(inspection: Inspection, done: list[bool]) -> frozenset[int]:
    """What is being worked on now."""
    running = set()
    match inspection.state:
        case S.PLANNED:
            running.add(1)
        case S.ISSUED:
            running.add(2)
        case S.UNDER_WAY:
            running.add(3)
            if inspection.notices:
                running |= {4, 5}
            if not done[2]:
                running.add(2)
        case S.FINDINGS_IN:
            running.add(4 if inspection.violations() else 7)
        case S.RECTIFYING:
            running |= {5}
            if inspection.recheck_on is not None:
                running.add(6)
        case S.RECHECKED:
            running |= {7 if not done[7] else 8}
    return frozenset(place for place in running if not done[place])


def _stage_notes(inspection: Inspection, site: SiteTime, now: datetime) -> list[str]:
    """Below each stage: since when, how far, or by when."""
    translate = QCoreApplication.translate
    reached = inspection.reached
    total = len(inspection.plan.items) * len(inspection.plan.premises)
    found = total - len(inspection.open_cells())
    came = [part.arrived_at for part in inspection.parts if part.arrived_at is not None]
    arrival = f"{len(came)} / {len(inspection.parts)}"
    if len(came) == len(inspection.parts):
        arrival = filled(translate("inspection", "{at} 齐"), {"at": site.brief(max(came), now)})
    scored = sum(part.score is not None for part in inspection.parts)
    last_notice = max((notice.issued_at for notice in inspection.notices), default=None)
    deadline = max((notice.deadline for notice in inspection.notices), default=None)

    def at(state: S) -> str:
        return site.brief(reached[state], now) if state in reached else ""

    def paper() -> str:
        if last_notice is None:
            return ""
        return filled(translate("inspection", "{at} 开具"), {"at": site.brief(last_notice, now)})

    return [
        at(S.PLANNED),
        at(S.ISSUED),
        arrival if S.ISSUED in reached else "",
        filled(translate("inspection", "{n} / {total} 项"), {"n": found, "total": total}) if came else "",
        paper(),
        filled(translate("inspection", "限 {day}"), {"day": f"{deadline:%m-%d}"}) if deadline else "",
        f"{inspection.recheck_on:%m-%d}" if inspection.recheck_on else "",
        f"{scored} / {len(inspection.parts)}" if scored else "",
        at(S.CLOSED),
    ]


# -- units --------------------------------------------------------------------------------------------


def unit_lines(inspection: Inspection, names: Names, site: SiteTime, now: datetime) -> tuple[UnitLine, ...]:
    return tuple(_unit_line(inspection, part, names, site, now) for part in inspection.parts)


def _unit_line(inspection: Inspection, part: Part, names: Names, site: SiteTime, now: datetime) -> UnitLine:
    translate = QCoreApplication.translate
    arrived, note, late = _arrival(part, site, now, inspection.state)
    open_cells = len(inspection.open_cells(unit=part.unit))
    glyph, word = _progress(inspection, part, now)
    why = ""
    if part.score is None and inspection.state not in (S.PLANNED, S.ISSUED):
        reported = part.state in (PartState.REPORTED, PartState.ACCEPTED)
        why = translate("inspection", "待评分") if reported else translate("inspection", "全部反馈后计分")
    asked = inspection.asked_of(part.unit)
    if not asked and word and part.state in (PartState.REPORTED, PartState.ACCEPTED):
        word = translate("inspection", "已到场")
    return UnitLine(
        unit=part.unit,
        name=names.unit(part.unit),
        lead=part.lead,
        there=part.arrived_at is not None,
        arrived=arrived,
        note=note,
        late=late,
        items=f"{asked - open_cells} / {asked}" if asked else DASH,
        glyph=glyph,
        word=word,
        score=part.score,
        why_no_score=why,
    )


def _arrival(part: Part, site: SiteTime, now: datetime, state: S) -> tuple[str, str, bool]:
    """(time, how or how late, whether that is bad)"""
    translate = QCoreApplication.translate
    if part.arrived_at is None:
        if state is S.CLOSED or part.score is not None:
            return translate("inspection", "缺席"), "", True
        if state in (S.PLANNED, S.CANCELLED) or now < part.check_in_due_at:
            return translate("inspection", "未报到"), "", False
        minutes = int((now - part.check_in_due_at) / timedelta(minutes=1))
        return translate("inspection", "未报到"), _late(max(1, minutes)), True
    time = site.stamp(part.arrived_at, now)
    if minutes_late(part):
        return time, _late(minutes_late(part)), True
    how = how_word(part.how.value) if part.how else ""
    if part.metres is not None:
        how = filled(translate("inspection", "{how} {n} 米"), {"how": how, "n": f"{part.metres:.0f}"})
    return time, how, False


def _late(minutes: int) -> str:
    translate = QCoreApplication.translate
    if minutes < 120:
        return filled(translate("inspection", "迟 {n} 分"), {"n": minutes})
    return filled(translate("inspection", "迟 {n} 小时"), {"n": minutes // 60})


def _progress(inspection: Inspection, part: Part, now: datetime) -> tuple[str, str]:
    if part.state in (PartState.REPORTED, PartState.ACCEPTED):
        on_time = part.reported_at is not None and part.reported_at <= part.due_at
        late = QCoreApplication.translate("inspection", "已提交，超时")
        return ("ok", part_state_word(part.state.value)) if on_time else ("overdue", late)
    if inspection.state in (S.PLANNED, S.ISSUED, S.CLOSED, S.CANCELLED):
        return "", part_state_word(part.state.value) if inspection.state is not S.PLANNED else ""
    left = (part.due_at - now) / timedelta(seconds=1)
    total = (part.due_at - part.check_in_due_at) / timedelta(seconds=1)
    state = "overdue" if left < 0 else "at_risk" if left < total * 0.2 else "ok"
    return state, remaining_text(left)


def remaining_text(seconds: float) -> str:
    """剩 0:58, 超 1:52."""
    return format_remaining(seconds, "overdue" if seconds < 0 else "ok")


# -- the list -----------------------------------------------------------------------------------------


def list_line(inspection: Inspection, names: Names, site: SiteTime, now: datetime) -> ListLine:
    translate = QCoreApplication.translate
    words = {"lead": names.unit(inspection.plan.lead), "n": len(inspection.parts)}
    who = filled(translate("inspection", "{lead} 牵头 · {n} 单位"), words)
    glyph, when = _due(inspection, site, now)
    return ListLine(inspection.id, inspection.plan.title, who, progress_text(inspection), glyph, when)


def progress_text(inspection: Inspection) -> str:
    """How far, in the words of its stage. Without names: the wall says the same."""
    translate = QCoreApplication.translate
    came = sum(part.arrived_at is not None for part in inspection.parts)
    total = len(inspection.plan.items) * len(inspection.plan.premises)
    failed = len(inspection.violations())
    counts = {
        "came": came,
        "units": len(inspection.parts),
        "found": total - len(inspection.open_cells()),
        "total": total,
    }
    match inspection.state:
        case S.PLANNED | S.CANCELLED:
            return state_word(inspection.state.value)
        case S.ISSUED:
            return filled(translate("inspection", "报到 {came}/{units}"), counts)
        case S.UNDER_WAY:
            return filled(translate("inspection", "报到 {came}/{units} · 检查 {found}/{total}"), counts)
        case S.FINDINGS_IN:
            return filled(translate("inspection", "不合格 {n}，待文书"), {"n": failed})
        case S.RECTIFYING | S.RECHECKED:
            right = failed - len(not_rectified(inspection))
            words = {"n": right, "total": failed}
            return filled(translate("inspection", "整改 {n}/{total}"), words)
        case _:
            points = [part.score.total for part in inspection.parts if part.score is not None]
            average = sum(points) / len(points) if points else 0.0
            return filled(translate("inspection", "均分 {n}"), {"n": f"{average:.0f}"})


def not_rectified(inspection: Inspection, letter: str = "") -> tuple[tuple[str, str], ...]:
    """Failed cells that nobody said to be put right."""
    return tuple(
        cell for cell in inspection.violations(letter) if inspection.findings[cell_key(*cell)].rectified_at is None
    )


def _due(inspection: Inspection, site: SiteTime, now: datetime) -> tuple[str, str]:
    """What the list shows at the right: when the next thing is due."""
    translate = QCoreApplication.translate
    today = site.local(now).date()
    if inspection.state in (S.CLOSED, S.CANCELLED):
        return ("ok" if inspection.state is S.CLOSED else ""), site.brief(inspection.changed_at, now)
    if inspection.state in (S.RECTIFYING, S.RECHECKED) and inspection.recheck_on is not None:
        days = (inspection.recheck_on - today).days
        if days < 0:
            return "overdue", filled(translate("inspection", "超 {n} 天"), {"n": -days})
        near = {0: translate("inspection", "今天"), 1: translate("inspection", "明天")}
        return ("at_risk" if days < 2 else "ok"), near.get(days, f"{inspection.recheck_on:%m-%d}")
    waits = inspection.plan.starts_at if inspection.state in (S.PLANNED, S.ISSUED) else inspection.plan.ends_at
    left = (waits - now) / timedelta(seconds=1)
    if inspection.state is S.FINDINGS_IN:
        return "ok", site.brief(inspection.changed_at, now)
    if left > 6 * 3600:
        return "ok", site.brief(waits, now)
    return ("overdue" if left < 0 else "at_risk" if left < 1800 else "ok"), remaining_text(left)
