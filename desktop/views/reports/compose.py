"""The model of a report → the paper: words, tables, charts, footnotes. Every rate stands with n / N and what was excluded."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.services.export.tables import Percent
from desktop.services.reports.paper import Chart, Column, Paper, Section, Series, Table
from desktop.views import kpi_words
from desktop.views.reports.summary import stamp, summary
from desktop.views.reports.words import (
    day_label,
    kind_word,
    one_day,
    period_words,
    title_of,
)
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, source_word
from desktop.widgets.painting import format_count
from domain.reports.periods import label
from domain.reports.values import Line, Report, ReportKind

translate = QCoreApplication.translate
CHARTED = 12
"""Bars in a chart of towns, classes or units."""
MOST_DAYS_SHOWN = 62
NOTED = ("closure_rate", "on_time_rate", "satisfaction_rate", "rework_rate", "reopen_rate", "first_dispatch_right")


def compose(report: Report, names: Names, site: SiteTime) -> Paper:
    """The whole paper. `names` of the site, `site` its zone and language."""
    unit = names.unit(report.unit) if report.unit else ""
    title, period = title_of(report, unit), period_words(report.period)
    return Paper(
        template="unit_sheet" if report.kind is ReportKind.UNIT else "report",
        title=title,
        subtitle=period,
        site=report.site,
        about=tuple(_about(report, names, site, unit)),
        summary=tuple(summary(report, names, site)),
        sections=tuple(_sections(report, names)),
        notes=tuple(_notes(report, site)),
        file_name=f"{title} {label(report.period)}",
        stamp=site.local(report.as_of),
        running=f"{title}　{period}",
        without=("daily",) if one_day(report.period) else (),
    )


def _about(report: Report, names: Names, site: SiteTime, unit: str) -> Iterable[tuple[str, str]]:
    yield translate("report", "报告"), kind_word(report.kind)
    yield translate("report", "期间"), period_words(report.period)
    if unit:
        yield translate("report", "单位"), unit
    for name, values in report.filters.items():
        if name != "unit":
            yield translate("report", "范围"), translate("report", "、").join(names.area(v) for v in values)
    then = translate("report", "当时所示（回看）") if report.past else translate("report", "按出具时所知")
    yield translate("report", "数据截至"), f"{stamp(report, site)}　{then}"
    yield translate("report", "日志序号"), format_count(report.seq)
    if report.demo:
        yield (
            translate("report", "数据来源"),
            filled(translate("report", "演示数据：{source}；环节与地点为模拟"), {"source": report.demo}),
        )


# -- sections ---------------------------------------------------------------------------------------


def _sections(report: Report, names: Names) -> Iterable[Section]:
    yield Section(translate("report", "指标"), (_kpis(report), _levels(report)))
    # One day is one row, and no chart.
    days = (_daily(report),) if one_day(report.period) else (_daily_chart(report), _daily(report))
    yield Section(translate("report", "逐日"), days)
    if report.kind is not ReportKind.UNIT:
        towns = _lines("towns", translate("report", "街道"), report.towns, names.area)
        yield Section(translate("report", "街道"), (_rate_chart("town_rates", report.towns, names.area, report), towns))
    classes = _lines("classes", translate("report", "类别"), report.classes, _plain)
    yield Section(translate("report", "类别"), (_count_chart("class_counts", report.classes, _plain), classes))
    if report.kind is ReportKind.UNIT:
        yield Section(translate("report", "在全部单位中"), (_places(report, names),))
    else:
        yield Section(
            translate("report", "处置单位"), (_lines("units", translate("report", "单位"), report.units, names.unit),)
        )
    yield Section(translate("report", "高频问题"), (_hot(report),))
    yield Section(translate("report", "来源与在办龄期"), (_sources(report), _backlog(report)))


def _plain(code: str) -> str:
    return code


def _kpis(report: Report) -> Table:
    before = {kpi.id: kpi for kpi in report.board.previous}
    rows = []
    for kpi in report.board.kpis:
        past, target = before.get(kpi.id), report.targets.get(kpi.id)
        rows.append(
            (
                kpi_words.kpi_name(kpi.id),
                Percent(kpi.value),
                kpi.numerator,
                kpi.denominator,
                kpi_words.excluded_sentence(kpi.excluded) if kpi.excluded else translate("report", "无"),
                Percent(past.value if past else None),
                Percent(target),
            )
        )
    for mean in report.board.means:
        rows.append((kpi_words.kpi_name(mean.id), mean.value, mean.numerator, mean.denominator, "", None, None))  # type: ignore[arg-type]
    columns = (
        Column("name", translate("report", "指标"), 2.0),
        Column("value", translate("report", "本期"), 1.0, number=True),
        Column("n", translate("report", "分子"), 0.9, number=True),
        Column("total", translate("report", "分母"), 0.9, number=True),
        Column("excluded", translate("report", "剔除"), 2.2),
        Column("before", translate("report", "上期"), 1.0, number=True),
        Column("target", translate("report", "目标"), 0.9, number=True),
    )
    return Table(id="kpis", title=translate("report", "指标一览"), columns=columns, rows=tuple(rows))


def _levels(report: Report) -> Table:
    rows = tuple(
        (
            kpi_words.level_name(row.level.value),
            row.count,
            Percent(row.count / row.total if row.total else None),
            Percent(row.target or None),
        )
        for row in report.board.levels
    )
    columns = (
        Column("name", translate("report", "层级"), 2.0),
        Column("count", translate("report", "办结"), number=True),
        Column("share", translate("report", "占比"), number=True),
        Column("target", translate("report", "目标"), number=True),
    )
    return Table(id="levels", title=translate("report", "各级办结"), columns=columns, rows=rows, empty=_nothing())


def _daily_chart(report: Report) -> Chart:
    days = report.board.daily[:MOST_DAYS_SHOWN]
    return Chart(
        id="daily",
        kind="columns",
        title=translate("report", "每日受理与结案"),
        labels=tuple(day_label(day) for day, _, _ in days),
        series=(
            Series(translate("report", "受理"), tuple(float(n) for _, n, _ in days)),
            Series(translate("report", "结案"), tuple(float(n) for _, _, n in days)),
        ),
    )


def _daily(report: Report) -> Table:
    columns = (
        Column("day", translate("report", "日期"), 2.0),
        Column("accepted", translate("report", "受理"), number=True),
        Column("closed", translate("report", "结案"), number=True),
    )
    rows = tuple((day.isoformat(), accepted, closed) for day, accepted, closed in report.board.daily)
    return Table(id="days", title=translate("report", "每日受理与结案"), columns=columns, rows=rows, empty=_nothing())


def _lines(name: str, first: str, lines: Sequence[Line], name_of: object) -> Table:
    columns = (
        Column("name", first, 2.4),
        Column("accepted", translate("report", "受理"), number=True),
        Column("closed", translate("report", "结案"), number=True),
        Column("on_time", translate("report", "按期结案率"), 1.3, number=True),
        Column("n", translate("report", "按期"), number=True),
        Column("total", translate("report", "应结案"), number=True),
    )
    rows = tuple(
        (
            _named(line.code, name_of),
            line.accepted,
            line.closed,
            Percent(line.on_time.value),
            line.on_time.numerator,
            line.on_time.denominator,
        )
        for line in lines
    )
    title = filled(translate("report", "按{what}"), {"what": first})
    return Table(id=name, title=title, columns=columns, rows=rows, empty=_nothing())


def _named(code: str, name_of: object) -> str:
    assert callable(name_of)
    return str(name_of(code)) if code else translate("report", "未定")


def _rate_chart(name: str, lines: Sequence[Line], name_of: object, report: Report) -> Chart:
    known = [line for line in lines if line.code and line.on_time.denominator][:CHARTED]
    known.sort(key=lambda line: -(line.on_time.value or 0.0))
    return Chart(
        id=name,
        kind="bars",
        title=translate("report", "按期结案率"),
        labels=tuple(_named(line.code, name_of) for line in known),
        series=(Series(translate("report", "按期结案率"), tuple(line.on_time.value for line in known)),),
        percent=True,
        target=report.targets.get("on_time_rate"),
        target_name=translate("report", "目标"),
    )


def _count_chart(name: str, lines: Sequence[Line], name_of: object) -> Chart:
    known = [line for line in lines if line.code and line.accepted][:CHARTED]
    return Chart(
        id=name,
        kind="bars",
        title=translate("report", "受理件数"),
        labels=tuple(_named(line.code, name_of) for line in known),
        series=(Series(translate("report", "受理"), tuple(float(line.accepted) for line in known)),),
    )


def _places(report: Report, names: Names) -> Table:
    ranked = [row for row in report.ranked if row.ranked]
    columns = (
        Column("place", translate("report", "名次"), 0.8),
        Column("name", translate("report", "单位"), 2.4),
        Column("on_time", translate("report", "按期结案率"), 1.2, number=True),
        Column("n", translate("report", "按期"), number=True),
        Column("total", translate("report", "应结案"), number=True),
    )
    rows = tuple(
        (
            f"{row.rank_low}–{row.rank_high}" if row.rank_low != row.rank_high else str(row.rank_low),
            names.unit(row.code) + (translate("report", "（本单位）") if row.code == report.unit else ""),
            Percent(row.numerator / row.denominator if row.denominator else None),
            row.numerator,
            row.denominator,
        )
        for row in ranked
    )
    return Table(id="places", title=translate("report", "单位排名"), columns=columns, rows=rows, empty=_nothing())


def _hot(report: Report) -> Table:
    columns = (
        Column("name", translate("report", "小类"), 2.4),
        Column("count", translate("report", "本期"), number=True),
        Column("before", translate("report", "上期"), number=True),
    )
    rows = tuple((spot.name, spot.count, spot.before) for spot in report.hot)
    empty = (
        translate("report", "逐小类的计数只保留 36 天，此期间已无。")
        if not report.hot and not report.is_empty
        else _nothing()
    )
    return Table(id="hot", title=translate("report", "受理最多的小类"), columns=columns, rows=rows, empty=empty)


def _sources(report: Report) -> Table:
    columns = (
        Column("name", translate("report", "来源"), 2.4),
        Column("count", translate("report", "受理"), number=True),
        Column("share", translate("report", "占比"), number=True),
    )
    total = sum(count for _, count in report.sources)
    rows = tuple((source_word(name), n, Percent(n / total if total else None)) for name, n in report.sources)
    return Table(id="sources", title=translate("report", "来源"), columns=columns, rows=rows, empty=_nothing())


def _backlog(report: Report) -> Table:
    names = {
        "1d": translate("report", "1 天内"),
        "3d": translate("report", "1–3 天"),
        "7d": translate("report", "3–7 天"),
        "30d": translate("report", "7–30 天"),
        "older": translate("report", "30 天以上"),
    }
    columns = (
        Column("name", translate("report", "龄期"), 2.4),
        Column("count", translate("report", "在办"), number=True),
    )
    rows = tuple((names.get(band, band), count) for band, count in report.board.backlog)
    return Table(id="backlog", title=translate("report", "在办龄期"), columns=columns, rows=rows, empty=_nothing())


def _nothing() -> str:
    return translate("report", "本期没有。")


# -- footnotes --------------------------------------------------------------------------------------


def _notes(report: Report, site: SiteTime) -> Iterable[str]:
    kpis = {kpi.id: kpi for kpi in report.board.kpis}
    for name in NOTED:
        if name in kpis:
            words = {"kpi": kpi_words.kpi_name(name), "formula": kpi_words.kpi_formula(name)}
            yield filled(translate("report", "{kpi} = {formula}。"), words)
    yield translate(
        "report", "应结案 = 期间内到期的工单，按业务时限判定；无时限的不计入，挂账、作废、并案、职责外按表中所列剔除。"
    )
    yield translate("report", "“–”表示分母为 0。占比、比率按精确分数四舍五入到两位小数。")
    yield filled(
        translate(
            "report", "数字截至 {at}（{zone}），来自事件日志第 {seq} 号及以前；同一份数据可重新出具，文字与数字不变。"
        ),
        {"at": stamp(report, site), "zone": site.local(report.as_of).tzname() or "", "seq": format_count(report.seq)},
    )
