"""Ctrl P: which paper, as what, and where to; then it is made and written. Papers need the private words, so they need the server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

import resources
from desktop.services.papers.word_template import TemplateError, fill, to_bytes
from desktop.views.inspection.action_bar import ActionBar
from desktop.views.inspection.action_specs import PRINT
from desktop.views.inspection.desk import InspectionDesk
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.papers.pdf import to_pdf
from desktop.views.inspection.papers.values import ASSIGNMENT, NOTICE, RECORD, PaperSource, file_name, paper_fields
from desktop.views.inspection.side_control import SideControl
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from domain.inspection.values import Inspection

PDF, WORD = "pdf", "docx"


def _open_file(path: Path) -> None:
    """In the viewer of the machine, where it is printed from."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class PaperControl(QObject):
    """`open_file` is given the written file; tests hand in their own."""

    def __init__(
        self,
        feed: InspectionFeed,
        desk: InspectionDesk,
        side: SideControl,
        bar: ActionBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._feed, self._desk, self._side, self._bar = feed, desk, side, bar
        self.open_file: Callable[[Path], None] = _open_file
        self.templates = resources.path("templates")
        bar.answered.connect(self._on_answered)

    def ask(self) -> None:
        """Open the form, the paper of the selected premises first."""
        inspection = self._desk.inspection
        if inspection is None:
            return
        if not self._side.texts.record:
            self._desk.say_refused(PRINT, QCoreApplication.translate("inspection", "文书须联机取得全文"))
            return
        translate = QCoreApplication.translate
        cell = self._side.cell
        papers = [(f"{NOTICE} {n.premises}", self._notice_word(n.premises)) for n in inspection.notices]
        papers += [
            (ASSIGNMENT, translate("inspection", "联合检查任务单")),
            (RECORD, translate("inspection", "联合检查记录")),
        ]
        chosen = f"{NOTICE} {cell[1]}" if cell and inspection.notice_of(cell[1]) else papers[0][0]
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = ((PDF, "PDF"), (WORD, "Word"))
        fields = (
            FormField("paper", translate("inspection", "文书"), "choice", options=tuple(papers), value=chosen),
            FormField("kind", translate("inspection", "格式"), "choice", options=kinds),
            FormField("folder", translate("inspection", "存到文件夹"), value=folder),
        )
        self._bar.open_form(PRINT, translate("inspection", "打印、存文书"), fields)

    def _notice_word(self, letter: str) -> str:
        return filled(QCoreApplication.translate("inspection", "责令整改通知书 {letter}"), {"letter": letter})

    def _on_answered(self, command: str, answers: dict[str, str]) -> None:
        if command != PRINT:
            return
        inspection = self._desk.inspection
        if inspection is None:
            return
        paper, _, letter = answers["paper"].partition(" ")
        try:
            path = self.write(inspection, paper, letter, answers["kind"], Path(answers["folder"]).expanduser())
        except (OSError, TemplateError) as error:
            self._bar.show_error(str(error))
            return
        self._bar.close_form()
        text = QCoreApplication.translate("inspection", "已存 {file}")
        self._desk.say_done(filled(text, {"file": str(path)}))
        self.open_file(path)

    def write(self, inspection: Inspection, paper: str, letter: str, kind: str, folder: Path) -> Path:
        """Make one paper. Raises OSError, and TemplateError for a template that cannot be filled."""
        feed = self._feed
        source = PaperSource(inspection, self._side.texts, feed.names, feed.site, feed.now(), feed.short_name)
        fields = paper_fields(paper, source, letter)
        word = fill(self.templates / f"{paper}.docx", fields.texts, fields.lists)
        data = to_pdf(word) if kind == PDF else to_bytes(word)
        path = folder / f"{file_name(paper, source, letter)}.{kind}"
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        os.replace(part, path)
        return path
