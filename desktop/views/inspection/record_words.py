"""One event of an inspection as a sentence of its record: 镇食安办 催反馈 派出所（消委办）."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.inspection.words import (
    command_word,
    how_word,
    measures_text,
    result_word,
    service_word,
    severity_word,
)
from desktop.views.words import filled
from desktop.widgets.wording import enumerated
from domain.inspection import events
from domain.inspection.values import Inspection


def event_text(event: events.Event, inspection: Inspection, names: Names, text: str = "") -> str:
    """The sentence without its actor; `text` is what this session may see of the private words."""
    sentence = _of_units(event, names) or _of_cells(event, inspection) or _of_papers(event) or _plain(event)
    colon = QCoreApplication.translate("events", "：")
    return f"{sentence}{colon}{text}" if text else sentence


def _of_units(event: events.Event, names: Names) -> str:
    words: dict[str, Any]
    translate = QCoreApplication.translate
    match event:
        case events.CheckedIn(part=part):
            how = how_word(part.how.value) if part.how else ""
            where = how
            if part.metres is not None:
                where = filled(translate("inspection", "{how} {n} 米"), {"how": how, "n": f"{part.metres:.0f}"})
            late = (
                filled(translate("inspection", " 迟 {n} 分"), {"n": -(-int(part.late_s) // 60)}) if part.late_s else ""
            )
            words = {"unit": names.unit(part.unit), "where": where, "late": late}
            return filled(translate("inspection", "{unit} 报到 {where}{late}"), words)
        case events.Urged(part=part):
            return filled(translate("inspection", "催反馈 {unit}"), {"unit": names.unit(part.unit)})
        case events.PartReturned(part=part, cells=cells):
            words = {"unit": names.unit(part.unit), "n": len(cells)}
            return filled(translate("inspection", "退回 {unit} {n} 项重查"), words)
        case events.PartScored(part=part) if part.score is not None:
            words = {"unit": names.unit(part.unit), "n": f"{part.score.total:g}"}
            return filled(translate("inspection", "评分 {unit} {n}"), words)
        case events.FindingsEnded(open_units=units) | events.Closed(open_units=units) if units:
            verb = command_word("end_findings" if isinstance(event, events.FindingsEnded) else "close")
            listed = enumerated(names.unit(unit) for unit in units)
            return filled(translate("inspection", "{verb}，{units}未反馈"), {"verb": verb, "units": listed})
    return ""


def _of_cells(event: events.Event, inspection: Inspection) -> str:
    words: dict[str, Any]
    translate = QCoreApplication.translate

    def cell(code: str, letter: str) -> str:
        place = next((n for n, item in enumerate(inspection.plan.items, 1) if item.code == code), 0)
        return filled(translate("inspection", "第 {n} 项 {letter}"), {"n": place, "letter": letter})

    match event:
        case events.Found(item=item, premises=letter, finding=finding):
            severity = ""
            if finding.severity:
                pattern = translate("inspection", "（{severity}）")
                severity = filled(pattern, {"severity": severity_word(finding.severity.value)})
            words = {"cell": cell(item, letter), "result": result_word(finding.result.value), "severity": severity}
            return filled(translate("inspection", "记录 {cell} {result}{severity}"), words)
        case events.PhotoAdded(item=item, premises=letter):
            return filled(translate("inspection", "拍照 {cell}"), {"cell": cell(item, letter)})
        case events.Rectified(item=item, premises=letter):
            return filled(translate("inspection", "{cell} 已整改"), {"cell": cell(item, letter)})
        case events.Rechecked(premises=letter, passed=passed, failed=failed):
            words = {"letter": letter, "passed": len(passed), "failed": len(failed)}
            return filled(translate("inspection", "复查 {letter}：通过 {passed}，未通过 {failed}"), words)
    return ""


def _of_papers(event: events.Event) -> str:
    words: dict[str, Any]
    translate = QCoreApplication.translate
    match event:
        case events.NoticeIssued(notice=notice):
            words = {
                "letter": notice.premises,
                "measures": measures_text(notice.measures),
                "day": f"{notice.deadline:%m-%d}",
            }
            return filled(translate("inspection", "开具文书 {letter}：{measures}，限 {day}"), words)
        case events.NoticeServed(no=no, service=service):
            words = {"no": no, "service": service_word(service.value)}
            return filled(translate("inspection", "文书 {no} {service}"), words)
        case events.RecheckSet(on=on):
            return filled(translate("inspection", "定于 {day} 复查"), {"day": f"{on:%m-%d}"})
    return ""


def _plain(event: events.Event) -> str:
    names = {
        events.Planned: "plan",
        events.Revised: "revise",
        events.Issued: "issue",
        events.FindingsEnded: "end_findings",
        events.Closed: "close",
        events.Cancelled: "cancel",
    }
    return command_word(names.get(type(event), ""))
