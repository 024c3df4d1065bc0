"""Closed lists of a handover: how serious an item is, what it is about, by which rule it was drafted, and the refusals."""

from enum import StrEnum


class Severity(StrEnum):
    """危急 and 关注 are read back one by one, 稳定 is handed over as a sum (screens.md §4f)."""

    CRITICAL = "critical"
    WATCH = "watch"
    STABLE = "stable"


READ_BACK = frozenset({Severity.CRITICAL, Severity.WATCH})


class HandoverState(StrEnum):
    DRAFTING = "drafting"  # begun, the server has not brought the draft yet
    OPEN = "open"
    SIGNED_OUT = "signed_out"  # the giver has signed, the receiver has not
    SIGNED = "signed"


class ItemRule(StrEnum):
    """Why an item stands in the draft. A ticket falls under the first rule that fits it, in this order."""

    TOP_URGENCY = "top_urgency"
    SUPERVISED = "supervised"  # a leader or an important matter is supervised and not settled
    PROBLEM = "problem"  # 问题工单
    JOINT_LATE = "joint_late"  # a unit has not checked in in time
    HIGH_OVERDUE = "high_overdue"
    LONG_OVERDUE = "long_overdue"  # the oldest of the overdue
    REQUESTS = "requests"  # delays and suspensions that wait for an answer
    SUSPENSIONS_END = "suspensions_end"
    OVERDUE_REST = "overdue_rest"
    STABLE = "stable"
    INSPECTION = "inspection"
    ALARMS = "alarms"
    CAMERAS = "cameras"
    FEED = "feed"
    SEAT = "seat"
    ADDED = "added"  # by hand


class CheckName(StrEnum):
    """核对, in this order."""

    THINGS = "things"  # 物品与权限
    ALARMS = "alarms"  # 搁置中的告警
    WALL = "wall"  # 大屏当前场景
    UNSENT = "unsent"  # 本机待发命令
    LEADER = "leader"  # 带班领导已告知


class HandoverCode(StrEnum):
    """In brackets: what `detail` carries."""

    UNKNOWN_SHIFT = "unknown_shift"  # [shift]
    NOT_BEGUN = "not_begun"  # the shift has not begun yet [at]
    TOO_OLD = "too_old"  # it ended too long ago [hours]
    NOT_DRAFTED = "not_drafted"  # the server has not brought the draft yet
    NOT_ASKED = "not_asked"  # there is a draft, and nobody asked for another
    SIGNED = "signed"  # nothing is changed any more
    NOT_SIGNED = "not_signed"  # papers belong to a signed one
    UNKNOWN_ITEM = "unknown_item"  # [item]
    REMOVED = "removed"  # [item]
    NOT_REMOVED = "not_removed"  # [item]
    CHANGED = "changed"  # somebody changed it meanwhile, look again [item]
    NOTHING = "nothing"  # an edit that changes nothing
    TEXT_REQUIRED = "text_required"  # [field]
    TOO_LONG = "too_long"  # [field, most]
    TOO_MANY = "too_many"  # [what, most]
    NOT_READ_BACK = "not_read_back"  # a stable item is not read back; or: nothing to agree to [item]
    OWN_READ_BACK = "own_read_back"  # who gives the shift cannot take it
    OWN_WORDS = "own_words"  # the read-back repeats the report letter by letter
    NO_QUESTION = "no_question"  # [item]
    QUESTION_OPEN = "question_open"  # [left]
    READ_BACK_OPEN = "read_back_open"  # [left]
    NOT_AGREED = "not_agreed"  # the giver has not confirmed every read-back [left]
    CHECKS_OPEN = "checks_open"  # [left]
    NOT_SIGNED_OUT = "not_signed_out"  # the giver signs first
    SIGNED_OUT = "signed_out"  # the giver has signed this version already
    SAME_PERSON = "same_person"  # two people sign
    NOT_LATE = "not_late"
    HAS_PAPERS = "has_papers"  # the papers are kept already
