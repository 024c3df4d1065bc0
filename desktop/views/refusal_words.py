"""Why something is not done: refusal codes of the rules, of the server and of this desk → one short reason each.

A code that is not listed is shown as it is, so that a newer server's reason is not lost.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.views.words import filled, limit_text, role_word, state_word, who
from domain.actor import ActorRef
from domain.ticket import Limit
from domain.vocabulary import LimitType, Role, State


def reason_text(code: str, detail: Mapping[str, Any] | None = None) -> str:
    """The reason in words, without a full stop."""
    if not code:
        return ""
    if code == "version" and (quicker := _quicker(detail or {})):
        return quicker
    pattern = _of_rules().get(code) or _of_joint_and_closing().get(code) or _of_desk().get(code)
    return filled(pattern, _spoken(detail or {})) if pattern else code


def _quicker(detail: Mapping[str, Any]) -> str:
    """A03 席派遣员已先改动: of a conflict, as far as the server said who."""
    try:
        actor = msgspec.convert(detail.get("by"), ActorRef)
    except msgspec.ValidationError:
        return ""
    return filled(QCoreApplication.translate("refusals", "{who}已先改动"), {"who": who(actor)})


def _spoken(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Codes inside the detail as words."""
    spoken = dict(detail)
    if detail.get("state") in set(State):
        spoken["state"] = state_word(State(detail["state"]))
    if detail.get("role") in set(Role):
        spoken["role"] = role_word(Role(detail["role"]))
    limit = detail.get("limit")
    if isinstance(limit, Limit):
        spoken["limit"] = limit_text(limit)
    elif isinstance(limit, Mapping) and {"amount", "type"} <= set(limit):
        spoken["limit"] = limit_text(Limit(float(limit["amount"]), LimitType(limit["type"])))
    return spoken


def _of_rules() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "state": translate("refusals", "现为{state}"),
        "role": translate("refusals", "{role}无此权限"),
        "import_right": translate("refusals", "只有带导入权的来源可用"),
        "scope": translate("refusals", "不在本席范围内"),
        "not_your_unit": translate("refusals", "只有承办单位可办"),
        "no_ticket": translate("refusals", "没有这张工单"),
        "exists": translate("refusals", "已经上报过"),
        "reason_required": translate("refusals", "须填写原因"),
        "unknown_unit": translate("refusals", "没有这个单位 {unit}"),
        "unknown_item": translate("refusals", "清单中没有该事项"),
        "unknown_area": translate("refusals", "没有这个区域 {area}"),
        "unknown_ticket": translate("refusals", "没有工单 {ticket}"),
        "external_ref_required": translate("refusals", "缺少来源编号"),
        "bad_point": translate("refusals", "坐标不对"),
        "bad_time": translate("refusals", "时间不对"),
        "not_found_on_site": translate("refusals", "核实结果为不属实，请不予受理或再核实"),
        "itself": translate("refusals", "不能并入自身"),
        "target_ended": translate("refusals", "主单已{state}"),
        "has_followers": translate("refusals", "已有 {count} 件并入本单"),
        "problem_ticket": translate("refusals", "问题工单，只有值班长可派遣"),
        "lead_binding": translate("refusals", "首接负责，不得回退"),
        "same_unit": translate("refusals", "已由该单位承办"),
        "already_part": translate("refusals", "该单位已参与"),
        "no_units": translate("refusals", "未选单位"),
        "undo_expired": translate("refusals", "超过 {seconds} 秒，不能撤回"),
        "already_signed": translate("refusals", "承办单位已签收"),
        "request_pending": translate("refusals", "另有申请待批"),
        "no_request": translate("refusals", "没有待批申请"),
        "no_limit": translate("refusals", "事项无时限"),
        "delay_limit": translate("refusals", "已延期 {granted} 次"),
        "delay_overdue": translate("refusals", "已超期"),
        "delay_too_long": translate("refusals", "超过原时限 {limit}"),
        "delay_type": translate("refusals", "时限类型不同，不能相加"),
        "department_first": translate("refusals", "须主管部门先同意"),
        "suspend_once": translate("refusals", "已挂账一次"),
        "suspend_past": translate("refusals", "到期日须在今天之后"),
        "suspend_too_long": translate("refusals", "挂账不得超过一年"),
        "too_early": translate("refusals", "未到挂账期满"),
        "top_level": translate("refusals", "已是最高层级"),
        "not_overdue": translate("refusals", "未超期"),
    }


def _of_joint_and_closing() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "parts_open": translate("refusals", "还有协办单位未结，须写明原因"),
        "act_not_now": translate("refusals", "单位此时没有可代办的事"),
        "not_a_part": translate("refusals", "该单位未参与"),
        "lead_part": translate("refusals", "牵头单位随整单反馈"),
        "whistle_not_up": translate("refusals", "只能向上一级吹哨"),
        "already_checked_in": translate("refusals", "已报到"),
        "sign_first": translate("refusals", "须先签收"),
        "check_in_first": translate("refusals", "须先报到"),
        "part_reported": translate("refusals", "已反馈"),
        "part_not_reported": translate("refusals", "尚未反馈"),
        "finder_is_checker": translate("refusals", "巡办分离，发现人不得核查"),
        "needs_check": translate("refusals", "该事项须先核查"),
        "open_children": translate("refusals", "还有 {count} 件子单未结"),
        "not_a_dispute": translate("refusals", "该事项不是纠纷，不填调解结果"),
        "reopened_once": translate("refusals", "回访重开只有一次"),
        "not_dissatisfied": translate("refusals", "回访未表示不满意"),
        "not_higher": translate("refusals", "须高于现有级别"),
        "same_area": translate("refusals", "位置没有变化"),
        "no_parent": translate("refusals", "没有主单"),
        "parent_is_child": translate("refusals", "主单本身是子单"),
        "already_supervised": translate("refusals", "同一原因已在督办"),
        "no_supervision": translate("refusals", "没有督办"),
        "call_back_done": translate("refusals", "回访已完成"),
        "opinion_required": translate("refusals", "须选择满意度"),
        "not_reached": translate("refusals", "未接通，没有评价"),
        "not_late": translate("refusals", "未超期，无须申诉"),
        "appeal_once": translate("refusals", "已申诉过"),
        "no_appeal": translate("refusals", "没有申诉"),
        "appeal_decided": translate("refusals", "申诉已有结论"),
        "reviewer_twice": translate("refusals", "同一人不得复核两次"),
        "own_unit": translate("refusals", "申诉单位须回避"),
    }


def _of_desk() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "offline_refused": translate("refusals", "联动服务断开，此操作须联机"),
        "not_connected": translate("refusals", "未接通联动服务"),
        "read_only": translate("refusals", "本机另有一个程序在用缓存，此处只读"),
        "no_identity": translate("refusals", "尚未登录"),
        "undo_too_late": translate("refusals", "超过 10 秒，不能撤回"),
        "conflict": translate("refusals", "他人已先改动"),
        "version": translate("refusals", "他人已先改动"),
        "pruned": translate("refusals", "超过有效期，未执行"),
        "no_version": translate("refusals", "命令没有说明依据哪一版工单"),
        "out_of_scope": translate("refusals", "不在本席范围内"),
        "defect": translate("refusals", "服务器执行时出错，未执行，请报告管理员"),
        "bad_frame": translate("refusals", "服务器读不懂这条命令"),
        "bad_command": translate("refusals", "服务器读不懂这条命令"),
        "in_future": translate("refusals", "时间在将来"),
        "before_last_change": translate("refusals", "时间早于最近一次变化"),
        "no_import_right": translate("refusals", "没有补录过去时间的权限"),
        "unknown_kind": translate("refusals", "服务器没有这类文件"),
        "no_document": translate("refusals", "没有指明文件"),
        "unknown_blob": translate("refusals", "附件还没有传到服务器"),
        "moved_out": translate("refusals", "工单已移出本席范围"),
        "predecessor_failed": translate("refusals", "前一条命令未成"),
        "predecessor_withdrawn": translate("refusals", "前一条命令已放弃"),
        "gone": translate("refusals", "这条命令已处理过"),
        "ticket_unknown": translate("refusals", "工单已不在本席范围内"),
        "document_unknown": translate("refusals", "文件已不在本席范围内"),
        "too_large": translate("refusals", "内容太长"),
        "expired": translate("refusals", "超过有效期，未执行"),
        "id_misuse": translate("refusals", "命令编号重复，未执行"),
        "busy": translate("refusals", "服务器忙"),
        "storage_full": translate("refusals", "服务器存储已满"),
        "unavailable": translate("refusals", "服务器暂不可用"),
        "blocked": translate("refusals", "前一条命令未成"),
        "too_old": translate("refusals", "待发过久，须重新确认"),
        "unknown": translate("refusals", "结果不明，须人工确认"),
        "timeout": translate("refusals", "服务器未回应"),
        "offline": translate("refusals", "联动服务断开"),
        "unreadable": translate("refusals", "服务器的回答读不了"),
        "empty": translate("refusals", "服务器没有给出内容"),
    }
