"""What a person reads of an own command on a document: which one, on what, and why the server refused it.

The words of the windows that make these commands are used where there are any; every kind of domain.kinds has its place here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.alarms import words as alarm_words
from desktop.views.evaluation.spot_words import spot_refusal
from desktop.views.handover import roster_forms
from desktop.views.handover import words as handover_words
from desktop.views.inspection import words as inspection_words
from desktop.views.refusal_words import reason_text
from desktop.views.tables import words as table_words
from domain.alarms.kind import NAME as ALARM
from domain.evaluation.spot_check import NAME as SPOT_CHECK
from domain.evidence import NAME as EVIDENCE
from domain.handover.kind import NAME as HANDOVER
from domain.inspection.kind import NAME as INSPECTION
from domain.shifts.roster import NAME as ROSTER
from domain.tables.deciding import NAME as TABLES
from domain.takeout import NAME as TAKEOUT
from domain.wall.kind import NAME as WALL

Refused = Callable[[str, Mapping[str, Any]], str]


def document_title(kind: str, command: str, doc_id: str) -> str:
    """签名文件存档 · 交接班 JB-181008-night. `doc_id` is "" where the command makes the document."""
    translate = QCoreApplication.translate
    subject = {
        INSPECTION: translate("documents", "联合检查"),
        EVIDENCE: translate("documents", "现场照片"),
        SPOT_CHECK: translate("documents", "抽查"),
        ROSTER: translate("documents", "排班"),
        HANDOVER: translate("documents", "交接班"),
        TABLES: translate("documents", "基础数据"),
        ALARM: translate("documents", "告警"),
        TAKEOUT: translate("documents", "导出登记"),
        WALL: translate("documents", "大屏"),
    }.get(kind, kind)
    return f"{document_command(kind, command)} · {subject} {doc_id}".strip()


def document_command(kind: str, command: str) -> str:
    """The verb of a command on a document; a kind or command of a later release stands for itself."""
    if kind == INSPECTION:
        return inspection_words.command_word(command)
    if kind == ALARM:
        return alarm_words.command_word(command)
    return {HANDOVER: _handover, WALL: _wall}.get(kind, _others)().get(f"{kind}.{command}", command)


def document_refusal(kind: str, code: str, detail: Mapping[str, Any]) -> str:
    """Why the server did not do it, as the window of that kind says it."""
    words: dict[str, Refused] = {
        INSPECTION: lambda code, detail: inspection_words.refusal_text(code, detail, Names()),
        ALARM: alarm_words.refusal_text,
        HANDOVER: handover_words.refusal_text,
        ROSTER: roster_forms.refusal,
        SPOT_CHECK: spot_refusal,
        TABLES: table_words.refusal_text,
    }
    return words.get(kind, reason_text)(code, detail)


def _handover() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "handover.begin": translate("documents", "开始交接"),
        "handover.redraft": translate("documents", "重新起草"),
        "handover.edit": translate("documents", "修改一项"),
        "handover.add": translate("documents", "添加一项"),
        "handover.remove": translate("documents", "移除一项"),
        "handover.restore": translate("documents", "恢复一项"),
        "handover.read_back": translate("documents", "复述"),
        "handover.agree": translate("documents", "确认复述"),
        "handover.ask": translate("documents", "提问"),
        "handover.answer": translate("documents", "答复"),
        "handover.check": translate("documents", "核对"),
        "handover.sign_out": translate("documents", "交班签名"),
        "handover.sign_in": translate("documents", "接班签名"),
        "handover.attach": translate("documents", "签名文件存档"),
    }


def _wall() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "wall.register": translate("documents", "登记屏幕"),
        "wall.report": translate("documents", "上报屏幕变化"),
        "wall.apply": translate("documents", "应用到墙"),
        "wall.undo": translate("documents", "还原墙面"),
        "wall.ask_control": translate("documents", "申请控制"),
        "wall.answer_control": translate("documents", "答复控制申请"),
        "wall.take_control": translate("documents", "接管控制"),
        "wall.release_control": translate("documents", "交出控制"),
        "wall.set_lock": translate("documents", "锁定屏幕"),
        "wall.set_pause": translate("documents", "暂停或继续轮播"),
        "wall.keep_scene": translate("documents", "保存场景"),
        "wall.drop_scene": translate("documents", "删除场景"),
        "wall.keep_rule": translate("documents", "保存规则"),
        "wall.drop_rule": translate("documents", "删除规则"),
        "wall.start_rule": translate("documents", "启动规则"),
        "wall.end_rule": translate("documents", "结束规则"),
        "wall.set_notice": translate("documents", "通知上墙"),
        "wall.clear_notice": translate("documents", "撤下通知"),
    }


def _others() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "evidence.attach": translate("documents", "上传照片"),
        "evidence.withdraw_photo": translate("documents", "撤下照片"),
        "spot_check.draw": translate("documents", "抽样"),
        "spot_check.judge": translate("documents", "判定"),
        "roster.set": translate("documents", "设定"),
        "roster.revise": translate("documents", "修订"),
        "roster.ask_swap": translate("documents", "申请换班"),
        "roster.approve_swap": translate("documents", "批准换班"),
        "roster.refuse_swap": translate("documents", "不批换班"),
        "tables.start": translate("documents", "起草"),
        "tables.put": translate("documents", "修改草稿"),
        "tables.drop": translate("documents", "放弃草稿"),
        "tables.publish": translate("documents", "发布"),
        "tables.amend": translate("documents", "修订"),
        "takeout.take_out": translate("documents", "登记"),
    }
