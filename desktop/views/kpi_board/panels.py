"""All tiles and cards of the board: made once, given values, told their age. No bridge and no keys here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.theme.theme import Theme
from desktop.views import kpi_words, overview_values
from desktop.views.kpi_board import board_values as values
from desktop.views.kpi_board import list_values as lists
from desktop.views.kpi_board.chart_card import ChartCard
from desktop.views.kpi_board.extras import Compared, Extras, Spots
from desktop.views.kpi_board.field import Slots
from desktop.views.kpi_board.line_list import RateList, ShareList
from desktop.views.kpi_board.openings import RANKED_BY, Openings
from desktop.views.kpi_board.periods import COMPARES, compare_word, day_text
from desktop.views.kpi_board.ranking_body import RankingBody
from desktop.widgets.hotspot_list import HotspotList
from desktop.widgets.hourly_chart import HourlyChart
from desktop.widgets.kpi_tile import RateTile, RateValue
from desktop.widgets.level_meter import LevelMeter
from desktop.widgets.panel import Panel
from desktop.widgets.trend_chart import TrendChart
from desktop.widgets.values import Freshness
from domain.kpi_types import Board, Kpi, Overview, RankRow

LIVE_CARDS = ("hourly", "trend")
"""Fed by the topic, not by the board of a period."""
SATISFACTION = "satisfaction_rate"
CHART_HEIGHT, DETAIL_HEIGHT = 8, 12
"""Least heights in xl spaces."""


class BoardPanels(QObject):
    """`opened(Figure)`: a person wants the tickets behind it."""

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.openings = Openings(self)
        self.openings.opened.connect(self.opened)
        self._band: Compared | None = None
        self._shown = overview_values.Shown()
        self.tiles = {kpi: RateTile(theme, kpi_words.kpi_name(kpi), parent=parent) for kpi in values.TILES}
        for kpi, tile in self.tiles.items():
            tile.setObjectName(kpi)
            tile.clicked.connect(self.openings.on_tile_clicked)
        self._hourly, self._trend, self._daily = HourlyChart(theme), TrendChart(theme), TrendChart(theme, unit="")
        self._rates, self._levels = RateList(theme), LevelMeter(theme)
        self._sources, self._backlog = ShareList(theme), ShareList(theme)
        self._areas, self._units = RankingBody(theme), RankingBody(theme)
        self._spots = HotspotList(theme)
        self.cards: dict[str, Panel] = {
            "hourly": ChartCard(theme, self.tr("今日每小时"), self._hourly, self._hourly.twin, parent),
            "trend": ChartCard(theme, self.tr("18 天走势"), self._trend, self._trend.twin, parent),
            "daily": ChartCard(theme, self.tr("每日受理与结案"), self._daily, self._daily.twin, parent),
            "rates": Panel(theme, self.tr("其他指标"), parent),
            "levels": ChartCard(theme, self.tr("各级办结占比"), self._levels, self._levels_twin, parent),
            "sources": ChartCard(theme, self.tr("来源构成"), self._sources, self._sources_twin, parent),
            "backlog": ChartCard(theme, self.tr("在办龄期"), self._backlog, self._backlog_twin, parent),
            "areas": ChartCard(theme, self.tr("街道榜单"), self._areas, self._areas_twin, parent),
            "units": ChartCard(theme, self.tr("单位榜单"), self._units, self._units_twin, parent),
            "spots": ChartCard(theme, self.tr("反复热点"), self._spots, self._spots_twin, parent),
        }
        self._finish(theme)

    def _finish(self, theme: Theme) -> None:
        self._is_wall = theme.is_wall
        self.cards["rates"].set_body(self._rates)
        self.cards["hourly"].set_note(self.tr("灰带 前四周"))
        self._rates.activated.connect(self.openings.on_rate_activated)
        self._areas.ranking.row_activated.connect(self.openings.on_area_named)
        self._units.ranking.row_activated.connect(self.openings.on_unit_named)
        self._spots.row_activated.connect(self.openings.on_spot_named)
        rows = (
            ("areas", self.openings.on_area_row),
            ("units", self.openings.on_unit_row),
            ("spots", self.openings.on_spot_row),
            ("sources", self.openings.on_source_row),
            ("levels", self.openings.on_level_row),
            ("daily", self.openings.on_day_row),
            ("backlog", self.openings.on_backlog_row),
            ("hourly", self.openings.hour_opened),
        )
        self._sources.row_activated.connect(self.openings.on_source_row)
        self._backlog.row_activated.connect(self.openings.on_backlog_row)
        for name, slot in rows:
            card = self.cards[name]
            if isinstance(card, ChartCard):
                card.row_opened.connect(slot)
        self._mix = QWidget()
        self._mix_column = QVBoxLayout(self._mix)
        self._mix_column.setContentsMargins(0, 0, 0, 0)
        self._mix_column.addWidget(self.cards["levels"], 5)
        self._mix_column.addWidget(self.cards["backlog"], 4)
        self._place = QWidget()
        self._place_column = QVBoxLayout(self._place)
        self._place_column.setContentsMargins(0, 0, 0, 0)
        self._place_column.addWidget(self.cards["areas"], 6)
        self._place_column.addWidget(self.cards["spots"], 5)
        self.restyle(theme)

    def restyle(self, theme: Theme) -> None:
        """Heights that follow the text size."""
        self._mix_column.setSpacing(theme.space("gutter"))
        self._place_column.setSpacing(theme.space("gutter"))
        for name in ("hourly", "trend", "daily", "sources"):
            self.cards[name].setMinimumHeight(CHART_HEIGHT * theme.space("xl"))
        for name in ("rates", "units"):
            self.cards[name].setMinimumHeight(DETAIL_HEIGHT * theme.space("xl"))

    def name_of(self, focus: QWidget | None) -> str:
        """The card that has the keys; "" where none has."""
        found = (n for n, c in self.cards.items() if focus is not None and (c is focus or c.isAncestorOf(focus)))
        return next(found, "")

    def rows(self, wall: bool) -> list[tuple[Slots, int]]:
        """What stands in which row, and how the height is shared."""
        tiles = list(self.tiles.values())
        if wall:
            chosen = tiles[:6]
            self._hide_unused(tiles[6:])
            last = [(self.cards["trend"], 52), (self.cards["daily"], 44), (self._place, 44)]
            self.cards["spots"].hide()
            return [([(t, 1) for t in chosen[:3]], 0), ([(t, 1) for t in chosen[3:]], 0), (last, 1)]
        shares = (("hourly", 29), ("trend", 33), ("daily", 30), ("sources", 22))
        charts = [(self.cards[name], share) for name, share in shares]
        detail = [(self.cards["rates"], 36), (self._mix, 24), (self._place, 34), (self.cards["units"], 36)]
        return [([(t, 1) for t in tiles[:4]], 0), ([(t, 1) for t in tiles[4:]], 0), (charts, 3), (detail, 7)]

    def _hide_unused(self, tiles: Sequence[RateTile]) -> None:
        unused = [*tiles, self._mix, *(self.cards[n] for n in ("hourly", "sources", "rates", "units"))]
        for widget in unused:
            widget.hide()

    # -- values ---------------------------------------------------------------------------------

    def set_names(self, names: Names) -> None:
        self.openings.names = names
        self._shown = overview_values.Shown()

    def show_overview(self, overview: Overview, now_hour: float) -> None:
        """What is live whatever the period."""
        series = overview_values.hourly_series(overview, now_hour)
        if self._shown.changed("hourly", series):
            self._hourly.set_data(series)
        if self._shown.changed("day", overview.day):
            self._hourly.reset_axis()
        if self._shown.changed("trend", overview.rates):
            trends, labels = values.trend_series(overview)
            self._trend.set_data(trends, labels, days=values.trend_days(overview, overview.day))
        for name in LIVE_CARDS:
            self.cards[name].show_content()
            self._refresh_twin(name)
        if not any(value is not None for rate in overview.rates for _, value in rate.trend):
            self.cards["trend"].show_empty(self.tr("还没有到期的工单，到期后按日画出走势。"))

    def show_no_overview(self, sentence: str) -> None:
        for name in LIVE_CARDS:
            self.cards[name].show_empty(sentence)

    def show_board(
        self, board: Board, targets: dict[str, float], floors: dict[str, float], today: date, compare: str
    ) -> None:
        """The figures of a period beside those of another one."""
        self.openings.board, self.openings.kpis, self.openings.today = board, values.by_id(board.kpis), today
        if not self._shown.changed("board", (board, targets, today, compare, self._band)):
            return
        before = values.compared_kpis(board, compare)
        for kpi in board.kpis:
            if kpi.id in self.tiles:
                value = values.tile_value(
                    kpi, before.get(kpi.id), targets.get(kpi.id), floors.get(kpi.id, 0.0), compare
                )
                self.tiles[kpi.id].set_value(value)
        self._rates.set_rows(values.rate_rows(board, compare))
        self.cards["rates"].set_note(self.tr("值 · {compare}").format(compare=compare_word(compare)))
        self._show_daily(board, today)
        self._levels.set_levels(overview_values.level_shares(board.levels))
        self._sources.set_rows(values.source_rows(board.sources))
        self._backlog.set_rows(values.backlog_rows(board.backlog))
        target = overview_values.percent(targets.get(RANKED_BY))
        for name, body, rows in (("areas", self._areas, board.ranking), ("units", self._units, board.units)):
            if name not in self.openings.scores:
                self._show_ranking(name, body, rows, target)
        self._show_or_explain(board, today)

    def _show_daily(self, board: Board, today: date) -> None:
        series, labels = values.daily_series(board, today)
        band = values.daily_band(board, self._band, today)
        days = [day_text(day, today) for day, _, _ in board.daily if day <= today]
        self._daily.set_data(series, labels, y_range=values.count_range(series, band[1]), band=band, days=days)
        self.cards["daily"].set_note(self.tr("灰带 前四周同日") if any(v is not None for v in band[1]) else "")

    def _show_ranking(self, name: str, body: RankingBody, rows: Sequence[RankRow], target: float | None) -> None:
        """By one rate, until the weighted list has come; a wall shows no other."""
        shown = overview_values.rank_rows(values.ranked(rows), self.openings.names)
        body.set_rows(shown, values.apart_text(rows, self.openings.names), target)
        rate = kpi_words.kpi_short(RANKED_BY)
        goal = "" if target is None else self.tr("{rate} · 目标 {target}%").format(rate=rate, target=f"{target:g}")
        self.cards[name].set_note(goal or rate)

    def forget(self) -> None:
        """Figures of another moment are about to come."""
        self.openings.scores, self.openings.spots, self._band = {}, None, None
        self._shown = overview_values.Shown()

    def show_extras(self, extras: Extras, why_nothing: str, failed_since: str) -> None:
        """What was asked beside the board; where it has not come, why. `failed_since` as the site prints it, "" = nothing failed."""
        self.openings.spots, self._band = extras.spots(), extras.band()
        self.openings.scores = {
            name: found for name in ("areas", "units") if (found := extras.scores(name)) is not None
        }
        for name, body in (("areas", self._areas), ("units", self._units)):
            found = self.openings.scores.get(name)
            if found is not None and self._shown.changed(name, found.rows):
                body.set_rows(
                    lists.score_rows(found, self.openings.names),
                    lists.scores_apart(found, self.openings.names),
                    None,
                    unit="",
                )
                self.cards[name].set_note(self.tr("加权分 · 名次含误差"))
                self.cards[name].setToolTip(lists.weights_text(found.weights))
                self._refresh_twin(name)
        if self.openings.spots is None and failed_since:
            again = self.tr("下次统计时自动重试")
            self.cards["spots"].show_error(self.tr("反复热点没有统计到"), failed_since, again, extras.trouble.code)
        elif self.openings.spots is None:
            self.cards["spots"].show_empty(why_nothing)
        elif self._shown.changed("spots", (self.openings.spots.rows, self.openings.spots.periods)):
            self._show_spots(self.openings.spots)

    def _show_spots(self, found: Spots) -> None:
        card = self.cards["spots"]
        self._spots.set_rows(lists.spot_rows(found, self.openings.names))
        history = (
            self.tr("同地同类 · 比前 {n} 期").format(n=found.periods) if found.periods else self.tr("尚无可比的往期")
        )
        card.set_note(history)
        if found.rows:
            card.show_content()
        else:
            card.show_empty(self.tr("没有同一地点反复出现的同类事项。"))
        self._refresh_twin("spots")

    def _show_or_explain(self, board: Board, today: date) -> None:
        # Nobody chooses a period at a wall.
        then = "" if self._is_wall else self.tr("换一个时段看看。")
        nothing = self.tr("这段时间没有到期的工单。{then}").format(then=then)
        none_came = self.tr("这段时间没有受理的工单。{then}").format(then=then)
        filled = {
            "daily": (any(day <= today for day, _, _ in board.daily), none_came),
            "rates": (bool(board.kpis), nothing),
            "levels": (any(share.total for share in board.levels), self.tr("这段时间没有结案的工单。")),
            "sources": (bool(board.sources), none_came),
            "backlog": (any(n for _, n in board.backlog), self.tr("没有在办的工单。")),
            "areas": (bool(board.ranking), nothing),
            "units": (bool(board.units), nothing),
        }
        for name, (has_rows, sentence) in filled.items():
            if has_rows:
                self.cards[name].show_content()
            else:
                self.cards[name].show_empty(sentence)
            self._refresh_twin(name)

    def show_kpis(self, kpis: Sequence[Kpi], targets: dict[str, float], floors: dict[str, float]) -> None:
        """Before the board has come: what the live topic already knows of the same period; "–" for the rest."""
        self.openings.board = None
        self._shown.changed("board", None)
        known = self.openings.kpis = values.by_id(kpis)
        for kpi_id, tile in self.tiles.items():
            target, floor = targets.get(kpi_id), floors.get(kpi_id, 0.0)
            if kpi_id in known:
                tile.set_value(values.tile_value(known[kpi_id], None, target, floor, COMPARES[0]))
            else:
                formula = kpi_words.kpi_formula(kpi_id)
                percent = overview_values.percent(target)
                tile.set_value(RateValue(None, None, None, formula=formula, target=percent, floor=100 * floor))

    def show_instead(self, sentence: str) -> None:
        """Cards of the period without their values: why there are none."""
        for name, card in self.cards.items():
            if name not in LIVE_CARDS:
                card.show_empty(sentence)

    def show_error(self, what: str, since: str, next_step: str, code: str) -> None:
        for name, card in self.cards.items():
            if name not in LIVE_CARDS:
                card.show_error(what, since, next_step, code)

    def set_freshness(self, board: Freshness, live: Freshness, tiles: Freshness, call_backs: Freshness) -> None:
        """Each panel its own age: tiles may know their figures where the board has none; satisfaction stands on a feed of its own."""
        if not self._shown.changed("freshness", (board, live, tiles, call_backs)):
            return
        for kpi, tile in self.tiles.items():
            tile.set_freshness(call_backs if kpi == SATISFACTION else tiles)
        for name, card in self.cards.items():
            card.set_freshness(live if name in LIVE_CARDS else board)

    def _refresh_twin(self, name: str) -> None:
        card = self.cards[name]
        if isinstance(card, ChartCard):
            card.refresh_twin()

    # -- tables ---------------------------------------------------------------------------------

    def _levels_twin(self) -> values.Twin:
        return values.levels_twin(self.openings.board.levels if self.openings.board else ())

    def _sources_twin(self) -> values.Twin:
        rows = values.source_rows(self.openings.board.sources) if self.openings.board else ()
        return values.shares_twin(self.tr("来源"), rows)

    def _backlog_twin(self) -> values.Twin:
        rows = values.backlog_rows(self.openings.board.backlog) if self.openings.board else ()
        return values.shares_twin(self.tr("龄期"), rows)

    def _spots_twin(self) -> values.Twin:
        return ((), ()) if self.openings.spots is None else lists.spots_twin(self.openings.spots, self.openings.names)

    def _areas_twin(self) -> values.Twin:
        if "areas" in self.openings.scores:
            return lists.scores_twin(self.openings.scores["areas"], self.openings.names)
        return values.ranking_twin(self.openings.board.ranking if self.openings.board else (), self.openings.names)

    def _units_twin(self) -> values.Twin:
        if "units" in self.openings.scores:
            return lists.scores_twin(self.openings.scores["units"], self.openings.names)
        return values.ranking_twin(self.openings.board.units if self.openings.board else (), self.openings.names)
