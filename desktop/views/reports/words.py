"""Words of reports: titles, kinds, and the few sentences that a reader finds first. Figures are taken over, never made here."""

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.views.words import filled
from desktop.widgets.painting import format_count
from domain.kpi_types import Period
from domain.reports.periods import label
from domain.reports.values import Report, ReportKind

translate = QCoreApplication.translate


def kind_word(kind: str) -> str:
    words = {
        "daily": translate("report", "日报"),
        "weekly": translate("report", "周报"),
        "monthly": translate("report", "月报"),
        "campaign": translate("report", "专项报告"),
        "unit": translate("report", "单位成绩单"),
        "handover": translate("report", "交接班报告"),
    }
    return words.get(kind, kind)


def title_of(report: Report, unit_name: str) -> str:
    """坪山区联动指挥中心周报"""
    if report.kind is ReportKind.CAMPAIGN:
        return report.title or kind_word(report.kind)
    if report.kind is ReportKind.UNIT:
        return filled(translate("report", "{unit}成绩单"), {"unit": unit_name})
    return filled(translate("report", "{site}{kind}"), {"site": report.site, "kind": kind_word(report.kind)})


def period_words(period: Period) -> str:
    """2018年10月1日至10月7日（2018-W40）"""
    last = date.fromordinal(period.end.toordinal() - 1)
    first = _day(period.start, with_year=True)
    if last == period.start:
        return first
    words = {"first": first, "last": _day(last, with_year=last.year != period.start.year)}
    text = filled(translate("report", "{first}至{last}"), words)
    name = label(period)
    return text if "_" in name else filled(translate("report", "{text}（{more}）"), {"text": text, "more": name})


def _day(day: date, *, with_year: bool) -> str:
    pattern = translate("report", "{year}年{month}月{day}日") if with_year else translate("report", "{month}月{day}日")
    return filled(pattern, {"year": day.year, "month": day.month, "day": day.day})


def against(now: int, before: int) -> str:
    """比上期增 125 件（10.6%）; no share where there was nothing before."""
    if now == before:
        return translate("report", "与上期持平")
    more = translate("report", "比上期增 {n} 件") if now > before else translate("report", "比上期减 {n} 件")
    text = filled(more, {"n": format_count(abs(now - before))})
    if not before:
        return text
    share = f"{100 * abs(now - before) / before:.1f}%"
    return filled(translate("report", "{text}（{more}）"), {"text": text, "more": share})


def span_words(seconds: float) -> str:
    """7 小时 06 分 · 3 天 4 小时"""
    minutes = round(seconds / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return filled(translate("report", "{days} 天 {hours} 小时"), {"days": days, "hours": hours})
    if hours:
        return filled(translate("report", "{hours} 小时 {minutes} 分"), {"hours": hours, "minutes": f"{left:02d}"})
    return filled(translate("report", "{minutes} 分"), {"minutes": left})


def day_label(day: date) -> str:
    return f"{day.month}-{day.day}"


def one_day(period: Period) -> bool:
    return period.end - period.start == timedelta(days=1)
