"""Which commands the queue offers on keys and buttons, what each asks for, and how the answers become a command.

No rule in here: whether a command is allowed says domain.lifecycle. A command without fields is sent at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.queue.closing_form import closing_fields, closing_of
from desktop.views.site_time import SiteTime
from desktop.views.words import command_word, filled, level_word, part_word
from desktop.widgets.inline_form import FormField
from domain import commands
from domain.commands import Command
from domain.ids import AreaCode, TicketId, UnitId
from domain.organisation import Unit
from domain.ticket import Limit, Participation, Ticket
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    LimitType,
    Opinion,
    PartState,
    State,
    SuperviseReason,
    Urgency,
    Verification,
)

SLOTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("O", ("request_verification", "record_verification", "reopen")),
    ("I", ("file",)),
    ("D", ("dispatch",)),
    ("S", ("sign",)),
    ("R", ("report_result",)),
    ("H", ("request_check", "record_check")),
    ("C", ("close",)),
    ("B", ("return",)),
    ("X", ("add_co_units",)),
    ("U", ("remind",)),
    ("Y", ("request_delay",)),
    ("G", ("request_suspend",)),
    ("A", ("approve_delay", "approve_suspend")),
    ("E", ("redirect",)),
    ("P", ("check_in",)),
    ("Q", ("refuse",)),
    ("Z", ("act_for",)),
    ("V", ("record_call_back", "review_appeal", "appeal")),
    ("M", ("merge",)),
    ("T", ("comment",)),
)
"""Key and its commands in the order of the buttons, along a ticket's way. Of two commands on one key the allowed one shows."""

BUTTONS_SHOWN = 12
ONLY_WHEN_OPEN = frozenset({"A", "P", "V"})
"""Answers to what another has asked: while nobody has asked there is nothing to explain."""
DANGER = frozenset({"refuse", "void", "force_close"})


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
    hint = _hint(command)
    if command in ("dispatch", "redirect"):
        hint = " ".join(part for part in (competent_text(ticket, names), hint) if part)
    return FormSpec(command, tuple(fields), hint)


def competent_units(names: Names, ticket: Ticket) -> list[Unit]:
    """Units whose competences name the ticket's item: of its own town first, the narrowest competence first."""
    town = ticket.area[:9]
    found = [unit for unit in names.units if unit.competent_for(ticket.item)]

    def rank(unit: Unit) -> tuple[int, int, str]:
        place = 0 if unit.town is not None and unit.town == town else 1 if unit.town is None else 2
        narrow = max(len(begin) for begin in unit.items if ticket.item.startswith(begin))
        return place, -narrow, unit.id

    return sorted(found, key=rank)


def competent_text(ticket: Ticket, names: Names) -> str:
    """Why a unit is proposed: 建议 X：职责清单含“Y”。 Empty where no competence names the item."""
    translate = QCoreApplication.translate
    found = competent_units(names, ticket)
    if not found:
        return ""
    words = {"unit": found[0].name, "item": names.matter(ticket.item, ticket.item_version)[1], "n": len(found)}
    pattern = (
        translate("queue", "建议 {unit}：职责含“{item}”。")
        if len(found) == 1
        else translate("queue", "建议 {unit}：职责含“{item}”的 {n} 个单位中最近的一个，排在最前。")
    )
    return filled(pattern, words)


def _hint(command: str) -> str:
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


def _units(names: Names, skip: frozenset[UnitId] = frozenset(), first: Sequence[Unit] = ()) -> Options:
    """All units to choose from, the proposed ones before the rest."""
    ordered = dict.fromkeys((*first, *names.units))
    return tuple((unit.id, unit.name) for unit in ordered if unit.id not in skip)


def _unit_fields(command: str, ticket: Ticket, names: Names, reason: FormField, note: FormField) -> list[FormField]:
    translate = QCoreApplication.translate
    taken = frozenset(part.unit for part in ticket.parts)
    competent = competent_units(names, ticket)
    if command == "dispatch":
        options = _units(names, first=competent)
        none = ("", translate("queue", "无"))
        proposed = ticket.unit or (competent[0].id if competent else "")
        return [
            FormField("lead", translate("queue", "牵头单位"), "choice", options=options, value=proposed),
            FormField("co_unit", translate("queue", "协办单位"), "choice", required=False, options=(none, *options)),
            note,
        ]
    if command == "redirect":
        options = _units(names, frozenset({ticket.unit}) if ticket.unit else frozenset(), competent)
        return [FormField("lead", translate("queue", "改派给"), "choice", options=options), reason]
    last = reason if command == "whistle" else note
    return [FormField("unit", translate("queue", "单位"), "choice", options=_units(names, taken)), last]


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
        fields.append(FormField("accepted", translate("queue", "评定"), "choice", options=yes_no))
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
    """Reached, solved and satisfied are three questions: who is satisfied may still have his trouble."""
    translate = QCoreApplication.translate
    reached: Options = (("1", translate("queue", "接通")), ("0", translate("queue", "未接通")))
    solved: Options = (
        ("1", translate("queue", "已解决")),
        ("0", translate("queue", "未解决")),
        ("", translate("queue", "说不清")),
    )
    opinions: Options = (
        (Opinion.VERY.value, translate("queue", "非常满意")),
        (Opinion.SATISFIED.value, translate("queue", "满意")),
        (Opinion.BASICALLY.value, translate("queue", "基本满意")),
        (Opinion.NOT.value, translate("queue", "不满意")),
        (Opinion.NO_OPINION.value, translate("queue", "未评价")),
    )
    return [
        FormField("reached", translate("queue", "接通"), "choice", options=reached, value="1"),
        FormField("solved", translate("queue", "问题解决"), "choice", required=False, options=solved, value="1"),
        FormField("opinion", translate("queue", "满意度"), "choice", options=opinions, value=Opinion.SATISFIED.value),
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
        return [FormField("result", translate("queue", "核实结果"), "choice", options=options)]
    if command == "record_check":
        options = (
            (CheckResult.PASS.value, translate("queue", "通过")),
            (CheckResult.FAIL.value, translate("queue", "未通过，返工")),
            (CheckResult.CANNOT_TELL.value, translate("queue", "无法判断")),
        )
        return [FormField("result", translate("queue", "核查结果"), "choice", options=options)]
    if command == "reject_closing":
        options = (
            (ClosingFlaw.PARTIAL.value, translate("queue", "阶段性闭环")),
            (ClosingFlaw.TOO_THIN.value, translate("queue", "过简闭环")),
            (ClosingFlaw.WRONG.value, translate("queue", "错误办理")),
        )
        return [FormField("flaw", translate("queue", "退回理由"), "choice", options=options)]
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
        return [FormField("reason", translate("queue", "督办类别"), "choice", options=options)]
    if command == "raise_urgency":
        options = ((Urgency.TOP.value, translate("queue", "特急")), (Urgency.HIGH.value, translate("queue", "紧急")))
        return [FormField("urgency", translate("queue", "提为"), "choice", options=options)]
    if command == "review_appeal":
        options = (("1", translate("queue", "同意")), ("0", translate("queue", "不同意")))
        return [FormField("grant", translate("queue", "复核"), "choice", options=options)]
    return None


class AnswerError(ValueError):
    """An answer that cannot become a command; the text says what is wrong."""


def command_of(name: str, answers: Mapping[str, str], ticket: Ticket, site: SiteTime) -> Command:
    """The command that the answers of a form make. Raises AnswerError for an answer that is not one."""
    text = answers.get("text", "").strip()
    if name in _WITH_TEXT:
        return _WITH_TEXT[name](text=text)
    if name in _WITHOUT_ANSWER:
        return _WITHOUT_ANSWER[name]()
    if name == "dispatch":
        others = tuple(UnitId(unit) for unit in answers.get("co_unit", "").split() if unit)
        return commands.Dispatch(lead=UnitId(answers["lead"]), co_units=others, text=text)
    if name == "close":
        return closing_of(answers, text)
    if name == "redirect":
        return commands.Redirect(lead=UnitId(answers["lead"]), text=text)
    if name == "add_co_units":
        return commands.AddCoUnits(units=(UnitId(answers["unit"]),), text=text)
    if name == "request_delay":
        return commands.RequestDelay(extra=_extra(answers.get("amount", ""), ticket), text=text)
    if name == "request_suspend":
        return commands.RequestSuspend(until=_end_of_day(answers.get("until", ""), site), text=text)
    if name == "refuse":
        no_item = answers.get("why", "") == "no_item"
        return commands.Refuse(text=text, referred_to=answers.get("referred_to", "").strip(), no_item=no_item)
    if name == "act_for":
        return _act_for(answers, text)
    if name == "set_parent":
        parent = answers.get("parent", "").strip()
        return commands.SetParent(parent=TicketId(parent) if parent else None, text=text)
    if name == "relocate":
        return commands.Relocate(area=AreaCode(answers["area"]), text=text)
    if name == "merge":
        return commands.Merge(into=TicketId(answers["into"].strip()), text=text)
    return _with_choice(name, answers, text)


def _with_choice(name: str, answers: Mapping[str, str], text: str) -> Command:
    if name == "record_verification":
        return commands.RecordVerification(result=Verification(answers["result"]), text=text)
    if name == "record_check":
        return commands.RecordCheck(result=CheckResult(answers["result"]), text=text)
    if name == "reject_closing":
        return commands.RejectClosing(flaw=ClosingFlaw(answers["flaw"]), text=text)
    if name == "report_result":
        why = answers.get("parts_open_reason", "").strip()
        return commands.ReportResult(resolved_level=Level(answers["level"]), text=text, parts_open_reason=why)
    if name == "supervise":
        return commands.Supervise(reason=SuperviseReason(answers["reason"]), text=text)
    if name == "raise_urgency":
        return commands.RaiseUrgency(urgency=Urgency(answers["urgency"]), text=text)
    if name == "review_appeal":
        return commands.ReviewAppeal(grant=answers["grant"] == "1", text=text)
    if name == "record_call_back":
        return _call_back(answers, text)
    return _of_part(name, answers, text)


def _call_back(answers: Mapping[str, str], text: str) -> Command:
    if answers.get("reached") == "0":
        return commands.RecordCallBack(reached=False, text=text)
    solved = {"1": True, "0": False}.get(answers.get("solved", ""))
    return commands.RecordCallBack(reached=True, solved=solved, opinion=Opinion(answers["opinion"]), text=text)


def _act_for(answers: Mapping[str, str], text: str) -> Command:
    act, _, unit = answers.get("act", "").partition(" ")
    if not unit:
        raise AnswerError(QCoreApplication.translate("queue", "请选择代哪个单位办什么"))
    level = Level(answers["level"]) if act == "report_result" and answers.get("level") else None
    why = answers.get("parts_open_reason", "").strip() if act == "report_result" else ""
    return commands.ActFor(unit=UnitId(unit), act=act, text=text, resolved_level=level, parts_open_reason=why)


def _of_part(name: str, answers: Mapping[str, str], text: str) -> Command:
    unit = UnitId(answers["unit"])
    if name == "check_in":
        return commands.CheckIn(unit=unit)
    if name == "report_part":
        return commands.ReportPart(unit=unit, text=text)
    if name == "judge_part":
        return commands.JudgePart(unit=unit, accepted=answers["accepted"] == "1", text=text)
    if name == "whistle":
        return commands.Whistle(unit=unit, text=text)
    raise AnswerError(name)


_WITH_TEXT: dict[str, Callable[..., Command]] = {
    "request_verification": commands.RequestVerification,
    "file": commands.File,
    "return": commands.Return,
    "refuse_delay": commands.RefuseDelay,
    "refuse_suspend": commands.RefuseSuspend,
    "resume": commands.Resume,
    "escalate": commands.Escalate,
    "reopen": commands.Reopen,
    "force_close": commands.ForceClose,
    "void": commands.Void,
    "remind": commands.Remind,
    "settle_supervision": commands.SettleSupervision,
    "appeal": commands.FileAppeal,
    "comment": commands.Comment,
}
_WITHOUT_ANSWER: dict[str, Callable[[], Command]] = {
    "sign": commands.Sign,
    "withdraw": commands.Withdraw,
    "approve_delay": commands.ApproveDelay,
    "approve_suspend": commands.ApproveSuspend,
    "request_check": commands.RequestCheck,
}


def _extra(amount: str, ticket: Ticket) -> Limit:
    try:
        number = float(amount)
    except ValueError as error:
        raise AnswerError(QCoreApplication.translate("queue", "延长多少，请填数字")) from error
    clock = ticket.business
    return Limit(number, clock.limit.type if clock else LimitType.WORKING_DAYS)


def _end_of_day(day: str, site: SiteTime) -> datetime:
    try:
        chosen = datetime.fromisoformat(day)
    except ValueError as error:
        raise AnswerError(QCoreApplication.translate("queue", "日期须为 年-月-日")) from error
    return datetime.combine(chosen.date(), time(23, 59), site.local(chosen.astimezone(UTC)).tzinfo).astimezone(UTC)


def unit_named(names: Names, word: str) -> Sequence[Unit]:
    """Units whose name holds the word, exact name first, then the shortest."""
    found = [unit for unit in names.units if word in unit.name]
    return sorted(found, key=lambda unit: (unit.name != word, len(unit.name)))
