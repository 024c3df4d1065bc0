"""Which days the board shows: 今日, 本周, 本月, 上月, or from–to; and by which date a ticket belongs to them. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from domain.kpi_types import Period

CHOICES = ("today", "week", "month", "last_month", "custom")
COMPARES = ("previous", "year_ago")
"""环比 · 同比; the band of the last four same weekdays stands in the chart of days."""
BYS = ("due", "accepted", "closed")
"""What a person can choose; formulas with dates of their own say so in their tile."""
MOST_DAYS = 366


def period_of(choice: str, today: date, by: str) -> Period:
    """Whole calendar units, as on the wall: the current week and month reach to their end."""
    if choice == "today":
        return Period(today, today + timedelta(days=1), by)
    if choice == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=7), by)
    first = today.replace(day=1)
    if choice == "last_month":
        return Period((first - timedelta(days=1)).replace(day=1), first, by)
    if choice == "month":
        return Period(first, (first + timedelta(days=32)).replace(day=1), by)
    raise ValueError(f"no such period: {choice}")


def custom_fault(first: date, last: date) -> str:
    """Why these days cannot be asked for; empty when they can."""
    translate = QCoreApplication.translate
    if last < first:
        return translate("kpi", "止日早于起日，请改一个")
    if (last - first).days >= MOST_DAYS:
        return translate("kpi", "一次最多 {n} 天，请缩短").format(n=MOST_DAYS)
    return ""


def custom_period(first: date, last: date, by: str) -> Period:
    """Both days count: people say from–to inclusive."""
    return Period(first, last + timedelta(days=1), by)


def date_of(text: str) -> date | None:
    """A typed day, 2026-01-31; None while it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def choice_word(choice: str) -> str:
    translate = QCoreApplication.translate
    return {
        "today": translate("kpi", "今日"),
        "week": translate("kpi", "本周"),
        "month": translate("kpi", "本月"),
        "last_month": translate("kpi", "上月"),
        "custom": translate("kpi", "自定"),
    }[choice]


def compare_word(name: str) -> str:
    translate = QCoreApplication.translate
    return translate("kpi", "同比") if name == "year_ago" else translate("kpi", "环比")


def by_word(by: str) -> str:
    """按到期: the date that puts a ticket into the period. A kind that this desk does not know stands for itself."""
    translate = QCoreApplication.translate
    words = {
        "due": translate("kpi", "按到期"),
        "accepted": translate("kpi", "按受理"),
        "closed": translate("kpi", "按结案"),
        "handled": translate("kpi", "按处置"),
        "dispatched": translate("kpi", "按派遣"),
        "called_back": translate("kpi", "按回访"),
        "stage_due": translate("kpi", "按环节到期"),
        "part_due": translate("kpi", "按协办到期"),
    }
    return words.get(by, by)


def day_text(day: date, today: date) -> str:
    """3月18日, with the year where that is not this one."""
    layout = QCoreApplication.translate("kpi", "M月d日")
    if day.year != today.year:
        layout = QCoreApplication.translate("kpi", "yyyy年M月d日")
    return QLocale().toString(QDate(day.year, day.month, day.day), layout)


def span_text(period: Period, today: date) -> str:
    """3月1日—3月31日, or one day."""
    last = period.end - timedelta(days=1)
    if last == period.start:
        return day_text(period.start, today)
    return f"{day_text(period.start, today)}—{day_text(last, today)}"
