"""What the working calendar prints: office hours, days that are no plain weekdays, and what a change would do to open tickets. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.views.site_time import SiteTime
from desktop.views.tables.list_values import Listing
from desktop.views.tables.text_model import Column, TextRow
from desktop.views.words import clock_word, filled
from desktop.widgets.painting import format_count
from desktop.widgets.values import DASH
from domain.clocks import OfficeHours, WorkCalendar
from domain.ids import TicketId
from domain.tables.calendar_effect import Effect, Moved
from domain.tables.current import Tables
from domain.tables.office_hours import hours_text
from domain.tables.values import Rows
from domain.vocabulary import ClockState

HOURS = "hours"
"""Id of the row of the office hours."""
MINUS = "\u2212"


def calendar_listing(zone: str, tables: Tables, today: date, site: SiteTime) -> Listing:
    """The hours of a working day, this year's days that are not what their weekday says, and all days that the site has set itself."""
    translate = QCoreApplication.translate
    statutory = WorkCalendar(zone)
    days: Mapping[date, bool] = tables.days
    year = [date(today.year, 1, 1) + timedelta(days=n) for n in range(366)]
    special = [day for day in year if day.year == today.year and statutory.is_working_day(day) != (day.weekday() < 5)]
    columns = (
        Column(translate("tables", "日期"), 10),
        Column(translate("tables", "星期"), 12),
        Column(translate("tables", "安排"), 20),
        Column(translate("tables", "来源")),
    )
    local, law = translate("tables", "本地决定"), translate("tables", "法定节假日安排")
    usual = tables.hours == OfficeHours()
    hours = hours_words(tables.hours)
    source = translate("tables", "系统默认") if usual else local
    rows = [TextRow(HOURS, (translate("tables", "每个工作日"), "", hours, source))]
    for day in sorted({*special, *days}):
        works = days.get(day, statutory.is_working_day(day))
        cells = (day.isoformat(), site.day(day), day_word(works), local if day in days else law)
        rows.append(TextRow(day.isoformat(), cells, quiet=day < today))
    note = filled(translate("tables", "{year} 年的特殊日；其余按周一至周五"), {"year": today.year})
    if today.year in statutory.gap_years:
        note = filled(translate("tables", "系统还没有 {year} 年的法定安排，按周一至周五计算"), {"year": today.year})
    return Listing(translate("tables", "工作日历"), note, columns, tuple(rows))


def day_word(works: bool) -> str:
    translate = QCoreApplication.translate
    return translate("tables", "上班") if works else translate("tables", "放假")


def hours_words(hours: OfficeHours) -> str:
    """08:30–12:00 13:30–17:30"""
    return hours_text(hours).replace("-", "–")


def calendar_facts(row: str, tables: Tables) -> list[tuple[str, str]]:
    """Beside the hours: how long a working day is, which is what limits in working days are counted with."""
    translate = QCoreApplication.translate
    if row != HOURS:
        return []
    length = filled(translate("tables", "{n} 小时"), {"n": f"{tables.hours.day_s / 3600:g}"})
    return [
        (translate("tables", "上班时段"), hours_words(tables.hours)),
        (translate("tables", "一个工作日"), length),
    ]


# -- the dry run ------------------------------------------------------------------------------------


def change_words(rows: Rows, site: SiteTime) -> str:
    """What is about to change: 10月10日 周三 放假 · 每个工作日 09:00–17:00."""
    translate = QCoreApplication.translate
    found = []
    for day in rows.days:
        how = translate("tables", "按法定安排") if day.working is None else day_word(day.working)
        found.append(f"{day.day.isoformat()} {site.day(day.day)} {how}")
    every = translate("tables", "每个工作日")
    return " · ".join((*found, *(f"{every} {hours_words(hours)}" for hours in rows.hours)))


def effect_listing(
    effect: Effect, rows: Rows, site: SiteTime, now: datetime, matter: Callable[[TicketId], str], text: str = ""
) -> Listing:
    """The tickets whose limits move, those that move most first. `matter`: the item of a ticket, as far as this desk knows it;
    `text`: only rows with it."""
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "单号"), 9, least=9),
        Column(translate("tables", "事项")),
        Column(translate("tables", "现在到期"), 9, least=8),
        Column(translate("tables", "改后到期"), 9, least=8),
        Column(translate("tables", "移动"), 8, right=True, least=6),
        Column(translate("tables", "状态"), 8, least=7),
    )
    shown = tuple(
        TextRow(
            one.ticket,
            (
                one.ticket,
                matter(one.ticket) or DASH,
                _stamp(one.before, site, now),
                _stamp(one.after, site, now),
                _moved_words(one),
                _states(one),
            ),
            wrong=one.then is ClockState.OVERDUE and one.was is not ClockState.OVERDUE,
        )
        for one in effect.shown
        if text.strip().casefold() in f"{one.ticket} {matter(one.ticket)}".casefold()
    )
    note = change_words(rows, site)
    return Listing(translate("tables", "试算，尚未发布"), note, columns, shown)


def effect_facts(effect: Effect, at: str) -> list[tuple[str, str]]:
    """The counts of a dry run; `at`: when it was counted."""
    translate = QCoreApplication.translate
    pattern = translate("tables", "{n} 件")

    def count(n: int) -> str:
        return filled(pattern, {"n": format_count(n)})

    rest = effect.moved - effect.later - effect.earlier
    return [
        (translate("tables", "在办工单"), count(effect.looked_at)),
        (translate("tables", "时限移动"), count(effect.moved)),
        (translate("tables", "推后"), count(effect.later)),
        (translate("tables", "提前"), count(effect.earlier)),
        *(((translate("tables", "只动其他时钟"), count(rest)),) if rest else ()),
        (translate("tables", "改后新超期"), count(effect.newly_overdue)),
        (translate("tables", "改后不再超期"), count(effect.no_longer_overdue)),
        (translate("tables", "试算于"), at),
    ]


def _stamp(at: datetime | None, site: SiteTime, now: datetime) -> str:
    return site.stamp(at, now) if at is not None else DASH


def _moved_words(one: Moved) -> str:
    """+27:30, in hours and minutes: how far the due time moves on the clock on the wall."""
    if one.before is None or one.after is None or one.before == one.after:
        return DASH
    minutes = round((one.after - one.before).total_seconds() / 60)
    sign = "+" if minutes > 0 else MINUS
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def _states(one: Moved) -> str:
    """超期 → 临期; one word where nothing becomes of it."""
    words = (clock_word(one.was.value), clock_word(one.then.value))
    return words[0] if words[0] == words[1] else " → ".join(words)
