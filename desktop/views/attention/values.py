"""From a failed or waiting own command to what the window shows of it. No Qt widgets; codes become words here.

Where it comes from: the tray and the queue of this machine's outbox (desktop.services.pending); who, when and what differs
are the server's own words in a conflict (backend.conflicts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.services.values import Pending
from desktop.views.document_words import document_refusal, document_title
from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime
from desktop.views.words import command_word, filled, level_word, row_words, state_word, who
from desktop.widgets.comparison import Difference
from desktop.widgets.entry_list import Entry
from desktop.widgets.painting import format_age
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed
from domain.actor import ActorRef
from domain.documents import TICKET
from domain.vocabulary import State

_STATUS = {
    "conflict": ("alarm", "major"),
    "rejected": ("alarm", "major"),
    "expired": ("alarm", "major"),
    "unknown": ("alarm", "major"),
    "blocked": ("alarm", "minor"),
    "too_old": ("alarm", "minor"),
}
_TOLD = ("state", "unit", "area", "item", "urgency", "level", "suspended_until", "returns", "reminders", "end_reason")
"""Fields of a ticket that a person compares; the clocks and stamps that follow from them are only counted."""


@dataclass(frozen=True, slots=True)
class Card:
    """One command, opened. `by`: who was quicker, and when; `own`: what the command said; `hint`: what doing it again means."""

    title: str
    given: str
    reason: str
    by: str
    differences: tuple[Difference, ...]
    more: str
    own: tuple[tuple[str, str], ...]
    hint: str
    waits: bool


def entry_of(pending: Pending, site: SiteTime, now: datetime) -> Entry:
    """The entry of a list. `now`: the workstation's own time, as `pending.since` is."""
    return Entry(
        pending.id, title_of(pending), _note(pending), site.stamp(pending.since, now), _STATUS.get(pending.state)
    )


def title_of(pending: Pending) -> str:
    """派遣 · 181009-0042"""
    translate = QCoreApplication.translate
    if pending.kind == TICKET:
        subject = str(pending.ticket_id) if pending.ticket_id else translate("attention", "新工单")
        return f"{command_word(pending.command)} · {subject}"
    return document_title(pending.kind, pending.command, pending.ticket_id or "")


def card_of(pending: Pending, names: Names, site: SiteTime, now: datetime, business_now: datetime) -> Card:
    """Everything that is known of the command. `business_now` is the clock of the server's own instants."""
    translate = QCoreApplication.translate
    conflict = pending.state == "conflict"
    given = filled(
        translate("attention", "本席给出于 {time}，{age}前"),
        {"time": site.stamp(pending.since, now), "age": format_age(max(0.0, (now - pending.since).total_seconds()))},
    )
    differences, left = _differences(pending, names, site, business_now) if conflict else ((), 0)
    more = filled(translate("attention", "另有 {n} 项随之改变（时钟与时刻）"), {"n": left}) if left else ""
    return Card(
        title=title_of(pending),
        given=given,
        reason=_reason(pending),
        by=_by(pending.detail, names, site, business_now) if conflict else "",
        differences=differences,
        more=more,
        own=_own(pending.args, names),
        hint=_hint(pending.state),
        waits=pending.state not in _STATUS,
    )


def _note(pending: Pending) -> str:
    """The reason in a few words: a list has one line for it."""
    translate = QCoreApplication.translate
    short = {
        "conflict": translate("attention", "他人已先改动"),
        "expired": translate("attention", "结果已不保留"),
        "blocked": translate("attention", "前一条未成，没有发出"),
        "too_old": translate("attention", "等候已超过 72 小时"),
        "unknown": translate("attention", "发出与否不明"),
    }
    return short.get(pending.state) or _reason(pending)


def _reason(pending: Pending) -> str:
    translate = QCoreApplication.translate
    if pending.state not in _STATUS:
        return _waiting_word(pending)
    if pending.state == "rejected":
        told = reason_text if pending.kind == TICKET else partial(document_refusal, pending.kind)
        reason = told(pending.code, pending.detail)
        return filled(translate("attention", "服务器未接受：{reason}"), {"reason": reason or DASH})
    return {
        "conflict": translate("attention", "他人已先改动，本命令未执行"),
        "expired": translate("attention", "服务器已不再保留这条命令的结果，未再执行"),
        "blocked": translate("attention", "前一条命令未成，这一条没有发出"),
        "too_old": translate("attention", "在本机等候已超过 72 小时，须重新确认"),
        "unknown": translate("attention", "本机文件受损，发出与否不明，须人工核对"),
    }[pending.state]


def _waiting_word(pending: Pending) -> str:
    translate = QCoreApplication.translate
    return {
        "storing": translate("attention", "正在写入本机"),
        "queued": translate("attention", "已存在本机，等待发送"),
        "sent": translate("attention", "已发出，等待服务器确认"),
        "applied": translate("attention", "服务器已确认"),
    }.get(pending.state, pending.state)


def _hint(state: str) -> str:
    translate = QCoreApplication.translate
    return {
        "conflict": translate("attention", "重做：照现在的样子再发一次，请先看清差异"),
        "rejected": translate("attention", "重做：照现在的样子再发一次；原因未除，还会被拒"),
        "blocked": translate("attention", "重做：照现在的样子再发一次"),
        "expired": translate("attention", "重做：先查看记录，确认没有执行过再发"),
        "too_old": translate("attention", "重做：原样发出，由服务器判断是否还合适"),
        "unknown": translate("attention", "重做：先查看记录，确认没有执行过再发"),
    }.get(state, translate("attention", "按给出的先后自动发送，无须操作"))


def _by(detail: Mapping[str, Any], names: Names, site: SiteTime, now: datetime) -> str:
    """派遣员 A03 席，14:31: never an account."""
    try:
        actor = msgspec.convert(detail.get("by"), ActorRef)
        at = datetime.fromisoformat(str(detail.get("at")))
    except (msgspec.ValidationError, ValueError):
        return ""
    name = who(actor, names.unit(actor.unit) if actor.unit else "")
    return filled(
        QCoreApplication.translate("attention", "{who} 于 {time} 先改动"), {"who": name, "time": site.stamp(at, now)}
    )


def _differences(pending: Pending, names: Names, site: SiteTime, now: datetime) -> tuple[tuple[Difference, ...], int]:
    """What a person compares, and how many further fields follow from it."""
    diff = pending.detail.get("diff")
    if not isinstance(diff, dict):
        return (), 0
    told = [name for name in (_TOLD if pending.kind == TICKET else tuple(diff)) if name in diff]
    labels = _labels()
    rows = []
    for name in told:
        before, after = (_value(name, value, names, site, now) for value in diff[name])
        rows.append(Difference(labels.get(name, name), before, after))
    return tuple(rows), len(diff) - len(told)


def _own(args: Mapping[str, Any], names: Names) -> tuple[tuple[str, str], ...]:
    labels = _labels()
    site = SiteTime()
    return tuple(
        (labels.get(name, name), _value(name, value, names, site, None))
        for name, value in args.items()
        if name != "do" and value not in (None, "", [], {})
    )


def _value(name: str, value: Any, names: Names, site: SiteTime, now: datetime | None) -> str:
    """One value in words; a code that is not known stands for itself."""
    if value in (None, "", [], {}):
        return DASH
    if isinstance(value, list):
        return listed(_value(name, each, names, site, now) for each in value)
    text = str(value)
    if name == "state" and text in set(State):
        return state_word(State(text))
    if name in ("unit", "lead", "units", "co_units", "to"):
        return names.unit(text)
    if name == "area":
        return names.place(text)
    if name == "item":
        return names.matter(text, 0)[1]
    if name == "urgency":
        return row_words().urgency.get(text, text)
    if name in ("level", "resolved_level"):
        return level_word(text)
    if name.endswith(("_until", "_at")):
        try:
            return site.stamp(datetime.fromisoformat(text), now)
        except ValueError:
            return text
    return text


def _labels() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "state": translate("attention", "状态"),
        "unit": translate("attention", "承办单位"),
        "lead": translate("attention", "牵头单位"),
        "units": translate("attention", "单位"),
        "co_units": translate("attention", "协办单位"),
        "to": translate("attention", "改派至"),
        "area": translate("attention", "位置"),
        "item": translate("attention", "事项"),
        "urgency": translate("attention", "紧急程度"),
        "level": translate("attention", "层级"),
        "suspended_until": translate("attention", "挂账至"),
        "returns": translate("attention", "回退次数"),
        "reminders": translate("attention", "催办次数"),
        "end_reason": translate("attention", "结束原因"),
        "text": translate("attention", "说明"),
        "result": translate("attention", "结果"),
        "source": translate("attention", "来源"),
        "external_ref": translate("attention", "来源编号"),
        "until": translate("attention", "到期"),
    }
