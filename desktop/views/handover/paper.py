"""A handover → the paper that is printed and kept: in the order of the window, with both signatures and their hashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.services.export.tables import Percent
from desktop.services.reports.paper import Chart, Column, Paper, Section, Series, Table
from desktop.views import kpi_words
from desktop.views.handover.figure_words import counts_sentence
from desktop.views.handover.words import Speech, check_word, item_words, severity_word, shift_word, who_word
from desktop.views.words import filled
from desktop.widgets.painting import format_count
from domain.handover.values import Handover, Item, Signature
from domain.handover.words import CheckName, HandoverState, Severity

translate = QCoreApplication.translate


def compose(handover: Handover, speech: Speech, site_name: str) -> Paper:
    """Out of the handover and its words alone, as of its draft: a signed one never reads otherwise again."""
    speech = replace(speech, live=False, now=handover.as_of or handover.shift.ends_at)
    name = shift_word(handover, "out")
    title = filled(translate("handover", "{site}交接班报告"), {"site": site_name})
    day = handover.shift.day.isoformat()
    return Paper(
        template="handover",
        title=title,
        subtitle=filled(
            translate("handover", "{day} {shift} 交 {next}"),
            {"day": day, "shift": name, "next": shift_word(handover, "in")},
        ),
        site=site_name,
        about=tuple(_about(handover, speech)),
        summary=(counts_sentence(handover),),
        sections=tuple(_sections(handover, speech)),
        notes=tuple(_notes(handover)),
        file_name=f"{title} {day} {handover.shift.name}",
        stamp=speech.site.local(handover.as_of or handover.shift.ends_at),
        running=f"{title}　{day} {name}",
    )


def _about(handover: Handover, speech: Speech) -> Iterable[tuple[str, str]]:
    shift, site = handover.shift, speech.site
    yield (
        translate("handover", "班次"),
        f"{site.local(shift.starts_at):%Y-%m-%d %H:%M} – {site.local(shift.ends_at):%Y-%m-%d %H:%M}",
    )
    if handover.as_of is not None:
        words = {"at": f"{site.local(handover.as_of):%Y-%m-%d %H:%M:%S}", "seq": format_count(handover.seq)}
        yield (
            translate("handover", "起草"),
            filled(translate("handover", "由日志起草，截至 {at}，第 {seq} 号事件"), words),
        )
    yield translate("handover", "编号、版本"), f"{handover.id} · {handover.report}"
    states = {
        HandoverState.SIGNED: translate("handover", "双方已签"),
        HandoverState.SIGNED_OUT: translate("handover", "交班人已签，接班人未签"),
    }
    yield translate("handover", "状态"), states.get(handover.state, translate("handover", "未签，草稿"))


def _sections(handover: Handover, speech: Speech) -> Iterable[Section]:
    yield Section(translate("handover", "本班数字"), (_kpis(handover), _hours(handover, speech)))
    for severity in (Severity.CRITICAL, Severity.WATCH):
        yield Section(severity_word(severity), (_items(handover.active(severity), severity, speech),))
    yield Section(severity_word(Severity.STABLE), (_stable(handover, speech),))
    yield Section(translate("handover", "已移除"), (_removed(handover, speech),))
    yield Section(translate("handover", "核对"), (_checks(handover, speech),))
    yield Section(translate("handover", "签名"), (_signatures(handover, speech),))


def _kpis(handover: Handover) -> Table:
    rows = tuple(
        (
            kpi_words.kpi_name(kpi.id),
            Percent(kpi.value),
            kpi.numerator,
            kpi.denominator,
            kpi_words.excluded_sentence(kpi.excluded) if kpi.excluded else translate("handover", "无"),
        )
        for kpi in handover.figures.kpis
    )
    columns = (
        Column("name", translate("handover", "指标"), 2.0),
        Column("value", translate("handover", "值"), number=True),
        Column("n", translate("handover", "分子"), number=True),
        Column("total", translate("handover", "分母"), number=True),
        Column("excluded", translate("handover", "剔除"), 1.6),
    )
    return Table(id="kpis", title=translate("handover", "本班指标（按结案、回访时刻）"), columns=columns, rows=rows)


def _hours(handover: Handover, speech: Speech) -> Chart:
    hours = handover.figures.hours
    return Chart(
        id="hours",
        kind="columns",
        title=translate("handover", "每小时受理与结案"),
        labels=tuple(str(speech.site.local(hour.at).hour) for hour in hours),
        series=(
            Series(translate("handover", "受理"), tuple(float(hour.accepted) for hour in hours)),
            Series(translate("handover", "结案"), tuple(float(hour.closed) for hour in hours)),
        ),
    )


def _items(items: Sequence[Item], severity: Severity, speech: Speech) -> Table:
    rows = []
    for item in items:
        words = item_words(item, speech)
        said = speech.texts.of(item.id, "read_back") if item.read_back is not None else ""
        if item.read_back is not None and item.read_back.agreed is not None:
            said += translate("handover", "（交班人确认）")
        act = " ".join(part for part in (words.who, words.action) if part)
        rows.append(
            (
                f"{words.title} {words.ref}".strip(),
                words.state,
                act,
                words.response,
                said or translate("handover", "未复述"),
            )
        )
    columns = (
        Column("what", translate("handover", "事项"), 1.5),
        Column("state", translate("handover", "现状"), 1.5),
        Column("action", translate("handover", "谁、做什么、何时"), 1.3),
        Column("response", translate("handover", "若…就…"), 1.2),
        Column("read_back", translate("handover", "接班复述"), 1.3),
    )
    return Table(
        id=severity.value,
        title=severity_word(severity),
        columns=columns,
        rows=tuple(rows),
        empty=translate("handover", "没有。"),
    )


def _stable(handover: Handover, speech: Speech) -> Table:
    rows = tuple(
        (words.title, words.state) for words in (item_words(item, speech) for item in handover.active(Severity.STABLE))
    )
    columns = (Column("what", translate("handover", "事项"), 1.0), Column("state", translate("handover", "现状"), 2.0))
    return Table(
        id="stable",
        title=severity_word(Severity.STABLE),
        columns=columns,
        rows=rows,
        empty=translate("handover", "没有。"),
    )


def _removed(handover: Handover, speech: Speech) -> Table:
    rows = tuple(
        (
            item_words(item, speech).title,
            who_word(item.removed.who) if item.removed.mark else translate("handover", "系统"),
            speech.site.stamp(item.removed.at, speech.now),
            speech.texts.of(item.id, "removed") or translate("handover", "已不再满足列入条件"),
        )
        for item in handover.items.values()
        if item.removed is not None
    )
    columns = (
        Column("what", translate("handover", "事项"), 1.6),
        Column("by", translate("handover", "由谁"), 1.0),
        Column("at", translate("handover", "时间"), 0.8),
        Column("why", translate("handover", "原因"), 1.6),
    )
    return Table(
        id="removed",
        title=translate("handover", "已移除的事项"),
        columns=columns,
        rows=rows,
        empty=translate("handover", "没有。"),
    )


def _checks(handover: Handover, speech: Speech) -> Table:
    rows = tuple(
        (
            check_word(name),
            translate("handover", "已核对") if name in handover.checks else translate("handover", "未核对"),
            speech.texts.checks.get(name, ""),
        )
        for name in CheckName
    )
    columns = (
        Column("name", translate("handover", "核对项"), 1.2),
        Column("done", translate("handover", "结果")),
        Column("note", translate("handover", "说明"), 2.0),
    )
    return Table(id="checks", title=translate("handover", "交接核对"), columns=columns, rows=rows)


def _signatures(handover: Handover, speech: Speech) -> Table:
    sides = (
        (translate("handover", "交班"), handover.signed_out),
        (translate("handover", "接班"), handover.signed_in),
    )
    columns = (
        Column("side", translate("handover", "方"), 0.5),
        Column("who", translate("handover", "席位"), 1.1),
        Column("at", translate("handover", "时间"), 1.1),
        Column("version", translate("handover", "版本"), 0.5, number=True),
        Column("sha256", translate("handover", "内容摘要 SHA-256"), 3.0),
    )
    rows = tuple(_signature(side, signature, speech) for side, signature in sides)
    return Table(id="signatures", title=translate("handover", "双方签名"), columns=columns, rows=rows)


def _signature(side: str, signature: Signature | None, speech: Speech) -> tuple[str | int | None, ...]:
    if signature is None:
        return side, translate("handover", "未签"), None, None, None
    at = f"{speech.site.local(signature.by.at):%Y-%m-%d %H:%M:%S}"
    return side, who_word(signature.by.who), at, signature.version, signature.sha256


def _notes(handover: Handover) -> Iterable[str]:
    yield translate("handover", "指标按本班起止时刻计，口径与统计看板相同；“–”表示分母为 0。")
    yield translate("handover", "在办各数为起草时刻的数；每件在办工单或单列，或计入一行汇总，名单随报告留存。")
    yield translate(
        "handover",
        "内容摘要是报告规范 JSON 的 SHA-256，双方签同一摘要，已写入事件日志；签后任何改动都会使双方签名作废。",
    )
    if handover.record:
        words = {"hash": handover.record}
        yield filled(translate("handover", "交接记录（报告、复述、疑问、核对、交班签名）的摘要：{hash}"), words)
