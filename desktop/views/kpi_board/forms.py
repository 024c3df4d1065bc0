"""The two forms of the board: look back at a past moment (H), and export what is shown (E). They open under the bar, never as dialogs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal

from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.kpi_board.chart_card import ChartCard
from desktop.views.kpi_board.field import Field
from desktop.views.kpi_export.pictures import Drawn, draw_picture, write_picture
from desktop.views.kpi_export.save import Content, save_tables, tables_of
from desktop.views.site_time import SiteTime
from desktop.widgets.charts.picture import PictureError
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.panel import Panel

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LOOK_BACK, EXPORT = "look_back", "export"
WHOLE = "board"
TABLES, PICTURES = ("xlsx", "csv"), ("png", "svg")
translate = QCoreApplication.translate


class BoardForms(QObject):
    """`looked_back(at)`: a past instant, None = back to now. `said(text)`: what became of an export. `closed`: the keys go back."""

    looked_back = Signal(object)
    said = Signal(str)
    closed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        cards: dict[str, Panel],
        field: Field,
        content: Callable[[], Content | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._cards, self._field, self._content = theme, cards, field, content
        self._bridge, self._writing = bridge, False
        self._site = SiteTime()
        self._now: datetime | None = None
        self._open = ""
        self.form = InlineForm(theme)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)

    @property
    def opened(self) -> bool:
        """Whether one of them is."""
        return bool(self._open)

    def open_look_back(self, site: SiteTime, now: datetime | None, at: datetime | None) -> None:
        """Which moment; an empty date goes back to now."""
        self._open, self._site, self._now = LOOK_BACK, site, now
        shown = at or now
        local = None if shown is None else site.local(shown)
        fields = (
            FormField(
                "day", translate("kpi", "日期"), "date", False, value="" if local is None else f"{local:%Y-%m-%d}"
            ),
            FormField("time", translate("kpi", "时刻"), value="17:00" if local is None else f"{local:%H:%M}"),
        )
        hint = translate("kpi", "按日志还原当时所显示的数。日期留空回到现在。")
        self.form.open_form(translate("kpi", "回看"), fields, translate("kpi", "回看"), hint=hint)

    def open_export(self, chosen: str) -> None:
        """What, as what, and where to; `chosen` = the card that has the keys."""
        self._open = EXPORT
        charts = [(name, card.title()) for name, card in self._cards.items() if isinstance(card, ChartCard)]
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        fields = (
            FormField(
                "what",
                translate("kpi", "内容"),
                "choice",
                options=((WHOLE, translate("kpi", "整个看板")), *charts),
                value=chosen or WHOLE,
            ),
            FormField(
                "kind",
                translate("kpi", "格式"),
                "choice",
                options=tuple((kind, kind.upper()) for kind in (*TABLES, *PICTURES)),
                value=TABLES[0],
            ),
            FormField("folder", translate("kpi", "存到文件夹"), value=folder),
        )
        hint = translate("kpi", "数存为 XLSX 或 CSV，图存为 PNG 或 SVG。")
        self.form.open_form(translate("kpi", "导出"), fields, translate("kpi", "导出"), hint=hint)

    # -- inside -----------------------------------------------------------------------------------

    def _on_cancelled(self) -> None:
        self._open = ""
        self.closed.emit()

    def _on_submitted(self, answers: dict[str, str]) -> None:
        if self._open == LOOK_BACK:
            self._look_back(answers["day"].strip(), answers["time"].strip())
        elif self._open == EXPORT:
            self._export(answers["what"], answers["kind"], Path(answers["folder"]).expanduser())

    def _finish(self) -> None:
        self._open = ""
        self.form.close_form()
        self.closed.emit()

    def _look_back(self, day: str, clock: str) -> None:
        at = None
        if day:
            try:
                at = self._site.instant(datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)))
            except ValueError:
                self.form.set_error(translate("kpi", "时刻写成 17:00 的样子"))
                return
            if self._now is not None and at > self._now:
                self.form.set_error(translate("kpi", "这个时刻还没有到，请改早一些"))
                return
        self._finish()
        self.looked_back.emit(at)

    def _export(self, what: str, kind: str, folder: Path) -> None:
        content = self._content()
        if content is None:
            self.form.set_error(translate("kpi", "看板还没有数，等统计完成再导出"))
            return
        if self._writing:
            self.form.set_error(translate("kpi", "上一个文件还在写，写完再导出"))
            return
        try:
            write = self._drawn(content, what, kind, folder)
        except PictureError:
            self.form.set_error(translate("kpi", "这张图现在看不见，画不出来"))
            return
        self._writing = True
        self.said.emit(translate("kpi", "正在写文件"))
        self._bridge.work_then(lambda: asyncio.to_thread(_written, write, folder), self._on_written)

    def _drawn(self, content: Content, what: str, kind: str, folder: Path) -> Callable[[], list[Path]]:
        """Everything that needs the GUI thread is done; what is given back writes the files in another. Raises PictureError."""
        card = self._cards.get(what)
        title = translate("kpi", "统计看板") if card is None else card.title()
        name = content.file_name(title)
        if kind in PICTURES:
            chart = card.chart if isinstance(card, ChartCard) else self._field
            drawn = draw_picture(kind, chart, self._theme, title, content.about)
            return partial(_save_picture, folder / f"{name}.{kind}", drawn)
        sheets = tables_of(content, title, card.twin() if isinstance(card, ChartCard) else None)
        return partial(save_tables, sheets, name, kind, folder)

    @while_alive
    def _on_written(self, answer: tuple[list[Path], str]) -> None:
        paths, why = answer
        self._writing = False
        if why:
            sentence = translate("kpi", "没有存成：{why}。换一个文件夹再试").format(why=why)
            # The form may have been closed, or be another one, by the time the disk answers.
            if self._open == EXPORT:
                self.form.set_error(sentence)
            else:
                self.said.emit(sentence)
            return
        if self._open == EXPORT:
            self._finish()
        text = translate("kpi", "已存 {file}").format(file=str(paths[0]))
        more = translate("kpi", "等 {n} 个文件").format(n=len(paths)) if len(paths) > 1 else ""
        self.said.emit(f"{text} {more}".strip())


def _save_picture(path: Path, drawn: Drawn) -> list[Path]:
    write_picture(path, drawn)
    return [path]


def _written(write: Callable[[], list[Path]], folder: Path) -> tuple[list[Path], str]:
    """(files, "" or why there are none). Blocks."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return write(), ""
    except OSError as error:
        return [], error.strerror or str(error)
    except PictureError:
        return [], translate("kpi", "这张图编不成 PNG")
