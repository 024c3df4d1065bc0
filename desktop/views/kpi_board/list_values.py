"""From the lists beside the board (weighted list, repeat spots) to what rankings, tables and files take. Pure: naming and units."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.services.export.tables import Sheet
from desktop.views import kpi_words
from desktop.views.kpi_board.extras import Extras, Scores, Spots
from desktop.views.overview_values import usual_text
from desktop.widgets.charts.plot import Twin
from desktop.widgets.hotspot_list import Hotspot as SpotRow
from desktop.widgets.painting import format_count, format_percent
from desktop.widgets.ranking import RankRow as Ranked
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated
from domain.kpi_scores import ScoreRow
from domain.kpi_types import Kpi


def score_rows(found: Scores, names: Names) -> tuple[Ranked, ...]:
    """The list by weighted score (0..100) as a ranking; n is that of the heaviest KPI."""
    return tuple(
        Ranked(row.rank_low, row.rank_high, _score_name(row, names), row.score, row.low, row.high, row.n)
        for row in found.rows
        if row.ranked
    )


def scores_apart(found: Scores, names: Names) -> str:
    """Those with too few cases, with their n."""
    apart = [row for row in found.rows if not row.ranked]
    if not apart:
        return ""
    listed = enumerated(f"{_score_name(row, names)} {row.n}" for row in apart)
    return QCoreApplication.translate("kpi", "不足 30 件不排名：{rows}").format(rows=listed)


def scores_twin(found: Scores, names: Names) -> Twin:
    """Every weighted KPI of every row, so that a score can be followed."""
    translate = QCoreApplication.translate
    header = (
        translate("kpi", "名称"),
        translate("kpi", "名次"),
        translate("kpi", "分"),
        translate("kpi", "95% 区间"),
        translate("kpi", "件数"),
        *(f"{kpi_words.kpi_short(kpi)} ×{weight:g}" for kpi, weight in found.weights.items()),
    )
    rows = []
    for row in found.rows:
        known = {kpi.id: kpi for kpi in row.kpis}
        shown = Ranked(row.rank_low, row.rank_high, "", 0, 0, 0, 0) if row.ranked else None
        rows.append(
            (
                _score_name(row, names),
                DASH if shown is None else shown.rank,
                f"{row.score:.1f}",
                f"{row.low:.1f}–{row.high:.1f}",
                format_count(row.n),
                *(_share_text(known.get(kpi)) for kpi in found.weights),
            )
        )
    return header, tuple(rows)


def _share_text(kpi: Kpi | None) -> str:
    return DASH if kpi is None or kpi.value is None else f"{format_percent(100 * kpi.value)}%"


def _score_name(row: ScoreRow, names: Names) -> str:
    return row.name if row.name != row.code else names.area(row.code)


def spot_rows(found: Spots, names: Names) -> tuple[SpotRow, ...]:
    """Place and matter that came up again and again, against their own usual."""
    return tuple(
        SpotRow(
            f"{names.area(spot.area)} · {spot.item}",
            spot.count,
            spot.ratio,
            spot.surge,
            usual_text(spot.usual) if found.periods else "",
        )
        for spot in found.rows
    )


def spots_twin(found: Spots, names: Names) -> Twin:
    translate = QCoreApplication.translate
    header = (translate("kpi", "地点"), translate("kpi", "事项"), translate("kpi", "件数"), translate("kpi", "常量"))
    return header, tuple(
        (names.area(spot.area), spot.item, format_count(spot.count), f"{spot.usual:.1f}" if found.periods else DASH)
        for spot in found.rows
    )


def extra_sheets(extras: Extras, names: Names, about: tuple[str, ...]) -> tuple[Sheet, ...]:
    """The lists beside the board, as tables."""
    translate, found = QCoreApplication.translate, []
    for name, title in (("areas", translate("kpi", "街道榜单")), ("units", translate("kpi", "单位榜单"))):
        scores = extras.scores(name)
        if scores is not None:
            found.append(Sheet(title, (*about, weights_text(scores.weights)), *scores_twin(scores, names)))
    spots = extras.spots()
    if spots is not None:
        found.append(Sheet(translate("kpi", "反复热点"), about, *spots_twin(spots, names)))
    return tuple(found)


def weights_text(weights: Mapping[str, float]) -> str:
    """加权 按期 40 · 结案 30 · 满意 20 · 派准 10"""
    listed = " · ".join(f"{kpi_words.kpi_short(kpi)} {weight:g}" for kpi, weight in weights.items())
    return QCoreApplication.translate("kpi", "权重 {weights}").format(weights=listed)
