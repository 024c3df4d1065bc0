"""What the papers of an inspection say, by field name of the Word templates. Words only; filling and writing is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.inspection.texts import Texts
from desktop.views.inspection.values import unit_lines
from desktop.views.inspection.words import (
    long_date,
    measures_text,
    notice_number,
    result_word,
    service_word,
    severity_word,
    templates_text,
    totals_text,
)
from desktop.views.site_time import SiteTime
from desktop.views.source_language import in_chinese
from desktop.views.words import filled
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated, sentences
from domain.inspection.values import Cell, Inspection, Notice, Part
from domain.inspection.words import Measure
from domain.rules import ScoreWeights

translate = QCoreApplication.translate

ASSIGNMENT, NOTICE, RECORD = "assignment", "notice", "record"


@dataclass(frozen=True, slots=True)
class PaperSource:
    """Everything a paper is made of."""

    inspection: Inspection
    texts: Texts
    names: Names
    site: SiteTime
    now: datetime
    short: str
    """The site's word in numbers of papers."""


@dataclass(slots=True)
class PaperFields:
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def paper_fields(kind: str, source: PaperSource, letter: str = "") -> PaperFields:
    """The fields of a paper; a notice is that of the premises `letter`. Raises KeyError where it has none."""
    with in_chinese():
        if kind == NOTICE:
            notice = source.inspection.notice_of(letter)
            if notice is None:
                raise KeyError(letter)
            return _notice(source, notice)
        return _assignment(source) if kind == ASSIGNMENT else _record(source)


def file_name(kind: str, source: PaperSource, letter: str = "") -> str:
    """联合检查任务单 180316-0001.docx without its ending; no character that a file system refuses."""
    words = {
        ASSIGNMENT: translate("papers", "联合检查任务单"),
        NOTICE: translate("papers", "责令整改通知书"),
        RECORD: translate("papers", "联合检查记录"),
    }
    number = source.inspection.id.removeprefix("LJ-")
    return " ".join(part for part in (words[kind], number, letter) if part)


# -- shared pieces ------------------------------------------------------------------------------------


def _common(source: PaperSource) -> dict[str, str]:
    inspection, plan, names = source.inspection, source.inspection.plan, source.names
    weights = ScoreWeights()
    points = {
        "a": f"{weights.check_in:g}",
        "b": f"{weights.on_time:g}",
        "c": f"{weights.complete:g}",
        "d": f"{weights.accepted_first:g}",
    }
    return {
        "no": filled(
            translate("papers", "编号：{short}联检 {no}"),
            {"short": source.short, "no": inspection.id.removeprefix("LJ-")},
        ),
        "title": plan.title,
        "tickets": enumerated(plan.tickets) or DASH,
        "purpose": source.texts.purpose or DASH,
        "meeting_point": source.texts.meeting_point or DASH,
        "window": _window(source),
        "premises_all": sentences(_premises_words(one.letter, one.name, one.ref) for one in plan.premises),
        "lead": names.unit(plan.lead),
        "units_all": enumerated(names.unit(part.unit) for part in inspection.parts),
        "templates": templates_text(plan.templates) or DASH,
        "weights": filled(translate("papers", "报到 {a}＋时限 {b}＋完成 {c}＋质量 {d}"), points),
        "totals": totals_text(inspection.totals()).replace(" · ", translate("papers", "，")),
    }


def _premises_words(letter: str, name: str, ref: str) -> str:
    return f"{letter} {name}（{ref}）" if ref else f"{letter} {name}"


def _day(source: PaperSource, at: datetime) -> date:
    return source.site.local(at).date()


def _window(source: PaperSource) -> str:
    start, end = (source.site.local(at) for at in (source.inspection.plan.starts_at, source.inspection.plan.ends_at))
    first = f"{long_date(start.date())} {start:%H:%M}"
    last = f"{end:%H:%M}" if end.date() == start.date() else f"{long_date(end.date())} {end:%H:%M}"
    return filled(translate("papers", "{first} 至 {last}"), {"first": first, "last": last})


def _role(part: Part) -> str:
    return translate("papers", "牵头") if part.lead else translate("papers", "协办")


def _reached(source: PaperSource, state: str) -> str:
    at = source.inspection.reached.get(state)
    return long_date(_day(source, at)) if at is not None else ""


# -- assignment ---------------------------------------------------------------------------------------


def _assignment(source: PaperSource) -> PaperFields:
    inspection, names = source.inspection, source.names
    texts = _common(source) | {"issued_on": _reached(source, "issued") or long_date(_day(source, source.now))}
    units = [
        {
            "n": str(n),
            "name": names.unit(part.unit),
            "role": _role(part),
            "items": str(inspection.asked_of(part.unit)),
            "check_in_due": f"{source.site.local(part.check_in_due_at):%m-%d %H:%M}",
        }
        for n, part in enumerate(inspection.parts, 1)
    ]
    return PaperFields(texts, {"units": units, "items": _items(source)})


def _items(source: PaperSource) -> list[dict[str, str]]:
    inspection = source.inspection
    rows = []
    for n, item in enumerate(inspection.plan.items, 1):
        results = []
        for premises in inspection.plan.premises:
            found = inspection.finding(item.code, premises.letter)
            word = result_word("open" if found is None else found.result.value)
            results.append(f"{premises.letter} {word}")
        rows.append(
            {
                "n": str(n),
                "group": item.group,
                "name": item.name,
                "basis": item.basis or DASH,
                "unit": source.names.unit(item.unit),
                "results": "　".join(results),
            }
        )
    return rows


# -- notice -------------------------------------------------------------------------------------------


def _notice(source: PaperSource, notice: Notice) -> PaperFields:
    inspection, texts = source.inspection, source.texts
    premises = inspection.premises(notice.premises)
    assert premises is not None  # a notice is issued for one that is there
    served = source.site.local(notice.served_at) if notice.served_at is not None else None
    fields = _common(source) | {
        "notice_no": notice_number(notice.no, source.short),
        "addressee": texts.addressees.get(notice.no) or premises.name,
        "premises": premises.name,
        "checked_on": long_date(_day(source, inspection.plan.starts_at)),
        "problem_count": str(len(notice.cells)),
        "order": _order(notice),
        "measures": measures_text(notice.measures),
        "deadline": long_date(notice.deadline),
        "demands": texts.demands.get(notice.no, ""),
        "recheck_on": long_date(inspection.recheck_on)
        if inspection.recheck_on
        else translate("papers", "整改期满后另行通知"),
        "issuer": source.names.unit(notice.by) if notice.by else source.names.unit(inspection.plan.lead),
        "issued_on": long_date(_day(source, notice.issued_at)),
        "service": service_word(notice.service.value) if notice.service else "",
        "served_at": f"{long_date(served.date())} {served:%H:%M}" if served is not None else "",
        "receiver": texts.receivers.get(notice.no, ""),
    }
    cells = [(code, notice.premises) for code in notice.cells]
    return PaperFields(fields, {"problems": _problems(source, cells)})


def _order(notice: Notice) -> str:
    """The sentence up to its deadline."""
    if notice.measures == (Measure.TRANSFER,):
        return translate("papers", "上述问题移送行政执法机关依法处理。你单位应当于")
    if Measure.STOP in notice.measures:
        return translate("papers", "现责令你单位停业整改，于")
    return translate("papers", "现责令你单位限期整改，于")


def _problems(source: PaperSource, cells: list[Cell]) -> list[dict[str, str]]:
    rows = []
    for n, (code, letter) in enumerate(cells, 1):
        item, found = source.inspection.item(code), source.inspection.finding(code, letter)
        words = source.texts.finding(code, letter)
        if item is None or found is None:
            continue
        text = words.text
        rows.append(
            {
                "n": str(n),
                "premises": letter,
                "name": item.name,
                "what": text.rstrip("。；") or filled(translate("papers", "“{name}”不合格"), {"name": item.name}),
                "basis": item.basis or DASH,
                "text": text if not text or text[-1] in "。！；" else f"{text}。",
                "severity": severity_word(found.severity.value) if found.severity else "",
                "demand": words.demand,
                "recheck": _recheck_word(source, code, letter),
            }
        )
    return rows


def _recheck_word(source: PaperSource, code: str, letter: str) -> str:
    found, notice = source.inspection.finding(code, letter), source.inspection.notice_of(letter)
    if found is not None and found.passed_at is not None:
        return filled(translate("papers", "{day} 通过"), {"day": f"{source.site.local(found.passed_at):%m-%d}"})
    if notice is not None and "transfer" in notice.measures:
        return translate("papers", "移送执法")
    return (
        filled(translate("papers", "未通过 {n} 次"), {"n": found.failed})
        if found is not None and found.failed
        else translate("papers", "待复查")
    )


# -- record -------------------------------------------------------------------------------------------


def _record(source: PaperSource) -> PaperFields:
    inspection = source.inspection
    closed = _reached(source, "closed")
    texts = _common(source) | {
        "summary": source.texts.summary or translate("papers", "（尚未办结）"),
        "closed_on": closed or long_date(_day(source, source.now)),
    }
    units = []
    lines = unit_lines(inspection, source.names, source.site, inspection.plan.starts_at)
    for line, part in zip(lines, inspection.parts, strict=True):
        arrived = f"{source.site.local(part.arrived_at):%H:%M} {line.note}" if part.arrived_at else line.arrived
        units.append(
            {
                "name": line.name,
                "role": _role(part),
                "check_in": arrived,
                "items": line.items,
                "state": line.word or DASH,
                "score": _score(part),
            }
        )
    problems = _problems(source, list(inspection.violations()))
    notices = [_notice_row(source, notice) for notice in inspection.notices]
    lists = {"units": units, "items": _items(source), "problems": problems, "notices": notices}
    return PaperFields(texts, lists)


def _score(part: Part) -> str:
    if part.score is None:
        return DASH
    score = part.score
    split = "＋".join(f"{points:g}" for points in (score.check_in, score.on_time, score.complete, score.quality))
    return f"{score.total:g}（{split}）"


def _notice_row(source: PaperSource, notice: Notice) -> dict[str, str]:
    served = translate("papers", "未送达")
    if notice.served_at is not None and notice.service is not None:
        served = f"{source.site.local(notice.served_at):%m-%d %H:%M} {service_word(notice.service.value)}"
    return {
        "no": notice_number(notice.no, source.short),
        "premises": notice.premises,
        "measures": measures_text(notice.measures),
        "deadline": f"{notice.deadline:%Y-%m-%d}",
        "served": served,
    }
