"""Instants as the site prints them: business time in the site's zone, whatever the machine's zone is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.services.values import Fresh
from desktop.services.values import Freshness as LinkFreshness
from desktop.views.notice_words import link_reason
from desktop.widgets.values import Freshness

DEFAULT_ZONE = "Asia/Shanghai"


class SiteTime:
    """Formats aware instants in one zone; the language decides how a date reads."""

    def __init__(self, zone: str = DEFAULT_ZONE, language: str = "zh") -> None:
        self._zone = ZoneInfo(zone)
        self._locale = QLocale("zh_CN" if language == "zh" else "en_GB")

    @property
    def zone(self) -> ZoneInfo:
        return self._zone

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    def instant(self, local: datetime) -> datetime:
        """The aware instant of a clock time of the site."""
        return local.replace(tzinfo=self._zone)

    def clock(self, at: datetime) -> str:
        """14:32:08"""
        return f"{self.local(at):%H:%M:%S}"

    def minute(self, at: datetime) -> str:
        """14:32"""
        return f"{self.local(at):%H:%M}"

    def day(self, day: date) -> str:
        """10月9日 周二 / 9 Oct Tue"""
        layout = QCoreApplication.translate("time", "M月d日 ddd")
        return self._locale.toString(QDate(day.year, day.month, day.day), layout)

    def date_of(self, at: datetime) -> str:
        return self.day(self.local(at).date())

    def stamp(self, at: datetime, now: datetime | None = None) -> str:
        """14:32 today, 10-08 14:32 on another day of the year, with the year when that differs."""
        local = self.local(at)
        if now is None or local.date() == self.local(now).date():
            return f"{local:%H:%M}"
        return f"{local:%m-%d %H:%M}" if local.year == self.local(now).year else f"{local:%Y-%m-%d %H:%M}"

    def brief(self, at: datetime, now: datetime) -> str:
        """14:32 today, 10-08 on another day: where there is no room for both."""
        local = self.local(at)
        return f"{local:%H:%M}" if local.date() == self.local(now).date() else f"{local:%m-%d}"

    def freshness(self, link: LinkFreshness, now: datetime | None = None) -> Freshness:
        """Freshness of a source as widgets show it."""
        as_of = "" if link.as_of is None else self.stamp(link.as_of, now)
        return Freshness(
            state=link.state.value, as_of=as_of, age_s=link.age_s, behind=link.behind, detail=_link_detail(link)
        )


def _link_detail(link: LinkFreshness) -> str:
    """Why there is no line where a person must do something, else how far it is."""
    translate = QCoreApplication.translate
    if link.state in (Fresh.OFFLINE, Fresh.NEVER) and (reason := link_reason(link.reason)):
        return reason
    if link.snapshot is not None:
        got, total = link.snapshot
        return translate("time", "正在取快照 {percent}%").format(percent=100 * got // max(total, 1))
    if link.retry_in_s is not None:
        return translate("time", "{seconds} 秒后重连").format(seconds=max(0, round(link.retry_in_s)))
    return ""
