"""Codes of tables → words: fields, kinds, changes, rows that cannot be read, refusals."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.views.refusal_words import reason_text
from desktop.views.words import filled, limit_text, role_word
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated
from domain.catalogue import Evidence, Item
from domain.tables.importing import How
from domain.tables.sheets import Problem, Wrong
from domain.tables.words import TableCode
from domain.vocabulary import Role, Urgency


def kind_word(kind: str) -> str:
    translate = QCoreApplication.translate
    return translate("tables", "部件") if kind == "component" else translate("tables", "事件")


def urgency_word(urgency: Urgency) -> str:
    translate = QCoreApplication.translate
    return {
        Urgency.TOP: translate("tables", "特急"),
        Urgency.HIGH: translate("tables", "紧急"),
        Urgency.NORMAL: translate("tables", "一般"),
    }[urgency]


def evidence_word(evidence: Evidence) -> str:
    translate = QCoreApplication.translate
    return {
        Evidence.NONE: translate("tables", "不需照片"),
        Evidence.PHOTO: translate("tables", "照片"),
        Evidence.BEFORE_AFTER: translate("tables", "整改前后照片"),
    }[evidence]


def item_limit(item: Item) -> str:
    return limit_text(item.limit) if item.limit else QCoreApplication.translate("tables", "无时限")


def field_word(field: str) -> str:
    """A field of an item, area, unit, post or component."""
    translate = QCoreApplication.translate
    known = {
        "name": translate("tables", "名称"),
        "class_name": translate("tables", "大类"),
        "sub_class_name": translate("tables", "小类"),
        "kind": translate("tables", "类别"),
        "urgency": translate("tables", "紧急程度"),
        "limit": translate("tables", "时限"),
        "needs_check": translate("tables", "核查"),
        "filing_condition": translate("tables", "立案条件"),
        "closing_condition": translate("tables", "结案条件"),
        "unit": translate("tables", "处置单位"),
        "department": translate("tables", "主管部门"),
        "evidence": translate("tables", "取证"),
        "law": translate("tables", "依据"),
        "retired": translate("tables", "停用"),
        "parent": translate("tables", "上级"),
        "town": translate("tables", "街道"),
        "items": translate("tables", "职责事项"),
        "count": translate("tables", "人数"),
        "reason": translate("tables", "原因"),
    }
    return known.get(field, field)


def field_text(item: Item, field: str) -> str:
    """The value of a field as a difference prints it."""
    value: Any = getattr(item, field)
    if field == "limit":
        return item_limit(item)
    if field == "urgency":
        return urgency_word(value)
    if field == "evidence":
        return evidence_word(value)
    if field == "kind":
        return kind_word(value)
    if isinstance(value, bool):
        translate = QCoreApplication.translate
        return translate("tables", "是") if value else translate("tables", "否")
    return str(value) or DASH


def how_word(how: How) -> str:
    translate = QCoreApplication.translate
    return {
        How.ADDED: translate("tables", "新增"),
        How.REVISED: translate("tables", "修订"),
        How.GONE: translate("tables", "停用"),
    }[how]


def unit_kind_word(kind: str) -> str:
    translate = QCoreApplication.translate
    return {
        "department": translate("tables", "部门"),
        "town_centre": translate("tables", "街镇分中心"),
        "brigade": translate("tables", "执法队伍"),
        "community_station": translate("tables", "社区工作站"),
        "company": translate("tables", "企业"),
        "grid": translate("tables", "网格"),
    }.get(kind, kind)


def level_name(level: str) -> str:
    translate = QCoreApplication.translate
    return {
        "district": translate("tables", "区"),
        "town": translate("tables", "街镇"),
        "community": translate("tables", "社区"),
        "grid": translate("tables", "网格"),
        "micro_grid": translate("tables", "微网格"),
    }.get(level, level)


def problem_text(problem: Problem) -> str:
    """Why a row cannot be read, and what to do."""
    translate = QCoreApplication.translate
    words = {
        Wrong.NO_HEADING: translate("tables", "没有表头，需要这些列：{wanted}"),
        Wrong.NO_COLUMN: translate("tables", "缺少列 {column}"),
        Wrong.NO_NAME: translate("tables", "没有名称，请补上"),
        Wrong.NO_CODE: translate("tables", "没有编码，请补上"),
        Wrong.BAD_CODE: translate("tables", "编码 {text} 不合规"),
        Wrong.CODE_TWICE: translate("tables", "编码 {row} 与第 {first} 行重复，请留一行"),
        Wrong.BAD_LIMIT: translate("tables", "时限 {text} 看不懂，请写成 2紧急工作时、4工作时、5工作日"),
        Wrong.BAD_WORD: translate("tables", "{text} 不是可用的值，可用：{allowed}"),
        Wrong.BAD_NUMBER: translate("tables", "{text} 不是可用的数"),
        Wrong.UNKNOWN_PARENT: translate("tables", "{row} 的上级 {parent} 不在表中"),
        Wrong.WRONG_PARENT: translate("tables", "{row} 的编码不在上级 {parent} 之内"),
        Wrong.LOOP: translate("tables", "上级关系成环：{codes}"),
        Wrong.UNKNOWN_AREA: translate("tables", "没有区划 {text}"),
        Wrong.UNKNOWN_UNIT: translate("tables", "没有单位 {text}"),
        Wrong.BAD_SHIFTS: translate("tables", "班次没有覆盖全天或互相重叠"),
    }
    return filled(words[problem.code], _listed(problem.detail))


def file_text(code: str, detail: str) -> str:
    """Why a file is no table."""
    translate = QCoreApplication.translate
    words = {
        "not_found": translate("tables", "打不开这个文件：{detail}"),
        "too_large": translate("tables", "文件太大，请分开导入"),
        "kind": translate("tables", "不是 .xlsx 或 .csv，请另存为其中一种"),
        "broken": translate("tables", "文件已损坏，请用原程序重新保存"),
        "encoding": translate("tables", "既不是 UTF-8 也不是 GBK，请另存为 UTF-8"),
    }
    return filled(words.get(code, code), {"detail": detail})


def refusal_text(code: str, detail: Mapping[str, Any]) -> str:
    """Why a change was not made."""
    translate = QCoreApplication.translate
    if code == "role":
        return filled(translate("tables", "只有{role}能改"), {"role": role_word(Role.SYSTEM_ADMIN)})
    words: dict[str, str] = {
        TableCode.REASON_REQUIRED: translate("tables", "请写修订原因"),
        TableCode.TOO_LONG: translate("tables", "{field}太长，最多 {most} 字"),
        TableCode.TOO_MANY: translate("tables", "一次太多，最多 {most} 行"),
        TableCode.DRAFT_OPEN: translate("tables", "草稿 {id} 还没有发布，请先发布或放弃"),
        TableCode.NOT_A_DRAFT: translate("tables", "这一版已经发布或放弃"),
        TableCode.NOTHING_CHANGED: translate("tables", "没有变化"),
        TableCode.IN_THE_PAST: translate("tables", "启用时间已过，请写以后的日期"),
        TableCode.CODE_TWICE: translate("tables", "编码 {row} 重复"),
        TableCode.BAD_CODE: translate("tables", "编码 {row} 不合规，用字母和数字"),
        TableCode.NO_NAME: translate("tables", "{row} 没有名称"),
        TableCode.BAD_LIMIT: translate("tables", "{row} 的时限不合理"),
        TableCode.UNKNOWN_ITEM: translate("tables", "清单中没有 {row}"),
        TableCode.UNKNOWN_PARENT: translate("tables", "{row} 的上级 {parent} 不在"),
        TableCode.UNIT_LOOP: translate("tables", "单位上级成环：{codes}"),
        TableCode.UNKNOWN_AREA: translate("tables", "{row} 的区划 {area} 不在"),
        TableCode.UNKNOWN_UNIT: translate("tables", "{row} 的单位 {unit} 不在"),
        TableCode.BAD_DAY: translate("tables", "日期 {day} 不合理"),
        TableCode.BAD_HOURS: translate("tables", "上班时段 {text} 不合理：从早到晚，不重叠，不过 24:00"),
    }
    if code not in words:
        return reason_text(code, detail)
    values = _listed(detail)
    if "field" in values:
        values["field"] = field_word(str(values["field"]))
    return filled(words[code], values)


def _listed(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {key: enumerated(map(str, value)) if isinstance(value, list) else value for key, value in detail.items()}
