"""What the right pane shows of the selected cell and its premises: words only, made from the state and the private texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.inspection.notice_card import NoticeText
from desktop.views.inspection.side_parts import PastLine, Progress
from desktop.views.inspection.texts import Texts
from desktop.views.inspection.values import not_rectified
from desktop.views.inspection.words import long_date, measures_text, notice_number, service_word, severity_word
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated, listed
from domain.inspection.values import Inspection, Notice
from domain.inspection.words import InspectionState, Measure

PAST_SHOWN = 5


def finding_lines(inspection: Inspection, item: str, letter: str, texts: Texts) -> list[tuple[str, str, str]]:
    """严重程度, 整改要求, 期限 of a failed cell."""
    translate = QCoreApplication.translate
    found = inspection.finding(item, letter)
    if found is None or found.severity is None:
        return []
    notice = inspection.notice_of(letter)
    days = "" if found.limit_days is None else filled(translate("inspection", "{n} 日"), {"n": found.limit_days})
    until = "" if notice is None else filled(translate("inspection", "{day} 前"), {"day": long_date(notice.deadline)})
    limit = listed((days, until))
    return [
        (translate("inspection", "严重程度"), severity_word(found.severity.value), found.severity.value),
        (translate("inspection", "整改要求"), texts.finding(item, letter).demand or DASH, ""),
        (translate("inspection", "期限"), limit or DASH, ""),
    ]


def notice_text(
    inspection: Inspection, letter: str, names: Names, texts: Texts, site: SiteTime, now: datetime, short: str
) -> NoticeText | None:
    """The sheet of a premises: the notice, or what it would say. None where nothing failed."""
    translate = QCoreApplication.translate
    failed = inspection.violations(letter)
    premises = inspection.premises(letter)
    if not failed or premises is None:
        return None
    notice = inspection.notice_of(letter)
    codes = [code for code, _ in failed] if notice is None else list(notice.cells)
    problems = tuple(_problem(inspection, code, letter, texts) for code in codes)
    words = {
        "premises": f"{letter} {premises.name}",
        "n": len(problems),
        "measures": measures_text(notice.measures if notice else (Measure.RECTIFY,)),
        "deadline": long_date(notice.deadline) if notice else translate("inspection", "____年__月__日"),
    }
    pattern = translate(
        "inspection", "{premises}：经联合检查，你单位存在下列 {n} 项问题，现{measures}，于{deadline}前完成整改。"
    )
    units = dict.fromkeys(item.unit for code in codes if (item := inspection.item(code)) is not None)
    issuer = filled(translate("inspection", "开具 {units}"), {"units": enumerated(names.unit(unit) for unit in units)})
    served, well = _service(notice, site, now)
    number = notice_number(notice.no, short) if notice else translate("inspection", "预览，未开具")
    return NoticeText(number, filled(pattern, words), problems, issuer, served, well)


def _problem(inspection: Inspection, code: str, letter: str, texts: Texts) -> str:
    item = inspection.item(code)
    return texts.finding(code, letter).text or (item.name if item is not None else code)


def _service(notice: Notice | None, site: SiteTime, now: datetime) -> tuple[str, bool]:
    translate = QCoreApplication.translate
    if notice is None:
        return "", False
    if notice.served_at is None or notice.service is None:
        return translate("inspection", "未送达"), False
    return f"{site.stamp(notice.served_at, now)} {service_word(notice.service.value)}", True


def rectify_progress(inspection: Inspection) -> tuple[Progress, ...]:
    """Failed cells said or seen to be right, per premises that has any."""
    rows = []
    for premises in inspection.plan.premises:
        total = len(inspection.violations(premises.letter))
        if total:
            rows.append(Progress(premises.letter, total - len(not_rectified(inspection, premises.letter)), total))
    return tuple(rows)


def recheck_words(inspection: Inspection, names: Names, site: SiteTime, now: datetime) -> tuple[str, str]:
    """(3月25日 周三, 剩 7 天 · 消防救援站、市场监管所)"""
    translate = QCoreApplication.translate
    if inspection.recheck_on is None:
        if not inspection.notices:
            return DASH, translate("inspection", "未定复查") if inspection.violations() else ""
        deadline = site.day(max(notice.deadline for notice in inspection.notices))
        return DASH, filled(translate("inspection", "未定复查，不早于 {day}"), {"day": deadline})
    days = (inspection.recheck_on - site.local(now).date()).days
    if inspection.state in (InspectionState.RECHECKED, InspectionState.CLOSED):
        left = translate("inspection", "复查通过")
    elif days < 0:
        left = filled(translate("inspection", "超 {n} 天"), {"n": -days})
    else:
        left = filled(translate("inspection", "剩 {n} 天"), {"n": days})
    units = enumerated(names.unit(unit) for unit in inspection.recheck_units)
    return site.day(inspection.recheck_on), f"{left} · {units}" if units else left


def past_lines(
    inspection: Inspection, letter: str, others: Iterable[Inspection], site: SiteTime
) -> tuple[PastLine, ...]:
    """Earlier inspections of the same premises: same register number, or the same name where neither has one."""
    here = inspection.premises(letter)
    if here is None:
        return ()
    found = []
    for other in others:
        if other.id == inspection.id or other.plan.starts_at >= inspection.plan.starts_at:
            continue
        if other.state is InspectionState.CANCELLED:
            continue
        same = [one for one in other.plan.premises if _same(here.ref, here.name, one.ref, one.name)]
        found += [(other.plan.starts_at, _past_line(other, one.letter, site)) for one in same]
    found.sort(key=lambda entry: entry[0], reverse=True)
    return tuple(line for _, line in found[:PAST_SHOWN])


def _same(ref: str, name: str, other_ref: str, other_name: str) -> bool:
    return ref == other_ref if ref and other_ref else name == other_name


def _past_line(other: Inspection, letter: str, site: SiteTime) -> PastLine:
    translate = QCoreApplication.translate
    failed = len(other.violations(letter))
    passed = [found.passed_at for code, _ in other.violations(letter) if (found := other.finding(code, letter))]
    if not failed:
        outcome, well = translate("inspection", "无问题"), None
    elif None in passed:
        outcome, well = translate("inspection", "复查未通过"), False
    else:
        last = max(at for at in passed if at is not None)
        outcome = filled(translate("inspection", "{day} 复查通过"), {"day": f"{site.local(last):%m-%d}"})
        well = True
    words = filled(translate("inspection", "不合格 {n} 项"), {"n": failed})
    return PastLine(f"{site.local(other.plan.starts_at):%Y-%m-%d}", other.plan.title, words, outcome, well)
