"""A paper → XLSX: a sheet per table, with a native chart beside it where the paper draws one. A text is never a formula (S26)."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from desktop.services.export.tables import Cell, Percent, safe_text, sheet_names
from desktop.services.reports.paper import DASH, Chart, Paper, Table

WIDTH = 16
FIRST_WIDTH = 26
CHART_SIZE = {"width": 760, "height": 340}
_KINDS = {"columns": "column", "bars": "bar", "lines": "line"}


def to_workbook(paper: Paper) -> bytes:
    """The .xlsx. The first sheet says what it is about, the last ones hold the data of the charts."""
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        created = paper.stamp.replace(tzinfo=None) if paper.stamp else datetime(2000, 1, 1)
        # The same report gives the same file: nothing in it tells when it was made but what the report says itself.
        book.set_properties(
            {"title": safe_text(paper.title), "comments": safe_text(paper.subtitle), "created": created}
        )
        looks = _Looks(book)
        tables, charts = paper.tables(), paper.charts()
        names = sheet_names([paper.title, *(table.title for table in tables), *(chart.title for chart in charts)])
        _cover(book.add_worksheet(names[0]), paper, looks)
        for name, table in zip(names[1 : len(tables) + 1], tables, strict=True):
            _table(book.add_worksheet(name), table, looks)
        for name, chart in zip(names[len(tables) + 1 :], charts, strict=True):
            _chart(book, book.add_worksheet(name), name, chart, looks)
    return data.getvalue()


class _Looks:
    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.percent = book.add_format({"num_format": "0.00%"})
        self.count = book.add_format({"num_format": "#,##0"})
        self.mean = book.add_format({"num_format": "#,##0.00"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})


def _cover(page: Any, paper: Paper, looks: _Looks) -> None:
    page.set_column(0, 0, FIRST_WIDTH)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, safe_text(paper.title), looks.title)
    page.write_string(1, 0, safe_text(paper.subtitle))
    at = 3
    for label, text in paper.about:
        page.write_string(at, 0, safe_text(label), looks.bold)
        page.write_string(at, 1, safe_text(text))
        at += 1
    at += 1
    for text in paper.summary:
        page.write_string(at, 1, safe_text(text), looks.wrap)
        at += 1
    at += 1
    for number, text in enumerate(paper.notes, 1):
        page.write_number(at, 0, number)
        page.write_string(at, 1, safe_text(text), looks.wrap)
        at += 1


def _table(page: Any, table: Table, looks: _Looks) -> None:
    page.write_string(0, 0, safe_text(table.title), looks.bold)
    for column, head in enumerate(table.columns):
        page.set_column(column, column, max(8, round((FIRST_WIDTH if not column else WIDTH) * min(head.weight, 3))))
        page.write_string(1, column, safe_text(head.title), looks.head)
    page.freeze_panes(2, 0)
    for row, cells in enumerate(table.rows, 2):
        for column, cell in enumerate(cells):
            _write(page, (row, column), cell, looks)
    if not table.rows:
        page.write_string(2, 0, safe_text(table.empty))


def _write(page: Any, at: tuple[int, int], cell: Cell | Percent, looks: _Looks) -> None:
    match cell:
        case None:
            page.write_string(*at, DASH)
        case Percent() if cell.value is not None:
            page.write_number(*at, cell.value, looks.percent)
        case Percent():
            page.write_string(*at, DASH)
        case int():
            page.write_number(*at, cell, looks.count)
        case float():
            page.write_number(*at, cell, looks.mean)
        case _:
            page.write_string(*at, safe_text(str(cell)), looks.wrap)


def _chart(book: Any, page: Any, name: str, chart: Chart, looks: _Looks) -> None:
    """The numbers in columns, and the chart that Excel or WPS draws of them."""
    look = looks.percent if chart.percent else looks.count
    page.set_column(0, 0, FIRST_WIDTH)
    page.write_string(0, 0, safe_text(chart.title), looks.bold)
    for row, label in enumerate(chart.labels, 2):
        page.write_string(row, 0, safe_text(label))
    last = len(chart.labels) + 1
    made = book.add_chart({"type": _KINDS[chart.kind]})
    for column, series in enumerate(chart.series, 1):
        page.write_string(1, column, safe_text(series.name), looks.head)
        for row, value in enumerate(series.values, 2):
            if value is not None:
                page.write_number(row, column, value, look)
        if chart.labels:
            made.add_series(
                {
                    "name": [name, 1, column],
                    "categories": [name, 2, 0, last, 0],
                    "values": [name, 2, column, last, column],
                    "gap": 60,
                }
            )
    made.set_title({"name": safe_text(chart.title), "overlay": False, "name_font": {"size": 12}})
    axis = {"num_format": "0%"} if chart.percent else {"num_format": "#,##0"}
    if chart.kind == "bars":
        made.set_y_axis({"reverse": True})
        made.set_x_axis(axis)
    else:
        made.set_y_axis({**axis, "major_gridlines": {"visible": True, "line": {"width": 0.5}}})
    made.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    made.set_size(CHART_SIZE)
    if chart.labels:
        page.insert_chart(1, len(chart.series) + 2, made)
