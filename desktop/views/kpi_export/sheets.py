"""The numbers of a board as tables with words: what `desktop.services.export` writes. Figures are taken over, never made here."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.services.export.tables import Cell, Percent, Sheet
from desktop.views import kpi_words
from desktop.views.words import source_word
from domain.kpi_types import Board, Kpi, LevelShare, Period, RankRow

translate = QCoreApplication.translate
Row = tuple[Cell | Percent, ...]


def board_sheets(board: Board, names: Names, site: str, as_of: str) -> tuple[Sheet, ...]:
    """Every panel of the board as one table. `as_of` = the moment as printed on the board."""
    about = (site, period_text(board.period), translate("kpi", "截至 {at}").format(at=as_of))
    return (
        Sheet(translate("kpi", "指标"), about, _kpi_header(), tuple(_kpi_rows(board))),
        Sheet(translate("kpi", "每日"), about, _daily_header(), tuple(board.daily)),
        Sheet(translate("kpi", "各级办结"), about, _level_header(), tuple(_level_row(row) for row in board.levels)),
        Sheet(translate("kpi", "街道排名"), about, _rank_header(), _rank_rows(board.ranking, names)),
        Sheet(translate("kpi", "单位排名"), about, _rank_header(), _rank_rows(board.units, names)),
        Sheet(
            translate("kpi", "来源"),
            about,
            (translate("kpi", "来源"), translate("kpi", "受理")),
            tuple((source_word(source), count) for source, count in board.sources),
        ),
        Sheet(
            translate("kpi", "在办龄期"),
            about,
            (translate("kpi", "龄期"), translate("kpi", "件数")),
            tuple((_band_name(band), count) for band, count in board.backlog),
        ),
    )


def twin_sheet(title: str, about: Sequence[str], twin: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]) -> Sheet:
    """The table of one chart, as printed."""
    header, rows = twin
    return Sheet(title, tuple(about), header, rows)


def period_text(period: Period) -> str:
    """The last day is named, not the first day after."""
    last = date.fromordinal(period.end.toordinal() - 1)
    kinds = {
        "due": translate("kpi", "按到期日"),
        "accepted": translate("kpi", "按受理日"),
        "closed": translate("kpi", "按结案日"),
    }
    return f"{period.start.isoformat()} – {last.isoformat()} {kinds.get(period.by, period.by)}"


def _kpi_header() -> tuple[str, ...]:
    return (
        translate("kpi", "指标"),
        translate("kpi", "值"),
        translate("kpi", "分子"),
        translate("kpi", "分母"),
        translate("kpi", "上期值"),
        translate("kpi", "剔除"),
        translate("kpi", "口径"),
        translate("kpi", "公式版本"),
    )


def _kpi_rows(board: Board) -> Iterable[Row]:
    before = {kpi.id: kpi for kpi in board.previous}
    for kpi in (*board.kpis, *board.means):
        past = before.get(kpi.id)
        yield (
            kpi_words.kpi_name(kpi.id),
            _value(kpi, mean=kpi in board.means),
            kpi.numerator,
            kpi.denominator,
            Percent(past.value) if past else None,
            kpi_words.excluded_sentence(kpi.excluded) if kpi.excluded else "",
            kpi.period.by if kpi.period else "",
            kpi.formula,
        )


def _value(kpi: Kpi, *, mean: bool) -> Cell | Percent:
    return kpi.value if mean else Percent(kpi.value)


def _daily_header() -> tuple[str, ...]:
    return translate("kpi", "日期"), translate("kpi", "受理"), translate("kpi", "结案")


def _level_header() -> tuple[str, ...]:
    return translate("kpi", "层级"), translate("kpi", "办结"), translate("kpi", "占比"), translate("kpi", "目标")


def _level_row(row: LevelShare) -> Row:
    share = row.count / row.total if row.total else None
    return kpi_words.level_name(row.level.value), row.count, Percent(share), Percent(row.target or None)


def _rank_header() -> tuple[str, ...]:
    return (
        translate("kpi", "名称"),
        translate("kpi", "代码"),
        translate("kpi", "名次"),
        translate("kpi", "按期率"),
        translate("kpi", "95% 下限"),
        translate("kpi", "95% 上限"),
        translate("kpi", "按期"),
        translate("kpi", "件数"),
    )


def _rank_rows(rows: Sequence[RankRow], names: Names) -> tuple[Row, ...]:
    found: list[Row] = []
    for row in rows:
        place = "" if not row.ranked else f"{row.rank_low}–{row.rank_high}" if row.rank_low < row.rank_high else str(row.rank_low)  # fmt: skip
        value = row.numerator / row.denominator if row.denominator else None
        name = row.name or names.area(row.code)
        found.append(
            (name, row.code, place, Percent(value), Percent(row.low), Percent(row.high), row.numerator, row.denominator)
        )
    return tuple(found)


def _band_name(band: str) -> str:
    names = {
        "1d": translate("kpi", "1 天内"),
        "3d": translate("kpi", "1–3 天"),
        "7d": translate("kpi", "3–7 天"),
        "30d": translate("kpi", "7–30 天"),
        "older": translate("kpi", "30 天以上"),
    }
    return names.get(band, band)
