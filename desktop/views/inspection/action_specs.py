"""Which commands stand on keys and buttons, what each asks for, and how the answers become a command. No rule in here:
what is allowed says domain.inspection. A command without fields goes at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.inspection.values import not_rectified
from desktop.views.inspection.words import (
    how_word,
    measure_word,
    part_state_word,
    result_word,
    service_word,
    severity_word,
)
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from desktop.widgets.wording import enumerated
from domain.documents import BlobRef, DocContext
from domain.ids import UnitId
from domain.inspection import commands
from domain.inspection.core import acts_for
from domain.inspection.scoring import most_quality
from domain.inspection.values import Cell, Inspection, Part
from domain.inspection.words import How, Measure, Result, Service, Severity
from domain.vocabulary import PartState

translate = QCoreApplication.translate

SLOTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("D", ("issue",)),
    ("J", ("check_in",)),
    ("N", ("find",)),
    ("P", ("add_photo",)),
    ("E", ("end_findings",)),
    ("O", ("issue_notice", "serve_notice")),
    ("R", ("record_recheck", "set_recheck")),
    ("T", ("rectify",)),
    ("U", ("urge",)),
    ("B", ("return_part",)),
    ("S", ("score_part",)),
    ("C", ("close",)),
    ("M", ("revise",)),
    ("Q", ("cancel",)),
)
"""Key and commands in the order of the buttons. Of two commands on one key the allowed one shows, the first before the second."""
SHOWN_CLOSED = {"R": "set_recheck"}
"""Which of two commands stands on a key while neither is open, where that is not the first."""
ONLY_WHEN_OPEN = frozenset({"D", "J", "E", "T", "B", "M", "Q"})
"""Beside the usual way, or done for good: while they are not open there is nothing to explain."""
RARE = frozenset({"end_findings", "rectify", "return_part", "revise", "cancel"})
"""Beside the usual way: they are the first to stand behind 更多 where the line of buttons is full."""
DANGER = frozenset({"cancel"})
PRINT = "print"
DEFAULT_LIMIT_DAYS = 7
_TEXT_ONLY = frozenset({"end_findings", "cancel"})

Options = tuple[tuple[str, str], ...]


class AnswerError(ValueError):
    """An answer that is no number, date or file; the message says which, in words for the form."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form needs to know."""

    inspection: Inspection
    cell: Cell | None
    names: Names
    site: SiteTime
    ctx: DocContext

    @property
    def today(self) -> date:
        return self.site.local(self.ctx.now).date()


# -- fields -------------------------------------------------------------------------------------------


def fields_of(command: str, asked: Asked, preset: Result | None = None) -> tuple[FormField, ...]:
    """The form of a command; empty = nothing to ask."""
    if command in _TEXT_ONLY:
        return (FormField("text", translate("inspection", "原因"), "lines"),)
    makers = {
        "check_in": _check_in_fields,
        "urge": _urge_fields,
        "return_part": _return_fields,
        "issue_notice": _notice_fields,
        "serve_notice": _service_fields,
        "set_recheck": _recheck_day_fields,
        "record_recheck": _recheck_fields,
        "score_part": _score_fields,
        "close": _close_fields,
        "add_photo": _photo_fields,
    }
    if command == "find":
        return _find_fields(asked, preset)
    make = makers.get(command)
    return make(asked) if make is not None else ()


def _unit_field(asked: Asked, fits: list[Part]) -> FormField:
    options = tuple(
        (part.unit, f"{asked.names.unit(part.unit)} · {part_state_word(part.state.value)}") for part in fits
    )
    return FormField("unit", translate("inspection", "单位"), "choice", options=options)


def _check_in_fields(asked: Asked) -> tuple[FormField, ...]:
    waiting = [part for part in asked.inspection.parts if part.arrived_at is None and acts_for(asked.ctx, part.unit)]
    how = tuple((how.value, how_word(how.value)) for how in (How.TOLD, How.CODE, How.POSITION))
    return (
        _unit_field(asked, waiting),
        FormField("how", translate("inspection", "方式"), "choice", options=how),
        FormField("metres", translate("inspection", "距集合点（米，定位时填）"), required=False),
    )


def _find_fields(asked: Asked, preset: Result | None) -> tuple[FormField, ...]:
    results = tuple((result.value, result_word(result.value)) for result in Result)
    known = asked.inspection.finding(*asked.cell) if asked.cell else None
    preset = preset or (known.result if known else Result.OK)
    severity = known.severity.value if known and known.severity else Severity.SERIOUS.value
    severities = tuple((one.value, severity_word(one.value)) for one in Severity)
    days = str(known.limit_days) if known and known.limit_days else str(DEFAULT_LIMIT_DAYS)
    return (
        FormField("result", translate("inspection", "结果"), "choice", options=results, value=preset.value),
        FormField(
            "severity", translate("inspection", "严重程度（不合格）"), "choice", options=severities, value=severity
        ),
        FormField("text", translate("inspection", "情况"), "lines", required=False),
        FormField("demand", translate("inspection", "整改要求（不合格）"), required=False),
        FormField("limit_days", translate("inspection", "期限（日，不合格）"), required=False, value=days),
    )


def _photo_fields(_: Asked) -> tuple[FormField, ...]:
    return (FormField("file", translate("inspection", "照片文件（jpg、png，8 兆以内）")),)


def _urge_fields(asked: Asked) -> tuple[FormField, ...]:
    still_open = asked.inspection.open_units()
    parts = [part for part in asked.inspection.parts if part.unit in still_open]
    return _unit_field(asked, parts), FormField("text", translate("inspection", "说明"), required=False)


def _return_fields(asked: Asked) -> tuple[FormField, ...]:
    parts = [part for part in asked.inspection.parts if part.state is PartState.REPORTED and part.score is None]
    which: Options = (
        ("cell", translate("inspection", "选中的一项")),
        ("failed", translate("inspection", "该单位不合格各项")),
        ("all", translate("inspection", "该单位全部各项")),
    )
    return (
        _unit_field(asked, parts),
        FormField("which", translate("inspection", "重查"), "choice", options=which),
        FormField("text", translate("inspection", "原因"), "lines"),
    )


def _notice_fields(asked: Asked) -> tuple[FormField, ...]:
    inspection = asked.inspection
    letters = inspection.without_notice()
    chosen = asked.cell[1] if asked.cell and asked.cell[1] in letters else next(iter(letters), "")
    premises = {one.letter: one.name for one in inspection.plan.premises}
    days = [found.limit_days for code, one in inspection.violations(chosen) if (found := inspection.finding(code, one))]
    deadline = asked.today + timedelta(days=max((n for n in days if n is not None), default=DEFAULT_LIMIT_DAYS))
    kinds: Options = (
        (Measure.RECTIFY.value, measure_word("rectify")),
        ("rectify stop", enumerated((measure_word("rectify"), measure_word("stop")))),
        (Measure.TRANSFER.value, measure_word("transfer")),
    )
    return (
        FormField(
            "premises",
            translate("inspection", "对象"),
            "choice",
            options=tuple((letter, f"{letter} {premises[letter]}") for letter in letters),
            value=chosen,
        ),
        FormField("measures", translate("inspection", "措施"), "choice", options=kinds),
        FormField("deadline", translate("inspection", "整改期限"), "date", value=deadline.isoformat()),
        FormField("addressee", translate("inspection", "受送达单位"), value=premises.get(chosen, "")),
        FormField("text", translate("inspection", "另行要求"), "lines", required=False),
    )


def _service_fields(asked: Asked) -> tuple[FormField, ...]:
    waiting = tuple(
        (notice.no, f"{notice.premises} {notice.no}") for notice in asked.inspection.notices if notice.served_at is None
    )
    services = tuple((one.value, service_word(one.value)) for one in Service)
    return (
        FormField("no", translate("inspection", "文书"), "choice", options=waiting),
        FormField("service", translate("inspection", "送达方式"), "choice", options=services),
        FormField("receiver", translate("inspection", "签收人"), required=False),
        FormField("file", translate("inspection", "回执文件（jpg、png、pdf）"), required=False),
    )


def _recheck_day_fields(asked: Asked) -> tuple[FormField, ...]:
    deadline = max((notice.deadline for notice in asked.inspection.notices), default=asked.today)
    return (FormField("on", translate("inspection", "复查日"), "date", value=max(deadline, asked.today).isoformat()),)


def _recheck_fields(asked: Asked) -> tuple[FormField, ...]:
    letters = tuple(dict.fromkeys(letter for _, letter in asked.inspection.to_recheck()))
    chosen = asked.cell[1] if asked.cell and asked.cell[1] in letters else next(iter(letters), "")
    outcomes: Options = (
        ("passed", translate("inspection", "全部整改到位")),
        ("failed", translate("inspection", "未标“已整改”的各项不到位")),
    )
    return (
        FormField(
            "premises",
            translate("inspection", "对象"),
            "choice",
            options=tuple((one, one) for one in letters),
            value=chosen,
        ),
        FormField("outcome", translate("inspection", "结果"), "choice", options=outcomes),
        FormField("next_on", translate("inspection", "再次复查日（不到位时填）"), "date", required=False),
        FormField("text", translate("inspection", "情况"), "lines", required=False),
    )


def _score_fields(asked: Asked) -> tuple[FormField, ...]:
    parts = [part for part in asked.inspection.parts if part.state is PartState.REPORTED and part.score is None]
    most = most_quality(parts[0], asked.ctx.rules.weights) if parts else 0.0
    label = filled(translate("inspection", "质量分（至多 {n}）"), {"n": f"{asked.ctx.rules.weights.accepted_first:g}"})
    return _unit_field(asked, parts), FormField("quality", label, value=f"{most:g}")


def _close_fields(asked: Asked) -> tuple[FormField, ...]:
    summary = FormField("text", translate("inspection", "办结小结"), "lines")
    still_open = asked.inspection.open_units()
    if not still_open:
        return (summary,)
    units = enumerated(asked.names.unit(unit) for unit in still_open)
    label = filled(translate("inspection", "{units}未反馈，先办结的原因"), {"units": units})
    return summary, FormField("open_reason", label, "lines")


# -- answers ------------------------------------------------------------------------------------------


def command_of(command: str, answers: Mapping[str, str], asked: Asked, file: BlobRef | None = None) -> commands.Command:
    """The command of these answers. Raises AnswerError."""
    text = answers.get("text", "")
    match command:
        case "issue":
            return commands.Issue()
        case "check_in":
            how = How(answers["how"])
            metres = _number(answers, "metres", translate("inspection", "距离")) if how is How.POSITION else None
            return commands.CheckIn(unit=UnitId(answers["unit"]), how=how, metres=metres)
        case "find":
            return _find(answers, asked)
        case "add_photo":
            item, letter = _cell(asked)
            if file is None:
                raise AnswerError(translate("inspection", "没有照片"))
            return commands.AddPhoto(item=item, premises=letter, photo=file)
        case "urge":
            return commands.Urge(unit=UnitId(answers["unit"]), text=text)
        case "end_findings":
            return commands.EndFindings(text=text)
        case "return_part":
            return _return(answers, asked)
        case "rectify":
            item, letter = _cell(asked)
            return commands.Rectify(item=item, premises=letter)
        case "score_part":
            return commands.ScorePart(
                unit=UnitId(answers["unit"]), quality=_number(answers, "quality", translate("inspection", "质量分"))
            )
        case "close":
            return commands.Close(text=text, open_reason=answers.get("open_reason", ""))
        case "cancel":
            return commands.Cancel(text=text)
        case _:
            return _paper_command(command, answers, asked, file)


def _paper_command(command: str, answers: Mapping[str, str], asked: Asked, file: BlobRef | None) -> commands.Command:
    text = answers.get("text", "")
    match command:
        case "issue_notice":
            return commands.IssueNotice(
                premises=answers["premises"],
                measures=tuple(Measure(word) for word in answers["measures"].split()),
                deadline=_day(answers["deadline"]),
                addressee=answers["addressee"],
                text=text,
            )
        case "serve_notice":
            return commands.ServeNotice(
                no=answers["no"], service=Service(answers["service"]), receiver=answers["receiver"], receipt=file
            )
        case "set_recheck":
            return commands.SetRecheck(on=_day(answers["on"]))
        case "record_recheck":
            return _recheck(answers, asked)
    raise KeyError(command)


def _find(answers: Mapping[str, str], asked: Asked) -> commands.Find:
    item, letter = _cell(asked)
    result = Result(answers["result"])
    if result is not Result.VIOLATION:
        return commands.Find(item=item, premises=letter, result=result, text=answers.get("text", ""))
    days = answers["limit_days"].strip()
    if days and not days.isdecimal():
        raise AnswerError(translate("inspection", "期限须为日数"))
    return commands.Find(
        item=item,
        premises=letter,
        result=result,
        severity=Severity(answers["severity"]),
        limit_days=int(days) if days else None,
        text=answers["text"],
        demand=answers["demand"],
    )


def _return(answers: Mapping[str, str], asked: Asked) -> commands.ReturnPart:
    unit, inspection = UnitId(answers["unit"]), asked.inspection
    own = {item.code for item in inspection.plan.items if item.unit == unit}
    cells: tuple[Cell, ...]
    if answers["which"] == "cell":
        cells = (_cell(asked),)
    elif answers["which"] == "failed":
        cells = tuple(cell for cell in inspection.violations() if cell[0] in own)
    else:
        cells = tuple(cell for cell in inspection.cells() if cell[0] in own)
    free = tuple(cell for cell in cells if inspection.notice_of(cell[1]) is None)
    return commands.ReturnPart(unit=unit, cells=free or cells, text=answers["text"])


def _recheck(answers: Mapping[str, str], asked: Asked) -> commands.RecordRecheck:
    letter = answers["premises"]
    failed: tuple[str, ...] = ()
    if answers["outcome"] == "failed":
        waiting = asked.inspection.to_recheck(letter)
        failed = tuple(code for code, one in not_rectified(asked.inspection, letter) if (code, one) in waiting)
        if not failed:
            raise AnswerError(translate("inspection", "各项都已标“已整改”：请选“全部整改到位”，或先退回其中一项"))
    day = answers["next_on"].strip()
    next_on = _day(day) if day else None
    return commands.RecordRecheck(premises=letter, failed=failed, next_on=next_on, text=answers["text"])


def _cell(asked: Asked) -> Cell:
    if asked.cell is None:
        raise AnswerError(translate("inspection", "先在清单中选一格"))
    return asked.cell


def _number(answers: Mapping[str, str], name: str, label: str) -> float | None:
    text = answers.get(name, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise AnswerError(filled(translate("inspection", "{name}须为数字"), {"name": label})) from None
    if value != value or value in (float("inf"), float("-inf")):
        raise AnswerError(filled(translate("inspection", "{name}须为数字"), {"name": label}))
    return value


def _day(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise AnswerError(
            filled(translate("inspection", "{text} 不是日期，请写成 2026-03-25"), {"text": text})
        ) from None
