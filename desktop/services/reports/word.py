"""A paper → .docx through the template of its kind: the office's own template where there is one, else the bundled one.

Fields: every text of the paper, `summary.text`, `notes.text`, `about.label`/`about.text`, for each table `id.key`, and for each
chart `{{picture.id}}` alone in a paragraph. A template may leave out what it does not want.
"""

from collections.abc import Mapping
from pathlib import Path

from desktop.services.papers.word_template import Picture, fill, to_bytes
from desktop.services.reports.paper import Paper, shown

PICTURE_MM = 155.0


def to_word(paper: Paper, template: Path, pictures: Mapping[str, bytes]) -> bytes:
    """The .docx. `pictures`: PNG by chart id; a chart without one is left out. Raises TemplateError."""
    texts = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "site": paper.site,
        "running": paper.running,
        **{f"head_{table.id}": table.title for table in paper.tables()},
        **paper.texts,
    }
    lists: dict[str, list[dict[str, str]]] = {
        "summary": [{"text": text} for text in paper.summary],
        "notes": [{"n": str(n), "text": text} for n, text in enumerate(paper.notes, 1)],
        "about": [{"label": label, "text": text} for label, text in paper.about],
    }
    for table in paper.tables():
        keys = [column.key for column in table.columns]
        lists[table.id] = [
            {"n": str(n), **{key: shown(cell) for key, cell in zip(keys, row, strict=True)}}
            for n, row in enumerate(table.rows, 1)
        ]
    known = {name: Picture(None, PICTURE_MM) for name in paper.without}
    known |= {chart.id: Picture(pictures.get(chart.id), PICTURE_MM) for chart in paper.charts()}
    return to_bytes(fill(template, texts, lists, known))
