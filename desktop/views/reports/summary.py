"""The first sentences of a report: what a reader knows after ten seconds. Every rate stands with n / N."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views import kpi_words
from desktop.views.reports.words import against, span_words
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.painting import format_count
from domain.kpi import percent
from domain.kpi_types import Kpi
from domain.reports.values import Report, ReportKind

translate = QCoreApplication.translate


def stamp(report: Report, site: SiteTime) -> str:
    return f"{site.local(report.as_of):%Y-%m-%d %H:%M}"


def summary(report: Report, names: Names, site: SiteTime) -> Iterable[str]:
    if report.is_empty:
        yield translate("report", "本期没有受理、结案或到期的工单，下列各表为空。")
        return
    words = {
        "accepted": format_count(report.accepted),
        "than": against(report.accepted, report.accepted_before),
        "closed": format_count(report.closed),
        "closed_than": against(report.closed, report.closed_before),
        "same": format_count(report.closed_same_day),
        "reopened": format_count(report.reopened),
        "ended": format_count(report.ended),
    }
    yield filled(
        translate(
            "report",
            "本期受理 {accepted} 件，{than}；结案 {closed} 件，{closed_than}，其中当日结 {same} 件；重开 {reopened} 件，不予受理、作废、并案等 {ended} 件。",
        ),
        words,
    )
    yield from (
        _rate_sentence(kpi, report) for kpi in report.board.kpis if kpi.id in report.targets and kpi.denominator
    )
    split = report.open
    yield filled(
        translate(
            "report",
            "截至 {at} 在办 {total} 件：正常 {ok}、临期 {at_risk}、超期 {overdue}、暂停 {paused}、无时限 {no_limit}；另有待受理 {waiting} 件。",
        ),
        {
            "at": stamp(report, site),
            "total": format_count(split.total),
            "ok": format_count(split.ok),
            "at_risk": format_count(split.at_risk),
            "overdue": format_count(split.overdue),
            "paused": format_count(split.paused),
            "no_limit": format_count(split.no_limit),
            "waiting": format_count(report.waiting),
        },
    )
    if report.kind is ReportKind.UNIT:
        yield place(report)
    if report.overdue_areas and report.oldest_overdue_s:
        code, count = report.overdue_areas[0]
        yield filled(
            translate("report", "超期未结以{area}最多，{n} 件；最早的一件已超期 {age}。"),
            {"area": names.area(code), "n": format_count(count), "age": span_words(report.oldest_overdue_s)},
        )


def _rate_sentence(kpi: Kpi, report: Report) -> str:
    target = report.targets[kpi.id]
    assert kpi.value is not None
    gap = 100 * (kpi.value - target)
    met = (
        translate("report", "达到目标 {target}")
        if gap >= 0
        else translate("report", "低于目标 {target}，差 {gap} 个百分点")
    )
    text = translate("report", "{kpi} {value}（{n} / {total}，{excluded}），{met}。")
    return filled(
        text,
        {
            "kpi": kpi_words.kpi_name(kpi.id),
            "value": percent(kpi),
            "n": format_count(kpi.numerator),
            "total": format_count(kpi.denominator),
            "excluded": kpi_words.excluded_sentence(kpi.excluded),
            "met": filled(met, {"target": f"{100 * target:g}%", "gap": f"{abs(gap):.2f}"}),
        },
    )


def place(report: Report) -> str:
    """Where the unit stands, or why it stands nowhere."""
    ranked = [row for row in report.ranked if row.ranked]
    own = next((row for row in report.ranked if row.code == report.unit), None)
    if own is None:
        return translate("report", "本期没有到期的工单，不排名。")
    if not own.ranked:
        words = {"n": format_count(own.denominator)}
        return filled(translate("report", "本期应结案 {n} 件，不足 30 件，不排名。"), words)
    rank = f"{own.rank_low}" if own.rank_low == own.rank_high else f"{own.rank_low}–{own.rank_high}"
    text = translate("report", "按期结案率名次 {place}，共 {of} 个单位参加排名（95% 置信区间）。")
    return filled(text, {"place": rank, "of": len(ranked)})
