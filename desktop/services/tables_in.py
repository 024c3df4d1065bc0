"""Files of tables → sheets: XLSX with its merged cells filled, CSV in UTF-8 or GBK. Reading only; what the cells mean is domain.tables."""

import asyncio
import csv
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from domain.tables.sheets import Line, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
"""With content: sheets whose used range claims more are read as far as their cells go."""
ENCODINGS = ("utf-8-sig", "gb18030")


class TableFileError(ValueError):
    """A file that is no table; `code` is one of not_found · too_large · kind · broken · encoding."""

    def __init__(self, code: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{path.name}: {code} {detail}".strip())
        self.code = code
        self.path = path
        self.detail = detail


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Raises TableFileError. Takes as long as the file is large: not for the GUI thread."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableFileError("too_large", path, str(MOST_BYTES // 1024 // 1024))
        data = path.read_bytes()
    except OSError as error:
        raise TableFileError("not_found", path, error.strerror or type(error).__name__) from error
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return (_csv(path, data),)
    if suffix in (".xlsx", ".xlsm"):
        return _xlsx(path, data)
    raise TableFileError("kind", path, suffix)


def _csv(path: Path, data: bytes) -> Sheet:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise TableFileError("encoding", path)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines = []
        for row in rows:
            # The number of the line in the file, where an editor finds it: a cell may hold line breaks.
            if any(cell.strip() for cell in row):
                lines.append(Line(rows.line_num, tuple(row)))
    except csv.Error as error:
        raise TableFileError("broken", path, str(error)) from error
    return Sheet(path.stem, tuple(lines))


def _xlsx(path: Path, data: bytes) -> tuple[Sheet, ...]:
    # Loaded with the first spreadsheet: every desk imports this module when it starts.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise TableFileError("broken", path, type(error).__name__) from error
    try:
        return tuple(_sheet(path, each) for each in book.worksheets)
    finally:
        book.close()


def _sheet(path: Path, sheet: "Worksheet") -> Sheet:
    filled: dict[tuple[int, int], str] = {}
    for merged in sheet.merged_cells.ranges:
        text = _text(sheet.cell(merged.min_row, merged.min_col).value)
        if text and merged.size["rows"] * merged.size["columns"] <= MOST_ROWS:
            filled.update({(row, column): text for row, column in merged.cells})
    lines = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        # A row whose every cell belongs to the row above is a part of that row, not one of its own.
        if any(_text(value) for value in row):
            cells = (filled.get((number, place), "") or _text(value) for place, value in enumerate(row, start=1))
            lines.append(Line(number, tuple(cells)))
        if len(lines) > MOST_ROWS:
            raise TableFileError("too_large", path, str(MOST_ROWS))
    return Sheet(sheet.title, tuple(lines), merged=bool(filled))


def _text(value: object) -> str:
    """A number that is whole is written without its ".0", as the sheet shows it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


async def read_sheets_aside(path: Path) -> tuple[Sheet, ...] | TableFileError:
    """The same off the loop's thread, for windows; a file that is none is a value."""
    try:
        return await asyncio.to_thread(read_sheets, path)
    except TableFileError as error:
        return error
