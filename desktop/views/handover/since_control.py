"""Puts "since I left" into its pane, with what there is to say where it cannot be known."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.views.handover import values
from desktop.views.handover.feed import AGAIN_S, HandoverFeed
from desktop.views.handover.since_pane import SincePane
from desktop.views.words import filled
from domain.handover.since import Touch


class SinceControl(QObject):
    def __init__(self, feed: HandoverFeed, pane: SincePane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._pane = feed, pane

    def show(self, *, everything: bool) -> None:
        """What is known now; `everything` = A was pressed."""
        since, speech = self._feed.since, self._feed.speech()
        if since is None:
            self._pane.set_message(self._why_nothing())
            self._pane.set_filled(False)
            return
        if since.first:
            self._pane.set_message(self.tr("本账号第一次来，没有“离开时”可比；下次起按最后一次操作的时刻比较。"))
            self._pane.set_filled(False)
            return
        self._pane.set_filled(True)
        notes = [self.tr("本账号第一次来，从本班开始时比较")] if self._feed.is_first else []
        if since.then is None:
            notes.append(self.tr("离开太久，当时的数不再逐件还原"))
        if not any(since.total.values()):
            notes.append(self.tr("离开以来没有工单变化，有变化时列在下面"))
        if since.capped:
            notes.append(self.tr("变化太多，只看最近一段"))
        if self._feed.since_trouble:
            held = {"why": self._trouble_text(), "at": speech.site.stamp(since.now, speech.now)}
            notes.append(filled(self.tr("{why}；以下为 {at} 的数"), held))
        self._pane.set_message(self.tr("；").join(notes))
        span = {"start": speech.site.stamp(since.since, speech.now), "end": speech.site.stamp(since.now, speech.now)}
        self._pane.set_span(filled(self.tr("{start} 至 {end}"), span))
        rows = values.change_rows(since, speech, everything=everything)
        total = sum(since.total.values())
        mine, area = since.total.get(Touch.MINE, 0), since.total.get(Touch.AREA, 0)
        words = {"n": len(rows), "total": f"{total:,}", "mine": f"{mine:,}", "area": f"{area:,}"}
        pattern = (
            self.tr("列出 {n} 条，共 {total} 条　A 收起")
            if everything
            else self.tr("我的 {mine}，本片 {area}，共 {total} 条　A 全部")
        )
        self._pane.set_values(values.count_rows(since), rows, filled(pattern, words), values.hour_bars(since, speech))

    def _why_nothing(self) -> str:
        if not self._feed.since_trouble:
            return self.tr("正在取数")
        if not self._feed.online:
            return self.tr("离线，联机后取数")
        return self._trouble_text()

    def _trouble_text(self) -> str:
        then = filled(self.tr("{n} 秒后自动再取。"), {"n": AGAIN_S})
        return self._feed.since_trouble.text(self.tr("离开以来的变化没有取到"), then, self._feed.site)
