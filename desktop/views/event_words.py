"""What happened to a ticket, as a sentence of its record: actor, verb and, where the rules let it through, the free text."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.words import filled, level_word, limit_text, source_word
from domain import events
from domain.events import TicketEvent
from domain.ids import UnitId


def event_text(event: TicketEvent, names: Names, text: str = "", by: UnitId | None = None) -> str:
    """The sentence without its actor. `text` is the private text of the event as this session may see it; `by` is the
    actor's unit, which the sentence need not name again.
    """
    by = getattr(event, "on_behalf", None) or by
    sentence = _parts(event, names, by) if isinstance(event, events.PartsChanged) else _sentence(event, names)
    unit = getattr(event, "on_behalf", None)
    if unit is not None:
        pattern = QCoreApplication.translate("events", "代 {unit} {what}（电话告知）")
        sentence = filled(pattern, {"unit": names.unit(unit), "what": sentence})
    colon = QCoreApplication.translate("events", "：")
    return f"{sentence}{colon}{text}" if text else sentence


def _sentence(event: TicketEvent, names: Names) -> str:
    translate = QCoreApplication.translate
    if isinstance(event, events.Reported):
        return filled(translate("events", "上报（{source}）"), {"source": source_word(event.source.value)})
    if isinstance(event, events.Dispatched):
        return _dispatched(event, names)
    if isinstance(event, events.ResultReported):
        level = level_word(event.resolved_level.value)
        return filled(translate("events", "反馈处理结果（{level}级办理）"), {"level": level})
    if isinstance(event, events.Requested):
        return _requested(event)
    if isinstance(event, events.Merged):
        return filled(translate("events", "并入 {into}"), {"into": event.into})
    if isinstance(event, events.Relocated):
        return filled(translate("events", "位置改为 {place}"), {"place": names.place(event.area)})
    if isinstance(event, events.Refused) and event.referred_to:
        return filled(translate("events", "不予受理，转 {referred_to}"), {"referred_to": event.referred_to})
    return _by_value(event) or _plain(event)


def _by_value(event: TicketEvent) -> str:
    """Sentences that hang on one value of the event."""
    translate = QCoreApplication.translate
    if isinstance(event, events.VerificationRecorded):
        return {
            "exists": translate("events", "核实属实"),
            "not_found": translate("events", "核实不属实"),
            "cannot_tell": translate("events", "核实无法判断"),
        }[event.result.value]
    if isinstance(event, events.CheckRecorded):
        return {
            "pass": translate("events", "核查通过"),
            "fail": translate("events", "核查未通过，返工"),
            "cannot_tell": translate("events", "核查无法判断"),
        }[event.result.value]
    if isinstance(event, events.ClosingRejected):
        return {
            "partial": translate("events", "退回整改：阶段性闭环"),
            "too_thin": translate("events", "退回整改：过简闭环"),
            "wrong": translate("events", "退回整改：错误办理"),
        }[event.flaw.value]
    if isinstance(event, events.Closed):
        return _closed(event)
    if isinstance(event, events.Resumed):
        return translate("events", "挂账期满，自动恢复") if event.by_itself else translate("events", "恢复处理")
    if isinstance(event, events.Escalated):
        pattern = (
            translate("events", "超时自动升级到{level}") if event.by_itself else translate("events", "升级到{level}")
        )
        return filled(pattern, {"level": level_word(event.level.value)})
    if isinstance(event, events.CalledBack):
        return translate("events", "回访接通") if event.reached else translate("events", "回访未接通")
    if isinstance(event, events.AppealReviewed):
        return translate("events", "申诉复核：同意") if event.grant else translate("events", "申诉复核：不同意")
    return ""


def _closed(event: events.Closed) -> str:
    translate = QCoreApplication.translate
    sentence = {
        True: translate("events", "结案，按期"),
        False: translate("events", "结案，超期"),
        None: translate("events", "结案，无时限"),
    }[event.on_time]
    if event.mediation is None:
        return sentence
    outcome = {
        "settled": translate("events", "调解成功"),
        "not_settled": translate("events", "调解未成"),
        "unstated": translate("events", "未填调解结果"),
    }[event.mediation.value]
    return filled(translate("events", "{closed}（{outcome}）"), {"closed": sentence, "outcome": outcome})


def _plain(event: TicketEvent) -> str:
    translate = QCoreApplication.translate
    words = {
        "verification_requested": translate("events", "派出核实"),
        "filed": translate("events", "立案"),
        "refused": translate("events", "不予受理"),
        "withdrawn": translate("events", "撤回派遣"),
        "signed": translate("events", "签收"),
        "returned": translate("events", "回退"),
        "request_approved": translate("events", "主管部门同意延期"),
        "delay_granted": translate("events", "准予延期"),
        "request_refused": translate("events", "不准申请"),
        "suspended": translate("events", "挂账"),
        "check_requested": translate("events", "派出核查"),
        "reopened": translate("events", "重开"),
        "force_closed": translate("events", "强制结案"),
        "voided": translate("events", "作废"),
        "urgency_raised": translate("events", "提高紧急程度"),
        "parent_set": translate("events", "改主单"),
        "reminded": translate("events", "催办"),
        "supervised": translate("events", "督办"),
        "supervision_settled": translate("events", "督办办结"),
        "appealed": translate("events", "申诉"),
        "commented": translate("events", "备注"),
        "recalculated": translate("events", "日历变更，重算时限"),
    }
    name = events.name_of(event)
    return words.get(name, name)


def _dispatched(event: events.Dispatched, names: Names) -> str:
    translate = QCoreApplication.translate
    pattern = (
        translate("events", "改派 {unit}")
        if event.redirected
        else translate("events", "再次派遣 {unit}")
        if event.again
        else translate("events", "派遣 {unit}")
    )
    sentence = filled(pattern, {"unit": names.unit(event.lead)})
    others = [names.unit(part.unit) for part in event.parts if not part.lead]
    if not others:
        return sentence
    return sentence + filled(translate("events", "，协办 {units}"), {"units": translate("events", "、").join(others)})


def _parts(event: events.PartsChanged, names: Names, by: UnitId | None) -> str:
    translate = QCoreApplication.translate
    done = {
        "sign": translate("events", "签收"),
        "add_co_units": translate("events", "协办"),
        "whistle": translate("events", "吹哨"),
        "check_in": translate("events", "报到"),
        "report_part": translate("events", "协办反馈"),
        "judge_part": translate("events", "协办评定"),
    }
    subject = f"{names.unit(event.unit)} " if event.unit and event.unit != by else ""
    return f"{subject}{done.get(event.what, event.what)}"


def _requested(event: events.Requested) -> str:
    translate = QCoreApplication.translate
    detail: dict[str, Any] = {"extra": limit_text(event.request.extra) if event.request.extra else ""}
    if event.request.kind == "delay":
        return filled(translate("events", "申请延期 {extra}"), detail)
    return translate("events", "申请挂账")
