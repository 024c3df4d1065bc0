"""Codes of joint inspection → words of its window and papers. Chinese source strings through Qt, asked anew with every call."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.models.names import Names
from desktop.views.refusal_words import reason_text
from desktop.views.words import filled
from desktop.widgets.wording import enumerated, sentences
from domain.inspection.words import InspectionState, Measure, Result
from domain.lifecycle.core import Offer


def state_word(state: str) -> str:
    translate = QCoreApplication.translate
    return {
        "planned": translate("inspection", "待派出"),
        "issued": translate("inspection", "待报到"),
        "under_way": translate("inspection", "检查中"),
        "findings_in": translate("inspection", "出文书"),
        "rectifying": translate("inspection", "整改中"),
        "rechecked": translate("inspection", "待办结"),
        "closed": translate("inspection", "已办结"),
        "cancelled": translate("inspection", "已取消"),
    }.get(state, state)


def stage_words() -> tuple[str, ...]:
    """发起 → … → 办结, in the order of screens.md §4e."""
    translate = QCoreApplication.translate
    return (
        translate("inspection", "发起"),
        translate("inspection", "勾选协办"),
        translate("inspection", "报到"),
        translate("inspection", "检查"),
        translate("inspection", "文书"),
        translate("inspection", "整改"),
        translate("inspection", "复查"),
        translate("inspection", "评分"),
        translate("inspection", "办结"),
    )


def result_word(result: str) -> str:
    """Of one cell; "open" has no finding yet."""
    translate = QCoreApplication.translate
    return {
        "ok": translate("inspection", "合格"),
        "violation": translate("inspection", "不合格"),
        "not_applicable": translate("inspection", "不适用"),
        "open": translate("inspection", "待反馈"),
    }[result]


def severity_word(severity: str) -> str:
    translate = QCoreApplication.translate
    return {
        "minor": translate("inspection", "一般"),
        "serious": translate("inspection", "较重"),
        "grave": translate("inspection", "严重"),
    }.get(severity, severity)


def measure_word(measure: str) -> str:
    translate = QCoreApplication.translate
    return {
        "rectify": translate("inspection", "责令整改"),
        "stop": translate("inspection", "停业整改"),
        "transfer": translate("inspection", "移送执法"),
    }.get(measure, measure)


def service_word(service: str) -> str:
    translate = QCoreApplication.translate
    return {
        "in_person": translate("inspection", "现场送达签收"),
        "left": translate("inspection", "留置送达"),
        "posted": translate("inspection", "邮寄送达"),
    }.get(service, service)


def how_word(how: str) -> str:
    translate = QCoreApplication.translate
    return {
        "position": translate("inspection", "定位"),
        "code": translate("inspection", "扫码"),
        "told": translate("inspection", "代报"),
    }.get(how, how)


def part_state_word(state: str) -> str:
    translate = QCoreApplication.translate
    return {
        "asked": translate("inspection", "未报到"),
        "arrived": translate("inspection", "检查中"),
        "reported": translate("inspection", "已提交"),
        "accepted": translate("inspection", "已提交"),
        "returned": translate("inspection", "退回重查"),
    }.get(state, state)


def command_word(name: str) -> str:
    """The verb of a command as a button says it."""
    translate = QCoreApplication.translate
    return {
        "plan": translate("inspection", "发起"),
        "revise": translate("inspection", "修改"),
        "issue": translate("inspection", "派出"),
        "check_in": translate("inspection", "报到"),
        "find": translate("inspection", "记录"),
        "add_photo": translate("inspection", "拍照"),
        "urge": translate("inspection", "催反馈"),
        "end_findings": translate("inspection", "结束检查"),
        "return_part": translate("inspection", "退回重查"),
        "issue_notice": translate("inspection", "开文书"),
        "serve_notice": translate("inspection", "送达"),
        "set_recheck": translate("inspection", "定复查"),
        "rectify": translate("inspection", "已整改"),
        "record_recheck": translate("inspection", "复查"),
        "score_part": translate("inspection", "评分"),
        "close": translate("inspection", "办结"),
        "cancel": translate("inspection", "取消"),
        "print": translate("inspection", "存文书"),
    }.get(name, name)


def template_word(template: str) -> str:
    """A checklist by its id; one that this release does not bring stands for itself."""
    translate = QCoreApplication.translate
    return {
        "fire": translate("inspection", "消防安全"),
        "food": translate("inspection", "食品安全"),
        "rental_housing": translate("inspection", "出租房"),
        "workplace_safety": translate("inspection", "安全生产"),
    }.get(template, template)


def templates_text(refs: tuple[str, ...]) -> str:
    """食品安全、消防安全 2026-02 版: names by version."""
    by_version: dict[str, list[str]] = {}
    for ref in refs:
        template, _, version = ref.partition("@")
        by_version.setdefault(version, []).append(template_word(template))
    pattern = QCoreApplication.translate("inspection", "{names} {version} 版")
    parts = [filled(pattern, {"names": enumerated(names), "version": key}) for key, names in by_version.items()]
    return sentences(parts)


def notice_number(no: str, short: str) -> str:
    """2026-180316-0031-3 as a paper prints it: 坪山联改〔2026〕180316-0031-3 号, in every language. `short` is the site's word."""
    year, _, rest = no.partition("-")
    return f"{short}联改〔{year}〕{rest}号"


def long_date(day: date) -> str:
    """2026年3月25日, as papers write it."""
    layout = QCoreApplication.translate("inspection", "yyyy年M月d日")
    return QLocale().toString(QDate(day.year, day.month, day.day), layout)


# -- why not ----------------------------------------------------------------------------------------


def _refusals() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "state": translate("inspection", "现为{state}"),
        "not_your_unit": translate("inspection", "由{unit}办"),
        "not_lead": translate("inspection", "由牵头单位{unit}办"),
        "own_part": translate("inspection", "不得自评自退"),
        "title_required": translate("inspection", "须写检查名称"),
        "too_long": translate("inspection", "{field}超过 {most} 字"),
        "unit_twice": translate("inspection", "{unit}写了两次"),
        "not_a_part": translate("inspection", "本单位未参与"),
        "no_premises": translate("inspection", "须写检查对象"),
        "bad_letter": translate("inspection", "没有对象{letter}"),
        "too_many": translate("inspection", "{what}不得超过 {most}"),
        "no_items": translate("inspection", "清单为空"),
        "item_twice": translate("inspection", "清单有两行编码 {item}"),
        "nobody_checks": translate("inspection", "{item}没有责任单位"),
        "bad_window": translate("inspection", "结束须晚于开始"),
        "bad_metres": translate("inspection", "距离不对"),
        "already_checked_in": translate("inspection", "{unit}已报到"),
        "check_in_first": translate("inspection", "{unit}未报到"),
        "bad_time": translate("inspection", "时间不在派出之后、{hours} 小时之内"),
        "unknown_cell": translate("inspection", "清单中没有这一格"),
        "severity_required": translate("inspection", "不合格须选严重程度"),
        "severity_of_ok": translate("inspection", "只有不合格才写程度和期限"),
        "bad_limit": translate("inspection", "期限须为 1 至 {most} 日"),
        "no_finding": translate("inspection", "这一格还没有结果"),
        "under_notice": translate("inspection", "{premises}已开文书，结果不再改"),
        "all_in": translate("inspection", "各单位均已反馈"),
        "not_all_in": translate("inspection", "{premises}还有 {open} 项待反馈"),
        "part_not_reported": translate("inspection", "{unit} {open} 项未反馈"),
        "no_cells": translate("inspection", "未选要重查的项"),
        "not_its_cell": translate("inspection", "这一项不归该单位"),
        "no_violation": translate("inspection", "没有不合格项"),
        "notice_exists": translate("inspection", "文书均已开具"),
        "notice_first": translate("inspection", "{premises}须先开文书"),
        "no_measure": translate("inspection", "须选措施"),
        "addressee_required": translate("inspection", "须写受送达单位"),
        "bad_deadline": translate("inspection", "期限须在今天之后"),
        "unknown_notice": translate("inspection", "还没有文书"),
        "already_served": translate("inspection", "文书均已送达"),
        "nothing_to_recheck": translate("inspection", "没有待整改的项"),
        "bad_date": translate("inspection", "日期不得早于今天和整改期限"),
        "already_rectified": translate("inspection", "这一项已整改"),
        "scored_already": translate("inspection", "均已评分"),
        "bad_score": translate("inspection", "质量分不超过 {most}"),
        "recheck_first": translate("inspection", "{left} 项复查未通过"),
        "units_open": translate("inspection", "{units}未反馈；如需先办结，须写明原因，计入考核"),
        "summary_required": translate("inspection", "须写办结小结"),
        "offline_refused": translate("inspection", "文书与办结须联机，报到、记录、拍照可离线"),
        "unknown_blob": translate("inspection", "照片未送达服务器，请重拍"),
        "bad_file": translate("inspection", "不是照片，或超过 8 兆"),
        "unknown_document": translate("inspection", "没有这次检查"),
        "document_unknown": translate("inspection", "没有这次检查"),
    }


def _fields() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "title": translate("inspection", "名称"),
        "premises": translate("inspection", "检查对象"),
        "ref": translate("inspection", "登记号"),
        "item": translate("inspection", "检查项"),
        "items": translate("inspection", "检查项"),
        "photos": translate("inspection", "照片"),
        "text": translate("inspection", "说明"),
        "demand": translate("inspection", "整改要求"),
        "addressee": translate("inspection", "受送达单位"),
        "receiver": translate("inspection", "受送达人"),
        "purpose": translate("inspection", "目的"),
        "meeting_point": translate("inspection", "集合地点"),
    }


def refusal_text(code: str, detail: Mapping[str, Any], names: Names) -> str:
    """The reason in words, units by name."""
    pattern = _refusals().get(code)
    if pattern is None:
        return reason_text(code, detail)
    spoken: dict[str, Any] = dict(detail)
    spoken.update((key, f"{value:g}") for key, value in detail.items() if isinstance(value, float))
    if "state" in detail:
        spoken["state"] = state_word(str(detail["state"]))
    if isinstance(detail.get("unit"), str):
        spoken["unit"] = names.unit(detail["unit"])
    if isinstance(detail.get("units"), list | tuple):
        spoken["units"] = enumerated(names.unit(unit) for unit in detail["units"])
    for key in ("field", "what"):
        if key in detail:
            spoken[key] = _fields().get(str(detail[key]), str(detail[key]))
    return filled(pattern, spoken)


def offer_reason(offer: Offer, names: Names) -> str:
    return "" if offer.ok else refusal_text(offer.code, offer.detail, names)


# -- words that need more than a code -----------------------------------------------------------------


def totals_text(totals: Mapping[str, int]) -> str:
    """合格 24 · 不合格 10 · 不适用 4 · 待反馈 1."""
    order = (Result.OK.value, Result.VIOLATION.value, Result.NOT_APPLICABLE.value, "open")
    return " · ".join(f"{result_word(name)} {totals[name]}" for name in order)


def measures_text(measures: tuple[Measure, ...]) -> str:
    return enumerated(measure_word(measure.value) for measure in measures)


LISTED: tuple[tuple[str, frozenset[InspectionState]], ...] = (
    (
        "running",
        frozenset(
            {InspectionState.PLANNED, InspectionState.ISSUED, InspectionState.UNDER_WAY, InspectionState.FINDINGS_IN}
        ),
    ),
    ("rectifying", frozenset({InspectionState.RECTIFYING, InspectionState.RECHECKED})),
    ("ended", frozenset({InspectionState.CLOSED, InspectionState.CANCELLED})),
)
"""Groups of the list at the left."""


def group_word(group: str) -> str:
    words: dict[str, Callable[[], str]] = {
        "running": lambda: QCoreApplication.translate("inspection", "检查中"),
        "rectifying": lambda: QCoreApplication.translate("inspection", "整改与复查"),
        "ended": lambda: QCoreApplication.translate("inspection", "最近已结"),
    }
    return words[group]()
