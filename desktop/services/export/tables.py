"""Tables of figures as CSV or XLSX. A text is never a formula for whoever opens the file (S26), a number stays a number.

What stands in the tables is decided by the views. Files appear whole or not at all. Blocks: call it in a thread.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import xlsxwriter

Cell = str | int | float | date | None
"""A fraction that is to be read as per cent is a `Percent`."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""A text that begins so may be run as a formula by a spreadsheet, the full-width forms included."""
SHEET_NAME_MAX = 31
CELL_MAX = 32_000
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Percent(Struct, frozen=True):
    """A share, shown as per cent; None is shown as a dash."""

    value: float | None


class Sheet(Struct, frozen=True):
    """One table: its name, what it is about in lines above it, the header, and the rows."""

    name: str
    about: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Cell | Percent, ...], ...]


def safe_text(text: str) -> str:
    """The text as a cell may hold it: no control characters, and never the beginning of a formula."""
    risky = text.startswith(RISKY) or text.lstrip().startswith(RISKY)
    shown = "".join(" " if char in "\t\r\n" else char for char in text if char in "\t\r\n" or not _is_control(char))
    return f"'{shown}"[:CELL_MAX] if risky else shown[:CELL_MAX]


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Cf")


def write_csv(path: Path, sheet: Sheet) -> None:
    """UTF-8 with its mark, so that a spreadsheet reads Chinese. Every text is quoted. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for line in sheet.about:
        writer.writerow([safe_text(line)])
    writer.writerow([safe_text(name) for name in sheet.header])
    for row in sheet.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    _whole(path, text.getvalue().encode("utf-8-sig"))


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """One sheet each. Raises OSError."""
    import xlsxwriter  # large, and wanted when somebody takes a table out

    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.00%"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, sheet in zip(sheet_names([sheet.name for sheet in sheets]), sheets, strict=True):
            page = book.add_worksheet(name)
            at = 0
            for line in sheet.about:
                page.write_string(at, 0, safe_text(line))
                at += 1
            for column, title in enumerate(sheet.header):
                page.write_string(at, column, safe_text(title), bold)
            page.freeze_panes(at + 1, 0)
            for number, row in enumerate(sheet.rows, at + 1):
                for column, cell in enumerate(row):
                    _write(page, (number, column), cell, percent, day)
            page.set_column(0, max(0, len(sheet.header) - 1), 14)
    _whole(path, data.getvalue())


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    at: tuple[int, int],
    cell: Cell | Percent,
    percent: xlsxwriter.format.Format,
    day: xlsxwriter.format.Format,
) -> None:
    match cell:
        case None:
            page.write_blank(*at, None)
        case Percent() if cell.value is not None:
            page.write_number(*at, cell.value, percent)
        case Percent():
            page.write_string(*at, "–")
        case str():
            page.write_string(*at, safe_text(cell))
        case datetime():
            page.write_string(*at, cell.isoformat(sep=" "))
        case date():
            page.write_datetime(*at, datetime(cell.year, cell.month, cell.day), day)
        case _:
            page.write_number(*at, cell)


def _csv_cell(cell: Cell | Percent) -> str | int | float | None:
    match cell:
        case Percent():
            return "–" if cell.value is None else round(cell.value, 6)
        case str():
            return safe_text(cell)
        case datetime() | date():
            return cell.isoformat()
        case _:
            return cell


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that a workbook takes: short, without its signs, each once."""
    found: list[str] = []
    for title in wanted:
        plain = safe_text(title).translate(_NOT_IN_SHEET_NAMES).strip()[:SHEET_NAME_MAX] or "1"
        name, number = plain, 1
        while name.casefold() in {one.casefold() for one in found}:
            number += 1
            suffix = f" {number}"
            name = plain[: SHEET_NAME_MAX - len(suffix)] + suffix
        found.append(name)
    return found


def _whole(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
