"""What each command asks for before it is given. A command without fields is sent at once; how answers become a command: action_answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.queue.closing_form import closing_fields
from desktop.views.queue.competence import proposal_text, proposed_units
from desktop.views.site_time import SiteTime
from desktop.views.words import command_word, level_word, part_word
from desktop.widgets.inline_form import FormField
from domain.ids import UnitId
from domain.organisation import Unit
from domain.ticket import Participation, Ticket
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    Opinion,
    PartState,
    State,
    SuperviseReason,
    Urgency,
    Verification,
)

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What an inline form asks for."""

    command: str
    fields: tuple[FormField, ...]
    hint: str = ""


def form_of(command: str, ticket: Ticket, names: Names, site: SiteTime, now: datetime) -> FormSpec | None:
    """The form of a command; None = nothing to ask, it goes at once."""
    fields = _fields(command, ticket, names, site, now)
    if not fields:
        return None
    hint = hint_of(command)
    if command in ("dispatch", "redirect"):
        hint = " ".join(part for part in (proposal_text(ticket, names), hint) if part)
    return FormSpec(command, tuple(fields), hint)


def hint_of(command: str) -> str:
    """What has to be known before the command is given; "" for most."""
    translate = QCoreApplication.translate
    return {
        "dispatch": translate("queue", "立即发出，10 秒内且对方未签收可撤回。"),
        "return": translate("queue", "回退计入次数，第 3 次成为问题工单。"),
        "close": translate("queue", "结案后须重开才能再改。"),
        "request_suspend": translate("queue", "只可挂账一次，到期自动恢复。"),
    }.get(command, "")


def _fields(command: str, ticket: Ticket, names: Names, site: SiteTime, now: datetime) -> list[FormField]:
    translate = QCoreApplication.translate
    reason = FormField("text", translate("queue", "原因"), "lines")
    note = FormField("text", translate("queue", "说明"), "lines", required=False)
    if command in ("dispatch", "redirect", "add_co_units", "whistle"):
        return _unit_fields(command, ticket, names, reason, note)
    if command in ("check_in", "report_part", "judge_part"):
        return _part_fields(command, ticket, names, note)
    if command == "request_suspend":
        day = (site.local(now) + timedelta(days=7)).date().isoformat()
        return [FormField("until", translate("queue", "挂账到"), "date", value=day), reason]
    if command == "request_delay":
        return [FormField("amount", translate("queue", "延长（与原时限同单位）")), reason]
    if command == "act_for":
        return _act_for_fields(ticket, names)
    if command == "set_parent":
        hint = translate("queue", "主单号，空为脱离主单")
        return [FormField("parent", hint, required=False, value=ticket.parent or ""), note]
    if command == "relocate":
        areas = tuple((area.code, names.place(area.code)) for area in names.areas if area.level != "district")
        return [FormField("area", translate("queue", "改到"), "choice", options=areas, value=ticket.area), note]
    if command == "record_call_back":
        return _call_back_fields(note)
    if command == "merge":
        return [FormField("into", translate("queue", "并入单号")), note]
    if command == "refuse":
        why = (("", translate("queue", "不属受理范围")), ("no_item", translate("queue", "清单中没有对应事项")))
        referred = FormField("referred_to", translate("queue", "转往"), required=False)
        return [
            reason,
            FormField("why", translate("queue", "原因类别"), "choice", required=False, options=why),
            referred,
        ]
    if command == "close":
        return closing_fields(ticket, names)
    if command == "comment":
        return [FormField("text", translate("queue", "备注"), "lines")]
    if command in _REASON_ONLY:
        return [reason]
    choice = _choice_field(command)
    return [] if choice is None else [*choice, reason if command in _CHOICE_WITH_REASON else note]


_REASON_ONLY = frozenset(
    {
        "return",
        "refuse_delay",
        "refuse_suspend",
        "reopen",
        "force_close",
        "void",
        "settle_supervision",
        "appeal",
    }
)
_CHOICE_WITH_REASON = frozenset({"supervise", "raise_urgency", "review_appeal"})


def unit_options(names: Names, skip: frozenset[UnitId] = frozenset(), first: Sequence[Unit] = ()) -> Options:
    """All units to choose from, the proposed ones before the rest."""
    ordered = dict.fromkeys((*first, *names.units))
    return tuple((unit.id, unit.name) for unit in ordered if unit.id not in skip)


def _unit_fields(command: str, ticket: Ticket, names: Names, reason: FormField, note: FormField) -> list[FormField]:
    translate = QCoreApplication.translate
    taken = frozenset(part.unit for part in ticket.parts)
    proposed = proposed_units(names, ticket)
    best = proposed[0].id if proposed else ""
    if command == "dispatch":
        options = unit_options(names, first=proposed)
        none = ("", translate("queue", "无"))
        return [
            FormField("lead", translate("queue", "牵头单位"), "choice", options=options, value=best, asked=True),
            FormField("co_unit", translate("queue", "协办单位"), "choice", required=False, options=(none, *options)),
            note,
        ]
    if command == "redirect":
        options = unit_options(names, frozenset({ticket.unit}) if ticket.unit else frozenset(), proposed)
        return [
            FormField("lead", translate("queue", "改派给"), "choice", options=options, value=best, asked=True),
            reason,
        ]
    last = reason if command == "whistle" else note
    options = unit_options(names, taken)
    return [FormField("unit", translate("queue", "单位"), "choice", options=options, asked=True), last]


def _part_fields(command: str, ticket: Ticket, names: Names, note: FormField) -> list[FormField]:
    translate = QCoreApplication.translate
    waiting = {
        "check_in": frozenset({PartState.ASKED, PartState.SIGNED}),
        "report_part": frozenset({PartState.ASKED, PartState.SIGNED, PartState.ARRIVED, PartState.RETURNED}),
        "judge_part": frozenset({PartState.REPORTED}),
    }[command]
    options = tuple(
        (part.unit, f"{names.unit(part.unit)} · {part_word(part.state.value)}")
        for part in ticket.parts
        if part.state in waiting
    )
    fields = [FormField("unit", translate("queue", "单位"), "choice", options=options)]
    if command == "judge_part":
        yes_no = (("1", translate("queue", "通过")), ("0", translate("queue", "退回")))
        fields.append(FormField("accepted", translate("queue", "评定"), "choice", options=yes_no, asked=True))
    return fields if command == "check_in" else [*fields, note]


def _act_for_fields(ticket: Ticket, names: Names) -> list[FormField]:
    """Unit and act in one choice: only what the unit itself could do now; who told it is the reason."""
    translate = QCoreApplication.translate
    units = dict.fromkeys((*((ticket.unit,) if ticket.unit else ()), *(part.unit for part in ticket.parts)))
    parts = {part.unit: part for part in ticket.parts}
    options = tuple(
        (f"{act} {unit}", f"{names.unit(unit)} · {command_word(act)}")
        for unit in units
        for act in _acts_of(ticket, parts.get(unit), unit)
    )
    levels = tuple((level.value, level_word(level.value)) for level in Level)
    return [
        FormField("act", translate("queue", "代谁办什么"), "choice", options=options),
        FormField(
            "level", translate("queue", "办结层级（反馈时）"), "choice", options=levels, value=ticket.level.value
        ),
        FormField("parts_open_reason", translate("queue", "协办未结的原因"), required=False),
        FormField("text", translate("queue", "谁在电话里怎么说"), "lines"),
    ]


def _acts_of(ticket: Ticket, part: Participation | None, unit: UnitId) -> tuple[str, ...]:
    """What a unit still owes, for the choice; whether it may, the rules say when it is sent."""
    if part is None or part.lead:
        sign, result = ticket.state is State.DISPATCHED, ticket.state is State.HANDLING
        return (
            ("sign",) if sign and unit == ticket.unit else ("report_result",) if result and unit == ticket.unit else ()
        )
    acts = ["sign"] if part.state is PartState.ASKED else []
    acts += ["check_in"] if part.arrived_at is None else []
    waiting = part.state in (PartState.SIGNED, PartState.ARRIVED, PartState.RETURNED)
    return (*acts, "report_part") if waiting else tuple(acts)


def _call_back_fields(note: FormField) -> list[FormField]:
    """Reached, solved and satisfied are three questions: who is satisfied may still have his trouble. None is answered beforehand."""
    translate = QCoreApplication.translate
    reached: Options = (("1", translate("queue", "接通")), ("0", translate("queue", "未接通")))
    solved: Options = (
        ("1", translate("queue", "已解决")),
        ("0", translate("queue", "未解决")),
        ("unclear", translate("queue", "说不清")),
    )
    opinions: Options = (
        (Opinion.VERY.value, translate("queue", "非常满意")),
        (Opinion.SATISFIED.value, translate("queue", "满意")),
        (Opinion.BASICALLY.value, translate("queue", "基本满意")),
        (Opinion.NOT.value, translate("queue", "不满意")),
        (Opinion.NO_OPINION.value, translate("queue", "未评价")),
    )
    return [
        FormField("reached", translate("queue", "接通"), "choice", options=reached, asked=True),
        FormField("solved", translate("queue", "问题解决（接通时）"), "choice", False, options=solved, asked=True),
        FormField("opinion", translate("queue", "满意度（接通时）"), "choice", False, options=opinions, asked=True),
        note,
    ]


def _choice_field(command: str) -> list[FormField] | None:
    translate = QCoreApplication.translate
    if command == "record_verification":
        options: Options = (
            (Verification.EXISTS.value, translate("queue", "属实")),
            (Verification.NOT_FOUND.value, translate("queue", "不属实")),
            (Verification.CANNOT_TELL.value, translate("queue", "无法判断")),
        )
        return [FormField("result", translate("queue", "核实结果"), "choice", options=options, asked=True)]
    if command == "record_check":
        options = (
            (CheckResult.PASS.value, translate("queue", "通过")),
            (CheckResult.FAIL.value, translate("queue", "未通过，返工")),
            (CheckResult.CANNOT_TELL.value, translate("queue", "无法判断")),
        )
        return [FormField("result", translate("queue", "核查结果"), "choice", options=options, asked=True)]
    if command == "reject_closing":
        options = (
            (ClosingFlaw.PARTIAL.value, translate("queue", "阶段性闭环")),
            (ClosingFlaw.TOO_THIN.value, translate("queue", "过简闭环")),
            (ClosingFlaw.WRONG.value, translate("queue", "错误办理")),
        )
        return [FormField("flaw", translate("queue", "退回理由"), "choice", options=options, asked=True)]
    if command == "report_result":
        options = tuple((level.value, level_word(level.value)) for level in Level)
        return [
            FormField("level", translate("queue", "办结层级"), "choice", options=options, value=Level.TOWN.value),
            FormField("parts_open_reason", translate("queue", "协办未结的原因"), required=False),
        ]
    return _choice_beside(command)


def _choice_beside(command: str) -> list[FormField] | None:
    translate = QCoreApplication.translate
    if command == "supervise":
        options: Options = (
            (SuperviseReason.OVERDUE.value, translate("queue", "超期")),
            (SuperviseReason.LEADER.value, translate("queue", "领导交办")),
            (SuperviseReason.IMPORTANT.value, translate("queue", "重要事项")),
        )
        return [FormField("reason", translate("queue", "督办类别"), "choice", options=options, asked=True)]
    if command == "raise_urgency":
        options = ((Urgency.TOP.value, translate("queue", "特急")), (Urgency.HIGH.value, translate("queue", "紧急")))
        return [FormField("urgency", translate("queue", "提为"), "choice", options=options, asked=True)]
    if command == "review_appeal":
        options = (("1", translate("queue", "同意")), ("0", translate("queue", "不同意")))
        return [FormField("grant", translate("queue", "复核"), "choice", options=options, asked=True)]
    return None
