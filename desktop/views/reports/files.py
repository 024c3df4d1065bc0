"""A paper → the files of the wanted formats. A template that cannot be filled costs only the .docx."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

import resources
from desktop import settings
from desktop.services.papers.word_template import TemplateError
from desktop.services.reports.paper import Paper
from desktop.services.reports.word import to_word
from desktop.services.reports.workbook import to_workbook
from desktop.theme.theme import Theme
from desktop.views.reports.chart_painter import chart_png
from desktop.views.reports.pdf import to_pdf

DOCX, PDF, XLSX = "docx", "pdf", "xlsx"
FORMATS = (DOCX, PDF, XLSX)


def template_folders() -> list[Path]:
    """Where a desk looks for Word templates: the office's own beside its settings, then the bundled ones."""
    return [settings.config_dir() / "templates", resources.path("templates")]


def make_files(
    paper: Paper, formats: Sequence[str], templates: Sequence[Path], theme: Theme
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """(data by file name, what could not be made and why). `templates`: folders, the office's own first."""
    files: dict[str, bytes] = {}
    failed: list[str] = []
    for kind in formats:
        name = f"{paper.file_name}.{kind}"
        if kind == DOCX:
            try:
                files[name] = word_of(paper, templates, theme)
            except TemplateError as problem:
                failed.append(str(problem))
        elif kind == PDF:
            files[name] = to_pdf(paper, theme)
        elif kind == XLSX:
            files[name] = to_workbook(paper)
    return files, tuple(failed)


def word_of(paper: Paper, templates: Sequence[Path], theme: Theme) -> bytes:
    """Raises TemplateError."""
    empty = QCoreApplication.translate("report", "本期没有可画的数。")
    pictures = {chart.id: chart_png(chart, theme, empty) for chart in paper.charts() if not chart.is_empty}
    wanted = [folder / f"{paper.template}.docx" for folder in templates]
    template = next((path for path in wanted if path.is_file()), wanted[-1])
    return to_word(paper, template, pictures)
