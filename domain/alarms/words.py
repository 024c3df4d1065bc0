"""Closed word lists of alarms. Chinese and English words live in the tokens, the views and docs/glossary.md."""

from enum import StrEnum


class Severity(StrEnum):
    """严重 · 重要 · 轻微 · 提示 (screens.md §7)."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


RANK = {severity: place for place, severity in enumerate(Severity)}
"""0 is the worst."""


class Trigger(StrEnum):
    """What a rule looks at. The last four are told by a part of the program, not found in data."""

    STAGE_OVERDUE = "stage_overdue"
    URGENT_ITEM = "urgent_item"
    SENSITIVE_ITEM = "sensitive_item"
    BURST = "burst"
    BACKLOG = "backlog"
    CAMERA_LOST = "camera_lost"
    FEED_SILENT = "feed_silent"
    FAULT = "fault"  # a part of the backend found something wrong
    HANDOVER_LATE = "handover_late"  # a shift ended half an hour ago and its handover is not signed
    LINK_LOST = "link_lost"  # this machine has no line; never leaves it
    NO_SOUND = "no_sound"  # this machine has no output device; never leaves it


LOCAL = frozenset({Trigger.LINK_LOST, Trigger.NO_SOUND})
"""Made, kept and acknowledged on one machine only."""


class AlarmState(StrEnum):
    """ISA-18.2 in spirit; the words are those of tokens [status.alarm_state]. ENDED is no more in any list."""

    UNACKED = "unacked"
    ACKED = "acked"
    CLEARED = "cleared"  # cause gone, not acknowledged
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"  # by a rule, listed apart
    ENDED = "ended"  # cause gone and acknowledged


class ShelveReason(StrEnum):
    VENDOR = "vendor"  # 厂商处理中
    MAINTENANCE = "maintenance"  # 检修
    SCHEDULED = "scheduled"  # 已排期
    KNOWN = "known"  # 已知情况，持续关注
    OTHER = "other"  # in own words


class AlarmCode(StrEnum):
    """Refusals. In brackets: what `detail` carries."""

    ENDED = "alarm_ended"  # it is over
    RANG_AGAIN = "rang_again"  # it rang anew after this seat saw it [ring]
    NOT_ACTIVE = "not_active"  # its cause is gone already
    CRITICAL_SHELVE = "critical_shelve"  # 严重 is never shelved
    SHELVED = "shelved_already"
    NOT_SHELVED = "not_shelved"
    TOO_LONG = "shelve_too_long"  # [hours]
    IN_THE_PAST = "shelve_in_the_past"
    TEXT_MISSING = "text_missing"
    SAME_SEAT = "same_seat"
    NO_SEAT = "no_seat"
    NO_STEP = "no_step"
    CRITICAL_SUPPRESS = "critical_suppress"  # no rule hides 严重
    SUPPRESSED = "suppressed_already"
    NOT_SUPPRESSED = "not_suppressed"
    SHELF_NOT_OVER = "shelf_not_over"  # the centre brings it back at its time, not before
