"""P on the board: the report of what the board shows (period, part of the tickets, also at a past moment), in its preview.

From there it is printed, or saved as PDF, Word and workbook. The kind follows from the period: a day, a week, a month, else a
campaign; of one unit alone it is its score sheet.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.models.names import Names
from desktop.services.values import Answer
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.refusal_words import reason_text
from desktop.views.reports.compose import compose
from desktop.views.reports.preview import PreviewWindow
from desktop.views.site_time import SiteTime
from desktop.views.trouble import failure_text
from desktop.widgets.values import DASH
from domain.kpi_types import Period
from domain.reports.values import Report, ReportKind

if TYPE_CHECKING:
    from desktop.bridge import Bridge

translate = QCoreApplication.translate
MONDAY, WEEK_DAYS = 0, 7


class BoardReport(QObject):
    """`said(text)`: it is being made, or why it was not. `preview` = the window that was opened last."""

    said = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._theme = bridge, theme
        self._names, self._site = Names(), SiteTime(language=theme.language)
        self._asking = False
        self.preview: PreviewWindow | None = None

    def make(
        self,
        period: Period | None,
        filters: Mapping[str, Sequence[str]],
        part: str,
        at: datetime | None,
        names: Names,
        site: SiteTime,
    ) -> None:
        """`part` = the words of what the board is narrowed to, "" = everything; `at` = looked back at, None = now."""
        if period is None:
            self.said.emit(translate("kpi", "先选好期间，再出报告"))
            return
        if self._asking:
            return
        self._asking, self._names, self._site = True, names, site
        self.said.emit(translate("kpi", "正在出报告"))
        self._bridge.ask_then("report", arguments(period, filters, part, at), self._on_report)

    @while_alive
    def _on_report(self, answer: Answer) -> None:
        self._asking = False
        error, report = answer.error, None
        if not error and answer.body is not None:
            try:
                report = msgspec.json.decode(answer.body, type=Report)
            except msgspec.DecodeError:
                error = "unreadable"
        if report is None:
            self.said.emit(self._failed(error or "empty"))
            return
        self.said.emit(translate("kpi", "本期没有受理、结案或到期的工单，报告各表为空") if report.is_empty else "")
        self.preview = PreviewWindow(self._theme, compose(report, self._names, self._site))
        self.preview.show()

    def _failed(self, code: str) -> str:
        what = translate("kpi", "报告没有出成")
        own = _reason(code)
        if own != reason_text(code):
            return translate("kpi", "{what}：{why}").format(what=what, why=own)
        now = self._site.minute(self._bridge.clock.now_business()) if self._bridge.clock.known else DASH
        return failure_text(what, code, now, translate("kpi", "按 P 再出一次。"))


def _reason(code: str) -> str:
    own = {
        "unreadable": translate("kpi", "服务器的答复读不懂，请升级本机程序"),
        "bad_period": translate("kpi", "期间最长 366 天"),
        "too_far": translate("kpi", "此后变化太多，一次问不完；请在服务器上用 liandong report --at 出具"),
    }
    return own.get(code) or reason_text(code)


def arguments(period: Period, filters: Mapping[str, Sequence[str]], part: str, at: datetime | None) -> dict[str, Any]:
    """Of the question "report"."""
    units = filters.get("unit", ())
    args: dict[str, Any] = {"start": period.start.isoformat(), "end": period.end.isoformat()}
    if len(units) == 1 and len(filters) == 1:
        args |= {"kind": ReportKind.UNIT.value, "unit": units[0]}
    elif filters:
        args |= {"kind": ReportKind.CAMPAIGN.value, "title": part, "filters": {k: list(v) for k, v in filters.items()}}
    else:
        args["kind"] = kind_of(period).value
    if at is not None:
        args["at"] = at.isoformat()
    return args


def kind_of(period: Period) -> ReportKind:
    """What an office calls a report of these days."""
    days = (period.end - period.start).days
    if days == 1:
        return ReportKind.DAILY
    if days == WEEK_DAYS and period.start.weekday() == MONDAY:
        return ReportKind.WEEKLY
    if period.start.day == 1 and days == monthrange(period.start.year, period.start.month)[1]:
        return ReportKind.MONTHLY
    return ReportKind.CAMPAIGN
