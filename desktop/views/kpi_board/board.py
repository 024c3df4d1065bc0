"""The KPI board as a central widget: period bar, tiles and cards, and the pane with the tickets behind a figure.

It shows two feeds: the live topic `kpi.overview`, and the board of the chosen period that `BoardFeed` keeps asking for.
It repaints at most twice a second and not at all while it is hidden.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.theme.theme import Theme
from desktop.views.kpi_board import board_values as values
from desktop.views.kpi_board.bar_text import bar_text
from desktop.views.kpi_board.behind import Figure, filters_of
from desktop.views.kpi_board.behind_pane import BehindPane
from desktop.views.kpi_board.chart_card import ChartCard
from desktop.views.kpi_board.desk_tickets import DeskTickets
from desktop.views.kpi_board.explorer_part import Part
from desktop.views.kpi_board.extras import Extras
from desktop.views.kpi_board.feed import RETRY_S, BoardFeed
from desktop.views.kpi_board.field import Field
from desktop.views.kpi_board.forms import EXPORT, LOOK_BACK, BoardForms
from desktop.views.kpi_board.list_values import extra_sheets
from desktop.views.kpi_board.magnifier import Magnifier
from desktop.views.kpi_board.panels import BoardPanels
from desktop.views.kpi_board.period_bar import PeriodBar
from desktop.views.kpi_board.periods import CHOICES
from desktop.views.kpi_board.report import BoardReport
from desktop.views.kpi_board.split import BoardSplit
from desktop.views.kpi_export.save import Content, content_of
from desktop.views.overview_values import call_back_freshness, now_hour, steady_age
from desktop.views.shell import wall_demo_text
from desktop.views.site_time import SiteTime
from desktop.widgets.base import ThemedWidget
from desktop.widgets.values import DASH, Freshness
from domain.kpi_types import Kpi, Overview, Period
from protocol.reference import OVERVIEW_TOPIC, TOPIC, Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

PAINT_HZ = 2
EXPLORE, REPORT = "explore", "report"
FORM_OF_KEY = {Qt.Key.Key_H: LOOK_BACK, Qt.Key.Key_E: EXPORT, Qt.Key.Key_P: REPORT, Qt.Key.Key_Z: EXPLORE}


class KpiBoard(ThemedWidget):
    """`tickets_requested(title, ids)`: show exactly these in the queue."""

    tickets_requested = Signal(str, tuple)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._bridge = bridge
        self._site = SiteTime(language=theme.language)
        self._names = Names()
        self._targets: dict[str, float] = {}
        self._site_name, self._demo = "", False
        self.feed = BoardFeed(bridge, self)
        self.extras = Extras(bridge, self)
        self.bar = PeriodBar(theme, self)
        self.panels = BoardPanels(theme, self)
        self.field = Field(theme, self.panels.rows(theme.is_wall))
        self.pane = BehindPane(bridge, theme, self)
        self.forms = BoardForms(bridge, theme, self.panels.cards, self.field, self._content, self)
        self.report = BoardReport(bridge, theme, self)
        self._of_desk = DeskTickets(bridge, lambda: self._site, lambda: self.feed.at is None, self)
        self.magnifier = Magnifier(bridge, self, self.bar, self._part)
        self._said = ""
        self._narrowed: tuple[str, tuple[tuple[str, str], ...]] | None = None
        """Name and (breakdown, value) pairs that the whole board is narrowed to."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(1000 / PAINT_HZ))
        self._timer.timeout.connect(self._on_time)
        self._lay_out()
        self._connect()
        self._read_reference()
        self._note_today()
        self.setAccessibleName(self.tr("统计看板"))

    def _lay_out(self) -> None:
        theme = self._theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if theme.is_wall:
            self.bar.hide()
            self.pane.hide()
            outer.addWidget(self.field, 1)
            return
        self.split = BoardSplit(theme, self.field, self.forms, self.pane)
        outer.addWidget(self.bar)
        outer.addWidget(self.split, 1)
        self.split.size_side(theme, self.width())

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.freshness_changed.connect(self._on_freshness_changed)
        bridge.clock_ticked.connect(self._on_clock_ticked)
        self.feed.changed.connect(self._plan)
        self.bar.changed.connect(self._on_period_changed)
        self.feed.changed.connect(self._on_board_came)
        self.extras.changed.connect(self._plan)
        if self._theme.is_wall:
            return
        self.panels.opened.connect(self._on_figure_opened)
        self.panels.openings.band_opened.connect(self._of_desk.open_band)
        self.panels.openings.hour_opened.connect(self._of_desk.open_hour)
        self._of_desk.requested.connect(self.tickets_requested)
        self.pane.left.connect(self._on_pane_left)
        self.pane.tickets_requested.connect(self.tickets_requested)
        self.pane.board_narrowed.connect(self._on_narrowed)
        self.bar.compare_changed.connect(self.show_now)
        self.bar.form_wanted.connect(self._open_form)
        self.forms.looked_back.connect(self._on_looked_back)
        for part in (self.forms, self.report):
            part.said.connect(self._on_said)
        self.forms.closed.connect(self._on_form_closed)
        self.magnifier.closed.connect(self._on_form_closed)
        twin = QShortcut(QKeySequence("Alt+T"), self)
        twin.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        twin.activated.connect(self._on_twin_key)

    # -- news -----------------------------------------------------------------------------------

    def _on_topic_changed(self, topic: str) -> None:
        if topic == TOPIC:
            self._read_reference()
            self._plan()
        elif topic == OVERVIEW_TOPIC:
            self.feed.news()
            self._plan()

    def _on_freshness_changed(self, source: str) -> None:
        self._plan()

    def _on_clock_ticked(self) -> None:
        if not self.isVisible():
            return
        # All ages turn with the minute, in both boards of a hall and in the overview: each in a turn of its own.
        self._bridge.turns.ask(self._on_second)

    def _on_second(self) -> None:
        self._note_today()
        self.feed.tick()
        self._show_freshness()

    def _plan(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _on_time(self) -> None:
        self._bridge.turns.ask(self.show_now)

    def _read_reference(self) -> None:
        topic = self._bridge.topics.get(TOPIC)
        if topic is None:
            return
        reference: Reference = topic.value
        self._names = Names.of(reference)
        self._site = SiteTime(reference.zone, self._theme.language)
        self._targets = dict(reference.targets)
        self._site_name, self._demo = reference.site, reference.demo is not None
        self.panels.set_names(self._names)
        self.pane.set_names(self._names)
        self.pane.set_site(self._site)

    def _today(self) -> date | None:
        if self.feed.at is not None:
            return self._site.local(self.feed.at).date()
        if self._bridge.clock.known:
            return self._site.local(self._bridge.clock.now_business()).date()
        overview = self._overview()
        return None if overview is None else overview.day

    def _note_today(self) -> None:
        today = self._today()
        if today is not None:
            self.bar.set_today(today)

    def _overview(self) -> Overview | None:
        if self.feed.at is not None:
            return self.feed.past
        topic = self._bridge.topics.get(OVERVIEW_TOPIC)
        return None if topic is None else topic.value

    # -- showing --------------------------------------------------------------------------------

    def _on_board_came(self) -> None:
        """With a new board of now everything beside it is asked anew; of the past only the board itself is kept."""
        board = self.feed.board
        if board is not None and self.feed.at is None and not self._theme.is_wall:
            self.extras.ask(board.period, self.feed.filters)

    def _on_period_changed(self) -> None:
        self._said = ""
        period = self.bar.period()
        if period is not None and self.isVisible():
            self.feed.set_period(period)
        self.show_now()

    def show_now(self) -> None:
        """Everything from what is known; parts that did not change are not painted anew."""
        overview = self._overview()
        self._show_freshness()
        self._show_bar()
        if self.feed.filters:
            self.panels.show_no_overview(self.tr("只看一部分时没有这张图，按 F 看全部。"))
        elif overview is None:
            self.panels.show_no_overview(self._why_nothing())
        else:
            self.panels.show_overview(overview, now_hour(self._site.local(overview.as_of)))
        targets = values.targets_of(self._targets, overview)
        floors = values.floors_of(overview, targets)
        today = self._today()
        if self.feed.board is not None and today is not None:
            back = self.feed.at is not None
            failed = self.extras.trouble.since
            self.panels.show_extras(
                self.extras,
                self.tr("回看时没有这张表。") if back else self._why_nothing(),
                "" if failed is None else self._site.minute(failed),
            )
            self.panels.show_board(self.feed.board, targets, floors, today, self.bar.compare())
            self._follow(self.feed.board.period, today)
            return
        self.panels.show_kpis(self._known_kpis(overview), targets, floors)
        if self.feed.error:
            since = "" if self.feed.failed_at is None else self._site.minute(self.feed.failed_at)
            again = self.tr("{n} 秒后自动重试").format(n=round(RETRY_S))
            self.panels.show_error(self.tr("统计没有成功"), since, again, self.feed.error)
        else:
            self.panels.show_instead(self._why_nothing())

    def _known_kpis(self, overview: Overview | None) -> list[Kpi]:
        if overview is None or self.feed.filters:
            return []
        return [rate.kpi for rate in overview.rates if rate.kpi.period == self.feed.period]

    def _why_nothing(self) -> str:
        fault = self.bar.fault()
        if fault:
            return fault
        state = self._bridge.freshness.of().state.value
        if state == "never":
            return DASH
        if state == "offline":
            return self.tr("断线，接通后自动统计。")
        return self.tr("正在统计")

    def _show_bar(self) -> None:
        today, fault = self._today(), self.bar.fault()
        if fault or self.feed.period is None or today is None:
            self.bar.set_compared(fault)
        else:
            narrowed = self._narrowed[0] if self._narrowed else ""
            self.bar.set_compared(bar_text(self.feed, self.bar.compare(), self._site, today, self._said, narrowed))

    def _show_freshness(self) -> None:
        now = self._bridge.clock.now_business() if self._bridge.clock.known else None
        board = steady_age(self.feed.freshness(self._site, now))
        live = steady_age(self._site.freshness(self._bridge.freshness.of(OVERVIEW_TOPIC), now))
        # The stream brings some rates of this month by itself. A panel that has nothing, or failed, is not as fresh as they are.
        tiles = live if self.feed.board is None and self._known_kpis(self._overview()) else board
        self.bar.set_freshness(board if self.feed.error else tiles)
        if self.feed.at is not None:
            live = board
        call_backs = call_back_freshness(tiles, self._overview(), self._site)
        self.panels.set_freshness(board, live, tiles, call_backs)

    def freshness(self) -> Freshness:
        """Age of the figures of the period."""
        now = self._bridge.clock.now_business() if self._bridge.clock.known else None
        return self.feed.freshness(self._site, now)

    # -- acting ---------------------------------------------------------------------------------

    def _on_figure_opened(self, figure: Figure) -> None:
        today = self._today()
        if today is not None:
            self.split.open_pane()
            if self.feed.at is not None:
                figure = replace(figure, at=self.feed.at.isoformat())
            if self._narrowed:
                figure = replace(
                    figure, name=f"{figure.name} · {self._narrowed[0]}", filters=(*self._narrowed[1], *figure.filters)
                )
            self.pane.open_figure(figure, today)

    def _follow(self, period: Period, today: date) -> None:
        """Another period was chosen: the open list becomes that of the same figure in it. The keys stay where they are."""
        open_figure = self.pane.figure()
        if open_figure is None or open_figure.kpi.period is None:
            return
        shown = open_figure.kpi.period
        if (shown.start, shown.end) == (period.start, period.end):
            return
        again = self.panels.openings.figure(open_figure.kpi.id, open_figure.area, open_figure.unit)
        if again is not None:
            self.pane.open_figure(again, today, take_keys=False)

    def _open_form(self, name: str) -> None:
        """One of period_bar.FORMS."""
        if name == EXPLORE:
            self.magnifier.toggle(self._theme)
            return
        if name == REPORT:
            narrowed = self._narrowed[0] if self._narrowed else ""
            self.report.make(self.feed.period, self.feed.filters, narrowed, self.feed.at, self._names, self._site)
            return
        self.split.open_side()
        if name == LOOK_BACK:
            now = self._bridge.clock.now_business() if self._bridge.clock.known else None
            self.forms.open_look_back(self._site, now, self.feed.at)
            return
        self.forms.open_export(self.panels.name_of(self.focusWidget()))

    def _on_looked_back(self, at: datetime | None) -> None:
        self.pane.dismiss()
        self.extras.forget()
        self.panels.forget()
        self.feed.look_back(at)
        self.bar.set_looking_back(at is not None)
        self._note_today()
        self.feed.ask_once()
        self.show_now()

    def _on_narrowed(self, name: str, pairs: tuple[tuple[str, str], ...]) -> None:
        """The whole board of one part of the tickets; without pairs of all again."""
        self._narrowed = (name, pairs) if pairs else None
        self.pane.dismiss()
        self.extras.forget()
        self.panels.forget()
        self.feed.narrow(filters_of(pairs))
        self.feed.ask_once()
        self.show_now()

    def _part(self) -> Part:
        """What 放大走势 follows."""
        return Part(
            self._today(),
            self.feed.filters,
            self._narrowed[0] if self._narrowed else "",
            self.feed.at is not None,
            values.targets_of(self._targets, self._overview()),
            self._site,
        )

    def _on_said(self, text: str) -> None:
        """Where a file was stored: said in the bar until something else is asked for."""
        self._said = text
        self._show_bar()

    def _on_form_closed(self) -> None:
        self._fold()
        next(iter(self.panels.tiles.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _content(self) -> Content | None:
        """What an export writes: the board and the words around it."""
        board = self.feed.board
        if board is None:
            return None
        as_of = f"{self._site.local(board.as_of):%Y-%m-%d %H:%M:%S}"
        demo = wall_demo_text(self._bridge.clock.rate) if self._demo else ""
        content = content_of(board, self._names, self._site_name, as_of, demo)
        return replace(content, extra=extra_sheets(self.extras, self._names, content.about))

    def _on_pane_left(self) -> None:
        self._fold()
        self.split.give_keys_back()

    def _fold(self) -> None:
        self.split.fold(self._theme, self.width())

    def _on_twin_key(self) -> None:
        """The card that has the keys; without one, the first."""
        if self.magnifier.shown:
            self.magnifier.toggle_twin()
            return
        here = self.panels.cards.get(self.panels.name_of(self.focusWidget()))
        charts = [card for card in (here, *self.panels.cards.values()) if isinstance(card, ChartCard)]
        charts[0].toggle_twin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.text(), not event.modifiers()
        if self._theme.is_wall or not plain:
            super().keyPressEvent(event)
        elif key.isdigit() and 0 < int(key) <= len(CHOICES):
            self.bar.choose(CHOICES[int(key) - 1])
        elif event.key() == Qt.Key.Key_B:
            self.bar.next_by()
        elif event.key() == Qt.Key.Key_C:
            self.bar.next_compare()
        elif event.key() in FORM_OF_KEY:
            self._open_form(FORM_OF_KEY[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_F and self._narrowed:
            self._on_narrowed("", ())
        elif event.key() == Qt.Key.Key_Home and self.feed.at is not None:
            self._on_looked_back(None)
        elif event.key() == Qt.Key.Key_R:
            self._said = ""
            self.feed.refresh()
        elif event.key() == Qt.Key.Key_Escape and self.pane.figure() is not None:
            self.pane.dismiss()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        self.panels.restyle(self._theme)
        if not self._theme.is_wall:
            self.split.size_side(self._theme, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._theme.is_wall:
            self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._note_today()
        self._on_period_changed()
        self.feed.tick()
        self.pane.resume()
        if not self._theme.is_wall and self.focusWidget() is None:
            next(iter(self.panels.tiles.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        self.feed.stop()
        self.extras.stop()
        self.pane.stop()
        super().hideEvent(event)
