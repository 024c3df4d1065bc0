"""A table as a person wrote it: cells as text with their row numbers, headings found by their words, problems told by row.

Pure: reading files into sheets is not done here (desktop.services.tables_in).
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
HEADING_WITHIN = 12
"""A heading stands in the first rows; above it are titles."""


class Line(Struct, frozen=True):
    """One row; `number` as the spreadsheet counts it, from 1."""

    number: int
    cells: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """`merged`: the reader knew which cells belong together and filled them; else an empty cell may mean "as above"."""

    name: str
    lines: tuple[Line, ...]
    merged: bool = False


class Wrong(StrEnum):
    """Why a row, or a sheet, cannot be read. In brackets: what `detail` carries."""

    NO_HEADING = "no_heading"  # no row names the columns [wanted]
    NO_COLUMN = "no_column"  # [column]
    NO_NAME = "no_name"
    NO_CODE = "no_code"
    BAD_CODE = "bad_code"  # [text]
    CODE_TWICE = "code_twice"  # [row, first]: first = number of the row that has it already
    BAD_LIMIT = "bad_limit"  # [text]
    BAD_WORD = "bad_word"  # [column, text, allowed]
    BAD_NUMBER = "bad_number"  # [column, text]
    UNKNOWN_PARENT = "unknown_parent"  # [row, parent]
    WRONG_PARENT = "wrong_parent"  # the code lies elsewhere than the row says [row, parent]
    LOOP = "loop"  # [codes]
    UNKNOWN_AREA = "unknown_area"  # [text]
    UNKNOWN_UNIT = "unknown_unit"  # [text]
    BAD_SHIFTS = "bad_shifts"  # shifts of a roster that leave a gap in the day, or overlap


class Problem(Struct, frozen=True):
    """One thing that has to be put right. `number` 0 = the sheet as a whole."""

    sheet: str
    number: int
    code: Wrong
    detail: dict[str, Any] = {}


class Reading(Struct, Generic[T], frozen=True):
    """What was read, and what was not. `notes`: a word that was understood in one of several ways → (how, in how many rows)."""

    rows: tuple[T, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: dict[str, tuple[str, int]] = {}


class UnreadableError(ValueError):
    """A row that cannot be read. Caught by `read_lines`, never seen outside."""

    def __init__(self, code: Wrong, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


Cells = Mapping[str, str]


def tidy(text: str) -> str:
    """Without line breaks and doubled blanks: a stray newline in a cell means nothing."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """For codes and numbers: full-width characters become plain ones, blanks go."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_columns(sheet: Sheet, words: Mapping[str, tuple[str, ...]], least: int) -> tuple[int, dict[str, int]]:
    """(index of the first row below the heading, column → place). Raises UnreadableError where no row names `least` columns."""
    by_word = {word: column for column, known in words.items() for word in known}
    for index, line in enumerate(sheet.lines[:HEADING_WITHIN]):
        found: dict[str, int] = {}
        for place, cell in enumerate(line.cells):
            column = by_word.get(plain(cell).casefold())
            if column is not None and column not in found:
                found[column] = place
        if len(found) >= least:
            return index + 1, found
    raise UnreadableError(Wrong.NO_HEADING, wanted=[known[0] for known in words.values()])


def cells_of(line: Line, columns: Mapping[str, int]) -> dict[str, str]:
    """Column → text; a column that the sheet does not have is empty."""
    return {column: tidy(line.cells[place]) if place < len(line.cells) else "" for column, place in columns.items()}


def read_lines(
    sheet: Sheet, first: int, columns: Mapping[str, int], make: Callable[[Line, dict[str, str]], T]
) -> Iterator[tuple[int, T] | Problem]:
    """(row number, value) or the problem, row by row; empty rows are nothing."""
    for line in sheet.lines[first:]:
        cells = cells_of(line, columns)
        if not any(cells.values()):
            continue
        try:
            yield line.number, make(line, cells)
        except UnreadableError as problem:
            yield Problem(sheet.name, line.number, problem.code, problem.detail)


def whole(cells: Cells, column: str, usual: int) -> int:
    text = plain(cells.get(column, ""))
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()):
        raise UnreadableError(Wrong.BAD_NUMBER, column=column, text=text)
    return int(text)
