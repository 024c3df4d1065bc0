"""The numbers of a board, or of one of its charts, as XLSX or as CSV: put into tables here, written in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.services.export.tables import Sheet, write_csv, write_xlsx
from desktop.views.kpi_export.sheets import board_sheets, period_text, twin_sheet
from domain.kpi_types import Board

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
Twin = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Content:
    """What is shown: the board, with the words that say of where and when it is."""

    board: Board
    names: Names
    site: str
    as_of: str
    about: tuple[str, ...]
    extra: tuple[Sheet, ...] = ()

    def file_name(self, title: str) -> str:
        """统计看板 2018-10-01 – 2018-10-31 按到期日."""
        return f"{title} {period_text(self.board.period)}".translate(_NOT_IN_NAMES)


def content_of(board: Board, names: Names, site: str, as_of: str, demo: str) -> Content:
    """`as_of` = the moment as printed; `demo` = why the figures are not real, empty where they are."""
    moment = QCoreApplication.translate("kpi", "截至 {at}").format(at=as_of)
    about = tuple(line for line in (site, period_text(board.period), moment, demo) if line)
    return Content(board, names, site, as_of, about)


def tables_of(content: Content, title: str, twin: Twin | None) -> tuple[Sheet, ...]:
    """The tables of the board, or of one of its charts, with their words. On the GUI thread: it speaks."""
    if twin is not None:
        return (twin_sheet(title, content.about, twin),)
    return (*board_sheets(content.board, content.names, content.site, content.as_of), *content.extra)


def save_tables(sheets: Sequence[Sheet], name: str, kind: str, folder: Path) -> list[Path]:
    """The written files: one workbook, or one CSV a table. Blocks: call it in a thread. Raises OSError."""
    if kind == "xlsx":
        path = folder / f"{name}.xlsx"
        write_xlsx(path, sheets)
        return [path]
    paths = []
    for sheet in sheets:
        path = folder / (f"{name}.csv" if len(sheets) == 1 else f"{name} {sheet.name}.csv")
        write_csv(path, sheet)
        paths.append(path)
    return paths
