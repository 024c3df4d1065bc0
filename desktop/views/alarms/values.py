"""Alarms as the list prints them: groups, rows, and the one row that sums up what a flood silences. No widget in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.views.alarms import words
from desktop.views.alarms.feed import AlarmFeed
from desktop.views.words import filled
from desktop.widgets.alarm_list import AlarmGroup, AlarmRow
from domain.alarms.values import Alarm, order_key, state_of
from domain.alarms.words import AlarmState, Severity

GROUPS = (AlarmState.UNACKED, AlarmState.ACKED, AlarmState.SHELVED, AlarmState.CLEARED, AlarmState.SUPPRESSED)
FLOOD = "flood"
"""Id of the row that stands for all minor alarms of a flood."""
BUTTON = {
    AlarmState.UNACKED: "acknowledge",
    AlarmState.ACKED: "hand_over",
    AlarmState.SHELVED: "unshelve",
    AlarmState.CLEARED: "acknowledge",
    AlarmState.SUPPRESSED: "",
}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Empty = everything. `origin`: where it comes from, as printed; `mine`: only what concerns this seat."""

    severity: str = ""
    origin: str = ""
    mine: bool = False


def summed_up(feed: AlarmFeed, alarms: Sequence[Alarm]) -> list[Alarm]:
    """The minor, unacknowledged ones that a flood sums up in one row; none without a flood."""
    if not feed.load().is_flood:
        return []
    return [one for one in alarms if one.severity is Severity.MINOR and state_of(one) is AlarmState.UNACKED]


def groups(
    feed: AlarmFeed, chosen: ListFilter, *, opened: bool = False, kept: Sequence[str] = ()
) -> tuple[AlarmGroup, ...]:
    """`opened`: the summed-up row is unfolded. `kept`: ids in the order on screen, which holds while a pointer is over the list."""
    alarms = [alarm for alarm in feed.open() if _shown(alarm, chosen, feed)]
    folded = summed_up(feed, alarms)
    hidden = {alarm.id for alarm in folded} if not opened else set()
    place = {alarm_id: number for number, alarm_id in enumerate(kept)}
    made = []
    for state in GROUPS:
        found = [alarm for alarm in alarms if state_of(alarm) is state and alarm.id not in hidden]
        found.sort(key=lambda alarm: (place.get(alarm.id, len(place)), order_key(alarm)) if place else order_key(alarm))
        rows = [_row(alarm, state, feed) for alarm in found]
        if state is AlarmState.UNACKED and folded:
            rows.append(_flood_row(folded, opened))
        if rows:
            made.append(AlarmGroup(state.value, words.group_word(state), words.group_note(state), tuple(rows)))
    return tuple(made)


def hidden(feed: AlarmFeed, chosen: ListFilter) -> tuple[int, int]:
    """What a filter hides: how many unacknowledged alarms, and how many of them are critical."""
    unseen = [alarm for alarm in feed.unacknowledged() if not _shown(alarm, chosen, feed)]
    return len(unseen), sum(alarm.severity is Severity.CRITICAL for alarm in unseen)


def origins(alarms: Sequence[Alarm]) -> list[str]:
    """Where these alarms come from, in words and in order."""
    return sorted({words.origin_word(alarm) for alarm in alarms})


def _shown(alarm: Alarm, chosen: ListFilter, feed: AlarmFeed) -> bool:
    if chosen.severity and alarm.severity != chosen.severity:
        return False
    if chosen.origin and words.origin_word(alarm) != chosen.origin:
        return False
    return not chosen.mine or _mine(alarm, feed)


def _mine(alarm: Alarm, feed: AlarmFeed) -> bool:
    from_me = alarm.ack is not None and alarm.ack.seat == feed.seat
    return from_me or feed.concerns(alarm)


def _row(alarm: Alarm, state: AlarmState, feed: AlarmFeed) -> AlarmRow:
    now, site = feed.now(), feed.site
    pending = feed.pending_word(alarm)
    command = BUTTON[state]
    return AlarmRow(
        id=alarm.id,
        severity=alarm.severity.value,
        state=state.value,
        title=words.title(alarm, feed.names),
        origin=words.origin_word(alarm),
        time=site.brief(alarm.raised_at, now),
        lasting=_lasting(alarm, state, feed),
        who=_who(alarm, state, feed),
        action=command,
        action_text=words.command_word(command) if command else "",
        pending=pending,
    )


def _lasting(alarm: Alarm, state: AlarmState, feed: AlarmFeed) -> str:
    now = feed.now()
    if state is AlarmState.SHELVED and alarm.shelf is not None:
        left = words.span_word(alarm.shelf.until - now)
        return filled(QCoreApplication.translate("alarms", "剩 {span}"), {"span": left})
    if state is AlarmState.CLEARED and alarm.cleared_at is not None:
        at = feed.site.brief(alarm.cleared_at, now)
        return filled(QCoreApplication.translate("alarms", "{time} 恢复"), {"time": at})
    return words.span_word(now - alarm.raised_at)


def _who(alarm: Alarm, state: AlarmState, feed: AlarmFeed) -> str:
    translate, now, site = QCoreApplication.translate, feed.now(), feed.site
    if state is AlarmState.SHELVED and alarm.shelf is not None:
        detail = {
            "reason": words.reason_word(alarm.shelf.reason),
            "until": site.brief(alarm.shelf.until, now),
            "seat": words.seat_word(alarm.shelf.by.seat),
        }
        return filled(translate("alarms", "{reason}，至 {until}，{seat}"), detail)
    if state is AlarmState.SUPPRESSED:
        by = feed.get(alarm.suppressed_by)
        return filled(translate("alarms", "由 {rule} 抑制"), {"rule": by.rule if by else alarm.suppressed_by})
    if alarm.ack is not None:
        return words.mark_word(alarm.ack, site, now)
    parts = [words.seat_word(alarm.seat)] if alarm.seat else []
    if alarm.hits > 1:
        parts.append(filled(translate("alarms", "合并 {n} 条"), {"n": alarm.hits}))
    return " · ".join(parts)


def _flood_row(folded: Sequence[Alarm], opened: bool) -> AlarmRow:
    translate = QCoreApplication.translate
    pattern = (
        translate("alarms", "轻微 {n} 条，泛滥期间已汇总静音") if not opened else translate("alarms", "收起轻微 {n} 条")
    )
    return AlarmRow(
        id=FLOOD,
        severity=Severity.MINOR.value,
        state=AlarmState.UNACKED.value,
        title=filled(pattern, {"n": len(folded)}),
        origin="",
        time="",
        lasting="",
        who=translate("alarms", "回车展开") if not opened else translate("alarms", "回车收起"),
        action="",
        action_text="",
    )
