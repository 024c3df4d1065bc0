"""What the evaluation window lists, as plain values: call-backs due, hollow signals, appeals, drawn tickets. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.models.ticket_row import short_number
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.entry_list import Entry
from desktop.widgets.sla_bar import duration_text
from domain.evaluation.hollow import AGAIN_WITHIN, HollowCode, Signal, percentiles, signals
from domain.evaluation.spot_check import SpotCheck, Verdict
from domain.ids import TicketId
from domain.projection import current_call_back
from domain.ticket import Ticket
from domain.vocabulary import Opinion, State

CALL_WITHIN = timedelta(days=7)
"""Closed longer ago, nobody is called any more: he has forgotten which matter it was."""
ATTEMPTS = 3


def call_group(ticket: Ticket, now: datetime) -> str:
    """second (not satisfied, not yet handled a second time) · open · done · unreachable · "" where nobody is to be called."""
    if ticket.state is not State.CLOSED or ticket.closed_at is None or now - ticket.closed_at > CALL_WITHIN:
        return ""
    call = current_call_back(ticket)
    if call is None:
        return "open"
    if call.reached:
        unhappy = call.opinion is Opinion.NOT or call.solved is False
        return "second" if unhappy and not ticket.reopened else "done"
    return "unreachable" if call.attempts >= ATTEMPTS else "open"


def call_backs(tickets: Iterable[Ticket], names: Names, now: datetime, site: SiteTime) -> tuple[Entry, ...]:
    """Who is to be handled a second time first, then who is to be called, the oldest closing first; what is done is below."""
    order = {"second": 0, "open": 1, "unreachable": 2, "done": 3}
    found = [(order[group], ticket) for ticket in tickets if (group := call_group(ticket, now))]
    found.sort(key=lambda pair: (pair[0], pair[1].closed_at or now, pair[1].id))
    return tuple(_call_entry(ticket, names, now, site) for _, ticket in found)


def _call_entry(ticket: Ticket, names: Names, now: datetime, site: SiteTime) -> Entry:
    group, call = call_group(ticket, now), current_call_back(ticket)
    status = {"second": ("sla", "overdue"), "open": ("sla", "at_risk"), "unreachable": ("sla", "paused")}.get(group)
    return (
        _entry(ticket, names, now, site, call_word(ticket, now), status, group == "done")
        if call or group
        else _entry(ticket, names, now, site, "", None, True)
    )


def call_word(ticket: Ticket, now: datetime) -> str:
    """Reached, solved and satisfied, each said apart."""
    translate = QCoreApplication.translate
    call = current_call_back(ticket)
    if call is None:
        return translate("evaluation", "待回访")
    if not call.reached:
        pattern = (
            translate("evaluation", "三次未接通")
            if call.attempts >= ATTEMPTS
            else translate("evaluation", "未接通 {n}/3，再拨")
        )
        return filled(pattern, {"n": call.attempts})
    solved = {
        True: translate("evaluation", "已解决"),
        False: translate("evaluation", "未解决"),
        None: translate("evaluation", "说不清"),
    }[call.solved]
    words = (translate("evaluation", "接通"), solved, opinion_word(call.opinion))
    return " · ".join(word for word in words if word)


def opinion_word(opinion: Opinion | None) -> str:
    translate = QCoreApplication.translate
    if opinion is None:
        return ""
    return {
        Opinion.VERY: translate("evaluation", "非常满意"),
        Opinion.SATISFIED: translate("evaluation", "满意"),
        Opinion.BASICALLY: translate("evaluation", "基本满意"),
        Opinion.NOT: translate("evaluation", "不满意"),
        Opinion.NO_OPINION: translate("evaluation", "未评价"),
    }[opinion]


def call_summary(tickets: Iterable[Ticket], now: datetime) -> str:
    """待回访 12 · 不满意待二次办理 1 · 已回访 40（解决 36，满意 33）· 三次未接通 2. N = 0 shows a dash."""
    translate = QCoreApplication.translate
    groups = {"open": 0, "second": 0, "done": 0, "unreachable": 0}
    reached = solved = pleased = rated = 0
    for ticket in tickets:
        group, call = call_group(ticket, now), current_call_back(ticket)
        if not group:
            continue
        groups[group] += 1
        if call is not None and call.reached:
            reached += 1
            solved += call.solved is True
            rated += call.opinion is not None and call.opinion is not Opinion.NO_OPINION
            pleased += call.opinion in (Opinion.VERY, Opinion.SATISFIED, Opinion.BASICALLY)
    words = {
        **groups,
        "reached": reached,
        "solved": f"{solved}/{reached}" if reached else "–",
        "pleased": f"{pleased}/{rated}" if rated else "–",
    }
    pattern = translate(
        "evaluation",
        "待回访 {open} · 待二次办理 {second} · 三次未接通 {unreachable} · 接通 {reached}：解决 {solved}，满意 {pleased}",
    )
    return filled(pattern, words)


# -- hollow closures ---------------------------------------------------------------------------------


def hollow(
    tickets: Sequence[Ticket], twins: Mapping[TicketId, Signal], now: datetime
) -> list[tuple[Ticket, tuple[Signal, ...]]]:
    """Tickets closed in the last 30 days that show a signal, those with the most first. Photos are looked at when one is opened.

    "Reported again" is looked for within the same street: a month of a district is compared in a moment, not in seconds.
    """
    known = percentiles(tickets)
    alike: dict[tuple[str, str], list[Ticket]] = {}
    for ticket in sorted(tickets, key=lambda one: one.reported_at):
        alike.setdefault((ticket.item, ticket.town), []).append(ticket)
    found = []
    for ticket in tickets:
        closed = ticket.first_closed_at or ticket.closed_at
        if closed is None or now - closed > AGAIN_WITHIN:
            continue
        same = alike[ticket.item, ticket.town]
        later = same[bisect_right(same, closed, key=lambda one: one.reported_at) :]
        signs = signals(ticket, percentile=known.get(ticket.item), twin=twins.get(ticket.id), later=later)
        if signs:
            found.append((ticket, signs))
    found.sort(key=lambda pair: (-len(pair[1]), pair[0].id))
    return found


def hollow_entries(
    found: Sequence[tuple[Ticket, tuple[Signal, ...]]], names: Names, now: datetime, site: SiteTime
) -> tuple[Entry, ...]:
    comma = QCoreApplication.translate("evaluation", "、")
    return tuple(
        _entry(ticket, names, now, site, comma.join(signal_word(one.code) for one in signs), ("sla", "at_risk"), False)
        for ticket, signs in found
    )


def signal_word(code: HollowCode) -> str:
    translate = QCoreApplication.translate
    return {
        HollowCode.FAST: translate("evaluation", "过快"),
        HollowCode.NO_PHOTO: translate("evaluation", "缺照片"),
        HollowCode.COPIED: translate("evaluation", "结果雷同"),
        HollowCode.AGAIN: translate("evaluation", "同地再报"),
        HollowCode.REOPENED: translate("evaluation", "重开"),
        HollowCode.LAST_MOMENT: translate("evaluation", "临限结案"),
    }[code]


def signal_text(signal: Signal) -> str:
    """The evidence in one sentence; a signal is a reason to look, not a finding."""
    translate, known = QCoreApplication.translate, signal.evidence
    if signal.code is HollowCode.FAST:
        words = {"took": _time(known["seconds"]), "p1": _time(known["p1_seconds"]), "n": known["cases"]}
        return filled(translate("evaluation", "签收到反馈 {took}，同事项 {n} 件中最快的 1% 为 {p1}"), words)
    if signal.code is HollowCode.NO_PHOTO:
        return translate("evaluation", "清单要求处置后照片，没有上传")
    if signal.code is HollowCode.COPIED:
        return filled(translate("evaluation", "结果文字与另外 {others} 件相同，例如 {first}"), known)
    if signal.code is HollowCode.AGAIN:
        return filled(translate("evaluation", "结案后 {days} 天，同一地点同一事项又报：{ticket}"), known)
    if signal.code is HollowCode.REOPENED:
        return filled(translate("evaluation", "结案后 {days} 天重开"), known)
    return filled(translate("evaluation", "离时限 {time} 结案，随后重开"), {"time": _time(known["seconds_left"])})


def _time(seconds: float) -> str:
    return duration_text(max(0.0, seconds))


# -- appeals -----------------------------------------------------------------------------------------


def appeals(tickets: Iterable[Ticket], names: Names, now: datetime, site: SiteTime) -> tuple[Entry, ...]:
    """Those that wait for a reviewer first."""
    found = [ticket for ticket in tickets if ticket.appeal is not None]
    found.sort(key=lambda one: (one.appeal is not None and one.appeal.granted is not None, one.id))
    return tuple(
        _entry(one, names, now, site, appeal_word(one), None if _decided(one) else ("sla", "at_risk"), _decided(one))
        for one in found
    )


def _decided(ticket: Ticket) -> bool:
    return ticket.appeal is not None and ticket.appeal.granted is not None


def appeal_word(ticket: Ticket) -> str:
    translate = QCoreApplication.translate
    appeal = ticket.appeal
    if appeal is None:
        return ""
    if appeal.granted is None:
        return filled(translate("evaluation", "已复核 {n}/2"), {"n": len(appeal.reviews)})
    if appeal.granted:
        return translate("evaluation", "申诉成立：仍显示超期，不计入统计")
    return translate("evaluation", "申诉不成立")


# -- spot checks -------------------------------------------------------------------------------------


def verdict_word(verdict: Verdict) -> str:
    translate = QCoreApplication.translate
    return {
        Verdict.SOUND: translate("evaluation", "属实"),
        Verdict.HOLLOW: translate("evaluation", "简化办结"),
        Verdict.CANNOT_TELL: translate("evaluation", "无法判断"),
    }[verdict]


def check_entries(checks: Iterable[SpotCheck], now: datetime, site: SiteTime) -> tuple[Entry, ...]:
    """The newest first."""
    translate = QCoreApplication.translate
    entries = []
    for check in sorted(checks, key=lambda one: one.drawn_at, reverse=True):
        words = {
            "n": len(check.drawn),
            "of": check.frame_size,
            "done": len(check.judged),
            "hollow": check.count(Verdict.HOLLOW),
        }
        side = filled(translate("evaluation", "{done}/{n} 已判，简化 {hollow}"), words)
        text = filled(translate("evaluation", "{of} 件中抽 {n} 件 · 种子 "), words) + check.seed
        entries.append(
            Entry(check.id, f"{check.id} {site.stamp(check.drawn_at, now)}", text, side, None, not check.is_open)
        )
    return tuple(entries)


def drawn_entries(
    check: SpotCheck, tickets: Mapping[TicketId, Ticket], names: Names, now: datetime, site: SiteTime
) -> tuple[Entry, ...]:
    """In the order of the draw."""
    entries = []
    for ticket_id in check.drawn:
        judged = check.judged.get(ticket_id)
        side = verdict_word(judged.verdict) if judged else QCoreApplication.translate("evaluation", "待判")
        ticket = tickets.get(ticket_id)
        if ticket is None:
            entries.append(Entry(ticket_id, ticket_id, "", side, None, judged is not None))
        else:
            entries.append(_entry(ticket, names, now, site, side, None, judged is not None))
    return tuple(entries)


def _entry(
    ticket: Ticket,
    names: Names,
    now: datetime,
    site: SiteTime,
    side: str,
    status: tuple[str, str] | None,
    quiet: bool,
) -> Entry:
    _, matter = names.matter(ticket.item, ticket.item_version)
    closed = (
        filled(QCoreApplication.translate("evaluation", "{at} 结案"), {"at": site.stamp(ticket.closed_at, now)})
        if ticket.closed_at
        else ""
    )
    unit = names.unit(ticket.unit) if ticket.unit else ""
    text = " · ".join(part for part in (side, closed, unit) if part)
    return Entry(ticket.id, f"{short_number(ticket.id)} {matter}", text, "", status, quiet)
