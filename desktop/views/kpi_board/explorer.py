"""放大走势 (Z): the days of the whole history over the centre of the board, zoomed and panned. Loaded when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views import kpi_words
from desktop.views.kpi_board.chart_card import ChartCard
from desktop.views.kpi_board.explorer_feed import RATES, ExplorerFeed, explored
from desktop.views.kpi_board.explorer_part import Part
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget
from desktop.widgets.charts.explored import Explored
from desktop.widgets.explorer_chart import ExplorerChart
from desktop.widgets.values import DASH, Freshness

if TYPE_CHECKING:
    from desktop.bridge import Bridge

TARGET_OF = RATES[0][0]
"""One target line; the others stand on their tiles."""
TIMES_OF_A_PERCENT = 100


class Explorer(ThemedWidget):
    """Covers the part of `over` that is below `top`. `closed`: the keys go back."""

    closed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        over: QWidget,
        top: QWidget,
        part: Callable[[], Part],
    ) -> None:
        super().__init__(theme, over)
        self._bridge, self._over, self._top = bridge, over, top
        self._part = part
        self.feed = ExplorerFeed(bridge, self)
        self.chart = ExplorerChart(theme)
        self.card = ChartCard(theme, self.tr("放大走势"), self.chart, self.chart.twin, self)
        self.card.setFocusProxy(self.chart)
        self.close_button = ActionButton(theme, self.tr("关闭"), "Esc", parent=self)
        self.close_button.clicked.connect(self.dismiss)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.card, 1)
        self._column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()
        self.restyle()
        self.feed.changed.connect(self._show)
        bridge.clock_ticked.connect(self._on_clock_ticked)
        bridge.freshness_changed.connect(self._on_freshness_changed)
        over.installEventFilter(self)

    def open(self) -> None:
        """Over the board, with the keys."""
        self._cover()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_clock_ticked()
        self._show()

    def dismiss(self) -> None:
        """Esc, Z or the button."""
        self.feed.stop()
        self.hide()
        self.closed.emit()

    def _cover(self) -> None:
        whole = self._over.rect()
        whole.setTop(self._top.geometry().bottom() + 1)
        self.setGeometry(whole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing of the board shines through."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        painter.end()

    # -- values ---------------------------------------------------------------------------------

    def _on_clock_ticked(self) -> None:
        part = self._part()
        if not self.isVisible() or part.today is None:
            return
        if self._bridge.freshness.of().state.value not in ("offline", "never"):
            self.feed.tick(part.today, part.filters)
        self._show_age()

    def _on_freshness_changed(self, source: str) -> None:
        if self.isVisible():
            self._show_age()

    def _show(self) -> None:
        """What has come; the card says why there is nothing. The keys are with the chart once there is one."""
        self._show_age()
        focus = self.focusWidget()
        instead = self._instead()
        if instead:
            self.card.show_empty(instead)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.chart.set_data(self._data())
        self.card.show_content()
        self.card.refresh_twin()
        if focus is None or not focus.isVisibleTo(self) or self.hasFocus():
            self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _data(self) -> Explored:
        return Explored() if self.feed.last is None else explored(self.feed.days, self.feed.last, self._target())

    def _instead(self) -> str:
        """The sentence in place of the chart; empty when there is a chart."""
        if self.feed.days:
            return "" if self._data().count else self.tr("还没有可看的日子：受理第一张工单后这里有走势。")
        if not self.feed.error:
            return self._why_nothing()
        then = self.tr("一分钟后自动再取，R 立刻再取。")
        return self.feed.trouble.text(self.tr("走势没有取到"), then, self._part().site)

    def _why_nothing(self) -> str:
        state = self._bridge.freshness.of().state.value
        if state == "never":
            return DASH
        return self.tr("断线，接通后自动统计。") if state == "offline" else self.tr("正在统计")

    def _target(self) -> tuple[str, float] | None:
        target = self._part().targets.get(TARGET_OF)
        if target is None:
            return None
        percent = TIMES_OF_A_PERCENT * target
        words = self.tr("{name}目标 {target}").format(name=kpi_words.kpi_short(TARGET_OF), target=f"{percent:g}%")
        return words, percent

    def _show_age(self) -> None:
        part, feed = self._part(), self.feed
        parts = [self.tr("全部历史，逐日；率按到期，满意率按回访"), part.name]
        if part.back:
            parts.append(self.tr("按现在的数，不随回看"))
        if feed.days and feed.error:
            parts.append(self.tr("上次没有取到，显示的是较早的数"))
        self.card.set_note(" · ".join(text for text in parts if text))
        site, clock = part.site, self._bridge.clock
        now = clock.now_business() if clock.known else None
        link = site.freshness(self._bridge.freshness.of(), now)
        if feed.as_of is None:
            state = link.state if link.state in ("never", "offline") else ("stale" if feed.error else "catching_up")
            self.card.set_freshness(Freshness(state=state))
            return
        state = link.state if link.late else ("stale" if feed.stale or feed.error else "live")
        self.card.set_freshness(Freshness(state=state, as_of=site.stamp(feed.as_of, now)))

    # -- keys -----------------------------------------------------------------------------------

    def toggle_twin(self) -> None:
        """Alt T."""
        if not self.card.message():
            self.card.toggle_twin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits of the board below do nothing here: nobody sees what they would change."""
        key, part = event.key(), self._part()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Z):
            self.dismiss()
        elif key == Qt.Key.Key_R and part.today is not None:
            self.feed.ask(part.today, part.filters)
        elif event.text().isalnum() or key in (Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.accept()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        theme, pad = self._theme, self._theme.space("page")
        self._column.setContentsMargins(pad, theme.space("m"), pad, theme.space("m"))
        self._column.setSpacing(theme.space("m"))
