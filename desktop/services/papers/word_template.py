"""Fills {{fields}} of a Word template. A site edits the template in Word; whatever it does not know is a clear error.

`{{name}}` stands for a text, `{{picture.name}}` alone in a paragraph for a picture. A table row or a paragraph with `{{list.name}}` is repeated for each entry of the list, and
left out where the list is empty. Word cuts a field into several runs as it likes: they are put together first, the look of
the run where the field begins stays.
"""

import copy
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FIELD = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
Texts = Mapping[str, str]
Lists = Mapping[str, Sequence[Mapping[str, str]]]


class Picture(NamedTuple):
    """A PNG and its width on the page. Without data its paragraph goes away."""

    data: bytes | None
    width_mm: float


Pictures = Mapping[str, Picture]
PICTURE = "picture"


class TemplateError(ValueError):
    """The template cannot be filled; the message names it, the field, and the fields that exist."""


def fill(template: Path, texts: Texts, lists: Lists | None = None, pictures: Pictures | None = None) -> WordDocument:
    """The filled document. Raises TemplateError for an unreadable file or an unknown field."""
    document = _opened(template)
    filler = _Filler(template.name, texts, lists or {}, pictures or {})
    filler.fill_blocks(document)
    for section in document.sections:
        filler.fill_blocks(section.header)
        filler.fill_blocks(section.footer)
    return document


def to_bytes(document: WordDocument) -> bytes:
    """The .docx file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fields_of(template: Path) -> frozenset[str]:
    """Every field that a template asks for. Raises TemplateError."""
    document = _opened(template)
    parts = [document, *(part for section in document.sections for part in (section.header, section.footer))]
    return frozenset(name for part in parts for paragraph in _paragraphs(part) for name in _names(paragraph.text))


def _opened(template: Path) -> WordDocument:
    try:
        return Document(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise TemplateError(f"{template.name}: not a Word file ({error})") from error


def _names(text: str) -> list[str]:
    return FIELD.findall(text)


def _paragraphs(container: Any) -> Iterator[Paragraph]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)
        else:
            yield block


class _Filler:
    def __init__(self, name: str, texts: Texts, lists: Lists, pictures: Pictures) -> None:
        self._name, self._texts, self._lists, self._pictures = name, texts, lists, pictures

    def fill_blocks(self, container: Any) -> None:
        for block in list(container.iter_inner_content()):
            if isinstance(block, Table):
                for row in list(block.rows):
                    self._fill_row(block, row)
            else:
                self._fill_paragraph_or_list(block)

    def _fill_row(self, table: Table, row: _Row) -> None:
        text = "".join(paragraph.text for cell in row.cells for paragraph in _paragraphs(cell))
        name = self._list_of(text)
        if name is None:
            for cell in row.cells:
                for paragraph in _paragraphs(cell):
                    self._fill_paragraph(paragraph, {})
            return
        for entry in self._lists[name]:
            made = copy.deepcopy(row._tr)
            row._tr.addprevious(made)
            for cell in _Row(made, table).cells:
                for paragraph in _paragraphs(cell):
                    self._fill_paragraph(paragraph, _named(name, entry))
        row._tr.getparent().remove(row._tr)

    def _fill_paragraph_or_list(self, paragraph: Paragraph) -> None:
        if self._fill_picture(paragraph):
            return
        name = self._list_of(paragraph.text)
        if name is None:
            self._fill_paragraph(paragraph, {})
            return
        element = paragraph._p
        for entry in self._lists[name]:
            made = copy.deepcopy(element)
            element.addprevious(made)
            self._fill_paragraph(Paragraph(made, paragraph._parent), _named(name, entry))
        element.getparent().remove(element)

    def _fill_picture(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph is a picture's."""
        names = _names(paragraph.text)
        if len(names) != 1 or not names[0].startswith(f"{PICTURE}."):
            return False
        name = names[0].removeprefix(f"{PICTURE}.")
        picture = self._pictures.get(name)
        if picture is None:
            raise self._unknown(names[0], [f"{PICTURE}.{known}" for known in self._pictures])
        if picture.data is None:
            paragraph._p.getparent().remove(paragraph._p)
            return True
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = ""
        # A fixed line height would cut the picture to one line.
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.runs[0].add_picture(io.BytesIO(picture.data), width=Mm(picture.width_mm))
        return True

    def _list_of(self, text: str) -> str | None:
        """The list that a row or paragraph repeats for; two different ones are an error."""
        names = dict.fromkeys(name.split(".")[0] for name in _names(text) if "." in name)
        if len(names) > 1:
            raise TemplateError(f"{self._name}: one row asks for two lists, {' and '.join(names)}")
        name = next(iter(names), None)
        if name is not None and name not in self._lists:
            raise self._unknown(f"{name}.…", [f"{known}.…" for known in self._lists])
        return name

    def _fill_paragraph(self, paragraph: Paragraph, more: Texts) -> None:
        runs = paragraph.runs
        whole = "".join(run.text for run in runs)
        for match in reversed(list(FIELD.finditer(whole))):
            name = match.group(1)
            value = more.get(name, self._texts.get(name))
            if value is None:
                raise self._unknown(name, [*self._texts, *more])
            _replace(runs, match.start(), match.end(), value)

    def _unknown(self, name: str, known: Sequence[str]) -> TemplateError:
        return TemplateError(f"{self._name}: unknown field {{{{{name}}}}}; known are {'、'.join(sorted(known))}")


def _named(name: str, entry: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}.{key}": value for key, value in entry.items()}


def _replace(runs: Sequence[Run], start: int, end: int, value: str) -> None:
    """Put `value` where the characters [start, end) of all runs stand."""
    position, put = 0, False
    for run in runs:
        text = run.text
        first, last = max(start, position), min(end, position + len(text))
        if first < last:
            kept = text[: first - position] + ("" if put else value) + text[last - position :]
            run.text = kept
            put = True
        position += len(text)


def set_fonts(run: Run, latin: str, chinese: str) -> None:
    """Word picks the font of Chinese characters from w:eastAsia alone; without it they fall back to whatever is there."""
    run.font.name = latin
    properties = run._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), chinese)
