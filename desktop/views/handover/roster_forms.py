"""The roster as people type it: shifts, teams, a cycle, a swap. Texts into commands, and why one is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, role_word
from desktop.widgets.inline_form import FormField
from domain.ids import SeatId
from domain.shifts.hours import DEFAULT_SHIFTS, Shift, ShiftType, shifts_between
from domain.shifts.roster import SEATED, AskSwap, ReviseRoster, Roster, SeatPost, SetRoster, Slot, SwapState, types_of

translate = QCoreApplication.translate
_SHIFT = re.compile(r"(\S+)\s+(\d{1,2})[:：](\d{2})\s*[-–—]\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[、,，;；\s]+")
AHEAD = timedelta(days=14)


class RosterTextError(ValueError):
    """A text that cannot be read; the message says how to write it."""


def upcoming(roster: Roster | None, site: SiteTime, now: datetime) -> list[Shift]:
    """The shift on duty and those of the next two weeks."""
    return list(shifts_between(types_of(roster), site.zone, now, now + AHEAD))


def shift_line(shift: Shift, site: SiteTime) -> str:
    words = {
        "day": site.day(shift.day),
        "name": shift.name,
        "start": site.minute(shift.starts_at),
        "end": site.minute(shift.ends_at),
    }
    return filled(translate("roster", "{day}　{name} {start}–{end}"), words)


def slot_id(slot: Slot) -> str:
    return f"{slot.day.isoformat()}/{slot.code}"


def slot_of(text: str) -> Slot:
    day, _, code = text.partition("/")
    return Slot(date.fromisoformat(day), code)


def plan_fields(roster: Roster | None, today: date) -> tuple[FormField, ...]:
    plan = roster.plan if roster is not None else None
    shifts = plan.shifts if plan is not None else DEFAULT_SHIFTS
    return (
        FormField(
            "shifts",
            translate("roster", "班次，每行一个：白班 08:00-20:00"),
            "lines",
            value="\n".join(map(_typed, shifts)),
        ),
        FormField(
            "teams", translate("roster", "班组"), value=translate("roster", "、").join(plan.teams) if plan else ""
        ),
        FormField(
            "first_day", translate("roster", "周期首日"), "date", value=(plan.first_day if plan else today).isoformat()
        ),
        FormField(
            "cycle",
            translate("roster", "周期，每行一天，按班次顺序写班组"),
            "lines",
            value="\n".join(" ".join(day) for day in plan.cycle) if plan else "",
        ),
        FormField(
            "seats",
            translate("roster", "席位，每行一个：1 值班长"),
            "lines",
            value="\n".join(f"{post.seat} {role_word(post.role)}" for post in plan.seats) if plan else "",
            required=False,
        ),
    )


def plan_command(answers: dict[str, str], roster: Roster | None) -> SetRoster:
    """Raises RosterTextError."""
    known = {one.name: one.code for one in (types_of(roster))}
    shifts = []
    for number, line in enumerate(filter(str.strip, answers["shifts"].splitlines()), 1):
        match = _SHIFT.fullmatch(line.strip())
        if match is None or int(match[2]) > 23 or int(match[4]) > 24:
            raise RosterTextError(filled(translate("roster", "第 {n} 行写作：白班 08:00-20:00"), {"n": number}))
        starts, ends = int(match[2]) * 60 + int(match[3]), (int(match[4]) % 24) * 60 + int(match[5])
        shifts.append(ShiftType(known.get(match[1], f"s{number}"), match[1], starts, ends))
    kind = SetRoster if roster is None else ReviseRoster
    return kind(
        shifts=tuple(shifts),
        teams=tuple(filter(None, _BETWEEN.split(answers["teams"]))),
        first_day=date.fromisoformat(answers["first_day"].strip()),
        cycle=tuple(
            tuple(filter(None, _BETWEEN.split(line))) for line in answers["cycle"].splitlines() if line.strip()
        ),
        seats=tuple(map(_seat, filter(str.strip, answers.get("seats", "").splitlines()))),
    )


def _seat(line: str) -> SeatPost:
    """Raises RosterTextError."""
    seat, _, word = line.strip().partition(" ")
    role = next((role for role in SEATED if role_word(role) == word.strip()), None)
    if role is None:
        known = translate("roster", "、").join(sorted(map(role_word, SEATED)))
        text = translate("roster", "席位 {line} 写作：席位号 空格 角色（{known}）")
        raise RosterTextError(filled(text, {"line": line.strip(), "known": known}))
    return SeatPost(SeatId(seat), role)


def swap_fields(roster: Roster, shifts: Sequence[Shift], chosen: str, site: SiteTime) -> tuple[FormField, ...]:
    options = tuple(
        (slot_id(slot), f"{shift_line(shift, site)} {roster.team(slot)}")
        for shift in shifts[1:]
        for slot in (Slot(shift.day, shift.code),)
    )
    return (
        FormField("one", translate("roster", "哪一班"), "choice", options=options, value=chosen),
        FormField("other", translate("roster", "换哪一班"), "choice", options=options),
        FormField("text", translate("roster", "原因")),
    )


def swap_command(answers: dict[str, str]) -> AskSwap:
    return AskSwap(one=slot_of(answers["one"]), other=slot_of(answers["other"]), text=answers["text"])


def swap_word(state: SwapState) -> str:
    words = {
        SwapState.ASKED: translate("roster", "待批"),
        SwapState.APPROVED: translate("roster", "已批准"),
        SwapState.REFUSED: translate("roster", "未批准"),
    }
    return words[state]


def refusal(code: str, detail: Mapping[str, Any] | None = None) -> str:
    own = {
        "bad_shifts": translate("roster", "各班须从整刻开始、首尾相接排满一天"),
        "bad_teams": translate("roster", "班组写错：{team}"),
        "bad_cycle": translate("roster", "周期第 {day} 天的班组数与班次数不同"),
        "bad_seats": translate("roster", "席位 {seat} 重复或写错"),
        "unknown_shift": translate("roster", "没有这个班，或还没有排到"),
        "past": translate("roster", "{day} 的这个班已经开始"),
        "same_team": translate("roster", "两个班都是{team}"),
        "swap_open": translate("roster", "其中一班已有换班申请待批"),
        "no_rest": translate("roster", "{team}会连上两个班，没有休息"),
        "unknown_swap": translate("roster", "没有这个申请"),
        "settled": translate("roster", "申请已答复"),
        "own_swap": translate("roster", "申请人不能自己批准"),
        "reason_required": translate("roster", "请写明原因"),
        "too_long": translate("roster", "太长，最多 {most} 字"),
        "too_many": translate("roster", "太多或没有写，最多 {most}"),
        "exists": translate("roster", "已有排班"),
        "offline_refused": translate("roster", "离线，联机后再办"),
    }
    pattern = own.get(code)
    return filled(pattern, detail or {}) if pattern else reason_text(code, detail)


def _typed(shift: ShiftType) -> str:
    return f"{shift.name} {_clock(shift.starts_min)}-{_clock(shift.ends_min)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
