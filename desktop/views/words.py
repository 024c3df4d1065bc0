"""Codes → words: states, stages, sources, roles, commands, refusals, events. The one place where a code becomes a Chinese sentence.

Chinese source strings through Qt; English comes from the .ts files. Every function asks Qt anew, so a change of language
shows with the next call. A code that is not listed is shown as it is: a newer server may know more than this desk.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.ticket_row import RowWords
from domain.actor import ActorRef
from domain.ticket import Limit
from domain.vocabulary import LimitType, Role, State


def state_word(state: State) -> str:
    """What a ticket waits for: 待受理 … 已结案."""
    translate = QCoreApplication.translate
    return {
        State.REPORTED: translate("words", "待受理"),
        State.VERIFYING: translate("words", "核实中"),
        State.FILED: translate("words", "待派遣"),
        State.DISPATCHED: translate("words", "待签收"),
        State.HANDLING: translate("words", "处理中"),
        State.SUSPENDED: translate("words", "挂账"),
        State.HANDLED: translate("words", "待核查"),
        State.CHECKING: translate("words", "核查中"),
        State.READY_TO_CLOSE: translate("words", "待结案"),
        State.CLOSED: translate("words", "已结案"),
        State.FORCED_CLOSED: translate("words", "强制结案"),
        State.VOID: translate("words", "作废"),
        State.REFUSED: translate("words", "不予受理"),
        State.MERGED: translate("words", "并案"),
    }[state]


def row_words() -> RowWords:
    """The short words of a table row."""
    translate = QCoreApplication.translate
    return RowWords(
        stage={
            State.REPORTED: translate("row", "受理"),
            State.VERIFYING: translate("row", "核实"),
            State.FILED: translate("row", "派遣"),
            State.DISPATCHED: translate("row", "签收"),
            State.HANDLING: translate("row", "处理"),
            State.SUSPENDED: translate("row", "挂账"),
            State.HANDLED: translate("row", "核查"),
            State.CHECKING: translate("row", "核查"),
            State.READY_TO_CLOSE: translate("row", "结案"),
            State.CLOSED: translate("row", "已结"),
            State.FORCED_CLOSED: translate("row", "强结"),
            State.VOID: translate("row", "作废"),
            State.REFUSED: translate("row", "不受"),
            State.MERGED: translate("row", "并案"),
        },
        waiting={
            State.REPORTED: translate("row", "受理员"),
            State.VERIFYING: translate("row", "网格巡查员"),
            State.FILED: translate("row", "待派遣"),
            State.HANDLED: translate("row", "核查员"),
            State.CHECKING: translate("row", "核查员"),
        },
        urgency={
            "top": translate("row", "特急"),
            "high": translate("row", "紧急"),
            "normal": translate("row", "一般"),
        },
    )


def source_word(source: str) -> str:
    """Where a ticket came from."""
    translate = QCoreApplication.translate
    return {
        "hotline_12345": translate("words", "12345 热线"),
        "patrol": translate("words", "网格巡查"),
        "camera": translate("words", "视频巡查"),
        "citizen_app": translate("words", "市民端"),
        "platform": translate("words", "平台转办"),
        "police_referral": translate("words", "警情转办"),
        "enterprise_self_report": translate("words", "企业自报"),
        "open311": translate("words", "Open311"),
        "leader": translate("words", "领导交办"),
        "data_lead": translate("words", "数据线索"),
    }.get(source, source)


def clock_word(state: str) -> str:
    """The state of a limit as a facet says it."""
    translate = QCoreApplication.translate
    return {
        "ok": translate("words", "正常"),
        "at_risk": translate("words", "临期"),
        "overdue": translate("words", "超期"),
        "paused": translate("words", "暂停"),
        "none": translate("words", "无时限"),
        "ended": translate("words", "已结"),
    }[state]


def level_word(level: str) -> str:
    translate = QCoreApplication.translate
    return {
        "grid": translate("words", "网格"),
        "community": translate("words", "社区"),
        "town": translate("words", "街道"),
        "district": translate("words", "区"),
        "enforcement": translate("words", "执法"),
    }.get(level, level)


def role_word(role: Role) -> str:
    translate = QCoreApplication.translate
    return {
        Role.COLLECTOR: translate("words", "网格员"),
        Role.REGISTRAR: translate("words", "受理员"),
        Role.DISPATCHER: translate("words", "派遣员"),
        Role.COORDINATOR: translate("words", "协调员"),
        Role.HANDLER: translate("words", "专业部门"),
        Role.CHECKER: translate("words", "核查员"),
        Role.CALLER: translate("words", "回访员"),
        Role.SHIFT_LEADER: translate("words", "值班长"),
        Role.LEADER: translate("words", "领导"),
        Role.ASSESSOR: translate("words", "考核员"),
        Role.SYSTEM_ADMIN: translate("words", "系统管理员"),
        Role.SECURITY_ADMIN: translate("words", "安全管理员"),
        Role.AUDIT_ADMIN: translate("words", "审计管理员"),
        Role.WALL: translate("words", "大屏"),
        Role.SOURCE: translate("words", "来源系统"),
        Role.SYSTEM: translate("words", "系统"),
    }[role]


def who(actor: ActorRef | None, unit_name: str = "") -> str:
    """How an actor is named: unit, or seat and role; never an account."""
    translate = QCoreApplication.translate
    if actor is None or actor.role is Role.SYSTEM:
        return translate("words", "系统")
    if unit_name:
        return unit_name
    word = role_word(actor.role)
    return translate("words", "{seat} 席{role}").format(seat=actor.seat, role=word) if actor.seat else word


def limit_text(limit: Limit) -> str:
    """An amount of time by its type: 15 分钟, 2 紧急工作时, 3 个工作日."""
    translate = QCoreApplication.translate
    amount = limit.amount
    if limit.type is LimitType.URGENT_HOURS and amount < 1:
        return translate("words", "{n} 分钟").format(n=f"{amount * 60:g}")
    pattern = {
        LimitType.URGENT_HOURS: translate("words", "{n} 紧急工作时"),
        LimitType.WORKING_HOURS: translate("words", "{n} 工作时"),
        LimitType.WORKING_DAYS: translate("words", "{n} 个工作日"),
        LimitType.CALENDAR_DAYS: translate("words", "{n} 个日历日"),
    }[limit.type]
    return pattern.format(n=f"{amount:g}")


def command_word(name: str) -> str:
    """The verb of a command as a button says it."""
    translate = QCoreApplication.translate
    return {
        "report": translate("commands", "上报"),
        "request_verification": translate("commands", "核实"),
        "record_verification": translate("commands", "核实结果"),
        "file": translate("commands", "立案"),
        "refuse": translate("commands", "不受理"),
        "merge": translate("commands", "并案"),
        "dispatch": translate("commands", "派遣"),
        "withdraw": translate("commands", "撤回"),
        "redirect": translate("commands", "改派"),
        "sign": translate("commands", "签收"),
        "return": translate("commands", "回退"),
        "report_result": translate("commands", "反馈"),
        "request_delay": translate("commands", "延期"),
        "approve_delay": translate("commands", "准予延期"),
        "refuse_delay": translate("commands", "不准延期"),
        "request_suspend": translate("commands", "挂账"),
        "approve_suspend": translate("commands", "准予挂账"),
        "refuse_suspend": translate("commands", "不准挂账"),
        "resume": translate("commands", "恢复"),
        "add_co_units": translate("commands", "协办"),
        "whistle": translate("commands", "吹哨"),
        "check_in": translate("commands", "报到"),
        "report_part": translate("commands", "协办反馈"),
        "act_for": translate("commands", "代办"),
        "judge_part": translate("commands", "协办评定"),
        "escalate": translate("commands", "升级"),
        "request_check": translate("commands", "核查"),
        "record_check": translate("commands", "核查结果"),
        "close": translate("commands", "结案"),
        "reject_closing": translate("commands", "退回整改"),
        "reopen": translate("commands", "重开"),
        "force_close": translate("commands", "强制结案"),
        "void": translate("commands", "作废"),
        "raise_urgency": translate("commands", "提级"),
        "relocate": translate("commands", "改位置"),
        "set_parent": translate("commands", "挂主单"),
        "remind": translate("commands", "催办"),
        "supervise": translate("commands", "督办"),
        "settle_supervision": translate("commands", "办结督办"),
        "record_call_back": translate("commands", "回访"),
        "appeal": translate("commands", "申诉"),
        "review_appeal": translate("commands", "申诉复核"),
        "comment": translate("commands", "备注"),
        "recalculate": translate("commands", "重算时限"),
    }.get(name, name)


def view_word(view_id: str) -> str:
    """The name of a saved view."""
    translate = QCoreApplication.translate
    return {
        "mine": translate("views", "我的待办"),
        "open": translate("views", "全部在办"),
        "reported": translate("views", "待受理"),
        "at_risk": translate("views", "临期"),
        "overdue": translate("views", "超期未结"),
        "to_dispatch": translate("views", "待派遣"),
        "joint_missing": translate("views", "协办未报到"),
        "to_check": translate("views", "待核查"),
        "suspension_ends": translate("views", "挂账到期 7 天内"),
        "returned_twice": translate("views", "回退 2 次以上"),
        "reminded": translate("views", "群众催办"),
        "problem": translate("views", "问题工单"),
        "closed_today": translate("views", "今日已结"),
        "due": translate("views", "临期与超期"),
    }[view_id]


def sort_word(sort: str) -> str:
    translate = QCoreApplication.translate
    return {
        "remaining": translate("words", "按剩余时限"),
        "urgency": translate("words", "按紧急程度"),
        "changed": translate("words", "按最近变化"),
        "number": translate("words", "按单号"),
        "matter": translate("words", "按事项"),
        "place": translate("words", "按网格"),
        "stage": translate("words", "按阶段"),
        "unit": translate("words", "按责任单位"),
    }[sort]


def part_word(state: str) -> str:
    """State of a unit's part in a joint ticket."""
    translate = QCoreApplication.translate
    return {
        "asked": translate("parts", "待签收"),
        "signed": translate("parts", "已签收"),
        "arrived": translate("parts", "处理中"),
        "reported": translate("parts", "已反馈"),
        "accepted": translate("parts", "已通过"),
        "returned": translate("parts", "退回"),
    }.get(state, state)


def pause_word(reason: str) -> str:
    translate = QCoreApplication.translate
    return {
        "suspended": translate("pauses", "挂账"),
        "under_check": translate("pauses", "待核查"),
        "returned": translate("pauses", "已回退"),
    }.get(reason, reason)


def age_word(seconds: float) -> str:
    """Age of the last change in a row: 刚刚, 40 秒, 4 分, 3 时, 2 天."""
    translate = QCoreApplication.translate
    if seconds < 20:
        return translate("words", "刚刚")
    if seconds < 60:
        return translate("words", "{n} 秒").format(n=int(seconds))
    if seconds < 3600:
        return translate("words", "{n} 分").format(n=int(seconds // 60))
    if seconds < 86400:
        return translate("words", "{n} 时").format(n=int(seconds // 3600))
    return translate("words", "{n} 天").format(n=int(seconds // 86400))


def seats_mark(seats: Sequence[str]) -> str:
    """Beside an eye: the seat that has the ticket open, or how many have."""
    return seats[0] if len(seats) == 1 else filled(QCoreApplication.translate("queue", "{n} 席"), {"n": len(seats)})


def filled(pattern: str, detail: Mapping[str, Any]) -> str:
    """`pattern` with the details it asks for; a missing one is left out rather than breaking the sentence."""
    return pattern.format_map(_Missing(detail))


class _Missing(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
