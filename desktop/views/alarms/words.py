"""Codes of alarms → words: what rings, where it comes from, who did what. Chinese source strings through Qt, asked anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, role_word, source_word
from domain.actor import ActorRef
from domain.alarms import events as e
from domain.alarms.rules import AlarmRules, Card
from domain.alarms.values import Alarm, Mark
from domain.alarms.words import ShelveReason, Trigger
from domain.vocabulary import Role


def title(alarm: Alarm, names: Names, *, wall: bool = False) -> str:
    """The sentence of an alarm. A wall names no place finer than a street (screens.md §5)."""
    translate = QCoreApplication.translate
    patterns = {
        Trigger.STAGE_OVERDUE: translate("alarms", "{place} {matter}，{stage}超期"),
        Trigger.URGENT_ITEM: translate("alarms", "{place} {matter}，特急待处置"),
        Trigger.SENSITIVE_ITEM: translate("alarms", "{place} {matter}"),
        Trigger.BURST: translate("alarms", "{place} {matter} {window} {count} 件，越过 {limit}"),
        Trigger.BACKLOG: translate("alarms", "{place} 超期 {count} 件，越过上限 {limit}"),
        Trigger.CAMERA_LOST: translate("alarms", "视频断开：{name}"),
        Trigger.FEED_SILENT: translate("alarms", "{source} {minutes} 分钟无数据"),
        Trigger.FAULT: translate("alarms", "系统自检不通过：{code}"),
        Trigger.HANDOVER_LATE: translate("alarms", "交班未签，班次已结束半小时以上"),
        Trigger.LINK_LOST: translate("alarms", "与联动服务断开"),
        Trigger.NO_SOUND: translate("alarms", "本机没有可用的声音设备"),
    }
    if alarm.trigger is Trigger.CAMERA_LOST and "count" in alarm.facts:
        return filled(translate("alarms", "视频断开 {count} 路，越过 {limit}"), _spoken(alarm, names, wall))
    if alarm.trigger is Trigger.BACKLOG and alarm.facts.get("measure") == "open":
        return filled(translate("alarms", "{place} 在办 {count} 件，越过上限 {limit}"), _spoken(alarm, names, wall))
    if wall and alarm.trigger is Trigger.URGENT_ITEM:
        # Colour and shape say how urgent it is; the strip has no room to say it again.
        return filled(translate("alarms", "{place} {matter}"), _spoken(alarm, names, wall))
    return filled(patterns[alarm.trigger], _spoken(alarm, names, wall))


def _spoken(alarm: Alarm, names: Names, wall: bool) -> dict[str, Any]:
    facts: dict[str, Any] = dict(alarm.facts)
    place = alarm.area if not wall else alarm.area[:9]
    spoken = {**facts, "place": names.place(place) if place else ""}
    if "item" in facts:
        spoken["matter"] = names.matter(str(facts["item"]), int(facts.get("item_version", 1)))[1]
    if "stage" in facts:
        spoken["stage"] = stage_word(str(facts["stage"]))
    if "source" in facts:
        spoken["source"] = source_word(str(facts["source"]))
    if "window_minutes" in facts:
        spoken["window"] = span_word(timedelta(minutes=int(facts["window_minutes"])), whole=True)
    if "code" in facts:
        spoken["code"] = fault_word(str(facts["code"]))
    return spoken


def stage_word(stage: str) -> str:
    translate = QCoreApplication.translate
    return {
        "accept": translate("alarms", "受理"),
        "verify": translate("alarms", "核实"),
        "dispatch": translate("alarms", "派遣"),
        "sign": translate("alarms", "签收"),
        "handle": translate("alarms", "处理"),
        "check": translate("alarms", "核查"),
        "close": translate("alarms", "结案"),
    }.get(stage, stage)


def fault_word(code: str) -> str:
    translate = QCoreApplication.translate
    return {
        "clock_drift": translate("alarms", "服务器时钟被改动"),
        "kpi_difference": translate("alarms", "指标复核有出入"),
        "alarms_not_evaluated": translate("alarms", "告警规则没有判断，可能漏报"),
    }.get(code, code)


def origin_word(alarm: Alarm) -> str:
    """The column 来源: which part of the hall noticed it."""
    translate = QCoreApplication.translate
    known = {
        Trigger.CAMERA_LOST: translate("alarms", "视频平台"),
        Trigger.FEED_SILENT: translate("alarms", "来源监测"),
        Trigger.BURST: translate("alarms", "突增监测"),
        Trigger.FAULT: translate("alarms", "服务器"),
        Trigger.HANDOVER_LATE: translate("alarms", "交接班"),
        Trigger.LINK_LOST: translate("alarms", "本机"),
        Trigger.NO_SOUND: translate("alarms", "本机"),
    }.get(alarm.trigger)
    return known or filled(translate("alarms", "规则 {rule}"), {"rule": alarm.rule})


def span_word(span: timedelta, *, whole: bool = False) -> str:
    """21 分 · 1:12 · 2 天; `whole`: a length rather than an age, 1 小时."""
    translate = QCoreApplication.translate
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return translate("alarms", "{n} 分").format(n=minutes)
    if minutes < 60 * 60 and minutes % 60 == 0 and whole:
        return translate("alarms", "{n} 小时").format(n=minutes // 60)
    if minutes < 48 * 60:
        return f"{minutes // 60}:{minutes % 60:02d}"
    return translate("alarms", "{n} 天").format(n=minutes // (24 * 60))


def duration_word(length: timedelta) -> str:
    """How long something took: 40 秒, 2 分 10 秒, 1 小时 5 分."""
    translate = QCoreApplication.translate
    seconds = max(0, round(length.total_seconds()))
    if seconds < 60:
        return translate("alarms", "{n} 秒").format(n=seconds)
    if seconds < 3600:
        return translate("alarms", "{n} 分 {s} 秒").format(n=seconds // 60, s=seconds % 60)
    return translate("alarms", "{n} 小时 {m} 分").format(n=seconds // 3600, m=seconds % 3600 // 60)


def reason_word(reason: str) -> str:
    translate = QCoreApplication.translate
    return {
        ShelveReason.VENDOR: translate("alarms", "厂商处理中"),
        ShelveReason.MAINTENANCE: translate("alarms", "检修"),
        ShelveReason.SCHEDULED: translate("alarms", "已排期"),
        ShelveReason.KNOWN: translate("alarms", "已知，持续关注"),
        ShelveReason.OTHER: translate("alarms", "其他原因"),
    }[ShelveReason(reason)]


def seat_word(seat: str) -> str:
    return filled(QCoreApplication.translate("alarms", "{seat} 席"), {"seat": seat})


def who(role: Role, seat: str) -> str:
    """值班长 · 1 席. Never an account."""
    return " · ".join(part for part in (role_word(role), seat_word(seat) if seat else "") if part)


def actor_word(actor: ActorRef | None) -> str:
    """In the record: the centre has no seat."""
    if actor is None or actor.role is Role.SYSTEM:
        return role_word(Role.SYSTEM)
    return who(actor.role, actor.seat)


def mark_word(mark: Mark, site: SiteTime, now: datetime) -> str:
    """1 席 13:24"""
    return f"{seat_word(mark.seat) if mark.seat else role_word(mark.role)} {site.brief(mark.at, now)}"


def group_word(group: str) -> str:
    translate = QCoreApplication.translate
    return {
        "unacked": translate("alarms", "未确认"),
        "acked": translate("alarms", "已确认"),
        "shelved": translate("alarms", "已搁置"),
        "cleared": translate("alarms", "已恢复 待确认"),
        "suppressed": translate("alarms", "已抑制"),
    }[group]


def group_note(group: str) -> str:
    translate = QCoreApplication.translate
    return {
        "unacked": translate("alarms", "响铃至确认，严重每 10 秒一次"),
        "shelved": translate("alarms", "到期自动回到未确认"),
        "cleared": translate("alarms", "原因已消除，确认后移出"),
        "suppressed": translate("alarms", "由规则抑制，不响"),
    }.get(group, "")


def command_word(name: str) -> str:
    translate = QCoreApplication.translate
    return {
        "acknowledge": translate("alarms", "确认"),
        "shelve": translate("alarms", "搁置"),
        "unshelve": translate("alarms", "恢复"),
        "hand_over": translate("alarms", "转席"),
        "note": translate("alarms", "备注"),
        "tick": translate("alarms", "勾选"),
        "wall": translate("alarms", "送大屏"),
        "open": translate("alarms", "打开工单"),
    }.get(name, name)


def refusal_text(code: str, detail: Mapping[str, Any] | None = None) -> str:
    translate = QCoreApplication.translate
    pattern = {
        "alarm_ended": translate("alarms", "告警已结束"),
        "rang_again": translate("alarms", "刚才又响了一次，请再看后确认"),
        "critical_shelve": translate("alarms", "严重级不可搁置"),
        "shelved_already": translate("alarms", "已在搁置中，先恢复"),
        "not_shelved": translate("alarms", "没有搁置"),
        "shelve_too_long": translate("alarms", "最长 4 小时"),
        "shelve_in_the_past": translate("alarms", "时刻已过"),
        "text_missing": translate("alarms", "请写明内容"),
        "same_seat": translate("alarms", "已在该席"),
        "no_seat": translate("alarms", "请写席位"),
        "not_active": translate("alarms", "原因已消除"),
        "local_alarm": translate("alarms", "本机告警只在本机响，不能转席"),
        "no_ticket_here": translate("alarms", "没有关联工单"),
        "acked_already": translate("alarms", "已确认"),
    }.get(code)
    return filled(pattern, detail or {}) if pattern else reason_text(code, detail)


def card_of(rules: AlarmRules, alarm: Alarm, language: str) -> tuple[str, tuple[str, ...]]:
    """(name, steps) of the action card; empty where the rule has none."""
    rule = rules.rule(alarm.rule)
    card: Card | None = rules.cards.get(rule.card) if rule is not None and rule.card else None
    if card is None:
        return "", ()
    if language == "en" and card.steps_en:
        return card.name_en or card.name, card.steps_en
    return card.name, card.steps


def rule_name(rules: AlarmRules, alarm: Alarm, language: str) -> str:
    rule = rules.rule(alarm.rule)
    if rule is None:
        return alarm.rule
    return rule.name_en if language == "en" and rule.name_en else rule.name


def event_text(event: e.Event, text: str, site: SiteTime, now: datetime) -> str:
    """One line of the record, without who did it."""
    translate = QCoreApplication.translate
    words: dict[str, Any] = {"text": text}
    match event:
        case e.Raised():
            pattern = translate("alarms", "告警产生")
        case e.Recurred(rings=True):
            pattern = translate("alarms", "再次发生，重新响铃")
        case e.Recurred():
            pattern = translate("alarms", "再次发生，并入本条")
        case e.Cleared():
            pattern = translate("alarms", "原因消除")
        case e.Acknowledged(first=True):
            pattern = translate("alarms", "确认")
        case e.Acknowledged():
            pattern = translate("alarms", "再次确认，此前已确认")
        case e.Shelved(until=until, reason=reason):
            words |= {"until": site.stamp(until, now), "reason": text or reason_word(reason)}
            pattern = translate("alarms", "搁置至 {until}，{reason}")
        case e.Unshelved(expired=True):
            pattern = translate("alarms", "搁置到期，回到未确认")
        case e.Unshelved():
            pattern = translate("alarms", "恢复")
        case e.HandedOver(seat=seat):
            words["seat"] = seat
            pattern = translate("alarms", "转给 {seat} 席")
        case e.Noted():
            pattern = translate("alarms", "备注：{text}")
        case e.Ticked(step=step, done=done):
            words["n"] = step + 1
            pattern = translate("alarms", "勾选第 {n} 步") if done else translate("alarms", "取消第 {n} 步")
        case e.Suppressed():
            pattern = translate("alarms", "由规则抑制")
        case e.Released():
            pattern = translate("alarms", "解除抑制")
    return filled(pattern, words)
