"""How the answers of a form become a command. No rule in here: whether it is allowed says domain.lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time

from PySide6.QtCore import QCoreApplication

from desktop.views.queue.closing_form import closing_of
from desktop.views.site_time import SiteTime
from domain import commands
from domain.commands import Command
from domain.ids import AreaCode, TicketId, UnitId
from domain.ticket import Limit, Ticket
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    LimitType,
    Opinion,
    SuperviseReason,
    Urgency,
    Verification,
)


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
    if not answers.get("solved") or not answers.get("opinion"):
        raise AnswerError(QCoreApplication.translate("queue", "接通的回访要填问题解决和满意度"))
    solved = {"1": True, "0": False}.get(answers["solved"])
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
