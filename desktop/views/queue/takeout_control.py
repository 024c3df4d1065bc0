"""Ctrl E: the list on screen as CSV, XLSX, PDF or on paper, with its filters, masked, and on the record before the file is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths

from desktop.models.ticket_row import TicketRow, clock_look
from desktop.services.export.tables import Cell, Sheet, write_csv, write_xlsx
from desktop.services.values import Refusal
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.print_table import write_pdf
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.list_panel import ListPanel
from desktop.views.refusal_words import reason_text
from desktop.views.shell import demo_text
from desktop.views.words import filled, source_word, state_word
from desktop.widgets.inline_form import FormField
from desktop.widgets.sla_bar import format_remaining
from domain.takeout import NAME, ROWS_MOST, Form, TakeOut

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.views.print_preview import PrintPreview

TAKEOUT = "takeout"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
COLUMNS = (
    "urgency",
    "number",
    "category",
    "matter",
    "place",
    "state",
    "limit",
    "unit",
    "joint",
    "source",
    "reported",
    "due",
)


@dataclass(frozen=True, slots=True)
class ListOnScreen:
    """What is on the screen: the view's id and name, the filters in words, the words searched for, and the rows from the top."""

    view: str
    name: str
    filters: tuple[str, ...]
    query: str
    rows: Sequence[TicketRow]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made as soon as its record is safe: the list as it stood when it was asked for."""

    form: Form
    folder: Path
    sheet: Sheet

    def path(self, stamp: str) -> Path:
        return self.folder / f"{self.sheet.name} {stamp}.{self.form.value}".translate(_NOT_IN_NAMES)


class TakeoutControl(QObject):
    """`listed` gives the list as it stands."""

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        feed: TicketFeed,
        panel: ListPanel,
        listed: Callable[[], ListOnScreen],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._bridge, self._feed, self._panel, self._listed = theme, bridge, feed, panel, listed
        self.preview: PrintPreview | None = None
        self._wanted: Wanted | None = None
        panel.answered.connect(self._on_answered)

    def start(self, form: Form = Form.XLSX) -> None:
        """Ask in which form and where to."""
        shown = self._listed()
        if not shown.rows:
            self._panel.say(self.tr("列表是空的，没有可导出的"))
            return
        if len(shown.rows) > ROWS_MOST:
            words = {"n": len(shown.rows), "most": ROWS_MOST}
            self._panel.say(filled(self.tr("列表有 {n} 件，一次最多导出 {most} 件；请先筛选"), words))
            return
        options = (
            (Form.XLSX.value, self.tr("Excel 表格")),
            (Form.CSV.value, "CSV"),
            (Form.PDF.value, "PDF"),
            (Form.PRINT.value, self.tr("打印")),
        )
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
        fields = (
            FormField("form", self.tr("格式"), "choice", options=options, value=form.value),
            FormField("folder", self.tr("存到文件夹（打印时不用）"), value=folder),
        )
        hint = filled(
            self.tr("{n} 件，按屏幕上的筛选和顺序；不含诉求、来电人、门牌；导出记入日志"), {"n": len(shown.rows)}
        )
        self._panel.ask(TAKEOUT, self.tr("导出或打印列表"), fields, self.tr("导出"), hint)

    def _on_answered(self, name: str, answers: dict[str, str]) -> None:
        if name != TAKEOUT:
            return
        form, folder = Form(answers["form"]), Path(answers["folder"].strip()).expanduser()
        if form is not Form.PRINT and not folder.is_dir():
            self._panel.show_error(filled(self.tr("没有文件夹 {folder}，请改一个已有的"), {"folder": str(folder)}))
            return
        shown = self._listed()
        given = self._bridge.commander.act(
            NAME,
            TakeOut(
                list_id=f"queue.{shown.view}",
                form=form,
                rows=len(shown.rows),
                columns=COLUMNS,
                filters=shown.filters,
                text=shown.query,
            ),
        )
        if isinstance(given, Refusal):
            self._panel.show_error(filled(self.tr("记不了日志，所以没有导出：{why}"), {"why": reason_text(given.code)}))
            return
        self._wanted = Wanted(form, folder, sheet_of(shown, self._feed, self._bridge))
        self._panel.close_form()
        self._panel.say(self.tr("正在登记"))
        self._bridge.work_then(lambda: self._bridge.commander.safe(given), self._on_recorded)

    @while_alive
    def _on_recorded(self, safe: bool) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        if not safe:
            # Nothing leaves that is not on the record.
            self._panel.say(self.tr("本机存不下登记，所以没有导出；请腾出磁盘空间再试"))
        elif wanted.form is Form.PRINT:
            from desktop.views.print_preview import PrintPreview  # brings the printers along

            self.preview = PrintPreview(self._theme, wanted.sheet)
            self.preview.show()
            self._panel.say(self.tr("打印预览已打开"))
        else:
            path = wanted.path(f"{self._feed.site.local(self._feed.now()):%Y%m%d-%H%M}")
            self._panel.say(self.tr("正在写文件"))
            self._bridge.work_then(lambda: asyncio.to_thread(_write, wanted.form, path, wanted.sheet), self._on_written)

    @while_alive
    def _on_written(self, answer: tuple[str, str]) -> None:
        path, why = answer
        if why:
            self._panel.say(filled(self.tr("没有写成 {path}：{why}。请换一个文件夹再试。"), {"path": path, "why": why}))
        else:
            pattern = self.tr("已导出 {path}，已登记")
            if not self._bridge.online:
                pattern = self.tr("已导出 {path}；登记存在本机，联机后送中心")
            self._panel.say(filled(pattern, {"path": path}))


def _write(form: Form, path: Path, sheet: Sheet) -> tuple[str, str]:
    """(path, "" or why it could not be written). Blocks."""
    try:
        if form is Form.CSV:
            write_csv(path, sheet)
        elif form is Form.XLSX:
            write_xlsx(path, [sheet])
        elif not write_pdf(str(path), sheet):
            return str(path), QCoreApplication.translate("takeout", "磁盘不接受")
    except OSError as error:
        return str(path), error.strerror or str(error)
    return str(path), ""


def sheet_of(shown: ListOnScreen, feed: TicketFeed, bridge: Bridge) -> Sheet:
    """The rows as they are on the screen, with what the screen says of where and when they are."""
    translate = QCoreApplication.translate
    now, site = feed.now(), feed.site
    stamp = f"{site.local(now):%Y-%m-%d %H:%M}"
    about = [
        filled(
            translate("takeout", "{site} · {view} · 截至 {at} · {n} 件"),
            {
                "site": feed.reference.site if feed.reference else "",
                "view": shown.name,
                "at": stamp,
                "n": len(shown.rows),
            },
        ),
        filled(
            translate("takeout", "筛选：{filters}"),
            {"filters": translate("takeout", "；").join(shown.filters) or translate("takeout", "无")},
        ),
        translate("takeout", "已脱敏：不含诉求原文、来电人、电话、门牌"),
    ]
    if shown.query:
        about.append(filled(translate("takeout", "查找：{query}"), {"query": shown.query}))
    if feed.reference is not None and feed.reference.demo is not None:
        about.append(demo_text(bridge.clock.rate))
    return Sheet(shown.name, tuple(about), _header(), tuple(_row(row, feed) for row in shown.rows))


def _header() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("takeout", "紧急程度"),
        translate("takeout", "单号"),
        translate("takeout", "类别"),
        translate("takeout", "事项"),
        translate("takeout", "网格"),
        translate("takeout", "状态"),
        translate("takeout", "阶段时限"),
        translate("takeout", "责任单位"),
        translate("takeout", "协办"),
        translate("takeout", "来源"),
        translate("takeout", "上报时间"),
        translate("takeout", "应结案"),
    )


def _row(row: TicketRow, feed: TicketFeed) -> tuple[Cell, ...]:
    ticket = row.ticket
    look = clock_look(row, feed.now_ms())
    due = ticket.due_at
    return (
        row.cells[0],
        row.id,
        row.category,
        row.matter,
        row.place,
        state_word(ticket.state),
        format_remaining(look.remaining_s, look.state) if ticket.is_open else "",
        row.unit,
        f"{row.parts_in}/{row.parts_total}" if row.parts_total else "",
        source_word(ticket.source.value),
        _stamp(ticket.reported_at, feed),
        _stamp(due, feed) if due else "",
    )


def _stamp(at: datetime, feed: TicketFeed) -> str:
    return f"{feed.site.local(at):%Y-%m-%d %H:%M}"
