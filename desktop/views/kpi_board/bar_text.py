"""What the bar says at its right end: the days, what they are held against, and what became of the last wish."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop.views.kpi_board.board_values import compared_text
from desktop.views.kpi_board.feed import BoardFeed
from desktop.views.kpi_board.periods import span_text
from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime

translate = QCoreApplication.translate


def bar_text(feed: BoardFeed, compare: str, site: SiteTime, today: date, said: str, part: str) -> str:
    """`said` = what became of an export: it stands alone until something else is asked for. `part` = what the board is narrowed to."""
    parts = [said]
    if not said:
        parts = [] if feed.period is None else [span_text(feed.period, today)]
        if part:
            parts.insert(0, translate("kpi", "仅看 {part}，F 看全部").format(part=part))
        if feed.at is not None:
            moment = f"{site.date_of(feed.at)} {site.minute(feed.at)}"
            parts.insert(0, translate("kpi", "回看 {at}，Home 回到现在").format(at=moment))
        if feed.board is not None:
            parts.append(compared_text(feed.board, compare, site, today))
    if feed.error:
        parts.append(translate("kpi", "刷新没有成功（{reason}），自动重试").format(reason=reason_text(feed.error)))
    return " · ".join(part for part in parts if part)
